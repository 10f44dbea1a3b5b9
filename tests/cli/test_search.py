"""``quotetrack search``: the results, their numbers, and JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotetrack.store import Store
from tests.check.printed import line, put, refresh
from tests.cli.test_commands import run


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A quotation and a denial."""
    path = tmp_path_factory.mktemp("search") / "x.duckdb"
    with Store.open(path) as store:
        put(
            store,
            "“The ferries sail at dawn,” said Ruth Vale. Ruth Vale denied that a ferry was sold.",
            line("“The ferries sail at dawn,”", by="Ruth Vale"),
            line("a ferry was sold", by="Ruth Vale", kind="indirect", stance="denied"),
        )
        refresh(store)
    return path


def test_results_are_printed(database: Path) -> None:
    """Each result has speaker, stance, words, outlet and the address of the passage; the numbers stand below."""
    done = run("search", "the", "ferry", "--db", str(database))
    assert done.returncode == 0
    assert "Ruth Vale  denied" in done.stdout and "“The ferries sail at dawn,”" in done.stdout
    assert "https://news.example/0#:~:text=" in done.stdout and "2 quotations." in done.stdout
    assert "almost every text: the." in done.stdout and "By outlet: The Post (2)" in done.stdout


def test_results_as_json(database: Path) -> None:
    """JSON has the number, the facets and the quotations with their ranges and address."""
    found = json.loads(run("search", "sold", "--db", str(database), "--json").stdout)
    assert found["total"] == 1 and found["facets"]["stance"] == [
        {"value": "denied", "label": "denied", "quotations": 1}
    ]
    [one] = found["quotations"]
    assert one["stance"] == "denied" and one["passage_link"].startswith("https://news.example/0#:~:text=")


def test_wrong_queries_are_errors(database: Path) -> None:
    """A query without words gives one sentence and exit code 2."""
    done = run("search", "!!", "--db", str(database))
    assert done.returncode == 2 and "contains no words" in done.stderr
