"""Write docs/schema.md, the reference of the database, from the comments in the database: ``python -m docs.tools.schema``."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from docs.tools.json_schemas import objects
from quotetrack.store import Store

PAGE = Path(__file__).resolve().parents[1] / "schema.md"
BEFORE = """# Database schema

A quotetrack database is one [DuckDB](https://duckdb.org) file. Read it with `Database.sql` ([Python API](python.md)), the DuckDB
command line, or any program that reads DuckDB.

Most questions need only the first view, `who_said_what`:

```sql
SELECT speaker, role, quotation, outlet, published
FROM who_said_what
WHERE speaker = 'Ruth Vale' AND kind = 'direct'
ORDER BY published
```

Tables whose comment says that they are derived, or made by linking or clustering, can change with every ingest. Their
identifiers stay the same as long as what they stand for does. The comments on this page are in the database, too:

```sql
SELECT column_name, comment
FROM duckdb_columns()
WHERE table_name = 'quotations' AND comment IS NOT NULL
```

This page is generated from them by `python -m docs.tools.schema`.
"""
# Columns of these views that have neither a comment nor a key in the JSON of a quotation.
_MEANINGS = {
    "speaker": "The speaker's name as shown; NULL if it is not known",
    "speaker_id": "The identifier of the speaker",
    "speaker_type": "person, organisation, place, group, document or unnamed",
    "wikidata": "The Wikidata identifier, if the file of known speakers gives one",
    "quotation": "The content, its pieces joined by […]",
    "claim": "The wording by which the claim is shown",
    "claim_id": "The claim; the same for all printings of the utterance",
    "wording": "The words of this printing",
    "similarity": "Similarity to the wording shown, 0 to 1",
    "other_id": "The claim on another occasion",
    "first_printed": "The date of the first printing of the other claim",
}
_FIRST = ("who_said_what", "all_quotations", "claim_printings", "claim_repeats")  # the views made for readers


def page() -> str:
    """The page for the schema of this version."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "empty.duckdb") as store:
        query = store.connection.execute
        views = query("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY ALL").fetchall()
        tables = query("SELECT table_name, comment FROM duckdb_tables() WHERE NOT internal ORDER BY ALL").fetchall()
        columns = query(
            "SELECT table_name, column_name, data_type, coalesce(comment, '') FROM duckdb_columns() WHERE NOT internal "
            "ORDER BY table_name, column_index"
        ).fetchall()
    views.sort(key=lambda view: (_FIRST.index(view[0]) if view[0] in _FIRST else len(_FIRST), view[0]))
    # The views for readers have the columns that the commands print as JSON.
    meanings = {column: said for column, _, said in objects()["quotation"]}
    meanings |= _MEANINGS
    parts = [BEFORE]
    for title, found in (("Views", views), ("Tables", tables)):
        parts.append(f"\n## {title}\n")
        for name, comment in found:
            rows = [
                (column, kind, said or (meanings.get(column, "") if name in _FIRST else ""))
                for table, column, kind, said in columns
                if table == name
            ]
            parts.append(_section(name, comment or "", rows))
    return "".join(parts)


def _section(name: str, comment: str, columns: list[tuple[str, str, str]]) -> str:
    if any(said for _, _, said in columns):
        head = "| column | type | meaning |\n|---|---|---|\n"
        rows = "".join(f"| `{column}` | `{kind}` | {_cell(said)} |\n" for column, kind, said in columns)
    else:
        head = "| column | type |\n|---|---|\n"
        rows = "".join(f"| `{column}` | `{kind}` |\n" for column, kind, _ in columns)
    return f"\n### {name}\n\n{_text(comment)}\n\n{head}{rows}"


def _text(comment: str) -> str:
    """The comment as Markdown: names with an underscore as code."""
    return re.sub(r"(?<![`\w])(\w+_\w+(?:\.\w+)?)(?![`\w])", r"`\1`", comment.replace("<", "&lt;"))


def _cell(comment: str) -> str:
    return _text(comment).replace("|", r"\|").replace("\n", " ")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
