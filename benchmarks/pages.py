"""Measure what is read from saved web pages against annotated titles, dates, authors, outlets and paragraphs.

    python -m benchmarks.pages PAGES GOLD --json benchmarks/results/pages.json

``PAGES`` holds saved pages called ``COUNTRY_OUTLET_DATE.html``, and ``GOLD`` the annotation of the same pages, as the
test files of flairNLP/fundus have it: ``COUNTRY_OUTLET.json`` with title, date, authors and paragraphs of each version.
``GOLD/outlets.json``, if there is one, maps ``COUNTRY_OUTLET`` to the name of the outlet as it should be shown; without
it, the name is taken from the file name (``TheMirror`` is ``The Mirror``).

Two values are also counted more leniently, because a page has several right ones: ``title_shown`` accepts a headline that
the page shows as ``<h1>`` where the annotator took one for sharing or for search engines, and ``outlet_named`` accepts the
names in ``benchmarks/data/page-outlets.json``, by which an outlet calls itself on the annotated page.

Outlets are split into two halves by the hash of their name. Rules were written while looking at pages of the half ``seen``;
the differences of the half ``unseen`` in titles and outlets have been read since.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from lxml import html

from benchmarks.record import add_option, write
from quotetrack.inputs import read
from quotetrack.model import Article

HALVES = ("seen", "unseen")
FIELDS = ("title", "title_shown", "date", "authors", "outlet", "outlet_named")
OTHER_NAMES = Path(__file__).parent / "data" / "page-outlets.json"


@dataclass(slots=True)
class Tally:
    """How many pages were read, and how many values and paragraphs of them are right."""

    pages: int = 0
    right: Counter[str] = field(default_factory=Counter)
    paragraphs: int = 0
    found: int = 0
    apart: int = 0
    lines: int = 0
    extra: int = 0

    def to_dict(self, part: str) -> dict[str, Any]:
        """Return the counts and percentages as one row of the results."""
        return {
            "part": part,
            "pages": self.pages,
            **{name: self.right[name] for name in FIELDS},
            "paragraphs": self.paragraphs,
            "paragraphs_found": self.found,
            "paragraphs_apart": self.apart,
            "found_percent": round(100 * self.found / max(1, self.paragraphs), 1),
            "lines": self.lines,
            "lines_not_in_gold": self.extra,
        }


def half(name: str) -> str:
    """Return the half of the outlets that ``name`` belongs to.

    >>> half("uk_CoastCourier") in HALVES
    True
    """
    return HALVES[hashlib.sha256(name.encode()).digest()[0] % 2]


def letters(text: str) -> str:
    """Return the letters and digits of ``text`` in lower case, by which texts are compared."""
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalnum())


def pairs(pages: Path, gold: Path) -> Iterator[tuple[str, Path, dict[str, Any]]]:
    """Yield outlet, page and annotation of every annotated page; a page belongs to the version with most of its words."""
    for file in sorted(gold.glob("*.json")):
        if file.name == "outlets.json":
            continue
        versions = list(json.loads(file.read_text(encoding="utf-8")).values())
        for page in sorted(pages.glob(f"{file.stem}_*.html")):
            raw = letters(page.read_text(encoding="utf-8", errors="replace"))
            best = max(versions, key=lambda version: sum(letters(p) in raw for p in paragraphs(version)))
            yield file.stem, page, best


def paragraphs(version: dict[str, Any]) -> list[str]:
    """Return the annotated paragraphs, without headings and summaries, which many pages print above the article."""
    found = [text for section in version["body"]["sections"] for text in section["paragraphs"]]
    return [text for text in found if letters(text)]


def outlet_name(stem: str, names: dict[str, str]) -> str:
    """Return the name of an outlet as it should be shown.

    >>> outlet_name("uk_TheCoastCourier", {})
    'The Coast Courier'
    """
    return names.get(stem) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", stem.partition("_")[2])


def shown_headings(page: Path) -> set[str]:
    """Return the letters of each ``<h1>`` of a page."""
    tree = html.fromstring(page.read_bytes())
    return {letters(heading.text_content()) for heading in tree.iter("h1")} - {""}


def compare(
    article: Article, version: dict[str, Any], outlets: list[str], headings: set[str], tally: Tally
) -> list[str]:
    """Add one page to ``tally``; returns a line for each value that is wrong.

    ``outlets`` has the annotated name of the outlet, then other names that it uses; ``headings`` is from ``shown_headings``.
    """
    tally.pages += 1
    title_right = letters(article.title or "") == letters(version["title"])
    outlet_right = [same_outlet(article.outlet or "", name) for name in outlets]
    authors = [letters(name) for name in version["authors"]]
    found_authors = [letters(name) for name in re.split(r", | and ", article.author or "") if name]
    checks = {
        "title": (title_right, article.title, version["title"]),
        "title_shown": (title_right or letters(article.title or "") in headings, article.title, headings),
        "date": (same_day(article.published, version["publishing_date"]), article.published, version["publishing_date"]),
        "authors": (sorted(authors) == sorted(found_authors), article.author, version["authors"]),
        "outlet": (outlet_right[0], article.outlet, outlets[0]),
        "outlet_named": (any(outlet_right), article.outlet, outlets),
    }  # fmt: skip
    wrong = []
    for name, (right, found, expected) in checks.items():
        tally.right[name] += right
        if not right:
            wrong.append(f"{name}: {found!r}, not {expected!r}")
    lines = [letters(line) for line in article.text.splitlines() if letters(line)]
    whole = "".join(lines)
    for text in paragraphs(version):
        tally.paragraphs += 1
        tally.found += letters(text) in whole
        tally.apart += letters(text) in lines
        if letters(text) not in whole:
            wrong.append(f"missing paragraph: {text[:150]!r}")
        elif letters(text) not in lines:
            wrong.append(f"not apart: {text[:150]!r}")
    gold = letters("".join([*every_text(version), version["title"]]))
    tally.lines += len(lines)
    for line in article.text.splitlines():
        if letters(line) and letters(line) not in gold:
            tally.extra += 1
            wrong.append(f"not in the annotation: {line[:150]!r}")
    return wrong


def every_text(version: dict[str, Any]) -> Iterator[str]:
    """Yield all annotated texts: summary, headings and paragraphs."""
    yield from version["body"]["summary"]
    for section in version["body"]["sections"]:
        yield from section["headline"]
        yield from section["paragraphs"]


def same_outlet(found: str, expected: str) -> bool:
    """Whether two names are the same apart from ``The``, ``News`` and the end of a domain, or the second abbreviates the first.

    >>> same_outlet("The Coast Courier", "CoastCourier"), same_outlet("Bay City Times", "BCTimes"), same_outlet("Weather", "Courier")
    (True, True, False)
    >>> same_outlet("Courier.example", "Courier")
    True
    """

    def core(name: str) -> str:
        name = re.sub(r"(?<=\w)(?:\.[a-z]{2,})+$", "", name)
        return letters(name).removeprefix("the").removesuffix("news") or letters(name)

    words = "".join(f"{letters(word)[:1]}(?:{letters(word)[1:]})?" for word in found.split())
    return core(found) == core(expected) or bool(words and re.fullmatch(words, letters(expected)))


def same_day(found: str | None, expected: str) -> bool:
    """Whether both name the same moment to the minute, or the same day if the page gives no time.

    >>> same_day("2026-03-02T09:15:00+01:00", "2026-03-02 08:15:00+00:00")
    True
    """
    if not found:
        return False
    wanted = datetime.fromisoformat(expected)
    if len(found) == len("2026-03-02"):
        return found == wanted.date().isoformat()
    moment = datetime.fromisoformat(found)
    if moment.tzinfo is None or wanted.tzinfo is None:
        return moment.date() == wanted.date()
    return abs((moment - wanted).total_seconds()) < 60


def measure(pages: Path, gold: Path, shown: str | None) -> list[dict[str, Any]]:
    """Read every annotated page; prints what is wrong in the half ``shown`` and returns the rows of the results."""
    names_file = gold / "outlets.json"
    names = json.loads(names_file.read_text(encoding="utf-8")) if names_file.exists() else {}
    others = json.loads(OTHER_NAMES.read_text(encoding="utf-8"))
    tallies = {part: Tally() for part in HALVES}
    for stem, page, version in pairs(pages, gold):
        part = half(stem)
        read_from = [found for found in read(page) if isinstance(found, Article)] or [Article(text="")]
        # The posts of a live blog are articles of their own.
        found = replace(read_from[0], text="\n".join(part.text for part in read_from))
        outlets = [outlet_name(stem, names), *others.get(stem, [])]
        wrong = compare(found, version, outlets, shown_headings(page), tallies[part])
        if part == shown and wrong:
            print(f"\n{page.name}", *wrong, sep="\n  ")
    return [tally.to_dict(part) for part, tally in tallies.items()]


def main() -> None:
    """Measure, print and, with ``--json``, write the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("pages", type=Path)
    options.add_argument("gold", type=Path)
    options.add_argument("--show", choices=HALVES, help="print what is wrong in this half")
    add_option(options)
    given = options.parse_args()
    figures = measure(given.pages, given.gold, given.show)
    for row in figures:
        print(json.dumps(row))
    write(given.json, figures)


if __name__ == "__main__":
    main()
