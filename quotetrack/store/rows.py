"""The rows of one article in the tables ``sources``, ``quotations``, ``spans`` and ``passages``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from quotetrack.model import Quotation, Span
from quotetrack.store.fill import passage_rows
from quotetrack.store.write import clean, identifier

Row = tuple[object, ...]


@dataclass(slots=True)
class ArticleRows:
    """Rows in the order of the columns; ``texts`` are the quotations by identifier, ``names`` their speakers as extracted."""

    sources: list[Row] = field(default_factory=list)
    quotations: list[Row] = field(default_factory=list)
    spans: list[Row] = field(default_factory=list)
    passages: list[Row] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)


def rows_of(key: str, text: str, quotations: Sequence[Quotation]) -> ArticleRows:
    """Return the rows for an article with these quotations. Identifiers are hashes of places, so the same quotations give the same rows."""
    found = ArticleRows()
    pieces: dict[str, list[tuple[int, int]]] = {}
    sources: dict[str, Row] = {}
    for position, quotation in enumerate(quotations):
        quotation_id = identifier(key, *_ranges(quotation))
        if quotation_id in pieces:
            continue
        pieces[quotation_id] = _ranges(quotation)
        found.texts[quotation_id] = clean(quotation.text)
        found.names[quotation_id] = _names(quotation)
        source_id = _source(key, quotation, sources)
        role = quotation.role.text if quotation.role else None
        found.quotations.append((
            quotation_id, key, position, quotation.kind, clean(quotation.text), source_id, role, quotation.confidence,
            quotation.stance, clean(quotation.on_behalf_of) if quotation.on_behalf_of else None, quotation.speaker_confidence, quotation.bare,
        ))  # fmt: skip
        found.spans += _spans(quotation_id, quotation)
    found.sources = list(sources.values())
    found.passages = passage_rows(key, text, pieces)
    return found


def _names(quotation: Quotation) -> list[str]:
    speaker = quotation.speaker
    return [clean(one.name) for one in (speaker.members or (speaker,))] if speaker else []


def _ranges(quotation: Quotation) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in quotation.content]


def _spans(quotation_id: str, quotation: Quotation) -> list[Row]:
    parts: list[tuple[str, Sequence[Span]]] = [("content", quotation.content)]
    parts += [
        (name, [span])
        for name, span in (("cue", quotation.cue), ("source", quotation.source), ("role", quotation.role))
        if span is not None
    ]
    return [
        (quotation_id, part, ordinal, span.start, span.end, clean(span.text))
        for part, found in parts
        for ordinal, span in enumerate(found)
    ]


def _source(key: str, quotation: Quotation, sources: dict[str, Row]) -> str | None:
    span = quotation.source
    if span is None:
        return None
    speaker = quotation.speaker
    name = speaker.name if speaker else None
    # A quotation may use the source of its neighbour: same offsets, different method.
    source_id = identifier(key, span.start, span.end, name, quotation.method)
    members = (
        [{"name": clean(m.name), "type": m.type} for m in speaker.members] if speaker and speaker.members else None
    )
    sources.setdefault(
        source_id,
        (
            source_id, key, span.start, span.end, clean(span.text), clean(name) if name else None,
            speaker.type if speaker else None, members, quotation.method,
        ),
    )  # fmt: skip
    return source_id
