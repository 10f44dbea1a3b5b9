"""A desk over a small invented record, served to a test client or to a real browser."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi.testclient import TestClient

from quotetrack.jobs import analysis
from quotetrack.model import Failure
from quotetrack.parse.pipeline import Parser
from quotetrack.serve.app import create_app
from quotetrack.serve.server import listen
from quotetrack.store import Store
from tests.check.printed import line, put, refresh

EVIL = "<script>alert(1)</script>"


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three outlets, one wording given to two speakers, a denial, hostile names, and a failed input; do not write to it."""
    path = tmp_path_factory.mktemp("desk") / "record.duckdb"
    with Store.open(path) as store:
        put(
            store,
            "“We will close the old yard in June,” said Ada Kvist, the mayor. Ada Kvist denied that the mill was sold.",
            line("“We will close the old yard in June,”", by="Ada Kvist", role="the mayor"),
            line("the mill was sold", by="Ada Kvist", kind="indirect", stance="denied"),
            outlet="The Halden Post",
        )
        put(
            store,
            "“We will close the old yard in June,” said Olle Brandt. “Nobody asked the welders at all,” said Olle Brandt.",
            line("“We will close the old yard in June,”", by="Olle Brandt"),
            line("“Nobody asked the welders at all,”", by="Olle Brandt"),
            outlet="The Wire",
            day="2026-03-03",
        )
        put(
            store,
            f"“The crane is staying where it is,” said {EVIL}. “The crane must be sold by the spring,” said Brandt.",
            line("“The crane is staying where it is,”", by=EVIL),
            line("“The crane must be sold by the spring,”", by="Brandt"),
            outlet=EVIL,
            day="2026-03-04",
        )
        store.fail([Failure("articles/<b>broken</b>.html", "The page has no article text.")])
        refresh(store)
    return path


@pytest.fixture
def database(record: Path, tmp_path: Path) -> Path:
    """A copy of the record to write to."""
    return Path(shutil.copy(record, tmp_path / "copy.duckdb"))


def client_of(path: Path, **options: object) -> TestClient:
    """A client that sends what a browser on this computer would send."""
    app = create_app(path, **options)  # type: ignore[arg-type]
    return TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False)


def token_in(client: TestClient, address: str) -> str:
    """The token of the first form of a page."""
    page = client.get(address).text
    return page.partition('name="token" value="')[2].partition('"')[0]


@pytest.fixture
def client(record: Path) -> TestClient:
    """A client of a desk that only reads."""
    return client_of(record)


@pytest.fixture
def loaded(parser: Parser, monkeypatch: pytest.MonkeyPatch) -> Parser:
    """Let the desk use the parser of all tests instead of loading its own."""
    monkeypatch.setattr(analysis, "_parser", parser)
    return parser


@pytest.fixture
def served() -> Iterator[Callable[..., str]]:
    """Start desks on free ports; returns their addresses without the slash at the end."""
    running = []

    def start(path: Path, **options: object) -> str:
        opened = listen("127.0.0.1", 0)
        listening = opened.__enter__()
        app = create_app(path, **options)  # type: ignore[arg-type]
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening.socket]}, daemon=True)
        thread.start()
        running.append((server, thread, opened))
        while not server.started:
            time.sleep(0.01)
        return listening.address.rstrip("/")

    yield start
    for server, thread, opened in running:
        server.should_exit = True
        thread.join(10)
        opened.__exit__(None, None, None)
