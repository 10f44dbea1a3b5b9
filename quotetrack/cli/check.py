"""``quotetrack check``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from quotetrack.cli.common import DEFAULT_DATABASE, AsJson, Database, console, notes, print_json

if TYPE_CHECKING:
    from quotetrack.check import Answer, Match
    from quotetrack.text.diff import Piece

SENTENCES = {
    "verbatim": "Verbatim: printed between quotation marks in exactly these words.",
    "near-verbatim": "Near-verbatim: printed with minor differences, shown below.",
    "altered": "Altered: printed with some words changed.",
    "reported": "Reported: printed in these words, but as the article's own wording, not as a verbatim quotation.",
    "common": "Common words: {claims:,} claims contain exactly these words (some are listed below); check a longer passage.",
    "denied": "Denied: printed as something a person denied or did not say.",
    "asked": "Asked: printed as a question, not as a statement.",
    "declined": "Not said: printed as something a person declined to say.",
    "hypothetical": "Not said: printed as something a person might say or planned to say.",
    "believed": "Not said: printed as something a person thinks, hopes, fears or wants.",
    "not found": "Not found in any article of this database.",
}


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: quotetrack check 'We will rebuild the bridge within a year'")(check)


def check(
    text: Annotated[str, typer.Argument(help="The wording to check, or a longer text.")],
    db: Database = DEFAULT_DATABASE,
    limit: Annotated[int, typer.Option(min=1, help="How many claims to show.")] = 5,
    json: AsJson = False,
) -> None:
    """Find out who said this: show a verdict and the closest claims with their differences.

    Longer texts are also checked passage by passage.
    """
    from quotetrack.api import open_database

    with open_database(db, read_only=True) as database:
        answer = database.check(text, limit)
    if missing := answer.unsearched:
        notes.print(
            f"{missing:,} quotation{'s' if missing > 1 else ''} in this database {'were' if missing > 1 else 'was'} not searched "
            "because the last ingest did not finish. "
            "Run 'quotetrack ingest' again, then repeat the check.",
            style="yellow",
        )
    if json:
        print_json(answer)
        return
    if answer.passages and answer.verdict == "not found":
        console.print(Text("The text as a whole is not in any article of this database. By passage:", style="bold"))
    else:
        console.print(Text(SENTENCES[answer.verdict].format(claims=answer.claims), style="bold"))
        _show(answer)
        if answer.passages:
            console.print(Text("\nBy passage:", style="bold"))
    for passage in answer.passages:
        console.print()
        console.print(Text(f"“{passage.asked}”", style="bold"))
        console.print(Text(SENTENCES[passage.verdict].format(claims=passage.claims)))
        _show(replace(passage, matches=passage.matches[:1]))


def _show(answer: Answer) -> None:
    from quotetrack.report.labels import STANCES, both_sure, how_found

    for match in answer.matches:
        printing = match.printing
        who = ", ".join(printing.speakers) or "speaker unknown"
        role = f" ({printing.role})" if printing.role else ""
        console.print()
        console.print(Text(f"{who}{role}", style="bold"), _verdict(match))
        if printing.on_behalf_of:
            console.print(Text(f"  on behalf of {printing.on_behalf_of}"))
        where = " · ".join(p for p in (printing.published, printing.outlet, printing.title, printing.url) if p)
        console.print(Text(f"  {where}", style="dim"), soft_wrap=True)
        prefix = "  reported speech: " if printing.kind == "indirect" else "  "
        if stance := STANCES[printing.stance]:
            prefix = f"  {stance}: "
        console.print(Text(prefix + printing.text))
        how = f"  {how_found(printing.source, printing.method)} · {both_sure(printing, bool(printing.speakers))}"
        console.print(Text(how, style="yellow" if printing.uncertain else "dim"))
        if match.wording_verdict not in ("verbatim", "reported"):
            console.print(Text("  difference: "), _difference(match.diff))
        console.print(
            Text(f"  characters {printing.start}–{printing.end}, SHA-256 {printing.sha256[:12]}…", style="dim")
        )
        if match.others:
            outlets = sorted({o.outlet or "unknown outlet" for o in match.others})
            dates = sorted(p.published[:10] for p in match.printings if p.published)
            when = f", {dates[0]} to {dates[-1]}" if dates and dates[0] != dates[-1] else ""
            reports = f"{match.reports} independent report{'s' if match.reports > 1 else ''}"
            console.print(Text(f"  also in: {', '.join(outlets)} ({reports}{when})", style="dim"))
        if match.elsewhere_given_to:
            names = ", ".join(match.elsewhere_given_to)
            console.print(Text(f"  other articles attribute these words to {names}", style="yellow"))


def _verdict(match: Match) -> Text:
    """Verdict and score, such as ``reported, 100%``; for words that were not said, ``denied; words match 100%``."""
    from quotetrack.report.labels import STANCES

    if match.verdict == match.wording_verdict:
        return Text(f"{match.verdict}, {match.score:.0%}")
    return Text(f"{STANCES[match.printing.stance]}; words match {match.score:.0%}", style="bold yellow")


def _difference(pieces: tuple[Piece, ...]) -> Text:
    """Word diff, readable without colour: ``[-…-]`` is only in the query, ``{+…+}`` only in print."""
    from quotetrack.check import without_surroundings

    shown = without_surroundings(pieces)
    text = Text()
    if pieces[:1] != shown[:1]:
        text.append("… ", style="dim")
    for piece in shown:
        if piece.kind == "equal":
            text.append(piece.printed.text.strip() + " ")
            continue
        if asked := piece.asked.text.strip():
            text.append(f"[-{asked}-] ", style="red")
        if printed := piece.printed.text.strip():
            text.append(f"{{+{printed}+}} ", style="green")
    if pieces[-1:] != shown[-1:]:
        text.append("…", style="dim")
    return text
