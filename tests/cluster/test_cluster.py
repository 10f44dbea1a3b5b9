"""Quotations to claims: which printings are one utterance."""

from __future__ import annotations

import pytest

from quotetrack.cluster import sql
from quotetrack.cluster.clustering import cluster
from quotetrack.jobs.refresh import refresh, refresh_speakers
from quotetrack.model import Article, Speaker
from quotetrack.store import Store
from tests.conftest import said

FULL = "“We had four minutes between the first alarm and the order to abandon ship”"


def claims(store: Store, *printings: tuple[str, str] | tuple[str, str, str]) -> list[set[int]]:
    """The claims made of (speaker, wording[, kind]), as sets of the printings' numbers."""
    ids = {}
    for number, (name, wording, *kind) in enumerate(printings):
        a = Article(f"{name} said {wording}.", url=f"https://post.example/{number}", outlet=f"O{number}")
        store.put(
            [(a, [said(a, wording, source=name, speaker=Speaker(name, "person"), kind=kind[0] if kind else "direct")])],
            "m",
        )
        row = store.connection.execute(
            "SELECT quotation_id FROM quotations q JOIN articles USING (article_id) WHERE url = ?", [a.url]
        ).fetchone()
        assert row
        ids[row[0]] = number
    refresh(store)
    found: dict[str, set[int]] = {}
    for claim, quotation in store.connection.execute("SELECT claim_id, quotation_id FROM claim_quotations").fetchall():
        found.setdefault(claim, set()).add(ids[quotation])
    return sorted(found.values(), key=sorted)


@pytest.mark.parametrize(
    "variant",
    [
        "“We had four minutes between the first alarm and the order…”",
        "“four minutes between the first alarm and the order to abandon ship”",
        '"we had four minutes between the first alarm and the order to abandon ship"',
        "“We had four minutes between the first [fire] alarm and the order to abandon ship”",
        "“We had four minutes between the first alarm and an order to abandon ship”",
    ],
    ids=["truncated", "head cut off", "marks and case", "insertion", "small edit"],
)
def test_drift_is_one_claim(store: Store, variant: str) -> None:
    """Truncation, marks, case, bracketed insertions and small edits leave it the same utterance."""
    assert claims(store, ("Ruth Vale", FULL), ("Ruth Vale", variant)) == [{0, 1}]


def test_stock_phrases_of_two_people(store: Store) -> None:
    """The same few words by different people are different claims."""
    assert claims(store, ("Ruth Vale", "“No comment”"), ("Anton Ortiz", "“No comment”")) == [{0}, {1}]


@pytest.mark.parametrize(
    ("names", "joining"),
    [(("Ruth Vale", "Ruth Vale"), 1), (("Ruth Vale", "Anton Ortiz"), 0), (("Ruth Vale", "an officer"), 1)],
    ids=["one speaker", "two speakers", "one unknown"],
)
def test_what_may_hang_together(store: Store, names: tuple[str, str], joining: int) -> None:
    """A run of words in common makes a pair; it joins nothing where two people are known to have said it."""
    other = "“They blame the four minutes between the first alarm and the order, not the captain who gave it”"
    for number, (name, wording) in enumerate(zip(names, (FULL, other), strict=True)):
        a = Article(f"{name} said {wording}.", url=f"https://post.example/{number}", outlet=f"O{number}")
        speaker = Speaker(name, "person" if name.istitle() else "unnamed")
        store.put([(a, [said(a, wording, source=name, speaker=speaker)])], "m")
    refresh(store)
    assert len(sql.all_pairs(store.connection)[0]) == 1
    assert len(sql.joining_pairs(store.connection)[0]) == joining


def test_a_long_one_does_not_glue(store: Store) -> None:
    """What runs two utterances together belongs to both and joins them not."""
    a, b = "the river carries no passport and no flag", "numbers would help us more than any speeches"
    found = claims(store, ("Ruth Vale", f"“{a}”"), ("Ruth Vale", f"“{b}”"), ("Ruth Vale", f"“{a}, and {b}”"))
    assert found == [{0, 2}, {1, 2}]


def test_same_words_by_two_speakers(store: Store) -> None:
    """A long verbatim quotation given to two people is one claim: that is how a false attribution is seen."""
    assert claims(store, ("Ruth Vale", FULL), ("Anton Ortiz", FULL)) == [{0, 1}]


def test_paraphrase_needs_more(store: Store) -> None:
    """Reported speech joins a verbatim claim only when it says nearly the same words."""
    close = "we had four minutes between the first alarm and the order to abandon ship"
    far = "we had some minutes after the alarm to leave the ship"
    assert claims(store, ("Ruth Vale", FULL), ("Ruth Vale", close, "indirect"), ("Ruth Vale", far, "indirect")) == [
        {0, 1},
        {2},
    ]


def test_a_shared_run_that_goes_on_differently(store: Store) -> None:
    """Of one speaker and day, two verbatim quotations may overlap, but what both print of the utterance is the same."""
    run = "nobody at the harbour board doubts what the divers found"
    a, b = f"“This tale that {run} is not true”", f"“Let us put an end to it: {run} under the quay”"
    cut, rest = f"“We met all night with the crews, and {run}”", f"“{run}, not the owners, not the crews either”"
    assert claims(store, ("Ruth Vale", a), ("Ruth Vale", b)) == [{0}, {1}]
    assert claims(store, ("Ruth Vale", cut), ("Ruth Vale", rest))[-1:] == [{0, 1}]


@pytest.mark.parametrize(
    ("stance", "claims"), [("stated", 1), ("requested", 1), ("denied", 2), ("asked", 2), ("believed", 2)]
)
def test_a_claim_is_of_one_stance(store: Store, stance: str, claims: int) -> None:
    """The same words of one speaker are one claim where they were said, or asked for; not where they were also denied."""
    words = "The northern yard will close before the winter of the year is over"
    vale = Speaker("Ruth Vale", "person")
    for number, one in enumerate(("stated", stance)):
        a = Article(
            f"Ruth Vale: {words}. Number {number}.",
            outlet=f"Outlet {number}",
            url=f"https://o.example/{number}",
            published="2026-03-02",
        )
        store.put([(a, [said(a, words, source="Ruth Vale", speaker=vale, kind="indirect", stance=one)])], "m")
    refresh_speakers(store)
    assert cluster(store) == claims
    assert {row[0] for row in store.connection.execute("SELECT stance FROM claims").fetchall()} <= {"stated", stance}
