"""The gold sets of news have the form that their READMEs give, and hold no text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest

from quotetrack.model import Stance

FOLDER = Path(__file__).resolve().parent
PARTS = ("train", "more", "test", "dev", "check", "held")
TYPES = {"person", "organisation", "place", "group", "document", None}
FIELDS = {"content", "cue", "source", "speaker", "type", "stance", "on_behalf_of", "open", "readers"}
MOST = 120  # characters of the longest name; what is longer would be text
Record = dict[str, Any]


def _lines(path: Path) -> list[Record]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _quotations(part: str) -> Iterator[Record]:
    for article in _lines(FOLDER / "news" / f"{part}.jsonl"):
        yield from article["quotations"]


def _outlets(part: str) -> set[str]:
    return {article["outlet"] for article in _lines(FOLDER / "news" / f"{part}.jsonl")}


def _names(given: object) -> list[str]:
    return [given] if isinstance(given, str) else given if isinstance(given, list) else []


def _strings(record: object) -> Iterator[str]:
    if isinstance(record, str):
        yield record
    elif isinstance(record, list | dict):
        for value in record.values() if isinstance(record, dict) else record:
            yield from _strings(value)


@pytest.mark.parametrize("part", PARTS)
def test_spans_are_ordered(part: str) -> None:
    """Pieces of a content hold something and follow one another; the cue stands outside them; quotations are in text order."""
    for article in _lines(FOLDER / "news" / f"{part}.jsonl"):
        begins = [quotation["content"][0][0] for quotation in article["quotations"]]
        assert begins == sorted(begins), article["id"]
        for quotation in article["quotations"]:
            others = [span for span in (quotation["cue"], quotation["source"]) if span is not None]
            for start, end in [*quotation["content"], *others]:
                assert 0 <= start < end, (article["id"], quotation)
            for (_, end), (start, _) in pairwise(quotation["content"]):
                assert end <= start, (article["id"], quotation)
            if (cue := quotation["cue"]) is not None:
                assert all(cue[1] <= start or end <= cue[0] for start, end in quotation["content"]), article["id"]


@pytest.mark.parametrize("part", PARTS)
def test_labels_are_known(part: str) -> None:
    """Every quotation has a stance and a type of the guidelines, no other fields, and names where the speaker has some."""
    for quotation in _quotations(part):
        assert set(quotation) <= FIELDS
        assert quotation["stance"] in get_args(Stance) and quotation["type"] in TYPES
        speaker = quotation["speaker"]
        assert (
            speaker is None
            or (isinstance(speaker, str) and speaker)
            or (isinstance(speaker, list) and len(speaker) > 1)
        )
        assert not (quotation.get("open") and speaker is not None)
        assert part == "more" or quotation["readers"] == 2


def test_no_article_or_outlet_is_in_two_parts() -> None:
    """What is learnt from and what is measured on share no outlet; ``more`` adds to the outlets of ``train``."""
    for one, other in (("train", "dev"), ("train", "test"), ("dev", "test"), ("more", "dev"), ("more", "test")):
        assert not _outlets(one) & _outlets(other)
    assert _outlets("more") <= _outlets("train")
    names = [article["id"] for part in PARTS for article in _lines(FOLDER / "news" / f"{part}.jsonl")]
    hashes = [article["sha256"] for part in PARTS for article in _lines(FOLDER / "news" / f"{part}.jsonl")]
    assert len(set(names)) == len(names) and len(set(hashes)) == len(hashes)


def test_sources_have_answers_of_known_form() -> None:
    """Each source of ``speakers/news.jsonl`` stands once and for all: a place, a kind, names; none is of an article that is measured on, or of an outlet of ``dev``."""
    records = _lines(FOLDER / "speakers" / "news.jsonl")
    assert len({(one["document"], one["start"], one["end"]) for one in records}) == len(records)
    for one in records:
        assert set(one) <= {"document", "sha256", "start", "end", "type", "answers", "members"}
        assert 0 <= one["start"] < one["end"] and one["type"] in ("pronoun", "nominal", "quote")
        assert all(
            isinstance(name, str) and name for names in [one["answers"], *one.get("members", [])] for name in names
        )
    held = {article["id"] for part in ("dev", "check", "held") for article in _lines(FOLDER / "news" / f"{part}.jsonl")}
    for document in {one["document"] for one in records}:
        assert document not in held and re.sub(r"_\d+$", "", document) not in _outlets("dev")


@pytest.mark.parametrize("path", [*(f"news/{part}.jsonl" for part in PARTS), "speakers/news.jsonl"])
def test_no_text_is_in_them(path: str) -> None:
    """Names and labels are all the words there are: short, on one line, and without the end of a sentence."""
    for record in _lines(FOLDER / path):
        assert re.fullmatch(r"[0-9a-f]{64}", record["sha256"])
        for words in _strings({name: value for name, value in record.items() if name != "sha256"}):
            assert len(words) <= MOST and not re.search(r"[\n?!]|[a-z]{4}\.\s", words), words
