"""Reading gold: brat beside its text, PolNeAR's layout, relations, JSON; and what is said of files that are wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotetrack.errors import InputError, UsageError
from quotetrack.evaluate import Attribution, from_file, read_corpus
from quotetrack.evaluate.brat import read_ann

TEXT = "“We sail,” said Ruth Vale. “At dawn.”\n"
SPANS = "T1\tContent 0 10;27 37\t“We sail,” “At dawn.”\nT2\tCue 11 15\tsaid\nT3\tSource 16 25\tRuth Vale\nT4\tAttribution 11 15\tsaid\n"
EVENT = "E1\tAttribution:T4 Content:T1 Cue:T2 Source:T3\n"
WANTED = Attribution(((0, 10), (27, 37)), ((11, 15),), ((16, 25),))


def ann(folder: Path, lines: str) -> Path:
    path = folder / "a.ann"
    path.write_text(lines, encoding="utf-8")
    return path


def test_events(tmp_path: Path) -> None:
    """Spans in pieces, tied by an event, with notes and attributes that are passed over."""
    found, discard = read_ann(ann(tmp_path, SPANS + EVENT + "#1\tNote T1\thm\nA1\tNested E1\n"), TEXT)
    assert (found, discard) == ((WANTED,), ())


def test_pieces_under_two_names(tmp_path: Path) -> None:
    """A second content of the same event is called Content2; both are pieces of one quotation."""
    lines = (
        SPANS.replace("0 10;27 37", "0 10")
        + "T5\tContent 27 37\t“At dawn.”\n"
        + EVENT.replace("T1 ", "T1 Content2:T5 ")
    )
    assert read_ann(ann(tmp_path, lines), TEXT)[0] == (WANTED,)


def test_relations(tmp_path: Path) -> None:
    """Content tied to its cue and the cue to its source, or the content to both."""
    chain = "R1\tCued Arg1:T1 Arg2:T2\nR2\tBy Arg1:T2 Arg2:T3\n"
    star = "R1\tCued Arg1:T1 Arg2:T2\nR2\tBy Arg1:T1 Arg2:T3\n"
    assert read_ann(ann(tmp_path, SPANS + chain), TEXT)[0] == (WANTED,)
    assert read_ann(ann(tmp_path, SPANS + star), TEXT)[0] == (WANTED,)


def test_discard_wrapped_lines_and_incomplete_events(tmp_path: Path) -> None:
    """A span's text may run over lines; an event without content is no quotation; a discarded stretch comes out."""
    lines = (
        "T1\tDiscard 0 37\t“We sail,”\nsaid Ruth Vale.\n" + SPANS.replace("T1", "T9") + "E1\tAttribution:T4 Cue:T2\n"
    )
    assert read_ann(ann(tmp_path, lines), TEXT) == ((), ((0, 37),))


@pytest.mark.parametrize(
    ("lines", "line", "said"),
    [
        (SPANS + "E1\tContent:T1 Source:T8\n", 5, "T8 does not exist"),
        (SPANS + "T5\tContent 30 99\tx\n", 5, "30–99"),
        (SPANS + "T5\tContent\tx\n", 5, "no offsets"),
        (SPANS + "E1\tnothing\n", 5, "no linked spans"),
        ("<html>\n", 1, "not a line in brat"),
    ],
)
def test_errors_name_file_and_line(tmp_path: Path, lines: str, line: int, said: str) -> None:
    """Whoever annotates by hand is told where the slip is."""
    with pytest.raises(InputError, match=rf"a\.ann, line {line}: .*{said}"):
        read_ann(ann(tmp_path, lines), TEXT)


def test_one_bad_file_does_not_cost_the_others(tmp_path: Path) -> None:
    """It is listed with its reason; a text nobody annotated is, too."""
    for name, lines in (("post_a", SPANS + EVENT), ("post_b", SPANS + "E1\tContent:T8\n")):
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
        (tmp_path / f"{name}.ann").write_text(lines, encoding="utf-8")
    (tmp_path / "wire").mkdir()
    (tmp_path / "wire" / "c.txt").write_text(TEXT, encoding="utf-8")
    articles, failures = read_corpus(tmp_path)
    assert [(a.name, a.outlet, a.attributions) for a in articles] == [("post_a", "post", (WANTED,))]
    assert [Path(f.location).name for f in failures] == ["post_b.ann", "c.txt"]
    assert failures[0].reason.startswith("Line 5: ")


def test_texts_and_annotation_in_two_folders(tmp_path: Path) -> None:
    """PolNeAR's layout: the annotator is the table's first, or the first by name; the table tells the outlet."""
    for folder in ("dev/text", "dev/attributions"):
        (tmp_path / folder).mkdir(parents=True)
    for name in ("x_1", "x_1_b", "y"):
        (tmp_path / "dev/text" / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    for name in ("x_1_a", "x_1_b_a", "x_1_z", "y_q"):
        good = name in ("x_1_z", "y_q", "x_1_b_a")
        (tmp_path / "dev/attributions" / f"{name}.ann").write_text(SPANS + EVENT if good else "", encoding="utf-8")
    (tmp_path / "metadata.tsv").write_text("filename\tpublisher\tannotators\nx_1\tThe Post\tz|a\n", encoding="utf-8")
    articles, failures = read_corpus(tmp_path / "dev")
    assert not failures
    assert [(a.name, a.outlet, len(a.attributions)) for a in articles] == [
        ("text/x_1", "The Post", 1), ("text/x_1_b", "x", 1), ("text/y", None, 1),
    ]  # fmt: skip


def record(**changes: object) -> str:
    span = {"start": 0, "end": 10, "text": "“We sail,”"}
    quotations = [{"kind": "direct", "content": [span], "cue": {"start": 11, "end": 15}, "source": None}]
    return json.dumps({"doc": "here/a.txt", "quotations": quotations, **changes})


def test_json_gold(tmp_path: Path) -> None:
    """What 'extract' writes, mended by hand, is gold; the text is in the record or lies beside."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    inside = record(doc="b.txt", text=TEXT, outlet="The Post")
    (tmp_path / "gold.jsonl").write_text(record() + "\n\n" + inside + "\n", encoding="utf-8")
    articles, failures = read_corpus(tmp_path)
    assert not failures
    assert [(a.name, a.outlet) for a in articles] == [("b", "The Post"), ("here/a", None)]
    assert articles[0].attributions == (Attribution(((0, 10),), ((11, 15),), ()),)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not valid JSON"),
        ("[]", "in 'doc'"),
        (record(doc="nowhere.txt"), "is missing"),
        (record(sha256="0"), "SHA-256 differs"),
        (record(quotations=[{"content": [{"start": 5, "end": 99}]}]), "5–99"),
        (record(quotations=[{"content": "no"}]), "not a span"),
        (record(quotations=[{}]), "no content"),
    ],
)
def test_json_errors_name_the_line(tmp_path: Path, line: str, said: str) -> None:
    """A bad record is listed with file and line."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "gold.jsonl").write_text(record(doc="a.txt") + "\n" + line + "\n", encoding="utf-8")
    articles, failures = read_corpus(tmp_path)
    assert len(articles) == 1
    assert [f.location.endswith("gold.jsonl, line 2") and said in f.reason for f in failures] == [True]


def test_predictions_find_their_article(tmp_path: Path) -> None:
    """By path, or by the file's name where only one has it; what is missing or ambiguous is said."""
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        for name in ("a", folder):
            (tmp_path / folder / f"{name}.txt").write_text(TEXT, encoding="utf-8")
            (tmp_path / folder / f"{name}.ann").write_text(SPANS + EVENT, encoding="utf-8")
    articles, _ = read_corpus(tmp_path)
    lines = [record(doc="/elsewhere/one/a.txt"), record(doc="two.txt"), record(doc="a.txt"), record(doc="other.txt")]
    (tmp_path / "found.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found, failures = from_file(tmp_path / "found.jsonl", articles)
    assert sorted(found) == ["one/a", "two/two"]
    assert [f.reason.split(";")[0] for f in failures] == [
        "'a.txt' matches several articles", "The file contains no predictions for one/one.", "The file contains no predictions for two/a.",
    ]  # fmt: skip


def test_wrong_usage(tmp_path: Path) -> None:
    """No folder, no gold in it, no table: one sentence each."""
    for folder, table, said in (
        (tmp_path / "none", None, "Folder not found"),
        (tmp_path, None, "no gold annotation"),
        (tmp_path, tmp_path / "t.tsv", "must be tab-separated"),
    ):
        (tmp_path / "t.tsv").write_text("a,b\n1,2\n")
        with pytest.raises(UsageError, match=said):
            read_corpus(folder, table)
