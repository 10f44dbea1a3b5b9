"""``quotetrack quotations``: what people decide about a quotation."""

from __future__ import annotations

from typing import Annotated

import typer

from quotetrack.cli.common import DEFAULT_DATABASE, Database
from quotetrack.cli.speakers import By, Why, said, user

group = typer.Typer(help="Say of a quotation who said it, that it is none, or that it is right.", no_args_is_help=True)
Quotation = Annotated[
    str, typer.Argument(metavar="ID", help="The quotation's id, as dossiers and 'show --json' give it.")
]


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="quotations")


@group.command(epilog="Example: quotetrack quotations reassign 9c41… 'Anton Lund' --why 'the caption names him'")
def reassign(
    quotation: Quotation,
    speaker: Annotated[str, typer.Argument(help="Who said it: an id, a name, or a new name.")],
    why: Why,
    by: By = None,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Give a quotation to the speaker who said it."""
    from quotetrack.corrections import decisions
    from quotetrack.store import Store

    with Store.open(db) as store:
        said(store, decisions.reassign(store, quotation, speaker, why, user(by)))


@group.command(epilog="Example: quotetrack quotations reject 9c41… --why 'the title of a play'")
def reject(quotation: Quotation, why: Why, by: By = None, db: Database = DEFAULT_DATABASE) -> None:
    """Take out what is no quotation: it leaves dossiers, claims and checks, and stays on record."""
    from quotetrack.corrections import decisions
    from quotetrack.store import Store

    with Store.open(db) as store:
        said(store, decisions.reject(store, quotation, why, user(by)))


@group.command(epilog="Example: quotetrack quotations confirm 9c41… --why 'heard on the recording'")
def confirm(quotation: Quotation, why: Why, by: By = None, db: Database = DEFAULT_DATABASE) -> None:
    """Vouch for a quotation and its speaker; no later run changes either."""
    from quotetrack.corrections import decisions
    from quotetrack.store import Store

    with Store.open(db) as store:
        said(store, decisions.confirm(store, quotation, why, user(by)))
