"""``quotetrack check`` from end to end: what a fact-checker reads, and the exit codes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from quotetrack.store import Store
from tests.cli.test_commands import SAMPLES, database, run

__all__ = ["database"]

TEXT = """Outlet: The Halden Post
URL: https://post.example/yard
Title: Mill and yard
Published: 2026-03-02

“It is false that I sold the mill to my brother,” said Ada Kvist, the mayor of Halden. “We will close the yard in June.”

Olle Brandt, a welder, said: “We will close the yard in July.” Kvist denied that the crane would go to a museum abroad.

Nobody panicked. The gulls took over the slipway.
"""


@pytest.fixture(scope="module")
def yard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An invented article, extracted and stored by the real pipeline."""
    folder = tmp_path_factory.mktemp("check")
    (folder / "yard.txt").write_text(TEXT, encoding="utf-8")
    assert run("ingest", "yard.txt", folder=folder).returncode == 0
    return folder


@pytest.mark.parametrize(
    ("arguments", "code", "shown"),
    [
        (["We will close the yard in June"], 0, "Printed word for word between quotation marks; said by Ada Kvist."),
        (["We will close the yard in June", "--said-by", "Mayor Kvist"], 0, "said by Ada Kvist, as in the record."),
        (["We will close the yard in June", "--said-by", "Olle Brandt"], 1, "the record gives them to Ada Kvist, not to Olle Brandt."),
        (["“We will close the yard in June,” said Olle Brandt."], 1, "the record gives them to Ada Kvist, not to Olle Brandt."),
        (["I sold the mill to my brother"], 1, "Careful: cut from a sentence that changes its meaning: “It is false that …”. Printed word for word"),
        (["We will not close the yard in July"], 1, "Printed with other words. a negation: not is not printed"),
        (["the crane would go to a museum abroad"], 1, "Careful: printed as something the speaker denied."),
        (["Nobody panicked."], 1, "Printed, but not as a quotation: an article has these words as its own."),
        (["Cats are the only honest politicians", "--said-by", "Kvist"], 1, "Not in the record; the speaker was not compared. Searched: 1 article of 1 outlet, 2026-03-02."),
    ],
    ids=lambda value: value[0][:30] if isinstance(value, list) else "",
)  # fmt: skip
def test_the_answer_and_the_exit_code(yard: Path, arguments: list[str], code: int, shown: str) -> None:
    """The first sentences say what was found, what turns the sense before everything else; the exit code is 0 only if all is well."""
    done = run("check", *arguments, folder=yard)
    assert (done.returncode, done.stderr) == (code, "")
    assert " ".join(done.stdout.split()).startswith(shown) or shown in " ".join(done.stdout.split())


def test_the_answer_leads_to_the_words(yard: Path) -> None:
    """Outlet, date, title, a link that scrolls to the words, the words around and how the speaker was found."""
    shown = " ".join(run("check", "close the yard in June", folder=yard).stdout.split())
    for part in (
        "2026-03-02 · The Halden Post · Mill and yard",
        "https://post.example/yard#:~:text=close%20the%20yard%20in%20June",
        "“We will close the yard in June.”",
        "Source in the text: “",
        "confidence ",
        "excerpt",
    ):
        assert part in shown


def test_every_word_of_both_sides_is_shown(yard: Path) -> None:
    """The difference shows the word asked for and the printed one."""
    assert "in [-May-] {+June+}" in run("check", "We will close the yard in May", folder=yard).stdout


def test_a_file_is_not_a_quotation(yard: Path) -> None:
    """The name of an existing file is refused with a hint, not looked up as words."""
    done = run("check", "yard.txt", folder=yard)
    assert done.returncode == 2 and "yard.txt is a file; use --file" in " ".join(done.stderr.split())


def test_json(yard: Path) -> None:
    """For programs: both verdicts, the differences with spans of both sides, and the exit code as without ``--json``."""
    done = run("check", "We will close the yard in May", "--said-by", "Kvist", "--json", folder=yard)
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["words"], answer["speaker"], answer["right"]) == (1, "changed", "same", False)
    assert answer["changes"][0]["asked"] == {"start": 26, "end": 29, "text": "May"}
    assert answer["changes"][0]["printed"]["text"] == "June"


@pytest.mark.parametrize(
    ("wording", "speaker", "words"),
    [
        ("We had four minutes between the first alarm and the order to abandon ship", "Ruth Vale", "verbatim"),
        ("A river does not carry a passport", "Idris Halvane", "verbatim"),
        ("A river carries a passport", "Idris Halvane", "changed"),
        ("Both are bluffing, and both know it", "Lena Orsk", "verbatim"),
        ("Deposits of up to 80,000 crowns are safe", "Petra Sandoval", "reported"),
    ],
)
def test_samples(database: Path, wording: str, speaker: str, words: str) -> None:
    """Wordings of the sample articles get the right verdict and the right speaker."""
    answer = json.loads(run("check", wording, "--said-by", speaker, "--db", str(database), "--json").stdout)
    assert (answer["words"], answer["speaker"]) == (words, "same")


def test_what_was_not_searched_is_said(database: Path, tmp_path: Path) -> None:
    """After an ingest that was stopped, the answer says for how many quotations only the exact words were searched."""
    copy = tmp_path / "stopped.duckdb"
    shutil.copy(database, copy)
    with Store.open(copy) as store:
        article = "(SELECT article_id FROM quotations GROUP BY article_id HAVING count(*) > 1 ORDER BY ALL LIMIT 1)"
        for table in ("clustered_articles", "clustered"):
            store.connection.execute(f"DELETE FROM {table} WHERE article_id = {article}")
    warning = "quotations were searched for exactly these words only"
    assert warning in " ".join(run("check", "Nobody ever said this", "--db", str(copy)).stderr.split())
    assert run("ingest", str(SAMPLES), "--db", str(copy)).returncode == 0
    assert run("check", "Nobody ever said this", "--db", str(copy)).stderr == ""
