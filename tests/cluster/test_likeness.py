"""How alike two wordings are."""

from __future__ import annotations

from quotetrack.cluster.likeness import share_runs
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
