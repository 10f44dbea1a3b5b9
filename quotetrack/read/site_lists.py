"""Read the lists of the site: statements, claims, articles and sources without a page, and the words of claims."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from quotetrack.read.printing import DAY_IN_WORDS, LATEST_FIRST
from quotetrack.read.proper_names import is_body_name, is_full_name
from quotetrack.store import Store

_FETCHED = 2000  # rows at a time
_MOST_BODIES = 200


class SiteTotals(NamedTuple):
    """Numbers of what is shown by default."""

    quotations: int
    articles: int
    outlets: int
    claims: int


@dataclass(frozen=True, slots=True)
class ListedClaim:
    """A claim as in lists, with the speakers of its displayed wording and the place of that in an article.

    ``reports`` counts independent reports.
    """

    claim_id: str
    text: str
    kind: str
    stance: str
    first: str | None
    outlets: int
    reports: int
    two_speakers: bool
    turned: bool
    quotation_id: str
    article_id: str
    title: str | None
    outlet: str | None
    speakers: tuple[tuple[str, str], ...]

    @property
    def is_disputed(self) -> bool:
        """Whether reports name different speakers, or differ in a negation or a number."""
        return self.two_speakers or (self.turned and self.reports > 1)


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article as in lists; ``quotations`` are those shown by default, ``day`` is in words if it stands in for a date."""

    article_id: str
    title: str | None
    outlet: str | None
    day: str | None
    quotations: int


@dataclass(frozen=True, slots=True)
class UnnamedSource:
    """A quotation shown by default whose speaker has no page."""

    article_id: str
    title: str | None
    outlet: str | None
    day: str | None
    quotation_id: str
    kind: str
    stance: str
    text: str
    source: str | None
    on_behalf_of: str | None


class Place(NamedTuple):
    """A quotation and its article."""

    quotation_id: str
    article_id: str
    title: str | None
    outlet: str | None
    day: str | None


class SpokenFor(NamedTuple):
    """A person or body that unnamed sources speak for, with the places of what they said."""

    name: str
    places: tuple[Place, ...]


def site_totals(store: Store) -> SiteTotals:
    """Count what the site shows."""
    [row] = store.connection.execute(
        "SELECT (SELECT count(*) FROM shown_quotations), count(*), count(DISTINCT outlet), (SELECT count(*) FROM shown_claims) FROM articles"
    ).fetchall()
    return SiteTotals(*row)


def shown_statements(store: Store) -> list[str]:
    """Return the identifiers of all quotations shown by default that have a speaker, sorted."""
    found = store.connection.execute(
        "SELECT DISTINCT quotation_id FROM shown_quotations SEMI JOIN source_speakers USING (source_id) ORDER BY ALL"
    ).fetchall()
    return [row[0] for row in found]


def newest(store: Store, quotations: Collection[str] | None, most: int) -> list[str]:
    """Return the newest of these quotations, or of all shown by default, by date of publication; undated ones come last."""
    only = "true" if quotations is None else "quotation_id IN (SELECT unnest($only::VARCHAR[]))"
    given: dict[str, Any] = {"most": most} | ({} if quotations is None else {"only": sorted(quotations)})
    found = store.connection.execute(
        "SELECT quotation_id FROM shown_quotations JOIN articles USING (article_id) SEMI JOIN source_speakers USING (source_id) "
        f"WHERE {only} ORDER BY published_at DESC NULLS LAST, article_id, position LIMIT $most",
        given,
    ).fetchall()
    return [row[0] for row in found]


_CLAIMS = """
WITH printed AS (
    SELECT claim_id, count(DISTINCT coalesce(o.origin_id, q.article_id)) AS reports
    FROM claim_quotations JOIN corrected_quotations q USING (quotation_id) LEFT JOIN article_origins o ON o.article_id = q.article_id
    GROUP BY claim_id)
SELECT c.claim_id, q.text, q.kind, q.stance, strftime(TRY_CAST(left(c.first_printed, 10) AS DATE), '%Y-%m-%d'), c.outlets, n.reports,
       c.two_speakers, c.turned, c.shown, q.article_id, a.title, a.outlet,
       (SELECT list((p.speaker_id, p.name) ORDER BY p.name, p.speaker_id) FROM source_speakers s JOIN speakers p USING (speaker_id)
        WHERE s.source_id = q.source_id)
FROM shown_claims c JOIN printed n USING (claim_id) JOIN shown_quotations q ON q.quotation_id = c.shown JOIN articles a USING (article_id)
WHERE {condition} ORDER BY {order} c.claim_id
"""
_DISPUTED = "c.two_speakers OR (c.turned AND n.reports > 1)"


def claims_of_several_reports(store: Store) -> Iterator[ListedClaim]:
    """Yield the claims in several independent reports: disputed ones first, then those in most reports.

    Disputed are those with different speakers, or with printings that differ in a negation or a number.
    """
    order = f"({_DISPUTED}) DESC, c.two_speakers DESC, n.reports DESC, c.outlets DESC,"
    return _claims(store, _CLAIMS.format(condition=f"n.reports > 1 OR {_DISPUTED}", order=order))


def all_claims(store: Store) -> Iterator[ListedClaim]:
    """Yield all claims shown by default, those in most outlets first; ``claim_words`` numbers them in this order."""
    return _claims(store, _CLAIMS.format(condition="true", order="c.outlets DESC, n.reports DESC,"))


def _claims(store: Store, query: str) -> Iterator[ListedClaim]:
    for row in _streamed(store, query):
        values = (*row[:-1], tuple((one[0], one[1]) for one in row[-1] or ()))
        yield ListedClaim(*values)


def claim_words(store: Store, most: int) -> Iterator[tuple[str, str, list[int]]]:
    """Yield each word of the texts of all claims with the numbers of the claims that contain it.

    The first value is the part of the index that the word belongs to: its first two letters, its first letter if no other
    letter of the English alphabet follows, or ``other``. Rows are in order of the parts. Numbers count from 0 in the order
    of ``all_claims``. Words are in lower case without accents. Words in more than ``most`` claims are left out, as are
    single letters.
    """
    query = f"""
    WITH numbered AS (SELECT text, row_number() OVER (ORDER BY outlets DESC, reports DESC, claim_id) - 1 AS number
                      FROM ({_CLAIMS.format(condition="true", order="")})),
    words AS (SELECT DISTINCT unnest(regexp_extract_all(strip_accents(lower(text)), '[\\p{{L}}\\p{{N}}]+')) AS word, number FROM numbered)
    SELECT CASE WHEN regexp_matches(word, '^[a-z]') THEN regexp_extract(word, '^[a-z]{{1,2}}') ELSE 'other' END AS part,
           word, list(number ORDER BY number)
    FROM words WHERE length(word) > 1 GROUP BY word HAVING count(*) <= ? ORDER BY part, word
    """
    yield from _streamed(store, query, [most])


def listed_articles(store: Store) -> Iterator[ListedArticle]:
    """Yield all articles, newest first."""
    query = f"""
    SELECT a.article_id, a.title, a.outlet, {DAY_IN_WORDS}, count(q.quotation_id)
    FROM articles a LEFT JOIN article_provenance p USING (article_id) LEFT JOIN shown_quotations q USING (article_id)
    GROUP BY a.article_id, a.title, a.outlet, a.published_at, p.day, p.day_from
    ORDER BY {LATEST_FIRST}, a.title NULLS LAST, a.article_id
    """
    for row in _streamed(store, query):
        yield ListedArticle(*row)


def unnamed_sources(store: Store, paged: Collection[str]) -> Iterator[tuple[ListedArticle, list[UnnamedSource]]]:
    """Yield the articles, newest first, with their quotations of which no speaker is in ``paged``."""
    query = f"""
    SELECT a.article_id, a.title, a.outlet, {DAY_IN_WORDS}, q.quotation_id, q.kind, q.stance, q.text, s.text, q.on_behalf_of
    FROM shown_quotations q JOIN articles a USING (article_id) LEFT JOIN article_provenance p USING (article_id)
    LEFT JOIN corrected_sources s USING (source_id)
    WHERE q.source_id IS NULL OR q.source_id NOT IN (
        SELECT source_id FROM source_speakers WHERE speaker_id IN (SELECT unnest(?::VARCHAR[])))
    ORDER BY {LATEST_FIRST}, a.article_id, q.position
    """
    found = (UnnamedSource(*row) for row in _streamed(store, query, [sorted(paged)]))
    for _, group in groupby(found, key=lambda one: one.article_id):
        sources = list(group)
        one = sources[0]
        yield ListedArticle(one.article_id, one.title, one.outlet, one.day, len(sources)), sources


def bodies_spoken_for(store: Store, paged: Collection[str]) -> list[SpokenFor]:
    """Return the persons and bodies that speakers without a page speak for, with these quotations, most of them first.

    Common nouns, such as ``the family``, are left out: they mean somebody else in each article.
    """
    query = f"""
    SELECT q.on_behalf_of, list((q.quotation_id, q.article_id, a.title, a.outlet, {DAY_IN_WORDS})
                                ORDER BY a.published_at DESC NULLS LAST, p.day DESC NULLS LAST, q.quotation_id)
    FROM shown_quotations q JOIN articles a USING (article_id) LEFT JOIN article_provenance p USING (article_id)
    WHERE q.on_behalf_of IS NOT NULL AND (q.source_id IS NULL OR q.source_id NOT IN (
        SELECT source_id FROM source_speakers WHERE speaker_id IN (SELECT unnest(?::VARCHAR[]))))
    GROUP BY 1 ORDER BY count(*) DESC, 1
    """
    found = [row for row in _streamed(store, query, [sorted(paged)]) if is_full_name(row[0]) or is_body_name(row[0])]
    return [SpokenFor(name, tuple(Place(*place) for place in places)) for name, places in found[:_MOST_BODIES]]


def quotations_of_articles(store: Store, articles: Collection[str]) -> dict[str, list[str]]:
    """Return the quotations of these articles, shown by default or not, in order of the text."""
    found: dict[str, list[str]] = {}
    for article, quotation in store.connection.execute(
        "SELECT article_id, quotation_id FROM corrected_quotations WHERE article_id IN (SELECT unnest(?::VARCHAR[])) "
        "ORDER BY article_id, position",
        [sorted(articles)],
    ).fetchall():
        found.setdefault(article, []).append(quotation)
    return found


def quotations_of_claims(store: Store, claims: Collection[str]) -> dict[str, list[str]]:
    """Return the quotations of these claims that are shown by default."""
    found: dict[str, list[str]] = {}
    for claim, quotation in store.connection.execute(
        "SELECT claim_id, quotation_id FROM claim_quotations SEMI JOIN shown_quotations USING (quotation_id) "
        "WHERE claim_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY ALL",
        [sorted(claims)],
    ).fetchall():
        found.setdefault(claim, []).append(quotation)
    return found


def _streamed(store: Store, query: str, given: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a query without holding all of them; a cursor of its own allows other queries meanwhile."""
    cursor = store.connection.cursor()
    try:
        cursor.execute(query, list(given))
        while found := cursor.fetchmany(_FETCHED):
            yield from found
    finally:
        cursor.close()
