"""What follows from the articles and the corrections, brought up to date: link, settle, cluster."""

from __future__ import annotations

from quotetrack.cluster import cluster
from quotetrack.corrections.settle import is_settled, settle
from quotetrack.link import link
from quotetrack.store import Store


def refresh(store: Store) -> None:
    """Bring speakers and claims up to date with the articles, the known speakers and the corrections.

    Each step compares the fingerprints it kept with what is stored now and does only what is missing. So a run that was
    killed between two steps, or before the first, is completed by the next call, and a call with nothing to do writes
    nothing.

        with Store.open(Path("news.duckdb")) as store:
            refresh(store)
    """
    refresh_speakers(store)
    cluster(store)


def refresh_speakers(store: Store) -> None:
    """The first half of ``refresh``: who the speakers are and who said what, without the claims."""
    with store.transaction():  # both or neither: a decision finds its speaker by what linking and settling agree on
        link(store)
        if not is_settled(store):
            settle(store)
