"""Read claims, which group the printings of one utterance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from quotetrack.read.filters import moment_after
from quotetrack.read.printing import UNKNOWN_OUTLET
from quotetrack.read.rows import Row
from quotetrack.store import Store
from quotetrack.store.moments import moment


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """Facts about a claim across all articles and speakers.

    ``reports`` counts independent reports: articles that share a fifth of their sentences count once. ``speakers`` lists the speakers with
    the outlets that name them, if outlets disagree. ``repeats`` are the other claims in which the speaker says the same
    words on another occasion, each with the date of its first printing, in order of time. ``undated`` counts the articles
    without a date, any of which may be the first.
    """

    shown: str
    first: str | None
    last: str | None
    outlets: int
    articles: int
    reports: int
    speakers: tuple[tuple[str, tuple[str, ...]], ...]
    repeats: tuple[tuple[str, str | None], ...] = ()
    undated: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim with its displayed wording.

    ``variants`` counts different wordings, ``printings`` quotations. ``two_speakers``: independent reports name different
    speakers. ``turned``: a negation or a number differs in some variant.
    """

    claim_id: str
    text: str
    kind: str
    stance: str
    first_printed: str | None
    last_printed: str | None
    outlets: int
    variants: int
    printings: int
    two_speakers: bool
    turned: bool

    def to_dict(self) -> dict[str, Any]:
        """Convert to a JSON-compatible dictionary."""
        return {name: getattr(self, name) for name in self.__slots__}


class Appearance(NamedTuple):
    """An article that printed a claim."""

    article_id: str
    url: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Appearances:
    """The articles that print a claim as stated, earliest first, undated last.

    ``first`` is the article that printed it first, if the dates of all articles are known well enough to tell.
    """

    claim_id: str
    text: str
    articles: tuple[Appearance, ...]

    @property
    def first(self) -> Appearance | None:
        earliest, *later = self.articles
        if any(one.published is None for one in self.articles):
            return None
        starts = [found for one in later if (found := moment(one.published)[0])]
        end = moment_after(earliest.published)
        return earliest if end and all(end <= start for start in starts) else None


def appearances(store: Store, claims: Collection[str]) -> list[Appearances]:
    """Return where these claims were printed, in order of their identifiers; without those that nobody stated."""
    rows = store.connection.execute(
        "SELECT claim_id, any_value(c.text), list(struct_pack(article_id := a.article_id, url := a.url, published := "
        "CASE WHEN a.published_at IS NULL THEN NULL ELSE a.published END) ORDER BY a.published_at NULLS LAST, a.article_id) "
        "FROM claims c JOIN (SELECT DISTINCT claim_id, article_id FROM claim_quotations JOIN shown_quotations USING (quotation_id) "
        "WHERE stance = 'stated') USING (claim_id) JOIN articles a USING (article_id) "
        "WHERE claim_id IN (SELECT unnest(?::VARCHAR[])) AND c.stance = 'stated' GROUP BY claim_id ORDER BY claim_id",
        [list(claims)],
    ).fetchall()
    return [Appearances(key, text, tuple(Appearance(**one) for one in found)) for key, text, found in rows]


def list_claims(
    store: Store, text: str | None = None, speaker_id: str | None = None, outlets: int = 1, limit: int | None = None
) -> list[Claim]:
    """List the claims that are shown by default, those printed by the most outlets first.

    ``text`` must occur in the displayed wording, ignoring case; ``outlets`` is the minimum number of outlets.
    """
    rows = store.connection.execute(
        "SELECT claim_id, text, kind, stance, first_printed, last_printed, outlets, variants, printings, two_speakers, turned "
        "FROM shown_claims WHERE ($text IS NULL OR contains(lower(text), lower($text))) AND outlets >= $outlets "
        "AND ($speaker IS NULL OR claim_id IN (SELECT claim_id FROM claim_quotations JOIN corrected_quotations USING (quotation_id) "
        "JOIN source_speakers USING (source_id) WHERE speaker_id = $speaker)) "
        "ORDER BY outlets DESC, printings DESC, claim_id LIMIT $most",
        {"text": text, "outlets": outlets, "speaker": speaker_id, "most": limit},
    ).fetchall()
    return [Claim(*row) for row in rows]


def claim_facts(store: Store, claims: Collection[str] | None = None) -> dict[str, ClaimFacts]:
    """Return the facts about these claims, or all, by identifier."""
    only = "true" if claims is None else "claim_id IN (SELECT unnest($claims::VARCHAR[]))"
    given = None if claims is None else {"claims": sorted(claims)}

    def query(statement: str) -> list[Row]:
        return store.connection.execute(statement, given).fetchall()

    disputed: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for claim_id, name, outlet in query(
        f"SELECT c.claim_id, p.name, coalesce(a.outlet, '{UNKNOWN_OUTLET}') FROM claims c JOIN claim_quotations USING (claim_id) "
        "JOIN corrected_quotations q USING (quotation_id) JOIN articles a USING (article_id) JOIN source_speakers USING (source_id) "
        "JOIN speakers p USING (speaker_id) JOIN corrected_sources s USING (source_id) "
        f"WHERE c.two_speakers AND s.method IN ('name', 'person') AND p.type NOT IN ('unnamed', 'document') AND {only}"
    ):
        disputed[claim_id][name].add(outlet)
    repeats: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    for claim_id, other, first in query(
        f"SELECT * FROM claim_repeats WHERE {only} ORDER BY claim_id, first_printed, other_id"
    ):
        repeats[claim_id].append((other, first))
    found = query(
        "SELECT claim_id, any_value(shown), any_value(first_printed), any_value(last_printed), any_value(outlets), "
        "count(DISTINCT q.article_id), count(DISTINCT coalesce(r.origin_id, q.article_id)), "
        "count(DISTINCT q.article_id) FILTER (a.published_at IS NULL) FROM claims "
        "JOIN claim_quotations USING (claim_id) JOIN corrected_quotations q USING (quotation_id) JOIN articles a USING (article_id) "
        f"LEFT JOIN article_origins r ON r.article_id = q.article_id WHERE {only} GROUP BY claim_id"
    )
    return {
        claim_id: ClaimFacts(
            shown,
            first,
            last,
            outlets,
            articles,
            reports,
            _outlets_of(disputed[claim_id]),
            tuple(repeats[claim_id]),
            undated,
        )
        for claim_id, shown, first, last, outlets, articles, reports, undated in found
    }


def _outlets_of(speakers: dict[str, set[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(sorted((name, tuple(sorted(outlets))) for name, outlets in speakers.items()))
