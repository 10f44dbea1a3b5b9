"""Small articles of many kinds with known speakers, to measure how many quotations are found and how many names are
wrong.

The articles were written before anything was run on them. In ``behalf-5`` of ``cases.jsonl`` two expectations were
corrected afterwards, because its text leaves open who speaks. ``variations.jsonl`` has the same kinds of sentence in other
words. It was written in three parts, each after the code had been changed for the part before. In their first runs 207 of
232 expectations were met and 10 were wrong, then 84 of 93 and 5 (``more-…``), then 37 of 49 and 6 (``third-…``). Two
expectations of the first part were corrected afterwards: the questions of ``qa-1`` are the newspaper's, and a sum in
``new-3`` is no statement. Fix the kind of sentence, not a single case. Raise the limits when the figures improve, and
mention it in the changelog if you lower them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from quotetrack.extract import extract
from quotetrack.model import Article, Speaker
from quotetrack.parse.pipeline import Parser
from quotetrack.text.repair import repaired
from tests.conftest import said
from tests.extract.judging import Case, folded, judge, read_cases

# For each file the least share of expectations met and the greatest share of wrong ones.
FLOORS = {"cases.jsonl": (0.92, 0.026), "variations.jsonl": (0.94, 0.011)}


def cases_of(name: str) -> list[Case]:
    """Return the cases of a file in this folder."""
    return read_cases(Path(__file__).with_name(name))


@pytest.mark.parametrize("name", FLOORS)
def test_the_cases_are_what_they_say(name: str) -> None:
    """Each case has a unique name, and its expected contents occur in its text."""
    cases = cases_of(name)
    assert len({case.id for case in cases}) == len(cases) >= 80
    for case in cases:
        for entry in [*case.expect, *case.must_not]:
            assert "content" not in entry or folded(entry["content"]) in folded(case.text), case.id
    assert len({case.phenomenon for case in cases}) > 35


@pytest.mark.parametrize("name", FLOORS)
def test_figures_hold(parser: Parser, name: str) -> None:
    """The share of expectations met and the share of wrong names stay within the limits; failures are listed."""
    cases = cases_of(name)
    least_met, most_wrong = FLOORS[name]
    parses = parser.parse_all([repaired(case.text) for case in cases])
    verdicts = [(case, judge(case, extract(parsed))) for case, parsed in zip(cases, parses, strict=True)]
    expected = sum(len(case.expect) for case in cases)
    met, wrong = (sum(getattr(verdict, figure) for _, verdict in verdicts) for figure in ("met", "wrong"))
    failures = "\n".join(f"{case.id}: {'; '.join(verdict.problems)}" for case, verdict in verdicts if verdict.problems)
    assert met >= least_met * expected, f"{met} of {expected} met\n{failures}"
    assert wrong <= most_wrong * expected, f"{wrong} of {expected} wrong\n{failures}"


ARTICLE = Article("“It pours,” Ms. Thorne said. Bela Kiss said it rains.")
THORNE = Speaker("Agnes Thorne", "person")


@pytest.mark.parametrize(
    ("expected", "met", "wrong"),
    [
        (
            {"content": "It pours", "speaker": "Agnes Thorne", "kind": "direct", "stance": "stated", "type": "person"},
            1,
            0,
        ),
        ({"content": "it POURS"}, 1, 0),
        ({"content": "It pours", "speaker": "Bela Kiss"}, 0, 1),
        ({"content": "It pours", "speaker": "Agnes"}, 0, 0),
        ({"content": "It pours", "speaker": None}, 0, 1),
        ({"content": "It pours", "kind": "indirect"}, 0, 0),
        ({"content": "it rains", "speaker": None}, 1, 0),
        ({"content": "it rains", "speaker": "Bela Kiss"}, 0, 0),
        ({"content": "it snows"}, 0, 0),
    ],
)
def test_the_judge(expected: dict[str, str | None], met: int, wrong: int) -> None:
    """Another person's name is wrong; a missing name or quotation, a part of the name or another kind is only not met."""
    found = [
        said(ARTICLE, "“It pours,”", source="Ms. Thorne", speaker=THORNE),
        said(ARTICLE, "it rains", source="Bela Kiss", kind="indirect"),
    ]
    verdict = judge(Case("one", "", ARTICLE.text, [expected], []), found)
    assert (verdict.met, verdict.wrong, not verdict.problems) == (met, wrong, bool(met))


def test_what_must_not_be_found() -> None:
    """A forbidden quotation counts as wrong only if it is stated, not if it is denied or asked."""
    forbidden = [{"content": "It pours", "speaker": "Agnes Thorne"}]
    for stance, wrong in (("stated", 1), ("denied", 0), ("asked", 0)):
        found = [said(ARTICLE, "“It pours,”", source="Ms. Thorne", speaker=THORNE, stance=stance)]
        assert judge(Case("one", "", ARTICLE.text, [], forbidden), found).wrong == wrong
    assert judge(Case("one", "", ARTICLE.text, [], [{"content": "It pours", "speaker": "Bela Kiss"}]), found).wrong == 0
