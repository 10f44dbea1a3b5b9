"""``quotetrack speakers``."""

from __future__ import annotations

from typing import Annotated

import typer

from quotetrack.cli.common import DEFAULT_DATABASE, AsJson, Database, console, print_json


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: quotetrack speakers --search vale --type person")(speakers)


def speakers(
    db: Database = DEFAULT_DATABASE,
    search: Annotated[str | None, typer.Option(help="Only names that hold this.")] = None,
    type_: Annotated[
        str | None, typer.Option("--type", help="person, organisation, place, group, document or unnamed.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many to list.")] = 50,
    json: AsJson = False,
) -> None:
    """List the speakers, the most quoted first."""
    from rich.table import Table

    from quotetrack.lookup import list_speakers
    from quotetrack.store import Store

    with Store.open(db, read_only=True) as store:
        found = list_speakers(store, search, type_, limit)
    if json:
        print_json(found)
        return
    table = Table("Speaker", "Type", "Role", "Quotations", "Outlets", "Last", "Id", box=None)
    for one in found:
        table.add_row(
            one.name, one.type, one.role or "", str(one.quotations), str(one.outlets), one.last or "", one.speaker_id
        )
    console.print(table)
