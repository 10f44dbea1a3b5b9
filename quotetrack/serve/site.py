"""Which speakers and claims have pages, read once for each state of the database file."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace

from quotetrack.read.claims import claim_facts
from quotetrack.read.dossiers import dossiers_of
from quotetrack.read.site_lists import site_totals
from quotetrack.read.site_pages import ListedSpeaker, claims_with_page, listed_speakers
from quotetrack.read.topics import typical_terms
from quotetrack.report.pages import Batch, SiteContext, SiteCounts
from quotetrack.report.paths import speaker_page
from quotetrack.store import Store


@dataclass(frozen=True, slots=True)
class Listed:
    """All speakers with quotations shown by default, most quoted first, and the context that pages of the report need.

    ``topics`` are the typical terms of the speakers whose dossiers have been asked for.
    """

    speakers: dict[str, ListedSpeaker]
    context: SiteContext
    topics: dict[str, tuple[str, ...]] = field(default_factory=dict)


class Sites:
    """Keeps what was read from the current state of the file; another process may change that at any time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state: tuple[int, int] | None = None
        self._listed: Listed | None = None

    def of(self, store: Store) -> Listed:
        """Return the lists for the database, which is read again only if the file has changed."""
        about = store.path.stat()
        state = (about.st_mtime_ns, about.st_size)
        with self._lock:
            if self._listed is None or self._state != state:
                self._listed, self._state = _read(store), state
            return self._listed


def _read(store: Store) -> Listed:
    speakers = listed_speakers(store)
    paged = {one.speaker_id: speaker_page(one.speaker_id, one.name) for one in speakers if one.paged}
    totals = site_totals(store)
    counts = SiteCounts(len(paged), totals.quotations, totals.articles, totals.outlets, totals.claims)
    return Listed(
        {one.speaker_id: one for one in speakers}, SiteContext(paged, frozenset(claims_with_page(store)), counts)
    )


def for_dossier(store: Store, listed: Listed, speaker_id: str) -> SiteContext:
    """Return the context with the dossier of a speaker. Raises ``KeyError`` if there is no such speaker."""
    dossier = dossiers_of(store, [speaker_id])[speaker_id]
    if speaker_id in listed.speakers:
        dossier.name = listed.speakers[speaker_id].name
    claims = {claim.claim_id for one in (*dossier.printings, *dossier.unsaid) for claim in one.claims}
    batch = Batch(dossiers={speaker_id: dossier}, facts=claim_facts(store, claims))
    if speaker_id not in listed.topics:
        listed.topics[speaker_id] = typical_terms(store, speaker_id).get(speaker_id, ())
    return replace(listed.context, batch=batch, topics=listed.topics)
