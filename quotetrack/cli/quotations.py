"""``quotetrack quotations``: correct individual quotations."""

from __future__ import annotations

from typing import Annotated

import typer

from quotetrack.cli.common import DEFAULT_DATABASE, Database
from quotetrack.cli.speakers import By, Why, print_recorded, user

group = typer.Typer(help="Correct a quotation: reassign, reject or confirm it.", no_args_is_help=True)
Quotation = Annotated[
    str, typer.Argument(metavar="ID", help="Id of the quotation, as shown in dossiers and by 'show'.")
]


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="quotations")


@group.command(epilog="Example: quotetrack quotations reassign 9c41… 'Anton Lund' --why 'the caption names him'")
def reassign(
    quotation: Quotation,
    speaker: Annotated[str, typer.Argument(help="The speaker: an id, a name, or with --new a new name.")],
    why: Why,
    new: Annotated[
        bool,
        typer.Option("--new", help="Create the speaker if nobody has this name."),
    ] = False,
    by: By = None,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Attribute a quotation to another speaker."""
    from quotetrack.corrections import decisions
    from quotetrack.jobs.correct import correct
    from quotetrack.store import Store

    with Store.open(db, create=False) as store:
        print_recorded(store, correct(store, decisions.reassign, quotation, speaker, why, user(by), new))


@group.command(epilog="Example: quotetrack quotations reject 9c41… --why 'the title of a play'")
def reject(quotation: Quotation, why: Why, by: By = None, db: Database = DEFAULT_DATABASE) -> None:
    """Mark a passage as not a quotation. It disappears from dossiers, claims and checks."""
    from quotetrack.corrections import decisions
    from quotetrack.jobs.correct import correct
    from quotetrack.store import Store

    with Store.open(db, create=False) as store:
        print_recorded(store, correct(store, decisions.reject, quotation, why, user(by)))


@group.command(epilog="Example: quotetrack quotations confirm 9c41… --why 'heard on the recording'")
def confirm(quotation: Quotation, why: Why, by: By = None, db: Database = DEFAULT_DATABASE) -> None:
    """Confirm a quotation and its speaker. Later runs do not change them."""
    from quotetrack.corrections import decisions
    from quotetrack.jobs.correct import correct
    from quotetrack.store import Store

    with Store.open(db, create=False) as store:
        print_recorded(store, correct(store, decisions.confirm, quotation, why, user(by)))
