"""``quotetrack review``: review uncertain cases one by one."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from quotetrack.cli.common import DEFAULT_DATABASE, Database, console
from quotetrack.cli.speakers import By, user

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
    from quotetrack.corrections import decisions
    from quotetrack.errors import UsageError
    from quotetrack.read.doubts import doubts
    from quotetrack.store import Store

    with Store.open(db) as store:
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
                    if answer == "m" and case.kind == "near names":
                        decisions.merge(store, case.speakers[0][0], case.speakers[1][0], _reason(), user(by))
                    elif answer == "d" and case.kind == "near names":
                        decisions.apart(
                            store, case.speakers[0][0], case.speakers[1][0], _reason("two people"), user(by)
                        )
                    elif answer == "c" and case.quotation_id:
                        decisions.confirm(store, case.quotation_id, _reason("checked in review"), user(by))
                    elif answer == "r" and case.quotation_id:
                        decisions.reject(store, case.quotation_id, _reason(), user(by))
                    elif answer == "a" and case.quotation_id:
                        decisions.reassign(store, case.quotation_id, typer.prompt("Speaker"), _reason(), user(by))
                    else:
                        continue
                except UsageError as error:
                    console.print(Text(str(error), style="yellow"))
                    continue
                break


def _reason(default: str | None = None) -> str:
    return str(typer.prompt("Reason", default=default))
