"""What every part of the site knows: its pages, and the records of the batch being written."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from quotetrack.read.claims import ClaimFacts
from quotetrack.read.dossiers import Dossier
from quotetrack.read.printing import Printing
from quotetrack.report import paths


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site: its path relative to the root, its template and the values of the template.

    ``write_site`` adds ``root`` (the path from the page to the root: empty or ``../``) and ``site``.
    """

    path: str
    template: str
    values: dict[str, object]


@dataclass(frozen=True, slots=True)
class SiteCounts:
    """Numbers of what is shown by default in the whole database; ``speakers`` are those with pages."""

    speakers: int
    quotations: int
    articles: int
    outlets: int
    claims: int


@dataclass(slots=True)
class Batch:
    """The records of the speakers or claims whose pages are written next, read with few queries.

    Attributes:
        dossiers: The dossiers of a batch of speakers by identifier, with context.
        facts: Facts about all claims in ``dossiers`` or ``claims``.
        claims: The printings of a batch of claims by identifier, with context, newest first.
    """

    dossiers: dict[str, Dossier] = field(default_factory=dict)
    facts: dict[str, ClaimFacts] = field(default_factory=dict)
    claims: dict[str, list[Printing]] = field(default_factory=dict)


@dataclass(slots=True)
class SiteContext:
    """The pages of the site.

    Attributes:
        speakers: Paths of the first pages of all dossiers by identifier of the speaker. Other speakers have no page.
        claims: The claims that have a page.
        counts: Numbers for the whole site.
        batch: The records of the pages being written. ``dossier_pages`` and ``claim_pages`` read from it first: with
            20,000 speakers there is no time for queries for each.
        single_file: Whether one dossier is written as a self-contained file (``report --single-file``). ``dossier_pages``
            then yields a single page with all claims, and no other page exists to link to.
        topics: Terms typical of each speaker's claims (``read.topics.typical_terms``), read once for the whole site.
        citation: The desk's own format of a citation, such as ``{speaker}, {outlet}, {date}``
            (``citations.check_citation``). Without it, readers can only copy the default format.
        mistakes: Address for reports of mistakes, such as ``mailto:desk@example.org?subject={quotation_id}``
            (``citations.check_mistakes``). Without it, pages show the command that corrects the quotation.
    """

    speakers: dict[str, str]
    claims: Set[str]
    counts: SiteCounts
    batch: Batch = field(default_factory=Batch)
    single_file: bool = False
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    citation: str | None = None
    mistakes: str | None = None

    def speaker(self, speaker_id: str) -> str | None:
        """Return the path of a speaker's dossier, or ``None`` if it has no page."""
        return self.speakers.get(speaker_id)

    def claim(self, claim_id: str) -> str | None:
        """Return the path of a claim's page, or ``None`` if it has none."""
        return paths.claim_page(claim_id) if claim_id in self.claims else None

    def article(self, printing: Printing) -> str | None:
        """Return the path of the page of a printing's article, or ``None`` in a single file."""
        return None if self.single_file else paths.article_page(printing.article_id, printing.title)

    def quotation(self, printing: Printing) -> str | None:
        """Return the path of a printing in the page of its article, or ``None`` in a single file."""
        page = self.article(printing)
        return f"{page}#q-{printing.quotation_id}" if page else None
