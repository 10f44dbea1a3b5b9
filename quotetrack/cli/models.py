"""``quotetrack models``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotetrack.cli.common import AsJson, console, print_json

models_app = typer.Typer(
    help="List the installed Stanza models, or download official ones.", invoke_without_command=True
)


def register(app: typer.Typer) -> None:
    app.add_typer(models_app, name="models", epilog="Example: quotetrack models download en")


@models_app.callback()
def models(context: typer.Context, json: AsJson = False) -> None:
    """List the installed Stanza models, or download official ones."""
    if context.invoked_subcommand is not None:
        return
    from rich.table import Table

    from quotetrack.parse.models import installed

    if json:
        print_json({"models": installed()})
        return
    table = Table("Language", "Package", "Size", "Processors", "Folder", box=None)
    for one in installed():
        folder = "built in" if one.embedded else str(one.directory)
        table.add_row(one.language, one.package, f"{one.size / 1e6:.0f} MB", " ".join(one.processors), folder)
    console.print(table)


@models_app.command(epilog="Example: quotetrack models download en --package default")
def download(
    language: Annotated[str, typer.Argument(help="Language code, such as en.")] = "en",
    package: Annotated[str, typer.Option(help="Stanza package.")] = "default",
    model_dir: Annotated[Path | None, typer.Option(help="Target folder. Default: Stanza's own folder.")] = None,
    mirror: Annotated[
        str | None,
        typer.Option(help="URL of a mirror of Stanza's resources, if the official site is unreachable."),
    ] = None,
) -> None:
    """Download official Stanza models, for use with --package and --model-dir."""
    from quotetrack.parse.models import download as fetch

    folder = fetch(language, package, model_dir, mirror)
    console.print(
        f"Downloaded to {folder}. Use: quotetrack ingest --model-dir {folder} --package {package} …", soft_wrap=True
    )
