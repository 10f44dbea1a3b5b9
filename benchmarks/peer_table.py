"""The table of ``benchmarks.peers``: systems that extract quotations, on the same articles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.markdown import Column, Results, Row, field, table


def peers(results: Results) -> str:
    """The systems compared, on each gold."""
    record = results.read("peers")
    how = f"Commands: see [peers.md](peers.md). Machine: {record['machine']}. Date: {record['date']}."
    return f"{how}\n\n{shown(record['figures'])}"


def shown(rows: Sequence[Row]) -> str:
    """A Markdown table of the rows of ``benchmarks.peers``."""
    kinds: list[Column] = [(kind, _kind(kind)) for kind in ("direct", "indirect", "mixed", "all", "speech")]
    columns: list[Column] = [
        ("articles", field("gold")), ("system", field("system")), ("errors", _errors), *kinds,
        ("speaker, direct", _speaker("direct")), ("speaker, all", _speaker("named")), ("no name", _unnamed),
        ("s", field("seconds", ",.1f")),
    ]  # fmt: skip
    return table(columns, rows)


def _errors(row: Row) -> str:
    return f"{row['errors']} of {row['articles']}"


def _kind(kind: str) -> Callable[[Row], str | None]:
    """A function to the F1 of exact contents, overlapping contents, and content with source."""

    def cell(row: Row) -> str | None:
        found = row["kinds"].get(kind)
        return " / ".join(f"{found[measure]:.1f}" for measure in ("exact", "overlap", "both")) if found else None

    return cell


def _speaker(group: str) -> Callable[[Row], str | None]:
    """A function to the percentages of right and wrong names, of the quotations whose speaker the article names."""

    def cell(row: Row) -> str | None:
        return " / ".join(_percentages(row, group, ("right", "wrong"))) if row["speakers"] else None

    return cell


def _unnamed(row: Row) -> str | None:
    return _percentages(row, "unnamed", ("wrong",))[0] if row["speakers"] else None


def _percentages(row: Row, group: str, outcomes: Sequence[str]) -> list[str]:
    counts: dict[str, Any] = row["speakers"][group]
    return [f"{100 * counts.get(one, 0) / max(1, counts['quotations']):.1f}" for one in outcomes]
