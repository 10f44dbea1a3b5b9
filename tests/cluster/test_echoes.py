"""What an article says twice, in its heading and between marks, is one claim; what only sounds like it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotetrack.jobs.refresh import refresh
from quotetrack.model import Article, Speaker
from quotetrack.store import Store
from tests.conftest import said

HEADING = "Vale: Ferry inspectors must publish every lifeboat report"
LEAD = "The council met for six hours on Monday."


def joined(
    store: Store, text: str, first: tuple[str, str], second: tuple[str, str], *, speaker: str = "Ruth Vale"
) -> bool:
    """Whether two quotations (kind and content) of one article are in one claim, the second by ``speaker``."""
    a = Article(text, url="https://post.example/1", outlet="Post", published="2031-05-01")
    found = [
        said(a, content, source=name.split()[-1], speaker=Speaker(name, "person"), kind=kind, after=after)
        for (kind, content), name, after in ((first, "Ruth Vale", 0), (second, speaker, text.rindex(second[1])))
    ]
    store.put([(a, found)], "m")
    refresh(store)
    [(shared,)] = store.connection.execute(
        "SELECT count(*) FROM (SELECT claim_id FROM claim_quotations GROUP BY claim_id HAVING count(*) > 1)"
    ).fetchall()
    return bool(shared)


@pytest.mark.parametrize(
    ("said_below", "kind", "expected"),
    [
        ("“Every report on every lifeboat ought to be published by the ferry inspectors,”", "direct", False),
        ("the ferry inspectors must now publish every single lifeboat report", "indirect", True),
        ("“I have asked that inspectors publish, for each ferry, the lifeboat report they wrote,”", "direct", True),
        ("the inspectors are good men who work in all weather", "indirect", False),
    ],
    ids=["other order", "reported", "spoken", "another statement"],
)
def test_the_heading_sums_up(store: Store, said_below: str, kind: str, expected: bool) -> None:
    """A heading belongs to the statement below that has most of its telling words, in order."""
    text = f"{HEADING}\n\n{LEAD}\n\n{said_below} Vale said after the vote."
    assert joined(store, text, ("indirect", HEADING[6:]), (kind, said_below)) is expected


def test_only_the_heading_does(store: Store) -> None:
    """As loosely alike, two statements in the body of an article stay two."""
    below = "“I have asked that inspectors publish, for each ferry, the lifeboat report they wrote,”"
    text = f"Council meets\n\n{LEAD}\n\n{HEADING}.\n\n{below} Vale said after the vote."
    assert not joined(store, text, ("indirect", HEADING[6:]), ("direct", below))


@pytest.mark.parametrize(("speaker", "expected"), [("Ruth Vale", True), ("Anton Ortiz", False)])
def test_words_taken_from_a_statement(store: Store, speaker: str, expected: bool) -> None:
    """Two telling words between marks belong to the statement of the same speaker that holds them, to nobody else's."""
    taken, whole = "the merger “kitchen-table arithmetic”", "“You cannot run a shipyard on kitchen-table arithmetic,”"
    text = f"Council meets\n\n{LEAD} Vale called {taken}.\n\n{whole} {speaker.split()[-1]} said."
    assert joined(store, text, ("mixed", taken), ("direct", whole), speaker=speaker) is expected


def test_common_words_between_marks_are_no_evidence(store: Store) -> None:
    """Two words of which every third statement is made say nothing."""
    taken, whole = "it “very good”", "“The soup in the harbour canteen was very good on Thursday evening,”"
    text = f"Council meets\n\n{LEAD} Vale called {taken}.\n\n{whole} Vale said."
    assert not joined(store, text, ("mixed", taken), ("direct", whole))


Scattered = tuple[str, str, str, str | None]  # speaker, kind, content, date


def together(store: Store, short: Scattered, long: Scattered) -> bool:
    """Whether quotations of two articles are in one claim."""
    for number, (name, kind, content, published) in enumerate((short, long)):
        a = Article(f"{name} said {content}.", f"P{number}", f"https://p{number}.example/1", published=published)
        store.put([(a, [said(a, content, source=name, speaker=Speaker(name, "person"), kind=kind)])], "m")
    refresh(store)
    [(shared,)] = store.connection.execute(
        "SELECT count(*) FROM (SELECT claim_id FROM claim_quotations GROUP BY claim_id HAVING count(*) > 1)"
    ).fetchall()
    return bool(shared)


STATEMENT = "“You cannot run a shipyard like a casino, and this merger is a swindle on the crews.”"
DAY = "2031-05-02"


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        (("Ruth Vale", "mixed", "the merger was a “swindle”", DAY), ("Ruth Vale", "direct", STATEMENT, DAY), True),
        (("Ruth Vale", "mixed", "it was a “casino” and “swindle”", DAY), ("Ruth Vale", "direct", STATEMENT, DAY), True),
        (("Ruth Vale", "mixed", "it was a “swindle” and “casino”", DAY), ("Ruth Vale", "direct", STATEMENT, DAY), False),
        (("Anton Lund", "mixed", "the merger was a “swindle”", DAY), ("Ruth Vale", "direct", STATEMENT, DAY), False),
        (("Ruth Vale", "mixed", "the merger was a “swindle”", "2031-05-05"), ("Ruth Vale", "direct", STATEMENT, DAY), False),
        (("Ruth Vale", "mixed", "the merger was a “swindle”", None), ("Ruth Vale", "direct", STATEMENT, DAY), False),
        (("Ruth Vale", "mixed", "they would “run” it", DAY), ("Ruth Vale", "direct", STATEMENT, DAY), False),
        (("Ruth Vale", "mixed", "it was a “swindle”", DAY), ("Ruth Vale", "mixed", "a “swindle on the crews”", DAY), True),
        (("Ruth Vale", "mixed", "it was a “swindle”", DAY), ("Ruth Vale", "mixed", "a swindle “on the crews”", DAY), False),
        (("Ruth Vale", "mixed", "it was a “swindle”", DAY), ("Ruth Vale", "indirect", "it was a swindle", DAY), False),
    ],
    ids=[
        "one word", "two in order", "two in another order", "another speaker", "another day", "no date", "a common word",
        "from a part between marks", "from a part outside marks", "from reported speech",
    ],
)  # fmt: skip
def test_scattered_words_join_the_statement_of_the_day(
    store: Store, short: Scattered, long: Scattered, expected: bool
) -> None:
    """A few informative verbatim words join the statement of the same speaker and day in another article, if it has them in
    the same order between quotation marks."""
    assert together(store, short, long) is expected


def test_scattered_words_join_one_by_one_as_at_once(store: Store, tmp_path: Path) -> None:
    """Words whose statement is ingested later join it as if both had been ingested together."""
    articles = []
    for number, (kind, content) in enumerate((("mixed", "the merger was a “swindle”"), ("direct", STATEMENT))):
        a = Article(f"Ruth Vale said {content}.", f"P{number}", f"https://p{number}.example/1", published=DAY)
        articles.append((a, [said(a, content, source="Ruth Vale", speaker=Speaker("Ruth Vale", "person"), kind=kind)]))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("quotetrack.cluster.clustering._REBUILD_SHARE", 100.0)
        for one in articles:
            store.put([one], "m")
            refresh(store)
    with Store.open(tmp_path / "once.db") as once:
        once.put(articles, "m")
        refresh(once)
        query = "SELECT * FROM claim_quotations ORDER BY ALL"
        found = once.connection.execute(query).fetchall()
        assert store.connection.execute(query).fetchall() == found and len({row[0] for row in found}) == 1


OTHER = "“A casino is no swindle, though the mainland firm would like you to believe it is one.”"
NEARER = "the merger was a “swindle” on the crews"


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 2, 0), (2, 0, 1)])
def test_scattered_words_belong_to_the_nearest_statement(store: Store, tmp_path: Path, order: tuple[int, ...]) -> None:
    """Of several statements with the words, only the one with most in common counts, whatever the order of ingest."""
    articles = []
    for number, (kind, content) in enumerate((("mixed", NEARER), ("direct", OTHER), ("direct", STATEMENT))):
        a = Article(f"Ruth Vale said {content}.", f"P{number}", f"https://p{number}.example/1", published=DAY)
        articles.append((a, [said(a, content, source="Ruth Vale", speaker=Speaker("Ruth Vale", "person"), kind=kind)]))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("quotetrack.cluster.clustering._REBUILD_SHARE", 100.0)
        for place in order:
            store.put([articles[place]], "m")
            refresh(store)
    with Store.open(tmp_path / "once.db") as once:
        once.put(articles, "m")
        refresh(once)
        claims = "SELECT * FROM claim_quotations ORDER BY ALL"
        assert store.connection.execute(claims).fetchall() == once.connection.execute(claims).fetchall()
    together = (
        "SELECT list(text ORDER BY text) FROM claim_quotations JOIN quotations USING (quotation_id) GROUP BY claim_id"
    )
    assert sorted(texts for (texts,) in store.connection.execute(together).fetchall()) == sorted(
        [[OTHER], sorted([NEARER, STATEMENT])]
    )
