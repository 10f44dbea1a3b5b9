"""``quotetrack review``: review uncertain cases one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from quotetrack.cli.common import DEFAULT_DATABASE, Database, console, one_line
from quotetrack.cli.speakers import By, user

if TYPE_CHECKING:
    from quotetrack.read.doubts import Doubt
    from quotetrack.store import Store

_STYLES = {"content": "bold", "source": "green", "cue": "cyan"}


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: quotetrack review --limit 20 --by ann")(review)


def review(
    db: Database = DEFAULT_DATABASE,
    limit: Annotated[int, typer.Option(min=1, help="Maximum number of cases.")] = 50,
    by: By = None,
) -> None:
    """Review uncertain cases, most uncertain first: one wording with two speakers, similar names, low confidence.

    Each answer is recorded as a correction that can be undone. Skipped cases are shown again next time.
    """
    from quotetrack.errors import UsageError
    from quotetrack.read.doubts import doubts
    from quotetrack.store import Store

    with Store.open(db, create=False) as store:
        cases = [case for case, _ in zip(doubts(store), range(limit), strict=False)]
        if not cases:
            console.print("No uncertain cases.")
            return
        for number, case in enumerate(cases, 1):
            console.print()
            console.print(f"{number} of {len(cases)}  {one_line(case.question)}", style="bold")
            if case.context:
                console.print(Text.assemble(*((s.text, _STYLES.get(s.label or "", "dim")) for s in case.context)))
            keys = (
                "[m]erge, [d]ifferent, [s]kip, [q]uit"
                if case.kind == "near names"
                else "[c]onfirm, [r]eject, [a]nother speaker, [s]kip, [q]uit"
            )
            while True:
                answer = typer.prompt(keys, default="s").strip().lower()[:1]
                if answer == "q":
                    return
                if answer == "s":
                    break
                try:
                    if not _record(store, case, answer, user(by)):
                        continue
                except UsageError as error:
                    console.print(one_line(str(error)), style="yellow")
                    continue
                break


def _record(store: Store, case: Doubt, answer: str, author: str) -> bool:
    """Record an answer as a correction; returns whether it is one of the answers to this kind of case."""
    from quotetrack.corrections import decisions
    from quotetrack.jobs.correct import correct

    if case.kind == "near names":
        (one, _), (other, _) = case.speakers
        if answer == "m":
            correct(store, decisions.merge, one, other, _reason(), author)
        elif answer == "d":
            correct(store, decisions.apart, one, other, _reason("two people"), author)
        return answer in ("m", "d")
    quotation = str(case.quotation_id)
    if answer == "c":
        correct(store, decisions.confirm, quotation, _reason("checked in review"), author)
    elif answer == "r":
        correct(store, decisions.reject, quotation, _reason(), author)
    elif answer == "a":
        return _reassign(store, quotation, author)
    return answer in ("c", "r", "a")


def _reassign(store: Store, quotation: str, author: str) -> bool:
    """Ask for the speaker. For a name that nobody has, ask whether one of the similar names, or a new speaker, is meant."""
    from quotetrack.corrections import decisions
    from quotetrack.errors import UnknownSpeaker
    from quotetrack.jobs.correct import correct

    name, reason = str(typer.prompt("Speaker")), _reason()
    try:
        correct(store, decisions.reassign, quotation, name, reason, author)
    except UnknownSpeaker as unknown:
        console.print(Text(f"No speaker is called {unknown.wanted}.", style="yellow"))
        for number, (key, near) in enumerate(unknown.near, 1):
            console.print(Text(f"{number}  {near} ({key})"))
        which = f"1 to {len(unknown.near)} for one of these, " if unknown.near else ""
        answer = typer.prompt(f"{which}new to create {unknown.wanted}, or Enter to go back", default="").strip()
        if answer.isdecimal() and 1 <= int(answer) <= len(unknown.near):
            correct(store, decisions.reassign, quotation, unknown.near[int(answer) - 1][0], reason, author)
        elif answer.lower() == "new":
            correct(store, decisions.reassign, quotation, unknown.wanted, reason, author, new=True)
        else:
            return False
    return True


def _reason(default: str | None = None) -> str:
    return str(typer.prompt("Reason", default=default))
