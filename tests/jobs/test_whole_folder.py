"""A folder that holds one file of every format is ingested whole, and nothing in it is passed over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from quotetrack.cli.main import app
from quotetrack.jobs.ingest import ingest
from quotetrack.read.counts import list_not_read
from quotetrack.store import Store
from tests.inputs.formats import WRITERS

pytestmark = pytest.mark.usefixtures("without_models")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "Coast Courier"
    inside.mkdir()
    for name, write in WRITERS.items():
        write(inside / name)
    (inside / "photo.png").write_bytes(b"x")
    (inside / ".hidden").touch()
    return inside


def test_every_format_is_ingested_and_the_rest_listed(store: Store, folder: Path) -> None:
    """No file of a supported format fails, a second run changes nothing, and all other files are listed by reason."""
    summary = ingest(store, [folder], workers=1)
    assert summary.failures == [] and summary.new + summary.updated + summary.unchanged == len(WRITERS) + 1
    assert [(Path(one.location).name, one.reason) for one in list_not_read(store)] == [
        (".hidden", "hidden"),
        ("photo.png", "unsupported type (.png)"),
    ]
    (folder / "photo.png").unlink()
    again = ingest(store, [folder / "a.md", folder / "a.pdf"], workers=1)
    assert (again.new, again.updated, again.unchanged) == (0, 0, 2)
    ingest(store, [folder], workers=1)
    assert [Path(one.location).name for one in list_not_read(store)] == [".hidden"]


def test_what_is_not_read_is_no_error_unless_named(folder: Path, tmp_path: Path) -> None:
    """An unsupported file in a folder is counted and listed with exit code 0; given by name it fails with 1."""
    for name in WRITERS:
        if name != "a.txt":
            (folder / name).unlink()
    database = str(tmp_path / "n.duckdb")
    done = CliRunner().invoke(app, ["ingest", str(folder), "--db", database])
    assert done.exit_code == 0 and "1 hidden, 1 unsupported type (.png)" in done.output
    listed = CliRunner().invoke(app, ["failures", "--json", "--db", database])
    assert [one["reason"] for one in json.loads(listed.output)["not_read"]] == ["hidden", "unsupported type (.png)"]
    named = CliRunner().invoke(app, ["ingest", str(folder / "photo.png"), "--db", database])
    assert named.exit_code == 1 and "Unsupported file type" in named.output
