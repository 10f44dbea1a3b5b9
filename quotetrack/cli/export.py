"""``quotetrack export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotetrack.cli.common import (
    DEFAULT_DATABASE,
    About,
    AsJson,
    Bare,
    Confidence,
    Database,
    Kinds,
    Limit,
    Outlets,
    RoleOption,
    Since,
    Speaker,
    Stances,
    StandardOutput,
    Until,
    completing,
    counted,
    notes,
    one_line,
    print_json,
    progress,
)

_EPILOG = (
    "Example: quotetrack export vale.xlsx --speaker 'Ruth Vale' --since 2026-03\n\n"
    "Example: quotetrack export - --format csv --about ferry | head"
)

_FORMATS = ("csv", "xlsx", "jsonl", "parquet", "months", "docx", "jsonld", "webannotation", "brat", "gqg")


def register(app: typer.Typer) -> None:
    app.command(epilog=_EPILOG)(export)


def export(
    out: Annotated[
        str,
        typer.Argument(
            metavar="OUT|-",
            help="File to write. Its suffix selects the format: .csv, .xlsx, .jsonl, .parquet, .docx, .jsonld, .annotation.json or "
            ".gqg.json. '-' writes text to standard output.",
        ),
    ],
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="csv, xlsx, jsonl, parquet, months (a folder), docx, jsonld, webannotation, brat (a folder) or gqg. Default: by the suffix.",
            autocompletion=completing(*_FORMATS),
        ),
    ] = None,
    speaker: Speaker = None,
    outlet: Outlets = None,
    since: Since = None,
    until: Until = None,
    about: About = None,
    stance: Stances = None,
    kind: Kinds = None,
    role: RoleOption = None,
    confidence: Confidence = None,
    bare: Bare = False,
    limit: Limit = None,
    template: Annotated[
        Path | None, typer.Option("--template", help="Word document to use as the template of a .docx dossier.")
    ] = None,
    db: Database = DEFAULT_DATABASE,
    json: AsJson = False,
) -> None:
    """Write quotations to a file: spreadsheet, Word dossier, JSON, linked data, annotations.

    The file gets its name when it is complete. The same database gives the same bytes. docs/export.md describes the formats.
    """
    from quotetrack.errors import UsageError
    from quotetrack.export import export_quotations
    from quotetrack.read.filters import Filters
    from quotetrack.store import Store

    if out == "-" and json:
        raise UsageError("--json cannot be combined with '-', because both write to standard output.")
    filters = Filters(speaker, role, outlet, since, until, kind, stance, about, None, confidence, bare, limit)
    with Store.open(db, read_only=True) as store:
        if out == "-":
            done = export_quotations(store, StandardOutput(), filters, format_, template)
        else:
            with progress("Writing quotations") as update:
                done = export_quotations(store, out, filters, format_, template, update)
    if json:
        print_json({"file": out, "written": done.written, "left_out": done.left_out})
        return
    notes.print(
        f"{counted(done.written, 'quotation')} written{'' if out == '-' else f' to {one_line(out)}'}.", soft_wrap=True
    )
    if done.left_out:
        notes.print(f"{counted(done.left_out, 'quotation')} left out: {done.reason}.", soft_wrap=True)
