"""``quotetrack stats``."""

from __future__ import annotations

import typer

from quotetrack.cli.common import DEFAULT_DATABASE, AsJson, Database, console, print_json

_LABELS = {
    "articles": "Articles",
    "undated": "  without a date",
    "quoted_articles": "  with attributed quotations",
    "outlets": "Outlets",
    "quoted_outlets": "  with attributed quotations",
    "quotations": "Quotations",
    "direct": "  direct",
    "indirect": "  indirect",
    "mixed": "  mixed",
    "stated": "  stated",
    "denied": "  denied",
    "requested": "  requested",
    "with_speaker": "  with a speaker",
    "not_shown": "Not shown",
    "asked_declined_or_hypothetical": "  asked, declined or hypothetical",
    "believed": "  believed",
    "bare": "  short noun phrases",
    "speakers": "Speakers",
    "named": "  with a name",
    "persons": "  persons",
    "claims": "Claims",
    "claims_of_several_outlets": "  in several outlets",
    "failures": "Failed inputs",
}


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: quotetrack stats --db news.duckdb")(stats)


def stats(db: Database = DEFAULT_DATABASE, json: AsJson = False) -> None:
    """Show how many articles, quotations, speakers and claims the database contains."""
    from quotetrack.read.counts import count
    from quotetrack.store import Store

    with Store.open(db, read_only=True) as store:
        counts = count(store)
    if json:
        print_json(counts)
        return
    for name, label in _LABELS.items():
        console.print(f"{label:<36}{getattr(counts, name):>10,}")
