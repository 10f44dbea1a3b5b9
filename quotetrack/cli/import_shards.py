"""``quotetrack import-shards``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotetrack.cli.common import DEFAULT_DATABASE, AsJson, Database, progress, tell
from quotetrack.cli.ingest import print_summary


def register(app: typer.Typer) -> None:
    app.command("import-shards", epilog="Example: quotetrack import-shards shards/ --db news.duckdb")(import_shards)


def import_shards(
    folders: Annotated[list[Path], typer.Argument(help="Folders that 'extract --out' wrote.")],
    db: Database = DEFAULT_DATABASE,
    json: AsJson = False,
) -> None:
    """Store articles and quotations that 'extract --out' wrote, each shard once.

    The database is then as if 'ingest' had read the same articles. Run it again after a stop, or when the folders have new
    shards.
    """
    from quotetrack.jobs.shards import import_shards as run
    from quotetrack.shards.manifest import Manifest
    from quotetrack.store import Store

    for folder in folders:
        Manifest.read(folder)  # before creating a database
    with Store.open(db, on_wait=tell) as store, progress("Importing shards") as update:
        summary = run(store, folders, update)
    print_summary(summary, db, json)
