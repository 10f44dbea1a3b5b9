"""List and find speakers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, get_args

from quotetrack.errors import UsageError
from quotetrack.link.timeline import HeldRole, Printed, role_now, timeline
from quotetrack.model import SpeakerType
from quotetrack.read.rows import by_key, rows
from quotetrack.store import Store
from quotetrack.text.suggestions import did_you_mean

KnownRole = tuple[str, str | None, str | None]  # of a seed file, with start and end dates
# The types of speakers; a joint source stands for several speakers and is none itself.
SPEAKER_TYPES = tuple(kind for kind in get_args(SpeakerType) if kind != "joint")
_SEARCH = " 'quotetrack speakers --search' searches parts of names."


@dataclass(frozen=True, slots=True)
class SpeakerLine:
    """A speaker with counts.

    ``role`` is the current role (``link.timeline.role_now``); ``roles`` are all roles over time, filled by ``find_speaker``. ``first`` and ``last``
    are the publication dates of the first and last quotation.
    """

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

    def to_dict(self) -> dict[str, Any]:
        """Convert to a JSON-compatible dictionary, without ``roles``."""
        return {name: getattr(self, name) for name in self.__slots__ if name != "roles"}


_LINES = """
SELECT p.speaker_id, p.name, p.type,
       (SELECT role FROM roles r WHERE r.speaker_id = p.speaker_id ORDER BY mentions DESC, role LIMIT 1),
       count(DISTINCT q.quotation_id) FILTER (shown) AS quotations, count(DISTINCT a.outlet) FILTER (shown),
       arg_min(a.published, row(a.published_at, a.published)) FILTER (shown AND a.published_at IS NOT NULL),
       arg_max(a.published, row(a.published_at, a.published)) FILTER (shown AND a.published_at IS NOT NULL), p.wikidata
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
    """List the speakers with quotations shown by default, most quoted first.

    ``search`` must occur in the name or an alias, ignoring case; ``kind`` is the type of speaker. Raises ``UsageError`` for an
    unknown type.
    """
    if kind is not None and kind not in SPEAKER_TYPES:
        raise UsageError(f"Unknown type '{kind}'; use {', '.join(SPEAKER_TYPES)}.{did_you_mean(kind, SPEAKER_TYPES)}")
    condition = (
        "(? IS NULL OR contains(lower(p.name), lower(?)) OR p.speaker_id IN "
        "(SELECT speaker_id FROM aliases WHERE contains(lower(name), lower(?)))) AND (? IS NULL OR p.type = ?)"
    )
    found = store.connection.execute(
        _LINES.format(condition=f"{condition} AND shown"), [search, search, search, kind, kind, limit]
    ).fetchall()
    lines = [SpeakerLine(*row) for row in found]
    keys = [line.speaker_id for line in lines]
    held = timelines(store, keys, known_roles(store, keys))
    return [replace(line, role=role_now(held.get(line.speaker_id, [])) or line.role) for line in lines]


def find_speaker(store: Store, wanted: str, in_part: bool = True) -> SpeakerLine:
    """Find one speaker by id, name or alias, or by part of the name if ``in_part``.

    Raises ``UsageError`` if no speaker matches, or more than one; the message suggests similar names.
    """
    conditions = [
        "p.speaker_id = ?",
        "lower(p.name) = lower(?)",
        "p.speaker_id IN (SELECT speaker_id FROM aliases WHERE lower(name) = lower(?))",
        "contains(lower(p.name), lower(?))",
    ]
    for condition in conditions if in_part else conditions[:-1]:
        found = store.connection.execute(_LINES.format(condition=condition), [wanted, 20]).fetchall()
        if len(found) == 1:
            line = SpeakerLine(*found[0])
            roles = roles_of(store, line.speaker_id)
            return replace(line, role=role_now(roles) or line.role, roles=roles)
        if found:
            names = "; ".join(f"{row[1]} ({row[0]}, {row[4]} quotations)" for row in found)
            raise UsageError(f"'{wanted}' matches several speakers; use one of these ids: {names}.")
    known = store.connection.execute("SELECT name FROM speakers UNION SELECT name FROM aliases").fetchall()
    similar = did_you_mean(wanted, (row[0] for row in known))
    raise UsageError(f"No speaker found for '{wanted}'.{similar or _SEARCH}")


class Names(NamedTuple):
    """All names of a speaker, and all roles printed of them."""

    type: str
    names: tuple[str, ...]
    roles: tuple[str, ...]


def names_of(store: Store, speakers: Collection[str]) -> dict[str, Names]:
    """Return the names and roles of these speakers by identifier."""
    wanted = sorted(speakers)
    found = by_key(store.connection, "speaker_id, name, type", "speakers", "speaker_id", wanted)
    aliases, roles = defaultdict(list), defaultdict(list)
    for key, name in sorted(rows(store.connection, "speaker_id, name", "aliases", "speaker_id", wanted)):
        aliases[key].append(name)
    for key, role in sorted(rows(store.connection, "speaker_id, role", "roles", "speaker_id", wanted)):
        roles[key].append(role)
    return {
        key: Names(kind, tuple(dict.fromkeys((name, *aliases[key]))), tuple(roles[key]))
        for key, name, kind in found.values()
    }


class Identity(NamedTuple):
    """Who a speaker is."""

    speaker_id: str
    name: str
    type: str
    wikidata: str | None


def identities(store: Store, speakers: Collection[str]) -> dict[str, Identity]:
    """Return the identities of these speakers by identifier."""
    found = rows(store.connection, ", ".join(Identity._fields), "speakers", "speaker_id", sorted(speakers))
    return {row[0]: Identity(*row) for row in found}


def speakers_in(store: Store, articles: Collection[str]) -> list[tuple[str, str]]:
    """Return article and speaker for all speakers of quotations in these articles."""
    return store.connection.execute(
        "SELECT DISTINCT article_id, speaker_id FROM corrected_sources JOIN source_speakers USING (source_id) "
        "WHERE article_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY ALL",
        [sorted(articles)],
    ).fetchall()


def namesakes(store: Store, surname: str) -> list[str]:
    """Return the identifiers of persons whose names end with ``surname``, ignoring case."""
    found = store.connection.execute(
        "SELECT speaker_id FROM speakers WHERE type = 'person' AND (lower(name) = $1 OR ends_with(lower(name), ' ' || $1)) "
        "ORDER BY ALL",
        [surname.lower()],
    ).fetchall()
    return [row[0] for row in found]


def roles_of(store: Store, speaker_id: str) -> tuple[HeldRole, ...]:
    """Return the roles of a speaker over time, from articles and a seed file."""
    return tuple(timelines(store, [speaker_id], known_roles(store, [speaker_id])).get(speaker_id, ()))


def timelines(
    store: Store, speakers: Collection[str] | None, known: Mapping[str, Sequence[KnownRole]]
) -> dict[str, list[HeldRole]]:
    """Return the roles of these speakers, or of all, over time, by identifier: those in articles and those in ``known``."""
    printed: dict[str, list[Printed]] = defaultdict(list)
    columns = "speaker_id, role, first_seen, last_seen, mentions"
    for key, role, first, last, mentions in sorted(
        rows(store.connection, columns, "roles", "speaker_id", speakers), key=str
    ):
        printed[key].append((role, first, last, mentions))
    for key, roles in known.items():
        printed[key] += [(*role, 0) for role in roles]
    return {key: timeline(held) for key, held in printed.items()}


def known_roles(store: Store, speakers: Collection[str] | None) -> dict[str, list[KnownRole]]:
    """Return the roles in a seed file of those of these speakers, or of all, that are in one."""
    table = "linked_known JOIN known_speakers USING (known_id)"
    found = sorted(rows(store.connection, "speaker_id, roles", table, "speaker_id", speakers), key=lambda row: row[0])
    return {key: [(role["role"], role["start"], role["end"]) for role in roles] for key, roles in found}
