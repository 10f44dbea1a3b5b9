"""Which wordings are compared: those that share a telling run of words, however many there are."""

from __future__ import annotations

import importlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotetrack.cluster import candidates
from quotetrack.cluster.wordings import encode, wordings

windows = importlib.import_module("quotetrack.cluster.windows")

LONG = "The harbour wall was never built to hold back a winter storm like that one"


def compared(codes: list[str]) -> set[tuple[int, int]]:
    return {(p >> 32, p & 0xFFFFFFFF) for p in pairs(codes)}


def pairs(codes: list[str]) -> list[int]:
    key = windows.keys(codes)
    found = [candidates.pairs(part, key) for part in candidates.postings(windows.windows(codes))]
    return [pair for part in candidates.in_order(found) for pair in part.tolist()]


@settings(deadline=None)  # the first example reads the list of words
@given(st.integers(0, 6), st.integers(8, 15))
def test_a_part_is_compared_with_the_whole(start: int, end: int) -> None:
    """Eight words or more cut out of a sentence share a window with it, wherever they are cut."""
    words = LONG.split()
    part = encode(" ".join(words[min(start, end - 8) : end]))
    assert compared([encode(LONG), part]) == {(0, 1)}


def test_common_words_alone_are_no_reason() -> None:
    """Two sentences that share only what every sentence may hold are not compared."""
    assert (
        compared([encode("It was one of the best days of the year"), encode("It was one of the many things she said")])
        == set()
    )


def test_portions_leave_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pairs are the same whether they are found at once or portion by portion."""
    words = LONG.split()
    codes = [encode(" ".join(words[a:b])) for a in range(8) for b in range(a + 6, len(words) + 1)]
    at_once = pairs(codes)
    monkeypatch.setattr(candidates, "_AT_ONCE", 5)
    monkeypatch.setattr(candidates, "_PARTS", 2)
    monkeypatch.setattr(windows, "_AT_ONCE", 3)
    assert len(at_once) > 100 and pairs(codes) == at_once == sorted(set(at_once))


@pytest.mark.parametrize(
    ("text", "pieces", "count"),
    [
        ("“We will sail at dawn. Nobody can stop us now.”", 1, 2),
        ("“We will sail,” […] “at dawn, whatever they say.”", 2, 1),
        ("“We will sail at dawn.” […] “Nobody can stop us now.”", 2, 2),
        ("“We will sail at dawn … and nobody can stop us”", 1, 2),
        ("“Mr. Ortiz of the U.S. Navy will sail at dawn”", 1, 1),
        ("“No. We will sail at dawn.”", 1, 1),
        ("…", 1, 1),
    ],
)
def test_sentences(text: str, pieces: int, count: int) -> None:
    """A sentence goes on over the article's interruption, and ends at an ellipsis of the outlet's; scraps join a neighbour."""
    assert len(wordings(text, pieces)) == count


def test_reported_speech_shifts_nothing() -> None:
    """What reported speech changes in a sentence leaves its code as it was."""
    assert encode("I will not sell my ship, it's mine") == encode("he would not sell his ship, it is his")
    assert encode("We won't go") == encode("they would not go") != encode("they would go")
