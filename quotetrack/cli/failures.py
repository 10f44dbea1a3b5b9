"""``quotetrack failures``."""

from __future__ import annotations

import typer

from quotetrack.cli.common import DEFAULT_DATABASE, Database, console


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: quotetrack failures --db news.duckdb")(failures)


def failures(db: Database = DEFAULT_DATABASE) -> None:
    """List the inputs that could not be taken in, and why. Give them to 'ingest' again once mended."""
    from quotetrack.read.counts import list_failures
    from quotetrack.store import Store

    with Store.open(db, read_only=True) as store:
        found = list_failures(store)
    for location, reason in found:
        console.print(f"{location}: {reason}", markup=False, soft_wrap=True)
    if not found:
        console.print("No input failed.")
