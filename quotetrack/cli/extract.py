"""``quotetrack extract``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from quotetrack.cli.common import ModelDirectory, Package, json_text, notes, one_line


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: quotetrack extract article.txt | jq .quotations")(extract)


def extract(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE|-",
            help="Files or folders, as for 'ingest'; '-' reads a text from standard input.",
        ),
    ],
    model_dir: ModelDirectory = None,
    package: Package = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Number of worker processes; each needs about 1 GB of memory.")
    ] = None,
) -> None:
    """Print the quotations in articles as JSON, one line per article, without a database.

    Accepts the same inputs as 'ingest'. Offsets count characters of the field "text".
    """
    from quotetrack.jobs.extract import extract_files
    from quotetrack.model import Failure
    from quotetrack.parse.models import choose

    failed = False
    for result in extract_files(files, choose(model_dir, package), sys.stdin.buffer, workers):
        if isinstance(result, Failure):
            failed = True
            notes.print(f"quotetrack: {one_line(result.location)}: {one_line(result.reason)}", soft_wrap=True)
        else:
            sys.stdout.write(json_text(result) + "\n")
            sys.stdout.flush()
    if failed:
        raise typer.Exit(1)
