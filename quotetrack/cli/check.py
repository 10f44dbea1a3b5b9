"""``quotetrack check``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotetrack.cli.common import DEFAULT_DATABASE, AsJson, Database, console, notes, print_json
from quotetrack.errors import UsageError

if TYPE_CHECKING:
    from quotetrack.check import Answer

_EPILOG = "Example: quotetrack check 'We will rebuild the bridge within a year' --said-by 'Ada Kvist'"


def register(app: typer.Typer) -> None:
    app.command(epilog=_EPILOG)(check)


def check(
    text: Annotated[str, typer.Argument(help="The quotation to check, or a text with quotations.")],
    said_by: Annotated[
        str | None, typer.Option(help="Who is said to have said it. Default: the name in the text, if any.")
    ] = None,
    db: Database = DEFAULT_DATABASE,
    limit: Annotated[int, typer.Option(min=1, help="How many matches to show.")] = 5,
    json: AsJson = False,
) -> None:
    """Check a quotation: are these the words, and is this the speaker?

    A text of several quotations or sentences is looked up as a whole and part by part.

    Exit codes: 0 if nothing found speaks against the quotation as given, 1 otherwise, 2 for wrong usage.
    Without --said-by and without a name in the text, only the words count.
    """
    from quotetrack.api import open_database
    from quotetrack.cli.answers import show

    if "\n" not in text and len(text) < 256 and Path(text).is_file():
        raise UsageError(f"{text} is a file; use --file to check the quotations in it.")
    with open_database(db, read_only=True) as database:
        answer = database.check(text, said_by, limit)
    _warn(answer)
    if json:
        print_json(answer)
    else:
        show(console, answer)
    if not answer.as_asked:
        raise typer.Exit(1)


def _warn(answer: Answer) -> None:
    if missing := answer.searched.incomplete:
        one = missing == 1
        notes.print(
            f"{missing:,} quotation{' was' if one else 's were'} searched for exactly these words only, because the last "
            "ingest did not finish. Run 'quotetrack ingest' again, then repeat the check.",
            style="yellow",
        )
