"""Extract quotations from a parsed article.

Extraction is a pure function of the parse: it uses no database, clock or network.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from quotetrack.extract.confidence import (
    INHERITED,
    confidence,
    quotation_features,
    speaker_confidence,
    speaker_features,
)
from quotetrack.extract.find.bare import is_bare
from quotetrack.extract.find.combine import attributions
from quotetrack.extract.find.draft import Draft, kind_of
from quotetrack.extract.find.extents import without_empty_pieces
from quotetrack.extract.find.layout import layout_drafts
from quotetrack.extract.find.stance import stance_of
from quotetrack.extract.people.entities import corrected_entities
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.ranker import Chooser, choose
from quotetrack.extract.resolve.resolver import Resolution, Resolver
from quotetrack.extract.roles.collect import role_at
from quotetrack.model import Parsed, Quotation, Span

__all__ = ["extract"]

MIN_NAME_CONFIDENCE = 0.4  # inferred names with a lower confidence are withheld
# Layouts that print words as they were said, without quotation marks.
VERBATIM_LAYOUTS = {"transcript", "interview", "tweet", "block"}


@dataclass(frozen=True, slots=True)
class Extraction:
    """A quotation together with the records it was built from, as needed to fit the confidence models."""

    reading: Reading
    draft: Draft
    resolution: Resolution
    quotation: Quotation


def extract(parsed: Parsed) -> list[Quotation]:
    """Return the quotations of an article in text order.

    For every span, ``parsed.text[span.start:span.end] == span.text``. The content spans of a quotation are in text
    order and do not overlap. The same parse always gives the same list, and no exception is raised for a valid parse.
    """
    return [extraction.quotation for extraction in extractions(parsed)]


def extractions(
    parsed: Parsed, chooser: Chooser = choose, min_name_confidence: float = MIN_NAME_CONFIDENCE
) -> Iterator[Extraction]:
    """Yield each quotation together with the records it was built from.

    ``chooser`` picks the antecedents of pronouns and noun phrases. An inferred speaker whose name has a confidence
    below ``min_name_confidence`` is withheld: the quotation has no speaker then. Pass 0 to keep them all.
    """
    reading = Reading.of(parsed)
    if not reading.words:
        return
    reading.parsed = replace(parsed, entities=corrected_entities(reading))
    drafts = attributions(reading, layout_drafts(reading))
    resolver = Resolver(reading, drafts, chooser)
    resolved: dict[int, Resolution] = {}
    for draft in drafts:
        if draft.found_by == "heading":
            continue
        inherited = resolved.get(id(draft.inherited)) if draft.inherited else None
        resolution = inherited or resolver.resolve(draft)
        if draft.role is not None and resolution.someone is not None:
            resolver.facts.add_role(resolution.someone, draft.role)
        resolved[id(draft)] = resolution
    for draft in drafts:  # a heading takes its speaker from below
        resolution = resolved[id(draft.inherited if draft.found_by == "heading" else draft)]
        yield Extraction(
            reading, draft, resolution, _quotation(reading, resolver, draft, resolution, min_name_confidence)
        )


def _quotation(
    reading: Reading, resolver: Resolver, draft: Draft, resolution: Resolution, min_name_confidence: float
) -> Quotation:
    kind = "direct" if draft.found_by in VERBATIM_LAYOUTS else kind_of(reading, draft.content)
    source = draft.source.span if draft.source else None
    role: Span | None = None
    if resolution.someone is not None and resolution.someone.type == "person":
        role = draft.role or role_at(reading, resolver.roles.get(id(resolution.someone), []), draft.end, source)
    method = resolution.method
    if resolution.speaker is not None and draft.found_by in INHERITED:
        method = "neighbour"
    stance = stance_of(reading, draft, kind)
    quotation_confidence = confidence(draft, quotation_features(reading, draft, kind, stance))
    speaker, name_confidence = resolution.speaker, 0.0
    if speaker is not None and speaker.type != "unnamed":
        name_confidence = speaker_confidence(speaker_features(draft, resolution, quotation_confidence))
        inferred = resolution.probability < 1 or method == "neighbour"
        if inferred and name_confidence < min_name_confidence and speaker.type != "joint":
            speaker, role, name_confidence = None, None, 0.0
    # Only after computing the confidence, which is fitted on the contents as proposed.
    content = without_empty_pieces(reading, draft.content)
    return Quotation(
        kind=kind if len(content) == len(draft.content) else kind_of(reading, content),
        content=tuple(_without_overlaps(content)),
        cue=draft.cue,
        source=source,
        speaker=speaker,
        role=role,
        method=method,
        confidence=quotation_confidence,
        stance=stance,
        on_behalf_of=resolver.principal(draft, resolution, role),
        speaker_confidence=name_confidence,
        bare=is_bare(reading, draft, kind),
    )


def _without_overlaps(spans: list[Span]) -> list[Span]:
    """Return ``spans`` in text order, without those that begin inside an earlier one."""
    ordered: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        if ordered and span.start < ordered[-1].end:
            continue
        ordered.append(span)
    return ordered
