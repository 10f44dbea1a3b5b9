"""``quotetrack ingest``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotetrack.cli.common import DEFAULT_DATABASE, Database, ModelDirectory, Package, console, notes, progress


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: quotetrack ingest articles/ page.html --db news.duckdb")(ingest)


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders of .txt, .html, .jsonl or .jsonl.gz.")],
    db: Database = DEFAULT_DATABASE,
    outlet: Annotated[str | None, typer.Option(help="The outlet of these articles.")] = None,
    url: Annotated[str | None, typer.Option(help="The address of the article.")] = None,
    title: Annotated[str | None, typer.Option(help="The title of the article.")] = None,
    author: Annotated[str | None, typer.Option(help="The author of these articles.")] = None,
    published: Annotated[str | None, typer.Option(help="When they were published, such as 2026-03-31.")] = None,
    language: Annotated[str | None, typer.Option(help="Their language, such as en.")] = None,
    model_dir: ModelDirectory = None,
    package: Package = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes to use; each needs about a gigabyte.")] = None,
) -> None:
    """Read articles, find the quotations in them and who said each, and keep them in a database."""
    from quotetrack.inputs import Metadata, check_request
    from quotetrack.jobs.ingest import ingest as run
    from quotetrack.parse.models import choose
    from quotetrack.store import Store

    given = Metadata(outlet, url, title, author, published, language)
    check_request(paths, given)  # before a database is made
    models = choose(model_dir, package)
    with Store.open(db) as store, progress("Reading articles") as update:
        summary = run(store, paths, given, models, workers, update)
    kinds = ", ".join(f"{summary.quotations[k]} {k}" for k in ("direct", "indirect", "mixed"))
    console.print(
        f"Articles    {summary.new} new, {summary.updated} updated, {summary.unchanged} unchanged, "
        f"{len(summary.failures)} failed"
    )
    console.print(f"Quotations  {summary.quotations.total()} ({kinds})")
    console.print(f"Speakers    {summary.speakers}")
    console.print(f"Claims      {summary.claims}")
    console.print(f"Database    {db} ({summary.seconds:.0f} s)", soft_wrap=True)
    if summary.failures:
        notes.print("\nFailed; give these inputs again once mended:")
        for failure in summary.failures:
            notes.print(f"  {failure.location}: {failure.reason}", markup=False, soft_wrap=True)
        raise typer.Exit(1)
