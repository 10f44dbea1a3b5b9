"""``quotetrack report``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotetrack.cli.common import DEFAULT_DATABASE, AsJson, Database, console, print_json


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: quotetrack report --out site && open site/index.html")(report)


def report(
    out: Annotated[
        Path | None, typer.Option("--out", help="Output folder, by default site; with --single-file, the output file.")
    ] = None,
    single_file: Annotated[
        str | None,
        typer.Option(
            "--single-file", metavar="NAME", help="Write only the dossier of this speaker, as one file to mail."
        ),
    ] = None,
    citation: Annotated[
        str | None, typer.Option(help="Format of copied citations, such as '{speaker}, {outlet}, {date}'.")
    ] = None,
    mistakes: Annotated[
        str | None,
        typer.Option(help="Address for reports of mistakes, such as 'mailto:desk@example.org?subject={quotation_id}'."),
    ] = None,
    db: Database = DEFAULT_DATABASE,
    json: AsJson = False,
) -> None:
    """Write HTML pages: dossiers, claims, articles, and a home page with a search. They work offline.

    Only pages that changed since the last report are written again.
    """
    from quotetrack.api import open_database

    with open_database(db, read_only=True) as database:
        if single_file is not None:
            path = database.write_dossier(single_file, out, citation=citation, mistakes=mistakes)
            if json:
                print_json({"open": path, "dossiers": 1, "files": 1, "written": 1})
            else:
                console.print(f"Dossier written. Open {path}", soft_wrap=True)
            return
        site = database.write_site(out or "site", citation=citation, mistakes=mistakes)
    if json:
        counts = {"dossiers": site.dossiers, "files": len(site.files), "written": site.changed}
        print_json({"open": site.index, **counts})
        return
    console.print(f"{site.dossiers} dossiers, {len(site.files)} files, {site.changed} of them written.")
    console.print(f"Open {site.index}", soft_wrap=True)
