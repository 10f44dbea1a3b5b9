"""Update everything derived from articles and corrections: link, settle, cluster, repair."""

from __future__ import annotations

from quotetrack.cluster.clustering import cluster, is_clustered
from quotetrack.corrections.settle import is_settled, reflects_links, settle
from quotetrack.link.linker import is_linked, link
from quotetrack.repair import is_repaired, repair
from quotetrack.store import Store


def refresh(store: Store) -> None:
    """Update speakers, claims and repairs after changes to articles, known speakers or corrections.

    Each step compares stored fingerprints with the current data and processes only what changed. A run that was killed
    is completed by the next call, and a call without changes writes nothing. Inside a transaction everything becomes part
    of that transaction; otherwise each step has its own.

        with Store.open(Path("news.duckdb")) as store:
            refresh(store)
    """
    refresh_speakers(store)
    cluster(store)
    repair(store)


def refresh_speakers(store: Store) -> None:
    """Update speakers and attributions, but not the claims and repairs."""
    with store.transaction():  # both or neither: corrections look up speakers in the result of both steps
        up_to_date = reflects_links(store)
        relinked = link(store)
        if not is_settled(store):
            settle(store, relinked if up_to_date else None)


def is_current(store: Store) -> bool:
    """Whether speakers, claims and repairs match the articles, known speakers and corrections."""
    return is_linked(store) and is_settled(store) and is_clustered(store) and is_repaired(store)


def complete(store: Store) -> None:
    """``refresh``, while readers see the last complete state until it has finished, even if it is killed before.

    This also completes any earlier run that was killed.

        with Store.open(Path("news.duckdb")) as store:
            complete(store)
    """
    if not is_current(store):
        store.keep_readable()
        refresh(store)
    store.finish()
