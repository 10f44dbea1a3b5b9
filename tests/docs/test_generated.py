"""Generated pages agree with what they are generated from. To write them anew: QUOTETRACK_WRITE_DOCS=1 pytest tests/docs"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from docs.tools import json_schemas, python_api, schema
from quotetrack.store import Store
from tests.docs.conftest import ROOT


@pytest.mark.parametrize(("name", "page"), [("schema.md", schema.page), ("python.md", python_api.page)])
def test_generated_pages_are_current(name: str, page: Callable[[], str]) -> None:
    """The pages of the schema and of the Python API are those of this version."""
    path = ROOT / "docs" / name
    if os.environ.get("QUOTETRACK_WRITE_DOCS"):
        path.write_text(page(), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == page()


def test_json_schemas_are_current() -> None:
    """There is a JSON Schema for each object in docs/commands.md, with its keys, and docs/json.md lists all schemas."""
    folder = ROOT / "docs" / "schemas"
    found = json_schemas.schemas()
    if os.environ.get("QUOTETRACK_WRITE_DOCS"):
        for name, text in found.items():
            (folder / name).write_text(text, encoding="utf-8")
    assert {name: (folder / name).read_text(encoding="utf-8") for name in found} == found
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    assert [path.name for path in sorted(folder.iterdir()) if f"(schemas/{path.name})" not in page] == []


def test_every_table_and_view_is_described(store: Store) -> None:
    """Each table and view of the database has a section with its comment in docs/schema.md."""
    page = (ROOT / "docs" / "schema.md").read_text(encoding="utf-8")
    rows = store.connection.execute(
        "SELECT table_name, comment FROM duckdb_tables() WHERE NOT internal "
        "UNION ALL SELECT view_name, comment FROM duckdb_views() WHERE NOT internal"
    ).fetchall()
    assert len(rows) > 50
    assert [name for name, _ in rows if f"\n### {name}\n" not in page] == []
    assert [name for name, comment in rows if not comment and name != "schema_version"] == []


def test_the_whole_public_api_is_described() -> None:
    """docs/python.md has a section for each public function, class and method, with a description."""
    import quotetrack

    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    names = [name for name in quotetrack.__all__ if not name.startswith("_")]
    methods = [f"Database.{name}" for name in vars(quotetrack.Database) if not name.startswith("_")]
    assert [name for name in names if f"\n### {name}\n" not in page] == []
    assert [name for name in methods if f"\n#### {name}\n" not in page] == []
