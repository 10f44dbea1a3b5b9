"""The command-line app and its error handling."""

from __future__ import annotations

import inspect
import os
import sys
from typing import Annotated

import typer

from quotetrack.cli import (
    articles,
    backup,
    check,
    corrections,
    evaluate,
    export,
    extract,
    failures,
    import_shards,
    ingest,
    mcp,
    models,
    quotations,
    report,
    review,
    search,
    serve,
    show,
    speakers,
    stats,
    watch,
)  # fmt: skip
from quotetrack.cli.common import guard_logs, one_line
from quotetrack.errors import Interrupted, QuotetrackError, UsageError, interrupted
from quotetrack.version import __version__

_STOPPED = "quotetrack: Stopped. Stored results are kept; run the same command again to continue."

app = typer.Typer(
    name="quotetrack",
    help="Extract quotations and their speakers from news articles, and build dossiers that link back to the text.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # with Rich, half of the time of --help is spent on importing its formatters
)
for module in (
    ingest, watch, extract, import_shards, report, articles, speakers, show, search, export, quotations, review, corrections, stats, check, serve, mcp,
    evaluate, models, failures, backup,
):  # fmt: skip
    module.register(app)


def _show_whole_summaries(group: typer.Typer) -> None:
    """List commands with the first paragraph of their help in full; without this, Typer cuts it off after one line."""
    for command in group.registered_commands:
        command.short_help = inspect.cleandoc((command.callback and command.callback.__doc__) or "").split("\n\n")[0]
    for part in group.registered_groups:
        if part.typer_instance:
            part.short_help = part.typer_instance.info.help
            _show_whole_summaries(part.typer_instance)


_show_whole_summaries(app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"quotetrack {__version__}")
        raise typer.Exit


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="Show a full traceback on errors.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Global options; they precede the command name."""


def run() -> None:
    """Run the command line.

    Errors are printed as one sentence; the exit code is 1 if inputs failed, 2 for wrong usage and 130 for an interrupt.
    """
    debug = "--debug" in sys.argv[1:]
    guard_logs(debug)
    try:
        app(prog_name="quotetrack")
    except QuotetrackError as error:
        if debug:
            raise
        print(f"quotetrack: {one_line(str(error))}", file=sys.stderr)
        sys.exit(130 if isinstance(error, Interrupted) else 2 if isinstance(error, UsageError) else 1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except (KeyboardInterrupt, SystemExit) as end:
        # Typer turns an interrupt into a silent exit with code 130.
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
        from quotetrack.store.connect import refused

        message = one_line((str(error).splitlines() or [""])[0][:300])
        told = refused(error) or f"unexpected {type(error).__name__}: {message}. Use --debug for a traceback."
        print(f"quotetrack: {told}", file=sys.stderr)
        sys.exit(1)
