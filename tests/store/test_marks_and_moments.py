"""What is worked out once, when an article is stored: where its quotation marks stand, and when it was published."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from quotetrack.jobs.refresh import refresh
from quotetrack.model import Article, Speaker
from quotetrack.store import Store
from quotetrack.store.database import migrations
from quotetrack.store.moments import moment
from tests.conftest import said

VALE = Speaker("Ruth Vale", "person")
TEXT = "Ruth Vale said the plan was “a gift to nobody at all” and dead. A sign read “Keep out of here”."
DATES = "SELECT published, epoch(published_at), published_precision FROM articles ORDER BY ALL"
MARKED = "SELECT substr(text, start_char + 1, end_char - start_char) FROM marked_stretches JOIN articles USING (article_id) ORDER BY start_char"


def put(store: Store, published: str | None = "2026-03-02", number: int = 1, text: str = TEXT) -> Article:
    a = Article(text, outlet=f"Post {number}", url=f"https://post.example/{number}", published=published)
    quoted = said(a, "the plan was “a gift to nobody at all” and dead", source="Ruth Vale", speaker=VALE, kind="mixed")
    store.put([(a, [quoted])], "m")
    return a


@pytest.mark.parametrize(
    ("published", "expected", "precision"),
    [
        ("2026-03-02T08:15:00+01:00", "2026-03-02T07:15:00+00:00", "minute"),
        ("2026-03-02T08:15:00", "2026-03-02T08:15:00+00:00", "minute"),
        ("2026-03-02", "2026-03-02T00:00:00+00:00", "day"),
        ("2026-03", "2026-03-01T00:00:00+00:00", "month"),
        ("2026", "2026-01-01T00:00:00+00:00", "year"),
        ("2026-02-30", None, None),
        ("soon", None, None),
        (None, None, None),
        ("0001-01-01T00:00:00+14:00", None, None),
    ],
)
def test_moments(published: str | None, expected: str | None, precision: str | None) -> None:
    """Each shape a date is printed in becomes a moment in UTC that says how exact it is; what is no date becomes none."""
    found, known = moment(published)
    assert (found.isoformat() if found else None, known) == (expected, precision)


def test_marks_are_stored_with_the_article(store: Store) -> None:
    """Every stretch between marks is stored, and a new text of the same article takes its place."""
    put(store)
    assert store.connection.execute(MARKED).fetchall() == [("“a gift to nobody at all”",), ("“Keep out of here”",)]
    put(store, text=TEXT.replace(" A sign read “Keep out of here”.", ""))
    assert store.connection.execute(MARKED).fetchall() == [("“a gift to nobody at all”",)]


def test_an_older_database_is_filled(tmp_path: Path) -> None:
    """A database of an earlier version gets marks and moments of the articles it holds, the same as a new one has."""
    old, new = tmp_path / "old.duckdb", tmp_path / "new.duckdb"
    dates = ["2026-03-02", "2026-03-02T08:15:00+01:00", "2026-03", None, "soon"]
    with duckdb.connect(str(old)) as connection:
        connection.execute(
            "CREATE TABLE schema_version (number INTEGER PRIMARY KEY, name VARCHAR, applied_at TIMESTAMP)"
        )
        for number, name, sql in migrations():
            if number < 9:
                connection.execute(sql)
                connection.execute("INSERT INTO schema_version VALUES (?, ?, now()::TIMESTAMP)", [number, name])
        for number, published in enumerate(dates):
            connection.execute(
                "INSERT INTO articles VALUES (?, NULL, NULL, NULL, NULL, ?, 'en', '', ?, '', 'm', '0', now()::TIMESTAMP)",
                [str(number), published, TEXT],
            )
    with Store.open(new) as store:
        for number, published in enumerate(dates):
            put(store, published, number)
        expected = store.connection.execute(DATES).fetchall(), store.connection.execute(MARKED).fetchall()
    with Store.open(old) as store:
        assert (store.connection.execute(DATES).fetchall(), store.connection.execute(MARKED).fetchall()) == expected
    assert [row[2] for row in expected[0]] == ["month", "day", "minute", None, None]


def test_first_and_last_printing_are_compared_as_moments(store: Store) -> None:
    """Half past one in the east is before midnight in the west, whatever the letters of the dates say."""
    put(store, "2026-03-03T01:30:00+09:00", 1)
    put(store, "2026-03-02T23:59:00-05:00", 2)
    put(store, "2026-03-02T17:00:00Z", 3)
    refresh(store)
    [dates] = store.connection.execute("SELECT first_printed, last_printed FROM claims").fetchall()
    assert dates == ("2026-03-03T01:30:00+09:00", "2026-03-02T23:59:00-05:00")


def test_who_said_what_carries_what_a_reader_needs(store: Store) -> None:
    """One row a quotation, with claim, stance, both confidences, cue and the moment of publication."""
    a = Article("“It holds,” said Ruth Vale.", url="https://post.example/7", published="2026-03-02")
    quoted = said(a, "“It holds,”", source="Ruth Vale", speaker=VALE)
    put(store)
    store.put([(a, [quoted])], "m")
    refresh(store)
    query = (
        "SELECT quotation, claim_id IN (SELECT claim_id FROM claims), stance, confidence, speaker_confidence, cue, "
        "published_precision FROM who_said_what ORDER BY ALL"
    )
    assert store.connection.execute(query).fetchall() == [
        ("the plan was “a gift to nobody at all” and dead", True, "stated", 0.9, 0.9, None, "day"),
        ("“It holds,”", True, "stated", 0.9, 0.9, None, "day"),
    ]


def test_a_quotation_of_two_claims_is_one_row(store: Store) -> None:
    """A quotation that holds two utterances stands once, with the claim it is closest to."""
    put(store)
    refresh(store)
    store.connection.execute(
        "INSERT INTO claim_quotations SELECT 'another', quotation_id, 0.5, 'longer', false FROM claim_quotations"
    )
    [row] = store.connection.execute("SELECT claim_id FROM who_said_what").fetchall()
    assert row[0] != "another"
