"""One warm server for all pages, and the database of the samples."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.warm import install_clients

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a reader: ``quotetrack`` is on the PATH and answers quickly."""
    folder = tmp_path_factory.mktemp("warm")
    address = str(folder / "socket")
    reader = {
        **os.environ,
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "TERM": "dumb",
        "OMP_NUM_THREADS": "1",
        "QUOTETRACK_USER": "desk",
    }
    install_clients(folder / "bin", address)
    command = [sys.executable, "-m", "tests.docs.warm", address, str(ROOT / "samples")]
    with subprocess.Popen(command, cwd=ROOT, env=reader, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        try:
            assert server.stdout and server.stdout.readline() == b"ready\n"
            yield reader
        finally:
            server.kill()


@pytest.fixture(scope="session")
def samples_database(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, ingested once."""
    path = tmp_path_factory.mktemp("samples") / "news.duckdb"
    subprocess.run(
        ["quotetrack", "ingest", str(ROOT / "samples"), "--db", str(path)], env=environment, check=True, timeout=120
    )
    return path
