"""What an article says of its persons, looked up by the nouns for their roles."""

from __future__ import annotations

from quotetrack.extract.people.register import Register
from quotetrack.extract.roles.facts import Facts
from quotetrack.model import Span
from tests.extract.resolve.conftest import Read


def test_a_role_that_is_added_later_is_found(read: Read) -> None:
    """A role from a speaker label makes the person a holder of it, also if its holders were looked up before; those of other
    roles stay the same.
    """
    reading = read("Mayor Ruth Vale met Anton Lund at the port. Lund brought a letter.")
    facts = Facts(reading, Register(reading))
    vale, lund = facts.register.persons()
    assert (list(facts.holders("mayor")), list(facts.holders("pilot"))) == ([vale], [])
    facts.add_role(lund, Span(0, 5, "chief pilot"))
    assert (list(facts.holders("mayor")), list(facts.holders("pilot"))) == ([vale], [lund])
    facts.add_role(vale, Span(0, 5, "pilot"))
    assert list(facts.holders("pilot")) == [vale, lund]
