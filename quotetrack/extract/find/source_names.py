"""Correct the boundaries of proposed source phrases by the names and the frame around them.

The attribution model labels tokens: it may propose ``Moor`` in ``Dr. Ilke Brandt Moor said``, or only ``Water Trust``
in ``Ilke Moor, head of the Calder Water Trust, said``. Corrected phrases contain whole names and are never the
addressee.
"""

from __future__ import annotations

import re
from dataclasses import replace

from quotetrack.extract.find.adjacent_sources import adjacent_source
from quotetrack.extract.find.cues import classes_of, cue_lemma
from quotetrack.extract.find.source_phrases import Source, extend_left, phrase
from quotetrack.extract.find.subjects import source_of
from quotetrack.extract.people.mentions import kind_of
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.asides import excluded_after
from quotetrack.model import Entity, Proposal, Span

_INSERTED = re.compile(r"\s(the(?:\s[\w’'-]+){1,3}),\s")
# Verbs directly followed by the addressee, as in "told Judge Vale". In "asked Vale", Vale may be the one who asks.
_VERBS_WITH_ADDRESSEE = {"tell", "inform", "assure", "remind", "notify", "reassure", "brief"}


def whole_source(reading: Reading, span: Span, cue: Span, anchor: int) -> Span | None:
    """Return the proposed source ``span`` with corrected boundaries, or ``None`` if it is not the source of ``cue``.

    ``anchor`` is the number of the word that heads the cue.
    """
    if _is_addressee(reading, span, cue, anchor):
        found = adjacent_source(reading, anchor)
        return found.span if found is not None and found.span.end <= cue.start else None
    if span.end <= cue.start and (speaker := _name_before_aside(reading, span)) is not None:
        return speaker
    span = _with_open_end(reading, _with_possessor(reading, span), cue, anchor)
    span = _without_adjunct(reading, span, anchor)
    whole = _with_whole_names(reading, span, cue)
    if whole.start == span.start or not _is_object_of_preposition(reading, whole):
        return whole
    found = source_of(reading, anchor)
    return found.span if found is not None and _contains(found, whole) else None


def with_cue_after_name(reading: Reading, proposal: Proposal) -> Proposal:
    """Correct a proposal whose cue is a first name: in ``Army chief Said Boual suggested`` the cue is ``suggested``."""
    cue, first = proposal.cue, proposal.content[0]
    name = next((e for e in reading.entities_in(cue.start, cue.end, "PERSON", "PER") if e.start == cue.start), None)
    if name is None or proposal.source is None or not first.start < name.end < first.end:
        return proposal
    verb = reading.words_between(name.end, first.end).start
    content = reading.span(reading.words[verb].end, first.end)
    source = reading.span(proposal.source.start, name.end)
    if content is None or source is None or not classes_of(reading, verb) or proposal.source.end > cue.start:
        return proposal
    word = reading.words[verb]
    pieces = (content, *proposal.content[1:])
    return replace(proposal, cue=Span(word.start, word.end, word.text), source=source, content=pieces)


def with_inserted_frame(reading: Reading, proposal: Proposal) -> Proposal:
    """Correct a proposal whose source is the subject of the content: in ``Vale, said the notice, was absent`` the source
    is ``the notice``.
    """
    cue, source = proposal.cue, proposal.source
    if source is None or cue.text.lower() not in ("said", "says") or proposal.content[0].start < cue.end:
        return proposal
    last = proposal.content[-1]
    found = _INSERTED.match(reading.text, cue.end, last.end)
    if found is None or reading.text[source.end : cue.start].strip() != "," or source.end + 2 < cue.start:
        return proposal
    verb = reading.words_between(found.end(), last.end).start
    subject, rest = reading.span(source.start, source.end), reading.span(found.end(), last.end)
    if (
        reading.words[verb].upos not in ("AUX", "VERB")
        or subject is None
        or rest is None
        or reading.quoted_at(cue.end + 1)
    ):
        return proposal
    inserted_source = Span.of(reading.text, found.start(1), found.end(1))
    return replace(
        proposal, source=inserted_source, content=(subject, rest), certainty=(proposal.score, proposal.score)
    )


def with_source_after_cue(reading: Reading, proposal: Proposal) -> Proposal:
    """Correct a proposal whose source is the subject of the content: in ``Vale has signed, announced her office`` the
    source is ``her office``.
    """
    cue, source, first = proposal.cue, proposal.source, proposal.content[0]
    if source is None or not source.end <= first.start < first.end <= cue.start:
        return proposal
    if reading.text[source.end : first.start].strip():
        return proposal
    whole = reading.span(source.start, max(piece.end for piece in proposal.content if piece.end <= cue.start))
    if whole is None:
        return proposal
    after = _phrase_after(reading, cue)
    return replace(proposal, source=after, content=(whole,), certainty=(proposal.score,))


def _phrase_after(reading: Reading, cue: Span) -> Span | None:
    """Return the noun phrase that begins right after the cue, or ``None``."""
    inside = reading.words_between(cue.start, cue.end)
    for index in range(inside.stop, min(inside.stop + 8, len(reading.words))):
        if reading.words[index].upos in ("NOUN", "PROPN") and reading.head[index] not in range(inside.stop, index + 8):
            found = phrase(reading, index, inside.start)
            return found.span if found is not None and not reading.text[cue.end : found.span.start].strip() else None
    return None


def _is_addressee(reading: Reading, span: Span, cue: Span, anchor: int) -> bool:
    """Whether the phrase is the object right after a verb that takes an addressee: ``Vale told Judge Moor``."""
    verb = reading.words[anchor]
    if (
        verb.upos != "VERB"
        or cue_lemma(verb.text, verb.lemma) not in _VERBS_WITH_ADDRESSEE
        or reading.text[cue.end : span.start] != " "
    ):
        return False
    inside = reading.words_between(span.start, span.end)
    return any(reading.head[i] == anchor and reading.words[i].deprel in ("obj", "iobj") for i in inside)


def _name_before_aside(reading: Reading, span: Span) -> Span | None:
    """Return the name before an aside that ``span`` is in: ``Vale`` for ``Moor`` in ``Vale—unlike, say, Moor—said``."""
    end = excluded_after(reading, span.start)
    if end is None or not any(
        _is_name(e) and e.start < span.end and span.start < e.end for e in reading.entities_in(span.start, span.end)
    ):
        return None
    name = reading.entity_ending_at(end)
    if name is None or not _is_name(name) or reading.sentence_at(name.start) != reading.sentence_at(span.start):
        return None
    return Span(name.start, name.end, name.text)


def _is_name(entity: Entity) -> bool:
    return kind_of(entity) in ("person", "organisation", "place")


def _with_possessor(reading: Reading, span: Span) -> Span:
    """Return the source with the noun before the ``'s`` it begins with: ``Merland`` + ``'s chief editor``."""
    first = reading.words_between(span.start, span.end).start
    if reading.lower[first : first + 1] not in (["'s"], ["’s"], ["'"], ["’"]) or first not in reading.sentence_range(
        first - 1
    ):
        return span
    name = reading.entity_ending_at(reading.words[first].start)
    start = name.start if name is not None else reading.words[first - 1].start
    return Span.of(reading.text, start, span.end)


def _with_open_end(reading: Reading, span: Span, cue: Span, anchor: int) -> Span:
    """Return a source that ends in a preposition with the words up to the subject of the cue:
    ``Deputy Minister of`` + ``Mines, Ruth Vale``.
    """
    last = reading.words_between(span.start, span.end).stop - 1
    subject = reading.child(anchor, "nsubj")
    if reading.words[last].upos != "ADP" or subject is None or not span.end <= reading.words[subject].start < cue.start:
        return span
    between = range(last + 1, reading.words_between(cue.start, cue.end).start)
    if any("VerbForm=Fin" in reading.words[i].feats for i in between):
        return span
    return reading.span(span.start, cue.start) or span


def _without_adjunct(reading: Reading, span: Span, anchor: int) -> Span:
    """Return the source without a leading adjunct: ``Before Mayor Vale, Ms Moor and Mr Lund`` becomes
    ``Ms Moor and Mr Lund``.
    """
    inside = reading.words_between(span.start, span.end)
    subject = next((i for i in inside if reading.head[i] == anchor and reading.words[i].deprel == "nsubj"), None)
    before = inside.start - 1
    if subject is None or before < 0 or reading.words[before].deprel != "case":
        return span
    taken = reading.head[before]
    comma = next((i for i in inside if reading.words[i].text == ","), None)
    if comma is None or not taken < comma < subject or taken not in inside:
        return span
    return reading.span(reading.words[comma + 1].start, span.end) or span


def _with_whole_names(reading: Reading, span: Span, cue: Span) -> Span:
    """Return the phrase extended to all of the names it begins or ends in, with the honorific before them."""
    start, end = span.start, span.end
    for entity in reading.entities_in(span.start, span.end):
        if not _is_name(entity) or (entity.start < cue.end and cue.start < entity.end):
            continue
        if entity.start < start < entity.end:
            start = entity.start
            first = extend_left(reading, reading.words_between(start, end).start)
            start = min(start, reading.words[first].start)
        if entity.start < end < entity.end:
            end = entity.end
    return span if (start, end) == (span.start, span.end) else reading.span(start, end) or span


def _is_object_of_preposition(reading: Reading, span: Span) -> bool:
    """Whether a preposition right before the phrase or its article governs it: ``for the`` + ``Calder Water Trust``."""
    inside = reading.words_between(span.start, span.end)
    before = inside.start - 1
    while before >= 0 and reading.words[before].upos == "DET":
        before -= 1
    return before >= 0 and reading.words[before].deprel == "case" and reading.head[before] in inside


def _contains(source: Source, span: Span) -> bool:
    """Whether the source contains ``span``."""
    return source.span.start <= span.start and span.end <= source.span.end + 1


def content_without_source(reading: Reading, content: list[Span], source: Span) -> list[Span]:
    """Return the content without the words of the source, or the whole content if nothing else is left."""
    remaining = []
    for piece in content:
        if not piece.overlaps(source):
            remaining.append(piece)
            continue
        for start, end in ((piece.start, source.start), (source.end, piece.end)):
            if start < end and (span := reading.span(start, end)) is not None and re.search(r"\w", span.text):
                remaining.append(span)
    return remaining or content
