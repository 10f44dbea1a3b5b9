"""Pages of a database in which every field is hostile, opened in a browser: nothing runs and nothing is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.hostile_pages import fill, visit, watched
from benchmarks.hostile_texts import ADDRESSES, ESCAPES, MARKUP, TEMPLATES
from quotetrack.read.speakers import list_speakers
from quotetrack.report.single_file import write_dossier
from quotetrack.report.site import write_site
from quotetrack.store import Store

PAYLOADS = (MARKUP[0], MARKUP[2], MARKUP[11], ADDRESSES[0], TEMPLATES[0], ESCAPES[6])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a database with each payload in every field, and a dossier as a single file."""
    out = tmp_path_factory.mktemp("hostile")
    with Store.open(out / "a.duckdb") as store:
        fill(store, PAYLOADS)
        write_site(store, out / "site")
        write_dossier(store, list_speakers(store, None, None, 1)[0].speaker_id, out / "site" / "single.html")
    return out / "site"


@pytest.fixture(scope="module")
def tab(chromium: str) -> Iterator[tuple[Any, list[str]]]:
    """A tab, and the list of everything that runs in it."""
    with watched(chromium) as opened:
        yield opened


def test_nothing_runs_in_any_page(site: Path, tab: tuple[Any, list[str]]) -> None:
    """No payload in a title, outlet, address, author, name, role or quotation runs, nor when it is typed into the search."""
    pages = [site / "index.html", site / "single.html", *sorted(site.glob("*/*.html"))[::3]]
    opened = visit(*tab, [page.as_uri() for page in pages], "pages", PAYLOADS[:3])
    assert opened.runs == len(pages) > 8 and opened.problems == []


def test_what_runs_would_be_seen(tmp_path: Path, tab: tuple[Any, list[str]]) -> None:
    """A page that does not escape a payload is reported: the mark, the dialog, the console, the request and the attributes."""
    (tmp_path / "a.html").write_text(
        f"{MARKUP[0]}<img src=x onerror=1><a href='{ADDRESSES[0]}'>x</a>", encoding="utf-8"
    )
    [page] = [visit(*tab, [(tmp_path / "a.html").as_uri()], "page")]
    found = " ".join(page.problems)
    for sign in ("window.hostile is set", "dialog 1", "console: hostile", "request for http://hostile.invalid/", "IMG onerror", "A href=javascript"):  # fmt: skip
        assert sign in found
