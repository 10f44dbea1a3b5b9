"""SQL that writes articles and quotations. Identifiers are content hashes, so repeated writes are idempotent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import duckdb

from quotetrack.model import Article, Failure, Provenance, Quotation, Span
from quotetrack.store.fill import marked_stretches, passage_rows, word_rows
from quotetrack.store.moments import date_in_address, moment
from quotetrack.version import __version__

_INSERT_ROWS = 2_000


def identifier(*parts: object) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of the parts."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def clean(text: str) -> str:
    """Replace lone surrogates, which are not valid Unicode and which DuckDB cannot store."""
    return text.encode("utf-8", "replace").decode("utf-8")


def article_id(article: Article) -> str:
    """Identify an article by its URL, or by outlet and text if it has none."""
    return identifier("url", article.url) if article.url else identifier("text", article.outlet, article.sha256)


def _row(article: Article, models: str) -> list[object]:
    return [
        article.outlet, article.url, article.title, article.author, article.published, article.language,
        hashlib.sha256(clean(article.text).encode("utf-8")).hexdigest(), models, __version__,
    ]  # fmt: skip


_COMPARED = "outlet, url, title, author, published, language, sha256, models, extractor"


def known(connection: duckdb.DuckDBPyConnection, article: Article, models: str) -> bool:
    """Whether this exact article is already stored, analysed by this version with these models."""
    if _is_stored(connection, article, models):
        return True
    recorded = connection.execute(
        "SELECT 1 FROM duplicates WHERE location = ? AND article_id = ? AND metadata = ?",
        [clean(article.location), article_id(article), _metadata(article)],
    ).fetchone()
    return recorded is not None and _is_stored(connection, _kept(_stored(connection, article), article), models)


def _is_stored(connection: duckdb.DuckDBPyConnection, article: Article, models: str) -> bool:
    row = connection.execute(f"SELECT {_COMPARED} FROM articles WHERE article_id = ?", [article_id(article)]).fetchone()
    if row is None:
        return False
    expected = _row(article, models)
    if article.provenance.title:
        expected[2] = row[2]  # copies of a file with other names are the same article
    return list(row) == expected


def _stored(connection: duckdb.DuckDBPyConnection, article: Article) -> Article:
    """Return ``article`` with the stored metadata and location if it is stored and has no URL; otherwise as it is."""
    row = connection.execute(
        "SELECT title, author, published, language, location FROM articles WHERE article_id = ? AND url IS NULL",
        [article_id(article)],
    ).fetchone()
    if row is None:
        return article
    title, author, published, language, location = row
    origins = connection.execute(
        "SELECT outlet, title, language, day, day_from FROM article_provenance WHERE article_id = ?",
        [article_id(article)],
    ).fetchone()
    return replace(
        article, title=title, author=author, published=published, language=language, location=location,
        provenance=Provenance(*origins or ()),
    )  # fmt: skip


def _kept(stored: Article, article: Article) -> Article:
    """Return ``stored`` or ``article``: the one whose metadata is kept if several files have its outlet and text but no URL.

    ``stored`` is the result of ``_stored``. The existing file that is first in alphabetical order decides, so that the order of ingest does not matter.
    """
    one, other = _file(stored.location), _file(article.location)
    if stored.location >= article.location or not one.exists() or (one != other and one.resolve() == other.resolve()):
        return article
    return stored


def _file(location: str) -> Path:
    """The file of an article, without the number of the record in a JSONL file."""
    name, _, number = location.rpartition("#")
    return Path(name if name and number.isdecimal() else location)


def _metadata(article: Article) -> str:
    title = None if article.provenance.title else article.title
    return json.dumps([title, article.author, article.published, article.language])


def _record_duplicate(connection: duckdb.DuckDBPyConnection, article: Article) -> Article:
    """Return the article to store for this input, and record the input whose metadata is not kept, if any."""
    stored = _stored(connection, article)
    kept = _kept(stored, article)
    connection.execute("DELETE FROM duplicates WHERE location = ?", [clean(article.location)])
    dropped = article if kept is not article else stored
    if dropped.location != kept.location and _metadata(dropped) != _metadata(kept) and _file(dropped.location).exists():
        row = [clean(dropped.location), article_id(article), _metadata(dropped)]
        connection.execute("INSERT INTO duplicates VALUES (?, ?, ?)", row)
    return kept


def put(
    connection: duckdb.DuckDBPyConnection, article: Article, quotations: Sequence[Quotation], models: str
) -> Literal["new", "updated", "unchanged"]:
    """Store one article and its quotations. Requires an open transaction."""
    key = article_id(article)
    connection.execute("DELETE FROM failures WHERE location = ?", [clean(article.location)])
    article = _record_duplicate(connection, article)
    if _is_stored(connection, article, models):
        return "unchanged"
    existed = connection.execute("SELECT 1 FROM articles WHERE article_id = ?", [key]).fetchone() is not None
    if existed:
        connection.execute(
            "DELETE FROM spans WHERE quotation_id IN (SELECT quotation_id FROM quotations WHERE article_id = ?)", [key]
        )
        # The offsets of decided sources refer to the old text; settling locates them in the new text.
        for table in (
            "quotations",
            "sources",
            "decided_sources",
            "repairs",
            "marked_stretches",
            "passages",
            "article_provenance",
            "quotation_words",
            "title_words",
            "articles",
        ):
            connection.execute(f"DELETE FROM {table} WHERE article_id = ?", [key])
    now = datetime.now(UTC).replace(tzinfo=None)
    outlet, url, title, author, published, language, sha256, made_by, extractor = _row(article, models)
    connection.execute(
        "INSERT INTO articles (article_id, outlet, url, title, author, published, language, location, text, sha256, models, "
        "extractor, ingested_at, published_at, published_precision, modified) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [key, outlet, url, title, author, published, language, article.location, clean(article.text), sha256,
         made_by, extractor, now, *moment(article.published or date_in_address(article.url)), article.modified],
    )  # fmt: skip
    _put_provenance(connection, key, article)
    insert(connection, "marked_stretches", [(key, *place) for place in marked_stretches(clean(article.text))], 3)
    pieces = _put_quotations(connection, key, quotations)
    insert(connection, "passages", passage_rows(key, clean(article.text), pieces), 10)
    texts = {identifier(key, *_ranges(one)): clean(one.text) for one in quotations}
    of_quotations, of_title = word_rows(key, clean(article.title or ""), texts)
    insert(connection, "quotation_words", of_quotations, 4)
    insert(connection, "title_words", of_title, 3)
    return "updated" if existed else "new"


def _put_provenance(connection: duckdb.DuckDBPyConnection, key: str, article: Article) -> None:
    origins = astuple(article.provenance)
    if any(origins):
        insert(connection, "article_provenance", [(key, *origins)], 6)


def _put_quotations(
    connection: duckdb.DuckDBPyConnection, key: str, quotations: Sequence[Quotation]
) -> dict[str, list[tuple[int, int]]]:
    """Store the quotations of an article; returns the ranges of the content of each."""
    pieces: dict[str, list[tuple[int, int]]] = {}
    sources: dict[str, tuple[object, ...]] = {}
    rows: dict[str, tuple[object, ...]] = {}
    spans: list[tuple[object, ...]] = []
    for position, quotation in enumerate(quotations):
        quotation_id = identifier(key, *_ranges(quotation))
        if quotation_id in rows:
            continue
        pieces[quotation_id] = _ranges(quotation)
        source_id = _source(key, quotation, sources)
        role = quotation.role.text if quotation.role else None
        rows[quotation_id] = (
            quotation_id, key, position, quotation.kind, clean(quotation.text), source_id, role, quotation.confidence,
            quotation.stance, clean(quotation.on_behalf_of) if quotation.on_behalf_of else None, quotation.speaker_confidence, quotation.bare,
        )  # fmt: skip
        parts: list[tuple[str, Sequence[Span]]] = [("content", quotation.content)]
        parts += [
            (name, [span])
            for name, span in (("cue", quotation.cue), ("source", quotation.source), ("role", quotation.role))
            if span is not None
        ]
        for part, found in parts:
            for ordinal, span in enumerate(found):
                spans.append((quotation_id, part, ordinal, span.start, span.end, clean(span.text)))
    insert(connection, "sources", list(sources.values()), 9)
    insert(connection, "quotations", list(rows.values()), 12)
    insert(connection, "spans", spans, 6)
    return pieces


def _ranges(quotation: Quotation) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in quotation.content]


def _source(key: str, quotation: Quotation, sources: dict[str, tuple[object, ...]]) -> str | None:
    span = quotation.source
    if span is None:
        return None
    speaker = quotation.speaker
    name = speaker.name if speaker else None
    # A quotation may use the source of its neighbour: same offsets, different method.
    source_id = identifier(key, span.start, span.end, name, quotation.method)
    members = (
        [{"name": clean(m.name), "type": m.type} for m in speaker.members] if speaker and speaker.members else None
    )
    sources.setdefault(
        source_id,
        (
            source_id, key, span.start, span.end, clean(span.text), clean(name) if name else None,
            speaker.type if speaker else None, members, quotation.method,
        ),
    )  # fmt: skip
    return source_id


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]], width: int) -> None:
    """Insert rows as columns: row by row is slow in DuckDB, and ``VALUES`` with all values takes two to three times as long."""
    marks = ", ".join(["unnest(?)"] * width)
    for start in range(0, len(rows), _INSERT_ROWS):
        chunk = rows[start : start + _INSERT_ROWS]
        connection.execute(f"INSERT INTO {table} SELECT {marks}", [list(column) for column in zip(*chunk, strict=True)])


def put_failures(connection: duckdb.DuckDBPyConnection, failures: Sequence[Failure]) -> None:
    """Record failed inputs, replacing earlier failures of the same inputs. Requires an open transaction."""
    now = datetime.now(UTC).replace(tzinfo=None)
    for failure in failures:
        connection.execute(
            "INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?)",
            [clean(failure.location), clean(failure.reason), clean(failure.details), now],
        )


def columns(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Sequence[object]]) -> None:
    """Insert any number of rows at once."""
    if rows:
        marks = ", ".join(["unnest(?)"] * len(rows[0]))
        connection.execute(f"INSERT INTO {table} SELECT {marks}", [list(column) for column in zip(*rows, strict=True)])


def replace_not_read(
    connection: duckdb.DuckDBPyConnection, folders: Sequence[str], rows: Sequence[tuple[str, str]]
) -> None:
    """Store what was not read in these folders instead of what was not read there before. Requires an open transaction."""
    for folder in folders:
        inside = folder.rstrip("/") + "/"
        connection.execute("DELETE FROM not_read WHERE location = ? OR starts_with(location, ?)", [folder, inside])
    insert(connection, "not_read", rows, 2)


def replace_known(connection: duckdb.DuckDBPyConnection, rows: Sequence[tuple[object, ...]]) -> None:
    """Store known speakers, replacing those with the same identifiers. Requires an open transaction."""
    connection.execute("DELETE FROM known_speakers WHERE known_id IN (SELECT unnest(?))", [[row[0] for row in rows]])
    insert(connection, "known_speakers", rows, 6)
