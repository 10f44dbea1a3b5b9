"""A speaker of 600 quotations, stored and written once for all tests of dossiers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from quotetrack.report.pages import SiteContext
from quotetrack.store import Store
from tests.report.pages import pages_of, site_of, write
from tests.report.speakers import fill


@dataclass(frozen=True)
class Written:
    """A written dossier: its first page, and all its files by path."""

    first: Path
    files: dict[str, Path]
    site: SiteContext


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A database with 603 quotations of Ruth Vale."""
    with Store.open(tmp_path_factory.mktemp("large") / "large.duckdb") as opened:
        fill(opened, 600)
        yield opened


@pytest.fixture(scope="session")
def dossier(large: Store, tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The pages of Ruth Vale, with a format of citations and an address for mistakes."""
    site = site_of(
        large, citation="{speaker}, {outlet}, {date}", mistakes="mailto:desk@vale.example?subject={quotation_id}"
    )
    [key] = [key for key, one in site.batch.dossiers.items() if one.name == "Ruth Vale"]
    site.topics = {key: ("ferry", "bridge", "lamps")}
    files = write(pages_of(large, site, ["Ruth Vale"]), site, tmp_path_factory.mktemp("dossier"))
    return Written(files[site.speakers[key]], files, site)
