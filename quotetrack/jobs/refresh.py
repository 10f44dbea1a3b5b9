"""Update everything derived from articles and corrections: link, settle, cluster, repair."""

from __future__ import annotations

from quotetrack.cluster.clustering import cluster
from quotetrack.corrections.settle import is_settled, settle
from quotetrack.link.linker import link
from quotetrack.repair import repair
from quotetrack.store import Store


def refresh(store: Store) -> None:
    """Update speakers, claims and repairs after changes to articles, known speakers or corrections.

    Each step compares stored fingerprints with the current data and processes only what changed. A run that was killed
    is completed by the next call, and a call without changes writes nothing.

        with Store.open(Path("news.duckdb")) as store:
            refresh(store)
    """
    refresh_speakers(store)
    cluster(store)
    repair(store)


def refresh_speakers(store: Store) -> None:
    """Update speakers and attributions, but not the claims. Repairs are removed until they are computed again."""
    with store.transaction():  # both or neither: corrections look up speakers in the result of both steps
        link(store)
        if not is_settled(store):
            settle(store)
