"""Group copies of wire reports: articles that share half of their sentences are copies of one report, and articles that
share a fifth (a rewritten report) are not independent.

Copies are evidence that similar quotations are one utterance; counts of independent reports need the wider groups.
Quotations are excluded from the comparison, because independent reports of one event also share them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from quotetrack.cluster.components import components
from quotetrack.cluster.sql import copies as sql
from quotetrack.cluster.windows import keys
from quotetrack.cluster.wordings import encode
from quotetrack.jobs.workers import ParallelMap
from quotetrack.text.paragraphs import paragraphs
from quotetrack.text.quoted import BLANK
from quotetrack.text.sentences import sentences

_QUOTATIONS_PER_ARTICLE = 10  # quotations whose clustering takes as long as processing one article here
_MIN_WORDS = 6  # shorter sentences are often headings and captions


def group_copies(connection: sql.Connection, pool: ParallelMap) -> None:
    """Update the groups of copies and of dependent articles."""
    changed = sql.find_changed(connection)
    if not changed:
        return
    for owners, hashes in pool.map(_hashed, sql.changed_articles(connection), changed * _QUOTATIONS_PER_ARTICLE):
        sql.add_sentences(connection, owners, hashes)
    pairs = sql.pair(connection)
    copies = [(a, b) for a, b, share in pairs if share >= sql.SHARE]
    sql.put_groups(connection, _groups(copies), _groups([(a, b) for a, b, _ in pairs]))


def copies_outdated(connection: sql.Connection) -> bool:
    """Whether articles were stored, changed or deleted since the last call of ``group_copies``."""
    return sql.outdated(connection)


def _groups(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return the smallest article of its connected component for each article in a pair."""
    names = sorted({name for pair in pairs for name in pair})
    number = {name: place for place, name in enumerate(names)}
    first = components(
        len(names),
        np.array([number[a] for a, _ in pairs], dtype=np.int64),
        np.array([number[b] for _, b in pairs], dtype=np.int64),
    )
    return {name: names[first[place]] for name, place in number.items()}


def _hashed(articles: Sequence[tuple[str, str, Sequence[Sequence[int]]]]) -> tuple[list[str], NDArray[np.uint64]]:
    """Return article identifiers and sentence hashes for articles (identifier, text, quoted ranges)."""
    owners: list[str] = []
    codes: list[str] = []
    for article, text, quoted in articles:
        own = own_sentences(text, quoted)
        owners += [article] * len(own)
        codes += own
    return owners, keys(codes)


def own_sentences(text: str, quoted: Sequence[Sequence[int]]) -> list[str]:
    """Return the encoded sentences of an article that do not overlap ``quoted`` ranges, without duplicates."""
    where = paragraphs(text)
    plain = text
    for start, end in quoted:  # keeps the offsets
        plain = plain[:start] + BLANK * (end - start) + plain[end:]
    found: dict[str, None] = {}
    for first, last in where:
        for start, end in sentences(plain[first:last]):
            sentence = plain[first + start : first + end]
            if BLANK not in sentence and len(code := encode(sentence)) >= _MIN_WORDS:
                found[code] = None
    return list(found)
