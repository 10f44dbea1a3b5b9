"""Decisions from the command line: what is said, what is recorded, how wrong use ends."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from quotetrack.cli.main import app
from quotetrack.jobs.refresh import refresh
from quotetrack.model import Article, Speaker
from quotetrack.read.corrections import corrections
from quotetrack.read.doubts import doubts
from quotetrack.store import Store
from tests.cli.test_commands import run
from tests.conftest import said

ARTICLE = (
    "“The dam will hold,” said Ruth Vale, the harbour master, on Monday.\n\n“Nobody asked the crew,” said Anton Lund.\n"
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of one small article."""
    folder = tmp_path_factory.mktemp("decide")
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    assert run("ingest", str(folder / "a.txt"), "--db", str(folder / "d.db")).returncode == 0
    return folder / "d.db"


def test_decide_list_undo(database: Path) -> None:
    """A decision is told with its number, listed with who and why, and taken back."""
    at = ("--db", str(database))
    done = run("speakers", "rename", "Ruth Vale", "Dr Ruth Vale", "--why", "as she signs", "--by", "ann", *at)
    assert done.returncode == 0 and "corrections undo 1" in done.stdout
    assert "Dr Ruth Vale" in run("speakers", *at).stdout
    listed = run("corrections", *at).stdout
    assert "ann" in listed and "as she signs" in listed
    assert run("corrections", "undo", "1", *at).returncode == 0
    assert "Dr Ruth Vale" not in run("speakers", *at).stdout


def test_a_mistyped_name_creates_nobody(database: Path) -> None:
    """A name that nobody has is refused with the similar names; only --new creates the speaker."""
    at = ("--db", str(database))
    quotation = json.loads(run("show", "Anton Lund", "--json", *at).stdout)["quotations"][0]["quotation_id"]
    command = ("quotations", "reassign", quotation, "Rut Vale", "--why", "heard it", *at)
    done = run(*command)
    refusal = " ".join(done.stderr.split())
    assert done.returncode == 2 and "Did you mean Ruth Vale (" in refusal and "--new" in refusal
    assert "Rut Vale" not in run("speakers", *at).stdout
    assert run(*command, "--new").returncode == 0 and "Rut Vale" in run("speakers", *at).stdout
    [number] = re.findall(r"^(\d+)  reassign", run("corrections", *at).stdout, re.MULTILINE)
    assert run("corrections", "undo", number, *at).returncode == 0


def test_wrong_use_ends_with_two(database: Path) -> None:
    """Unknown ids and names are one sentence and exit code 2."""
    for command in (
        ("quotations", "reject", "nonsense", "--why", "w"),
        ("speakers", "merge", "Nobody Here", "Ruth Vale", "--why", "w"),
        ("corrections", "undo", "99"),
    ):
        done = run(*command, "--db", str(database))
        assert done.returncode == 2 and done.stderr.startswith("quotetrack: ") and "Traceback" not in done.stderr


def test_review_takes_answers(tmp_path: Path) -> None:
    """Review shows a case with its question; quitting records nothing, an answer is a correction that ends the question."""
    at = ("--db", str(tmp_path / "r.duckdb"))
    with Store.open(tmp_path / "r.duckdb") as store:
        for number, name in enumerate(("Anton Lund", "Lund")):
            a = Article(f"“We open on Monday,” said {name}.", url=f"https://post.example/{number}")
            store.put([(a, [said(a, "“We open on Monday,”", source=name, speaker=Speaker(name, "person"))])], "m")
        refresh(store)
    question = "1 of 1  Are Anton Lund (1 sources) and Lund (1 sources) the same person?"
    done = run("review", *at, stdin="q\n")
    assert done.returncode == 0 and question in done.stdout
    assert json.loads(run("corrections", "--json", *at).stdout)["corrections"] == []
    assert question in run("review", "--by", "ann", *at, stdin="d\ntwo men\n").stdout
    [made] = json.loads(run("corrections", "--json", *at).stdout)["corrections"]
    assert (made["kind"], made["why"], made["made_by"]) == ("apart", "two men", "ann")
    assert "No uncertain cases." in run("review", *at).stdout


NEAR = [("Anton Lund", 0.9), ("Lund", 0.9)]
UNSURE = [("Ruth Vale", 0.3)]


@pytest.mark.parametrize(
    ("people", "answers", "recorded"),
    [
        (NEAR, "m\none man\n", [("merge", "one man")]),
        (NEAR, "d\n\n", [("apart", "two people")]),
        (NEAR, "c\nm\none man\n", [("merge", "one man")]),
        (UNSURE, "c\n\n", [("confirm", "checked in review")]),
        (UNSURE, "r\na headline\n", [("reject", "a headline")]),
        (UNSURE, "a\nMara Osei\nheard it\nnew\n", [("reassign", "heard it")]),
        (UNSURE, "a\nRut Vale\nheard it\n1\n", [("reassign", "heard it")]),
        (UNSURE, "a\nRut Vale\nheard it\n\nq\n", []),
        (UNSURE, "m\nr\n \nr\na headline\n", [("reject", "a headline")]),
        (UNSURE, "s\n", []),
        (UNSURE, "q\n", []),
    ],
    ids=["merge", "different", "only answers to the question", "confirm", "reject", "a new speaker", "a near name", "no new speaker", "a reason is needed", "skip", "quit"],
)  # fmt: skip
def test_each_answer_of_review(
    tmp_path: Path, people: list[tuple[str, float]], answers: str, recorded: list[tuple[str, str]]
) -> None:
    """Each answer records its correction with reason and author and ends the question; skipping and quitting record nothing."""
    with Store.open(tmp_path / "r.duckdb") as store:
        for number, (name, confidence) in enumerate(people):
            a = Article(f"“We open on Monday,” said {name}.", url=f"https://post.example/{number}")
            quotation = said(a, "“We open on Monday,”", source=name, speaker=Speaker(name, "person"))
            store.put([(a, [replace(quotation, confidence=confidence)])], "m")
        refresh(store)
    command = ["review", "--by", "ann", "--db", str(tmp_path / "r.duckdb")]
    done = CliRunner().invoke(app, command, input=answers)
    assert done.exit_code == 0 and "1 of 1" in done.output, done.output
    with Store.open(tmp_path / "r.duckdb") as store:
        assert [(c.kind, c.why, c.made_by) for c in corrections(store)] == [
            (kind, why, "ann") for kind, why in recorded
        ]
        assert (next(doubts(store), None) is None) == bool(recorded)


def test_import_of_known_speakers(tmp_path: Path) -> None:
    """A seed file joins two names and brings a Wikidata id; a broken one is a sentence that names the line and nobody's id."""
    at = ("--db", str(tmp_path / "i.duckdb"))
    with Store.open(tmp_path / "i.duckdb") as store:
        for number, name in enumerate(("Ruth Vale", "Rut Vale")):
            a = Article(f"“We open on Monday,” said {name}.", url=f"https://post.example/{number}")
            store.put([(a, [said(a, "“We open on Monday,”", source=name, speaker=Speaker(name, "person"))])], "m")
        refresh(store)
    seeds = tmp_path / "people.csv"
    seeds.write_text("name,aliases,wikidata\nRuth Vale,Rut Vale,Q4242\n", encoding="utf-8")
    done = run("speakers", "import", str(seeds), *at)
    assert (done.returncode, done.stdout) == (
        0,
        "1 speakers added, 0 replaced; 1 speakers in the database have a Wikidata id.\n",
    )
    [one] = json.loads(run("speakers", "--json", *at).stdout)["speakers"]
    assert (one["name"], one["wikidata"], one["quotations"]) == ("Ruth Vale", "Q4242", 2)
    seeds.write_text("name,wikidata\nRuth Vale,4242\n", encoding="utf-8")
    broken = run("speakers", "import", str(seeds), *at)
    assert broken.returncode == 1 and "line 2" in broken.stderr and "Traceback" not in broken.stderr
    assert "Q followed by digits" in broken.stderr and not re.search(r"Q\d", broken.stderr)
