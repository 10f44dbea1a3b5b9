"""The pages of one speaker's dossier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from quotetrack.report.claims import shown_claims
from quotetrack.report.pages import Page, SiteContext
from quotetrack.store import Store


def dossier_pages(store: Store, speaker_id: str, site: SiteContext) -> Iterator[Page]:
    """Yield the pages of a dossier. ``site.batch`` holds the speaker's dossier and the facts about its claims."""
    dossier, facts = site.batch.dossiers[speaker_id], site.batch.facts
    months = Counter(date[:7] for date in dossier.dates)
    days = Counter(dossier.dates)
    bars = sorted((days if len(days) <= 31 else months).items())
    most = max((count for _, count in bars), default=1)
    values: dict[str, object] = {
        "dossier": dossier,
        "claims": shown_claims(dossier.printings, facts),
        "unsaid": shown_claims(dossier.unsaid, facts),
        "bars": [(when, count, round(100 * count / most)) for when, count in bars],
    }
    yield Page(site.speakers[speaker_id], "dossier.html", values)
