"""Let the path and the time of a file stand in for missing metadata.

What stands in is never mistaken for what the article says: the words ``(folder name)`` and ``(file name)`` are part of the
stored outlet and title, and a day from a file is stored apart from the date of publication.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from quotetrack.inputs.dates import iso_date
from quotetrack.inputs.folders import storable
from quotetrack.model import Article

FOLDER, FILE, TIME = "folder name", "file name", "file time"
_DAY_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}")
_WORD = re.compile(r"[^\W\d_]+(?:['’.&][^\W\d_]+)*")
_SMALL = ("of", "the", "and", "on", "in", "for", "de", "la", "le")
# Words for what a folder holds. A name that ends with one says what is inside, not who published it.
_HOLDINGS = """
    archive archives article articles backup backups clippings content corpus data dataset desktop document documents
    download downloads draft drafts export exports file files folder html import imports inbox input inputs item
    items letters newsletters output outputs page pages pdf pdfs releases sample samples scan scans speeches stories
    stuff temp test tests text texts tmp transcripts txt work
"""


def stand_in(article: Article, path: Path) -> Article:
    """Fill in a missing outlet, title and day from the folder, name and time of the article's file."""
    provenance, outlet, title = article.provenance, article.outlet, article.title
    if outlet is None and (name := outlet_of_folder(path)):
        outlet, provenance = f"{name} ({FOLDER})", replace(provenance, outlet=FOLDER)
    if title is None:
        title, provenance = f"{' '.join(storable(path.name).split())} ({FILE})", replace(provenance, title=FILE)
    if article.published is None and provenance.day is None:
        day, day_from = _day(path)
        provenance = replace(provenance, day=day, day_from=day_from)
    return replace(article, outlet=outlet, title=title, provenance=provenance)


def with_day(article: Article, day: str | None, origin: str) -> Article:
    """Add a day on which the article existed, unless it has a date.

    It is not taken for the date of publication: a page is saved later, and some programs write the date of a template.
    """
    created = iso_date(day)
    if article.published or not created:
        return article
    return replace(article, provenance=replace(article.provenance, day=created[:10], day_from=origin))


def outlet_of_folder(path: Path) -> str | None:
    """Return the name of the nearest folder that is not a date, if it looks like the name of an outlet.

    That is a domain, or a name written in capitals as names are: at least two words of which the last is not what the
    folder holds (``Press Articles``), or one word that is not an ordinary English word (``Downloads``). The home folder,
    the folder of temporary files and what is above them never name an outlet.

    >>> outlet_of_folder(Path("/archive/Coast Courier/2026/03/vote.txt"))
    'Coast Courier'
    >>> outlet_of_folder(Path("/archive/articles/vote.txt"))
    """
    system = {place for start in (_home(), Path(tempfile.gettempdir())) if start for place in (start, *start.parents)}
    for folder in path.absolute().parents:
        name = " ".join(storable(folder.name).replace("_", " ").split())
        if folder in system:
            return None
        if re.search(r"[^\W\d]", name) and not _is_date(name):
            return name if _is_outlet(name) else None
    return None


def _home() -> Path | None:
    try:
        return Path.home()
    except RuntimeError:  # a user without a home folder
        return None


def _is_date(name: str) -> bool:
    """Whether a name is a date or the name of a month."""
    return iso_date(name) is not None or iso_date(f"1 {name} 2000") is not None


def _is_outlet(name: str) -> bool:
    if _DOMAIN.fullmatch(name):
        return True
    words = [word for word in _WORD.findall(name) if word not in _SMALL]
    if not words or not all(word[0].isupper() for word in words) or words[-1].lower() in _HOLDINGS.split():
        return False
    import simplemma  # 0.1 s

    return len(words) > 1 or not simplemma.is_known(words[0].lower(), "en")


def _day(path: Path) -> tuple[str | None, str | None]:
    named = {"-".join(match.group(1, 3, 4)) for match in _DAY_IN_NAME.finditer(path.name)}
    if len(named) == 1 and (day := iso_date(named.pop())):
        return day, FILE
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC).date().isoformat(), TIME
    except (OSError, ValueError, OverflowError):  # a time outside the calendar
        return None, None
