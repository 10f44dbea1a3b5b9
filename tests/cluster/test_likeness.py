"""How alike two wordings are."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from quotetrack.cluster.likeness import likenesses, longest_run, share_runs
from quotetrack.cluster.packed import Packed
from quotetrack.cluster.wordings import encode

COMMON = "it is what it is and it was"
TELLING = "ferries stay in port until inspectors have signed"


def test_runs_are_those_of_the_pair() -> None:
    """Seven telling words in a row in both make a run; common words, fewer words and another pair's words do not."""
    pairs = [
        (f"Yesterday {TELLING} every form", f"Now {TELLING} something else", True),
        (f"Yesterday {COMMON} so", f"Now {COMMON} not", False),
        ("ferries stay in port until inspectors came", "ferries stay in port until inspectors went", False),
        (TELLING, "", False),
        ("so it goes", TELLING, False),
        (TELLING, TELLING, True),
    ]
    found = share_runs([encode(a) for a, _, _ in pairs], [encode(b) for _, b, _ in pairs])
    assert found.tolist() == [expected for _, _, expected in pairs]
    assert share_runs([], []).tolist() == []


WORDS = st.sampled_from(
    ["the", "ferries", "stay", "in", "port", "until", "inspectors", "have", "signed", "every", "form"]
)


@settings(deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=25), min_size=2, max_size=8))
def test_leaving_out_what_cannot_be_alike_leaves_nothing_out(texts: list[list[str]]) -> None:
    """The pairs kept are those that comparing every pair in full would keep."""
    codes = sorted({encode(" ".join(words)) for words in texts})
    pairs = list(combinations(range(len(codes)), 2))
    packed = np.array([a << 32 | b for a, b in pairs], dtype=np.uint64)
    found = likenesses(Packed([codes]), [packed])
    expected = {}
    for a, b in pairs:
        score = fuzz.partial_ratio(codes[a], codes[b])
        if score >= 80 or (score >= 45 and share_runs([codes[a]], [codes[b]])[0]):
            expected[frozenset((a, b))] = round(score / 100, 4)
    kept = zip(found.shorter.tolist(), found.longer.tolist(), found.contained.tolist(), strict=True)
    assert {frozenset((a, b)): round(share, 4) for a, b, share in kept} == expected


@settings(deadline=None)
@given(st.text("abcd", max_size=20), st.text("abcd", max_size=20))
def test_the_longest_run_is_that_of_difflib(a: str, b: str) -> None:
    """The longest common run and its first positions are those that difflib finds, also when several are equally long."""
    run = SequenceMatcher(None, a, b, autojunk=False).find_longest_match()
    assert longest_run(a, b) == (run.a, run.b, run.size)
