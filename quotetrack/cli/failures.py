"""``quotetrack failures``."""

from __future__ import annotations

import typer

from quotetrack.cli.common import DEFAULT_DATABASE, AsJson, Database, console, one_line, print_json


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: quotetrack failures --db news.duckdb")(failures)


def failures(db: Database = DEFAULT_DATABASE, json: AsJson = False) -> None:
    """List the inputs that failed, with reasons. Fix them, then run 'ingest' again."""
    from quotetrack.read.counts import list_failures
    from quotetrack.store import Store

    with Store.open(db, read_only=True) as store:
        found = list_failures(store)
    if json:
        print_json({"failures": found})
        return
    for one in found:
        console.print(f"{one_line(one.location)}: {one_line(one.reason)}", soft_wrap=True)
    if not found:
        console.print("No failed inputs.")
