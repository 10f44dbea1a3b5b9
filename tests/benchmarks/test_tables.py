"""docs/benchmarks.md shows the figures of benchmarks/results, and the benchmarks write what its tables read."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

import pytest

from benchmarks import claims, linking, record, scaling, tables
from benchmarks.claims_gold import pair_figures
from benchmarks.markdown import RESULTS, Results, caption, field, table
from benchmarks.speakers import source_figures
from benchmarks.speed import compare
from benchmarks.topics import TABLES, check, claims_planted, claims_speed
from benchmarks.topics import linking as linking_table
from quotetrack.errors import UsageError


def page() -> str:
    return tables.PAGE.read_text(encoding="utf-8")


def test_the_page_is_up_to_date() -> None:
    """Writing the tables anew changes nothing. If this fails, run ``python -m benchmarks.tables``."""
    assert tables.rendered(page(), Results()) == page()


def test_every_table_is_on_the_page_and_every_result_in_a_table() -> None:
    """No table is defined without being shown, and no result file is kept that no table reads."""
    assert sorted(match[2] for match in tables.BLOCK.finditer(page())) == sorted(TABLES)
    results = Results()
    tables.rendered(page(), results)
    assert {path.name for path in RESULTS.glob("*.json")} <= results.used


def test_another_figure_changes_its_table_and_nothing_else(tmp_path: Path) -> None:
    """A result measured again shows on the page in its own block, with its date; the text around the tables stays."""
    shutil.copytree(RESULTS, tmp_path / "results")
    changed = tmp_path / "results" / "claims-one.json"
    content = json.loads(changed.read_text(encoding="utf-8"))
    content["figures"]["median_seconds"], content["date"] = 0.31, "2031-05-05"
    changed.write_text(json.dumps(content), encoding="utf-8")
    before, after = page().splitlines(), tables.rendered(page(), Results(tmp_path / "results")).splitlines()
    different = [new for old, new in zip(before, after, strict=True) if old != new]
    assert len(different) == 2
    assert "2031-05-05" in different[0] and "| 0.31 |" in different[1]


def test_main_rewrites_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An outdated block is replaced in the file, and the command ends with 0."""
    copy = tmp_path / "page.md"
    copy.write_text("Before.\n\n<!-- table: claims-one -->\nold\n<!-- end -->\n\nAfter.\n", encoding="utf-8")
    monkeypatch.setattr(tables, "PAGE", copy)
    assert tables.main() == 0
    written = copy.read_text(encoding="utf-8")
    assert "old" not in written and "| median, s |" in written
    assert written.startswith("Before.\n") and written.endswith("<!-- end -->\n\nAfter.\n")


@pytest.mark.parametrize(
    ("block", "message"), [("<!-- table: weather -->\n<!-- end -->", "unknown table 'weather'"), (None, "is missing")]
)
def test_an_unknown_table_or_a_missing_result_is_one_sentence(
    block: str | None, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command names what is wrong, ends with 2 and leaves the page as it was."""
    text = block or page()
    copy = tmp_path / "page.md"
    copy.write_text(text, encoding="utf-8")
    monkeypatch.setattr(tables, "PAGE", copy)
    monkeypatch.setattr(tables, "Results", lambda: Results(tmp_path))
    assert tables.main() == 2
    assert message in capsys.readouterr().err
    assert copy.read_text(encoding="utf-8") == text


def test_a_broken_result_file_is_named(tmp_path: Path) -> None:
    """A file that is not JSON is a usage error with its path, not a traceback of the parser."""
    (tmp_path / "check.json").write_text("{", encoding="utf-8")
    with pytest.raises(UsageError, match=r"check\.json is not JSON"):
        check(Results(tmp_path))


def test_every_result_says_how_and_when_it_was_measured() -> None:
    """Each record has a date and either a command with its machine or a method."""
    paths = sorted(RESULTS.glob("*.json"))
    assert paths
    for path in paths:
        name = path.stem.removesuffix(".about").removesuffix("-before")
        content = Results().read(name)
        assert re.match(r"\d{4}-\d\d-\d\d", content["date"])
        assert ("command" in content and "machine" in content) or "method" in content


def test_a_column_without_values_is_left_out() -> None:
    """A single missing value is a dash; a column of missing values is not shown."""
    rows = [{"name": "Vale", "count": 1200}, {"name": "Moss"}]
    shown = table([("name", field("name")), ("count", field("count", ",")), ("none", field("none"))], rows)
    assert shown.splitlines() == ["| name | count |", "|---|---|", "| Vale | 1,200 |", "| Moss | – |"]


def test_a_written_result_has_command_machine_and_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What ``--json`` writes says what was run, without ``--json`` itself and without folders of the machine."""
    target = tmp_path / "speed.json"
    arguments = ["/home/vale/benchmarks/speed.py", "/home/vale/texts", "--rounds", "4", "--json", str(target)]
    monkeypatch.setattr(sys, "argv", arguments)
    record.write(target, {"systems": []})
    written = json.loads(target.read_text(encoding="utf-8"))
    assert written["command"] == "python -m benchmarks.speed texts --rounds 4"
    assert written["figures"] == {"systems": []}
    assert "cores" in written["machine"] and re.fullmatch(r"\d{4}-\d\d-\d\d", written["date"])
    assert caption(written).startswith("Command: `python -m benchmarks.speed texts --rounds 4`. Machine: ")
    assert record.command(["speed.py", "--json=out.json", "texts"]) == "python -m benchmarks.speed texts"


def test_nothing_is_written_without_the_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A benchmark that is run without ``--json`` leaves no file."""
    monkeypatch.chdir(tmp_path)
    record.write(None, {"systems": []})
    assert list(tmp_path.iterdir()) == []


def test_linking_writes_what_its_table_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The figures of a run of the benchmark make the table of the page."""
    target = tmp_path / "linking.json"
    monkeypatch.setattr(sys, "argv", ["benchmarks/linking.py", "--sources", "100", "--json", str(target)])
    linking.main()
    assert "| 100 | 20 | " in linking_table(Results(tmp_path))


def test_clustering_writes_what_its_tables_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The figures of runs of both parts make the tables of the page."""
    texts = tmp_path / "texts"
    texts.mkdir()
    sentence = "the harbour bridge will open again within a year and we shall pay for every stone of it ourselves"
    words = sentence.split()
    lines = [" ".join(words[turn:] + words[:turn]) + "." for turn in range(len(words))]
    (texts / "one.txt").write_text("\n\n".join(lines), encoding="utf-8")
    for part in ("planted", "speed"):
        target = tmp_path / f"claims-{part}.json"
        arguments = ["benchmarks/claims.py", part, "--texts", str(texts), "--printings", "200", "--json", str(target)]
        monkeypatch.setattr(sys, "argv", arguments)
        monkeypatch.setattr(claims, "alone", lambda function, *given: function(*given))
        claims.main()
    assert "| identical | " in claims_planted(Results(tmp_path))
    assert claims_speed(Results(tmp_path)).splitlines()[-1].startswith("| 200 | ")


def test_pairs_are_counted_for_the_json() -> None:
    """Precision and recall come from the pairs found and the pairs that are the same."""
    judged = [(90.0, True, True), (90.0, True, False), (60.0, False, True), (60.0, False, False), (95.0, True, True)]
    assert pair_figures(judged) == {"pairs": 5, "same": 3, "precision": 0.667, "recall": 0.667, "f1": 0.667}


def test_sources_are_counted_for_the_json() -> None:
    """Accuracy is over the found sources with a named antecedent, wrong names over all found."""
    judgements = [(True, "right"), (True, "wrong"), (True, None), (False, "unnamed")]
    figures = source_figures({"all": judgements})["all"]
    assert (figures["gold"], figures["found"], figures["named_found"]) == (4, 3, 2)
    assert (figures["right"], figures["wrong_names"]) == (50.0, 33.3)


def test_speeds_are_compared_round_by_round() -> None:
    """A ratio is of rates of the same round, and its median is of these ratios, not of the medians."""
    rates = {("quotetrack", 1): [2.0, 6.0, 3.0], ("spacy", 1): [4.0, 3.0, 3.0]}
    ratios = compare({system: [{"rate": rate} for rate in row] for system, row in rates.items()}, 1)
    assert ratios[0]["rounds"] == [0.5, 2.0, 1.0] and ratios[0]["median"] == 1.0
    assert ratios[0]["numerator"] == ["quotetrack", 1] and ratios[0]["denominator"] == ["spacy", 1]


def test_the_page_on_scaling_shows_the_results() -> None:
    """The table and the plot of ``docs/scaling.md`` are those of the results. If this fails, run ``python -m benchmarks.scaling``."""
    page = (scaling.DOCS / "scaling.md").read_text(encoding="utf-8")
    assert scaling.shown(Results()) in page
    plot = scaling.plot(scaling.measured(Results()), scaling.costs(Results()))
    assert plot == (scaling.DOCS / "images" / "scaling.svg").read_text(encoding="utf-8")
