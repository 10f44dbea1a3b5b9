"""Who said this: verdicts that can be printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quotetrack.check import check, without_surroundings
from quotetrack.errors import UsageError
from quotetrack.jobs.refresh import refresh
from quotetrack.model import Article, Speaker
from quotetrack.read import search
from quotetrack.store import Store
from tests.conftest import said

VALE = Speaker("Ruth Vale", "person")


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Store]:
    """Three quotations of one speaker: verbatim, reported, mixed."""
    a = Article(
        "“We will not close the port before the winter of 2027 is over,” Ruth Vale said. "
        "Ruth Vale said the dam would hold for another year. Ruth Vale said the plan was “a gift to nobody at all” and dead.",
        outlet="The Post", url="https://post.example/1", published="2026-03-02",
    )  # fmt: skip
    with Store.open(tmp_path / "t.duckdb") as store:
        found = [
            said(
                a, "“We will not close the port before the winter of 2027 is over,”", source="Ruth Vale", speaker=VALE
            ),
            said(a, "the dam would hold for another year", source="Ruth Vale", speaker=VALE, kind="indirect"),
            said(a, "the plan was “a gift to nobody at all” and dead", source="Ruth Vale", speaker=VALE, kind="mixed"),
        ]
        store.put([(a, found)], "m")
        refresh(store)
        yield store


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        ("We will not close the port before the winter of 2027 is over.", "verbatim"),
        ("will not close the port before the winter", "verbatim"),
        ("We will not close the port before the long winter of 2027 is over, friends", "altered"),
        ("We will not close the harbour before the winter of 2027 is over", "near-verbatim"),
        ("We will close the port before the winter of 2027 is over", "altered"),
        ("We will not close the port before the winter of 2028 is over", "altered"),
        ("The dam would hold for another year", "reported"),
        ("a gift to nobody at all", "verbatim"),
        ("the plan was a gift to nobody at all", "reported"),
        ("Cats are the only honest politicians we have ever had", "not found"),
        ("the winter", "not found"),
        ("before the winter of", "verbatim"),
        ("We will not close the", "verbatim"),
        ("is over before the winter", "not found"),
        ("will not be before the", "not found"),
    ],
)
def test_verdicts(filled: Store, asked: str, verdict: str) -> None:
    """A dropped not or a changed number is never near; the article's own words are never verbatim. A few common words are found in a row or not at all."""
    assert check(filled, asked).verdict == verdict


def test_the_answer_leads_back(filled: Store) -> None:
    """A match carries the speaker, the outlet and the very characters."""
    match = check(filled, "We will not close the port").matches[0]
    row = filled.connection.execute(
        "SELECT text FROM articles WHERE article_id = ?", [match.printing.article_id]
    ).fetchone()
    assert row and row[0][match.printing.start : match.printing.end] == match.printing.text
    assert (match.printing.speakers, match.printing.outlet) == (("Ruth Vale",), "The Post")


def test_the_diff_shows_the_change(filled: Store) -> None:
    """What was asked and is not printed, and the other way round, word by word."""
    [match] = check(filled, "We will close the port before the winter of 2027 is over").matches
    assert [(p.kind, p.asked.text, p.printed.text) for p in without_surroundings(match.diff) if p.kind != "equal"] == [
        ("inserted", "", "not ")
    ]


def test_a_changed_first_word_is_in_the_diff(filled: Store) -> None:
    """If the first word asked for was changed, the diff shows the word asked for and the word printed."""
    [match] = check(filled, "They will not close the port before the winter of 2027 is over").matches
    assert [(p.kind, p.asked.text, p.printed.text) for p in match.diff if p.kind != "equal"] == [
        ("changed", "They ", "“We ")
    ]


def test_nothing_to_check(filled: Store) -> None:
    """No words, no verdict."""
    with pytest.raises(UsageError):
        check(filled, " … ")


def test_a_longer_text_passage_by_passage(filled: Store) -> None:
    """A pasted text is looked up piece by piece: its quotations without what reports them, its other sentences as they are."""
    pasted = (
        "“We will not close the port before the winter of 2027 is over,” Vale said on Monday. Her deputy was not there. "
        "He added: “We will close the port before the winter of 2027 is over.” “Cats run this harbour, sir.”"
    )
    answer = check(filled, pasted)
    assert [(p.asked.rstrip(",."), p.verdict) for p in answer.passages] == [
        ("We will not close the port before the winter of 2027 is over", "verbatim"),
        ("Her deputy was not there", "not found"),
        ("We will close the port before the winter of 2027 is over", "altered"),
        ("Cats run this harbour, sir", "not found"),
    ]


def test_a_single_sentence_has_no_passages(filled: Store) -> None:
    """What is looked up whole is not looked up again in parts."""
    assert check(filled, "The dam would hold for another year.").passages == ()
    assert check(filled, "Cats are the only honest politicians we have ever had.").passages == ()


def test_the_same_words_given_to_another(filled: Store) -> None:
    """A wording that another outlet gives to another speaker says so, and counts independent reports."""
    b = Article(
        "“We will not close the port before the winter of 2027 is over,” Anton Ortiz said.", outlet="The Echo",
        url="https://echo.example/1", published="2026-03-03",
    )  # fmt: skip
    quoted = "“We will not close the port before the winter of 2027 is over,”"
    filled.put([(b, [said(b, quoted, source="Anton Ortiz", speaker=Speaker("Anton Ortiz", "person"))])], "m")
    refresh(filled)
    match = check(filled, quoted).matches[0]
    assert {match.printing.speakers, *(o.speakers for o in match.others)} == {("Ruth Vale",), ("Anton Ortiz",)}
    assert len(match.elsewhere_given_to) == 1 and match.reports == 2


def put_all(store: Store, *quoted: str) -> None:
    """Store each of ``quoted`` as an article in which somebody else says it."""
    for number, words in enumerate(quoted):
        text = f"“{words},” Speaker {number} said."
        a = Article(text, url=f"https://post.example/few/{number}", published="2026-03-02")
        speaker = Speaker(f"Speaker {number}", "person")
        store.put([(a, [said(a, f"“{words},”", source=f"Speaker {number}", speaker=speaker)])], "m")
    refresh(store)


def test_common_words_are_nobodys(filled: Store) -> None:
    """A few words that many claims hold are said to be common, with how many claims; of a few claims they are found."""
    said_of = ["ferries", "meadows", "lifeboats", "sluices", "inspectors", "railways", "orchards"]
    put_all(filled, *(f"They told us about the {thing} of this county" for thing in said_of))
    answer = check(filled, "told us about the")
    assert (answer.verdict, answer.claims, len(answer.matches)) == ("common", len(said_of), 5)
    assert check(filled, "about the orchards of this county").verdict == "verbatim"


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [
        ("Nobody asked the lock keepers", "altered"),
        ("Nobody asked the lock keepers whether the sluice gates would close in time", "not found"),
    ],
)
def test_few_words_with_one_changed(filled: Store, monkeypatch: pytest.MonkeyPatch, printed: str, verdict: str) -> None:
    """Among many sentences a few words of a longer one, one of them changed, are no sign of it; all but one of all its
    words are."""
    monkeypatch.setattr(search, "required_bits", lambda _: 50.0)
    put_all(filled, printed)
    assert check(filled, "Nobody asked the lock smugglers").verdict == verdict


def test_more_sentences_ask_for_more(filled: Store) -> None:
    """The more is searched, the more the words must tell: one bit for twice as many sentences."""
    [(sentences,)] = filled.connection.execute("SELECT count(*) FROM wordings").fetchall()
    before = search.required_bits(filled.connection)
    filled.connection.execute("INSERT INTO wordings SELECT range + 1000, '' FROM range(?)", [sentences])
    assert search.required_bits(filled.connection) == pytest.approx(before + 1)


@pytest.mark.parametrize("stance", ["denied", "asked", "declined", "hypothetical", "believed"])
def test_what_was_not_said_is_not_reported(tmp_path: Path, stance: str) -> None:
    """Words that were printed only as denied, asked, imagined or believed get that for a verdict, never ``reported``."""
    a = Article(
        "Ruth Vale denied that the yard would close before the winter of 2027.",
        outlet="The Post",
        url="https://post.example/2",
    )
    with Store.open(tmp_path / "t.duckdb") as store:
        found = said(
            a,
            "that the yard would close before the winter of 2027",
            source="Ruth Vale",
            speaker=VALE,
            kind="indirect",
            stance=stance,
        )
        store.put([(a, [found])], "m")
        refresh(store)
        answer = check(store, "the yard would close before the winter of 2027")
    assert answer.verdict == stance
    assert [(m.verdict, m.wording_verdict, m.printing.stance) for m in answer.matches] == [(stance, "reported", stance)]


def test_who_said_it_comes_before_who_denied_it(tmp_path: Path) -> None:
    """One states the words and another denies them: two claims, the statement first, and neither counts for the other."""
    words = "the yard would close before the winter of 2027"
    a = Article(
        f"Ruth Vale denied that {words}.", outlet="The Post", url="https://post.example/2", published="2026-03-02"
    )
    b = Article(
        f"Anton Lund said that {words}.", outlet="The Herald", url="https://herald.example/1", published="2026-03-02"
    )
    lund = Speaker("Anton Lund", "person")
    with Store.open(tmp_path / "t.duckdb") as store:
        denied = said(a, f"that {words}", source="Ruth Vale", speaker=VALE, kind="indirect", stance="denied")
        stated = said(b, f"that {words}", source="Anton Lund", speaker=lund, kind="indirect")
        store.put([(a, [denied]), (b, [stated])], "m")
        refresh(store)
        answer = check(store, words)
    assert answer.verdict == "reported"
    assert [(m.verdict, m.printing.speakers, m.others) for m in answer.matches] == [
        ("reported", ("Anton Lund",), ()),
        ("denied", ("Ruth Vale",), ()),
    ]
