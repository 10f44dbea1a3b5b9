"""``quotetrack serve``."""

from __future__ import annotations

from typing import Annotated

import typer

from quotetrack.cli.common import DEFAULT_DATABASE, Database, ModelDirectory, Package, notes
from quotetrack.cli.speakers import By, user

_EXPOSED = "There is no login: everybody who can reach this address can read the database{}."


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: quotetrack serve --db news.duckdb --write --by ann")(serve)


def serve(
    db: Database = DEFAULT_DATABASE,
    host: Annotated[
        str, typer.Option(help="Address to listen on. There is no login: everybody who can reach it can use the desk.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 8000,
    write: Annotated[bool, typer.Option("--write", help="Allow corrections in Review.")] = False,
    by: By = None,
    model_dir: ModelDirectory = None,
    package: Package = None,
) -> None:
    """Start the desk, pages for a browser on this computer: check drafts, search, review attributions, see what came in.

    The database is opened only while a page is made, so 'ingest' can run at the same time; pages then say so and try again.
    Without --write nothing is changed. Stop it with Ctrl-C.
    """
    from quotetrack.parse.models import choose
    from quotetrack.serve.app import LOCAL, create_app
    from quotetrack.serve.database import require_readable
    from quotetrack.serve.server import listen, run

    require_readable(db)
    app = create_app(db, write, host, user(by), choose(model_dir, package))
    with listen(host, port) as listening:
        notes.print(f"The desk is at {listening.address} (stop it with Ctrl-C).", markup=False, soft_wrap=True)
        if host not in LOCAL:
            notes.print(_EXPOSED.format(" and record corrections" if write else ""), markup=False, soft_wrap=True)
        run(app, listening)
    notes.print("Stopped.")
