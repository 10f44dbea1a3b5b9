"""``quotetrack show``."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from quotetrack.cli.common import DEFAULT_DATABASE, AsJson, Database, console, print_json


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: quotetrack show 'Ruth Vale'")(show)


def show(
    speaker: Annotated[str, typer.Argument(help="A name, an alias or an id.")],
    db: Database = DEFAULT_DATABASE,
    json: AsJson = False,
) -> None:
    """Show one speaker: roles, and every quotation with where it was printed."""
    from quotetrack.lookup import find_speaker, quotations_of
    from quotetrack.store import Store
    from quotetrack.wording import LOW_CONFIDENCE, how_found, sureness

    with Store.open(db, read_only=True) as store:
        one = find_speaker(store, speaker)
        said = quotations_of(store, one.speaker_id)
    if json:
        print_json([one, *said])
        return
    console.print(Text(one.name, style="bold"), Text(f"{one.type}, {one.quotations} quotations, {one.outlets} outlets"))
    for role in one.roles:
        console.print(Text(f"  {role}"))
    for quotation in said:
        label = {"direct": "", "mixed": "partly verbatim: ", "indirect": "reported: "}[quotation.kind]
        console.print()
        console.print(Text(f"{quotation.published or 'undated'}  {quotation.outlet or 'unknown outlet'}", style="dim"))
        console.print(Text(label + quotation.text))
        how = f"  {how_found(quotation.source, quotation.method)} · {sureness(quotation.confidence)}"
        console.print(Text(how, style="yellow" if quotation.confidence < LOW_CONFIDENCE else "dim"))
