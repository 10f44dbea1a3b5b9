"""The role that a quotation gives its speaker: what the article says of them, whole, and of nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotetrack.model import Quotation
from quotetrack.text.role_nouns import is_role_noun, one_of_several

Extract = Callable[[str], list[Quotation]]

# text, words of the quotation, its speaker, the role (None: the article tells none)
CASES = {
    "an event is no body": (
        "Production grew. This was revealed by the company's Managing Director, Johan Berg, at the launch of the company’s stakeholder report"
        " this week. Production grew by 16%, Berg said.",
        "by 16%", "Johan Berg", "company's Managing Director",
    ),
    "the office of the second of two": (
        "Minister of Planning and International Cooperation Nasser Shir and HARBA Acting Assistant Administrator for the Middle East Bureau"
        " Andrew Plim on Sunday met in Selby. Plim said that the agency would stay.",
        "agency would stay", "Andrew Plim", "HARBA Acting Assistant Administrator for the Middle East Bureau",
    ),
    "the phrase before the comma belongs to the question": (
        "Asked whether he would meet the mayor, Anton Quist said that nobody had asked him to.",
        "nobody had asked him", "Anton Quist", None,
    ),
    "what he talks about is not what he is": (
        "Regarding the Democratic candidate, Anton Quist said that she had done a remarkable job.",
        "remarkable job", "Anton Quist", None,
    ),
    "whom he spoke with is not what he is": (
        "In an interview with the Associated Press, Anton Quist said that the ferry would stay.",
        "ferry would stay", "Anton Quist", None,
    ),
    "subject of the sentence around": (
        "The law would forbid the mayor from selling the pier, Anton Quist said on Monday.",
        "from selling the pier", "Anton Quist", None,
    ),
    "subject of what follows": (
        "After two hours alone with Anton Quist, the prime minister looked tired. Quist said that the talks had been good.",
        "talks had been good", "Anton Quist", None,
    ),
    "subject of what follows, in the plural": (
        "Apart from Ruth Vale, the teachers wanted no names printed. Vale said that the school had been closed for a year.",
        "closed for a year", "Ruth Vale", None,
    ),
    "several in a row": (
        "While Anton Quist, Ines Calloway and Trade Council Chairwoman Ruth Vale waited, the hall filled. "
        "Quist said that the vote would be close.",
        "vote would be close", "Anton Quist", None,
    ),
    "the title of the next": (
        "Among those who came were Anton Quist, Sen. Ruth Vale of Oregon and Gov. Ines Calloway of Ohio. "
        "Quist said that the road was open.",
        "road was open", "Anton Quist", None,
    ),
    "as what": (
        "As chairman of the harbour committee, Anton Quist said that the pier would be sold.",
        "pier would be sold", "Anton Quist", "chairman of the harbour committee",
    ),
    "an elder one": (
        "The elder Halvane said that the shipyard would never be sold.",
        "never be sold", "Halvane", None,
    ),
    "a dash": (
        "PORT SELBY, Ore. - Mayor Ruth Vale said that the bridge would be closed for a month.",
        "closed for a month", "Ruth Vale", "Mayor",
    ),
    "brothers": (
        "Brothers Jon Quist and Anton Quist came late. Jon Quist said that the boat was lost.",
        "boat was lost", "Jon Quist", "Brother",
    ),
    "two senators": (
        "Sens. Ruth Vale and Anton Quist came late. Ruth Vale said that the boat was lost.",
        "boat was lost", "Ruth Vale", "Sen",
    ),
    "two founders": (
        "Ines Calloway and Anton Quist, the firm's co-founders, opened the hall. Quist said that the roof was new.",
        "roof was new", "Anton Quist", "firm's co-founder",
    ),
    "one of several": (
        "One of the family's lawyers, Anton Quist, said that the will had been forged.",
        "had been forged", "Anton Quist", "family's lawyer",
    ),
    "a work between marks": (
        "Ruth Vale, the author of “The Last Ferry,” said that nobody had read it.",
        "nobody had read it", "Ruth Vale", "author",
    ),
    "whom": (
        "Ruth Vale, a Halvane rival whom the party dismissed in May, said that she would stay.",
        "she would stay", "Ruth Vale", "Halvane rival",
    ),
    "by whom what befell the holder": (
        "Ruth Vale, a former governor challenged by Anton Quist 30 years ago, said that she would stay.",
        "she would stay", "Ruth Vale", "former governor",
    ),
    "former, where the parse ends at the title": (
        "Nobody in the hall could match the record of former Oregon Gov. Ruth Vale. Vale said that she would stay.",
        "she would stay", "Ruth Vale", "former Oregon Gov.",
    ),
    "last year": (
        "Last year state Sen. Ruth Vale said that the pier would be sold.",
        "pier would be sold", "Ruth Vale", "state Sen.",
    ),
    "a body with of": (
        "University of Selby historian Ruth Vale said that the letters were a forgery.",
        "letters were a forgery", "Ruth Vale", "University of Selby historian",
    ),
    "a ministry of two fields": (
        "Foreign Trade and Tourism Minister Ruth Vale said that the letters were a forgery.",
        "letters were a forgery", "Ruth Vale", "Foreign Trade and Tourism Minister",
    ),
    "a word with a hyphen": (
        "Two-time champion Ruth Vale said that the race had been too long.",
        "too long", "Ruth Vale", "Two-time champion",
    ),
    "another": (
        "Ruth Vale, another former captain of the ferry, said that the river was too shallow.",
        "too shallow", "Ruth Vale", "former captain of the ferry",
    ),
    "a home is no role": (
        "“The rent is too high,” said Ruth Vale, 55, of Brigantine.",
        "rent is too high", "Ruth Vale", None,
    ),
    "who leads in the polls": (
        "Ruth Vale, who leads in the polls, said that the pier would be sold.",
        "pier would be sold", "Ruth Vale", None,
    ),
    "her brother": (
        "The council heard her brother, Anton Quist, who said that the will had been forged.",
        "had been forged", "Anton Quist", "brother",
    ),
    "an office before a relation": (
        "Senator Ruth Vale spoke first. The mayor then praised his rival Ruth Vale, who said that the pier would be sold.",
        "pier would be sold", "Ruth Vale", "Senator",
    ),
    "the outer of two": (
        "The president of the rowing club and mayor, Anton Quist, said that the river was too shallow.",
        "too shallow", "Anton Quist", "president of the rowing club and mayor",
    ),
    "subject of a clause behind it": (
        "Ruth Vale, the provincial minister at the time the ferry was sold, said that nobody had asked her.",
        "nobody had asked her", "Ruth Vale", "provincial minister at the time",
    ),
    "a list of doctors": (
        "Those who came were Dr. Anton Quist, Director of the Academy of Sciences Dr. Ruth Vale, and the mayor. "
        "Quist said that the road was open.",
        "road was open", "Anton Quist", None,
    ),
    "an age with hyphens": (
        "The prize went to 11-year-old student Ruth Vale. Vale said that the book took her a year.",
        "took her a year", "Ruth Vale", "11-year-old student",
    ),
    "his highness": (
        "His Highness Sheikh Anton Quist said that the port would be built.",
        "port would be built", "Anton Quist", "His Highness Sheikh",
    ),
    "a rank that the parse cuts in two": (
        "“I fundamentally disagree,” said retired Army Lt. Gen. Anton Quist, who served in the north.",
        "fundamentally disagree", "Anton Quist", "retired Army Lt. Gen.",
    ),
    "one of the leaders": (
        "One of the leaders of the dockers in Port Selby, Anton Quist, said that the road was open.",
        "road was open", "Anton Quist", None,
    ),
}  # fmt: skip
# Phrases that look like those above and do say what the speaker is.
LIKE_THEM = {
    "now what": (
        "Now the head of the port, Ruth Vale remembers the strike. Vale said that the river was too shallow for ships.",
        "too shallow", "Ruth Vale", "head of the port",
    ),
    "between commas": (
        "The council voted for the Democratic candidate, Ruth Vale, on Monday. Vale said that the pier would be sold.",
        "pier would be sold", "Ruth Vale", "Democratic candidate",
    ),
    "according to": (
        "According to the minister of ports, Ruth Vale, in this first year forty ships will come.",
        "forty ships will come", "Ruth Vale", "minister of ports",
    ),
    "of somebody named": (
        "Ruth Vale, a spokeswoman for Mayor Anton Quist, said that the pier would be sold.",
        "pier would be sold", "Ruth Vale", "spokeswoman for Mayor Anton Quist",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", [*CASES, *LIKE_THEM])
def test_role(quotations: Extract, case: str) -> None:
    """The role that stands with the speaker, or none."""
    text, part, speaker, role = (CASES | LIKE_THEM)[case]
    (found,) = (q for q in quotations(text) if part in q.text)
    assert found.speaker is not None
    assert (found.speaker.name, found.role.text if found.role else None) == (speaker, role)
    assert found.role is None or text[found.role.start : found.role.end] == role


@pytest.mark.parametrize(
    ("word", "is_so"), [("press", False), ("Yemen", False), ("policemen", True), ("captains", True)]
)
def test_nouns_for_persons(word: str, is_so: bool) -> None:
    """An s and an ending that looks like one make no person."""
    assert is_role_noun(word) is is_so


@pytest.mark.parametrize(
    ("plural", "one"),
    [("senators", "senator"), ("Sens.", "Sen"), ("coaches", "coach"), ("spokesmen", ""), ("secretaries", "")],
)
def test_one_of_several(plural: str, one: str) -> None:
    """The singular is looked for in the plural, since a role is a stretch of its article."""
    assert one_of_several(plural) == one
