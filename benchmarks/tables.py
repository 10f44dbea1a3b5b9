"""Rewrite the tables of ``docs/benchmarks.md`` from ``benchmarks/results/*.json``.

    python -m benchmarks.tables

Each table is between ``<!-- table: NAME -->`` and ``<!-- end -->``; the text around it is written by hand. Results
are written by benchmarks with ``--json`` and hold command, machine, date and figures (see ``benchmarks.record``). For
files without these, such as those of ``benchmarks.news``, they are in ``NAME.about.json``.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from benchmarks.markdown import Results
from benchmarks.topics import TABLES
from quotetrack.errors import UsageError

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
BLOCK = re.compile(r"(<!-- table: ([\w-]+) -->\n).*?(<!-- end -->)", re.S)


def rendered(page: str, results: Results) -> str:
    """The page with all tables rewritten. Raises ``UsageError`` for a block with an unknown table."""

    def block(match: re.Match[str]) -> str:
        if match[2] not in TABLES:
            raise UsageError(
                f"docs/benchmarks.md asks for the unknown table '{match[2]}'; see TABLES in benchmarks/topics.py."
            )
        return f"{match[1]}{TABLES[match[2]](results)}\n{match[3]}"

    return BLOCK.sub(block, page)


def main() -> int:
    """Rewrite the page; returns 2 if a result is missing."""
    try:
        page = rendered(PAGE.read_text(encoding="utf-8"), Results())
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    PAGE.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
