"""``quotetrack watch`` and ``quotetrack reread``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotetrack.cli.common import (
    DEFAULT_DATABASE,
    AsJson,
    Database,
    ModelDirectory,
    Package,
    console,
    counted,
    notes,
    one_line,
    print_json,
    progress,
)
from quotetrack.cli.ingest import AllowPrivate, Contact, print_edits, print_summary

if TYPE_CHECKING:
    from quotetrack.jobs.watch import WatchSummary


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: quotetrack watch feeds.toml --every 15m --db news.duckdb")(watch)
    app.command(epilog="Example: quotetrack reread --db news.duckdb")(reread)


def watch(
    feeds: Annotated[Path, typer.Argument(help="TOML file that lists feeds and sitemaps; see docs/web.md.")],
    db: Database = DEFAULT_DATABASE,
    every: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="Repeat after this time, such as 15m or 2h; otherwise, run once."),
    ] = None,
    contact: Contact = None,
    allow_private: AllowPrivate = False,
    model_dir: ModelDirectory = None,
    package: Package = None,
    json: AsJson = False,
) -> None:
    """Ingest the articles that feeds and sitemaps list and that were not fetched before.

    The database is closed between two rounds, so that other commands can use it.
    """
    from quotetrack.jobs.watch import read_feeds, repeated, seconds, watch_once
    from quotetrack.parse.models import choose
    from quotetrack.store import Store

    watched, models = read_feeds(feeds), choose(model_dir, package)
    pause = seconds(every) if every else None
    fetcher = watched.fetcher(contact, allow_private)
    for _ in repeated(pause):
        with Store.open(db) as store, progress("Fetching articles") as update:
            summary = watch_once(store, watched, fetcher, models, on_progress=update)
        if json:
            print_json(summary)
        else:
            _print(summary)
    if summary.ingest.failures:
        raise typer.Exit(1)


def reread(
    db: Database = DEFAULT_DATABASE, model_dir: ModelDirectory = None, package: Package = None, json: AsJson = False
) -> None:
    """Read stored web pages again if an older version of quotetrack read them; nothing is fetched."""
    from quotetrack.jobs.web import reread as run
    from quotetrack.parse.models import choose
    from quotetrack.store import Store

    models = choose(model_dir, package)
    with Store.open(db) as store, progress("Reading pages") as update:
        summary = run(store, models, on_progress=update)
    print_summary(summary, db, json)


def _print(summary: WatchSummary) -> None:
    for url, listed, fetched, problem in summary.feeds:
        found = problem or f"{counted(listed, 'page')} listed, {fetched} new or due again"
        console.print(f"{one_line(url)}: {one_line(found)}", soft_wrap=True)
    done = summary.ingest
    console.print(f"Articles    {done.new} new, {done.updated} updated, {done.unchanged} unchanged")
    if done.edited:
        print_edits(done)
    for failure in done.failures:
        notes.print(f"  {one_line(failure.location)}: {one_line(failure.reason)}", soft_wrap=True)
