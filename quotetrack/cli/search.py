"""``quotetrack search``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from quotetrack.cli.common import (
    DEFAULT_DATABASE,
    AsJson,
    Bare,
    Confidence,
    Database,
    Kinds,
    Outlets,
    RoleOption,
    Since,
    Speaker,
    Stances,
    Until,
    console,
    counted,
    one_line,
    print_json,
    print_speaker,
)

if TYPE_CHECKING:
    from quotetrack.read.found import Found
    from quotetrack.read.printing import Printing

_EPILOG = (
    "Example: quotetrack search what did Vale say about the ferry\n\n"
    "Example: quotetrack search '\"harbour tax\" ferr*' --since 2026-03 --kind direct --json"
)


def register(app: typer.Typer) -> None:
    app.command(epilog=_EPILOG)(search)


def search(
    words: Annotated[
        list[str],
        typer.Argument(
            help='Words. Words in "quotation marks" must be adjacent; ferr* finds words that begin with ferr.'
        ),
    ],
    speaker: Speaker = None,
    outlet: Outlets = None,
    since: Since = None,
    until: Until = None,
    stance: Stances = None,
    kind: Kinds = None,
    role: RoleOption = None,
    confidence: Confidence = None,
    bare: Bare = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Maximum number of quotations.")] = 20,
    newest: Annotated[bool, typer.Option("--newest", help="Print the newest first instead of the best.")] = False,
    db: Database = DEFAULT_DATABASE,
    json: AsJson = False,
) -> None:
    """Search quotations by words, best first.

    All words must occur, in any form, in the quotation, the title of the article, or a name or role of the speaker.
    """
    from quotetrack.read.filters import Filters
    from quotetrack.read.found import search as search_quotations
    from quotetrack.store import Store

    filters = Filters(
        speaker, role, outlet, since, until, kind, stance, None, None, confidence, bare, limit, " ".join(words)
    )
    with Store.open(db, read_only=True) as store:
        found = search_quotations(store, filters, newest=newest)
    if json:
        print_json(found)
        return
    for one in found.quotations:
        _print(one)
    _print_summary(found)


def _print(one: Printing) -> None:
    print_speaker(one)
    console.print(f"  {one_line(one.text)}")
    where = [one.dated, one_line(one.outlet_name), one_line(one.title or "")]
    console.print(f"  {'  '.join(part for part in where if part)}", style="dim")
    if address := one.passage_link or one.url:
        # Not broken into lines, so that terminals recognise the address.
        console.print(f"  {one_line(address)}", style="dim", soft_wrap=True)
    console.print(f"  Id {one.quotation_id}\n", style="dim")


def _print_summary(found: Found) -> None:
    shown = len(found.quotations)
    more = f", of which the first {shown} are shown; --limit shows more" if shown < found.total else ""
    begun = f" with words that begin with the last one ({found.words})" if found.begun else ""
    console.print(f"{counted(found.total, 'quotation')}{begun}{more}.")
    if found.left_out:
        console.print(f"Not searched for, because they are in almost every text: {', '.join(found.left_out)}.")
    for name in ("speaker", "outlet"):
        if values := found.facets[name][:5]:
            listed = ", ".join(f"{one_line(one.label)} ({one.quotations:,})" for one in values)
            console.print(f"By {name}: {listed}", style="dim")
