"""The database of the samples, and the environment of a reader who types the commands of a page."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.warm import ROOT, warm_environment


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """The environment of a reader: ``quotetrack`` is on the PATH and answers quickly."""
    return {**os.environ, **warm_environment(), "COLUMNS": "80", "QUOTETRACK_USER": "desk"}


@pytest.fixture(scope="session")
def samples_database(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, ingested once."""
    path = tmp_path_factory.mktemp("samples") / "news.duckdb"
    subprocess.run(
        ["quotetrack", "ingest", str(ROOT / "samples"), "--db", str(path)], env=environment, check=True, timeout=120
    )
    return path
