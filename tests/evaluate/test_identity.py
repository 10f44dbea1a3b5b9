"""The measures of ``benchmarks.speakers``: B-cubed, and when a name counts as right."""

from __future__ import annotations

import pytest

from benchmarks.speakers import b_cubed, gold, right_name


def test_b_cubed_by_hand() -> None:
    """Two entities in one cluster cost precision, one entity in two clusters costs recall; worked out on paper."""
    true = {"1": "vale", "2": "vale", "3": "lund", "4": "lund"}
    assert b_cubed(true, true) == (1.0, 1.0, 1.0)
    precision, recall, _ = b_cubed(true, dict.fromkeys(true, "all"))
    assert (precision, recall) == (0.5, 1.0)
    precision, recall, f1 = b_cubed(true, {"1": "a", "2": "b", "3": "c", "4": "c"})
    assert (precision, recall) == (1.0, 0.75) and f1 == pytest.approx(6 / 7)


@pytest.mark.parametrize(
    ("given", "answer", "right"),
    [
        ("Ruth Vale", "Ruth B. Vale", True),
        ("Vale", "Ruth Vale", True),
        ("Anton Vale", "Ruth Vale", False),
        ("the Harbour Union", "Harbour Union", True),
        ("Harbour Office", "Harbour Union", False),
        ("R. Vale", "Ruth Vale", True),
    ],
)
def test_right_names(given: str, answer: str, right: bool) -> None:
    """Longer and shorter forms of a name are right, another first name is not."""
    assert right_name(given, [answer]) is right


def test_the_gold_is_whole() -> None:
    """Each line has what the measures need; enough of each sort; no text of an article."""
    sources, identity = gold("sources.jsonl"), gold("identity.jsonl")
    assert sum(bool(row["answers"] or row.get("members")) for row in sources) >= 120 and len(identity) >= 300
    assert all(row["start"] < row["end"] for row in (*sources, *identity))
    assert {key for row in identity for key in row} == {"article", "part", "start", "end", "entity", "kind"}
