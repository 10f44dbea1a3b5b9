"""What has changed since clustering last ran, and what it takes as dealt with."""

from __future__ import annotations

from quotetrack.store.claims.rows import Connection, number

NAMED = "speaker_id NOT IN (SELECT speaker_id FROM speakers WHERE type IN ('unnamed', 'document'))"
_ARTICLES = """
SELECT article_id, hash(?, ingested_at, published, outlet, held, report_id) AS fingerprint FROM articles JOIN
(SELECT article_id, bit_xor(hash(position, kind, source_id)) AS held FROM quotations GROUP BY article_id) USING (article_id)
LEFT JOIN article_copies USING (article_id)
"""
_SOURCES = f"""
SELECT source_id, hash(source_id, speaker_id) AS who FROM source_speakers WHERE {NAMED}
"""
_INDEXES = {  # as the migrations make them, of the tables that are emptied
    "quotation_wordings": {"quotation_wordings_by_quotation": "quotation_id"},
    "core_quotations": {"core_quotations_by_core": "core_id", "core_quotations_by_quotation": "quotation_id"},
    "claims": {"claims_by_id": "claim_id"},
    "claim_quotations": {"claim_quotations_by_quotation": "quotation_id", "claim_quotations_by_claim": "claim_id"},
}
_BUCKETS = 8192  # a power of two
_TABLES = (
    "wordings", "quotation_wordings", "wording_windows", "wording_signatures", "wording_pairs", "cores", "core_quotations",
    "echoes", "clustered", "clustered_articles", "clustered_sources",
)  # fmt: skip
_TEMPORARY = (
    "changed_articles", "speaking", "differing", "now", "before", "changed_sources", "articles_concerned", "quotations_there",
    "changes", "touched", "holders", "dropped", "affected", "concerned", "beside", "standing",
    "gone", "single", "sought",
)  # fmt: skip


def find_changes(connection: Connection, version: str) -> tuple[int, int]:
    """Fill ``changes``; returns how many there are, and how many quotations there are in all."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE changed_articles AS SELECT article_id, n.fingerprint "
        f"FROM clustered_articles c FULL JOIN ({_ARTICLES}) n USING (article_id) "
        "WHERE c.fingerprint IS DISTINCT FROM n.fingerprint",
        [version],
    )
    _find_changed_sources(connection)
    # Few articles are found fast among millions of rows, few quotations or sources are not: they differ in every row.
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE articles_concerned AS SELECT article_id FROM changed_articles UNION "
        "SELECT article_id FROM sources WHERE source_id IN (SELECT source_id FROM changed_sources)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE quotations_there AS SELECT quotation_id, article_id, source_id FROM quotations "
        "WHERE article_id IN (SELECT article_id FROM articles_concerned)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE changes AS "
        "SELECT quotation_id FROM clustered WHERE article_id IN (SELECT article_id FROM changed_articles) "
        "UNION SELECT quotation_id FROM quotations_there SEMI JOIN changed_articles USING (article_id) "
        "UNION SELECT quotation_id FROM quotations_there SEMI JOIN changed_sources USING (source_id)"
    )
    return number(connection, "SELECT count(*) FROM changes"), number(connection, "SELECT count(*) FROM quotations")


def _find_changed_sources(connection: Connection) -> None:
    """Fill ``changed_sources``: sources with the hash of a speaker who is new for them (``place`` is null) or not any more
    (where in ``clustered_sources`` it is remembered).

    Hashes are first summed by some thousands of buckets, and only those of the buckets that differ are compared one by one.
    """
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE speaking AS SELECT n.rowid AS place, hash(source_id, speaker_id) AS who "
        f"FROM source_speakers n WHERE {NAMED}"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE differing AS SELECT bucket FROM ("
        f"SELECT who & {_BUCKETS - 1} AS bucket, (who >> 2)::BIGINT AS part FROM speaking UNION ALL "
        f"SELECT who & {_BUCKETS - 1}, -(who >> 2)::BIGINT FROM clustered_sources) GROUP BY bucket HAVING sum(part) <> 0"
    )
    for table, rows in (("now", "speaking"), ("before", "(SELECT rowid AS place, who FROM clustered_sources)")):
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT place, who FROM {rows} r "
            f"WHERE who & {_BUCKETS - 1} IN (SELECT bucket FROM differing)"
        )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE changed_sources AS "
        "SELECT source_id, who, NULL AS place FROM source_speakers s JOIN (FROM now ANTI JOIN before USING (who)) n "
        "ON s.rowid = n.place UNION ALL "
        "SELECT source_id, b.who, b.place FROM clustered_sources c JOIN (FROM before ANTI JOIN now USING (who)) b "
        "ON c.rowid = b.place"
    )


def unclustered(connection: Connection) -> int:
    """How many quotations a stopped run stored and did not come to cluster: no claim holds them and no check finds them."""
    # Nearly always it is none, which two sums tell in a third of the time.
    held = "(SELECT (count(*), bit_xor(hash(quotation_id))) FROM {})"
    if number(connection, f"SELECT {held.format('quotations')} IS DISTINCT FROM {held.format('clustered')}") == 0:
        return 0
    return number(connection, "SELECT count(*) FROM quotations ANTI JOIN clustered USING (quotation_id)")


def forget_all(connection: Connection) -> None:
    """Empty all that clustering made, but for the claims."""
    for table in _TABLES:
        connection.execute(f"DELETE FROM {table}")
    _drop_temporary(connection)


def forget_all_claims(connection: Connection) -> None:
    """Empty the claims; all quotations are ``affected``."""
    for table in ("claims", "claim_quotations"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("CREATE OR REPLACE TEMP TABLE dropped (core_id VARCHAR)")
    connection.execute("CREATE OR REPLACE TEMP TABLE affected AS SELECT quotation_id FROM quotations")


def drop_indexes(connection: Connection) -> None:
    """Take away the indexes of tables that are to be emptied in the next transaction: row by row out of an index, deleting
    takes ten times as long as inserting."""
    for indexes in _INDEXES.values():
        for name in indexes:
            connection.execute(f"DROP INDEX IF EXISTS {name}")


def restore_indexes(connection: Connection) -> None:
    """Make those indexes that are not there."""
    for table, indexes in _INDEXES.items():
        for name, column in indexes.items():
            connection.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {table} ({column})")


def remember_all(connection: Connection, version: str) -> None:
    """Take all there is as dealt with, where nothing was before, and drop the temporary tables."""
    connection.execute("INSERT INTO clustered SELECT quotation_id, article_id FROM quotations")
    connection.execute(f"INSERT INTO clustered_articles {_ARTICLES}", [version])
    connection.execute(f"INSERT INTO clustered_sources {_SOURCES}")
    _drop_temporary(connection)


def remember(connection: Connection) -> None:
    """Take what changed as dealt with, and drop the temporary tables."""
    for query in (
        "DELETE FROM clustered WHERE article_id IN (SELECT article_id FROM articles_concerned) "
        "AND quotation_id IN (SELECT quotation_id FROM changes)",
        "INSERT INTO clustered SELECT quotation_id, article_id FROM quotations SEMI JOIN changes USING (quotation_id)",
        "DELETE FROM clustered_articles WHERE article_id IN (SELECT article_id FROM changed_articles)",
        "INSERT INTO clustered_articles SELECT * FROM changed_articles WHERE fingerprint IS NOT NULL",
        "DELETE FROM clustered_sources WHERE rowid IN (SELECT place FROM changed_sources)",
        "INSERT INTO clustered_sources SELECT source_id, who FROM changed_sources WHERE place IS NULL",
    ):
        connection.execute(query)
    _drop_temporary(connection)


def _drop_temporary(connection: Connection) -> None:
    for table in _TEMPORARY:
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
