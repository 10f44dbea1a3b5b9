"""Read printings: all of them, or those of given quotations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from quotetrack.model import Span
from quotetrack.read.context import Label, around, verbatim_parts
from quotetrack.read.printing import EPOCH, UNKNOWN_OUTLET, Decision, InClaim, Printing, Repair
from quotetrack.read.rows import rows
from quotetrack.store import Store
from quotetrack.text.fragments import fragment_of


class _Quotation(NamedTuple):
    quotation_id: str
    article_id: str
    position: int
    kind: str
    text: str
    source_id: str | None
    role: str | None
    confidence: float
    stance: str
    on_behalf_of: str | None
    speaker_confidence: float
    bare: bool


class _Article(NamedTuple):
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None
    microseconds: int | None  # since 1970; as seconds, the last of the year 9999 would be rounded to the year 10000
    precision: str | None
    sha256: str
    text: str | None


@dataclass(slots=True)
class _Read:
    """Rows from which printings are assembled, keyed by the identifier of the article, quotation or source."""

    articles: dict[str, _Article]
    reports: dict[str, str]
    origins: dict[str, str]
    marked: dict[str, list[tuple[int, int]]]
    spans: dict[str, list[tuple[str, Span]]]
    claims: dict[str, list[InClaim]]
    sources: dict[str, tuple[str | None, str]]
    speakers: dict[str, tuple[tuple[str, ...], tuple[str, ...], bool]]
    decided: dict[str, list[Decision]]
    repairs: dict[str, Repair]
    days: dict[str, tuple[str, str]]


def printings(
    store: Store, quotations: Collection[str] | None = None, surroundings: bool = False
) -> dict[str, Printing]:
    """Return the printings of ``quotations``, or all, by identifier; ``surroundings`` also fills ``parts`` and ``context``."""
    columns = ", ".join(_Quotation._fields)
    held = [
        _Quotation(*row) for row in rows(store.connection, columns, "corrected_quotations", "quotation_id", quotations)
    ]
    read = _read(store, held, quotations, surroundings)
    return {one.quotation_id: _printing(one, read, surroundings) for one in held}


def _read(store: Store, held: list[_Quotation], quotations: Collection[str] | None, texts: bool) -> _Read:
    limited = quotations is not None
    articles = sorted({one.article_id for one in held}) if limited else None
    sources = sorted({one.source_id for one in held if one.source_id}) if limited else None
    read = store.connection
    spans: dict[str, list[tuple[str, Span]]] = defaultdict(list)
    for key, part, *place in sorted(
        rows(read, "quotation_id, part, start_char, end_char, text", "spans", "quotation_id", quotations)
    ):
        spans[key].append((part, Span(*place)))
    claims: dict[str, list[InClaim]] = defaultdict(list)
    for key, *member in sorted(
        rows(read, "quotation_id, claim_id, variant, turned", "claim_quotations", "quotation_id", quotations)
    ):
        claims[key].append(InClaim(*member))
    marked: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for key, start, end in sorted(
        rows(read, "article_id, start_char, end_char", "marked_stretches", "article_id", articles)
    ):
        marked[key].append((start, end))
    about = "article_id, outlet, title, url, published, epoch_us(published_at), published_precision, sha256, "
    return _Read(
        articles={
            key: _Article(*row)
            for key, *row in rows(read, about + ("text" if texts else "NULL"), "articles", "article_id", articles)
        },
        reports=dict(rows(read, "article_id, report_id", "article_copies", "article_id", articles)),
        origins=dict(rows(read, "article_id, origin_id", "article_origins", "article_id", articles)),
        marked=marked,
        spans=spans,
        claims=claims,
        # A source set by a correction may have an empty text.
        sources={
            key: (text or None, method)
            for key, text, method in rows(read, "source_id, text, method", "corrected_sources", "source_id", sources)
        },
        speakers=_speakers(store, sources),
        decided=store.once(_decisions_of_quotations),
        repairs=_repairs(store, quotations),
        days={
            key: (day, day_from)
            for key, day, day_from in rows(
                read, "article_id, day, day_from", "article_provenance", "article_id", articles
            )
            if day
        },
    )


def _printing(one: _Quotation, read: _Read, surroundings: bool) -> Printing:
    key, article = one.quotation_id, read.articles[one.article_id]
    content = tuple(span for part, span in read.spans[key] if part == "content")
    verbatim = tuple(_within(content, read.marked.get(one.article_id, [])))
    source, method = read.sources.get(one.source_id or "", (None, "none"))
    day, day_from = read.days.get(one.article_id, (None, None))
    names, ids, joint = read.speakers.get(one.source_id or "", ((), (), False))
    return Printing(
        quotation_id=key,
        article_id=one.article_id,
        report_id=read.reports.get(one.article_id, one.article_id),
        origin_id=read.origins.get(one.article_id, one.article_id),
        claims=tuple(read.claims.get(key, ())),
        position=one.position,
        kind=one.kind,
        stance=one.stance,
        bare=one.bare,
        text=one.text,
        content=content,
        verbatim=verbatim,
        cue=next((span.text for part, span in read.spans[key] if part == "cue"), None),
        source=source,
        method=method,
        speakers=names,
        speaker_ids=ids,
        joint=joint,
        role=one.role,
        on_behalf_of=one.on_behalf_of,
        confidence=one.confidence,
        speaker_confidence=one.speaker_confidence,
        outlet=article.outlet,
        title=article.title,
        url=article.url,
        published=article.published,
        published_at=None if article.microseconds is None else EPOCH + timedelta(microseconds=article.microseconds),
        published_precision=article.precision,
        sha256=article.sha256,
        day=day,
        day_from=day_from,
        decided=tuple(read.decided.get(key, ())),
        # A correction of the speaker overrides a repair that has not been removed yet.
        repair=read.repairs.get(key) if method != "person" else None,
        parts=tuple(tuple(verbatim_parts(span, verbatim)) for span in content) if surroundings else (),
        context=tuple(around(article.text or "", _labelled(read.spans[key]))) if surroundings else (),
        fragment=fragment_of(article.text or "", content[0].start, content[-1].end) if surroundings else "",
    )


def _labelled(spans: list[tuple[str, Span]]) -> list[tuple[Label, int, int]]:
    labels: tuple[Label, ...] = ("content", "cue", "source")
    return [(label, span.start, span.end) for label in labels for part, span in spans if part == label]


def spans_of(store: Store, quotations: Collection[str]) -> dict[str, list[tuple[str, Span]]]:
    """Return the spans of these quotations, each with its part (``content``, ``cue``, ``source`` or ``role``), by identifier."""
    found: dict[str, list[tuple[str, Span]]] = defaultdict(list)
    for key, part, *place in sorted(
        rows(store.connection, "quotation_id, part, start_char, end_char, text", "spans", "quotation_id", quotations)
    ):
        found[key].append((part, Span(*place)))
    return found


def decisions(store: Store, about: str) -> dict[str, list[Decision]]:
    """Return the corrections in force of quotations (``quotation_id``) or speakers (``speaker_id``), by identifier."""
    only = "quotation_id IS NULL" if about == "speaker_id" else "true"
    found: dict[str, list[Decision]] = defaultdict(list)
    for key, _, kind, summary, by, made, why in store.connection.execute(
        f"SELECT DISTINCT e.{about}, c.correction_id, c.kind, c.summary, c.made_by, c.made_at, c.why FROM correction_effects e "
        f"JOIN corrections c USING (correction_id) WHERE e.{about} IS NOT NULL AND {only} ORDER BY ALL"
    ).fetchall():
        found[key].append(Decision(kind, summary, by, made.date().isoformat(), why))
    return found


def _decisions_of_quotations(store: Store) -> dict[str, list[Decision]]:
    return decisions(store, "quotation_id")


def _speakers(
    store: Store, sources: Collection[str] | None
) -> dict[str, tuple[tuple[str, ...], tuple[str, ...], bool]]:
    """Return names and identifiers of the speakers of each source, and whether the source is joint."""
    of_source = rows(store.connection, "source_id, speaker_id, joint", "source_speakers", "source_id", sources)
    wanted = sorted({row[1] for row in of_source}) if sources is not None else None
    names: dict[str, str] = dict(rows(store.connection, "speaker_id, name", "speakers", "speaker_id", wanted))
    grouped: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
    for source, speaker, joint in of_source:
        grouped[source].append((names[speaker], speaker, joint))
    found = {}
    for source, members in grouped.items():
        members.sort()
        found[source] = tuple(m[0] for m in members), tuple(m[1] for m in members), any(m[2] for m in members)
    return found


def _repairs(store: Store, quotations: Collection[str] | None) -> dict[str, Repair]:
    found = rows(
        store.connection,
        "quotation_id, outcome, machine_speaker, speaker_id, evidence_id",
        "repairs",
        "quotation_id",
        quotations,
    )
    speakers, evidence = ({one for row in found for one in row[2:4]}, {row[4] for row in found})
    names: dict[str, str] = dict(rows(store.connection, "speaker_id, name", "speakers", "speaker_id", sorted(speakers)))
    articles: dict[str, str] = dict(
        rows(store.connection, "quotation_id, article_id", "corrected_quotations", "quotation_id", sorted(evidence))
    )
    outlets: dict[str, str | None] = dict(
        rows(store.connection, "article_id, outlet", "articles", "article_id", sorted(set(articles.values())))
    )
    return {
        key: Repair(outcome, names[machine], names[named], one, outlets[articles[one]] or UNKNOWN_OUTLET)
        for key, outcome, machine, named, one in found
    }


def _within(content: tuple[Span, ...], marked: list[tuple[int, int]]) -> Iterable[Span]:
    """Yield the parts of ``content`` between quotation marks, cut at its boundaries."""
    for span in content:
        for start, end in marked:
            first, last = max(start, span.start), min(end, span.end)
            if first < last:
                yield Span(first, last, span.text[first - span.start : last - span.start])
