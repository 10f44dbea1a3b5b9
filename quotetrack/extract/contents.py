"""What was said, where no marks say so: the clause, infinitive or phrase that a cue governs.

The parse finds the complement; its edges follow how news is written. A reported clause runs to the end of its sentence
unless another report, or a clause that belongs to the reporter, cuts it off.
"""

from __future__ import annotations

from collections.abc import Iterable

from quotetrack.extract.cues import classes_of, cue_lemma
from quotetrack.extract.phrases import MONTHS_AND_DAYS, Source
from quotetrack.extract.reading import Reading
from quotetrack.model import Span

_REPORTERS_OWN = {"while", "whereas", "as", "after", "before", "when", "although", "though", "amid", "despite", "since"}
_TIME = {"on", "in", "at", "during", "after", "before", "to", "via", "through", "with", "from", "for", "by"}


def clause_content(reading: Reading, cue: int, letters: frozenset[str], source: Source | None) -> list[Span]:
    """The content of the verb at ``cue``; empty where the parse shows none of the kinds it can take."""
    words = reading.words
    fronted = _fronted(reading, cue, source) if letters & set("sbe") else []
    if fronted:
        return fronted
    for child in reading.children[cue]:
        relation = words[child].deprel.split(":")[0]
        if child < cue or (reading.is_quoted(child) and _starts_quoted(reading, child)):
            if not (child > cue and relation in ("ccomp", "xcomp", "obj", "obl", "advcl")):
                continue
        if relation == "ccomp" and letters & set("sbeq"):
            return _following(reading, cue, child)
        if relation == "xcomp" and _is_infinitive(reading, child):
            if letters & set("i"):
                return _following(reading, cue, _with_subject(reading, cue, child))
        elif words[child].text.lower().endswith("ing") and relation == "advcl":
            continue  # "said, adding that …": another report, not this one's content
        elif relation in ("advcl", "xcomp", "acl") and letters & set("sbe") and _is_clause(reading, child):
            return _following(reading, cue, child)
    if "i" in letters:
        for child in reading.children[cue]:
            if (
                child > cue
                and words[child].deprel in ("advcl", "ccomp", "obj", "acl")
                and _is_infinitive(reading, child)
            ):
                return _following(reading, cue, child)
            if child > cue and words[child].deprel in ("obj", "iobj"):
                for grandchild in reading.children[child]:
                    if words[grandchild].deprel == "acl" and _is_infinitive(reading, grandchild) and "r" in letters:
                        return _following(reading, cue, grandchild)
    if letters & set("sb"):
        return _surface_that(reading, cue)
    return []


def _starts_quoted(reading: Reading, index: int) -> bool:
    first = reading.subtree(index)[0]
    return reading.is_quoted(first)


def _is_infinitive(reading: Reading, index: int) -> bool:
    return any(
        reading.words[c].text.lower() == "to" and reading.words[c].deprel in ("mark", "aux", "case") and c < index
        for c in reading.children[index]
    )


def _is_clause(reading: Reading, index: int) -> bool:
    """A clause the parser hung on the cue under another name: it has ``that``/``whether``/``if`` or its own subject."""
    marks = [c for c in reading.children[index] if reading.words[c].deprel == "mark"]
    if marks:
        return reading.words[marks[0]].text.lower() in ("that", "whether", "if")
    return reading.words[index].deprel != "advcl" and reading.child(index, "nsubj") is not None


def _with_subject(reading: Reading, cue: int, infinitive: int) -> int:
    """``wants the minister to resign``: what is wanted begins with who is to do it."""
    if cue_lemma(reading.words[cue].text, reading.words[cue].lemma) in ("want", "expect", "need", "wish", "intend"):
        for child in reading.children[cue]:
            if cue < child < infinitive and reading.words[child].deprel in ("obj", "iobj"):
                return child
    return infinitive


def _following(reading: Reading, cue: int, complement: int) -> list[Span]:
    subtree = [i for i in reading.subtree(complement) if i > cue]
    if not subtree:
        return []
    start = subtree[0]
    # Words between the cue and the clause that are neither its hearer nor a time or place belong to the clause.
    if start - 1 > cue and reading.words[start - 1].text.lower() in ("that", "whether", "if"):
        start -= 1
    if _belongs(reading, cue, start):
        start = cue + 1
    end = right_edge(reading, cue, complement, start)
    if start + 1 > end:
        return []
    span = close_marks(reading, reading.words[start].start, reading.words[end - 1].end)
    return [span] if span else []


def _belongs(reading: Reading, cue: int, start: int) -> bool:
    """Whether the words between cue and clause are the clause's own subject that the parser hung elsewhere:
    ``said the owners and the captain knew``. A hearer, a time or a place is not."""
    gap = range(cue + 1, start)
    lemma = cue_lemma(reading.words[cue].text, reading.words[cue].lemma)
    if not gap or lemma not in ("say", "claim", "believe", "think", "argue", "add", "note", "allege", "insist", "deny"):
        return False
    first = reading.words[gap.start]
    plain = first.upos in ("DET", "PROPN", "NOUN", "ADJ", "NUM", "PRON") and first.text.lower() not in MONTHS_AND_DAYS
    return (
        plain
        and first.deprel != "obl:tmod"
        and not any(reading.words[i].upos == "PUNCT" for i in gap)
        and not first.text.lower().startswith(("last", "this", "late", "early"))
    )


def right_edge(reading: Reading, cue: int, complement: int | None, start: int) -> int:
    """Number of the word before which a content that begins at word ``start`` ends."""
    words = reading.words
    end = reading.sentence_range(cue).stop
    inside = set(reading.subtree(complement)) if complement is not None else set()
    for child in reading.children[cue]:
        if child <= start or child == complement or child in inside:
            continue
        first = reading.subtree(child)[0]
        if first <= start:
            continue
        relation = words[child].deprel.split(":")[0]
        if relation == "conj" and words[child].upos in ("VERB", "AUX"):
            end = min(end, first)
        elif relation in ("advcl", "parataxis") and words[first - 1].text in (",", ";", "—", "–", "-", "--"):
            marker = words[first].text.lower()
            if classes_of(reading, child) & set("sob") or marker in _REPORTERS_OWN:
                end = min(end, first)
    end = min(end, _trailing_frame(reading, start, end))
    for index in range(start + 1, end):
        # ", adding that …" and "and said …" open a report of their own, wherever the parser hung them.
        if (
            words[index].text.lower()
            in ("adding", "saying", "noting", "insisting", "calling", "citing", "warning", "arguing", "according")
            and words[index - 1].text == ","
            and not reading.is_quoted(index)
        ):
            end = min(end, index)
        if (
            words[index].text.lower() in ("while", "whereas")
            and words[index - 1].text == ","
            and any(
                classes_of(reading, i) & set("so") and words[i].upos == "VERB"
                for i in range(index + 1, min(index + 8, end))
            )
        ):
            end = min(end, index)
    while end > start and (words[end - 1].upos in ("PUNCT", "CCONJ", "SYM") and not _closes_mark(reading, end - 1)):
        end -= 1
    return end


def _trailing_frame(reading: Reading, start: int, end: int) -> int:
    """Where ``, officials said`` at the end of the sentence begins: it reports the whole, and belongs to no content."""
    words = reading.words
    for index in range(end - 1, start, -1):
        if words[index].text != "," or reading.is_quoted(index):
            continue
        verbs = [i for i in range(index + 1, end) if words[i].upos in ("VERB", "AUX")]
        framed = (
            len(verbs) == 1
            and classes_of(reading, verbs[0]) & set("s")
            and end - verbs[0] <= 6
            and verbs[0] - index > 1
        )
        if (
            framed
            and reading.child(verbs[0], "nsubj") is not None
            and words[index + 1].text.lower() not in ("which", "who", "as")
        ):
            return index
        return end
    return end


def _closes_mark(reading: Reading, index: int) -> bool:
    quoted = reading.quoted_at(reading.words[index].start)
    return quoted is not None


def close_marks(reading: Reading, start: int, end: int) -> Span | None:
    """The span made whole: a quoted stretch that begins inside it belongs to it to the end, marks included.

    A quotation goes on beyond the sentence that begins it; a content never holds half of one.
    """
    opening = reading.quoted_at(start)
    if opening is not None and start > opening.start and opening.end < len(reading.text):
        start = opening.start
    closing = reading.quoted_at(end - 1) if end > start else None
    if closing is not None and closing.start >= start:
        end = max(end, closing.end)
    following = reading.quoted_at(end)
    if following is not None and following.end == end + 1:
        end += 1
    return reading.span(start, end)


def _fronted(reading: Reading, cue: int, source: Source | None) -> list[Span]:
    """``The dam will hold, officials said.`` and ``The dam, officials said, will hold.``"""
    if source is None:
        return []
    words = reading.words
    sentence = reading.sentence_range(cue)
    source_words = reading.words_between(source.span.start, source.span.end)
    if not source_words or source_words[0] not in sentence:
        return []
    if not _plain_frame(reading, cue, source_words):
        return []
    first = min(cue, source_words[0])
    while first - 1 in sentence and words[first - 1].upos in ("AUX", "ADV", "PART") and first - 1 > sentence.start:
        first -= 1
    before = first - 1
    if before <= sentence.start or words[before].text not in (",", "—", "–", "--", "-") or reading.is_quoted(before):
        return []
    last = max(cue, source_words[-1])
    # What follows the frame: nothing, an addition to the frame, or the rest of an interrupted clause.
    ends_at = _frame_end(reading, last, sentence)
    lead = range(sentence.start, before)
    if not _has_predicate(reading, lead, cue) and ends_at >= sentence.stop - 1:
        return []
    if any(reading.words[c].deprel.split(":")[0] == "ccomp" and c > last for c in reading.children[cue]):
        return []  # "On Sunday, the mayor said the dam held": the clause follows the cue
    if ends_at < sentence.stop - 1 and words[ends_at].text not in (",", "—", "–", "--", "-"):
        return []
    lead_start = sentence.start
    while lead_start < before and words[lead_start].upos in ("CCONJ", "PUNCT") and not reading.is_quoted(lead_start):
        lead_start += 1
    if _is_adverbial(reading, lead) and ends_at >= sentence.stop - 1:
        return []
    spans = [close_marks(reading, words[lead_start].start, words[before - 1].end)]
    rest = range(ends_at + 1, sentence.stop)
    if ends_at < sentence.stop - 1 and _continues(reading, rest, cue):
        end = right_edge(reading, cue, None, rest.start)
        if end > rest.start:
            spans.append(close_marks(reading, words[rest.start].start, words[end - 1].end))
    elif not _has_predicate(reading, lead, cue):
        return []
    return [span for span in spans if span]


def _plain_frame(reading: Reading, cue: int, source_words: range) -> bool:
    """``officials said``, ``said the mayor``: name and verb side by side, and no complement of the verb's own after it."""
    between = range(source_words.stop, cue) if source_words.start < cue else range(cue + 1, source_words.start)
    if any(reading.words[i].upos not in ("AUX", "ADV", "PART", "PUNCT") for i in between) or len(between) > 3:
        return False
    if any(
        i > cue and reading.words[i].deprel.split(":")[0] in ("obj", "ccomp", "xcomp") for i in reading.children[cue]
    ):
        return cue_lemma(reading.words[cue].text, reading.words[cue].lemma) == "tell"
    return not reading.words[cue].deprel.startswith("acl:relcl") and bool(classes_of(reading, cue) & set("sb"))


def _frame_end(reading: Reading, last: int, sentence: range) -> int:
    """The punctuation mark that ends ``officials said on Sunday``, or the last word of the sentence."""
    for index in range(last + 1, sentence.stop):
        if reading.words[index].text in (",", "—", "–", "--", ".", ";", "!", "?", ":") and not reading.is_quoted(index):
            return index
        if index - last > 12:
            return index
    return sentence.stop - 1


def _has_predicate(reading: Reading, stretch: Iterable[int], cue: int) -> bool:
    return any(
        (reading.words[i].upos in ("VERB", "AUX") and "VerbForm=Part" not in reading.words[i].feats and i != cue)
        or (reading.words[i].deprel in ("nsubj", "nsubj:pass") and reading.head[i] != cue)
        for i in stretch
    )


def _is_adverbial(reading: Reading, stretch: range) -> bool:
    """``On Sunday``, ``After the vote``, ``While he waited``: a setting of the scene, not something said."""
    first = reading.words[stretch.start]
    if first.text.lower() in (
        "on",
        "in",
        "at",
        "after",
        "before",
        "during",
        "while",
        "when",
        "as",
        "asked",
        "speaking",
        "despite",
        "since",
        "for",
        "with",
        "following",
        "although",
        "though",
        "until",
        "by",
        "writing",
        "without",
        "instead",
        "like",
        "unlike",
    ):
        head = next((i for i in stretch if reading.words[i].deprel == "root"), None)
        return head is None
    return False


def _continues(reading: Reading, rest: range, cue: int) -> bool:
    """Whether what follows a parenthetical frame is the rest of the interrupted clause."""
    if not rest:
        return False
    first = reading.words[rest.start]
    if first.text.lower() in (
        "adding",
        "saying",
        "noting",
        "but",
        "while",
        "as",
        "after",
        "citing",
        "calling",
        "who",
        "which",
        "though",
        "although",
    ):
        return False
    head = reading.head[rest.start]
    if first.upos in ("VERB", "AUX"):
        return True
    return any(
        reading.words[i].deprel == "root" or (reading.head[i] >= 0 and reading.head[i] < cue and reading.head[i] != cue)
        for i in [*rest, head]
        if i >= 0 and i in rest
    )


def _surface_that(reading: Reading, cue: int) -> list[Span]:
    """``said on Sunday that …``: an explicit ``that`` close after the cue, whatever the parser made of it."""
    words = reading.words
    sentence = reading.sentence_range(cue)
    for index in range(cue + 1, min(cue + 9, sentence.stop - 2)):
        if reading.is_quoted(index) or words[index].text in (";", ":"):
            return []
        if words[index].text.lower() in ("that", "whether") and words[index].upos in ("SCONJ", "PRON", "ADP", "DET"):
            after = words[index + 1]
            if after.upos in ("VERB", "AUX", "PUNCT") or words[index].deprel == "nsubj":
                return []
            end = right_edge(reading, cue, None, index)
            if end - index < 3:
                return []
            span = close_marks(reading, words[index].start, words[end - 1].end)
            return [span] if span else []
    return []
