"""Full-text search: what is found, in which order, and that the index follows the articles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotetrack.corrections import decisions
from quotetrack.errors import UsageError
from quotetrack.jobs.correct import correct
from quotetrack.model import Article
from quotetrack.read.filters import Filters
from quotetrack.read.found import Found, search
from quotetrack.read.fulltext import highlighted, parsed
from quotetrack.read.quotations import count_quotations, find_quotations
from quotetrack.store import Store
from quotetrack.store.fill import FILLS
from tests.check.printed import line, put, refresh
from tests.conftest import said


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two outlets, three speakers, a joint statement, a denial, a question and an interrupted quotation."""
    store = Store.open(tmp_path_factory.mktemp("words") / "record.duckdb")
    put(
        store,
        "“The new taxes hurt every ferry,” said Ruth Vale, harbour master. Ruth Vale denied that the ferries were sold. "
        "“Was the ferry sold?” asked Anton Lund. “A café,” said Lund, “and a taxi rank by the yard.”",
        line("“The new taxes hurt every ferry,”", by="Ruth Vale", role="harbour master"),
        line("the ferries were sold", by="Ruth Vale", kind="indirect", stance="denied"),
        line("“Was the ferry sold?”", by="Anton Lund", stance="asked"),
        line("“A café,”", "“and a taxi rank by the yard.”", by="Anton Lund"),
        outlet="The Post",
    )
    put(
        store,
        "“Ruth Vale is wrong about the tax on this ferry,” said Ivo Pell, Vale’s deputy. “The tax is a good tax,” said Ivo Pell.",
        line("“Ruth Vale is wrong about the tax on this ferry,”", by="Ivo Pell", role="Vale’s deputy"),
        line("“The tax is a good tax,”", by="Ivo Pell"),
        outlet="The Wire",
        day="2026-04-05",
    )
    refresh(store)
    return store


def texts(found: Found) -> list[str]:
    """The quotations in order."""
    return [one.text for one in found.quotations]


def found(store: Store, words: str, **more: object) -> Found:
    """The result of a search."""
    return search(store, Filters(words=words, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("tax", 3), ("TAXES", 3), ("cafe", 1), ("Café", 1), ("ferry tax", 2), ("ferries", 3), ("zebra", 0), ("ferry zebra", 0),
        ('"taxi rank"', 1), ('"rank taxi"', 0), ('"cafe and"', 0), ('"taxes hurt"', 1), ('"tax hurt"', 0), ("tax*", 4), ("harb", 2),
        ("harbour master", 2), ("vale ferry", 3), ('"Ruth Vale"', 3), ("the tax", 3), ("article", 5), ("deputy", 2), ("yard's", 1),
    ],
)  # fmt: skip
def test_what_is_found(record: Store, words: str, number: int) -> None:
    """All words must occur, in any form, in quotation, title, name or role; phrases as given and not across an interruption."""
    assert found(record, words).total == number


def test_who_said_what_about_what(record: Store) -> None:
    """A question for a speaker finds what that speaker said, not what others said of him, and not those whose role names him."""
    assert set(texts(found(record, "What did Vale say about the ferry?"))) == {
        "“The new taxes hurt every ferry,”",
        "the ferries were sold",
    }
    assert found(record, "what Pell said about Vale").total == 1


def test_the_beginning_of_a_word(record: Store) -> None:
    """The last word is completed only if nothing has it as a whole word, and the result says so."""
    assert (found(record, "harb").begun, found(record, "harb").words) == (True, "harb*")
    assert (found(record, "tax").begun, found(record, "tax").words) == (False, "tax")
    assert found(record, "harb ferry").total == 0


def test_order(record: Store) -> None:
    """A word twice in a quotation counts more than once, the quotation more than the speaker, and the newest come first if asked."""
    assert texts(found(record, "tax"))[0] == "“The tax is a good tax,”"
    assert texts(found(record, "vale"))[0].startswith("“Ruth Vale is wrong")
    dates = [one.published for one in search(record, Filters(words="tax"), newest=True).quotations]
    assert dates == sorted(dates, reverse=True)


def test_facets_count_the_whole_result(record: Store) -> None:
    """Facets count all matches, not the page shown, and filtering by a value gives as many quotations as it says."""
    page = found(record, "ferry", limit=1)
    assert page.total == 3 and len(page.quotations) == 1
    assert [(one.label, one.quotations) for one in page.facets["speaker"]] == [("Ruth Vale", 2), ("Ivo Pell", 1)]
    for name, values in page.facets.items():
        assert sum(one.quotations for one in values) == 3
        for one in values:
            by = {"since": one.value, "until": one.value} if name == "month" else {name: one.value}
            assert found(record, "ferry", **by).total == one.quotations
    assert texts(search(record, Filters(words="ferry", limit=1), start=1)) == texts(found(record, "ferry"))[1:2]


def test_what_was_not_said_stays_out(record: Store) -> None:
    """A question is found only if its stance is asked for, and a denial carries its stance."""
    assert "“Was the ferry sold?”" not in texts(found(record, "ferry"))
    assert texts(found(record, "ferry", stance="asked")) == ["“Was the ferry sold?”"]
    [denied] = found(record, "ferry", stance="denied").quotations
    assert denied.stance == "denied"


def test_exports_find_the_same(record: Store) -> None:
    """The filter that exports use gives the same quotations as the search."""
    for words in ("tax", "vale ferry", "what Vale said about ferry"):
        same = find_quotations(record, Filters(words=words))
        assert {one.quotation_id for one in same} == {one.quotation_id for one in found(record, words).quotations}
        assert count_quotations(record, Filters(words=words)) == len(same)


def test_a_corrected_speaker_is_searched(store: Store) -> None:
    """After a correction, a quotation is found by its new speaker and no longer by the old one."""
    put(store, "“We sail at dawn,” said Ada Kvist.", line("“We sail at dawn,”", by="Ada Kvist"))
    refresh(store)
    [one] = found(store, "kvist").quotations
    correct(store, decisions.reassign, one.quotation_id, "Olle Brandt", "caption", "ann", True)
    assert (found(store, "kvist").total, found(store, "brandt dawn").total) == (0, 1)


def test_rare_names_do_not_count(store: Store) -> None:
    """A name that linking gave to a speaker once among many does not make the speaker found; one that a person set does."""
    text = "“We sail at dawn,” said Ada Kvist."
    put(store, text, line("“We sail at dawn,”", by="Ada Kvist"))
    refresh(store)
    [speaker] = found(store, "kvist").quotations[0].speaker_ids
    store.connection.execute("UPDATE aliases SET mentions = 40")
    store.connection.execute(
        "INSERT INTO aliases VALUES (?, 'Kvist/Brandt', 1), (?, 'The Admiral', 0)", [speaker, speaker]
    )
    assert (found(store, "brandt").total, found(store, "admiral").total) == (0, 1)


def test_queries_without_words_are_errors() -> None:
    """A query of punctuation only is refused, and one of common words only is searched."""
    for text in ("", "!?", '""', "*"):
        with pytest.raises(UsageError, match="contains no words"):
            parsed(text)
    assert [term.typed for term in parsed("the").terms] == ["the"]
    assert parsed("the ferry").left_out == ("the",)


@given(st.text(alphabet="ab \"“”*'’-.?éΩ\x00%_", max_size=30))
def test_any_query_can_be_read_and_highlighted(text: str) -> None:
    """No query raises anything but a usage error, and the pieces of a highlighted text are the text."""
    try:
        query = parsed(text)
    except UsageError:
        return
    assert "".join(piece for piece, _ in highlighted(text, query)) == text


WORDS = st.sampled_from(["ferry", "ferries", "tax", "TAXES", "café", "sail", "[…]", "n’t", "7"])
ARTICLES = st.lists(
    st.tuples(st.integers(0, 3), st.lists(WORDS, min_size=1, max_size=6), st.none() | st.just("Taxes rise")), max_size=8
)


def _rows(store: Store) -> list[Sequence[object]]:
    return store.connection.execute(
        "SELECT quotation_id, article_id, words, lemmas FROM quotation_words UNION ALL "
        "SELECT '', article_id, words, lemmas FROM title_words ORDER BY ALL"
    ).fetchall()


@settings(max_examples=12, deadline=None)
@given(ARTICLES)
def test_incremental_index_equals_a_full_one(articles: list[tuple[int, list[str], str | None]]) -> None:
    """After any sequence of new, changed and repeated articles, the index is what the migration makes of the database."""
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "x.duckdb") as store:
        for number, words, title in articles:
            text = " ".join(words)
            article = Article(text, url=f"https://news.example/{number}", title=title)
            store.put([(article, [said(article, text)])], "m")
        kept = _rows(store)
        store.connection.execute("DELETE FROM quotation_words; DELETE FROM title_words")
        FILLS[17](store.connection)
        assert _rows(store) == kept
