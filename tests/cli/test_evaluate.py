"""``quotetrack evaluate`` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_commands import run
from tests.evaluate.test_corpus import EVENT, SPANS, TEXT


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """One article, annotated."""
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "post_a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "post_a.ann").write_text(SPANS + EVENT, encoding="utf-8")
    return folder


def test_reads_the_articles_and_prints_the_table(corpus: Path) -> None:
    """Extraction runs, and the table holds the five measures and the outlet; the page of errors is written."""
    done = run("evaluate", "gold", "--errors", "errors.html", folder=corpus.parent)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert next(line for line in lines if line.startswith("all ")).split() == ["all", "1", "1", *["100.0"] * 15]
    assert any(line.startswith("post ") for line in lines)
    assert (corpus.parent / "errors.html").is_file()


def test_what_extract_wrote_is_predictions_and_gold(corpus: Path) -> None:
    """The output of 'extract' can be scored, and can itself be gold: it agrees with itself wholly."""
    extracted = run("extract", "gold", folder=corpus.parent).stdout
    (corpus.parent / "found.jsonl").write_text(extracted, encoding="utf-8")
    done = run("evaluate", "gold", "--predictions", "found.jsonl", "--json", folder=corpus.parent)
    rows = json.loads(done.stdout)["result"]["rows"]
    assert rows[0]["both"] == {"precision": 100.0, "recall": 100.0, "f1": 100.0}
    (corpus / "post_a.ann").unlink()
    (corpus / "gold.jsonl").write_text(extracted, encoding="utf-8")
    again = run("evaluate", "gold", "--predictions", "found.jsonl", "--json", folder=corpus.parent)
    assert again.returncode == 0 and json.loads(again.stdout)["result"]["rows"][0]["exact"]["f1"] == 100


def test_exit_codes(corpus: Path) -> None:
    """1 where an input failed, with file and line; 2 for wrong usage; never a traceback."""
    (corpus / "b.txt").write_text(TEXT, encoding="utf-8")
    (corpus / "b.ann").write_text("T1\tContent 0 999\tx\n", encoding="utf-8")
    (corpus.parent / "none.jsonl").write_text("", encoding="utf-8")
    failed = run("evaluate", "gold", "--predictions", "none.jsonl", folder=corpus.parent)
    assert failed.returncode == 1 and "b.ann: Line 1:" in failed.stderr and "no predictions for post_a" in failed.stderr
    for arguments in (
        ["nowhere"],
        ["."],
        ["gold", "--predictions", "absent"],
        ["gold", "--predictions", "none.jsonl", "--workers", "1"],
        ["gold", "--outlets", "gold/b.txt"],
    ):
        folder = corpus.parent if arguments != ["."] else corpus.parent / "empty"
        folder.mkdir(exist_ok=True)
        done = run("evaluate", *arguments, folder=folder)
        assert done.returncode == 2 and "Traceback" not in done.stderr, arguments
