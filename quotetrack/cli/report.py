"""``quotetrack report``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotetrack.cli.common import DEFAULT_DATABASE, Database, console


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: quotetrack report --out site && open site/index.html")(report)


def report(
    out: Annotated[Path, typer.Option("--out", help="Output folder.")] = Path("site"),
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Write the dossiers as HTML: one page per speaker and an index. The pages work offline."""
    from quotetrack.api import open_database

    with open_database(db, read_only=True) as database:
        site = database.write_site(out)
    console.print(f"{site.dossiers} dossiers written. Open {site.index}", soft_wrap=True)
