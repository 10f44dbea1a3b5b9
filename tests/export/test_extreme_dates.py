"""Dates at the ends of what Python can represent."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotetrack.export.formats import FORMATS, export_quotations
from quotetrack.jobs.refresh import refresh
from quotetrack.model import Article, Speaker
from quotetrack.read.filters import Filters, moment_after
from quotetrack.report.site import write_site
from quotetrack.store import Store
from tests.conftest import said

DATES = (
    "0001-01-01", "0001", "0001-01-01T00:00:00Z", "0001-01-01T00:30:00+01:00", "9999-12-31", "9999", "9999-12",
    "9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59-12:00", "0000-01-01",
)  # fmt: skip


@pytest.fixture
def dated(store: Store) -> Store:
    """An article for each date."""
    for number, published in enumerate(DATES):
        article = Article(
            f"“The ferry sails at {number},” said Ruth Vale.", "The Post", published=published, location=f"{number}.txt"
        )
        quotation = said(
            article, f"“The ferry sails at {number},”", source="Ruth Vale", speaker=Speaker("Ruth Vale", "person")
        )
        store.put([(article, [quotation])], "none")
    refresh(store)
    return store


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_can_be_written(dated: Store, tmp_path: Path, name: str) -> None:
    """An article from the first or the last moment does not stop the export of the others."""
    written = export_quotations(dated, tmp_path / "out", Filters(until="9999-12-31"), name)
    assert (
        written.written + written.left_out == len(DATES) - 4
    )  # three have no date that exists, and nothing is after the last microsecond
    assert export_quotations(dated, tmp_path / "all", Filters(), name).written > 0


def test_the_site_can_be_written(dated: Store, tmp_path: Path) -> None:
    """Neither does it stop the report."""
    assert write_site(dated, tmp_path / "site").files


@pytest.mark.parametrize("day", ["9999", "9999-12", "9999-12-31", "9999-12-31T23:59:59.999999Z"])
def test_the_end_of_the_last_year_is_the_last_moment(day: str) -> None:
    """A filter can name the last year; the moment after it cannot be represented."""
    end = moment_after(day)
    assert end is not None and (end.year, end.month, end.day) == (9999, 12, 31)
