"""What a day and a year of the world's news would take, from measured costs: a table and a plot.

    python -m benchmarks.scaling

Reads ``benchmarks/results`` (breakdown, growth, claims-speed and scale-build) and rewrites the table of ``docs/scaling.md`` between
``<!-- table: scaling -->`` and ``<!-- end -->``, and ``docs/images/scaling.svg``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.markdown import Results, field, table

DOCS = Path(__file__).resolve().parent.parent / "docs"
SIZES = {
    "a day of world news": 500_000,
    "a year of world news": 182_500_000,
    "Quotebank (2008 to 2020)": 196_000_000,
}
_PROCESSES = 2  # of the ingests and clusterings measured by the clock
_BLOCK = re.compile(r"(<!-- table: scaling -->\n).*?(<!-- end -->)", re.S)
_COLOURS = {"extract and store": "#4e79a7", "link": "#e15759", "cluster": "#59a14f"}
Points = list[tuple[float, float]]


def main() -> None:
    """Rewrite the table and the plot."""
    results = Results()
    page = DOCS / "scaling.md"
    rewritten = _BLOCK.sub(lambda match: f"{match[1]}{shown(results)}\n{match[2]}", page.read_text(encoding="utf-8"))
    page.write_text(rewritten, encoding="utf-8")
    (DOCS / "images" / "scaling.svg").write_text(plot(measured(results), costs(results)), encoding="utf-8")


def costs(results: Results) -> dict[str, float]:
    """Core seconds for one article, by line of the plot: of the largest ingest measured, and of the steps after it."""
    each = {row["step"]: row["ms"] / 1000 for row in results.figures("breakdown")}
    largest = results.figures("growth")[-1]
    return {
        "extract and store": _PROCESSES * largest["seconds"] / largest["articles"],
        "link": each["link"] + each["corrections"] + each["repair"],
        "cluster": each["cluster"],
    }


def per_article(results: Results) -> tuple[float, float]:
    """Quotations, and megabytes of the database, for one article."""
    largest = results.figures("growth")[-1]
    build = results.figures("scale-build")[-1]
    quotations = largest["quotations"] / largest["articles"]
    return quotations, quotations * build["database_mb"] / build["quotations"]


def rows(results: Results) -> Iterator[dict[str, Any]]:
    """What each of ``SIZES`` takes."""
    each = costs(results)
    quotations, megabytes = per_article(results)
    for name, articles in SIZES.items():
        yield {
            "name": name,
            "articles": articles,
            "quotations": round(quotations * articles / 1e6),
            "extract": round(each["extract and store"] * articles / 3600),
            "derive": round((each["link"] + each["cluster"]) * articles / 3600),
            "disk": round(megabytes * articles / 1000),
        }


def shown(results: Results) -> str:
    """The table of ``rows``."""
    columns = [
        ("", field("name")), ("articles", field("articles", ",")), ("quotations, millions", field("quotations", ",")),
        ("extract and store, core hours", field("extract", ",")), ("link, cluster and repair, core hours", field("derive", ",")),
        ("database, GB", field("disk", ",")),
    ]  # fmt: skip
    return table(columns, list(rows(results)))


def measured(results: Results) -> dict[str, Points]:
    """Measured points by line: articles, and core hours. Clock times count once for each process that ran."""
    quotations, _ = per_article(results)
    return {
        "extract and store": [
            (row["articles"], _PROCESSES * row["seconds"] / 3600) for row in results.figures("growth")
        ],
        "link": [
            (row["quotations"] / quotations, (row["link"] + row["corrections"] + row["repair"]) / 3600)
            for row in results.figures("scale-build")
        ],
        "cluster": [
            (row["quotations"] / quotations, _PROCESSES * row["seconds"] / 3600)
            for row in results.figures("claims-speed")
        ],
    }


def plot(points: dict[str, Points], lines: dict[str, float]) -> str:
    """An SVG with logarithmic axes: measured points, and the costs per article as lines.

    >>> plot({"cluster": [(100.0, 0.01)]}, {"cluster": 0.001}).startswith("<svg")
    True
    """
    parts = []
    for power in range(2, 10):
        x = _x(10**power)
        parts.append(f'<line x1="{x:.0f}" y1="40" x2="{x:.0f}" y2="400" stroke="#ddd"/>')
        parts.append(
            f'<text x="{x:.0f}" y="418" text-anchor="{"middle" if power < 9 else "end"}">{_number(10**power)}</text>'
        )
    for power in range(-4, 5):
        y = _y(10**power)
        parts.append(f'<line x1="80" y1="{y:.0f}" x2="730" y2="{y:.0f}" stroke="#ddd"/>')
        parts.append(f'<text x="72" y="{y + 4:.0f}" text-anchor="end">{10.0**power:,g}</text>')
    for name, articles in SIZES.items():
        x = _x(articles)
        parts.append(f'<line x1="{x:.0f}" y1="40" x2="{x:.0f}" y2="400" stroke="#888" stroke-dasharray="3 3"/>')
        if not name.startswith("Quotebank"):
            parts.append(f'<text x="{x - 5:.0f}" y="392" text-anchor="end">{name}</text>')
    for number, (name, seconds) in enumerate(lines.items()):
        colour = _COLOURS[name]
        ends = [(x, seconds * x / 3600) for x in (100, 1e9)]
        path = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in ends)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-dasharray="6 4"/>')
        parts += [f'<circle cx="{_x(x):.1f}" cy="{_y(y):.1f}" r="4.5" fill="{colour}"/>' for x, y in points[name]]
        parts.append(f'<circle cx="100" cy="{58 + 20 * number}" r="4.5" fill="{colour}"/>')
        parts.append(f'<text x="112" y="{62 + 20 * number}">{name}</text>')
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 450" font-family="sans-serif" font-size="12" role="img">'
        "<title>Core hours by number of articles</title>"
        '<clipPath id="frame"><rect x="80" y="40" width="650" height="360"/></clipPath><rect width="760" height="450" fill="#fff"/>'
        '<text x="80" y="26" font-size="15">Core hours by number of articles: measured (dots) and in proportion (lines)</text>'
        + "".join(parts).replace("<polyline", '<polyline clip-path="url(#frame)"')
        + '<text x="405" y="440" text-anchor="middle">articles</text></svg>\n'
    )


def _number(articles: int) -> str:
    for value, name in ((10**9, "billion"), (10**6, "million")):
        if articles >= value:
            return f"{articles // value} {name}"
    return f"{articles:,}"


def _x(articles: float) -> float:
    return 80 + 650 * (math.log10(articles) - 2) / 7


def _y(hours: float) -> float:
    return 400 - 360 * (math.log10(hours) + 4) / 9


if __name__ == "__main__":
    main()
