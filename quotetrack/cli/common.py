"""Options and output helpers shared by the commands.

Everything is printed through ``console``, ``notes``, ``print_json`` or ``StandardOutput``, so that markup in article text is never
interpreted and control characters in it never reach the terminal.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext, redirect_stdout
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from quotetrack.model import Kind, Stance

if TYPE_CHECKING:
    from quotetrack.jobs.engines import Engine
    from quotetrack.read.printing import Printing

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


def completing(*values: str) -> Any:
    """Return a function for ``autocompletion`` that completes to one of ``values``."""

    def complete(incomplete: str) -> list[str]:
        return [value for value in values if value.startswith(incomplete)]

    return complete


STANCES, KINDS = get_args(Stance), get_args(Kind)
Speaker = Annotated[str | None, typer.Option("--speaker", help="Only this speaker: name, alias or id.")]
Outlets = Annotated[list[str] | None, typer.Option("--outlet", help="Only this outlet. Can be repeated.")]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="Only articles published on or after this day, month or year."),
]
Until = Annotated[
    str | None,
    typer.Option("--until", metavar="DATE", help="Only articles published on or before this day, month or year."),
]
About = Annotated[
    str | None,
    typer.Option(
        "--about",
        metavar="WORDS",
        help="Only quotations that have all these words, themselves or in the title of the article.",
    ),
]
RoleOption = Annotated[
    str | None, typer.Option("--role", help="Only quotations whose role, as printed, contains this text.")
]
Kinds = Annotated[
    list[str] | None,
    typer.Option(
        "--kind", help=f"Only this kind: {', '.join(KINDS)}. Can be repeated.", autocompletion=completing(*KINDS)
    ),
]
Stances = Annotated[
    list[str] | None,
    typer.Option(
        "--stance",
        help=f"Only this stance: {', '.join(STANCES)}. Can be repeated. Default: stated, denied and requested.",
        autocompletion=completing(*STANCES),
    ),
]
Confidence = Annotated[
    float | None,
    typer.Option(
        "--confidence", metavar="0..1", help="Only quotations with at least this confidence, their speaker's included."
    ),
]
Bare = Annotated[
    bool,
    typer.Option(
        "--bare", help="Include noun phrases of up to three words, as in 'called for calm', and low confidence."
    ),
]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="Maximum number of quotations, newest first.")]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="FIELD=NAME",
        help="Name of a field in tables and JSONL, such as published=pub_date. Can be repeated.",
    ),
]
WorkerNumber = Annotated[
    int | None,
    typer.Option(
        "--workers",
        min=1,
        help="Number of workers; each needs up to 1.4 GB of memory. Default: as many as memory and cores allow.",
    ),
]
EngineName = Annotated[
    str,
    typer.Option(
        "--engine",
        help="Where workers run: 'local' (processes on this machine) or 'ray' (a Ray cluster).",
        autocompletion=completing("local", "ray"),
    ),
]
Address = Annotated[
    str | None,
    typer.Option(
        "--address",
        metavar="HOST:PORT",
        help="Ray cluster to use, or 'auto' for the one on this machine. Default: RAY_ADDRESS, else a new one on this machine.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
_SECONDS = 5.0  # between two lines of progress
DEFAULT_DATABASE = Path("quotetrack.duckdb")

_LINE_ENDS = re.compile(r"\r\n?")
# Control characters except line ends and tabs, marks that reverse the direction of writing, and halves of characters.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """Replace the characters of ``text`` that could control the terminal with ``�``.

    >>> visible("Vale\\x1b[31m")
    'Vale�[31m'
    """
    return _UNSAFE.sub("�", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """Return ``visible(text)`` on one line, for names, roles, reasons and other short texts.

    >>> one_line("Ruth\\n Vale")
    'Ruth Vale'
    """
    return " ".join(visible(text).split())


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "quotation"), counted(1200, "outlet")
    ('1 quotation', '1,200 outlets')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


class SafeConsole(Console):
    """A console that takes strings literally and makes control characters visible."""

    def __init__(self, **options: Any) -> None:
        super().__init__(highlight=False, markup=False, emoji=False, **options)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Render as the base class does, with the text made ``visible``."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(visible(segment.text), segment.style)


console = SafeConsole()
notes = SafeConsole(stderr=True)


class _LogNotes(logging.Handler):
    """Prints log records on standard error through ``notes``."""

    def emit(self, record: logging.LogRecord) -> None:
        notes.print(self.format(record) if record.exc_info else one_line(record.getMessage()), soft_wrap=True)


def guard_logs(debug: bool) -> None:
    """Print the warnings of quotetrack like other notes, and those of libraries only with ``debug``.

    Libraries repeat parts of their input in warnings, and Python prints them as they are.
    """
    handler = _LogNotes(logging.WARNING)
    if not debug:
        handler.addFilter(logging.Filter("quotetrack"))
    logging.getLogger().addHandler(handler)
    logging.captureWarnings(True)


def print_json(value: Any) -> None:
    """Print ``value`` as indented JSON, with dataclasses as objects; docs/commands.md lists the keys."""
    typer.echo(json_text(value, indent=2))


def json_text(value: Any, indent: int | None = None) -> str:
    """Return ``value`` as JSON; characters that could control the terminal are written as ``\\u001b``."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=_plain)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


class StandardOutput:
    """Standard output for exports: UTF-8 without changes, unless it is a terminal, where control characters become visible."""

    def write(self, text: str) -> object:
        """Write ``text``."""
        if sys.stdout.isatty():
            return sys.stdout.write(visible(text))
        sys.stdout.flush()
        return sys.stdout.buffer.write(text.encode())


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


@contextmanager
def worker_engine(name: str, address: str | None, workers: int | None) -> Iterator[Engine | None]:
    """Yield the engine chosen with ``--engine``; Ray prints messages on standard output, which are sent to standard error."""
    from quotetrack.jobs.engines import open_engine

    with redirect_stdout(sys.stderr) if name == "ray" else nullcontext(), open_engine(name, address, workers) as engine:
        yield engine


def tell(sentence: str) -> None:
    """Print a sentence on standard error."""
    notes.print(sentence, soft_wrap=True)


def print_speaker(one: Printing) -> None:
    """Print the line above a quotation: its speakers with role, stance and kind, and whether it is uncertain."""
    from rich.text import Text

    from quotetrack.report.labels import CITED_KINDS, STANCES

    who = one_line(", ".join(one.speakers) or "Speaker unknown")
    role = f", {one_line(one.role)}" if one.role else ""
    labels = ", ".join(label for label in (STANCES[one.stance], CITED_KINDS[one.kind]) if label)
    doubt = " (uncertain)" if one.uncertain else ""
    console.print(Text.assemble((who, "bold"), role, (f"  {labels}" if labels else "", "yellow"), (doubt, "yellow")))
