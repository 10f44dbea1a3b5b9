"""``quotetrack failures``."""

from __future__ import annotations

import typer

from quotetrack.cli.common import DEFAULT_DATABASE, Database, console


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: quotetrack failures --db news.duckdb")(failures)


def failures(db: Database = DEFAULT_DATABASE) -> None:
    """List the inputs that failed, with reasons. Fix them, then run 'ingest' again."""
    from quotetrack.read.counts import list_failures
    from quotetrack.store import Store

    with Store.open(db, read_only=True) as store:
        found = list_failures(store)
    for location, reason in found:
        console.print(f"{location}: {reason}", markup=False, soft_wrap=True)
    if not found:
        console.print("No failed inputs.")
