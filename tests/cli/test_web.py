"""The commands that fetch, as a user runs them, against a site on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_commands import run
from tests.inputs.web.site import HTML, Site, served

TEXT = "“The dam will hold for a hundred years,” said Ruth Vale, the engineer, after the storm had passed over the valley. "


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with served() as found:
        page = f"<html lang='en'><head><title>Dam</title></head><body><article><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"
        found.pages["/dam"] = (200, HTML, page.encode())
        feed = f"<rss><channel><item><link>{found.address}/dam</link></item></channel></rss>"
        found.pages["/feed"] = (200, {"Content-Type": "application/rss+xml"}, feed.encode())
        yield found


def test_private_addresses_need_an_option(tmp_path: Path, site: Site) -> None:
    """Without the option, an address of this machine is a failed input, explained in one sentence, and nothing is asked for."""
    del site.asked[:]
    result = run("ingest", f"{site.address.replace('127.0.0.1', 'localhost')}/dam", "--db", str(tmp_path / "a.duckdb"))
    assert result.returncode == 1 and "--allow-private" not in result.stdout and site.asked == []
    assert "Port" in result.stderr


def test_ingest_and_watch(tmp_path: Path, site: Site) -> None:
    """A page and a feed are ingested; watching prints for each feed what came in; a page that was read is not fetched again."""
    db = str(tmp_path / "a.duckdb")
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(
        f'pause_seconds = 0\n[[feed]]\nurl = "{site.address}/feed"\noutlet = "Coast Courier"\n', encoding="utf-8"
    )
    first = run("watch", str(feeds), "--db", db, "--allow-private", "--contact", "desk@courier.example")
    assert first.returncode == 0, first.stderr
    assert f"{site.address}/feed: 1 page listed, 1 new or due again" in first.stdout and "1 new" in first.stdout
    assert "The dam will hold" in run("show", "Ruth Vale", "--db", db).stdout
    again = run("ingest", f"{site.address}/dam", "--db", db, "--allow-private", "--outlet", "Coast Courier")
    assert again.returncode == 0 and "1 unchanged" in again.stdout
    assert "0 new, 0 updated" in run("reread", "--db", db).stdout


def test_wrong_usage(tmp_path: Path) -> None:
    """Mistakes in options are reported before a database is created."""
    db = tmp_path / "a.duckdb"
    for arguments in (["ingest"], ["watch", "none.toml"], ["ingest", "--urls", "none.txt"]):
        result = run(*arguments, "--db", str(db))
        assert result.returncode == 2, result.stdout + result.stderr
    assert not db.exists()
