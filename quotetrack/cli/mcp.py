"""``quotetrack mcp``."""

from __future__ import annotations

import typer

from quotetrack.cli.common import DEFAULT_DATABASE, Database


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: quotetrack mcp --db news.duckdb")(mcp)


def mcp(db: Database = DEFAULT_DATABASE) -> None:
    """Offer check, search, speakers and dossiers to an assistant that starts this command (Model Context Protocol).

    It talks over standard input and output, and only reads. Needs the extra: pip install 'quotetrack[mcp]'.
    """
    from quotetrack.serve.assistants import create_server
    from quotetrack.serve.database import require_readable

    require_readable(db)
    create_server(db).run("stdio")
