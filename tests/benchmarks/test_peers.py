"""The comparison of systems for quotations: gold, running systems and scores."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmarks import record
from benchmarks.peer_table import shown
from benchmarks.peers import __main__ as command_line
from benchmarks.peers.gold import Gold, read_gold
from benchmarks.peers.scoring import figures
from benchmarks.peers.systems import answers, by_command, system
from quotetrack.errors import UsageError

ROOT = Path(__file__).resolve().parents[2]
TEXT = "“The old quay will open again on Friday,” said Ida Moss. Jon Lund warned that the tide would come. “Never,” he said."
GOLD = [
    {"content": [[0, 41]], "cue": [42, 46], "source": [47, 55], "speaker": "Ida Moss"},
    {"content": [[73, 97]], "cue": [66, 72], "source": [57, 65], "speaker": "Jon Lund"},
    {"content": [[99, 107]], "cue": [111, 115], "source": [108, 110], "speaker": None},
]


@pytest.fixture
def gold(tmp_path: Path) -> Gold:
    """Two articles with the same text and quotations."""
    path = tmp_path / "gold.jsonl"
    lines = [json.dumps({"id": name, "text": TEXT, "quotations": GOLD}) for name in ("one", "two")]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_gold("invented", path)


def scored(gold: Gold, lines: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The figures of a system that writes ``lines``."""
    return figures(gold, answers(lambda articles: lines, gold.articles))


def test_the_gold_itself_scores_100(gold: Gold) -> None:
    """A system that answers with the gold has an F1 of 100 in each measure and only right names."""
    found = scored(gold, [{"id": name, "quotations": GOLD} for name in ("one", "two")])
    assert found["errors"] == 0
    for kind, quotations in (("all", 6), ("direct", 4), ("indirect", 2)):
        own = found["kinds"][kind]
        assert own["gold"] == own["found"] == quotations
        assert (own["exact"], own["overlap"], own["both"]) == (100.0, 100.0, 100.0)
    assert found["speakers"]["named"] == {"quotations": 4, "right": 4}
    assert found["speakers"]["unnamed"] == {"quotations": 2, "none": 2}


def test_direct_quotations_are_counted_apart(gold: Gold) -> None:
    """A system without indirect quotations loses nothing in the column of direct ones."""
    found = scored(gold, [{"id": name, "quotations": [GOLD[0], GOLD[2]]} for name in ("one", "two")])
    assert found["kinds"]["direct"]["both"] == 100.0
    assert found["kinds"]["indirect"]["both"] == 0.0
    assert (found["kinds"]["all"]["precision"], found["kinds"]["all"]["recall"]) == (100.0, 66.7)
    assert found["speakers"]["direct"] == {"quotations": 2, "right": 2}
    assert found["speakers"]["named"] == {"quotations": 4, "right": 2, "missing": 2}


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"id": "one", "error": "ValueError: 3 marks"}, "3 marks"),
        ({"id": "one", "quotations": [{"content": [[0, 9000]]}]}, "outside the text"),
        ({"id": "one", "quotations": [{"content": []}]}, "no content"),
        ({"id": "one", "quotations": [{"content": [12, 40]}]}, "not a range"),
        ({"id": "one", "quotations": ["Never"]}, "no attribute"),
        ({"id": "one"}, "no 'quotations'"),
        ({"id": "other", "quotations": []}, "gave no answer"),
    ],
)
def test_a_bad_answer_costs_one_article(gold: Gold, answer: dict[str, Any], reason: str) -> None:
    """An error, a range outside the text or a missing line counts as an error of its article; the others are scored."""
    lines = [answer, {"id": "two", "quotations": GOLD}]
    found = answers(lambda articles: lines, gold.articles)
    assert reason in str(found.by_article["one"].error)
    own = figures(gold, found)
    assert own["errors"] == 1
    assert (own["kinds"]["all"]["gold"], own["kinds"]["all"]["found"]) == (6, 3)


@pytest.mark.parametrize(
    ("speaker", "outcome"),
    [
        ("Moss", "right"),
        (["Ida Moss"], "right"),
        (["Ida Moss", "Jon Lund"], "wrong"),
        ("Jon Lund", "wrong"),
        (None, "none"),
    ],
)
def test_names_of_speakers(gold: Gold, speaker: Any, outcome: str) -> None:
    """A surname alone is right; another name, or a further one, is wrong; no name is neither."""
    found = scored(gold, [{"id": "one", "quotations": [{**GOLD[0], "speaker": speaker}]}])
    assert found["speakers"]["direct"][outcome] == 1


def test_a_name_for_nobody_is_wrong(gold: Gold) -> None:
    """A name for a quotation whose speaker the article does not name counts as wrong, unless it repeats the source."""
    for name, outcome in (("Jon Lund", "wrong"), ("He", "none")):
        found = scored(gold, [{"id": "one", "quotations": [{**GOLD[2], "speaker": name}]}])
        assert found["speakers"]["unnamed"][outcome] == 1


def test_gold_without_speakers(tmp_path: Path) -> None:
    """Annotation that names no speakers is scored without them, and the table leaves their columns out."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.ann").write_text(
        "T1\tContent 0 41\tx\nT2\tCue 42 46\tsaid\nR1\tSaid Arg1:T1 Arg2:T2\n", encoding="utf-8"
    )
    found = scored(read_gold("brat", tmp_path), [{"id": "a", "quotations": [GOLD[0]]}])
    assert found["speakers"] is None
    table = shown([{"gold": "brat", "system": "mine", **found}])
    assert "speaker" not in table
    assert table.splitlines()[-1].startswith("| brat | mine | 0 of 1 | 100.0 / 100.0 / 0.0 | 0.0 / 0.0 / 0.0 |")


def test_gold_that_cannot_be_read(tmp_path: Path) -> None:
    """A broken line, a range outside the text and a missing file are refused with their place."""
    path = tmp_path / "gold.jsonl"
    for line, message in (
        ("{", r"gold\.jsonl, line 1: this is not an article"),
        (json.dumps({"id": "a", "text": "No.", "quotations": [{"content": [[0, 9]]}]}), "outside the text"),
        (json.dumps({"id": "a", "quotations": []}), "give its folder with --texts"),
    ):
        path.write_text(line, encoding="utf-8")
        with pytest.raises(UsageError, match=message):
            read_gold("mine", path)
    with pytest.raises(UsageError, match="no such file"):
        read_gold("mine", tmp_path / "none.jsonl")


def extract_never(text: str) -> list[dict[str, Any]]:
    """A system for the tests: finds ``Never`` only, and fails for a text without it."""
    place = text.index("“Never,”")
    return [{"content": [(place, place + 8)], "cue": None, "source": None, "speaker": None}]


def test_a_python_function_is_a_system(gold: Gold) -> None:
    """A function is given as MODULE:FUNCTION; an exception that it raises is an error of the article, not of the run."""
    name, run = system("tests.benchmarks.test_peers:extract_never")
    assert name == "tests.benchmarks.test_peers:extract_never"
    found = answers(run, gold.articles)
    assert [one.error for one in found.by_article.values()] == [None, None]
    (failed,) = run([{"id": "three", "text": "Nothing was said."}])
    assert failed == {"id": "three", "error": "ValueError: substring not found"}


def test_systems_that_cannot_run(gold: Gold) -> None:
    """A system that is not there, ends with an error or writes no JSON is one sentence with its name."""
    for command, message in (
        (["/no/such/program"], "mine cannot be started"),
        ([sys.executable, "-c", "raise SystemExit(3)"], "exit code 3"),
        ([sys.executable, "-c", "print('quotations')"], "not JSON"),
    ):
        with pytest.raises(UsageError, match=message):
            by_command("mine", command)([])
    with pytest.raises(UsageError, match="is no system"):
        system("textacy")
    with pytest.raises(UsageError, match="cannot be imported"):
        system("no_such_module:extract")[1]([])


def test_separators_inside_a_text_end_no_line(tmp_path: Path) -> None:
    """A line separator or an accent in a text neither breaks the gold nor what a command reads and writes."""
    text = "“Déjà\u2028vu,” said Moss."
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "a", "text": text, "quotations": []}, ensure_ascii=False), encoding="utf-8")
    gold = read_gold("mine", path)
    repeat = (
        "import json, sys\nfor line in sys.stdin:\n    article = json.loads(line)\n"
        "    sys.stdout.buffer.write(json.dumps({**article, 'error': article['text']}, ensure_ascii=False).encode())"
    )
    found = answers(by_command("mine", [sys.executable, "-c", repeat]), gold.articles)
    assert found.by_article["a"].error == text


def test_the_example_of_the_page_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The program and the command of docs/peers.md score a system on the project's gold, and write its figures."""
    page = (ROOT / "docs" / "peers.md").read_text(encoding="utf-8")
    program = re.search(r"```python\n(.*?)```", page, re.S)
    command = re.search(r"^python -m benchmarks\.peers (.*my_system\.py.*)$", page, re.M)
    assert program and command
    (tmp_path / "my_system.py").write_text(program[1], encoding="utf-8")
    given = command[1].replace("my_system.py", str(tmp_path / "my_system.py")).replace("python ", f"{sys.executable} ")
    arguments = [part.strip('"') for part in re.findall(r'"[^"]+"|\S+', given)]
    arguments[arguments.index("--out") + 1] = str(tmp_path / "mine.json")
    monkeypatch.setattr(sys, "argv", ["benchmarks/peers/__main__.py", *arguments])
    monkeypatch.chdir(ROOT)
    assert command_line.main() == 0
    assert "| mine | 0 of 31 | " in capsys.readouterr().out
    (row,) = json.loads((tmp_path / "mine.json").read_text(encoding="utf-8"))["figures"]
    assert row["kinds"]["direct"]["found"] > 0
    assert row["kinds"]["direct"]["both"] > 0


def test_a_wrong_command_line_ends_with_2(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a system the command says what to give, and ends with 2."""
    monkeypatch.setattr(sys, "argv", ["benchmarks/peers/__main__.py", "--gold", "tests/gold"])
    assert command_line.main() == 2
    assert "give a system" in capsys.readouterr().err


def test_the_command_of_a_package_is_named_after_it() -> None:
    """A result of ``python -m benchmarks.peers`` has this command, and arguments with spaces are quoted."""
    assert (
        record.command(["/x/benchmarks/peers/__main__.py", "--command", "a=b c"])
        == "python -m benchmarks.peers --command 'a=b c'"
    )
