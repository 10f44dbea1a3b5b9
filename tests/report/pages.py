"""Write the pages of speakers and claims without the rest of the site."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

from quotetrack.read.claims import claim_facts
from quotetrack.read.dossiers import dossiers
from quotetrack.read.printing import Printing, newest_first
from quotetrack.read.printings import printings
from quotetrack.read.topics import typical_terms
from quotetrack.report.claim_page import claim_pages
from quotetrack.report.dossier_page import dossier_pages
from quotetrack.report.pages import Batch, Page, SiteContext, SiteCounts
from quotetrack.report.paths import speaker_page
from quotetrack.report.templates import Renderer, templates_directory
from quotetrack.store import Store


def site_of(store: Store, citation: str | None = None, mistakes: str | None = None) -> SiteContext:
    """The context of a site with every speaker and every claim of a small database."""
    every = printings(store, surroundings=True)
    found = {one.speaker_id: one for one in dossiers(store, every)}
    claims: dict[str, list[Printing]] = {}
    for printing in newest_first(every.values()):
        for one in printing.claims:
            claims.setdefault(one.claim_id, []).append(printing)
    return SiteContext(
        speakers={key: speaker_page(key, one.name) for key, one in found.items()},
        claims={key for key, group in claims.items() if len(group) > 1},
        counts=SiteCounts(len(found), len(every), 0, 0, len(claims)),
        batch=Batch(found, claim_facts(store), claims),
        topics=typical_terms(store),
        citation=citation,
        mistakes=mistakes,
    )


def pages_of(store: Store, site: SiteContext, names: Collection[str]) -> list[Page]:
    """The pages of the speakers with these names."""
    wanted = [key for key, one in site.batch.dossiers.items() if one.name in names]
    return [page for key in wanted for page in dossier_pages(store, key, site)]


def pages_of_claims(store: Store, site: SiteContext) -> list[Page]:
    """The pages of all claims that have one."""
    return [page for key in sorted(site.claims) for page in claim_pages(store, key, site)]


def write(pages: Collection[Page], site: SiteContext, out: Path) -> dict[str, Path]:
    """Write pages with their style sheets and scripts; returns the files by path."""
    render = Renderer(site)
    files = {}
    for page in pages:
        file = out / page.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(render.page(page))
        files[page.path] = file
    for asset in ("style.css", "dossier.css", "dossier.js"):
        shutil.copy(templates_directory() / asset, out / asset)
    return files
