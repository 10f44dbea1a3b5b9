"""brat standoff files, read by the reader of ``quotetrack evaluate``."""

from __future__ import annotations

import re
from pathlib import Path

from quotetrack.evaluate import read_corpus
from quotetrack.evaluate.brat import read_ann
from quotetrack.export import export_quotations
from quotetrack.read.filters import Filters
from quotetrack.read.quotations import stream_articles
from quotetrack.store import Store


def lines_of(start: int, text: str) -> list[tuple[int, int]]:
    """The ranges of the lines of a span, as brat needs them."""
    found = []
    for line in text.split("\n"):
        found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def test_round_trip(news: Store, tmp_path: Path) -> None:
    """Texts and spans read back are those of the database; a span over a line end is two pieces."""
    assert export_quotations(news, tmp_path / "corpus", Filters(), "brat").written == 8
    seen = 0
    for article, found in stream_articles(news, Filters()):
        text = (tmp_path / "corpus" / f"{article.article_id}.txt").read_bytes().decode()
        assert text == article.text
        read, discarded = read_ann(tmp_path / "corpus" / f"{article.article_id}.ann", text)
        assert not discarded and len(read) == len(found)
        for attribution, one in zip(read, found, strict=True):
            assert list(attribution.content) == [
                piece for span in one.content for piece in lines_of(span.start, span.text)
            ]
            assert [text[slice(*piece)] for piece in attribution.source] == [one.source]
            seen += 1
    assert seen == 8


def test_evaluate_reads_the_folder(news: Store, tmp_path: Path) -> None:
    """The folder is a corpus for ``quotetrack evaluate``, without failures."""
    export_quotations(news, tmp_path / "corpus", Filters(), "brat")
    articles, failures = read_corpus(tmp_path / "corpus", None)
    assert len(articles) == 3 and not failures


def test_annotations_fit_the_configuration(news: Store, tmp_path: Path) -> None:
    """Every line is a text-bound annotation, event, attribute or note; types and values are those that annotation.conf declares."""
    export_quotations(news, tmp_path / "corpus", Filters(), "brat")
    configuration = (tmp_path / "corpus" / "annotation.conf").read_text(encoding="utf-8")
    sections = dict(re.findall(r"\[(\w+)\]\n((?:[^\[\n].*\n)*)", configuration))
    assert list(sections) == ["entities", "relations", "events", "attributes"]
    types = {*sections["entities"].split(), "Attribution"}
    values = {line.split()[0]: line.rpartition("Value:")[2].split("|") for line in sections["attributes"].splitlines()}
    stances = []
    for path in (tmp_path / "corpus").glob("*.ann"):
        for line in path.read_text(encoding="utf-8").splitlines():
            fields = line.split("\t")
            if fields[0].startswith("T"):
                assert fields[1].split()[0] in types and len(fields) == 3
            elif fields[0].startswith("A"):
                name, _, value = fields[1].split()
                assert value in values[name]
                stances += [value] if name == "Stance" else []
            else:
                assert fields[0][0] in "E#"
    assert sorted(stances) == ["denied", "requested", *["stated"] * 6]
