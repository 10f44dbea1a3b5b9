"""Questions to the store that the terminal commands ask. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from quotetrack.errors import UsageError
from quotetrack.link.timeline import HeldRole, role_then, timeline
from quotetrack.model import LEAST_SHOWN, SHOWN, Stance
from quotetrack.store import Store


@dataclass(frozen=True, slots=True)
class SpeakerLine:
    """A speaker with counts; ``role`` is the one printed most often, ``roles`` all of them over time."""

    speaker_id: str
    name: str
    type: str
    role: str | None
    quotations: int
    outlets: int
    first: str | None
    last: str | None
    wikidata: str | None = None
    roles: tuple[HeldRole, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """One quotation of a speaker as the terminal lists it.

    ``role`` is as its article prints it; where that gives none, ``role_then`` is the role held at the time by what other
    articles or a seed file say. ``bare``: a noun phrase of three words or fewer, which is not shown unless asked for.
    """

    quotation_id: str
    kind: str
    text: str
    outlet: str | None
    published: str | None
    url: str | None
    confidence: float
    source: str | None
    method: str | None
    stance: str
    speaker_confidence: float
    on_behalf_of: str | None
    bare: bool
    role: str | None = None
    role_then: str | None = None


_LINES = """
SELECT p.speaker_id, p.name, p.type,
       (SELECT role FROM roles r WHERE r.speaker_id = p.speaker_id ORDER BY mentions DESC, role LIMIT 1),
       count(DISTINCT q.quotation_id) FILTER (shown) AS quotations, count(DISTINCT a.outlet) FILTER (shown),
       min(a.published) FILTER (shown), max(a.published) FILTER (shown), p.wikidata
FROM speakers p JOIN source_speakers USING (speaker_id)
JOIN (SELECT quotation_id, source_id, article_id, quotation_id IN (SELECT quotation_id FROM shown_quotations) AS shown FROM corrected_quotations) q
  USING (source_id)
JOIN articles a USING (article_id)
WHERE {condition}
GROUP BY p.speaker_id, p.name, p.type, p.wikidata ORDER BY quotations DESC, p.name, p.speaker_id LIMIT ?
"""


def list_speakers(
    store: Store, search: str | None = None, kind: str | None = None, limit: int = 50
) -> list[SpeakerLine]:
    """The most quoted speakers, who said, denied or asked for something; ``search`` is looked for in names and aliases, case aside."""
    condition = (
        "(? IS NULL OR contains(lower(p.name), lower(?)) OR p.speaker_id IN "
        "(SELECT speaker_id FROM aliases WHERE contains(lower(name), lower(?)))) AND (? IS NULL OR p.type = ?)"
    )
    rows = store.connection.execute(
        _LINES.format(condition=f"{condition} AND shown"), [search, search, search, kind, kind, limit]
    ).fetchall()
    return [SpeakerLine(*row) for row in rows]


def find_speaker(store: Store, wanted: str, in_part: bool = True) -> SpeakerLine:
    """The one speaker of that id, name or alias, or with it in the name if ``in_part``.

    Raises ``UsageError`` where there is none, or more than one.
    """
    conditions = [
        "p.speaker_id = ?",
        "lower(p.name) = lower(?)",
        "p.speaker_id IN (SELECT speaker_id FROM aliases WHERE lower(name) = lower(?))",
        "contains(lower(p.name), lower(?))",
    ]
    for condition in conditions if in_part else conditions[:-1]:
        rows = store.connection.execute(_LINES.format(condition=condition), [wanted, 20]).fetchall()
        if len(rows) == 1:
            line = SpeakerLine(*rows[0])
            return replace(line, roles=_roles(store, line.speaker_id))
        if rows:
            names = "; ".join(f"{row[1]} ({row[0]}, {row[4]} quotations)" for row in rows)
            raise UsageError(f"'{wanted}' may be several speakers; give the id of one: {names}.")
    raise UsageError(f"No speaker is called '{wanted}'. 'quotetrack speakers --search …' looks for parts of names.")


def _roles(store: Store, speaker_id: str) -> tuple[HeldRole, ...]:
    rows = store.connection.execute(
        "SELECT role, first_seen, last_seen, mentions FROM roles WHERE speaker_id = ? ORDER BY ALL", [speaker_id]
    ).fetchall()
    return tuple(timeline([*rows, *((*role, 0) for role in known_roles(store, speaker_id))]))


def known_roles(store: Store, speaker_id: str) -> list[tuple[str, str | None, str | None]]:
    """The roles a seed file gives the speaker, each with the dates it was held from and to."""
    row = store.connection.execute(
        "SELECT roles FROM linked_known JOIN known_speakers USING (known_id) WHERE speaker_id = ?", [speaker_id]
    ).fetchone()
    return [(r["role"], r["start"], r["end"]) for r in row[0]] if row else []


def stances_of(wanted: Sequence[str] | None) -> tuple[Stance, ...]:
    """The stances asked for, or those shown unless asked. Raises ``UsageError`` for a word that is none."""
    known: dict[str, Stance] = {stance: stance for stance in get_args(Stance)}
    for word in wanted or ():
        if word not in known:
            raise UsageError(f"There is no stance '{word}'. There are {', '.join(known)}.")
    return tuple(known[word] for word in wanted) if wanted else SHOWN


def quotations_of(store: Store, speaker_id: str, stances: Sequence[Stance] = SHOWN, bare: bool = False) -> list[Said]:
    """What a speaker said, newest first: the quotations of these ``stances``, and with ``bare`` also short noun phrases."""
    rows = store.connection.execute(
        "SELECT q.quotation_id, q.kind, q.text, a.outlet, a.published, a.url, q.confidence, s.text, s.method, "
        "q.stance, q.speaker_confidence, q.on_behalf_of, q.bare, q.role "
        "FROM corrected_quotations q JOIN articles a USING (article_id) JOIN source_speakers ss USING (source_id) "
        "JOIN corrected_sources s USING (source_id) WHERE ss.speaker_id = ? AND q.stance IN (SELECT unnest(?::VARCHAR[])) AND ((NOT q.bare AND (q.kind = 'direct' OR q.confidence >= ?)) OR ?) "
        "ORDER BY a.published DESC NULLS LAST, a.article_id, q.position",
        [speaker_id, list(stances), LEAST_SHOWN, bare],
    ).fetchall()
    held, known = _roles(store, speaker_id), known_roles(store, speaker_id)
    return [replace(Said(*row), role_then=None if row[13] else role_then(held, known, row[4])) for row in rows]


def count(store: Store) -> dict[str, int]:
    """What the database holds, in the order a person would ask."""
    asked = {
        "Articles": "SELECT count(*) FROM articles",
        "Outlets": "SELECT count(DISTINCT outlet) FROM articles",
        "Quotations": "SELECT count(*) FROM shown_quotations",
        "  direct": "SELECT count(*) FROM shown_quotations WHERE kind = 'direct'",
        "  indirect": "SELECT count(*) FROM shown_quotations WHERE kind = 'indirect'",
        "  mixed": "SELECT count(*) FROM shown_quotations WHERE kind = 'mixed'",
        "  stated": "SELECT count(*) FROM shown_quotations WHERE stance = 'stated'",
        "  denied": "SELECT count(*) FROM shown_quotations WHERE stance = 'denied'",
        "  requested": "SELECT count(*) FROM shown_quotations WHERE stance = 'requested'",
        "  with a speaker": "SELECT count(DISTINCT quotation_id) FROM shown_quotations JOIN source_speakers USING (source_id)",
        "Not shown": "SELECT count(*) FROM corrected_quotations ANTI JOIN shown_quotations USING (quotation_id)",
        "  asked, declined or not yet said": "SELECT count(*) FROM corrected_quotations WHERE stance IN ('asked', 'declined', 'hypothetical')",
        "  believed": "SELECT count(*) FROM corrected_quotations WHERE stance = 'believed'",
        "  short noun phrases": "SELECT count(*) FROM corrected_quotations WHERE bare AND stance IN ('stated', 'denied', 'requested')",
        "Speakers": "SELECT count(*) FROM speakers",
        "  persons": "SELECT count(*) FROM speakers WHERE type = 'person'",
        "Claims": "SELECT count(*) FROM shown_claims",
        "  printed by several outlets": "SELECT count(*) FROM shown_claims WHERE outlets > 1",
        "Inputs that failed": "SELECT count(*) FROM failures",
    }
    return {name: int((store.connection.execute(sql).fetchone() or (0,))[0]) for name, sql in asked.items()}


def list_failures(store: Store) -> list[tuple[str, str]]:
    """Location and reason of every input that failed."""
    return store.connection.execute("SELECT location, reason FROM failures ORDER BY location").fetchall()
