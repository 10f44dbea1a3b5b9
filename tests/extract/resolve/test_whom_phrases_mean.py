"""Phrases without an article, descriptions that come before the name, and pronouns behind a fronted name or ``the latter``."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotetrack.model import Quotation

Extract = Callable[[str], list[Quotation]]

NAMED = {
    "a phrase without an article": (
        "The mayor of Ostrava Bay, Lene Corvin, met the fishermen on Monday. Nobody left early.\n\n"
        "Talks will go on until the end of the month, mayor said.",
        "Talks will go on",
        "Lene Corvin",
    ),
    "an office behind its country": (
        "Taro Velm, foreign minister of Merland, landed in Port Selby on Sunday.\n\n"
        "Merland's foreign minister said that the talks would last two days.",
        "two days",
        "Taro Velm",
    ),
    "the fronted name": (
        "Runner Mika Solberg said the hill was the worst of it. “I saw stars,” Solberg said.\n\n"
        "For Aron Petty, he said, the trouble was the wind.",
        "the trouble was the wind",
        "Aron Petty",
    ),
    "the fronted name behind as for": (
        "Swimmer Lotte Krom was first. “It was dark,” Krom said.\n\nAs for Henk Moll, he said the cold was worse.",
        "cold was worse",
        "Henk Moll",
    ),
    "the latter speaks on": (
        "Deputy mayor Otto Brahm and the engineer Karl Fenn came to the dam. The latter denounced what he called a cheap wall. "
        "He said that the stones were loose.",
        "stones were loose",
        "Karl Fenn",
    ),
    "a rank in capitals": (
        "Detective Sergeant Imke Vale searched the barn on Friday.\n\nDS Vale said that two clocks were missing.",
        "two clocks",
        "Imke Vale",
    ),
}
OPEN = {
    "whose lawyer it is": (
        "Harald Quist was in court on Monday. Quist's lawyer said that the case was closed.",
        "case was closed",
        "Harald Quist",
    ),
    "a judge further down": (
        "Judge Petra Lorne heard the case of the harbour in March. The pier was closed, and the boats stayed where they were all summer. "
        "Nobody came.\n\nLorne said that it was late. The town waited for a word of the court, week after week.\n\n"
        "The letters went to another town.\n\nThere a judge said that the pier had to open.",
        "had to open",
        "Petra Lorne",
    ),
    "several agencies": (
        "Calder Talent and Northstar Agency sent a letter on Friday. The agencies said that the wedding would be private.",
        "wedding would be private",
        "Calder Talent",
    ),
}


@pytest.mark.parametrize("case", NAMED)
def test_whom_the_phrase_or_the_pronoun_means(quotations: Extract, case: str) -> None:
    """The source stands for the person the article plainly means."""
    text, part, name = NAMED[case]
    assert [q.speaker.name if q.speaker else None for q in quotations(text) if part in q.text] == [name]


@pytest.mark.parametrize("case", OPEN)
def test_who_is_not_meant(quotations: Extract, case: str) -> None:
    """Somebody else without a name speaks, so the person nearby is not named as the speaker."""
    text, part, name = OPEN[case]
    found = [q for q in quotations(text) if part in q.text]
    assert found
    assert all(q.speaker is None or q.speaker.name != name for q in found)
