"""Marks that came escaped or misread."""

from __future__ import annotations

import pytest

from quotetrack.text.repair import repaired


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("&ldquo;We go,&rdquo; it&rsquo;s said.", "“We go,” it’s said."),
        ("&#8220;We go&#8221; AT&amp;T", "“We go” AT&T"),
        ("â€œWe goâ€\x9d â€“ itâ€™s said.", "“We go” – it’s said."),
        ("â€œWe go,â€ said Vale.", "“We go,” said Vale."),
        ("cafÃ© in Mere", "café in Mere"),
    ],
)
def test_damage_is_undone(damaged: str, whole: str) -> None:
    """Entities and UTF-8 read as Windows-1252, a lost last byte included."""
    assert repaired(damaged) == whole


@pytest.mark.parametrize(
    "text", ["“We go,” R&D said; AT&T &c.", "CAFÉ» et Âge", "naïve façade – ‘ok’", "&nosuch; &#0;"]
)
def test_sound_text_stays(text: str) -> None:
    """What is no damage is kept character for character."""
    assert repaired(text) == text
