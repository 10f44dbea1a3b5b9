"""A parsed article to its quotations: a pure function, no database, no clock, no network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from quotetrack.extract.confidence import TAKEN_OVER, confidence, of_quotation, of_speaker, speaker_confidence
from quotetrack.extract.find.bare import is_bare
from quotetrack.extract.find.combine import attributions
from quotetrack.extract.find.draft import Draft, kind_of
from quotetrack.extract.find.extents import without_empty
from quotetrack.extract.find.layout import laid_out
from quotetrack.extract.find.stance import stance_of
from quotetrack.extract.people.entities import mended
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.ranker import Chooser, choose
from quotetrack.extract.resolve.resolver import Resolution, Resolver
from quotetrack.extract.roles.collect import role_at
from quotetrack.model import Parsed, Quotation, Span

__all__ = ["extract"]

# Least confidence of a name that was inferred.
LEAST_NAME = 0.4
# Forms of layout that print words as they were said, without marks.
VERBATIM = {"transcript", "interview", "tweet", "block"}


@dataclass(frozen=True, slots=True)
class Found:
    """A quotation with what it comes from: what confidence is fitted on."""

    reading: Reading
    draft: Draft
    resolution: Resolution
    quotation: Quotation


def extract(parsed: Parsed) -> list[Quotation]:
    """The quotations of an article, in text order.

    Every span satisfies ``parsed.text[span.start:span.end] == span.text``; the content spans of one quotation are in
    order and do not overlap. The same parse always gives the same list. Raises nothing of its own.
    """
    return [one.quotation for one in found(parsed)]


def found(parsed: Parsed, chooser: Chooser = choose, least_name: float = LEAST_NAME) -> Iterator[Found]:
    """The quotations with what they come from. ``chooser`` chooses antecedents; inferred names less sure than ``least_name`` are withheld."""
    reading = Reading.of(parsed)
    if not reading.words:
        return
    reading.parsed = replace(parsed, entities=mended(reading))
    drafts = attributions(reading, laid_out(reading))
    resolver = Resolver(reading, drafts, chooser)
    resolved: dict[int, Resolution] = {}
    for draft in drafts:
        if draft.found_by == "heading":
            continue
        before = resolved.get(id(draft.inherited)) if draft.inherited else None
        resolution = before or resolver.resolve(draft)
        if draft.role is not None and resolution.someone is not None:
            resolver.roles.setdefault(id(resolution.someone), []).append(draft.role)
        resolved[id(draft)] = resolution
    for draft in drafts:  # a heading takes its speaker from below
        resolution = resolved[id(draft.inherited if draft.found_by == "heading" else draft)]
        yield Found(reading, draft, resolution, _quotation(reading, resolver, draft, resolution, least_name))


def _quotation(
    reading: Reading, resolver: Resolver, draft: Draft, resolution: Resolution, least_name: float
) -> Quotation:
    kind = "direct" if draft.found_by in VERBATIM else kind_of(reading, draft.content)
    source = draft.source.span if draft.source else None
    role: Span | None = None
    if resolution.someone is not None and resolution.someone.type == "person":
        role = draft.role or role_at(reading, resolver.roles.get(id(resolution.someone), []), draft.end, source)
    method = resolution.method
    if resolution.speaker is not None and draft.found_by in TAKEN_OVER:
        method = "neighbour"
    stance = stance_of(reading, draft, kind)
    sure = confidence(draft, of_quotation(reading, draft, kind, stance))
    speaker, sure_of_name = resolution.speaker, 0.0
    if speaker is not None and speaker.type != "unnamed":
        sure_of_name = speaker_confidence(of_speaker(draft, resolution, sure))
        inferred = resolution.probability < 1 or method == "neighbour"
        if inferred and sure_of_name < least_name and speaker.type != "joint":
            speaker, role, sure_of_name = None, None, 0.0
    content = without_empty(reading, draft.content)  # only now: confidence is fitted on contents as they are proposed
    return Quotation(
        kind=kind if len(content) == len(draft.content) else kind_of(reading, content),
        content=tuple(_ordered(content)),
        cue=draft.cue,
        source=source,
        speaker=speaker,
        role=role,
        method=method,
        confidence=sure,
        stance=stance,
        on_behalf_of=resolver.principal(draft, resolution, role),
        speaker_confidence=sure_of_name,
        bare=is_bare(reading, draft, kind),
    )


def _ordered(spans: list[Span]) -> list[Span]:
    """In text order, touching or overlapping pieces as one."""
    ordered: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        if ordered and span.start < ordered[-1].end:
            continue
        ordered.append(span)
    return ordered
