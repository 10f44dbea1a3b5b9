"""A database of three articles whose texts, titles and names would break careless files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from quotetrack.jobs.refresh import refresh
from quotetrack.model import Article, Speaker
from quotetrack.store import Store
from tests.conftest import said

VALE, LUND = Speaker("Ruth Vale", "person"), Speaker("Anton Lund", "person")
PORT = Speaker("Port Authority", "organisation")
# The faces lie outside the basic plane, where one character is two code units of UTF-16.
POST = (
    "😀😀 “We sail at dawn whatever the harbour office says,” said Ruth Vale, the harbour master. “Nobody <b>panicked</b> & left.”\n\n"
    "“=1+1 is what we paid,\nand more,” Vale said.\n\nLund asked people to stay at home {{ 7*7 }}. Vale denied that the port was shut."
)
WIRE = "“We sail at dawn whatever the harbour office says,” said Ruth Vale. Vale and Lund said the dam would hold \x1b[31mfor ever."
PAPER = "“We sail at dawn whatever the harbour office says,” said Ruth Vale. Port Authority said -2 ships left. Somebody called for calm."


@pytest.fixture(scope="session")
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Ten quotations shown by default: nine said, one denied; and a bare one."""
    path = tmp_path_factory.mktemp("export") / "news.duckdb"
    with Store.open(path) as store:
        post = Article(
            POST,
            "The Post",
            "https://post.example/ferry?a=1&b=2",
            '=HYPERLINK("https://x.example")',
            published="2026-03-02",
        )
        wire = Article(WIRE, "@Wire", "javascript:alert(1)", "Dam \x1b[2J\x07\rholds", published="2026-03-05T10:00:00Z")
        paper = Article(PAPER, None, None, None)
        store.put([
            (post, [
                said(post, "“We sail at dawn whatever the harbour office says,”", "“Nobody <b>panicked</b> & left.”", source="Ruth Vale", speaker=VALE, role="harbour master"),
                said(post, "“=1+1 is what we paid,\nand more,”", source="Vale", speaker=VALE),
                said(post, "people to stay at home {{ 7*7 }}", source="Lund", speaker=LUND, kind="indirect", stance="requested"),
                said(post, "the port was shut", source="Vale", speaker=VALE, kind="indirect", stance="denied"),
            ]),
            (wire, [
                said(wire, "“We sail at dawn whatever the harbour office says,”", source="Ruth Vale", speaker=VALE),
                said(
                    wire, "the dam would hold \x1b[31mfor ever", source="Vale and Lund", kind="indirect",
                    speaker=Speaker("Vale and Lund", "joint", (VALE, LUND)),
                ),
            ]),
            (paper, [
                said(paper, "“We sail at dawn whatever the harbour office says,”", source="Ruth Vale", speaker=VALE),
                said(paper, "-2 ships left", source="Port Authority", speaker=PORT, kind="indirect"),
                replace(said(paper, "calm", source="Somebody", kind="indirect", bare=True), cue=None),
            ]),
        ], "m")  # fmt: skip
        refresh(store)
        store.connection.execute("UPDATE speakers SET wikidata = 'Q42' WHERE name = 'Ruth Vale'")
        yield store


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder for exported files."""
    return tmp_path / "out"
