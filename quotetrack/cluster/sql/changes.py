"""What has changed since clustering last ran, and what it takes as dealt with."""

from __future__ import annotations

from quotetrack.cluster.sql.rows import Connection, number

NAMED = "speaker_id NOT IN (SELECT speaker_id FROM speakers WHERE type IN ('unnamed', 'document'))"
# All that clustering uses of an article but its speakers, in parts whose exclusive or is its fingerprint: so the parts
# need no join. A rejected quotation is there twice, which takes it out. Reading a million source_id takes longer than all
# else; they change with the article or by a decision.
_PARTS = """
SELECT article_id, hash(article_id, ?, ingested_at, published, outlet) AS part FROM articles UNION ALL
SELECT article_id, hash(article_id, position, kind, stance) FROM quotations UNION ALL
SELECT article_id, hash(article_id, position, kind, stance) FROM quotations SEMI JOIN rejections USING (quotation_id) UNION ALL
SELECT article_id, hash(article_id, quotation_id, source_id) FROM decided_sources UNION ALL
SELECT article_id, hash(article_id, report_id) FROM article_copies
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
# Of 256 buckets, told by type to be so few, DuckDB sums each at its place in an array; for more it hashes a second time.
_BUCKET = "({} & 255)::UTINYINT"
_TABLES = (
    "wordings", "quotation_wordings", "wording_windows", "wording_signatures", "wording_pairs", "cores", "core_quotations",
    "echoes", "clustered", "clustered_articles", "clustered_sources",
)  # fmt: skip
_TEMPORARY = (
    "changed_articles", "speaking", "differing", "now", "before", "changed_sources", "articles_concerned", "quotations_there",
    "clustered_there", "changes", "touched", "holders", "dropped", "affected", "concerned", "beside", "standing",
    "gone", "single", "sought",
)  # fmt: skip


def find_changes(connection: Connection, version: str) -> tuple[int, int]:
    """Fill ``changes``; returns how many there are, and how many quotations there are in all."""
    _find_changed_articles(connection, version)
    _find_changed_sources(connection)
    # Few articles are found fast among millions of rows, few quotations or sources are not: they differ in every row.
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE articles_concerned AS SELECT article_id FROM changed_articles UNION "
        "SELECT article_id FROM corrected_sources WHERE source_id IN (SELECT source_id FROM changed_sources)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE quotations_there AS SELECT quotation_id, article_id, source_id FROM corrected_quotations "
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
    """Fill ``changed_articles`` with their fingerprint (null where an article is no more) and where in
    ``clustered_articles`` another is remembered.

    The parts of all articles and their fingerprints are first summed by buckets, and only what lies in those that differ
    is compared.
    """
    bucket = _BUCKET.format("hash(article_id)")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE differing AS SELECT {bucket} AS bucket FROM ("
        f"{_PARTS} UNION ALL SELECT article_id, fingerprint FROM clustered_articles) GROUP BY bucket HAVING bit_xor(part) <> 0",
        [version],
    )
    here = f"WHERE {bucket} IN (SELECT bucket FROM differing)"
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE changed_articles AS SELECT article_id, n.fingerprint, c.place FROM "
        f"(SELECT article_id, bit_xor(part) AS fingerprint FROM ({_PARTS}) {here} GROUP BY article_id) n FULL JOIN "
        f"(SELECT article_id, fingerprint, rowid AS place FROM clustered_articles {here}) c USING (article_id) "
        "WHERE c.fingerprint IS DISTINCT FROM n.fingerprint",
        [version],
    )


def _find_changed_sources(connection: Connection) -> None:
    """Fill ``changed_sources``: sources with the hash of a speaker who is new for them (``place`` is null) or not any more
    (where in ``clustered_sources`` it is remembered).

    Here as well only the hashes of buckets that differ are compared one by one.
    """
    bucket = _BUCKET.format("who")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE speaking AS SELECT n.rowid AS place, hash(source_id, speaker_id) AS who "
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
    """How many quotations a stopped run stored and did not come to cluster: no claim holds them and no check finds them."""
    # Nearly always it is none, which two sums tell in a third of the time.
    held = "(SELECT (count(*), bit_xor(hash(quotation_id))) FROM {})"
    seen = (
        "(SELECT quotation_id FROM clustered UNION ALL "
        "SELECT quotation_id FROM quotations SEMI JOIN rejections USING (quotation_id))"
    )
    if number(connection, f"SELECT {held.format('quotations')} IS DISTINCT FROM {held.format(seen)}") == 0:
        return 0
    return number(connection, "SELECT count(*) FROM corrected_quotations ANTI JOIN clustered USING (quotation_id)")


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
    connection.execute("CREATE OR REPLACE TEMP TABLE affected AS SELECT quotation_id FROM corrected_quotations")


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
    connection.execute("INSERT INTO clustered SELECT quotation_id, article_id FROM corrected_quotations")
    connection.execute(
        f"INSERT INTO clustered_articles SELECT article_id, bit_xor(part) FROM ({_PARTS}) GROUP BY article_id",
        [version],
    )
    connection.execute(f"INSERT INTO clustered_sources {_SOURCES}")
    _drop_temporary(connection)


def remember(connection: Connection) -> None:
    """Take what changed as dealt with, and drop the temporary tables."""
    for query in (
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
