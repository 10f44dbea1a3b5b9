"""``quotetrack backup``, ``quotetrack restore`` and ``quotetrack verify``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotetrack.cli.common import DEFAULT_DATABASE, AsJson, Database, console, counted, print_json, tell

if TYPE_CHECKING:
    from quotetrack.store.integrity import Finding

Force = Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")]


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: quotetrack backup news-2026-03-02.duckdb --db news.duckdb")(backup)
    app.command(epilog="Example: quotetrack restore news-2026-03-02.duckdb --db news.duckdb --force")(restore)
    app.command(epilog="Example: quotetrack verify --db news.duckdb")(verify)


def backup(
    out: Annotated[Path, typer.Argument(help="File to write.")], db: Database = DEFAULT_DATABASE, force: Force = False
) -> None:
    """Copy the database to a file. While an ingest runs, the copy has the state before it."""
    from quotetrack.jobs.backup import backup as run
    from quotetrack.store import Store

    with Store.open(db, read_only=True) as store:
        run(store, out, force)
    console.print(f"Backup written: {out} ({out.stat().st_size / 1e6:.1f} MB)", soft_wrap=True)


def restore(
    file: Annotated[Path, typer.Argument(help="A file that 'quotetrack backup' wrote.")],
    db: Database = DEFAULT_DATABASE,
    force: Force = False,
) -> None:
    """Verify a backup and copy it to the database. An existing database is replaced only with --force."""
    from quotetrack.jobs.backup import restore as run

    run(file, db, force)
    console.print(f"Restored {db} from {file}.", soft_wrap=True)


def verify(
    db: Database = DEFAULT_DATABASE,
    repair: Annotated[
        bool,
        typer.Option("--repair", help="First compute speakers and claims again from the articles and corrections."),
    ] = False,
    json: AsJson = False,
) -> None:
    """Check the whole database; exit with 1 if something is wrong.

    Quotations must match the text of their articles, references must resolve, hashes and indexes must match the texts,
    and speakers and claims must match those of a full run. This takes about as long as linking and clustering everything.
    """
    from quotetrack.jobs.verify import compute_again
    from quotetrack.jobs.verify import verify as run
    from quotetrack.store import Store

    if repair:
        with Store.open(db, create=False) as store:
            compute_again(store)
    with Store.open(db, read_only=True) as store:
        found = run(store)
    if json:
        print_json({"findings": found})
    else:
        _print(found, db)
    if found:
        raise typer.Exit(1)


def _print(found: list[Finding], db: Path) -> None:
    for one in found:
        examples = f", such as {', '.join(one.examples)}" if one.examples else ""
        tell(f"{one.table}: {one.problem} ({counted(one.rows, 'row')}{examples}).")
    if not found:
        console.print(f"{db}: everything is in order.", soft_wrap=True)
