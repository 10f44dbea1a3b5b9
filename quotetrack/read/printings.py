"""What the dossiers need of the store, as plain records."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from quotetrack.link import timeline as over_time
from quotetrack.model import is_shown
from quotetrack.report.context import Label, Segment, around, verbatim_parts
from quotetrack.report.labels import LOW_CONFIDENCE, decision, speaker_sureness, sureness
from quotetrack.store import Store


@dataclass(frozen=True, slots=True)
class Printing:
    """One quotation in one article, ready to be shown. ``decided`` says what people decided about it."""

    quotation_id: str
    claims: tuple[str, ...]
    report_id: str
    kind: str
    text: str
    parts: tuple[tuple[Segment, ...], ...]
    context: tuple[Segment, ...]
    role: str | None
    method: str
    source: str
    stance: str
    bare: bool
    on_behalf_of: str | None
    confidence: float
    speaker_confidence: float
    outlet: str
    title: str | None
    url: str | None
    published: str | None
    location: str
    sha256: str
    start: int
    end: int
    jointly: tuple[str, ...]
    decided: tuple[str, ...] = ()

    @property
    def uncertain(self) -> bool:
        sure = min(self.confidence, self.speaker_confidence if self.method != "none" else 1.0)
        return sure < LOW_CONFIDENCE and not self.decided

    @property
    def doubt(self) -> str:
        """What makes it ``uncertain``."""
        return (
            sureness(self.confidence) if self.confidence < LOW_CONFIDENCE else speaker_sureness(self.speaker_confidence)
        )

    @property
    def shown(self) -> bool:
        """Whether it was stated, denied or requested, in more than a bare noun phrase."""
        return is_shown(self.stance, self.bare, self.kind, self.confidence)


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """What is known of a claim over all articles: of whichever speaker, in whichever dossier it is shown.

    ``reports``: independent ones, copies of one article counted once. ``speakers``: who is given as its speaker, and by
    which outlets, where these are not all the same.
    """

    shown: str
    first: str | None
    last: str | None
    outlets: int
    articles: int
    reports: int
    speakers: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(slots=True)
class Dossier:
    """One speaker with roles over time, other names, and printings, newest first. ``unsaid`` are those not shown by default:
    what was asked, declined, imagined or only believed, and bare noun phrases. They count nowhere."""

    speaker_id: str
    name: str
    type: str
    wikidata: str | None = None
    roles: list[over_time.HeldRole] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    known_roles: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    decided: list[str] = field(default_factory=list)
    printings: list[Printing] = field(default_factory=list)
    unsaid: list[Printing] = field(default_factory=list)

    @property
    def role(self) -> str | None:
        """The role to put beside the name: what a seed file says of the day of the last quotation, else what articles say."""
        known = over_time.role_then([], self.known_roles, max(self.dates, default=None))
        return known or over_time.role_now(self.roles)

    @property
    def outlets(self) -> list[str]:
        return sorted({p.outlet for p in self.printings})

    @property
    def dates(self) -> list[str]:
        return sorted(p.published[:10] for p in self.printings if p.published)

    def role_then(self, printing: Printing) -> str | None:
        """The role held at the time, by what other articles or a seed file say, where the article itself gives none."""
        return None if printing.role else over_time.role_then(self.roles, self.known_roles, printing.published)

    def count(self, kind: str) -> int:
        return sum(p.kind == kind for p in self.printings)

    def count_stance(self, stance: str) -> int:
        return sum(p.stance == stance for p in self.printings)


def dossiers(store: Store) -> list[Dossier]:
    """The dossier of everybody who stated, denied or requested something, the most quoted first."""
    query = store.connection.execute
    found = {
        row[0]: Dossier(*row)
        for row in query("SELECT speaker_id, name, type, wikidata FROM speakers ORDER BY speaker_id").fetchall()
    }
    printed: dict[str, list[over_time.Printed]] = defaultdict(list)
    for speaker_id, *row in query(
        "SELECT speaker_id, role, first_seen, last_seen, mentions FROM roles ORDER BY ALL"
    ).fetchall():
        printed[speaker_id].append((row[0], row[1], row[2], row[3]))
    for speaker_id, name in query("SELECT speaker_id, name FROM aliases ORDER BY mentions DESC, name").fetchall():
        if name != found[speaker_id].name:
            found[speaker_id].aliases.append(name)
    for speaker_id, roles in query(
        "SELECT speaker_id, roles FROM linked_known JOIN known_speakers USING (known_id)"
    ).fetchall():
        if speaker_id in found:
            found[speaker_id].known_roles = [(r["role"], r["start"], r["end"]) for r in roles]
            printed[speaker_id] += [(*role, 0) for role in found[speaker_id].known_roles]
    for speaker_id, rows in printed.items():
        found[speaker_id].roles = over_time.timeline(rows)
    for key, note in _decided(store, "speaker_id"):
        if key in found:
            found[key].decided.append(note)
    printings = _printings(store)
    for quotation_id, speaker_id in query(
        "SELECT q.quotation_id, ss.speaker_id FROM corrected_quotations q JOIN source_speakers ss USING (source_id) "
        "JOIN articles a USING (article_id) ORDER BY a.published DESC NULLS LAST, a.article_id, q.position, ss.speaker_id"
    ).fetchall():
        printing = printings[quotation_id]
        (found[speaker_id].printings if printing.shown else found[speaker_id].unsaid).append(printing)
    return sorted((d for d in found.values() if d.printings), key=lambda d: (-len(d.printings), d.name, d.speaker_id))


def unattributed(store: Store) -> list[Printing]:
    """The quotations that are shown and whose speaker the article does not tell, newest first."""
    spoken = {
        row[0]
        for row in store.connection.execute(
            "SELECT quotation_id FROM corrected_quotations JOIN source_speakers USING (source_id)"
        ).fetchall()
    }
    return [p for key, p in _printings(store).items() if key not in spoken and p.shown]


def _decided(store: Store, about: str) -> list[tuple[str, str]]:
    """The corrections in force about speakers (``speaker_id``) or quotations (``quotation_id``), as sentences."""
    only = "quotation_id IS NULL" if about == "speaker_id" else "true"
    rows = store.connection.execute(
        f"SELECT DISTINCT e.{about}, c.correction_id, c.kind, c.summary, c.made_by, c.made_at, c.why FROM correction_effects e "
        f"JOIN corrections c USING (correction_id) WHERE e.{about} IS NOT NULL AND {only} ORDER BY ALL"
    ).fetchall()
    return [
        (key, decision(kind, summary, by, made.date().isoformat(), why))
        for key, _, kind, summary, by, made, why in rows
    ]


def _printings(store: Store) -> dict[str, Printing]:
    query = store.connection.execute
    spans: dict[str, list[tuple[Label, int, int]]] = defaultdict(list)
    for quotation_id, part, start, end in query(
        "SELECT quotation_id, part, start_char, end_char FROM spans WHERE part <> 'role' ORDER BY ALL"
    ).fetchall():
        spans[quotation_id].append((part, start, end))
    texts = dict(query("SELECT article_id, text FROM articles").fetchall())
    joint: dict[str, list[str]] = defaultdict(list)
    for source_id, name in query(
        "SELECT source_id, name FROM source_speakers JOIN speakers USING (speaker_id) WHERE joint ORDER BY ALL"
    ).fetchall():
        joint[source_id].append(name)
    notes: dict[str, list[str]] = defaultdict(list)
    for key, note in _decided(store, "quotation_id"):
        notes[key].append(note)
    found = {}
    for row in query(
        "SELECT q.quotation_id, cq.claims, q.kind, q.text, q.role, s.method, s.text, q.stance, q.bare, q.on_behalf_of, "
        "q.confidence, q.speaker_confidence, a.outlet, a.title, "
        "a.url, a.published, a.location, a.sha256, q.article_id, q.source_id, coalesce(r.report_id, q.article_id) "
        "FROM corrected_quotations q JOIN articles a USING (article_id) LEFT JOIN corrected_sources s USING (source_id) "
        "LEFT JOIN article_copies r ON r.article_id = q.article_id "
        "LEFT JOIN (SELECT quotation_id, list(claim_id ORDER BY claim_id) AS claims FROM claim_quotations "
        "GROUP BY quotation_id) cq USING (quotation_id) ORDER BY a.published DESC NULLS LAST, a.article_id, q.position"
    ).fetchall():
        (
            key,
            claims,
            kind,
            text,
            role,
            method,
            source,
            stance,
            bare,
            behalf,
            sure,
            sure_of_name,
            outlet,
            title,
            url,
            published,
            location,
            sha,
            article,
            src,
            report,
        ) = row
        places = [(a, b) for part, a, b in spans[key] if part == "content"]
        whole = texts[article]
        found[key] = Printing(
            key, tuple(claims or ()), report, kind, text, tuple(tuple(verbatim_parts(whole, a, b)) for a, b in places),
            tuple(around(whole, spans[key])), role, method or "none", source or "", stance, bare, behalf, sure, sure_of_name, outlet or "unknown outlet",
            title, web_address(url), published, location, sha, places[0][0], places[-1][1], tuple(joint.get(src, ())), tuple(notes.get(key, ())),
        )  # fmt: skip
    return found


def claim_facts(store: Store) -> dict[str, ClaimFacts]:
    """What is known of each claim."""
    query = store.connection.execute
    disputed: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for claim_id, name, outlet in query(
        "SELECT c.claim_id, p.name, coalesce(a.outlet, 'unknown outlet') FROM claims c JOIN claim_quotations USING (claim_id) "
        "JOIN corrected_quotations q USING (quotation_id) JOIN articles a USING (article_id) JOIN source_speakers USING (source_id) "
        "JOIN speakers p USING (speaker_id) WHERE c.two_speakers AND p.type NOT IN ('unnamed', 'document')"
    ).fetchall():
        disputed[claim_id][name].add(outlet)
    return {
        claim_id: ClaimFacts(
            shown,
            first,
            last,
            outlets,
            articles,
            reports,
            tuple(sorted((name, tuple(sorted(found))) for name, found in disputed[claim_id].items())),
        )
        for claim_id, shown, first, last, outlets, articles, reports in query(
            "SELECT claim_id, any_value(shown), any_value(first_printed), any_value(last_printed), any_value(outlets), "
            "count(DISTINCT q.article_id), count(DISTINCT coalesce(r.report_id, q.article_id)) FROM claims "
            "JOIN claim_quotations USING (claim_id) JOIN corrected_quotations q USING (quotation_id) "
            "LEFT JOIN article_copies r ON r.article_id = q.article_id GROUP BY claim_id"
        ).fetchall()
    }


def web_address(url: str | None) -> str | None:
    """``url`` if it is a plain web address; anything else (``javascript:`` …) is not made a link."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None
