"""The page of one claim: every printing in order of time, and what each changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotetrack.read.claims import ClaimFacts
from quotetrack.read.context import Segment
from quotetrack.read.printing import EPOCH, Printing
from quotetrack.report import labels
from quotetrack.report.cards import mistake_link, nearby, split_words
from quotetrack.report.linked_data import claim_data
from quotetrack.report.pages import Page, SiteContext
from quotetrack.report.topics import differing, sense_marked
from quotetrack.store import Store
from quotetrack.text.diff import diff
from quotetrack.text.words import words_of

_MOST_WORDS = 8  # of a change in words


@dataclass(frozen=True, slots=True)
class DiffPiece:
    """Words that a printing has in common with the wording shown, or ``removed`` and ``added`` words, the sense marked."""

    same: str
    removed: tuple[Segment, ...] = ()
    added: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One independent report of the claim.

    ``copies`` are the printings in copies of its article. ``pieces`` is empty if only punctuation or case differs from the
    wording shown. ``flags`` say whether a negation or a number differs.
    """

    printing: Printing
    variant: str
    pieces: tuple[DiffPiece, ...]
    flags: tuple[str, ...]
    copies: tuple[Printing, ...]
    context: tuple[Segment, ...]
    quotation: str | None
    speakers: tuple[tuple[str, str | None], ...]
    mistake: str | None


def claim_pages(store: Store, claim_id: str, site: SiteContext) -> Iterator[Page]:
    """Yield the page of a claim. ``site.batch`` holds its printings and the facts about it and its repeats."""
    printings = sorted(site.batch.claims[claim_id], key=_time)
    facts = site.batch.facts[claim_id]
    shown = next((one for one in printings if one.quotation_id == facts.shown), printings[0])
    rows = claim_rows(shown, printings, claim_id, site)
    heading, rest = split_words(shown)
    yield Page(
        site.claim(claim_id) or "",
        "claim_page.html",
        {
            "claim_id": claim_id,
            "shown": shown,
            "heading": heading,
            "rest": rest,
            "facts": facts,
            "speakers": [
                (name, site.speaker(key)) for name, key in zip(shown.speakers, shown.speaker_ids, strict=True)
            ],
            "rows": rows,
            "compared": [row for row in rows if row.printing is not shown],
            "turned": any(row.flags for row in rows),
            "conflicts": facts.speakers,
            "repeats": [(site.claim(other), first and first[:10]) for other, first in facts.repeats],
            "linked_data": _linked_data(shown, printings, facts),
            "labels": labels,
        },
    )


def claim_rows(shown: Printing, printings: Sequence[Printing], claim_id: str, site: SiteContext) -> list[Row]:
    """Return one row for each report of a claim, in the order of ``printings``, with its copies folded into it."""
    reports: dict[tuple[str, str], list[Printing]] = {}
    for printing in printings:
        # A copy may name another speaker or change words, so only the same words of the same speakers are folded.
        key = (printing.report_id, f"{printing.text}\0{printing.speaker_ids}\0{printing.stance}")
        reports.setdefault(key, []).append(printing)
    return [_row(shown, group, claim_id, site) for group in reports.values()]


def _row(shown: Printing, group: list[Printing], claim_id: str, site: SiteContext) -> Row:
    first = shown if shown in group else group[0]
    found = first.in_claim(claim_id)
    pieces = _pieces(shown.text, first.text) if first is not shown else ()
    flags = differing(words_of(shown.text), words_of(first.text)) if found.turned else []
    if found.turned and not flags:
        flags = ["a negation or number differs"]
    return Row(
        printing=first,
        variant=labels.VARIANTS[found.variant],
        pieces=pieces,
        flags=tuple(flags) if first is not shown else (),
        copies=tuple(one for one in group if one is not first),
        context=nearby(first.context),
        quotation=site.quotation(first),
        speakers=tuple((name, site.speaker(key)) for name, key in zip(first.speakers, first.speaker_ids, strict=True)),
        mistake=mistake_link(first, site),
    )


def _pieces(shown: str, other: str) -> tuple[DiffPiece, ...]:
    """Return the differences between two wordings; empty if only case, accents or punctuation differ."""
    pieces = diff(shown, other)
    if all(piece.kind == "equal" for piece in pieces):
        return ()
    return tuple(
        DiffPiece(_spaced(piece.printed.text))
        if piece.kind == "equal"
        else DiffPiece("", sense_marked(piece.asked.text), sense_marked(piece.printed.text))
        for piece in pieces
    )


def _spaced(text: str) -> str:
    """Return the text with a space at its end, which separates it from words that only the other wording has."""
    return text if text[-1:].isspace() else f"{text} "


def _linked_data(shown: Printing, printings: Sequence[Printing], facts: ClaimFacts) -> dict[str, object] | None:
    return claim_data(shown, printings, disputed=bool(facts.speakers), dated=not facts.undated)


def _time(printing: Printing) -> tuple[bool, float, str, int]:
    at = printing.published_at
    return at is None, (at or EPOCH).timestamp(), printing.article_id, printing.position
