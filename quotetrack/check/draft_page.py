"""Write checked drafts as one HTML page: the text with each quotation marked, and what the record says on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotetrack.check.draft_records import OUTCOMES, Checked, DraftReport
from quotetrack.check.records import Match
from quotetrack.report import templates
from quotetrack.report.labels import STANCES, decision
from quotetrack.text.paragraphs import paragraphs

LABELS = {
    "right": "Right",
    "changed": "Changed",
    "speaker": "Wrong speaker",
    "missing": "Not in the record",
    "unconfirmed": "Not confirmed",
    "unchecked": "Not checked",
}
WORDS = {
    "right": "✓ words right",
    "changed": "✗ words changed",
    "missing": "? words not in the record",
    "unconfirmed": "? words not confirmed",
}
SPEAKERS = {
    "right": "✓ speaker right",
    "differs": "✗ speaker differs",
    "unnamed": "? no speaker named",
    "not compared": "– speaker not compared",
    "unconfirmed": "? speaker not confirmed",
}
_AROUND = 160  # characters of context on each side


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a paragraph. ``note`` is the number of the quotation it belongs to, or 0; ``first``: it begins there.

    ``faults`` are those of the quotation, or its outcome if it has none.
    """

    text: str
    note: int = 0
    outcome: str = ""
    faults: tuple[str, ...] = ()
    first: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """What is shown of one quotation; ``number`` counts the quotations of the page."""

    number: int
    checked: Checked

    @property
    def words(self) -> str:
        """The verdict on the words."""
        faults, answers = self.checked.faults, self.checked.answers
        if "changed" in faults:
            return "changed"
        if "missing" in faults:
            return "missing"
        same = all(answer.words in ("verbatim", "marks") for answer in answers)
        return "right" if answers and (same or self.checked.outcome == "right") else "unconfirmed"

    @property
    def speaker(self) -> str:
        """The verdict on the speaker."""
        found = {answer.speaker for answer in self.checked.answers}
        if "speaker" in self.checked.faults:
            return "differs"
        if found == {"same"} or (found and self.checked.outcome == "right"):
            return "right"
        if self.words == "missing":
            return "not compared"
        return "unnamed" if found and self.checked.said_by is None else "unconfirmed"

    @property
    def matches(self) -> list[tuple[Match, bool]]:
        """The best match of each part, and whether it is a match or only the most similar statement."""
        found = []
        for answer in self.checked.answers:
            if answer.matches:
                found += [(match, True) for match in answer.matches[: 1 if self.checked.outcome == "right" else 2]]
            elif answer.nearest:
                found.append((answer.nearest[0], False))
        return found


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the draft, with the notes on the quotations that begin in it."""

    stretches: tuple[Stretch, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One draft with its paragraphs."""

    report: DraftReport
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[Note, ...]


def write_page(path: Path, reports: Sequence[DraftReport]) -> None:
    """Write the page to ``path``. Raises ``UsageError`` if the file is not writable."""
    templates.write_text(path, rendered(reports))


def rendered(reports: Sequence[DraftReport]) -> str:
    """Return the page as HTML that needs no other file."""
    pages, number = [], 1
    for report in reports:
        pages.append(page_of(report, number))
        number += len(report.quotations)
    return templates.render("draft.html", pages=pages, **page_values())


def page_values() -> dict[str, Any]:
    """Return what the templates of checked drafts need besides the pages."""
    return {
        "labels": LABELS,
        "outcomes": OUTCOMES,
        "words": WORDS,
        "speakers": SPEAKERS,
        "stances": STANCES,
        "decision": decision,
        "before": _before,
        "after": _after,
    }


def page_of(report: DraftReport, first: int) -> Page:
    """Cut a draft into paragraphs with notes; ``first`` is the number of its first quotation."""
    notes = tuple(Note(number, one) for number, one in enumerate(report.quotations, first))
    where = paragraphs(report.draft.text)
    found = []
    for start, end in where:
        own = tuple(note for note in notes if start <= note.checked.spans[0].start < end)
        found.append(Paragraph(tuple(_stretches(report.draft.text, start, end, notes)), own))
    return Page(report, tuple(found), notes)


def _stretches(text: str, start: int, end: int, notes: Sequence[Note]) -> Iterator[Stretch]:
    """Cut a paragraph at the quotations in it; where two overlap, the first keeps the characters."""
    place = start
    spans = sorted(
        ((span.start, span.end, note, number == 0) for note in notes for number, span in enumerate(note.checked.spans)),
        key=lambda one: one[:2],
    )
    for first, last, note, begins in spans:
        first, last = max(first, place), min(last, end)
        if first >= last:
            continue
        if place < first:
            yield Stretch(text[place:first])
        yield Stretch(
            text[first:last], note.number, note.checked.outcome, note.checked.faults or (note.checked.outcome,), begins
        )
        place = last
    if place < end:
        yield Stretch(text[place:end])


def _before(match: Match) -> str:
    text = " ".join(match.before.split())
    text += " " if match.before[-1:].isspace() else ""
    return text if len(text) <= _AROUND else f"… {text[-_AROUND:].partition(' ')[2]}"


def _after(match: Match) -> str:
    text = (" " if match.after[:1].isspace() else "") + " ".join(match.after.split())
    return text if len(text) <= _AROUND else f"{text[:_AROUND].rpartition(' ')[0]} …"
