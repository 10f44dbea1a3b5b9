"""Statements of one speaker, and the cards that show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quotetrack.cluster.variants import Wording, variant
from quotetrack.read.claims import ClaimFacts
from quotetrack.read.context import Segment
from quotetrack.read.printing import Printing, newest_first
from quotetrack.report.citations import mistake_address
from quotetrack.report.pages import SiteContext
from quotetrack.text.sentences import sentences

_ORDER = {"direct": 0, "mixed": 1, "indirect": 2}
_HEADING = 420  # characters; of a longer statement, only the first sentences are the heading
_AROUND = 240  # characters of context on each side
_ELLIPSIS = Segment("", " […] ")


@dataclass(frozen=True, slots=True)
class Statement:
    """All printings in which one speaker makes a claim: one shown in full, and the others.

    ``claim_ids`` are the claims it belongs to, the one with most printings first. ``topics`` are filled in for a dossier.
    """

    claim_ids: tuple[str, ...]
    shown: Printing
    others: tuple[Printing, ...]
    facts: ClaimFacts
    topics: tuple[str, ...] = ()

    @property
    def outlets(self) -> list[str]:
        """Names of the outlets, sorted."""
        return sorted({self.shown.outlet_name, *(other.outlet_name for other in self.others)})

    @property
    def turned(self) -> bool:
        """Whether a negation or a number differs between the printing shown and any other.

        Clustering has compared all with the wording it displays. If that is another speaker's, they are compared here.
        """
        if self.shown.quotation_id == self.facts.shown:
            return any(one.turned for other in self.others for one in other.claims if one.claim_id in self.claim_ids)
        shown = _wording(self.shown)
        return any(variant(shown, _wording(other))[1] for other in self.others)

    @property
    def day(self) -> str | None:
        """The date of the printing shown, from the article or else from its address."""
        return day_of(self.shown)


@dataclass(frozen=True, slots=True)
class Card:
    """A statement as shown, with the paths of pages relative to the root of the site; ``None`` if a page does not exist.

    ``heading`` are the words, or their first sentences with the others in ``rest``; ``context`` is what stands around them.
    ``number`` is that of its footnote.
    """

    statement: Statement
    number: int
    heading: tuple[Segment, ...]
    rest: tuple[Segment, ...]
    context: tuple[Segment, ...]
    article: str | None
    permalink: str | None
    claim: str | None
    repeats: tuple[tuple[str | None, str | None], ...]
    mistake: str | None

    @property
    def printing(self) -> Printing:
        """The printing shown in full."""
        return self.statement.shown


def _wording(printing: Printing) -> Wording:
    return Wording.of(printing.text, printing.kind, [span.text for span in printing.verbatim])


def day_of(printing: Printing) -> str | None:
    """Return the date of a printing as the outlet gives it, or else from the address of the article."""
    if printing.published:
        return printing.published[:10]
    return printing.published_at.date().isoformat() if printing.published_at else None


def statements(printings: Sequence[Printing], facts: dict[str, ClaimFacts]) -> list[Statement]:
    """Group the printings of one speaker into statements, newest first.

    A quotation of several sentences may belong to several claims; it is shown once.
    """
    groups: dict[str, list[Printing]] = defaultdict(list)
    for printing in printings:
        for one in printing.claims:
            groups[one.claim_id].append(printing)
    found: dict[str, Statement] = {}
    for claim_id, group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        about = facts[claim_id]
        shown = min(group, key=lambda p: (p.quotation_id != about.shown, _ORDER[p.kind], -len(p.text), p.quotation_id))
        others = [p for p in group if p is not shown]
        earlier = found.get(shown.quotation_id)
        if earlier is None:
            found[shown.quotation_id] = Statement((claim_id,), shown, tuple(others), about)
        else:
            known = {p.quotation_id for p in earlier.others}
            more = tuple(p for p in others if p.quotation_id not in known)
            found[shown.quotation_id] = replace(
                earlier, claim_ids=(*earlier.claim_ids, claim_id), others=earlier.others + more
            )
    return [found[printing.quotation_id] for printing in newest_first(one.shown for one in found.values())]


def most_printed(found: Sequence[Statement], most: int) -> list[Statement]:
    """Return the statements to read first: certain ones with words in quotation marks, in most outlets."""
    fit = [
        (-len(one.outlets), -len(one.others), _ORDER[one.shown.kind], place)
        for place, one in enumerate(found)
        if one.shown.kind != "indirect" and one.shown.stance == "stated" and not one.shown.uncertain
    ]
    return [found[key[-1]] for key in sorted(fit)[:most]]


def card(statement: Statement, site: SiteContext, number: int = 0) -> Card:
    """Return the card of a statement."""
    shown = statement.shown
    heading, rest = split_words(shown)
    pages = [page for page in map(site.claim, statement.claim_ids) if page]
    return Card(
        statement=statement,
        number=number,
        heading=heading,
        rest=rest,
        context=nearby(shown.context),
        article=site.article(shown),
        permalink=site.quotation(shown),
        claim=pages[0] if pages else None,
        repeats=tuple((site.claim(other), first and first[:10]) for other, first in statement.facts.repeats),
        mistake=mistake_link(shown, site),
    )


def mistake_link(printing: Printing, site: SiteContext) -> str | None:
    """Return the address where the desk takes reports of a mistake in a printing; ``None`` if it has set none."""
    if site.mistakes is None:
        return None
    return mistake_address(
        site.mistakes,
        quotation_id=printing.quotation_id,
        article_id=printing.article_id,
        speaker=", ".join(printing.speakers),
        url=printing.link or "",
    )


def split_words(printing: Printing) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """Return the words of a printing as segments: those of its heading, and the rest of a long one."""
    flat: list[Segment] = []
    for part in printing.parts:
        flat += [_ELLIPSIS, *part] if flat else part
    text = "".join(segment.text for segment in flat)
    if len(text) <= _HEADING:
        return tuple(flat), ()
    ends = [end for _, end in sentences(text) if end <= _HEADING]
    cut = ends[-1] if ends else text.rfind(" ", 0, _HEADING)
    place = 0
    first: list[Segment] = []
    last: list[Segment] = []
    for segment in flat:
        within = max(0, min(len(segment.text), cut - place))
        if within:
            first.append(replace(segment, text=segment.text[:within]))
        if within < len(segment.text):
            last.append(replace(segment, text=segment.text[within:]))
        place += len(segment.text)
    return tuple(first), tuple(last)


def nearby(context: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Return the context with less text before and after the quotation."""
    found = list(context)
    if found and not found[0].label and len(found[0].text) > _AROUND:
        found[0] = replace(found[0], text="… " + found[0].text[-_AROUND:].partition(" ")[2])
    if found and not found[-1].label and len(found[-1].text) > _AROUND:
        found[-1] = replace(found[-1], text=found[-1].text[:_AROUND].rpartition(" ")[0] + " …")
    return tuple(found)
