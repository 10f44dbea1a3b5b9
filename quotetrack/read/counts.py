"""Count the contents of a database and list failed inputs."""

from __future__ import annotations

from dataclasses import dataclass

from quotetrack.cluster.sql import unclustered
from quotetrack.inputs.folders import NotRead
from quotetrack.model import Failure
from quotetrack.store import Store


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of articles, quotations, speakers and claims.

    ``quotations``, ``with_speaker`` and the fields for kinds and for the stances ``stated``, ``denied`` and ``requested``
    count quotations shown by default; ``not_shown`` counts the others. ``speakers`` have a quotation shown by default, ``persons``
    are those of them that are persons, and ``named`` those that are neither ``unnamed`` nor a ``document``. ``quoted_articles``
    and ``quoted_outlets`` are those with a quotation that has a speaker. ``undated`` are articles without a date, for which
    clustering does not know whether they print the same words on the same day.
    """

    articles: int
    undated: int
    outlets: int
    quotations: int
    direct: int
    indirect: int
    mixed: int
    stated: int
    denied: int
    requested: int
    with_speaker: int
    not_shown: int
    asked_declined_or_hypothetical: int
    believed: int
    bare: int
    speakers: int
    persons: int
    named: int
    quoted_articles: int
    quoted_outlets: int
    claims: int
    claims_of_several_outlets: int
    failures: int


_ATTRIBUTED = "(SELECT article_id, speaker_id FROM shown_quotations JOIN source_speakers USING (source_id))"
_SHOWN_SPEAKERS = f"SELECT speaker_id FROM speakers WHERE speaker_id IN (SELECT speaker_id FROM {_ATTRIBUTED})"

_QUERIES = {
    "articles": "SELECT count(*) FROM articles",
    "undated": "SELECT count(*) FROM articles WHERE published_at IS NULL",
    "outlets": "SELECT count(DISTINCT outlet) FROM articles",
    "quotations": "SELECT count(*) FROM shown_quotations",
    "direct": "SELECT count(*) FROM shown_quotations WHERE kind = 'direct'",
    "indirect": "SELECT count(*) FROM shown_quotations WHERE kind = 'indirect'",
    "mixed": "SELECT count(*) FROM shown_quotations WHERE kind = 'mixed'",
    "stated": "SELECT count(*) FROM shown_quotations WHERE stance = 'stated'",
    "denied": "SELECT count(*) FROM shown_quotations WHERE stance = 'denied'",
    "requested": "SELECT count(*) FROM shown_quotations WHERE stance = 'requested'",
    "with_speaker": "SELECT count(DISTINCT quotation_id) FROM shown_quotations JOIN source_speakers USING (source_id)",
    "not_shown": "SELECT count(*) FROM corrected_quotations ANTI JOIN shown_quotations USING (quotation_id)",
    "asked_declined_or_hypothetical": "SELECT count(*) FROM corrected_quotations WHERE stance IN ('asked', 'declined', 'hypothetical')",
    "believed": "SELECT count(*) FROM corrected_quotations WHERE stance = 'believed'",
    "bare": "SELECT count(*) FROM corrected_quotations WHERE bare AND stance IN ('stated', 'denied', 'requested')",
    "speakers": f"SELECT count(*) FROM ({_SHOWN_SPEAKERS})",
    "persons": f"SELECT count(*) FROM ({_SHOWN_SPEAKERS} AND type = 'person')",
    "named": f"SELECT count(*) FROM ({_SHOWN_SPEAKERS} AND type NOT IN ('unnamed', 'document'))",
    "quoted_articles": f"SELECT count(DISTINCT article_id) FROM {_ATTRIBUTED}",
    "quoted_outlets": f"SELECT count(DISTINCT coalesce(outlet, '')) FROM {_ATTRIBUTED} JOIN articles USING (article_id)",
    "claims": "SELECT count(*) FROM shown_claims",
    "claims_of_several_outlets": "SELECT count(*) FROM shown_claims WHERE outlets > 1",
    "failures": "SELECT count(*) FROM failures",
}


def count(store: Store) -> Counts:
    """Return all counts."""
    return Counts(**count_some(store, *_QUERIES))


def count_some(store: Store, *names: str) -> dict[str, int]:
    """Return only the named fields of ``Counts``, which is faster than ``count`` in large databases.

    >>> count_some(store, "speakers", "claims")
    {'speakers': 2, 'claims': 3}
    """
    return {name: _number(store, _QUERIES[name]) for name in names}


def count_with_wikidata(store: Store) -> int:
    """Return the number of speakers with a Wikidata identifier."""
    return _number(store, "SELECT count(*) FROM speakers WHERE wikidata IS NOT NULL")


def count_unsearched(store: Store) -> int:
    """Return the number of quotations that ``check`` cannot find because the run that stored them did not finish."""
    return unclustered(store.connection)


def list_not_read(store: Store) -> list[NotRead]:
    """List what was found in ingested folders and not read, with the reasons, sorted by location."""
    found = store.connection.execute("SELECT location, reason FROM not_read ORDER BY ALL").fetchall()
    return [NotRead(*row) for row in found]


def list_failures(store: Store) -> list[Failure]:
    """Return all failed inputs, by location."""
    found = store.connection.execute("SELECT location, reason, details FROM failures ORDER BY location").fetchall()
    return [Failure(*row) for row in found]


def _number(store: Store, query: str) -> int:
    row = store.connection.execute(query).fetchone()
    return int(row[0]) if row else 0
