"""``quotetrack failures``."""

from __future__ import annotations

import typer

from quotetrack.cli.common import DEFAULT_DATABASE, AsJson, Database, console, one_line, print_json


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: quotetrack failures --db news.duckdb")(failures)


def failures(db: Database = DEFAULT_DATABASE, json: AsJson = False) -> None:
    """List the inputs that failed or were not read, with reasons. Fix them, then run 'ingest' again."""
    from quotetrack.read.counts import list_failures, list_not_read
    from quotetrack.store import Store

    with Store.open(db, read_only=True) as store:
        found, not_read = list_failures(store), list_not_read(store)
    if json:
        print_json({"failures": found, "not_read": not_read})
        return
    for one in found:
        console.print(f"{one_line(one.location)}: {one_line(one.reason)}", soft_wrap=True)
    if not found:
        console.print("No failed inputs.")
    if not_read:
        console.print("\nNot read:")
    for left_out in not_read:
        console.print(f"  {one_line(left_out.location)}: {one_line(left_out.reason)}", soft_wrap=True)
