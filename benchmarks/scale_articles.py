"""Generated articles with everything an ingest stores: narration, roles, pronouns, and people whose surnames are shared.

Utterances and their drifting wordings are those of ``benchmarks.generated``. Names combine given names with surnames made
of syllables, of which a few are frequent, as in a population. A fifth of the sources are pronouns, and a third of the
speakers have a role, so that linking, clustering and repair all have work to do.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import sha256
from itertools import islice
from typing import Any

from benchmarks.generated import Chain, Quoted, grouped, printings, sentence
from benchmarks.linking import PLACES, ROLES, SYLLABLES
from quotetrack.cluster.sql import add_rows
from quotetrack.model import Article, Quotation, Span, Speaker
from quotetrack.store import Store
from quotetrack.store.fill import marked_stretches, passage_rows, word_rows
from quotetrack.store.moments import moment
from quotetrack.store.write import identifier
from quotetrack.text.names import first_names

Made = tuple[Article, list[Quotation]]
_BLOCK = 50_000  # quotations generated at a time
_SURNAMES = 60_000
_SENTENCES = 3  # of narration for each quotation, so that an article has about 500 words, as newswire has
_PER_ARTICLE = 10
_COLUMNS = {
    "articles": "article_id, outlet, url, title, author, published, language, location, text, sha256, models, extractor, "
    "ingested_at, published_at, published_precision, modified"
}


@cache
def person(number: int) -> tuple[str, str]:
    """Name and role of a speaker; the role of two in three is empty.

    >>> person(7) == person(7)
    True
    """
    draw = random.Random(number)
    first = draw.choice(_given_names()).title()
    surname = random.Random(f"surname {int(_SURNAMES * draw.random() ** 2)}")
    last = "".join(surname.choices(SYLLABLES, k=surname.choice((2, 3, 3)))).title()
    role = draw.choice(ROLES).format(p=draw.choice(PLACES)) if draw.random() < 1 / 3 else ""
    return f"{first} {last}", role


@cache
def _given_names() -> list[str]:
    return sorted(first_names())


def articles(chain: Chain, quotations: int, seed: int, months: int = 12) -> Iterator[Made]:
    """Articles with about ``quotations`` quotations, ten each, published over this many months of 2031 and later."""
    quoted = printings(chain, quotations, seed)
    number = 0
    for block in iter(lambda: list(islice(quoted, _BLOCK)), []):
        draw = random.Random(f"{seed} {number}")
        narration = iter(chain.utterances(_SENTENCES * len(block), draw.randrange(1 << 30)))
        for group in grouped(block, _PER_ARTICLE):
            yield article(group, f"{seed}-{number}", months, draw, narration)
            number += 1


def article(
    group: Sequence[Quoted], key: str, months: int, draw: random.Random, narration: Iterator[list[str]]
) -> Made:
    """One article that prints ``group``, with an address that contains ``key``."""
    text, found = "", []
    for place, one in enumerate(group):
        name, role = person(one.speaker)
        told = ". ".join(" ".join(next(narration)).capitalize() for _ in range(_SENTENCES))
        pronoun = place > 0 and draw.random() < 0.2
        text += f"{told}. {name} was there. " if pronoun else f"{told}.\n\n"
        start = len(text)
        text += "He" if pronoun else f"{role} {name}".strip()
        source = Span.of(text, len(text) - (2 if pronoun else len(name)), len(text))
        text += " said: "
        content = []
        contents = [f"“{piece}”" if one.kind == "direct" else piece for piece in one.pieces]
        for ordinal, piece in enumerate(contents):
            content.append((len(text), len(text) + len(piece)))
            text += piece + (" he said " if ordinal + 1 < len(contents) else "\n\n")
        found.append(
            Quotation(
                one.kind,  # type: ignore[arg-type]
                tuple(Span.of(text, *bounds) for bounds in content),
                source=source,
                speaker=Speaker(name, "person"),
                role=Span.of(text, start, start + len(role)) if role and not pronoun else None,
                method="pronoun" if pronoun else "name",
                confidence=0.9,
                speaker_confidence=0.75 if pronoun else 0.95,
            )
        )
    day = date(2031, 1, 1) + timedelta(days=group[0].day * months // 12)
    address = f"https://outlet.example/{key}"
    title = sentence(next(iter(chunk.split() for chunk in [text[:60]])))
    return Article(
        text, outlet=f"Outlet {hash_of(key) % 200}", url=address, title=title, published=day.isoformat()
    ), found


def hash_of(key: str) -> int:
    """A number that depends only on ``key``."""
    return int(sha256(key.encode()).hexdigest()[:8], 16)


def fill(store: Store, made: Iterator[Made]) -> None:
    """Store articles as ``Store.put`` would, but thousands at a time; none of them may be stored already."""
    for portion in iter(lambda: list(islice(made, _BLOCK // _PER_ARTICLE)), []):
        rows: dict[str, list[tuple[Any, ...]]] = {}
        for one in portion:
            for table, found in rows_of(*one).items():
                rows.setdefault(table, []).extend(found)
        with store.transaction():
            for table, found in rows.items():
                add_rows(store.connection, f"{table} ({_COLUMNS[table]})" if table in _COLUMNS else table, found)


def rows_of(article: Article, quotations: Sequence[Quotation]) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of one article by table."""
    key, text = identifier("url", article.url), article.text
    rows: dict[str, list[tuple[Any, ...]]] = {"spans": []}
    sources, found, pieces = {}, [], {}
    for position, one in enumerate(quotations):
        assert one.source and one.speaker
        ranges = [(span.start, span.end) for span in one.content]
        quotation_id = identifier(key, *ranges)
        source_id = identifier(key, one.source.start, one.source.end, one.speaker.name, one.method)
        place = (one.source.start, one.source.end, one.source.text)
        sources[source_id] = (source_id, key, *place, one.speaker.name, one.speaker.type, None, one.method)
        role = one.role.text if one.role else None
        pieces[quotation_id] = ranges
        found.append((quotation_id, key, position, one.kind, one.text, source_id, role, one.confidence, one.stance, None,
                      one.speaker_confidence, False))  # fmt: skip
        parts = [("content", one.content), ("source", [one.source]), ("role", [one.role] if one.role else [])]
        rows["spans"] += [
            (quotation_id, part, ordinal, span.start, span.end, span.text)
            for part, spans in parts
            for ordinal, span in enumerate(spans)
        ]
    digest = sha256(text.encode()).hexdigest()
    rows["articles"] = [(key, article.outlet, article.url, article.title, None, article.published, "en", "generated", text,
                         digest, "none", "generated", datetime.now(UTC).replace(tzinfo=None), *moment(article.published), None)]  # fmt: skip
    rows["sources"], rows["quotations"] = list(sources.values()), found
    rows["marked_stretches"] = [(key, *place) for place in marked_stretches(text)]
    rows["passages"] = passage_rows(key, text, pieces)
    rows["quotation_words"], rows["title_words"] = word_rows(key, article.title, {row[0]: row[4] for row in found})
    return rows


def reprinted(made: Made, rows: Sequence[tuple[str, str]]) -> Made:
    """The article with paragraphs added at its end that print ``rows``, pairs of a quotation and its speaker."""
    article, quotations = made
    text, added = article.text, []
    for quoted, name in rows:
        start = len(text)
        text += f"{name} said: {quoted}\n\n"
        added.append(
            Quotation(
                "direct",
                (Span.of(text, len(text) - 2 - len(quoted), len(text) - 2),),
                source=Span.of(text, start, start + len(name)),
                speaker=Speaker(name, "person"),
                method="name",
                confidence=0.9,
                speaker_confidence=0.95,
            )
        )
    return replace(article, text=text), [*quotations, *added]
