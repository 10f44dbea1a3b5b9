"""The page of one claim."""

from __future__ import annotations

from collections.abc import Iterator

from quotetrack.report.claims import shown_claims
from quotetrack.report.pages import Page, SiteContext
from quotetrack.store import Store


def claim_pages(store: Store, claim_id: str, site: SiteContext) -> Iterator[Page]:
    """Yield the page of a claim. ``site.batch`` holds its printings and the facts about it and its repeats."""
    found = shown_claims(site.batch.claims[claim_id], site.batch.facts)
    [claim] = [one for one in found if one.claim_id == claim_id]
    yield Page(site.claim(claim_id) or "", "claim_page.html", {"claim": claim})
