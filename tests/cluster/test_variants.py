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
        ("There were four crews on the quay by noon", "There were crews on the quay by noon", True),
    ],
)
def test_senses_are_compared_by_value(shown: str, other: str, turned: bool) -> None:
    """A negating prefix and another number are flagged; the same number in words, digits or with separators is not."""
    assert variant(Wording.of(shown, "direct"), Wording.of(other, "direct"))[1] is turned
