"""Who may ask the database: reading is one room's work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "quotetrack"


@pytest.mark.parametrize("room", ["cli", "check", "export", "jobs", "report", "evaluate", "serve"])
def test_no_sql_outside_the_rooms_that_own_it(room: str) -> None:
    """The command line, jobs, checks, exports, pages and evaluation take records and run no SQL of their own."""
    files = sorted((PACKAGE / room).rglob("*.py"))
    assert files
    assert [str(f) for f in files if ".execute(" in f.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("room", ["read", "report", "export", "check", "api", "serve"])
def test_decisions_of_people_are_never_passed_by(room: str) -> None:
    """What is shown is read from the views that people's decisions lie over, not from what the machine found."""
    raw = re.compile(r"\b(FROM|JOIN)\s+\(?(quotations|sources)\b|\"(quotations|sources)\", \"(quotation|source)_id\"")
    found = {
        str(f.relative_to(PACKAGE)): raw.findall(f.read_text(encoding="utf-8")) for f in (PACKAGE / room).rglob("*.py")
    }
    assert found and {name: hits for name, hits in found.items() if hits} == {}


def test_quotation_marks_are_looked_for_once() -> None:
    """Where an article's quotation marks stand is worked out when it is analysed and when it is stored; what comes later
    reads it. A text to be checked is no article yet."""
    callers = {
        str(f.relative_to(PACKAGE))
        for f in PACKAGE.rglob("*.py")
        if "quoted_stretches(" in f.read_text(encoding="utf-8") and f.name != "quoted.py"
    }
    assert callers == {"parse/readings.py", "extract/reading.py", "store/fill.py", "check/asked.py", "check/drafts.py"}


@pytest.mark.parametrize("room", ["read", "check", "report", "cli", "serve", "store"])
def test_files_stay_short(room: str) -> None:
    """A file is read in one sitting."""
    lengths = {str(f): len(f.read_text(encoding="utf-8").splitlines()) for f in (PACKAGE / room).rglob("*.py")}
    assert lengths and max(lengths.values()) <= 350
