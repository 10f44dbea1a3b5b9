"""What all tests share: one loaded parser, empty databases, and articles built by hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quotetrack.extract import extract
from quotetrack.jobs import analysis
from quotetrack.model import Article, Quotation, Span, Speaker
from quotetrack.parse.models import choose
from quotetrack.parse.pipeline import Parser
from quotetrack.store import Store
from tests.new_databases import copy_new_databases


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The embedded models, loaded once, also for what the tests ingest in this process."""
    analysis.load(choose(), analysis.LANGUAGE)
    assert isinstance(analysis._parser, Parser)
    return analysis._parser


@pytest.fixture(scope="session")
def quotations(parser: Parser) -> Callable[[str], list[Quotation]]:
    """Text to its quotations, by the real parser."""
    return lambda text: extract(parser.parse(text))


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database to copy."""
    path = tmp_path_factory.mktemp("empty") / "empty.duckdb"
    Store.open(path).close()
    return path


@pytest.fixture(scope="module", autouse=True)
def new_databases(empty_database: Path) -> Iterator[None]:
    """New databases are copies of an empty one; ``tests/store`` creates them."""
    with pytest.MonkeyPatch.context() as patched:
        copy_new_databases(patched, empty_database)
        yield


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty database."""
    with Store.open(tmp_path / "test.duckdb") as opened:
        yield opened


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser; tests that need it are skipped, with the reason, where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("Chromium is not installed on this machine")
    return found


def said(
    article: Article,
    *content: str,
    source: str | None = None,
    speaker: Speaker | None = None,
    role: str | None = None,
    kind: str = "direct",
    stance: str = "stated",
    bare: bool = False,
    after: int = 0,
) -> Quotation:
    """A quotation of ``article`` whose parts are looked up in its text from ``after`` on."""

    def span(part: str) -> Span:
        start = article.text.index(part, after)
        return Span.of(article.text, start, start + len(part))

    return Quotation(
        kind=kind,  # type: ignore[arg-type]
        content=tuple(span(c) for c in content),
        source=span(source) if source else None,
        speaker=speaker,
        role=span(role) if role else None,
        method="name" if speaker else "none",
        confidence=0.9,
        stance=stance,  # type: ignore[arg-type]
        speaker_confidence=0.9,
        bare=bare,
    )
