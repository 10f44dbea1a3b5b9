"""``quotetrack articles``: list articles, show one with its versions, or remove one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from quotetrack.cli.common import (
    DEFAULT_DATABASE,
    AsJson,
    Database,
    Outlets,
    Since,
    Until,
    console,
    counted,
    one_line,
    print_json,
    print_speaker,
)
from quotetrack.cli.speakers import By, print_recorded, user

if TYPE_CHECKING:
    from quotetrack.read.article_list import ArticleDetails, ArticleLine
    from quotetrack.read.edit_list import ArticleEdit
    from quotetrack.read.edits import Statement, StatementChange
    from quotetrack.read.printing import Printing
    from quotetrack.read.versions import Edit

group = typer.Typer(
    help="List the articles and their edits, show one with its versions, or remove one.", no_args_is_help=True
)
Wanted = Annotated[
    str, typer.Argument(metavar="ID", help="Id of the article, as 'articles list' shows it, or its URL.")
]
Reason = Annotated[str, typer.Option("--reason", "--why", help="Reason for the removal.")]


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="articles", epilog="Example: quotetrack articles list --edited")


@group.command("list", epilog="Example: quotetrack articles list --edited --since 2026-03")
def list_(
    outlet: Outlets = None,
    since: Since = None,
    until: Until = None,
    title: Annotated[str | None, typer.Option(help="Only articles whose title contains this text.")] = None,
    edited: Annotated[bool, typer.Option("--edited", help="Only articles that were edited.")] = False,
    removed: Annotated[
        bool, typer.Option("--removed", help="The articles that were removed, instead of the others.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="Maximum number of articles.")] = 50,
    db: Database = DEFAULT_DATABASE,
    json: AsJson = False,
) -> None:
    """List the articles, newest first, with the number of their quotations and earlier versions."""
    from quotetrack.read.article_list import list_articles
    from quotetrack.store import Store

    with Store.open(db, read_only=True) as store:
        found = list_articles(store, outlet, since, until, title, edited, removed, limit + 1)
    shown = found[:limit]
    if json:
        print_json({"articles": shown})
        return
    for one in shown:
        _print_line(one)
    if not found:
        console.print("No articles match.")
    elif len(found) > limit:
        console.print(f"These are the first {counted(limit, 'article')}; --limit shows more.")


@group.command(epilog="Example: quotetrack articles edits --since 2026-03-02 --outlet 'The Harbour Post'")
def edits(
    outlet: Outlets = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Only edits found on or after this day, month or year (UTC)."),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Only edits found on or before this day, month or year (UTC)."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Maximum number of edits.")] = 50,
    db: Database = DEFAULT_DATABASE,
    json: AsJson = False,
) -> None:
    """List the edits of all articles, latest first: the statements that were changed, vanished or were added."""
    from quotetrack.read.edit_list import list_edits
    from quotetrack.store import Store

    with Store.open(db, read_only=True) as store:
        found = list_edits(store, outlet, since, until, limit + 1)
    shown = found[:limit]
    if json:
        print_json({"edits": shown})
        return
    for one in shown:
        _print_article_of(one)
        _print_edit(one.edit)
        console.print()
    if not found:
        console.print("No edits match." if outlet or since or until else "No article was edited.")
    elif len(found) > limit:
        console.print(f"These are the last {counted(limit, 'edit')}; --limit shows more.")


@group.command(epilog="Example: quotetrack articles show 5f0c2b7a91d3e846")
def show(article: Wanted, db: Database = DEFAULT_DATABASE, json: AsJson = False) -> None:
    """Show an article: where its metadata is from, what changed between its versions, and its quotations."""
    from quotetrack.read.article_list import article_details
    from quotetrack.store import Store

    with Store.open(db, read_only=True) as store:
        found = article_details(store, article)
    if json:
        print_json(found)
        return
    _print_metadata(found)
    for edit in found.edits:
        console.print()
        _print_edit(edit)
    _print_quotations(found)


@group.command(epilog="Example: quotetrack articles remove 5f0c2b7a91d3e846 --reason 'satire, not news'")
def remove(article: Wanted, reason: Reason, by: By = None, db: Database = DEFAULT_DATABASE) -> None:
    """Take an article out of everything shown. Its texts are kept, and 'ingest' does not read it again."""
    from quotetrack.corrections import decisions
    from quotetrack.jobs.correct import correct
    from quotetrack.read.article_list import find_article
    from quotetrack.store import Store

    with Store.open(db, create=False) as store:
        print_recorded(store, correct(store, decisions.remove, find_article(store, article), reason, user(by)))


def _print_line(one: ArticleLine) -> None:
    console.print(Text(one_line(one.title or "Untitled article"), style="bold"), soft_wrap=True)
    facts = [
        one.dated,
        one_line(one.outlet or "unknown outlet"),
        "removed" if one.removed else counted(one.quotations, "quotation"),
        counted(one.versions, "earlier version") if one.versions else "",
        one.article_id,
    ]
    console.print(f"  {' · '.join(fact for fact in facts if fact)}", style="dim", soft_wrap=True)


def _print_article_of(one: ArticleEdit) -> None:
    console.print(Text(one_line(one.title or "Untitled article"), style="bold"), soft_wrap=True)
    facts = (one.dated, one_line(one.outlet or "unknown outlet"), one.article_id)
    console.print(f"  {' · '.join(facts)}", style="dim", soft_wrap=True)


def _print_metadata(found: ArticleDetails) -> None:
    record = found.record
    console.print(Text(one_line(record.title or "Untitled article"), style="bold"), soft_wrap=True)
    if found.removal:
        why = f"{found.removal.why} (correction {found.removal.number})"
        who = f"{found.removal.made_by} on {found.removal.made_at:%Y-%m-%d}"
        console.print(f"Removed by {one_line(who)}: {one_line(why)}", style="yellow", soft_wrap=True)
    published = record.published or "not given"
    if not record.published and record.day:
        published = f"{record.day} (date in the address)"
    elif not record.published and record.existed:
        published = f"not given; the article existed on {record.existed} ({record.existed_from})"
    lines = {
        "Outlet": record.outlet or "unknown",
        "URL": record.url,
        "Author": record.author,
        "Published": published,
        "Modified": record.modified and f"{record.modified} (declared by the page)",
        "Language": f"{record.language}{f' ({record.language_from})' if record.language_from else ''}",
        "Read from": ", ".join(found.locations),
        "First seen": f"{record.first_seen:%Y-%m-%d %H:%M} UTC",
        "Analysed": f"{record.ingested_at:%Y-%m-%d %H:%M} UTC by quotetrack {record.extractor}",
        "Models": record.models,
        "SHA-256": record.sha256,
        "Id": record.article_id,
    }
    for name, value in lines.items():
        if value:
            console.print(f"{name:<11} {one_line(value)}", soft_wrap=True)


def _print_edit(edit: Edit) -> None:
    before, after = edit.before, edit.after
    replaced = f", replaced by {before.superseded_at:%Y-%m-%d %H:%M} UTC" if before.superseded_at else ""
    counts = ", ".join(f"{number} {kind}" for kind, number in edit.counts.items() if number)
    heading = f"Version first seen {before.first_seen:%Y-%m-%d %H:%M}{replaced}"
    console.print(Text(heading, style="bold"), soft_wrap=True)
    console.print(f"  statements: {counts or 'none changed'}")
    for name in ("title", "published", "modified"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            console.print(f"  {name}: {one_line(old or 'none')} → {one_line(new or 'none')}", soft_wrap=True)
    for change in edit.changes:
        _print_change(change)


def _print_change(change: StatementChange) -> None:
    from quotetrack.cli.answers import word_diff

    before, after = change.before, change.after
    who = " → ".join(dict.fromkeys(_who(one) for one in (before, after) if one))
    console.print(Text(f"  {change.kind}: ").append(who, style="bold"), soft_wrap=True)
    console.print(Text("    ").append(word_diff(change.diff)), soft_wrap=True)


def _who(one: Statement) -> str:
    from quotetrack.report.labels import STANCES

    stance = f" ({STANCES[one.stance]})" if STANCES[one.stance] else ""
    return f"{one_line(', '.join(one.speakers) or 'speaker unknown')}{stance}"


def _print_quotations(found: ArticleDetails) -> None:
    shown = [one for one in found.quotations if one.shown]
    if found.removal:
        return
    console.print(Text(f"\n{counted(len(shown), 'quotation')}", style="bold"))
    for one in shown:
        _print_quotation(one)


def _print_quotation(one: Printing) -> None:
    print_speaker(one)
    console.print(f"  {one_line(one.text)}", soft_wrap=True)
    console.print(f"  Id {one.quotation_id}", style="dim")
