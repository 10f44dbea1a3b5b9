"""Articles that are edited, with quotations read by a simple pattern instead of the models."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from quotetrack.model import Article, Quotation, Span, Speaker
from quotetrack.store import Store

_SAID = re.compile(r"(“[^”]+”) (said|denied|asked) ([A-Z]\w+ [A-Z]\w+)")
_STANCES = {"said": "stated", "denied": "denied", "asked": "asked"}

JUNE = (
    "“We will close the yard in June,” said Ruth Vale. The crew waited on the quay. “Nobody was told,” said Anton Lund."
)
JULY = "“We will close the yard in July,” said Ruth Vale. The crew waited on the quay. “We are sorry,” said Ruth Vale."
OTHER = "“The choir sings on Sunday,” said Mara Osei. Tickets are sold at the door of the old town hall."


def quoted(text: str) -> list[Quotation]:
    """The quotations of a text: words in marks, followed by ``said``, ``denied`` or ``asked`` and a name."""
    return [
        Quotation(
            kind="direct",
            content=(Span.of(text, *found.span(1)),),
            cue=Span.of(text, *found.span(2)),
            source=Span.of(text, *found.span(3)),
            speaker=Speaker(found[3], "person"),
            method="name",
            confidence=0.9,
            stance=_STANCES[found[2]],  # type: ignore[arg-type]
            speaker_confidence=0.9,
        )
        for found in _SAID.finditer(text)
    ]


def put(store: Store, *articles: Article) -> list[str]:
    """Store articles with their quotations; returns the outcomes."""
    return [*store.put([(article, quoted(article.text)) for article in articles], "m")]


def analysed(texts: Sequence[str]) -> list[tuple[int, list[Quotation] | str, str]]:
    """Stands in for ``quotetrack.jobs.analysis.analyse``."""
    return [(number, quoted(text), "") for number, text in enumerate(texts)]


def page(text: str, url: str | None = "https://post.example/yard", location: str = "yard.txt", **other: str) -> Article:
    """An article of an invented outlet."""
    return Article(text, outlet="Harbour Post", url=url, location=location, **other)  # type: ignore[arg-type]


def in_file(path: Path, text: str) -> Article:
    """The article of a text file without a URL, which is written."""
    path.write_text(text, encoding="utf-8")
    return page(text, None, str(path))
