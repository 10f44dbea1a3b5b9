"""``quotetrack show``."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from quotetrack.cli.common import DEFAULT_DATABASE, AsJson, Database, console, print_json


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: quotetrack show 'Ruth Vale' --roles")(show)


def show(
    speaker: Annotated[str, typer.Argument(help="Name, alias or id of the speaker.")],
    db: Database = DEFAULT_DATABASE,
    stance: Annotated[
        list[str] | None,
        typer.Option(
            "--stance",
            help="Only quotations with this stance: stated, denied, requested, asked, declined, hypothetical or believed. "
            "Can be repeated. Default: stated, denied and requested.",
        ),
    ] = None,
    bare: Annotated[
        bool, typer.Option("--bare", help="Include noun phrases of up to three words, as in 'called for calm'.")
    ] = False,
    roles: Annotated[bool, typer.Option("--roles", help="Show only the roles over time, with all wordings.")] = False,
    json: AsJson = False,
) -> None:
    """Show the roles of one speaker and all quotations with their articles."""
    from quotetrack.read.filters import Filters
    from quotetrack.read.quotations import find_quotations
    from quotetrack.read.speakers import find_speaker
    from quotetrack.report.labels import STANCES, both_sure, how_found, repair_note
    from quotetrack.store import Store

    with Store.open(db, read_only=True) as store:
        one = find_speaker(store, speaker)
        said = find_quotations(store, Filters(one.speaker_id, stance=stance, bare=bare))
    if json:
        print_json({"speaker": one, "roles": one.roles, "quotations": [] if roles else said})
        return
    console.print(Text(one.name, style="bold"), Text(f"{one.type}, {one.quotations} quotations, {one.outlets} outlets"))
    if one.wikidata:
        console.print(Text(f"  Wikidata {one.wikidata}"))
    for role in one.roles:
        console.print(Text(f"  {role.role} ({role.when})"))
        if roles:
            wordings = f"; also: {', '.join(role.wordings[1:])}" if role.wordings[1:] else ""
            console.print(
                Text(f"    {role.mentions} quotation{'s' if role.mentions > 1 else ''}{wordings}", style="dim")
            )
    if roles:
        if not one.roles:
            console.print("  No role given in any article.")
        return
    for quotation in said:
        label = {"direct": "", "mixed": "partly verbatim: ", "indirect": "reported: "}[quotation.kind]
        console.print()
        console.print(Text(f"{quotation.published or 'undated'}  {quotation.outlet or 'unknown outlet'}", style="dim"))
        stance_label = STANCES[quotation.stance]
        prefix = f"{stance_label}: " if stance_label else ""
        console.print(Text.assemble((prefix, "bold yellow"), label + quotation.text))
        if quotation.on_behalf_of:
            console.print(Text(f"  On behalf of {quotation.on_behalf_of}", style="dim"))
        if held := quotation.role or quotation.role_then:
            where = "" if quotation.role else " (from other articles)"
            console.print(Text(f"  Role: {held}{where}", style="dim"))
        how = f"  {how_found(quotation.source, quotation.method)} · {both_sure(quotation)}"
        console.print(Text(how, style="yellow" if quotation.uncertain else "dim"))
        if quotation.repair:
            console.print(Text(f"  {repair_note(quotation.repair)}", style="dim"))
        console.print(Text(f"  Id {quotation.quotation_id}", style="dim"))
