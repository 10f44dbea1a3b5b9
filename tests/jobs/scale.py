"""An analysis by rule instead of models, importable by worker processes; articles for it; and whole databases to compare."""

from __future__ import annotations

import json
import os
import re
import signal
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from quotetrack.jobs.analysis import Analysed
from quotetrack.model import Quotation, Span, Speaker
from quotetrack.store import Store

_SAID = re.compile(r"(?P<words>“[^”]*”) said (?P<name>[A-Z]\w+ [A-Z]\w+), (?P<role>[a-z ]+)\.")
_ABOUT_RUNS = ("imported_shards", "schema_version", "repaired")
_HOLD = re.compile(r"hold at (\S+)")


def analyse(texts: Sequence[str]) -> Analysed:
    """What ``analysis.analyse`` does, by rule.

    It ends the process at "this is poison". At "hold at MARK" it writes its process number to the file MARK and waits for its
    end, unless the file is there already.
    """
    for text in texts:
        if "this is poison" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if (found := _HOLD.search(text)) and not Path(found[1]).exists():
            unfinished = Path(f"{found[1]}.part")
            unfinished.write_text(str(os.getpid()))
            unfinished.rename(found[1])
            time.sleep(300)
    return [
        (number, [_quotation(text, match) for match in _SAID.finditer(text)], "") for number, text in enumerate(texts)
    ]


def _quotation(text: str, match: re.Match[str]) -> Quotation:
    words, name, role = (Span.of(text, *match.span(part)) for part in ("words", "name", "role"))
    return Quotation(
        "direct", (words,), None, name, Speaker(name.text, "person"), role, "name", 0.97, "stated", None, 0.91
    )


def load(*_: object) -> None:
    """Load no models."""


def return_lock(_: object) -> object:
    """Return something that cannot be sent to another process."""
    return threading.Lock()


def write_articles(folder: Path, number: int, said: Callable[[int], str] = lambda number: "") -> Path:
    """Write a JSONL file of articles, two of which print each statement, and three text files; returns the folder.

    ``said`` adds a sentence to the article with a number.
    """
    folder.mkdir(parents=True, exist_ok=True)
    records = []
    for n in range(number):
        statement = f"“The piers of harbour {n // 2} will stay closed until the storm is over in Port {n // 2},”"
        text = f"{statement} said Ruth Vale, harbour master.\n\nIt rained on day {n}. {said(n)}"
        records.append(
            {"text": text, "source": f"Paper {n % 3}", "date": "2026-03-02", "lang": "en", "headline": f"Day {n}"}
        )
    lines = [*map(json.dumps, records), '{"no": "text"}', json.dumps({"text": "Le port est fermé.", "lang": "fr"})]
    (folder / "crawl.jsonl").write_text("\n".join(lines), encoding="utf-8")
    for name in ("a.txt", "copy of a.txt", "b.txt"):
        words = f"“The ferry sails from {name[-5]},” said Anton Lund, captain."
        (folder / name).write_text(f"Outlet: Coast Courier\nLanguage: en\n\n{words}", encoding="utf-8")
        os.utime(folder / name, (1_772_000_000, 1_772_000_000))
    (folder / "photo.png").write_bytes(b"x")
    return folder


def contents(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, sorted, without the record of imports and without times of runs, also within fingerprints."""
    connection = store.connection
    columns: dict[str, list[str]] = {}
    for table, column, kind in connection.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE table_name IN (SELECT table_name FROM "
        "duckdb_tables() WHERE NOT temporary) ORDER BY ALL"
    ).fetchall():
        if (
            kind != "TIMESTAMP"
            and column != "fingerprint"
            and (table, column) != ("settled", "linked")
            and table not in _ABOUT_RUNS
        ):
            columns.setdefault(table, []).append(f'"{column}"')
    return {
        table: sorted(connection.execute(f"SELECT {', '.join(names)} FROM {table}").fetchall(), key=repr)
        for table, names in columns.items()
    }
