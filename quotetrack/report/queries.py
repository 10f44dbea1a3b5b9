"""What the pages need of the store, as plain records. Reads only; every value is bound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from quotetrack.report.context import Place
from quotetrack.store import Store

APART = ("unnamed", "document")  # types of speaker listed on a page of their own, so as not to drown the named ones


@dataclass(frozen=True, slots=True)
class Role:
    """A role as printed, with the dates of the first and last article that prints it."""

    text: str
    first: str | None
    last: str | None
    mentions: int


@dataclass(frozen=True, slots=True)
class Profile:
    """A speaker as the index lists them; ``roles`` are in the order they were first seen."""

    speaker_id: str
    name: str
    type: str
    quotations: int
    outlets: int
    last: str | None
    roles: tuple[Role, ...]
    aliases: tuple[str, ...]

    @property
    def role(self) -> str | None:
        """The role printed most often, of equals the latest."""
        if not self.roles:
            return None
        return max(self.roles, key=lambda role: (role.mentions, role.last or "", role.text)).text


@dataclass(frozen=True, slots=True)
class Source:
    """The article a quotation stands in. ``url`` is as given; ``link`` is it where it may be made a link."""

    article_id: str
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None
    language: str
    location: str
    sha256: str

    @property
    def link(self) -> str | None:
        return web_address(self.url)


@dataclass(frozen=True, slots=True)
class Printing:
    """One quotation in one article. ``claims`` are identifier and chosen wording of each claim that it belongs to."""

    quotation_id: str
    position: int
    kind: str
    text: str
    role: str | None
    source: str | None
    method: str
    confidence: float
    article: Source
    places: tuple[Place, ...]
    speakers: tuple[tuple[str, str], ...]
    joint: bool
    claims: tuple[tuple[str, str], ...]

    @property
    def start(self) -> int:
        return min(a for part, a, _ in self.places if part == "content")

    @property
    def end(self) -> int:
        return max(b for part, _, b in self.places if part == "content")


def profiles(store: Store) -> list[Profile]:
    """Every speaker, the most quoted first."""
    query = store.connection.execute
    roles: dict[str, list[Role]] = defaultdict(list)
    for speaker_id, *role in query(
        "SELECT speaker_id, role, first_seen, last_seen, mentions FROM roles ORDER BY first_seen NULLS LAST, role"
    ).fetchall():
        roles[speaker_id].append(Role(*role))
    aliases: dict[str, list[str]] = defaultdict(list)
    for speaker_id, alias in query(
        "SELECT a.speaker_id, a.name FROM aliases a JOIN speakers p USING (speaker_id) WHERE a.name <> p.name "
        "ORDER BY a.mentions DESC, a.name"
    ).fetchall():
        aliases[speaker_id].append(alias)
    rows = query(
        "SELECT p.speaker_id, p.name, p.type, count(DISTINCT q.quotation_id) AS quotations, count(DISTINCT a.outlet), "
        "max(a.published) FROM speakers p LEFT JOIN source_speakers USING (speaker_id) "
        "LEFT JOIN quotations q USING (source_id) LEFT JOIN articles a USING (article_id) "
        "GROUP BY p.speaker_id, p.name, p.type ORDER BY quotations DESC, p.name, p.speaker_id"
    ).fetchall()
    return [Profile(*row, tuple(roles[row[0]]), tuple(aliases[row[0]])) for row in rows]


def totals(store: Store) -> dict[str, int]:
    """How much the store holds: articles, outlets, quotations."""
    row = store.connection.execute(
        "SELECT count(*), count(DISTINCT outlet), (SELECT count(*) FROM quotations) FROM articles"
    ).fetchone()
    return dict(zip(("articles", "outlets", "quotations"), row or (0, 0, 0), strict=True))


def quotations_of(store: Store, speakers: Iterable[str]) -> list[str]:
    """Identifiers of what these speakers said and of every other printing of the same claims."""
    rows = store.connection.execute(
        "WITH own AS (SELECT quotation_id FROM quotations JOIN source_speakers USING (source_id) "
        "WHERE speaker_id IN (SELECT unnest(?::VARCHAR[]))) "
        "SELECT quotation_id FROM own UNION SELECT b.quotation_id FROM own JOIN claim_quotations a USING (quotation_id) "
        "JOIN claim_quotations b ON a.claim_id = b.claim_id",
        [list(speakers)],
    ).fetchall()
    return [row[0] for row in rows]


def unattributed(store: Store) -> list[str]:
    """Identifiers of the quotations without a known speaker and of every other printing of the same claims."""
    rows = store.connection.execute(
        "WITH own AS (SELECT quotation_id FROM quotations LEFT JOIN source_speakers USING (source_id) "
        "WHERE speaker_id IS NULL) "
        "SELECT quotation_id FROM own UNION SELECT b.quotation_id FROM own JOIN claim_quotations a USING (quotation_id) "
        "JOIN claim_quotations b ON a.claim_id = b.claim_id"
    ).fetchall()
    return [row[0] for row in rows]


def printings(store: Store, quotations: Iterable[str]) -> list[Printing]:
    """These quotations in full, in no promised order. One without content spans cannot be shown and is left out."""
    query = store.connection.execute
    asked = [list(quotations)]
    wanted = "(SELECT unnest(?::VARCHAR[]))"
    places: dict[str, list[Place]] = defaultdict(list)
    for quotation_id, *place in query(
        "SELECT quotation_id, part, start_char, end_char FROM spans "
        f"WHERE quotation_id IN {wanted} ORDER BY start_char, end_char, part",
        asked,
    ).fetchall():
        places[quotation_id].append((place[0], place[1], place[2]))
    claims: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for quotation_id, claim_id, text in query(
        "SELECT quotation_id, claim_id, text FROM claim_quotations JOIN claims USING (claim_id) "
        f"WHERE quotation_id IN {wanted} ORDER BY claim_id",
        asked,
    ).fetchall():
        claims[quotation_id].append((claim_id, text))
    speakers: dict[str, list[tuple[str, str]]] = defaultdict(list)
    joint: set[str] = set()
    for quotation_id, speaker_id, name, jointly in query(
        "SELECT DISTINCT quotation_id, speaker_id, p.name, joint FROM quotations JOIN source_speakers USING (source_id) "
        f"JOIN speakers p USING (speaker_id) WHERE quotation_id IN {wanted} ORDER BY p.name, speaker_id",
        asked,
    ).fetchall():
        speakers[quotation_id].append((speaker_id, name))
        if jointly:
            joint.add(quotation_id)
    rows = query(
        "SELECT q.quotation_id, q.position, q.kind, q.text, q.role, s.text, coalesce(s.method, 'none'), q.confidence, "
        "a.article_id, a.outlet, a.title, a.url, a.published, a.language, a.location, a.sha256 "
        "FROM quotations q JOIN articles a USING (article_id) LEFT JOIN sources s USING (source_id) "
        f"WHERE q.quotation_id IN {wanted}",
        asked,
    ).fetchall()
    return [
        Printing(
            *row[:8], Source(*row[8:]), tuple(places[row[0]]), tuple(speakers[row[0]]), row[0] in joint,
            tuple(claims[row[0]]) or ((row[0], row[3]),),
        )
        for row in rows
        if any(part == "content" for part, _, _ in places[row[0]])
    ]  # fmt: skip


def texts(store: Store, articles: Iterable[str]) -> dict[str, str]:
    """The exact texts of these articles."""
    return dict(
        store.connection.execute(
            "SELECT article_id, text FROM articles WHERE article_id IN (SELECT unnest(?::VARCHAR[]))",
            [sorted(set(articles))],
        ).fetchall()
    )


def web_address(url: str | None) -> str | None:
    """``url`` if it is a plain web address; anything else (``javascript:`` and the like) is never made a link."""
    if not url or any(ord(c) <= 0x20 or ord(c) == 0x7F for c in url):
        return None
    try:
        address = urlsplit(url)
    except ValueError:
        return None
    return url if address.scheme in ("http", "https") and address.hostname else None
