"""Find what has changed since the last clustering, and record what has been clustered."""

from __future__ import annotations

from quotetrack.cluster.sql.rows import Connection, number

# Repaired sources are left out, because repairs are computed from claims.
NAMED = (
    "speaker_id NOT IN (SELECT speaker_id FROM speakers WHERE type IN ('unnamed', 'document')) "
    "AND source_id NOT IN (SELECT source_id FROM repairs WHERE outcome = 'replaced')"
)
# DuckDB's hash of several values is the exclusive or of theirs, so the same change of two rows would cancel in an exclusive
# or of such hashes; a second hash prevents that.
# Hashes of everything that clustering uses of an article except its speakers; their exclusive or is the fingerprint, so no
# join is needed. A rejected quotation occurs twice, which cancels it. The sources of quotations are left out because
# reading them is slow, and they change only with the article or by a correction.
_PARTS = """
SELECT article_id, hash(hash(article_id, ?, ingested_at, published, outlet)) AS part FROM articles UNION ALL
SELECT article_id, hash(hash(article_id, position, kind, stance)) FROM quotations UNION ALL
SELECT article_id, hash(hash(article_id, position, kind, stance)) FROM quotations SEMI JOIN rejections USING (quotation_id) UNION ALL
SELECT article_id, hash(hash(article_id, quotation_id, source_id)) FROM decided_sources UNION ALL
SELECT article_id, hash(hash(article_id, report_id)) FROM article_copies UNION ALL
SELECT article_id, hash(hash(article_id, origin_id, 'origin')) FROM article_origins
"""
_SOURCES = f"""
SELECT source_id, hash(hash(source_id, speaker_id)) AS who FROM source_speakers WHERE {NAMED}
"""
_INDEXES = {  # the indexes of the tables that are emptied, as in the migrations
    "quotation_wordings": {"quotation_wordings_by_quotation": "quotation_id"},
    "core_quotations": {"core_quotations_by_core": "core_id", "core_quotations_by_quotation": "quotation_id"},
    "claims": {"claims_by_id": "claim_id"},
    "claim_quotations": {"claim_quotations_by_quotation": "quotation_id", "claim_quotations_by_claim": "claim_id"},
}
# With the type UTINYINT DuckDB aggregates by array index; for more buckets it would use a hash table.
_BUCKET = "({} & 255)::UTINYINT"
_TABLES = (
    "wordings", "quotation_wordings", "wording_windows", "wording_signatures", "wording_pairs", "cores", "core_quotations",
    "echoes", "clustered", "clustered_articles", "clustered_sources",
)  # fmt: skip
_TEMPORARY = (
    "changed_articles", "speaking", "differing", "now", "before", "changed_sources", "articles_concerned", "quotations_there",
    "clustered_there", "changes", "touched", "holders", "dropped", "affected", "concerned", "beside", "standing",
    "outdated", "single", "sought", "repetitions",
)  # fmt: skip


def find_changes(connection: Connection, version: str) -> tuple[int, int]:
    """Fill ``changes``; returns the number of changes and the number of all quotations."""
    _find_changed_articles(connection, version)
    _find_changed_sources(connection)
    # Filter by article first: a few articles are found fast among millions of rows, quotations and sources are not.
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE articles_concerned AS SELECT article_id FROM changed_articles UNION "
        "SELECT article_id FROM corrected_sources WHERE source_id IN (SELECT source_id FROM changed_sources)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE quotations_there AS SELECT quotation_id, article_id, source_id FROM settled_quotations "
        "WHERE article_id IN (SELECT article_id FROM articles_concerned)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE clustered_there AS SELECT quotation_id, rowid AS place FROM clustered "
        "WHERE article_id IN (SELECT article_id FROM changed_articles)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE changes AS "
        "SELECT quotation_id FROM clustered_there "
        "UNION SELECT quotation_id FROM quotations_there SEMI JOIN changed_articles USING (article_id) "
        "UNION SELECT quotation_id FROM quotations_there SEMI JOIN changed_sources USING (source_id)"
    )
    return number(connection, "SELECT count(*) FROM changes"), number(connection, "SELECT count(*) FROM quotations")


def _find_changed_articles(connection: Connection, version: str) -> None:
    """Fill ``changed_articles`` with the fingerprint (null for deleted articles) and the row in ``clustered_articles``.

    Fingerprints are first combined by bucket; only articles in buckets that differ are compared.
    """
    bucket = _BUCKET.format("hash(article_id)")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE differing AS SELECT {bucket} AS bucket FROM ("
        f"{_PARTS} UNION ALL SELECT article_id, fingerprint FROM clustered_articles) GROUP BY bucket HAVING bit_xor(part) <> 0",
        [version],
    )
    condition = f"WHERE {bucket} IN (SELECT bucket FROM differing)"
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE changed_articles AS SELECT article_id, n.fingerprint, c.place FROM "
        f"(SELECT article_id, bit_xor(part) AS fingerprint FROM ({_PARTS}) {condition} GROUP BY article_id) n FULL JOIN "
        f"(SELECT article_id, fingerprint, rowid AS place FROM clustered_articles {condition}) c USING (article_id) "
        "WHERE c.fingerprint IS DISTINCT FROM n.fingerprint",
        [version],
    )


def _find_changed_sources(connection: Connection) -> None:
    """Fill ``changed_sources``: hashes of added (``place`` is null) and removed (``place`` is the row in
    ``clustered_sources``) pairs of source and speaker.

    Hashes are first combined by bucket, as for articles.
    """
    bucket = _BUCKET.format("who")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE speaking AS SELECT n.rowid AS place, hash(hash(source_id, speaker_id)) AS who "
        f"FROM source_speakers n WHERE {NAMED}"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE differing AS SELECT {bucket} AS bucket FROM ("
        "SELECT who FROM speaking UNION ALL SELECT who FROM clustered_sources) GROUP BY bucket HAVING bit_xor(who) <> 0"
    )
    for table, rows in (("now", "speaking"), ("before", "(SELECT rowid AS place, who FROM clustered_sources)")):
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT place, who FROM {rows} r "
            f"WHERE {bucket} IN (SELECT bucket FROM differing)"
        )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE changed_sources AS "
        "SELECT source_id, who, NULL AS place FROM source_speakers s JOIN (FROM now ANTI JOIN before USING (who)) n "
        "ON s.rowid = n.place UNION ALL "
        "SELECT source_id, b.who, b.place FROM clustered_sources c JOIN (FROM before ANTI JOIN now USING (who)) b "
        "ON c.rowid = b.place"
    )


def unclustered(connection: Connection) -> int:
    """Return the number of quotations that an interrupted run has stored but not clustered."""
    # Usually there are none; comparing two checksums finds that out three times as fast.
    held = "(SELECT (count(*), bit_xor(hash(quotation_id))) FROM {})"
    seen = (
        "(SELECT quotation_id FROM clustered UNION ALL "
        "SELECT quotation_id FROM quotations SEMI JOIN rejections USING (quotation_id))"
    )
    if number(connection, f"SELECT {held.format('quotations')} IS DISTINCT FROM {held.format(seen)}") == 0:
        return 0
    return number(connection, "SELECT count(*) FROM settled_quotations ANTI JOIN clustered USING (quotation_id)")


def delete_all(connection: Connection) -> None:
    """Empty all tables of clustering except the claims."""
    for table in _TABLES:
        connection.execute(f"DELETE FROM {table}")
    _drop_temporary(connection)


def delete_all_claims(connection: Connection) -> None:
    """Delete all claims and mark all quotations as ``affected``; all repairs must be computed again."""
    for table in ("claims", "claim_quotations", "repaired"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("CREATE OR REPLACE TEMP TABLE dropped (core_id VARCHAR)")
    connection.execute("CREATE OR REPLACE TEMP TABLE affected AS SELECT quotation_id FROM settled_quotations")


def drop_indexes(connection: Connection) -> None:
    """Drop the indexes of tables that will be emptied in the next transaction, because deleting from an index is slow."""
    for indexes in _INDEXES.values():
        for name in indexes:
            connection.execute(f"DROP INDEX IF EXISTS {name}")


def restore_indexes(connection: Connection) -> None:
    """Create missing indexes."""
    for table, indexes in _INDEXES.items():
        for name, column in indexes.items():
            connection.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {table} ({column})")


def mark_all_clustered(connection: Connection, version: str) -> None:
    """Record all quotations as clustered after ``delete_all``, and drop the temporary tables."""
    connection.execute("INSERT INTO clustered SELECT quotation_id, article_id FROM settled_quotations")
    connection.execute(
        f"INSERT INTO clustered_articles SELECT article_id, bit_xor(part) FROM ({_PARTS}) GROUP BY article_id",
        [version],
    )
    connection.execute(f"INSERT INTO clustered_sources {_SOURCES}")
    _drop_temporary(connection)


def mark_changes_clustered(connection: Connection) -> None:
    """Record the changes as clustered and their claims as to be compared by repair, and drop the temporary tables."""
    for query in (
        "INSERT INTO unrepaired SELECT quotation_id FROM affected UNION "
        "SELECT quotation_id FROM core_quotations SEMI JOIN concerned USING (core_id)",
        "DELETE FROM clustered WHERE rowid IN (SELECT place FROM clustered_there)",
        "INSERT INTO clustered SELECT quotation_id, article_id FROM quotations_there SEMI JOIN changed_articles USING (article_id)",
        "DELETE FROM clustered_articles WHERE rowid IN (SELECT place FROM changed_articles)",
        "INSERT INTO clustered_articles SELECT article_id, fingerprint FROM changed_articles WHERE fingerprint IS NOT NULL",
        "DELETE FROM clustered_sources WHERE rowid IN (SELECT place FROM changed_sources)",
        "INSERT INTO clustered_sources SELECT source_id, who FROM changed_sources WHERE place IS NULL",
    ):
        connection.execute(query)
    _drop_temporary(connection)


def _drop_temporary(connection: Connection) -> None:
    for table in _TEMPORARY:
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
