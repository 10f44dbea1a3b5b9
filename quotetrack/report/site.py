"""Write the site: home page, dossiers, claims, articles, lists and search data. The output is deterministic.

Records are read in batches, so memory does not grow with the database, apart from the lists of speakers and identifiers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from quotetrack.errors import UsageError
from quotetrack.read.articles import article_records, marked_stretches
from quotetrack.read.claims import claim_facts
from quotetrack.read.dossiers import dossiers_of
from quotetrack.read.printing import newest_first
from quotetrack.read.printings import printings
from quotetrack.read.site_lists import (
    listed_articles,
    quotations_of_articles,
    quotations_of_claims,
    shown_statements,
    site_totals,
)
from quotetrack.read.site_pages import ListedSpeaker, claims_with_page, listed_speakers
from quotetrack.read.topics import typical_terms
from quotetrack.read.versions import edits_of
from quotetrack.report.article_page import article_record_page
from quotetrack.report.citations import check_citation, check_mistakes
from quotetrack.report.claim_page import claim_pages
from quotetrack.report.dossier_page import dossier_pages
from quotetrack.report.home import home_page
from quotetrack.report.lists import article_lists, claim_lists, edit_lists, speaker_lists, unnamed_lists
from quotetrack.report.pages import Batch, Page, SiteContext, SiteCounts
from quotetrack.report.paths import speaker_page
from quotetrack.report.search_data import search_files
from quotetrack.report.templates import Renderer, templates_directory
from quotetrack.report.writer import Writer
from quotetrack.store import Store

ASSETS = ("style.css", "dossier.css", "dossier.js", "search.js", "vendor/minisearch.js")
_SPEAKERS, _QUOTATIONS = 400, 2000  # at most in a batch of dossiers
_CLAIMS, _ARTICLES = 300, 100  # in a batch


@dataclass(frozen=True, slots=True)
class Site:
    """The written site: path of the home page, number of dossiers, all files, and the number of files that changed."""

    index: Path
    dossiers: int
    files: tuple[Path, ...]
    changed: int


def write_site(store: Store, out: Path, citation: str | None = None, mistakes: str | None = None) -> Site:
    """Write the site to ``out``, which is created if missing.

    Only files that changed since the last run are written; those that are no longer needed are removed, and files of
    others are kept.

    Args:
        store: The database.
        out: The folder.
        citation: The desk's own format of citations (``citations.check_citation``).
        mistakes: Address for reports of mistakes (``citations.check_mistakes``).

    Raises ``UsageError`` if the folder is not writable or holds articles, or if a format is wrong.
    """
    citation, mistakes = check_citation(citation), check_mistakes(mistakes)
    speakers = [one for one in listed_speakers(store) if one.paged]
    site = _context(store, speakers)
    site.citation, site.mistakes = citation, mistakes
    render = Renderer(site)
    try:
        with Writer(out) as writer:
            for path in ASSETS:
                writer.write(path, (templates_directory() / path).read_bytes())
            for page in _pages(store, speakers, site):
                writer.write(page.path, render.page(page))
            for path, text in search_files(store, speakers, site):
                writer.write(path, text.encode())
            statements = shown_statements(store)
            new = _new(writer, statements)
            writer.write("index.html", render.page(home_page(store, speakers, new, site)))
            files = writer.finish(statements=statements, new=[] if new is None else new)
    except OSError as error:
        raise UsageError(f"Cannot write to {out}: {error.strerror or error}.") from error
    return Site(out / "index.html", len(speakers), tuple(out / name for name in files), writer.changed)


def _context(store: Store, speakers: Sequence[ListedSpeaker]) -> SiteContext:
    totals = site_totals(store)
    return SiteContext(
        speakers={one.speaker_id: speaker_page(one.speaker_id, one.name) for one in speakers},
        claims=frozenset(claims_with_page(store)),
        counts=SiteCounts(len(speakers), totals.quotations, totals.articles, totals.outlets, totals.claims),
        topics=typical_terms(store),
    )


def _new(writer: Writer, statements: Sequence[str]) -> list[str] | None:
    """Return the statements that the last run did not have; if there are none, those that were new then.

    So a second run on the same database writes the same home page. ``None`` if nothing was new since the first run.
    """
    if writer.is_first:
        return None
    before = set(writer.recorded("statements"))
    if new := [one for one in statements if one not in before]:
        return new
    return sorted(set(writer.recorded("new")) & set(statements)) or None


def _pages(store: Store, speakers: Sequence[ListedSpeaker], site: SiteContext) -> Iterator[Page]:
    yield from _dossiers(store, speakers, site)
    yield from _claims(store, site)
    yield from _articles(store, site)
    yield from speaker_lists(speakers, site)
    yield from claim_lists(store)
    yield from article_lists(store, site.counts.articles)
    yield from edit_lists(store)
    yield from unnamed_lists(store, site)


def _dossiers(store: Store, speakers: Sequence[ListedSpeaker], site: SiteContext) -> Iterator[Page]:
    for batch in _speaker_batches(speakers):
        site.batch = dossier_batch(store, batch)
        for one in batch:
            yield from dossier_pages(store, one.speaker_id, site)
    site.batch = Batch()


def dossier_batch(store: Store, speakers: Sequence[ListedSpeaker]) -> Batch:
    """Read the dossiers of these speakers, with the names under which the site lists them."""
    found = dossiers_of(store, [one.speaker_id for one in speakers])
    for one in speakers:
        found[one.speaker_id].name = one.name
    claims = {c.claim_id for d in found.values() for p in (*d.printings, *d.unsaid) for c in p.claims}
    return Batch(dossiers=found, facts=claim_facts(store, claims))


def _speaker_batches(speakers: Sequence[ListedSpeaker]) -> Iterator[list[ListedSpeaker]]:
    batch: list[ListedSpeaker] = []
    quotations = 0
    for one in speakers:
        if batch and (len(batch) == _SPEAKERS or quotations + one.quotations > _QUOTATIONS):
            yield batch
            batch, quotations = [], 0
        batch.append(one)
        quotations += one.quotations
    if batch:
        yield batch


def _claims(store: Store, site: SiteContext) -> Iterator[Page]:
    for batch in _batches(sorted(site.claims), _CLAIMS):
        members = quotations_of_claims(store, batch)
        found = printings(store, sorted({key for keys in members.values() for key in keys}), surroundings=True)
        wanted = {c.claim_id for one in found.values() for c in one.claims} | set(batch)
        facts = claim_facts(store, wanted)
        facts |= claim_facts(store, {other for one in facts.values() for other, _ in one.repeats} - wanted)
        claims = {key: newest_first(found[one] for one in keys) for key, keys in members.items()}
        site.batch = Batch(facts=facts, claims=claims)
        for claim_id in batch:
            yield from claim_pages(store, claim_id, site)
    site.batch = Batch()


def _articles(store: Store, site: SiteContext) -> Iterator[Page]:
    for batch in _batches([one.article_id for one in listed_articles(store)], _ARTICLES):
        records, marked = article_records(store, batch), marked_stretches(store, batch)
        members = quotations_of_articles(store, batch)
        found = printings(store, [key for keys in members.values() for key in keys])
        edits = edits_of(store, batch)
        for key in batch:
            own = [found[one] for one in members.get(key, ())]
            yield article_record_page(records[key], own, marked.get(key, ()), site, edits.get(key, ()))


def _batches(found: Iterable[str], size: int) -> Iterator[list[str]]:
    batch: list[str] = []
    for one in found:
        batch.append(one)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
