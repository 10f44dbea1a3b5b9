"""Extraction keeps its floors on the gold set; and the gate itself closes and opens as it should."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from quotetrack.evaluate import Result, compare, read_corpus, result_of
from tests.gold import gate
from tests.gold import update as command
from tests.gold.gate import FOLDER, Figures, Floors, fallen, figures, gold_hash, measured, update

FLOORS_NOW: Figures = {"all": {"exact": 70.0, "both": 60.0}, "direct": {"exact": 90.0, "both": 80.0}}


@pytest.fixture(scope="module")
def result() -> Result:
    """The figures of the code as it is, by the embedded models."""
    return measured()


def test_no_figure_falls_under_its_floor(result: Result) -> None:
    """A change that costs quality is seen before it is merged. If it is meant: python -m tests.gold.update --allow-lower."""
    under = fallen(figures(result), Floors.read().figures)
    assert not under, "\n".join(under)


def test_gold_does_not_change_in_silence() -> None:
    """Whoever mends the gold set measures anew: python -m tests.gold.update."""
    assert gold_hash() == Floors.read().gold


def test_gold_is_large_varied_and_sound() -> None:
    """160 quotations in 25 articles at least, all kinds; every offset holds, and brat's copy of the words is the text's."""
    articles, failures = read_corpus(FOLDER)
    assert not failures
    perfect = result_of([compare(article, article.attributions) for article in articles])
    assert len(articles) >= 25 and perfect.row("all").gold >= 160
    assert min(perfect.row(kind).gold for kind in ("direct", "indirect", "mixed")) >= 30
    assert all(share == 100 for view in figures(perfect).values() for share in view.values())
    for path in FOLDER.glob("*.ann"):
        text = path.with_suffix(".txt").read_bytes().decode("utf-8")
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("T"):
                _, span, words = line.split("\t")
                pieces = [text[slice(*map(int, piece.split()))] for piece in span.split(" ", 1)[1].split(";")]
                assert " ".join(pieces).replace("\n", " ") == words, f"{path}: {line}"
                assert all(piece == piece.strip() for piece in pieces), f"{path}: {line}"


def test_a_worse_result_fails() -> None:
    """One figure a tenth under its floor is named with both numbers; a view that is gone counts as nothing."""
    now = copy.deepcopy(FLOORS_NOW)
    now["direct"]["both"] = 79.9
    assert fallen(now, FLOORS_NOW) == ["direct, both: 79.9 is under its floor of 80.0."]
    del now["all"]
    assert len(fallen(now, FLOORS_NOW)) == 3


def test_a_better_result_passes_and_raises() -> None:
    """What is reached becomes the floor, and the update says which."""
    now = copy.deepcopy(FLOORS_NOW)
    now["all"]["both"] = 65.5
    assert fallen(now, FLOORS_NOW) == []
    floors, said = update(now, "new", Floors("old", FLOORS_NOW), allow_lower=False)
    assert floors == Floors("new", now)
    assert said == ["raised: all, both: 60.0 to 65.5", "the gold set has changed"]


def test_lowering_is_refused_unless_asked() -> None:
    """Without the flag nothing is written; with it, the update says what went down."""
    now = copy.deepcopy(FLOORS_NOW)
    now["all"]["exact"] = 1.0
    before = Floors("g", FLOORS_NOW)
    with pytest.raises(ValueError, match=r"all, exact: 1\.0 is under its floor of 70\.0"):
        update(now, "g", before, allow_lower=False)
    floors, said = update(now, "g", before, allow_lower=True)
    assert floors.figures == now and said == ["lowered: all, exact: 1.0 is under its floor of 70.0."]


def test_the_command_keeps_the_file_when_it_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], result: Result
) -> None:
    """Exit code 1 and the old file; with --allow-lower, 0 and the new one."""
    path = tmp_path / "floors.json"
    high = {view: dict.fromkeys(least, 100.0) for view, least in figures(result).items()}
    Floors("g", high).write(path)
    monkeypatch.setattr(command, "measured", lambda: result)
    assert command.main([], path) == 1 and Floors.read(path).figures == high
    assert "--allow-lower" in capsys.readouterr().err
    assert command.main(["--allow-lower"], path) == 0 and Floors.read(path).figures == figures(result)


def test_the_hash_sees_names_texts_and_annotation(tmp_path: Path) -> None:
    """Moving a word from one file to the next, renaming one, or a new line end changes the hash."""
    hashes = set()
    for name, text, lines in (("a", "x", "y"), ("a", "xy", ""), ("b", "x", "y"), ("a", "x\r", "y")):
        for old in tmp_path.iterdir():
            old.unlink()
        (tmp_path / f"{name}.txt").write_bytes(text.encode())
        (tmp_path / f"{name}.ann").write_bytes(lines.encode())
        hashes.add(gate.gold_hash(tmp_path))
    assert len(hashes) == 4
