"""A whole article with mismatched quotation marks, as in scraped, machine-translated news."""

from __future__ import annotations

from collections.abc import Callable

from quotetrack.model import Quotation

ARTICLE = """In a joint statement, France, Germany and Italy called on Sunday for “calm» in Karesh, adding that the “spiral” of the conflict shows “the urgent need» of a “lasting truce».

Kareshi President Idris Halvane sought help on Sunday after losing the town of Sorin, according to an NGO.

Receiving the head of Talvonia's diplomacy, Mirela Costan, Mr. Halvane stressed “the weight of support from friends to answer attacks by armed bands and stop their plans“. He earlier threatened to resort to “force to break them».

On Wednesday, armed groups took most of the town, according to the Kareshi Observatory for Peace (KOP).

The groups “control the town, with the exception of the old port. For the first time, Sorin is out of government control“, said Rami Taleb, head of the KOP. According to this NGO which relies on a network of sources, at least 41 people have been killed since Wednesday.

«Unless he attacks soon, I don't think the government will be able to retake the town“, Aron Lind, of the Meridian International think tank, told a news agency. The army confirmed on Saturday the presence of fighters in “large parts» of the town.

Rome indicated that “The Santa Chiara College in Sorin was hit by an attack which caused serious damage».
"""
EXPECTED = [
    ("calm", ["France", "Germany", "Italy"], None),
    ("spiral", ["France", "Germany", "Italy"], None),
    ("weight of support", ["Idris Halvane"], "Kareshi President"),
    ("force to break", ["Idris Halvane"], "Kareshi President"),
    ("took most", ["Kareshi Observatory for Peace"], None),
    ("control the town", ["Rami Taleb"], "head of the KOP"),
    ("at least 41", ["Kareshi Observatory for Peace"], None),
    ("Unless he attacks", ["Aron Lind"], "Meridian International think tank"),
    ("Santa Chiara", ["Rome"], None),
]


def test_every_quotation_with_its_speaker_and_role(quotations: Callable[[str], list[Quotation]]) -> None:
    """Every quotation is found with its speaker and, where the text gives one, the role."""
    found = quotations(ARTICLE)
    for part, names, role in EXPECTED:
        matching = [q for q in found if part in q.text]
        assert matching, part
        quotation = matching[0]
        assert quotation.speaker is not None, part
        members = [m.name for m in quotation.speaker.members] or [quotation.speaker.name]
        assert (members, quotation.role.text if quotation.role else None) == (names, role), part
