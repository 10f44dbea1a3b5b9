"""The extent of reported clauses, and attributions without a verb."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotetrack.model import Quotation

Extract = Callable[[str], list[Quotation]]


def contents(found: list[Quotation]) -> list[str]:
    """Return the content of each quotation."""
    return [" … ".join(span.text for span in quotation.content) for quotation in found]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "The port authority announced it would shut the east quay in May because a storm had damaged the wall, as its engineers had feared.",
            "it would shut the east quay in May because a storm had damaged the wall, as its engineers had feared",
        ),
        (
            "Deputy Ruben Askel said he was alarmed by the toll bridge, which is meant to link the two halves of the town.",
            "he was alarmed by the toll bridge, which is meant to link the two halves of the town",
        ),
        (
            "Coach Dina Orlow said that the club had failed its young players in the spring, when three of them left for Tarnby.",
            "that the club had failed its young players in the spring, when three of them left for Tarnby",
        ),
    ],
)  # fmt: skip
def test_a_content_runs_on_to_the_end_of_its_clause(quotations: Extract, text: str, content: str) -> None:
    """A reported clause includes its subordinate clauses."""
    assert content in contents(quotations(text))


@pytest.mark.parametrize(
    "text",
    [
        "Minister Orla Venn announced that the country would fill the gaps by contracting foreign pilots, prompting criticism in three towns.",
        "The minister announced that the harbour would hire foreign pilots, prompting protests in three towns.",
    ],
)
def test_what_the_article_concludes_is_not_reported(quotations: Extract, text: str) -> None:
    """A participle after a comma that states a consequence is not part of the reported clause."""
    found = contents(quotations(text))
    assert found and all("prompting" not in content for content in found)


@pytest.mark.parametrize(
    ("text", "content", "name"),
    [
        ("The new pier amounts to a cost of $4 million for the town, informed the Ministry of Fisheries.", "The new pier amounts to a cost of $4 million for the town", "Ministry of Fisheries"),
        ("Two sailors drowned during the night off Tarnby, the Coastal Guard of Norland said yesterday, in what the harbour described as an accident.", "Two sailors drowned during the night off Tarnby", "Coastal Guard of Norland"),
        ("Rosa Quill works as a baker. During the trial, Quill added during the storm Brask locked the door.", "during the storm Brask locked the door", "Rosa Quill"),
    ],
)  # fmt: skip
def test_a_verb_of_saying_reports_its_clause(quotations: Extract, text: str, content: str, name: str) -> None:
    """A clause with its own subject before or after a verb of saying is a quotation of the verb's subject."""
    found = dict(zip(contents(quotations(text)), quotations(text), strict=True))
    assert content in found
    speaker = found[content].speaker
    assert speaker is not None and speaker.name == name


@pytest.mark.parametrize(
    ("text", "content", "name"),
    [
        ("Lawyer Marek Tollan spoke in court on Monday. For him, the ministry crossed a line in March.", "the ministry crossed a line in March", "Marek Tollan"),
        ("Analyst Hedda Voss studied the vote. For Voss, the parties have lost the countryside.", "the parties have lost the countryside", "Hedda Voss"),
    ],
)  # fmt: skip
def test_a_sentence_may_open_with_whose_opinion_it_gives(
    quotations: Extract, text: str, content: str, name: str
) -> None:
    """``For him, …`` before a clause that does not mention him introduces his opinion."""
    last = quotations(text)[-1]
    assert contents([last]) == [content]
    assert last.speaker is not None and last.speaker.name == name


@pytest.mark.parametrize(
    "text",
    [
        "Potter Ulla Brandt opened her shop in June. For Brandt, her move to Tarnby has been a relief.",
        "The club won on Sunday. For the first time, the stands were full.",
        "For Tarnby, the harbour brings in a third of all taxes.",
    ],
)
def test_what_happens_to_somebody_is_no_opinion(quotations: Extract, text: str) -> None:
    """``For`` before a time, a place or a person that the clause mentions again introduces no opinion."""
    assert quotations(text) == []
