"""A short run of ``benchmarks.hostile``."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from benchmarks import hostile, hostile_inputs, hostile_reading
from benchmarks.hostile_commands import tree
from benchmarks.hostile_reading import ingest_all, read_each
from quotetrack import inputs


def test_hostile_inputs_are_read_or_listed(tmp_path: Path) -> None:
    """Some inputs of kinds with hostile fields, names and links are read or listed, ingested and verified, and nothing else is written."""
    (tmp_path / "outside").mkdir()
    made = []
    for write in (hostile_inputs.hostile_records, hostile_inputs.surrogates, hostile.archives.file_names, hostile.archives.links, hostile.archives.special_files):  # fmt: skip
        for number in range(2):
            folder = tmp_path / "inputs" / f"{write.__name__}{number}"
            folder.mkdir(parents=True)
            write(random.Random(number), folder)
            made.append((write.__name__, folder))
    before = tree(tmp_path)
    rows = read_each([folder for _, folder in made])
    assert [row["problem"] for row in rows] == [""] * len(made)
    ingested = ingest_all(tmp_path / "inputs", tmp_path / "a.duckdb")
    assert ingested["problems"] == []
    assert sum(ingested[name] for name in ("new", "updated", "unchanged", "failures")) == sum(
        row["articles"] + row["failures"] for row in rows
    )
    assert {path: state for path, state in tree(tmp_path).items() if path in before} == before
    hostile.removed(tmp_path / "inputs")


def test_a_reader_that_fails_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An input whose reader raises, or ends the process, is a problem of that input, and the others are read."""

    def read(path: Path) -> list[object]:
        if path.name == "b.txt":
            raise KeyError("b")
        if path.name == "c.txt":
            os._exit(9)
        return list(inputs.read(path))

    monkeypatch.setattr(hostile_reading, "read", read)
    for name in "abcd":
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text("Nobody asked the crew.", encoding="utf-8")
    rows = read_each([tmp_path / name for name in "abcd"])
    assert [row["articles"] for row in rows] == [1, 0, 0, 1]
    assert "KeyError" in rows[1]["problem"] and "ended" in rows[2]["problem"]
