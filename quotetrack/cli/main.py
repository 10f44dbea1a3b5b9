"""The command line: the app, and what happens to errors."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from quotetrack.cli import (
    check,
    corrections,
    evaluate,
    extract,
    failures,
    ingest,
    models,
    quotations,
    report,
    review,
    show,
    speakers,
    stats,
)  # fmt: skip
from quotetrack.errors import Interrupted, QuotetrackError, UsageError, interrupted
from quotetrack.version import __version__

_STOPPED = "quotetrack: Stopped: what was stored is kept; run the same command again to continue."

app = typer.Typer(
    name="quotetrack",
    help="Who said what: quotations from news articles, their speakers, and dossiers that lead back to the text.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for module in (
    ingest, extract, report, speakers, show, quotations, review, corrections, stats, check, evaluate, models, failures,
):  # fmt: skip
    module.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"quotetrack {__version__}")
        raise typer.Exit


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="Show the full traceback of an error.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Options of every command; they stand before its name."""


def run() -> None:
    """Run the command line: errors become one sentence and an exit code (1 inputs failed, 2 wrong usage, 130 stopped)."""
    debug = "--debug" in sys.argv[1:]
    try:
        app(prog_name="quotetrack")
    except QuotetrackError as error:
        if debug:
            raise
        print(f"quotetrack: {error}", file=sys.stderr)
        sys.exit(130 if isinstance(error, Interrupted) else 2 if isinstance(error, UsageError) else 1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except (KeyboardInterrupt, SystemExit) as end:
        # Typer makes a silent exit of an interrupt.
        if isinstance(end, KeyboardInterrupt) or end.code == 130:
            print(_STOPPED, file=sys.stderr)
            sys.exit(130)
        raise
    except Exception as error:
        if debug:
            raise
        if interrupted(error):
            print(_STOPPED, file=sys.stderr)
            sys.exit(130)
        message = (str(error).splitlines() or [""])[0][:300]
        print(f"quotetrack: unexpected {type(error).__name__}: {message}. --debug shows where.", file=sys.stderr)
        sys.exit(1)
