"""Result files of the benchmarks, and Markdown tables of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from quotetrack.errors import UsageError

RESULTS = Path(__file__).resolve().parent / "results"
MISSING = "–"

Row = Mapping[str, Any]
Column = tuple[str, Callable[[Row], Any]]


class Results:
    """The result files of a folder, read by name.

    >>> Results().figures("claims-one")["articles"]
    7
    """

    def __init__(self, folder: Path = RESULTS) -> None:
        self.folder = folder
        self.used: set[str] = set()

    def read(self, name: str) -> dict[str, Any]:
        """The record ``name``: what was run, where, when, and ``figures``.

        Raises ``UsageError`` where a file is missing or broken.
        """
        content = self._load(name)
        return content if is_record(content) else {**self._load(f"{name}.about"), "figures": content}

    def figures(self, name: str) -> Any:
        """The figures of the record ``name``."""
        content = self._load(name)
        return content["figures"] if is_record(content) else content

    def _load(self, name: str) -> Any:
        path = self.folder / f"{name}.json"
        self.used.add(path.name)
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise UsageError(f"{path} is missing; write it by running the benchmark with --json.") from None
        except ValueError as error:
            raise UsageError(f"{path} is not JSON: {error}.") from None


def is_record(content: Any) -> bool:
    """Whether the content of a file has its command, machine and date with the figures."""
    return isinstance(content, dict) and "figures" in content


def caption(record: Row) -> str:
    """One line that says how, where and when a table was measured."""
    parts = [f"Command: `{record['command']}`." if "command" in record else f"Method: {record['method']}."]
    if "machine" in record:
        parts.append(f"Machine: {record['machine']}.")
    return " ".join([*parts, f"Date: {record['date']}."])


def table(columns: Sequence[Column], rows: Sequence[Row]) -> str:
    """A Markdown table of ``rows``. A column without any value is left out; a single missing value is shown as a dash."""
    cells = {title: [value(row) for row in rows] for title, value in columns}
    kept = {title: values for title, values in cells.items() if any(value is not None for value in values)}
    lines = ["| " + " | ".join(kept) + " |", "|" + "---|" * len(kept)]
    for number in range(len(rows)):
        shown = (MISSING if values[number] is None else str(values[number]) for values in kept.values())
        lines.append("| " + " | ".join(shown) + " |")
    return "\n".join(lines)


def field(name: str, form: str = "") -> Callable[[Row], str | None]:
    """A function from a row to its field ``name``, formatted; ``None`` where the row has no such field."""
    return lambda row: None if row.get(name) is None else format(row[name], form)


def pair(first: Callable[[Row], Any], second: Callable[[Row], Any]) -> Callable[[Row], str]:
    """A function from a row to two of its values, separated by a slash."""
    return lambda row: f"{first(row)} / {second(row)}"


def measured(record: Row, columns: Sequence[Column], rows: Sequence[Row]) -> str:
    """The caption of a record and a table of its rows."""
    return f"{caption(record)}\n\n{table(columns, rows)}"
