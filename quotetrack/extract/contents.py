"""What was said, where no marks say so: the clause, infinitive or phrase that a cue governs.

The parse finds the complement; its edges follow how news is written. A reported clause runs to the end of its sentence
unless another report, or a clause that belongs to the reporter, cuts it off.
"""

from __future__ import annotations

from quotetrack.extract.cues import cue_lemma
from quotetrack.extract.edges import close_marks, right_edge
from quotetrack.extract.fronted import fronted
from quotetrack.extract.phrases import MONTHS_AND_DAYS, Source
from quotetrack.extract.reading import Reading
from quotetrack.model import Span

_TIME = {"on", "in", "at", "during", "after", "before", "to", "via", "through", "with", "from", "for", "by"}


def clause_content(reading: Reading, cue: int, letters: frozenset[str], source: Source | None) -> list[Span]:
    """The content of the verb at ``cue``; empty where the parse shows none of the kinds it can take."""
    words = reading.words
    before = fronted(reading, cue, source) if letters & set("sbe") else []
    if before:
        return before
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
