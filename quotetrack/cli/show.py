"""``quotetrack show``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

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
    Stances,
    Until,
    console,
    counted,
    one_line,
    print_json,
)

if TYPE_CHECKING:
    from quotetrack.read.printing import Printing
    from quotetrack.read.speakers import SpeakerLine

_EPILOG = (
    "Example: quotetrack show 'Ruth Vale' --roles\n\n"
    "Example: quotetrack show 'Ruth Vale' --about ferry --since 2026-03 --kind direct"
)
_KINDS = {"direct": "", "mixed": "partly verbatim: ", "indirect": "reported: "}


def register(app: typer.Typer) -> None:
    app.command(epilog=_EPILOG)(show)


def show(
    speaker: Annotated[str, typer.Argument(help="Name, alias or id of the speaker.")],
    db: Database = DEFAULT_DATABASE,
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
    roles: Annotated[bool, typer.Option("--roles", help="Show only the roles over time, with all wordings.")] = False,
    json: AsJson = False,
) -> None:
    """Show the roles of one speaker and all quotations with their articles."""
    from quotetrack.read.filters import Filters
    from quotetrack.read.quotations import find_quotations
    from quotetrack.read.speakers import find_speaker
    from quotetrack.store import Store

    with Store.open(db, read_only=True) as store:
        one = find_speaker(store, speaker)
        filters = Filters(
            one.speaker_id, role, outlet, since, until, kind, stance, about, None, confidence, bare, limit
        )
        said = [] if roles else find_quotations(store, filters)
    if json:
        print_json({"speaker": one, "roles": one.roles, "quotations": said})
        return
    _print_speaker(one, roles)
    for quotation in said:
        _print_quotation(quotation)
    if not roles and not said:
        console.print("\nNo quotations match.")


def _print_speaker(one: SpeakerLine, all_wordings: bool) -> None:
    name = Text(one_line(one.name), style="bold")
    console.print(name, f"{one.type}, {counted(one.quotations, 'quotation')}, {counted(one.outlets, 'outlet')}")
    if one.wikidata:
        console.print(f"  Wikidata {one.wikidata}")
    for role in one.roles:
        console.print(f"  {one_line(role.role)} ({role.when})")
        if all_wordings:
            others = [one_line(wording) for wording in role.wordings[1:]]
            wordings = f"; also: {', '.join(others)}" if others else ""
            console.print(f"    {counted(role.mentions, 'quotation')}{wordings}", style="dim")
    if all_wordings and not one.roles:
        console.print("  No role given in any article.")


def _print_quotation(one: Printing) -> None:
    from quotetrack.report.labels import STANCES, both_sure, how_found, repair_note

    console.print()
    where = [one.dated, one_line(one.outlet_name), one_line(one.title or "")]
    console.print("  ".join(part for part in where if part), style="dim")
    stance = f"{STANCES[one.stance]}: " if STANCES[one.stance] else ""
    console.print(Text.assemble((stance, "bold yellow"), _KINDS[one.kind] + one_line(one.text)))
    if one.on_behalf_of:
        console.print(f"  On behalf of {one_line(one.on_behalf_of)}", style="dim")
    if held := one.role or one.role_then:
        console.print(f"  Role: {one_line(held)}{'' if one.role else ' (from other articles)'}", style="dim")
    how = f"  {one_line(how_found(one.source, one.method))} · {both_sure(one)}"
    console.print(how, style="yellow" if one.uncertain else "dim")
    if one.repair:
        console.print(f"  {one_line(repair_note(one.repair))}", style="dim")
    if one.url:
        # Not broken into lines, so that terminals recognise the address.
        console.print(f"  {one_line(one.url)}", style="dim", soft_wrap=True)
    console.print(f"  Id {one.quotation_id}", style="dim")
