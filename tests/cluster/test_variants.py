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
