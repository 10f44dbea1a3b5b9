"""Content that stands before its frame, or around it: ``The dam will hold, officials said.``"""

from __future__ import annotations

from collections.abc import Iterable

from quotetrack.extract.cues import classes_of, cue_lemma
from quotetrack.extract.edges import close_marks, right_edge
from quotetrack.extract.phrases import Source
from quotetrack.extract.reading import Reading
from quotetrack.model import Span


def fronted(reading: Reading, cue: int, source: Source | None) -> list[Span]:
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
