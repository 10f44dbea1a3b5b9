"""The dates of roles that people give."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from quotetrack.corrections import decisions
from quotetrack.errors import InputError, UsageError
from quotetrack.jobs.refresh import refresh
from quotetrack.link.known import read_known
from quotetrack.model import Article, Speaker
from quotetrack.store import Store
from tests.conftest import said

WRONG = [
    ("2024-99-99", None, "Invalid date '2024-99-99'"),
    ("2024-02-30", None, "Invalid date '2024-02-30'"),
    (None, "2024-13", "Invalid date '2024-13'"),
    ("2024-05", "2024-04", "ends \\(2024-04\\) before it starts \\(2024-05\\)"),
    ("2024-05-02", "2023", "ends \\(2023\\) before it starts"),
]


@pytest.fixture
def linked(store: Store) -> Store:
    """A database with one speaker."""
    a = Article("“The dam will hold,” said Ruth Vale.")
    store.put([(a, [said(a, "“The dam will hold,”", source="Ruth Vale", speaker=Speaker("Ruth Vale", "person"))])], "m")
    refresh(store)
    return store


def test_dates_that_cannot_be_are_refused(linked: Store) -> None:
    """A day that does not exist and an end before the start are refused, a part of a year that fits is taken."""
    for start, end, message in WRONG:
        with pytest.raises(UsageError, match=message):
            decisions.add_role(linked, "Ruth Vale", "harbour master", start, end, "archive", "ann")
    assert decisions.add_role(linked, "Ruth Vale", "harbour master", "2024-05-02", "2024", "archive", "ann") == 1


@pytest.mark.parametrize(("start", "end", "message"), WRONG)
def test_dates_of_seed_files_are_checked_too(tmp_path: Path, start: str | None, end: str | None, message: str) -> None:
    """An imported role with such dates is refused with file and line."""
    path = tmp_path / "people.csv"
    path.write_text(f"name,roles\nRuth Vale,harbour master ({start or ''}..{end or ''})\n", encoding="utf-8")
    with pytest.raises(InputError, match=f"line 2: .*{message}".replace("Invalid", "invalid")):
        read_known(path)


@pytest.mark.parametrize("content", ["[" * 100_000, "[" + "1" * 5000 + "]"])
def test_hostile_json_is_one_sentence(tmp_path: Path, content: str) -> None:
    """JSON that Python cannot read is refused like any other file of the wrong kind."""
    (tmp_path / "people.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="expected a JSON list of objects"):
        read_known(tmp_path / "people.json")
    csv.field_size_limit(10_000_000)  # as after articles were read from a table
    (tmp_path / "people.csv").write_text('name\n"' + "a" * 200_000, encoding="utf-8")
    with pytest.raises(InputError, match="not a CSV file"):
        read_known(tmp_path / "people.csv")
