"""Import known speakers into the database and re-link all sources."""

from __future__ import annotations

from dataclasses import dataclass

from quotetrack.jobs.refresh import complete, refresh
from quotetrack.link.known import Known, store_known
from quotetrack.read.counts import count_with_wikidata
from quotetrack.store import Store


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """Result of an import. ``identified`` counts the speakers in the database that have a Wikidata id."""

    added: int
    replaced: int
    identified: int


def import_speakers(store: Store, known: list[Known]) -> ImportSummary:
    """Store known speakers, as returned by ``quotetrack.link.known.read_known``, and re-link all sources.

    A known speaker replaces an existing one with the same identifier. The import and all of its effects are one
    transaction: if the process is killed, the database is as before.

        with Store.open(Path("news.duckdb")) as store:
            import_speakers(store, read_known(Path("people.csv")))
    """
    complete(store)
    with store.transaction():
        added, replaced = store_known(store, known)
        refresh(store)
    return ImportSummary(added, replaced, count_with_wikidata(store))
