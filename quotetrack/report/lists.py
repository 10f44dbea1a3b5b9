"""Pages that list what the site has: speakers by name, claims, articles, edits, and sources without a page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, islice

from quotetrack.link.names import person_name
from quotetrack.read.edit_list import count_edits, list_edits
from quotetrack.read.site_lists import (
    ListedArticle,
    UnnamedSource,
    bodies_spoken_for,
    claims_of_several_reports,
    listed_articles,
    unnamed_sources,
)
from quotetrack.read.site_pages import ListedSpeaker
from quotetrack.report.pages import Page, SiteContext
from quotetrack.report.paths import article_page, ascii_letters, numbered
from quotetrack.store import Store

SPEAKERS_PER_PAGE = 400
CLAIMS_PER_PAGE = 100
ARTICLES_PER_PAGE = 200
UNNAMED_PER_PAGE = 200  # quotations
EDITS_PER_PAGE = 50
MOST_EDITS = 2000  # in the list of edits
MOST_CHANGES_LISTED = 5  # of one edit; the page of the article has more
_OTHER = "other"  # the last of the letters
MOST_CLAIMS = 5000  # in the list of claims in several reports


def speaker_lists(speakers: Sequence[ListedSpeaker], site: SiteContext) -> Iterator[Page]:
    """Yield the pages that list all speakers with a page by the first letter of the surname or of a body's name."""
    ordered = sorted(
        speakers, key=lambda one: (letter_of(one) == _OTHER, letter_of(one), _sort_key(one), one.speaker_id)
    )
    letters = [(letter, list(group)) for letter, group in groupby(ordered, key=letter_of)]
    navigation = [(_shown(letter), _names_page(letter, 1), len(group)) for letter, group in letters]
    most = speakers[:SPEAKERS_PER_PAGE]
    yield Page("speakers.html", "speakers.html", {"letters": navigation, "speakers": most, "letter": None, "pages": []})
    for letter, group in letters:
        parts = [group[start : start + SPEAKERS_PER_PAGE] for start in range(0, len(group), SPEAKERS_PER_PAGE)]
        paths = [_names_page(letter, number) for number in range(1, len(parts) + 1)]
        for path, part in zip(paths, parts, strict=True):
            values: dict[str, object] = {
                "letters": navigation,
                "speakers": part,
                "letter": _shown(letter),
                "pages": paths,
                "path": path,
            }
            yield Page(path, "speakers.html", values)


def letter_of(one: ListedSpeaker) -> str:
    """Return the letter under which a speaker is listed, ``a`` to ``z``, or ``other``."""
    first = _sort_key(one)[:1]
    return first if "a" <= first <= "z" else _OTHER


def _sort_key(one: ListedSpeaker) -> str:
    """Return the surname and the other names of a person, or the name of a body, in plain lower-case letters."""
    name = one.name.removeprefix("The ").removeprefix("the ")
    if one.type == "person":
        parts = person_name(name).parts
        name = " ".join((parts[-1], *parts[:-1]))
    return ascii_letters(name).lstrip(" '\"-.([") or "~"


def _shown(letter: str) -> str:
    return "Others" if letter == _OTHER else letter.upper()


def _names_page(letter: str, number: int) -> str:
    return numbered(f"names/{letter}", number)


def claim_lists(store: Store) -> Iterator[Page]:
    """Yield the pages of claims in several reports."""
    claims = list(islice(claims_of_several_reports(store), MOST_CLAIMS))
    parts = [claims[start : start + CLAIMS_PER_PAGE] for start in range(0, len(claims), CLAIMS_PER_PAGE)] or [[]]
    pages = [numbered("claims", number) for number in range(1, len(parts) + 1)]
    for path, part in zip(pages, parts, strict=True):
        yield Page(path, "claims.html", {"claims": part, "pages": pages, "path": path, "total": len(claims)})


def article_lists(store: Store, total: int) -> Iterator[Page]:
    """Yield the pages that list all articles, newest first. ``total`` is the number of articles."""
    pages = [numbered("articles", number) for number in range(1, max(1, -(-total // ARTICLES_PER_PAGE)) + 1)]
    part: list[tuple[ListedArticle, str]] = []
    number = 0
    for article in listed_articles(store):
        part.append((article, article_page(article.article_id, article.title)))
        if len(part) == ARTICLES_PER_PAGE:
            yield _articles(part, pages, number)
            part, number = [], number + 1
    if part or not number:
        yield _articles(part, pages, number)


def _articles(part: Sequence[tuple[ListedArticle, str]], pages: Sequence[str], number: int) -> Page:
    return Page(pages[number], "articles.html", {"articles": part, "pages": pages, "path": pages[number]})


def edit_lists(store: Store) -> Iterator[Page]:
    """Yield the pages that list the edits of articles, latest first."""
    total = count_edits(store)
    shown = min(total, MOST_EDITS)
    pages = [numbered("edits", number) for number in range(1, max(1, -(-shown // EDITS_PER_PAGE)) + 1)]
    for number, path in enumerate(pages):
        part = list_edits(store, limit=EDITS_PER_PAGE, start=number * EDITS_PER_PAGE)
        values: dict[str, object] = {
            "edits": [(one, article_page(one.article_id, one.title)) for one in part],
            "total": total,
            "shown": shown,
            "most_changes": MOST_CHANGES_LISTED,
            "pages": pages,
            "path": path,
        }
        yield Page(path, "edits.html", values)


def unnamed_lists(store: Store, site: SiteContext) -> Iterator[Page]:
    """Yield the pages of quotations whose speaker has no page: by body they speak for, and by article.

    Two passes over the rows keep memory small: the first counts the pages.
    """
    paged = site.speakers.keys()
    total = sum(1 for _ in _unnamed_parts(store, paged))
    pages = [numbered("unnamed", number) for number in range(1, max(1, total) + 1)]
    bodies = bodies_spoken_for(store, paged)
    for number, part in enumerate(_unnamed_parts(store, paged)):
        values = {"articles": part, "pages": pages, "path": pages[number], "bodies": bodies if number == 0 else []}
        yield Page(pages[number], "unnamed.html", values)
    if not total:
        yield Page(pages[0], "unnamed.html", {"articles": [], "pages": pages, "path": pages[0], "bodies": bodies})


_Unnamed = tuple[ListedArticle, str, list[UnnamedSource]]


def _unnamed_parts(store: Store, paged: Collection[str]) -> Iterator[list[_Unnamed]]:
    part: list[_Unnamed] = []
    size = 0
    for article, sources in unnamed_sources(store, paged):
        if part and size + len(sources) > UNNAMED_PER_PAGE:
            yield part
            part, size = [], 0
        part.append((article, article_page(article.article_id, article.title), sources))
        size += len(sources)
    if part:
        yield part
