"""Clauses that a verb of saying plainly governs and that the attribution model left out: ``Vale told us the dam holds``."""

from __future__ import annotations

from collections.abc import Iterator

from quotetrack.extract.find.cues import classes_of
from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.source_phrases import Source, acceptable, phrase
from quotetrack.extract.find.stretches import Claimed
from quotetrack.extract.find.subjects import is_passive, source_of
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.described import DOCUMENTS
from quotetrack.model import Span

_NOBODYS = {"i", "we", "you", "no", "nobody", "none"}  # the writer, the reader, and whoever does not say it


def stated_clauses(reading: Reading, drafts: list[Draft]) -> Iterator[Draft]:
    """Drafts for the clauses of verbs of saying whose words and cue no draft has yet."""
    claimed = Claimed(drafts)
    for index, word in enumerate(reading.words):
        if word.upos != "VERB" or reading.is_quoted(index) or not classes_of(reading, index) & set("se"):
            continue
        if claimed.touched(word.start, word.end) or is_passive(reading, index):
            continue
        span, source = _behind(reading, index) or _before(reading, index) or (None, None)
        if span is None or source is None or span.overlaps(source.span) or claimed.touched(span.start, span.end):
            continue
        if _says(reading, index, source):
            quoted = reading.quoted_within([span])
            yield Draft([span], Span(word.start, word.end, word.text), source, "clause", quoted=quoted)


def _says(reading: Reading, verb: int, source: Source) -> bool:
    """Whether the source can say what the verb does: what shows something has to be written (``the study found``)."""
    letters = classes_of(reading, verb)
    if "b" in letters and reading.child(verb, "nsubj") is None:
        return False  # `comments have raised fear that …`
    opening = source.span.text.split()[0].lower()
    if not source.certain or opening in _NOBODYS or source.span.text.lower() in _NOBODYS:
        return False
    return "s" in letters or reading.singular(source.head) in DOCUMENTS


def _behind(reading: Reading, verb: int) -> tuple[Span, Source] | None:
    """The clause after the verb that is its complement, with a subject and a verb of its own."""
    words = reading.words
    clause = next((c for c in reading.children[verb] if c > verb and _is_complement(reading, verb, c)), None)
    source = source_of(reading, verb) if clause is not None else None
    if clause is None or source is None or reading.is_quoted(clause):
        return None
    if words[clause].deprel == "ccomp":
        return _with(_clause(reading, clause, range(verb + 1, len(words))), source)
    return _with(_stretch(reading, verb + 1, reading.subtree(verb)), source)


def _is_complement(reading: Reading, verb: int, clause: int) -> bool:
    """Whether the clause is what the verb reports, be it read as a clause beside it: ``added during the storm the roof fell``."""
    words = reading.words
    relation = words[clause].deprel
    subject = reading.child(clause, "nsubj", "csubj", "expl")
    if relation == "ccomp":
        return subject is not None
    between = reading.text[words[verb].end : words[clause].start]
    if (
        relation not in ("parataxis", "advcl")
        or reading.child(clause, "mark") is not None
        or set(between) & set(",:;—–-(")
    ):
        return False
    taken = reading.child(verb, "obj")  # `announced this when …`
    if taken is not None and words[taken].upos in ("PRON", "DET"):
        return False
    return subject is not None and subject < clause and reading.child(verb, "nsubj") is not None


def _before(reading: Reading, verb: int) -> tuple[Span, Source] | None:
    """The clause before a verb that was put behind it: ``The work costs $4 million, informed the ministry``."""
    words = reading.words
    beside = words[verb].deprel in ("parataxis", "advcl") and not reading.lower[verb].endswith("ing")
    clause = reading.head[verb] if beside else reading.child(verb, "ccomp")
    if clause is None or not 0 <= clause < verb or reading.is_quoted(clause):
        return None
    if reading.child(clause, "nsubj", "csubj", "expl") is None or reading.child(verb, "mark") is not None:
        return None
    source = _inverted(reading, verb) or (source_of(reading, verb) if words[verb].deprel != "advcl" else None)
    held = set(reading.subtree(clause)) - set(reading.subtree(verb))
    return _with(_clause(reading, clause, range(verb), held), source) if source is not None else None


def _inverted(reading: Reading, verb: int) -> Source | None:
    """The phrase right behind the verb that ends the sentence, which the parse may take for the object."""
    words = reading.words
    if words[verb - 1].text != ",":
        return None
    for child in reading.children[verb]:
        if words[child].deprel in ("nsubj", "obj", "iobj") and child > verb and acceptable(reading, child):
            source = phrase(reading, child, verb)
            if source is not None and source.span.start == words[verb + 1].start:
                rest = reading.text[source.span.end : reading.sentence(verb).end]
                return source if not any(c.isalnum() for c in rest) else None
    return None


def _with(span: Span | None, source: Source) -> tuple[Span, Source] | None:
    return (span, source) if span is not None else None


def _clause(reading: Reading, clause: int, bounds: range, held: set[int] | None = None) -> Span | None:
    """The words around ``clause`` that hang together, all of them within ``bounds``."""
    held = set(reading.subtree(clause)) if held is None else held
    first = last = clause
    while first - 1 in held:
        first -= 1
    while last + 1 in held:
        last += 1
    return _stretch(reading, first, list(range(first, last + 1))) if first in bounds and last in bounds else None


def _stretch(reading: Reading, first: int, held: list[int]) -> Span | None:
    """From the word ``first`` to the last of ``held``, without the full stop."""
    last = held[-1]
    end = reading.words[last].start if reading.words[last].text == "." else reading.words[last].end
    return reading.span(reading.words[first].start, end)
