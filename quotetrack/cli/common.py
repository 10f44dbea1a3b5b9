"""Options and output helpers shared by the commands."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

Database = Annotated[Path, typer.Option("--db", envvar="QUOTETRACK_DB", help="Database file.", show_default=True)]
ModelDirectory = Annotated[
    Path | None,
    typer.Option(
        "--model-dir",
        envvar="QUOTETRACK_MODEL_DIR",
        help="Folder of Stanza models to use instead of the built-in ones.",
    ),
]
Package = Annotated[
    str | None, typer.Option("--package", envvar="QUOTETRACK_PACKAGE", help="Package of Stanza models to load.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
_SECONDS = 5.0  # between two lines of progress
DEFAULT_DATABASE = Path("quotetrack.duckdb")

console = Console(highlight=False)
notes = Console(stderr=True, highlight=False)


def print_json(value: Any) -> None:
    """Print ``value`` as indented JSON, with dataclasses as objects; docs/commands.md lists the keys."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: Any) -> Any:
    """Convert one level of a value that ``json`` cannot encode; nested values are passed in separately."""
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return value.isoformat() if isinstance(value, date) else str(value)


@contextmanager
def progress(what: str) -> Iterator[Any]:
    """Show a progress bar on standard error, or a line every few seconds if that is not a terminal.

    Yields ``update(done, total)``.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    if not notes.is_terminal:
        yield _lines(what)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=notes, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _lines(what: str) -> Callable[[int, int], None]:
    """Return ``update(done, total)``, which prints a line if the last one is ``_SECONDS`` ago."""
    last = time.monotonic()

    def update(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() >= last + _SECONDS:
            last = time.monotonic()
            tell(f"{what}: {done:,} of {total:,}")

    return update


def tell(sentence: str) -> None:
    """Print a sentence on standard error."""
    notes.print(sentence, markup=False, soft_wrap=True)
