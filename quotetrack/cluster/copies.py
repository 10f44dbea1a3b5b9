"""Wire copy told from independent reports: articles that share most of their own sentences count as one report.

Quotations are left out of the comparison: independent reports of one press conference share those, and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from quotetrack.cluster.components import components
from quotetrack.cluster.sql import copies as sql
from quotetrack.cluster.windows import keys
from quotetrack.cluster.wordings import encode, sentences
from quotetrack.jobs.workers import Spread
from quotetrack.parse.paragraphs import paragraphs
from quotetrack.parse.quoted import BLANK

_QUOTATIONS = 10  # that take as long to cluster as an article takes here
_FEWEST_WORDS = 6  # of a sentence: shorter ones are headings and captions


def group_copies(connection: sql.Connection, spread: Spread) -> None:
    """Bring the groups of near-identical articles up to date."""
    changed = sql.find_changed(connection)
    if not changed:
        return
    for owners, hashes in spread.over(_hashed, sql.changed_articles(connection), changed * _QUOTATIONS):
        sql.add_sentences(connection, owners, hashes)
    pairs = sql.pair(connection)
    names = sorted({name for pair in pairs for name in pair})
    number = {name: place for place, name in enumerate(names)}
    first = components(
        len(names),
        np.array([number[a] for a, _ in pairs], dtype=np.int64),
        np.array([number[b] for _, b in pairs], dtype=np.int64),
    )
    sql.put_reports(connection, {name: names[first[place]] for name, place in number.items()})


def _hashed(articles: Sequence[tuple[str, str, Sequence[Sequence[int]]]]) -> tuple[list[str], NDArray[np.uint64]]:
    """The own sentences of articles (identifier, text, stretches between marks) as hashes, and the article of each."""
    owners: list[str] = []
    codes: list[str] = []
    for article, text, quoted in articles:
        own = own_sentences(text, quoted)
        owners += [article] * len(own)
        codes += own
    return owners, keys(codes)


def own_sentences(text: str, quoted: Sequence[Sequence[int]]) -> list[str]:
    """The sentences of an article that hold nothing of what is ``quoted`` (start and end), each once, as strings with one character a word."""
    where = paragraphs(text)
    plain = text
    for start, end in quoted:  # offsets stay
        plain = plain[:start] + BLANK * (end - start) + plain[end:]
    found: dict[str, None] = {}
    for first, last in where:
        for start, end in sentences(plain[first:last]):
            sentence = plain[first + start : first + end]
            if BLANK not in sentence and len(code := encode(sentence)) >= _FEWEST_WORDS:
                found[code] = None
    return list(found)
