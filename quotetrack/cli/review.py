"""``quotetrack review``: review uncertain cases one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from quotetrack.cli.common import DEFAULT_DATABASE, Database, console
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
            console.print(Text(f"{number} of {len(cases)}  {case.question}", style="bold"))
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
                    console.print(Text(str(error), style="yellow"))
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
        correct(store, decisions.reassign, quotation, str(typer.prompt("Speaker")), _reason(), author)
    return answer in ("c", "r", "a")


def _reason(default: str | None = None) -> str:
    return str(typer.prompt("Reason", default=default))
