"""Sentence forms that users of other quotation extractors reported as failing, with the included models.

Names and sentences are invented; only the form is taken from each report.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotetrack.model import Quotation

Extract = Callable[[str], list[Quotation]]


def name(quotation: Quotation) -> str | None:
    return quotation.speaker.name if quotation.speaker else None


def holding(found: list[Quotation], part: str) -> Quotation:
    """Return the quotation whose content contains ``part``."""
    matching = [q for q in found if part in q.text]
    assert len(matching) == 1, [(q.text, name(q)) for q in found]
    return matching[0]


def test_paragraphs_that_reopen(quotations: Extract) -> None:
    """A quotation that re-opens in three paragraphs and closes in the last is one quotation (CoreNLP #1139, textacy
    #382).
    """
    text = (
        "“What we watch is the level of the river,” Baptiste Okoro said. “The upper gauge has dropped but the lower one rises.\n\n"
        "“Until now we could keep the road open (with pumps and patience), but it is close.\n\n"
        "“I ask you to keep off the dyke. I do not want to have to close the bridge next week.”\n\n"
        "Okoro runs the water board."
    )
    found = quotations(text)
    assert len(found) == 1
    assert [s.text[:14] for s in found[0].content] == [
        "“What we watch",
        "“The upper gau",
        "“Until now we ",
        "“I ask you to ",
    ]
    assert found[0].content[-1].text.endswith("next week.”")
    assert (found[0].kind, name(found[0])) == ("direct", "Baptiste Okoro")


def test_reopening_after_a_colon(quotations: Extract) -> None:
    """A quotation after a colon may close in its second paragraph (CoreNLP #1139)."""
    text = 'Sunniva Berg said: "The nets came up empty.\n\n"They came up empty all week."\n\nThe boats stayed in port.'
    found = quotations(text)
    assert [(len(q.content), name(q)) for q in found] == [(2, "Sunniva Berg")]


@pytest.mark.parametrize(
    "text",
    [
        '"We sail at noon," Ruth Vale said. The crew cheered" and went aboard.',
        "“We sail at noon,” Ruth Vale said. The crew cheered” and went aboard.",
        "» “We sail at noon,” Ruth Vale said. The crew cheered and went aboard.",
        "The crew cheered » and went aboard. “We sail at noon,” Ruth Vale said.",
        'The 6" pipe burst. "We sail at noon," Ruth Vale said.',
        'The crew cheered" and went aboard.\n\n"We sail at noon," Ruth Vale said.',
        '"We sail at noon," Ruth Vale said.\n\n"The crew cheered and went aboard.\n\nNobody stayed behind.',
    ],
    ids=["straight", "curly", "stray at the head", "stray inside", "inches", "paragraph before", "paragraph after"],
)
def test_odd_marks(quotations: Extract, text: str) -> None:
    """An odd or stray mark costs neither the article nor its well-formed quotation (textacy #379)."""
    quotation = holding(quotations(text), "sail at noon")
    assert quotation.text.strip('"“”') == "We sail at noon,"
    assert name(quotation) == "Ruth Vale"


def test_description_and_paragraph_break(quotations: Extract) -> None:
    """Both halves of a quotation with a paragraph break before ``he added`` get the described speaker (CoreNLP #905)."""
    text = (
        'Callum Weir, a surgeon, said: "They need a second theatre to keep up.\n\n'
        '"If they do not get one the list will grow," he added.'
    )
    found = quotations(text)
    for part in ("second theatre", "list will grow"):
        assert {name(q) for q in found if part in q.text} == {"Callum Weir"}
    # `he added` stands beside the second half; one quotation of two pieces is as right as two.
    assert sum(len(q.content) for q in found) == 2


def test_named_sentence_then_bare_quotation(quotations: Extract) -> None:
    """A bare quotation after a sentence that reports its subject belongs to that subject (CoreNLP #905)."""
    text = 'Last night Farida Haddad, a member of the council, said she was worried. "What he has done brings the whole town into it."'
    found = quotations(text)
    assert name(holding(found, "she was worried")) == "Farida Haddad"
    assert name(holding(found, "brings the whole town")) == "Farida Haddad"


def test_bare_quotation_after_its_subject(quotations: Extract) -> None:
    """A bare quotation after a sentence about a silent person belongs to that person (CoreNLP #905)."""
    found = quotations("Farida Haddad was not impressed. “We have heard this every spring for ten years.”")
    assert [name(q) for q in found] == ["Farida Haddad"]


def test_nickname_in_marks_as_the_name(quotations: Extract) -> None:
    """A nickname in marks is no quotation, and the quotation before it is found (CoreNLP #1251)."""
    text = "“Last night it was quiet. Tonight, who knows,” said a fisherman who goes by the name “Shorty.”"
    found = quotations(text)
    assert [q.text for q in found] == ["“Last night it was quiet. Tonight, who knows,”"]
    assert found[0].source is not None and found[0].source.text.startswith("a fisherman")


def test_nickname_inside_a_name(quotations: Extract) -> None:
    """A nickname between first name and surname is part of the name (CoreNLP #1251)."""
    found = quotations("“Nobody asked the boats,” said Olaf “Shorty” Brandvold. He walked off.")
    assert [q.text for q in found] == ["“Nobody asked the boats,”"]
    assert name(found[0]) is not None and "Brandvold" in str(name(found[0]))


@pytest.mark.parametrize("dash", [" —", " — ", "\n— ", " - ", " –"], ids=repr)
def test_dash_and_name(quotations: Extract, dash: str) -> None:
    """A dash and a name after a quotation, on the same line or the next, name its speaker (textacy #383)."""
    found = quotations(f"“A harbour without a crane is a beach”{dash}Agnes Thorne")
    assert [(q.text, name(q)) for q in found] == [("“A harbour without a crane is a beach”", "Agnes Thorne")]


@pytest.mark.parametrize("lead", ["And from Chairwoman Agnes Thorne:", "This from Agnes Thorne:", "Agnes Thorne:"])
def test_colon_without_a_verb(quotations: Extract, lead: str) -> None:
    """A name and a colon without a reporting verb name the speaker (textacy #383)."""
    found = quotations(f"The panel met on Monday. {lead} “The report will be public by June.”")
    quotation = holding(found, "public by June")
    assert quotation.kind == "direct" and name(quotation) == "Agnes Thorne"


@pytest.mark.parametrize(
    "text",
    [
        "“The map is wrong,” Thorne, who replaced Anton Ortiz in May, said.",
        "Agnes Thorne, who replaced Anton Ortiz in May, said: “The map is wrong.”",
        "“The map is wrong,” said Agnes Thorne, whose predecessor Anton Ortiz drew it.",
        "Agnes Thorne, speaking after Anton Ortiz had left, said the map is wrong.",
        "Agnes Thorne, the author of “Charts”, who beat Anton Ortiz, told reporters that the map is wrong.",
    ],
)
def test_aside_between_name_and_cue(quotations: Extract, text: str) -> None:
    """A person named in an aside between the speaker and the cue is not the speaker (CoreNLP #905)."""
    quotation = holding(quotations(f"Agnes Thorne chairs the panel.\n\n{text}"), "map is wrong")
    assert name(quotation) == "Agnes Thorne"


def test_canonical_name_for_a_pronoun(quotations: Extract) -> None:
    """The source ``He`` gets the full name from before, and a later surname is the same person (CoreNLP #616)."""
    text = "Tobias Ferreira went to the market. He said: “I want peaches.” Ferreira said there were none."
    found = quotations(text)
    peaches, none = holding(found, "peaches"), holding(found, "none")
    assert peaches.source is not None and peaches.source.text == "He"
    assert (name(peaches), peaches.method) == ("Tobias Ferreira", "pronoun")
    assert (name(none), none.method) == ("Tobias Ferreira", "name")


def test_the_sentence_goes_on_after_a_name_between_commas(quotations: Extract) -> None:
    """The role is the phrase before the name, not the rest of the sentence after it."""
    found = holding(quotations("The party's leader, Ruth Vale, urged members to wait."), "wait")
    assert name(found) == "Ruth Vale"
    assert found.role is not None and found.role.text == "party's leader"
