"""How extracted speakers are compared with annotated news."""

from __future__ import annotations

import pytest
from benchmarks.news import Row


@pytest.mark.parametrize(
    ("speaker", "outcome"),
    [
        ("Ports and Ferries and Calder Rail", "right"),
        ("Ports and Calder Rail", "wrong"),
        ("Calder Rail and Selby Rail", "wrong"),
    ],
)
def test_joint_speakers_whose_names_contain_and(speaker: str, outcome: str) -> None:
    """A joint speaker is right if it consists of all annotated names, even if one of them contains ``and``."""
    gold = {"speaker": ["Ports and Ferries", "Calder Rail"], "source": None}
    found = {"speaker": {"name": speaker, "type": "joint"}}
    assert Row("a", "", gold, found, "direct", "name").outcome == outcome
