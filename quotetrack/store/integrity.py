"""Checks of a whole database: texts and hashes, references between tables, and the indexes that check and search use."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import duckdb

from quotetrack.store.fill import marked_stretches, passage_rows
from quotetrack.store.moments import date_in_address, moment

Connection = duckdb.DuckDBPyConnection
UNREADABLE = "file"  # stands for the table if the file is damaged
_AT_ONCE = 500  # articles
_SHOWN = 5  # identifiers named in a finding


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in a database: the table, a sentence, the number of rows and the first identifiers."""

    table: str
    problem: str
    rows: int
    examples: tuple[str, ...] = ()


# Table, column, and the table and column in which each value must be.
_REFERENCES = (
    ("quotations", "article_id", "articles", "article_id"),
    ("quotations", "source_id", "sources", "source_id"),
    ("sources", "article_id", "articles", "article_id"),
    ("spans", "quotation_id", "quotations", "quotation_id"),
    ("marked_stretches", "article_id", "articles", "article_id"),
    ("passages", "article_id", "articles", "article_id"),
    ("passages", "quotation_id", "quotations", "quotation_id"),
    ("linked_sources", "source_id", "sources", "source_id"),
    ("linked_sources", "speaker_id", "linked_speakers", "speaker_id"),
    ("linked_known", "known_id", "known_speakers", "known_id"),
    ("source_speakers", "source_id", "corrected_sources", "source_id"),
    ("source_speakers", "speaker_id", "speakers", "speaker_id"),
    ("aliases", "speaker_id", "speakers", "speaker_id"),
    ("roles", "speaker_id", "speakers", "speaker_id"),
    ("rejections", "quotation_id", "quotations", "quotation_id"),
    ("decided_sources", "quotation_id", "quotations", "quotation_id"),
    ("correction_effects", "correction_id", "corrections", "correction_id"),
    ("claim_quotations", "claim_id", "claims", "claim_id"),
    ("claim_quotations", "quotation_id", "quotations", "quotation_id"),
    ("claims", "shown", "quotations", "quotation_id"),
    ("repairs", "quotation_id", "quotations", "quotation_id"),
    ("repairs", "evidence_id", "quotations", "quotation_id"),
    ("article_copies", "article_id", "articles", "article_id"),
    ("article_origins", "article_id", "articles", "article_id"),
    ("quotation_words", "quotation_id", "quotations", "quotation_id"),
    ("title_words", "article_id", "articles", "article_id"),
    ("article_provenance", "article_id", "articles", "article_id"),
    ("version_provenance", "version_id", "article_versions", "version_id"),
    ("version_sources", "version_id", "article_versions", "version_id"),
    ("version_quotations", "version_id", "article_versions", "version_id"),
    ("version_spans", "version_id", "article_versions", "version_id"),
    ("version_passages", "version_id", "article_versions", "version_id"),
)
_UNIQUE = {
    "articles": "article_id",
    "quotations": "quotation_id",
    "sources": "source_id",
    "speakers": "speaker_id",
    "claims": "claim_id",
    "corrections": "correction_id",
    "article_versions": "version_id",
}
# Rows that do not match the text of their article.
_TEXTS = {
    "spans": "SELECT quotation_id FROM spans s JOIN quotations USING (quotation_id) JOIN articles a USING (article_id) "
    "WHERE a.text[s.start_char + 1:s.end_char] <> s.text",
    "sources": "SELECT source_id FROM sources s JOIN articles a USING (article_id) "
    "WHERE a.text[s.start_char + 1:s.end_char] <> s.text",
    "quotations": "SELECT q.quotation_id FROM quotations q LEFT JOIN (SELECT quotation_id, "
    "string_agg(text, ' […] ' ORDER BY ordinal) AS text FROM spans WHERE part = 'content' GROUP BY quotation_id) s "
    "USING (quotation_id) WHERE q.text IS DISTINCT FROM s.text",
    "version_spans": "SELECT s.quotation_id FROM version_spans s JOIN article_versions a USING (version_id) "
    "WHERE a.text[s.start_char + 1:s.end_char] <> s.text",
    "version_sources": "SELECT source_id FROM version_sources s JOIN article_versions a USING (version_id) "
    "WHERE a.text[s.start_char + 1:s.end_char] <> s.text",
}
# An article has one current version or was removed, and a removal is a correction in force.
_VERSIONS = (
    (
        "the article has neither a current version nor was it removed, or both",
        "SELECT v.article_id FROM article_versions v LEFT JOIN articles a USING (article_id) "
        "GROUP BY v.article_id HAVING count(*) FILTER (v.removed) <> (CASE WHEN bool_or(a.article_id IS NULL) THEN 1 ELSE 0 END)",
    ),
    (
        "the current version is also stored as an earlier one",
        "SELECT article_id FROM article_versions JOIN articles USING (article_id, sha256)",
    ),
    (
        "the article is removed without a correction that says so, or a correction removed it and it is shown",
        "SELECT coalesce(v.article_id, c.article_id) FROM (SELECT article_id FROM article_versions WHERE removed) v FULL JOIN "
        "(SELECT unnest(?::VARCHAR[]) AS article_id) c USING (article_id) WHERE v.article_id IS NULL OR c.article_id IS NULL",
    ),
)
_CLAIMED = "SELECT quotation_id FROM claim_quotations SEMI JOIN quotations USING (quotation_id) ANTI JOIN settled_quotations USING (quotation_id)"
# What is computed from articles, corrections and known speakers.
_DERIVED = (
    "linked_speakers", "linked_sources", "linked_aliases", "linked_known", "speakers", "source_speakers", "aliases", "roles",
    "rejections", "decided_sources", "correction_effects", "claims", "claim_quotations", "repairs", "article_copies",
    "article_origins",
)  # fmt: skip
# The fingerprints of all steps, and what linking keeps between its runs.
_FINGERPRINTS = (
    "linked_articles", "appearances", "name_keys", "linked_speakers", "linked_sources", "linked_aliases", "linked_known", "settled",
    "fingerprinted", "clustered_articles", "clustered_sources", "clustered", "repaired", "unrepaired",
)  # fmt: skip


def findings(connection: Connection) -> list[Finding]:
    """Check everything that can be checked without linking and clustering again."""
    found: list[Finding] = []
    try:
        for check in (_identifiers, _references, _texts, _articles, _versions, _claims):
            found += check(connection)
    except duckdb.Error as error:  # damaged blocks
        found.append(Finding(UNREADABLE, f"it cannot be read: {str(error).splitlines()[0]}", 1))
    return found


def derived(connection: Connection) -> dict[str, tuple[int, int]]:
    """Return the number of rows and a hash of each table that is computed from articles and corrections."""
    return {
        table: connection.execute(f"SELECT count(*), coalesce(sum(hash(t)::HUGEINT), 0) FROM {table} t").fetchall()[0]
        for table in _DERIVED
    }


def forget_derived(connection: Connection) -> None:
    """Delete all fingerprints, so that everything derived is computed again. Requires an open transaction."""
    for table in _FINGERPRINTS:
        connection.execute(f"DELETE FROM {table}")


def _identifiers(connection: Connection) -> Iterator[Finding]:
    for table, column in _UNIQUE.items():
        query = f"SELECT {column} FROM {table} GROUP BY {column} HAVING count(*) > 1"
        yield from _rows(connection, table, f"several rows have the same {column}", query)


def _references(connection: Connection) -> Iterator[Finding]:
    for table, column, target, key in _REFERENCES:
        query = (
            f"SELECT t.{column} FROM {table} t ANTI JOIN (SELECT {key} AS key FROM {target}) k ON k.key = t.{column} "
            f"WHERE t.{column} IS NOT NULL"
        )
        yield from _rows(connection, table, f"the {column} is not in {target}", query)


def _texts(connection: Connection) -> Iterator[Finding]:
    for table, query in _TEXTS.items():
        yield from _rows(connection, table, "the text is not what the article says at this place", query)


def _rows(
    connection: Connection, table: str, problem: str, query: str, values: Sequence[object] = ()
) -> Iterator[Finding]:
    """Yield a finding if ``query`` returns identifiers."""
    found = [
        str(row[0]) for row in connection.execute(f"SELECT * FROM ({query}) ORDER BY ALL", list(values)).fetchall()
    ]
    if found:
        yield Finding(table, problem, len(found), tuple(dict.fromkeys(found))[:_SHOWN])


def _articles(connection: Connection) -> list[Finding]:
    """Compare what is stored for each article with what its text and metadata give."""
    wrong: dict[tuple[str, str], list[str]] = defaultdict(list)
    keys = [row[0] for row in connection.execute("SELECT article_id FROM articles ORDER BY article_id").fetchall()]
    for start in range(0, len(keys), _AT_ONCE):
        here = keys[start : start + _AT_ONCE]
        marks, listed = _by_article(connection, "marked_stretches", here), _by_article(connection, "passages", here)
        pieces = _pieces(connection, here)
        for key, text, sha256, url, published, at, precision in connection.execute(
            "SELECT article_id, text, sha256, url, published, published_at, published_precision FROM articles "
            "WHERE article_id IN (SELECT unnest(?)) ORDER BY article_id",
            [here],
        ).fetchall():
            if hashlib.sha256(text.encode("utf-8")).hexdigest() != sha256:
                wrong["articles", "the text does not have the stored SHA-256"].append(key)
            if moment(published or date_in_address(url)) != (at, precision):
                wrong["articles", "published_at is not the time of published"].append(key)
            if sorted(marks[key]) != sorted((key, *place) for place in marked_stretches(text)):
                wrong["marked_stretches", "the ranges are not those between quotation marks"].append(key)
            if _sorted(listed[key]) != _sorted(passage_rows(key, text, pieces[key])):
                wrong["passages", "the index of words is not complete"].append(key)
    return [
        Finding(table, problem, len(found), tuple(found[:_SHOWN])) for (table, problem), found in sorted(wrong.items())
    ]


def _versions(connection: Connection) -> Iterator[Finding]:
    removals = connection.execute(
        "SELECT details FROM corrections WHERE kind = 'remove' AND undone_at IS NULL"
    ).fetchall()
    removed = [json.loads(details)["article"]["id"] for (details,) in removals]
    for problem, query in _VERSIONS:
        yield from _rows(connection, "article_versions", problem, query, [removed] if "?" in query else ())
    keys = [row[0] for row in connection.execute("SELECT version_id FROM article_versions ORDER BY ALL").fetchall()]
    for start in range(0, len(keys), _AT_ONCE):
        yield from _version_texts(connection, keys[start : start + _AT_ONCE])


def _version_texts(connection: Connection, keys: Sequence[str]) -> Iterator[Finding]:
    """Compare the hashes and the index of words of earlier versions with their texts."""
    listed = defaultdict(list)
    for row in connection.execute(
        "SELECT * FROM version_passages WHERE version_id IN (SELECT unnest(?))", [list(keys)]
    ).fetchall():
        listed[row[0]].append(row)
    pieces: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for version, quotation, start, end in connection.execute(
        "SELECT version_id, quotation_id, start_char, end_char FROM version_spans JOIN version_quotations q "
        "USING (version_id, quotation_id) WHERE part = 'content' AND version_id IN (SELECT unnest(?)) ORDER BY version_id, q.position, ordinal",
        [list(keys)],
    ).fetchall():
        pieces[version][quotation].append((start, end))
    for key, text, sha256 in connection.execute(
        "SELECT version_id, text, sha256 FROM article_versions WHERE version_id IN (SELECT unnest(?)) ORDER BY ALL",
        [list(keys)],
    ).fetchall():
        if hashlib.sha256(text.encode("utf-8")).hexdigest() != sha256:
            yield Finding("article_versions", "the text does not have the stored SHA-256", 1, (key,))
        if _sorted(listed[key]) != _sorted(passage_rows(key, text, pieces[key])):
            yield Finding("version_passages", "the index of words is not complete", 1, (key,))


def _claims(connection: Connection) -> Iterator[Finding]:
    yield from _rows(connection, "claim_quotations", "a correction rejected the quotation", _CLAIMED)


def _sorted(rows: Sequence[tuple[object, ...]]) -> list[str]:
    return sorted(map(repr, rows))


def _by_article(connection: Connection, table: str, articles: Sequence[str]) -> dict[str, list[tuple[object, ...]]]:
    found: dict[str, list[tuple[object, ...]]] = defaultdict(list)
    for row in connection.execute(
        f"SELECT * FROM {table} WHERE article_id IN (SELECT unnest(?))", [list(articles)]
    ).fetchall():
        found[row[0]].append(row)
    return found


def _pieces(connection: Connection, articles: Sequence[str]) -> dict[str, dict[str, list[tuple[int, int]]]]:
    """Return the ranges of the content of each quotation, by article, in the order of the quotations."""
    rows = connection.execute(
        "SELECT q.article_id, quotation_id, start_char, end_char FROM spans JOIN quotations q USING (quotation_id) "
        "WHERE part = 'content' AND q.article_id IN (SELECT unnest(?)) ORDER BY q.article_id, q.position, ordinal",
        [list(articles)],
    ).fetchall()
    found: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(dict)
    for (article, quotation), group in groupby(rows, itemgetter(0, 1)):
        found[article][quotation] = [(start, end) for _, _, start, end in group]
    return found
