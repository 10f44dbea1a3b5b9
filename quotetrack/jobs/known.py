"""Known speakers: a seed file into the database, and all sources linked with it."""

from __future__ import annotations

from dataclasses import dataclass

from quotetrack.jobs.refresh import refresh
from quotetrack.link.known import Known, store_known
from quotetrack.read.counts import count_with_wikidata
from quotetrack.store import Store


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import did. ``identified``: how many speakers of the database have a Wikidata id now."""

    added: int
    replaced: int
    identified: int


def import_speakers(store: Store, known: list[Known]) -> ImportSummary:
    """Store known speakers, as ``quotetrack.link.known.read_known`` gives them, and link all sources with them.

    A known speaker replaces the one of the same identifier. A kill leaves the database as it was, or with the known
    speakers stored; the next ``refresh`` then links with them.

        with Store.open(Path("news.duckdb")) as store:
            import_speakers(store, read_known(Path("people.csv")))
    """
    with store.transaction():
        added, replaced = store_known(store, known)
    refresh(store)
    return ImportSummary(added, replaced, count_with_wikidata(store))
