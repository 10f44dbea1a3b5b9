"""``quotetrack extract``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from quotetrack.cli.common import (
    Address,
    Columns,
    EngineName,
    ModelDirectory,
    Package,
    WorkerNumber,
    completing,
    console,
    json_text,
    notes,
    one_line,
    progress,
    worker_engine,
)
from quotetrack.errors import UsageError
from quotetrack.model import Failure

if TYPE_CHECKING:
    from quotetrack.jobs.shards import ExtractSummary


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
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", help="Folder for Parquet shards, instead of printing; import them with 'quotetrack import-shards'."
        ),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="jsonl (printed) or parquet (shards in --out). Default: parquet with --out, else jsonl.",
            autocompletion=completing("jsonl", "parquet"),
        ),
    ] = None,
    columns: Columns = None,
    model_dir: ModelDirectory = None,
    package: Package = None,
    workers: WorkerNumber = None,
    engine: EngineName = "local",
    address: Address = None,
) -> None:
    """Print the quotations in articles as JSON, one line per article, without a database.

    Accepts the same inputs as 'ingest'. Offsets count characters of the field "text". With --out, the articles and their
    quotations are written as shards for 'import-shards' (docs/shards.md), and a run that was stopped continues.
    """
    from quotetrack.inputs import check_columns
    from quotetrack.jobs.extract import extract_files
    from quotetrack.jobs.shards import extract_to_shards
    from quotetrack.parse.models import choose

    if form not in (None, "parquet" if out else "jsonl"):
        raise UsageError("Use --format parquet together with --out, and --format jsonl without it.")
    names, models = check_columns(columns or []), choose(model_dir, package)
    paths = [] if out is None else _paths(files)
    output = sys.stdout
    with worker_engine(engine, address, workers) as place:
        if out is None:
            failed = False
            for result in extract_files(files, models, sys.stdin.buffer, workers, names, place):
                failed |= isinstance(result, Failure)
                _print(result, output)
        else:
            with progress("Reading articles") as update:
                summary = extract_to_shards(paths, out, models, workers, names, place, update)
            failed = bool(summary.failures)
    if out is not None:
        _print_summary(summary, out)
    if failed:
        raise typer.Exit(1)


def _paths(files: list[str]) -> list[Path]:
    from quotetrack.inputs import Metadata, check_request

    if "-" in files:
        raise UsageError("Standard input cannot be written to shards; save it to a file first.")
    paths = [Path(name) for name in files]
    check_request(paths, Metadata())
    return paths


def _print(result: dict[str, Any] | Failure, output: TextIO) -> None:
    if isinstance(result, Failure):
        notes.print(f"quotetrack: {one_line(result.location)}: {one_line(result.reason)}", soft_wrap=True)
    else:
        output.write(json_text(result) + "\n")
        output.flush()


def _print_summary(summary: ExtractSummary, out: Path) -> None:
    before = f"; {summary.done:,} were in shards already" if summary.done else ""
    console.print(f"Articles    {summary.articles:,} extracted, {len(summary.failures):,} failed{before}")
    console.print(f"Quotations  {summary.quotations:,}")
    console.print(f"Shards      {summary.shards:,} written to {out}", soft_wrap=True)
    for failure in summary.failures:
        notes.print(f"quotetrack: {one_line(failure.location)}: {one_line(failure.reason)}", soft_wrap=True)
