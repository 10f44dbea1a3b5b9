"""``quotetrack extract`` reads what ``ingest`` reads, and counts as it counts."""

from __future__ import annotations

import json
from pathlib import Path

from quotetrack.store import Store
from tests.cli.test_commands import run

PAGE = """<!doctype html><html lang="en"><head><title>Port shut</title></head><body><nav><a href="/">Home</a></nav>
<article><h1>Port shut</h1><p>“We sail at dawn &amp; not before,” said Ruth Vale, the harbour master, on Monday.</p>
<p>Vale said the <b>port</b> would stay shut until the storm had passed over the western islands.</p></article></body></html>"""
HEADED = "Outlet: The Post\nPublished: 2026-03-02\n\n“The dam will hold,” said Anton Lund.\n"


def test_offsets_are_those_of_ingest(tmp_path: Path) -> None:
    """A page, a text with a head and JSON lines: the same text, spans and hashes as in the database, and no markup."""
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "text.txt").write_text(HEADED, encoding="utf-8")
    lines = [{"text": "“Nobody asked the crew,” said Anton Lund."}, {"html": "<p>“It leaks,” said Mara Osei.</p>"}]
    (tmp_path / "two.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    extracted = run("extract", ".", folder=tmp_path)
    assert extracted.returncode == 0, extracted.stderr
    records = {r["doc"]: r for r in map(json.loads, extracted.stdout.splitlines())}
    assert sorted(records) == ["page.html", "text.txt", "two.jsonl#1", "two.jsonl#2"]
    assert run("ingest", ".", "--db", "d.duckdb", folder=tmp_path).returncode == 0
    with Store.open(tmp_path / "d.duckdb", read_only=True) as store:
        stored = store.connection.execute(
            "SELECT location, a.sha256, list((start_char, end_char) ORDER BY start_char) FROM articles a "
            "JOIN quotations USING (article_id) JOIN spans USING (quotation_id) WHERE part = 'content' GROUP BY ALL"
        ).fetchall()
    assert len(stored) == 4
    for location, sha256, places in stored:
        record = records[location]
        spans = sorted((s["start"], s["end"]) for q in record["quotations"] for s in q["content"])
        assert (record["sha256"], spans) == (sha256, [tuple(place) for place in places])
        for quotation in record["quotations"]:
            for span in [*quotation["content"], quotation["source"]]:
                assert record["text"][span["start"] : span["end"]] == span["text"]
    assert "<" not in records["page.html"]["text"] and "Outlet" not in records["text.txt"]["text"]


def test_another_language_is_refused(tmp_path: Path) -> None:
    """As by ``ingest``: the embedded models read English, and a French article fails with its reason."""
    (tmp_path / "a.jsonl").write_text('{"text": "Le port est fermé.", "language": "fr"}\n', encoding="utf-8")
    done = run("extract", "a.jsonl", folder=tmp_path)
    assert done.returncode == 1 and done.stdout == "" and "read only 'en'" in done.stderr
