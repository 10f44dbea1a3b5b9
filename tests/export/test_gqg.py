"""Lines as in GDELT's Global Quotation Graph."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema

from quotetrack.export import export_quotations
from quotetrack.read.articles import articles
from quotetrack.read.filters import Filters
from quotetrack.read.quotations import find_quotations
from quotetrack.store import Store

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "schemas" / "gqg.schema.json"


def test_lines_fit_the_schema_and_the_articles(news: Store, tmp_path: Path) -> None:
    """Each line fits docs/schemas/gqg.schema.json; text before, quotation and text after stand in the article in this order."""
    done = export_quotations(news, tmp_path / "x.gqg.json", Filters())
    lines = [json.loads(line) for line in (tmp_path / "x.gqg.json").read_text(encoding="utf-8").splitlines()]
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    found = {one.quotation_id: one for one in find_quotations(news, Filters())}
    texts = articles(news, {one.article_id for one in found.values()})
    for line in lines:
        validator.validate(line)
        for quote in line["quotes"]:
            one = found[quote["quotation_id"]]
            assert quote["pre"] + quote["quote"] + quote["post"] in texts[one.article_id].text
            assert quote["speaker"] == "; ".join(one.speakers)
    assert [line["date"] for line in lines] == ["2026-03-05T10:00:00Z", "2026-03-02T00:00:00Z", None]
    assert (done.written, done.left_out) == (4, 4)


def test_only_words_between_marks_that_were_said(news: Store, tmp_path: Path) -> None:
    """Quotation marks are not part of the quotation, and reported speech and denials are left out."""
    export_quotations(news, tmp_path / "x.gqg.json", Filters(outlet="The Post"))
    [line] = [json.loads(line) for line in (tmp_path / "x.gqg.json").read_text(encoding="utf-8").splitlines()]
    assert [quote["quote"] for quote in line["quotes"]] == [
        "We sail at dawn whatever the harbour office says,",
        "Nobody <b>panicked</b> & left.",
        "=1+1 is what we paid,\nand more,",
    ]
    assert line["lang"] == "ENGLISH" and line["quotes"][0]["pre"] == "😀😀 “"
