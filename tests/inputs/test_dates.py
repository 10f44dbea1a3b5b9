"""Dates to ISO 8601, no more precise than the outlet gave them."""

import pytest

from quotetrack.inputs.metadata import iso_date


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("2026-03-02", "2026-03-02"),
        ("2026-03-02T08:15:00Z", "2026-03-02T08:15:00+00:00"),
        ("Mon, 02 Mar 2026 08:15:00 GMT", "2026-03-02T08:15:00+00:00"),
        ("March 2, 2026 8:15 am", "2026-03-02T08:15:00"),
        ("13/02/2026", "2026-02-13"),
        ("March 2026", "2026-03"),
        ("2026", "2026"),
        ("1772438400", "2026-03-02T08:00:00+00:00"),
        ("1772438400000", "2026-03-02T08:00:00+00:00"),
    ],
)
def test_dates_as_outlets_print_them(printed: str, expected: str) -> None:
    """Every usual form of a date is understood, and what it leaves open stays open."""
    assert iso_date(printed) == expected


@pytest.mark.parametrize("printed", [None, "", "soon", "10:15", "Monday 10:15", "12 March", "03/02/2026", "9" * 400])
def test_no_date_is_guessed(printed: str | None) -> None:
    """A date without a year, or one whose day and month could be swapped, is unknown; today's date fills nothing in."""
    assert iso_date(printed) is None


def test_a_zone_nobody_knows_costs_the_time_only() -> None:
    """A time in a zone that cannot be placed is dropped; the day stays."""
    assert iso_date("2026-03-02 08:15 XYZT") == "2026-03-02"
