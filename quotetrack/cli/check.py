"""``quotetrack check``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotetrack.cli.common import (
    DEFAULT_DATABASE,
    AsJson,
    Database,
    ModelDirectory,
    Package,
    console,
    print_json,
)
from quotetrack.errors import UsageError

_EPILOG = (
    "Example: quotetrack check 'We will rebuild the bridge within a year' --said-by 'Ada Kvist'\n\n"
    "Example: quotetrack check --file draft.docx --html checked.html"
)


def register(app: typer.Typer) -> None:
    app.command(epilog=_EPILOG)(check)


def check(
    text: Annotated[
        list[str],
        typer.Argument(
            metavar="TEXT|FILE", help="The quotation to check, or a text with quotations. With --file: drafts."
        ),
    ],
    said_by: Annotated[
        str | None, typer.Option(help="Who is said to have said it. Default: the name in the text, if any.")
    ] = None,
    db: Database = DEFAULT_DATABASE,
    limit: Annotated[int, typer.Option(min=1, help="How many matches to show.")] = 5,
    json: AsJson = False,
    file: Annotated[
        bool,
        typer.Option(
            "--file",
            help="Check the quotations in drafts: files or folders of .txt, .md, .html, .docx or .pdf; '-' reads standard input.",
        ),
    ] = False,
    html: Annotated[Path | None, typer.Option(help="With --file: write the marked drafts to this HTML page.")] = None,
    fail_on: Annotated[
        str | None,
        typer.Option(
            help="With --file: outcomes that make the exit code 1, separated by commas: changed, speaker, missing, "
            "unconfirmed, unchecked or none. Default: changed,speaker."
        ),
    ] = None,
    model_dir: ModelDirectory = None,
    package: Package = None,
) -> None:
    """Check a quotation: are these the words, and is this the speaker?

    A text of several quotations or sentences is looked up as a whole and part by part.

    Exit codes: 0 if nothing found speaks against the quotation as given, 1 otherwise, 2 for wrong usage.
    Without --said-by and without a name in the text, only the words count.

    With --file, the quotations of drafts are extracted and checked. Exit codes: 1 if a quotation has an outcome of --fail-on or
    a draft cannot be read, 0 otherwise, 2 for wrong usage.
    """
    if file:
        from quotetrack.cli.drafts import check_drafts

        if said_by is not None:
            raise UsageError("--said-by is for one quotation; with --file the drafts name the speakers.")
        check_drafts(text, db, json, html, fail_on, model_dir, package)
        return
    if html or fail_on:
        raise UsageError("--html and --fail-on are for drafts; use --file.")
    if len(text) > 1:
        raise UsageError("Give the quotation as one argument, in quotation marks.")
    _check_text(text[0], said_by, db, limit, json)


def _check_text(text: str, said_by: str | None, db: Path, limit: int, json: bool) -> None:
    from quotetrack.api import open_database
    from quotetrack.cli.answers import show, warn_incomplete

    if "\n" not in text and len(text) < 256 and Path(text).is_file():
        raise UsageError(f"{text} is a file; use --file to check the quotations in it.")
    with open_database(db, read_only=True) as database:
        answer = database.check(text, said_by, limit)
    warn_incomplete(answer.searched)
    if json:
        print_json(answer)
    else:
        show(console, answer)
    if not answer.as_asked:
        raise typer.Exit(1)
