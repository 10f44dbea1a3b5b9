"""An entity goes on only where it began, and ends only where it was."""

from __future__ import annotations

import pytest
import torch
from training.whole_names import NEVER, forbid, may_follow


@pytest.mark.parametrize(
    ("tag", "other", "may"),
    [
        ("B-Person", "E-Person", True),
        ("B-Person", "I-Person", True),
        ("I-Person", "E-Date", False),
        ("B-Person", "O", False),
        ("O", "S-Date", True),
        ("E-Date", "B-Person", True),
        ("O", "I-Date", False),
        ("S-Date", "E-Date", False),
        ("<ROOT>", "O", True),
    ],
)
def test_steps(tag: str, other: str, may: bool) -> None:
    """BIOES tags in their order; what is no tag is left alone."""
    assert may_follow(tag, other) is may


def test_only_the_impossible_is_forbidden() -> None:
    """The scores that training found for all other steps stay."""
    units = ["<PAD>", "O", "B-Date", "E-Date"]
    steps = torch.ones(4, 4)
    forbid({"vocab": {"tag": {"_id2unit": {0: units}}}, "model": {"crits.0._transitions": steps}})
    assert [(units[a], units[b]) for a, b in torch.nonzero(steps == NEVER).tolist()] == [
        ("O", "E-Date"),
        ("B-Date", "O"),
        ("B-Date", "B-Date"),
        ("E-Date", "E-Date"),
    ]
    assert set(steps.flatten().tolist()) == {1.0, NEVER}
