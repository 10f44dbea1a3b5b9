"""Where the time of an ingest goes: reading, parsing, extracting, storing, linking, clustering and repairing real articles.

    python -m benchmarks.breakdown --texts FOLDER [--articles 100] [--db FILE …] [--json FILE] [--svg FILE]

The first ``--articles`` articles of ``FOLDER`` are read, parsed, extracted and stored. The other steps are measured on
copies of the databases ``--db``, in which everything derived from the articles is computed again, or on the new articles if there
are none. Milliseconds are processor time of all threads. Prints a Markdown table; ``--svg`` writes it as a stacked bar.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from html import escape
from pathlib import Path
from typing import Any

from benchmarks import record
from benchmarks.scale import Times, refreshed, timed
from quotetrack.extract import extract
from quotetrack.inputs import read, survey
from quotetrack.model import Article
from quotetrack.parse.pipeline import Parser
from quotetrack.store import Store
from quotetrack.store.integrity import forget_derived

_AT_ONCE = 32  # articles, as in an ingest
_COLOURS = ("#4e79a7", "#f28e2b", "#e15759", "#76b7b2", "#59a14f", "#edc948", "#b07aa1", "#9c755f")


def main() -> None:
    """Measure, print the table and write the picture."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--texts", type=Path, required=True)
    options.add_argument("--articles", type=int, default=100)
    options.add_argument("--db", type=Path, nargs="*", default=[])
    options.add_argument("--svg", type=Path)
    record.add_option(options)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new.duckdb"
        first = _stored(path, given.texts, given.articles)
        derived: Times = {}
        articles = sum(_derived(each, Path(folder) / "copy.duckdb", derived) for each in given.db or [path])
    rows = [
        {"step": step, "articles": given.articles, "ms": _each(seconds, given.articles)}
        for step, seconds in first.items()
    ]
    rows += [{"step": step, "articles": articles, "ms": _each(seconds, articles)} for step, seconds in derived.items()]
    print("| step | articles | ms an article |\n|---|---|---|")
    for row in rows:
        print(f"| {row['step']} | {row['articles']:,} | {row['ms']} |")
    record.write(given.json, rows)
    if given.svg:
        given.svg.write_text(picture(rows), encoding="utf-8")


def _each(seconds: float, articles: int) -> float:
    return round(1000 * seconds / articles, 2)


def _stored(path: Path, texts: Path, count: int) -> Times:
    """Ingest the first articles of a folder without what is derived from them."""
    times: Times = {}
    parser = Parser()
    parser.parse("The harbour is shut, said Ann Vale.")  # loads the models
    files = survey([texts])[0]
    stride = max(1, len(files) // count)  # from all outlets of the folder
    with timed(times, "read"):
        found = [one for file in files[::stride][:count] for one in read(file)]
    articles = [one for one in found if isinstance(one, Article)]
    with Store.open(path) as store:
        for start in range(0, len(articles), _AT_ONCE):
            batch = articles[start : start + _AT_ONCE]
            with timed(times, "parse"):
                parsed = parser.parse_all([one.text for one in batch])
            with timed(times, "extract"):
                quotations = [extract(one) for one in parsed]
            with timed(times, "store"):
                store.put(list(zip(batch, quotations, strict=True)), "m")
    return times


def _derived(path: Path, copy: Path, times: Times) -> int:
    """Compute everything derived in a copy of a database again; returns the number of its articles."""
    shutil.copy(path, copy)
    with Store.open(copy) as store:
        with store.transaction():
            forget_derived(store.connection)
        began = time.process_time()
        refreshed(store, times)
        print(f"{path.name}: {time.process_time() - began:.1f} s", flush=True)
        return int(store.connection.execute("SELECT count(*) FROM articles").fetchall()[0][0])


def picture(rows: list[dict[str, Any]]) -> str:
    """The steps as a stacked bar in SVG, with a legend below.

    >>> picture([{"step": "read", "ms": 1.0}]).startswith("<svg")
    True
    """
    total = sum(row["ms"] for row in rows)
    width, left, parts = 720.0, 20.0, []
    position = left
    for number, (row, colour) in enumerate(zip(rows, _COLOURS * 2, strict=False)):
        size = width * row["ms"] / total
        parts.append(f'<rect x="{position:.1f}" y="40" width="{max(size, 0.5):.1f}" height="44" fill="{colour}"/>')
        x, y = left + 240 * (number % 3), 116 + 22 * (number // 3)
        label = f"{row['step']}: {row['ms']:.1f} ms, {100 * row['ms'] / total:.1f}%"
        parts.append(f'<rect x="{x:.0f}" y="{y - 10}" width="12" height="12" fill="{colour}"/>')
        parts.append(f'<text x="{x + 18:.0f}" y="{y}">{escape(label)}</text>')
        position += size
    height = 130 + 22 * ((len(rows) - 1) // 3)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 {height}" font-family="sans-serif" font-size="13" role="img">'
        f"<title>Processor time of an ingest by step</title>"
        f'<rect width="760" height="{height}" fill="#fff"/>'
        f'<text x="20" y="26" font-size="15">Processor time for one news article: {total:.0f} ms</text>'
        + "".join(parts)
        + "</svg>\n"
    )


if __name__ == "__main__":
    main()
