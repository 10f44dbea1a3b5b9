"""``quotetrack stats``."""

from __future__ import annotations

import typer

from quotetrack.cli.common import DEFAULT_DATABASE, AsJson, Database, console, print_json


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: quotetrack stats --db news.duckdb")(stats)


def stats(db: Database = DEFAULT_DATABASE, json: AsJson = False) -> None:
    """Count what the database holds."""
    from quotetrack.read.speakers import count
    from quotetrack.store import Store

    with Store.open(db, read_only=True) as store:
        counts = count(store)
    if json:
        print_json(counts)
        return
    for name, number in counts.items():
        console.print(f"{name:<36}{number:>10,}")
