"""Options that several commands share, and the console they print to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

Database = Annotated[Path, typer.Option("--db", envvar="QUOTETRACK_DB", help="The database file.", show_default=True)]
ModelDirectory = Annotated[
    Path | None,
    typer.Option(
        "--model-dir", envvar="QUOTETRACK_MODEL_DIR", help="A folder of Stanza models instead of the embedded ones."
    ),
]
Package = Annotated[
    str | None, typer.Option("--package", envvar="QUOTETRACK_PACKAGE", help="The package of Stanza models to load.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]
DEFAULT_DATABASE = Path("quotetrack.duckdb")

console = Console(highlight=False)
notes = Console(stderr=True, highlight=False)


def print_json(value: Any) -> None:
    """Print ``value`` as indented JSON, dataclasses anywhere in it as objects; docs/commands.md lists the keys of each."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: Any) -> Any:
    """One level of a value that JSON has no form for; what it holds comes back here."""
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return value.isoformat() if isinstance(value, date) else str(value)


@contextmanager
def progress(what: str) -> Iterator[Any]:
    """A progress bar on a terminal's standard error; yields ``update(done, total)``."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    if not notes.is_terminal:
        yield lambda done, total: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=notes, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
