"""``quotetrack check --file``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import typer
from rich.table import Table
from rich.text import Text

from quotetrack.check.draft_records import DEFAULT_FAULTS, FAULTS, Checked, DraftReport
from quotetrack.cli.answers import warn_incomplete
from quotetrack.cli.common import console, notes, one_line, print_json
from quotetrack.errors import UsageError

_STYLES = {"right": "green", "changed": "bold red", "speaker": "bold red", "missing": "yellow"}
_LABELS = {
    "right": "right",
    "changed": "changed",
    "speaker": "wrong speaker",
    "missing": "not in the record",
    "unconfirmed": "not confirmed",
    "unchecked": "not checked",
}
_SHOWN = 100  # characters of a quotation in the table


def check_drafts(
    names: Sequence[str],
    db: Path,
    json: bool,
    html: Path | None,
    fail_on: str | None,
    model_dir: Path | None,
    package: str | None,
) -> None:
    """Check drafts and print a table for each, or JSON; see the help text of ``check``."""
    from quotetrack.check.draft_page import write_page
    from quotetrack.jobs.drafts import check_files
    from quotetrack.model import Failure
    from quotetrack.parse.models import choose
    from quotetrack.store import Store

    faults = _faults(fail_on)
    with Store.open(db, read_only=True) as store:
        found = list(check_files(store, names, choose(model_dir, package), sys.stdin.buffer))
    reports = [one for one in found if isinstance(one, DraftReport)]
    failures = [one for one in found if isinstance(one, Failure)]
    for failure in failures:
        notes.print(f"quotetrack: {one_line(failure.location)}: {one_line(failure.reason)}", soft_wrap=True)
    answers = (answer for report in reports for one in report.quotations for answer in one.answers)
    if first := next(answers, None):
        warn_incomplete(first.searched)
    if json:
        print_json({"drafts": reports, "failures": failures})
    else:
        for report in reports:
            _show(report)
    if html is not None:
        write_page(html, reports)
        notes.print(f"Wrote {html}.", soft_wrap=True)
    if failures or any(report.fails(faults) for report in reports):
        raise typer.Exit(1)


def _faults(given: str | None) -> tuple[str, ...]:
    """Read ``--fail-on``. Raises ``UsageError`` for an unknown outcome."""
    if given is None:
        return DEFAULT_FAULTS
    asked = tuple(name.strip() for name in given.split(",") if name.strip())
    if asked == ("none",):
        return ()
    if unknown := [name for name in asked if name not in FAULTS]:
        raise UsageError(f"Unknown outcome '{unknown[0]}' in --fail-on; use {', '.join(FAULTS)} or none.")
    return asked


def _show(report: DraftReport) -> None:
    console.print(one_line(report.draft.location), style="bold", soft_wrap=True)
    if report.quotations:
        table = Table(box=None, pad_edge=False, show_edge=False)
        for heading in (report.draft.unit, "outcome", "quotation"):
            table.add_column(heading, overflow="fold", no_wrap=heading != "quotation", header_style="dim")
        for one in report.quotations:
            label = Text(_LABELS[one.outcome], style=_STYLES.get(one.outcome, ""))
            table.add_row(str(one.number), label, _described(one))
        console.print(table)
    for note in report.notes:
        console.print(Text(note, style="dim"))
    console.print(Text(report.summary), soft_wrap=True)


def _described(one: Checked) -> Text:
    """The words and who is said to have said them, the reasons, and where they are printed."""
    words = " ".join(one.text.split())
    text = Text(words if len(words) <= _SHOWN else words[:_SHOWN].rpartition(" ")[0] + " …")
    if one.said_by:
        text.append(f" · {one_line(one.said_by)}", style="bold")
    for line in (*one.reasons, *one.notes):
        text.append(f"\n{one_line(line)}")
    for answer in one.answers:
        for match in (answer.matches or answer.nearest)[:1]:
            place = match.place
            where = " · ".join(
                part for part in (place.published and place.published[:10], place.outlet, place.title) if part
            )
            printed = f"“{' '.join(place.text.split())}” ({where})"
            nearest = "" if answer.matches else "Most similar: "
            text.append(f"\n{one_line(where if one.outcome == 'right' else nearest + printed)}", style="dim")
    return text
