"""The same words on several occasions."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotetrack.cluster.occasions import Appeared, occasions
from quotetrack.jobs.refresh import refresh
from quotetrack.model import Article, Speaker
from quotetrack.read.claims import claim_facts
from quotetrack.report.site import write_site
from quotetrack.store import Store
from tests.conftest import said

WORDS = "“We will not sell a single acre of the salt meadows to any developer from the mainland.”"
OWN = (
    "\n\nThe council met for six hours in the old customs hall. The ferry left the quay at noon with sixty passengers. "
    "Inspectors had cleared the vessel for service only two days before. A second tug was sent from the naval harbour."
)


class Print(NamedTuple):
    """A printing of ``WORDS`` by an outlet on a day of March 2031 or later, or without a date."""

    outlet: str
    published: str | None
    own: str = ""


def claims(store: Store, *printed: Print) -> list[tuple[str | None, int, int]]:
    """First printing, number of articles and number of repeats of each claim, in order of time."""
    for number, one in enumerate(printed):
        text = f"{WORDS} Ruth Vale said in edition {number}.{one.own}"
        article = Article(text, url=f"https://p.example/{number}", outlet=one.outlet, published=one.published)
        store.put([(article, [said(article, WORDS, source="Ruth Vale", speaker=Speaker("Ruth Vale", "person"))])], "m")
    refresh(store)
    return sorted((one.first, one.articles, len(one.repeats)) for one in claim_facts(store).values())


FIRST = [Print("Post", "2031-03-01"), Print("Echo", "2031-03-02")]


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ([Print("Post", "2031-04-10"), Print("Echo", "2031-04-11")], [("2031-03-01", 2, 1), ("2031-04-10", 2, 1)]),
        ([Print("Post", "2031-04-10")], [("2031-03-01", 3, 0)]),
        ([Print("Post", "2031-03-08"), Print("Echo", "2031-03-09")], [("2031-03-01", 4, 0)]),
        (
            [Print("Post", "2031-04-10"), Print("Echo", "2031-04-11"), Print("Bell", "2031-05-20")],
            [("2031-03-01", 2, 1), ("2031-04-10", 3, 1)],
        ),
        ([Print("Post", "2031-04-10", OWN), Print("Echo", "2031-04-11", OWN)], [("2031-03-01", 4, 0)]),
    ],
    ids=["two reports", "a single report", "within days", "and a report later", "copies of one report"],
)
def test_a_burst_of_independent_reports_is_another_occasion(
    store: Store, later: list[Print], expected: list[tuple[str, int, int]]
) -> None:
    """Words that two independent reports print again after more than 7 days are another claim, linked to the first; a single
    later report, or copies of one, belong to the first."""
    assert claims(store, *FIRST, *later) == expected


def test_a_copy_of_an_earlier_article_belongs_to_its_occasion(store: Store) -> None:
    """An article printed again weeks later reports the first occasion, also beside another report of that week."""
    first = [Print("Post", "2031-03-01", OWN), Print("Echo", "2031-03-02")]
    again = [Print("Bell", "2031-04-10", OWN), Print("Tide", "2031-04-11")]
    assert claims(store, *first, *again) == [("2031-03-01", 4, 0)]


def test_the_page_names_the_other_occasion(store: Store, tmp_path: Path) -> None:
    """Each occasion is a claim with a page of its own, which links to the other with the date of its first printing."""
    claims(store, *FIRST, Print("Post", "2031-04-10"), Print("Echo", "2031-04-11"))
    write_site(store, tmp_path)
    pages = {p.name: p.read_text("utf-8") for p in (tmp_path / "claims").iterdir()}
    assert len(pages) == 2
    for name, page in pages.items():
        assert page.count("Said again on another occasion") == 1
        [(other, day)] = re.findall(r'claims/([0-9a-f]+\.html)">(2031-\d\d-\d\d)</a>', page)
        assert other in pages and other != name and f'First printed</dt><dd><time datetime="{day}"' in pages[other]


@given(
    st.dictionaries(
        st.text("abcdef", min_size=1, max_size=3),
        st.builds(Appeared, st.none() | st.integers(0, 60), st.sampled_from(["r1", "r2", "r3", "r4"])),
        min_size=1,
    )
)
def test_occasions_divide_all_quotations_whatever_their_order(printed: dict[str, Appeared]) -> None:
    """Each quotation is in exactly one occasion, and the order of the quotations does not matter."""
    found = occasions(printed)
    assert sorted(one for part in found for one in part) == sorted(printed)
    assert all(found) and found == occasions(dict(reversed(list(printed.items()))))


POSITION = "the council wanted a ban on every trawler that fishes inside the outer reef"


@pytest.mark.parametrize(("kind", "expected"), [("direct", 1), ("indirect", 2)])
def test_reported_positions_are_not_one_utterance_for_ever(store: Store, kind: str, expected: int) -> None:
    """Equal reported speech months apart is two claims, because a position is reported again; equal verbatim words are one."""
    content = f"“{POSITION}”" if kind == "direct" else POSITION
    for number, published in enumerate(("2031-03-01", "2031-06-01")):
        article = Article(f"Ruth Vale said {content} in edition {number}.", f"P{number}", published=published)
        quotation = said(article, content, source="Ruth Vale", speaker=Speaker("Ruth Vale", "person"), kind=kind)
        store.put([(article, [quotation])], "m")
    refresh(store)
    assert len(claim_facts(store)) == expected
