"""Find clauses governed by a verb of saying that the attribution model missed: ``Vale told us the dam holds``."""

from __future__ import annotations

from collections.abc import Iterator

from quotetrack.extract.find.cues import classes_of
from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.source_phrases import Source, can_be_source, phrase
from quotetrack.extract.find.span_sets import ClaimedSpans
from quotetrack.extract.find.subjects import is_passive, source_of
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.described import DOCUMENTS
from quotetrack.model import Span

_NOT_SPEAKERS = {"i", "we", "you", "no", "nobody", "none"}  # the writer, the reader, nobody


def reported_clauses(reading: Reading, drafts: list[Draft]) -> Iterator[Draft]:
    """Yield a draft for each clause of a verb of saying whose words and cue no draft contains."""
    claimed = ClaimedSpans(drafts)
    for index, word in enumerate(reading.words):
        if word.upos != "VERB" or reading.is_quoted(index) or not classes_of(reading, index) & set("se"):
            continue
        if claimed.overlaps(word.start, word.end) or is_passive(reading, index):
            continue
        span, source = _clause_after(reading, index) or _clause_before(reading, index) or (None, None)
        if span is None or source is None or span.overlaps(source.span) or claimed.overlaps(span.start, span.end):
            continue
        if _can_report(reading, index, source):
            quoted = reading.quoted_within([span])
            yield Draft([span], Span(word.start, word.end, word.text), source, "clause", quoted=quoted)


def _can_report(reading: Reading, verb: int, source: Source) -> bool:
    """Whether the source can do what the verb reports. For verbs of evidence it must be a document
    (``the study found``).
    """
    letters = classes_of(reading, verb)
    if "b" in letters and reading.child(verb, "nsubj") is None:
        return False  # `comments have raised fear that …`
    opening = source.span.text.split()[0].lower()
    if not source.certain or opening in _NOT_SPEAKERS or source.span.text.lower() in _NOT_SPEAKERS:
        return False
    return "s" in letters or reading.singular(source.head) in DOCUMENTS


def _clause_after(reading: Reading, verb: int) -> tuple[Span, Source] | None:
    """Return the complement clause after the verb and its source, or ``None``."""
    words = reading.words
    clause = next((c for c in reading.children[verb] if c > verb and _is_complement(reading, verb, c)), None)
    source = source_of(reading, verb) if clause is not None else None
    if clause is None or source is None or reading.is_quoted(clause):
        return None
    if words[clause].deprel == "ccomp":
        return _paired(_contiguous_clause(reading, clause, range(verb + 1, len(words))), source)
    return _paired(_span_of(reading, verb + 1, reading.subtree(verb)), source)


def _is_complement(reading: Reading, verb: int, clause: int) -> bool:
    """Whether the clause is what the verb reports, even if the parser attached it as an adjunct or parenthesis.

    Example: ``added during the storm the roof fell``.
    """
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
    object_ = reading.child(verb, "obj")  # `announced this when …`
    if object_ is not None and words[object_].upos in ("PRON", "DET"):
        return False
    return subject is not None and subject < clause and reading.child(verb, "nsubj") is not None


def _clause_before(reading: Reading, verb: int) -> tuple[Span, Source] | None:
    """Return the clause before a verb that follows it, and its source:
    ``The work costs $4 million, informed the ministry``.
    """
    words = reading.words
    is_parenthesis = words[verb].deprel in ("parataxis", "advcl") and not reading.lower[verb].endswith("ing")
    clause = reading.head[verb] if is_parenthesis else reading.child(verb, "ccomp")
    if clause is None or not 0 <= clause < verb or reading.is_quoted(clause):
        return None
    if reading.child(clause, "nsubj", "csubj", "expl") is None or reading.child(verb, "mark") is not None:
        return None
    source = _inverted_subject(reading, verb) or (source_of(reading, verb) if words[verb].deprel != "advcl" else None)
    words_of_clause = set(reading.subtree(clause)) - set(reading.subtree(verb))
    return (
        _paired(_contiguous_clause(reading, clause, range(verb), words_of_clause), source)
        if source is not None
        else None
    )


def _inverted_subject(reading: Reading, verb: int) -> Source | None:
    """Return the phrase after a verb that ends the sentence. The parser may have labelled it as the object."""
    words = reading.words
    if words[verb - 1].text != ",":
        return None
    for child in reading.children[verb]:
        if words[child].deprel in ("nsubj", "obj", "iobj") and child > verb and can_be_source(reading, child):
            source = phrase(reading, child, verb)
            if source is not None and source.span.start == words[verb + 1].start:
                rest = reading.text[source.span.end : reading.sentence(verb).end]
                return source if not any(c.isalnum() for c in rest) else None
    return None


def _paired(span: Span | None, source: Source) -> tuple[Span, Source] | None:
    return (span, source) if span is not None else None


def _contiguous_clause(
    reading: Reading, clause: int, bounds: range, words_of_clause: set[int] | None = None
) -> Span | None:
    """Return the contiguous words around ``clause`` that belong to it, or ``None`` if they are not within ``bounds``."""
    words_of_clause = set(reading.subtree(clause)) if words_of_clause is None else words_of_clause
    first = last = clause
    while first - 1 in words_of_clause:
        first -= 1
    while last + 1 in words_of_clause:
        last += 1
    return _span_of(reading, first, list(range(first, last + 1))) if first in bounds and last in bounds else None


def _span_of(reading: Reading, first: int, words_of_clause: list[int]) -> Span | None:
    """Return the span from the word ``first`` to the last of ``words_of_clause``, without the full stop."""
    last = words_of_clause[-1]
    end = reading.words[last].start if reading.words[last].text == "." else reading.words[last].end
    return reading.span(reading.words[first].start, end)
