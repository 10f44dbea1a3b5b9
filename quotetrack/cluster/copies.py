"""Wire copy told from independent reports: articles that share most of their own sentences count as one report.

Quotations are left out of the comparison: independent reports of one press conference share those, and nothing else.
"""

from __future__ import annotations

import numpy as np

from quotetrack.cluster.components import components
from quotetrack.cluster.windows import keys
from quotetrack.cluster.wordings import encode, sentences
from quotetrack.parse.paragraphs import paragraphs
from quotetrack.parse.quoted import BLANK, blanked, quoted_stretches
from quotetrack.store import copies as sql

_FEWEST_WORDS = 6  # of a sentence: shorter ones are headings and captions


def group_copies(connection: sql.Connection) -> None:
    """Bring the groups of near-identical articles up to date."""
    changed = False
    for articles in sql.changed_articles(connection):
        changed = True
        owners: list[str] = []
        codes: list[str] = []
        for article, text in articles:
            own = own_sentences(text)
            owners += [article] * len(own)
            codes += own
        sql.add_sentences(connection, owners, keys(codes))
    pairs = sql.pair(connection)
    if not changed and not pairs:
        return
    names = sorted({name for pair in pairs for name in pair})
    number = {name: place for place, name in enumerate(names)}
    first = components(
        len(names),
        np.array([number[a] for a, _ in pairs], dtype=np.int64),
        np.array([number[b] for _, b in pairs], dtype=np.int64),
    )
    sql.put_reports(connection, {name: names[first[place]] for name, place in number.items()})


def own_sentences(text: str) -> list[str]:
    """The sentences of an article that hold no quotation, each once, as strings with one character a word."""
    where = paragraphs(text)
    plain = blanked(text, quoted_stretches(text, where))
    found: dict[str, None] = {}
    for first, last in where:
        for start, end in sentences(plain[first:last]):
            sentence = plain[first + start : first + end]
            if BLANK not in sentence and len(code := encode(sentence)) >= _FEWEST_WORDS:
                found[code] = None
    return list(found)
