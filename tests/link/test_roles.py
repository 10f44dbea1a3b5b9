"""Roles made comparable, over time, and at a date."""

from __future__ import annotations

import pytest

from quotetrack.link.fields import fields
from quotetrack.link.roles import role_key
from quotetrack.link.timeline import role_now, role_then, timeline


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Syrian President", "President of Syria"),
        ("captain of the Marisol", "the Marisol's captain"),
        ("British prime minister", "Prime Minister of the United Kingdom"),
        ("Sen.", "senator"),
        ("South Korean president", "president of South Korea"),
    ],
)
def test_one_role_in_two_wordings(one: str, other: str) -> None:
    """Word order, adjectives of places and short titles make no other role."""
    assert role_key(one) == role_key(other)


def test_former_acting_elect_stay() -> None:
    """What a person no longer or not yet is, is another role."""
    assert {role_key(r).status for r in ("President", "former President", "acting President", "President-elect")} == {
        "", "former", "acting", "elect",
    }  # fmt: skip


def test_fields() -> None:
    """The head tells; what it governs does not."""
    assert fields("striker") == {"sport"} and fields("spokesman for the bishop") == frozenset()


def test_timeline_groups_and_dates() -> None:
    """Wordings of one role come together with the dates of all; a bare title goes with the only office it can be."""
    held = timeline(
        [
            ("Syrian President", "2026-01-01", "2026-02-01", 3),
            ("President of Syria", "2026-03-01", "2026-03-01", 1),
            ("President", "2025-12-01", "2026-01-05", 2),
            ("former doctor", "2026-01-01", "2026-01-01", 1),
        ]
    )
    assert [(h.role, h.first, h.last, h.mentions) for h in held] == [
        ("Syrian President", "2025-12-01", "2026-03-01", 6),
        ("former doctor", "2026-01-01", "2026-01-01", 1),
    ]
    assert role_then(held, [], "2026-02-10") == "Syrian President"
    assert role_then(held, [], "2027-01-01") is None
    assert role_then(held, [("exile", "2026-12", None)], "2027-01-01") == "exile"


def test_the_role_beside_a_name() -> None:
    """An office that articles of late print most often; a clause only where there is no office."""
    clause = ("chaired Northgate until it closed", "2026-05-12", "2026-05-12", 9)
    chairman = ("chairman", "2026-05-02", "2026-05-05", 3)
    winner = ("winner of the rowing cup", "2026-06-01", "2026-06-01", 1)
    assert role_now(timeline([clause, chairman, winner])) == "chairman"
    assert role_now(timeline([clause, chairman, ("auditor", "2020", "2025-01", 40)])) == "chairman"
    assert role_now(timeline([chairman, ("minister", "2026-05-06", "2026-07-01", 3)])) == "minister"
    assert role_now(timeline([chairman, ("former auditor", "2026-05-06", "2026-05-06", 3)])) == "chairman"
    assert role_now(timeline([clause])) == clause[0]
    assert role_now(timeline([chairman, ("Banking Oversight Office", "2026-05-20", "2026-05-20", 5)])) == "chairman"
    assert (
        role_now(
            timeline([("CHAIRWOMAN", "2026-05-20", "2026-05-20", 5), ("chairwoman", "2026-05-19", "2026-05-19", 1)])
        )
        == "chairwoman"
    )
    assert role_now(timeline([("chairman", None, None, 1)])) == "chairman"
    assert role_now(timeline([("minister", "2026-02-30", "2026-02-30", 9), chairman])) == "chairman"
    assert role_now([]) is None


def test_a_relation_is_not_the_role_beside_a_name() -> None:
    """A single noun that is no occupation, such as ``rival``, is shown only if every other role is former or much rarer."""
    rival = ("Rival", "2026-02-11", "2026-09-30", 40)
    assert (
        role_now(timeline([rival, ("presidential candidate", "2026-01-04", "2026-08-31", 6)]))
        == "presidential candidate"
    )
    assert (
        role_now(timeline([rival, ("director of Calder Water", "2026-01-04", "2026-08-31", 5)]))
        == "director of Calder Water"
    )
    assert role_now(timeline([rival, ("former senator", "2026-01-04", "2026-08-31", 6)])) == "Rival"
    assert role_now(timeline([rival, ("senator", "2020", "2025-01", 90)])) == "Rival"
    assert role_now(timeline([rival, ("winner of the race", "2026-08-31", "2026-08-31", 1)])) == "Rival"
    assert role_now(timeline([rival])) == "Rival"
