"""Words that only an earlier version of an article has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quotetrack.check import check
from quotetrack.check.outcomes import Drafted, judge
from quotetrack.cli.answers import headline
from quotetrack.corrections import decisions
from quotetrack.jobs.correct import correct
from quotetrack.jobs.refresh import refresh
from quotetrack.store import Store
from tests.cli.test_json import check as documented
from tests.edited import JULY, JUNE, page, put

DENIED = "“The owners knew of the leak in May,” denied Tomas Brandt. The hearing goes on in the old town hall today."


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An article of which a statement was changed and another taken out, and one of which a denial was taken out."""
    with Store.open(tmp_path_factory.mktemp("earlier") / "t.duckdb") as store:
        put(store, page(JUNE, published="2026-03-02"), page(DENIED, "https://post.example/leak"))
        refresh(store)
        put(store, page(JULY, published="2026-03-02"), page("The hearing goes on.", "https://post.example/leak"))
        refresh(store)
        yield store


@pytest.mark.parametrize(
    ("asked", "speakers"),
    [
        ("Nobody was told", ("Anton Lund",)),
        ("“Nobody was told,” said Anton Lund.", ("Anton Lund",)),
        ("We will close the yard in June", ("Ruth Vale",)),
        ("We will close … in June", ("Ruth Vale",)),
    ],
)
def test_words_of_an_earlier_version(edited: Store, asked: str, speakers: tuple[str, ...]) -> None:
    """They are answered as such, with place, speaker and dates, and are neither missing nor an all-clear."""
    answer = check(edited, asked)
    assert (answer.words, answer.right, answer.as_asked) == ("earlier", False, False)
    [one] = answer.earlier
    assert one.speakers == speakers and JUNE[one.start : one.end] == one.text and one.first_seen < one.superseded_at
    told = headline(answer).plain
    assert "Printed in an earlier version of this article (first seen" in told and "not in the current one" in told
    documented(answer.to_dict()["earlier"][0], "earlier printing", "earlier", set())


def test_words_of_the_current_version_are_not_affected(edited: Store) -> None:
    """What the current version has is answered by it alone; words that no version has are missing."""
    assert (check(edited, "We will close the yard in July").words, check(edited, "We are sorry").earlier) == (
        "verbatim",
        (),
    )
    assert check(edited, "The crew waited on the quay").words == "printed"
    assert check(edited, "Cats run this harbour, sir").words == "missing"


def test_what_the_current_version_says_instead_is_shown(edited: Store) -> None:
    """If the current version has other words, they are a match with their difference, and the verdict stays ``earlier``."""
    answer = check(edited, "We will close the yard in June")
    assert [match.words for match in answer.matches] == ["changed"] and answer.changes[0].kind == "date"


def test_a_draft_with_words_of_an_earlier_version(edited: Store) -> None:
    """In a draft, words in quotation marks are changed, and reported speech is not confirmed; the reason has the dates."""
    answer = check(edited, "Nobody was told")
    for marked, outcome in ((True, "changed"), (False, "unconfirmed")):
        judged = judge(answer, Drafted(marked, "Anton Lund", "Lund", True))
        assert judged.outcome == outcome and "first seen" in judged.reasons[0]


def test_what_was_denied_is_not_shown_as_said(edited: Store) -> None:
    """A denial in an earlier version keeps its stance."""
    [one] = check(edited, "The owners knew of the leak in May").earlier
    assert (one.stance, one.speakers) == ("denied", ("Tomas Brandt",))


def test_a_removed_article_is_not_searched(tmp_path: Path) -> None:
    """Of a removed article neither the last nor an earlier version is found, until the removal is undone."""
    with Store.open(tmp_path / "t.duckdb") as store:
        put(store, page(JUNE), page(JULY))
        refresh(store)
        [(key,)] = store.connection.execute("SELECT article_id FROM articles").fetchall()
        number = correct(store, decisions.remove, key, "satire", "ann")
        assert [check(store, words).words for words in ("We are sorry", "Nobody was told")] == ["missing", "missing"]
        correct(store, decisions.undo, number, "ann")
        assert [check(store, words).words for words in ("We are sorry", "Nobody was told")] == ["verbatim", "earlier"]
