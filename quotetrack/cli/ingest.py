"""``quotetrack ingest``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotetrack.cli.common import (
    DEFAULT_DATABASE,
    Address,
    AsJson,
    Columns,
    Database,
    EngineName,
    ModelDirectory,
    Package,
    WorkerNumber,
    console,
    counted,
    notes,
    one_line,
    print_json,
    progress,
    tell,
    worker_engine,
)

if TYPE_CHECKING:
    from quotetrack.jobs.ingest import IngestSummary


Contact = Annotated[
    str | None,
    typer.Option(
        envvar="QUOTETRACK_CONTACT", help="Address or email of yours, sent to web sites with the name of this program."
    ),
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Also fetch from this machine, the local network and unusual ports.")
]


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: quotetrack ingest articles/ page.html --db news.duckdb")(ingest)


def ingest(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files or folders: text, Markdown, HTML, JSONL, CSV, Parquet, Word, PDF, email, WARC (docs/inputs.md); or web addresses."
        ),
    ] = None,
    db: Database = DEFAULT_DATABASE,
    outlet: Annotated[str | None, typer.Option(help="Outlet of the articles.")] = None,
    url: Annotated[str | None, typer.Option(help="URL of the article.")] = None,
    title: Annotated[str | None, typer.Option(help="Title of the article.")] = None,
    author: Annotated[str | None, typer.Option(help="Author of the articles.")] = None,
    published: Annotated[str | None, typer.Option(help="Publication date, such as 2026-03-31.")] = None,
    language: Annotated[str | None, typer.Option(help="Language code of the articles, such as en.")] = None,
    columns: Columns = None,
    model_dir: ModelDirectory = None,
    package: Package = None,
    workers: WorkerNumber = None,
    engine: EngineName = "local",
    address: Address = None,
    urls: Annotated[
        list[Path] | None,
        typer.Option("--urls", help="Also the web addresses in this .txt or .csv file. Can be repeated."),
    ] = None,
    contact: Contact = None,
    allow_private: AllowPrivate = False,
    limit: Annotated[int, typer.Option(min=1, help="Maximum number of pages taken from one feed or sitemap.")] = 100,
    json: AsJson = False,
) -> None:
    """Extract the quotations and speakers from articles and store them in a database."""
    from quotetrack.inputs import Metadata, check_columns, check_request
    from quotetrack.inputs.web.feeds import sorted_inputs
    from quotetrack.inputs.web.fetch import Fetcher, Limits
    from quotetrack.jobs.ingest import ingest as run
    from quotetrack.jobs.web import ingest_urls
    from quotetrack.parse.models import choose
    from quotetrack.store import Store

    given = Metadata(outlet, url, title, author, published, language)
    files, addresses = sorted_inputs(paths or [], urls or [])
    check_request(files, given)  # before creating a database
    names = check_columns(columns or [])
    models = choose(model_dir, package)
    with (
        worker_engine(engine, address, workers) as place,
        Store.open(db, on_wait=tell) as store,
        progress("Reading articles") as update,
    ):
        summary = run(store, files, given, models, workers, update, names, place) if files else None
        if addresses:
            fetcher = Fetcher(contact, Limits(private=allow_private))
            found = ingest_urls(store, addresses, fetcher, given, models, workers, limit, update, place)
            summary = found.after(summary) if summary else found
    if summary:
        if not (summary.new or summary.updated or summary.unchanged or summary.removed or summary.failures):
            notes.print(f"No articles found in {', '.join([*map(str, files), *addresses])}.", soft_wrap=True)
        print_summary(summary, db, json)


def print_summary(summary: IngestSummary, db: Path, json: bool) -> None:
    """Print the result of an ingest; ends the command with exit code 1 if inputs failed."""
    if json:
        print_json(summary)
    else:
        _print(summary, db)
    if summary.failures:
        notes.print("\nFailed inputs; fix them, then run 'ingest' again:")
        for failure in summary.failures:
            notes.print(f"  {one_line(failure.location)}: {one_line(failure.reason)}", soft_wrap=True)
        raise typer.Exit(1)


def _print(summary: IngestSummary, db: Path) -> None:
    kinds = ", ".join(f"{summary.quotations[k]} {k}" for k in ("direct", "indirect", "mixed"))
    console.print(
        f"Articles    {summary.new} new, {summary.updated} updated, {summary.unchanged} unchanged, "
        f"{len(summary.failures)} failed"
    )
    if summary.edited:
        print_edits(summary)
    if summary.removed:
        inputs = counted(summary.removed, "input")
        console.print(
            f"Removed     {inputs} not read, because a correction removed the article; 'quotetrack corrections' lists why",
            soft_wrap=True,
        )
    console.print(f"Quotations  {summary.quotations.total()} ({kinds})")
    console.print(f"Speakers    {summary.speakers}")
    console.print(f"Claims      {summary.claims}")
    if summary.undated:
        console.print(
            f"Undated     {summary.undated} articles; whether they print the same words on the same day is not known"
        )
    if summary.not_read:
        kinds_left = Counter(one.reason for one in summary.not_read).most_common()
        reasons = ", ".join(f"{number} {one_line(reason)}" for reason, number in kinds_left)
        console.print(f"Not read    {reasons}; 'quotetrack failures' lists them", soft_wrap=True)
    console.print(f"Database    {db} ({summary.seconds:.0f} s)", soft_wrap=True)


def print_edits(summary: IngestSummary) -> None:
    """Say how many articles were edited and what became of their statements."""
    changes = {name: getattr(summary, name) for name in ("changed", "vanished", "added")}
    statements = ", ".join(f"{number} {name}" for name, number in changes.items() if number)
    console.print(
        f"Edited      {counted(summary.edited, 'article')}; statements: {statements or 'none changed'}; "
        "'quotetrack articles edits' lists them",
        soft_wrap=True,
    )
