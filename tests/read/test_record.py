"""What is looked up of a database that cannot change is read once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quotetrack.check import check
from quotetrack.cluster.wordings import wordings
from quotetrack.jobs.refresh import refresh
from quotetrack.model import Article, Speaker
from quotetrack.read.record import Record, kept
from quotetrack.read.search import exact, similar
from quotetrack.store import Store
from tests.conftest import said

TOLD = "The ferry to Marsund needs a second engine before the ice comes back"
ADDED = "Nobody in the council wanted to pay for the lighthouse that winter"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Two quotations of one article, in a database opened for reading."""
    path = Path(tmp_path_factory.mktemp("record")) / "q.duckdb"
    with Store.open(path) as store:
        vale = Speaker("Ruth Vale", "person")
        article = Article(
            f"“{TOLD},” said Ruth Vale. “{ADDED},” Ruth Vale said.", outlet="Post", url="https://post.example/1"
        )
        found = [said(article, text, source="Ruth Vale", speaker=vale, kind="direct") for text in (TOLD, ADDED)]
        store.put([(article, found)], "m")
        refresh(store)
    with Store.open(path, read_only=True) as store:
        yield store


def test_known_values_are_not_read_again() -> None:
    """Only the missing keys are read, and keys without a value are left out."""
    asked: list[list[str]] = []

    def read(missing: list[str]) -> dict[str, str]:
        asked.append(missing)
        return {key: key.upper() for key in missing if key != "x"}

    held: dict[str, str] = {}
    assert kept(held, ["b", "a", "x"], read) == {"a": "A", "b": "B"}
    assert kept(held, ["b", "c"], read) == {"b": "B", "c": "C"}
    assert asked == [["a", "b", "x"], ["c"]]


def test_memory_is_bounded() -> None:
    """However many values are read, only some hundreds are kept."""
    held: dict[str, str] = {}
    for start in range(0, 5000, 50):
        keys = [str(number) for number in range(start, start + 50)]
        assert set(kept(held, keys, lambda missing: {key: key for key in missing})) == set(keys)
    assert len(held) <= 500


def test_a_second_check_reads_no_printing_again(opened: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The printings and articles that one check has read are not read by the next."""
    first = check(opened, TOLD)

    def refuse(*_: object) -> dict[str, object]:
        raise AssertionError("read again")

    monkeypatch.setattr("quotetrack.read.record.printings", refuse)
    monkeypatch.setattr("quotetrack.read.record.articles", refuse)
    assert check(opened, TOLD) == first
    assert first.words == "verbatim"


def test_sentences_looked_up_together_find_what_each_finds(opened: Store) -> None:
    """The quotations similar to a text of two sentences are those similar to one of them."""
    both = f"{TOLD.replace('second', 'third')}. {ADDED.replace('winter', 'summer')}."
    assert len(wordings(both)) == 2
    alone = {quotation for part in both.split(". ") for quotation in similar(opened, part)}
    assert len(alone) == 2
    assert set(similar(opened, both)) == alone


def test_changed_short_wording_is_found_by_its_telling_words(opened: Store) -> None:
    """A short wording that shares no informative run of words with a quotation is found by its rare words."""
    assert similar(opened, "lighthouse, the council, that winter")


def test_signature_without_the_words_is_no_hit(opened: Store) -> None:
    """A passage that has all words, but not in a row, is not returned."""
    assert exact(opened, ["second", "engine"], 5)
    assert exact(opened, ["engine", "second"], 5) == []


def test_record_returns_existing_rows_only(opened: Store) -> None:
    """Unknown identifiers are left out."""
    record = opened.once(Record)
    assert record.printings(["unknown"]) == {}
    assert record.articles(["unknown"]) == {}
    assert record.names(["unknown"]) == {}
