"""How a wording differs from the one shown, and whether that turns its sense."""

from __future__ import annotations

import re

import pytest

from quotetrack.cluster.variants import Wording, variant

SHOWN = "“We will not sell a single acre of the salt meadows to any developer,”"


@pytest.mark.parametrize(
    ("other", "kind", "expected", "turned"),
    [
        (SHOWN, "direct", "identical", False),
        ("'we will not sell a single acre of the salt meadows to any developer.'", "direct", "marks", False),
        ("“not sell a single acre of the salt meadows”", "direct", "truncated", False),
        ("“We will not sell … the salt meadows to any developer”", "direct", "ellipsis", False),
        ("“We will not sell a single acre of the [protected] salt meadows to any developer”", "direct", "insertion", False),
        ("“We will not sell a single acre of the salt meadows to any builder at all”", "direct", "altered", False),
        ("“We will not sell a single inch of the salt meadows to any developer”", "direct", "altered", False),
        ("“We will sell a single acre of the salt meadows to any developer”", "direct", "altered", True),
        ("“We won't sell a single acre of the salt meadows to any developer”", "direct", "altered", False),
        ("“We will never sell a single acre of the salt meadows to any developer”", "direct", "altered", False),
        ("“We will not sell 40 acres of the salt meadows to any developer”", "direct", "altered", True),
        ("“We will not sell a single acre of the salt meadows to any developer. Never,”", "direct", "longer", False),
        ("they would not sell an acre of the salt meadows", "indirect", "paraphrase", False),
        ("they would sell a single acre of the salt meadows", "indirect", "paraphrase", True),
        ("the council would not part with “a single acre of the salt meadows”", "mixed", "paraphrase", False),
        ("the council would not part with “a single inch of the salt meadows”", "mixed", "altered", False),
        ("they vowed: “We will not sell a single acre of the salt meadows to any developer” ever", "mixed", "marks", False),
        ("“a single acre of the salt meadows to any developer” by Monday", "mixed", "truncated", False),
        ("We will not sell a single acre of the “salt meadows to any developer” by Monday", "mixed", "paraphrase", False),
        ("“the salt meadows to any developer, and we will say so at every single meeting”", "direct", "excerpt", False),
        ("“Thirty years went by without one decent offer from their lawyers in the city”", "direct", "excerpt", False),
        ("“We will not sell” […] “to any developer”", "direct", "excerpt", False),
        ("“We will not sell” […] “the meadows to any developer”", "direct", "altered", False),
        ("“We will not sell a single” […] “acre of the salt meadows to any developer”", "direct", "marks", False),
    ],
)  # fmt: skip
def test_type_and_sense(other: str, kind: str, expected: str, turned: bool) -> None:
    """Each kind of drift has its name; a dropped or added not, or another number, is flagged, another word is not."""
    verbatim = re.findall("“.*?”", other) if kind == "mixed" else []
    assert variant(Wording.of(SHOWN, "direct"), Wording.of(other, kind, verbatim)) == (expected, turned)


def test_pieces_are_no_ellipsis() -> None:
    """What stands between the pieces of an interrupted quotation is ours and hides no words."""
    parted = "“We will not sell,” […] “a single acre of the salt meadows”"
    assert variant(Wording.of(SHOWN, "direct"), Wording.of(parted, "direct")) == ("truncated", False)


@pytest.mark.parametrize(
    ("shown", "other", "turned"),
    [
        ("The wall stood like a fortress in the bay", "The wall stood unlike a fortress in the bay", True),
        ("The crews trusted the board from the start", "The crews distrusted the board from the start", True),
        ("The terms were formal and public to us", "The terms were informal and public to us", True),
        ("Only 1 in 3 boats was insured last year", "Only one-in-three boats was insured last year", False),
        ("Only one in three boats was insured last year", "Only one in four boats was insured last year", True),
        ("We lost 1,500 crates on the 3rd of May", "We lost fifteen hundred crates on the third of May", False),
        ("We lost 25 percent of the catch in May", "We lost twenty-five per cent of the catch in May", False),
        ("It cost 2 million crowns to mend the quay", "It cost 3 million crowns to mend the quay", True),
        ("We told the crews not to forget the storm", "We told the crews to never forget the storm", False),
        ("Troops not to forget the lessons of the storm", "To never forget the lessons of the storm", False),
        (
            "We did not sell the boat and we will rent the quay",
            "We did sell the boat and we will not rent the quay",
            True,
        ),
        ("Each one of the crews knew the risk", "Each of the crews knew the risk", False),
        ("There were four crews on the quay by noon", "There were crews on the quay by noon", False),
        ("The barge was safe to board at low tide", "The barge was unsafe to board at low tide", True),
        ("We kept the crates inside the shed by the quay", "We kept the crates by the side of the quay", False),
        (
            "The ferry will sail unless the wind drops by noon",
            "The ferry will sail less if the wind drops by noon",
            False,
        ),
        ("There is evidence that the wall was cracked", "There is no evidence that the wall was cracked", True),
        ("Every crew was told about the cracked wall", "No crew was told about the cracked wall", True),
    ],
)
def test_senses_are_compared_by_value(shown: str, other: str, turned: bool) -> None:
    """A negating prefix and another number are flagged; the same number in words, digits or with separators is not."""
    assert variant(Wording.of(shown, "direct"), Wording.of(other, "direct"))[1] is turned


@pytest.mark.parametrize(
    ("shown", "other"),
    [
        (
            "it wouldn't happen if crews keep on sailing for the cheap charter firms of the mainland",
            "crews shouldn't keep on sailing for the cheap charter firms of the mainland",
        ),
        (
            "I never saw the plan. Okay? Wouldn't matter, I never saw it",
            "I never saw the plan. I never saw the plan",
        ),
        (
            "A lot of things went wrong in that harbour. They both left me and the crew. They had the only boat",
            "But I know they left with the boat. A lot of things went wrong, but I can't remember how they left the crew",
        ),
        (
            "More than 300 people work on these new ferries, such as the Heron, used by around 80 crews in the north",
            "The firm will thus have 13 ferries, including the Heron, used by around 80 crews in the north, that are not new",
        ),
    ],
    ids=["moved", "another clause", "another part", "other things"],
)
def test_only_aligned_words_turn_a_statement(shown: str, other: str) -> None:
    """A negation or number in another part of the statement, in another clause or made up for nearby is not flagged."""
    assert not variant(Wording.of(shown, "direct"), Wording.of(other, "direct"))[1]


@pytest.mark.parametrize(
    ("number", "another", "turned"),
    [
        ("1,512 crates", "1,500 crates", False),
        ("about 48 boats", "50 boats", False),
        ("48 boats", "50 boats", True),
        ("about 48 boats", "about 60 boats", True),
        ("1.5 million crowns", "1,500,000 crowns", False),
        ("1.5 million crowns", "1.6 million crowns", True),
        ("8 kilometres", "5 miles", False),
        ("25 per cent", "30 percent", True),
        ("5, 7 and 9 boats", "5 boats", False),
        ("40 boats", "a single boat", True),
        ("a dozen boats", "12 boats", False),
        ("in 2019", "in 2020", True),
        ("two hundred boats", "two thousand boats", True),
        ("3 boats", "boats", False),
        ("$4 million", "£3 million", False),
        ("$4 million", "$3 million", True),
    ],
)
def test_another_value_of_the_same_number_is_flagged(number: str, another: str, turned: bool) -> None:
    """Numbers are compared if what they count is the same; rounded numbers, other units and lists are not flagged."""
    frame = "the storm of that winter took {} from the quay of the old town"
    shown, other = frame.format(number), frame.format(another)
    assert variant(Wording.of(shown, "direct"), Wording.of(other, "direct"))[1] is turned
