"""Find the verbatim parts (between quotation marks) of mixed quotations."""

from __future__ import annotations

from quotetrack.cluster.sql.rows import Connection


def find_verbatim(connection: Connection, quotations: str) -> None:
    """Fill the temporary table ``verbatim`` with the verbatim parts of the mixed quotations selected by a query.

    ``quotations`` is a query of ``quotation_id``. The parts include the marks and are cut at the boundaries of the content.
    """
    # One table at a time and only by its key, so that DuckDB uses indexes for few rows.
    for table, query in {
        "partly_or_not": f"SELECT quotation_id, article_id, kind FROM quotations WHERE quotation_id IN ({quotations})",
        "partly": "SELECT quotation_id, article_id FROM partly_or_not WHERE kind = 'mixed'",
        "partly_spans": "FROM spans WHERE quotation_id IN (SELECT quotation_id FROM partly)",
        "partly_content": "SELECT quotation_id, article_id, start_char, end_char, text FROM partly_spans "
        "JOIN partly USING (quotation_id) WHERE part = 'content'",
        "partly_marked": "FROM marked_stretches WHERE article_id IN (SELECT article_id FROM partly)",
        "verbatim": "SELECT quotation_id, list(substr(text, first - start_char + 1, last - first) ORDER BY first) AS stretches "
        "FROM (SELECT quotation_id, text, s.start_char, greatest(s.start_char, m.start_char) AS first, "
        "least(s.end_char, m.end_char) AS last FROM partly_content s JOIN partly_marked m USING (article_id) "
        "WHERE m.start_char < s.end_char AND s.start_char < m.end_char) GROUP BY quotation_id",
    }.items():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {query}")
    for table in ("partly_or_not", "partly", "partly_spans", "partly_content", "partly_marked"):
        connection.execute(f"DROP TABLE temp.{table}")
