"""``quotetrack corrections``: list corrections and undo them."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from quotetrack.cli.common import DEFAULT_DATABASE, AsJson, Database, console, one_line, print_json
from quotetrack.cli.speakers import By, user

group = typer.Typer(help="List manual corrections with author, time and reason, or undo one.")


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="corrections", epilog="Example: quotetrack corrections --db news.duckdb")


@group.callback(invoke_without_command=True)
def corrections(context: typer.Context, db: Database = DEFAULT_DATABASE, json: AsJson = False) -> None:
    """List manual corrections with author, time and reason, or undo one."""
    if context.invoked_subcommand:
        return
    from quotetrack.read.corrections import corrections as recorded
    from quotetrack.store import Store

    with Store.open(db, read_only=True) as store:
        found = recorded(store)
    if json:
        print_json({"corrections": found})
        return
    if not found:
        console.print("No corrections recorded.")
    for one in found:
        state = f"  undone by {one_line(one.undone_by or '')} on {one.undone_at:%Y-%m-%d}" if one.undone_at else ""
        state = state or ("" if one.effect else "  no effect: the speaker or quotation is not in the database")
        console.print(f"{one.number}  {one.kind}: {one_line(one.summary)}", Text(state, style="yellow"))
        who, why = one_line(one.made_by), one_line(one.why)
        console.print(f"   {who}, {one.made_at:%Y-%m-%d %H:%M} UTC: {why}", style="dim")


@group.command(epilog="Example: quotetrack corrections undo 3")
def undo(
    number: Annotated[int, typer.Argument(help="Number of the correction.")],
    by: By = None,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Undo a correction. It stays in the list, marked as undone."""
    from quotetrack.corrections import decisions
    from quotetrack.jobs.correct import correct
    from quotetrack.store import Store

    with Store.open(db, create=False) as store:
        one = correct(store, decisions.undo, number, user(by))
    console.print(f"Undone: {one.kind}: {one_line(one.summary)}")
