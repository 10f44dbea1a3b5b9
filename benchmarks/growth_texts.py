"""Processor time of extraction and linking for inputs dense in one thing, and how it grows with their size.

    python -m benchmarks.growth_texts [--sizes 1 10 100 1000] [--articles 10 100 1000] [--json FILE]

Articles of ``--sizes`` kB that are dense in one of ``benchmarks.dense.PASSAGES`` are extracted from generated parses,
so that the models take no part. Then speakers and claims are computed for ``--articles`` in which everybody has the same
surname, half of them named in full, and for one article more; for as many printings of one statement; and for one speaker who
is known under as many names, with an article for each. A size is left out if the one before took over ``--limit`` seconds. The exponent is
the slope between the last two sizes that took at least 0.05 seconds: 1 is linear, 2 is quadratic. Prints a Markdown
table.
"""

from __future__ import annotations

import argparse
import math
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import record
from benchmarks.dense import PASSAGES, article, name
from quotetrack.extract import extract
from quotetrack.jobs.known import import_speakers
from quotetrack.jobs.refresh import refresh
from quotetrack.link.known import Known
from quotetrack.link.linker import link
from quotetrack.model import Article, Quotation, Span, Speaker
from quotetrack.parse.pipeline import Parser
from quotetrack.store import Store

_SHORTEST = 0.05  # seconds below which a time says nothing about growth


def main() -> None:
    """Measure each kind and print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", type=int, nargs="+", default=[1, 10, 100, 1000])
    options.add_argument("--articles", type=int, nargs="+", default=[10, 100, 1000])
    options.add_argument("--kinds", nargs="+", default=list(PASSAGES))
    options.add_argument("--limit", type=float, default=60.0)
    record.add_option(options)
    given = options.parse_args()
    rows = []
    print("| dense in | seconds by size | exponent |\n|---|---|---|")
    parser = Parser()
    for kind in given.kinds:
        extract(article(kind, 500, parser))  # loads word lists
        times: dict[int, float] = {}
        for size in given.sizes:
            parsed = article(kind, size * 1000, parser)
            began = time.process_time()
            extract(parsed)
            times[size] = round(time.process_time() - began, 3)
            if times[size] > given.limit:
                break
        rows.append(_shown(kind, "kB", times))
    for measured in (linking, clustering, aliases):
        rows += of_articles(measured, given.articles, given.limit)
    record.write(given.json, rows)


def _shown(kind: str, unit: str, times: dict[int, float]) -> dict[str, object]:
    slope = exponent(times)
    shown = ", ".join(f"{size:,} {unit} {seconds:.2f}" for size, seconds in times.items())
    print(f"| {kind} | {shown} | {'' if slope is None else slope} |", flush=True)
    return {"kind": kind, "unit": unit, "seconds": times, "exponent": slope}


def exponent(times: dict[int, float]) -> float | None:
    """The slope on logarithmic scales between the last two sizes that took long enough.

    >>> exponent({1: 0.001, 10: 0.1, 100: 1.0}), exponent({1: 0.001})
    (1.0, None)
    """
    points = [(size, seconds) for size, seconds in times.items() if seconds >= _SHORTEST][-2:]
    if len(points) < 2:
        return None
    (small, before), (large, after) = points
    return round(math.log(after / before) / math.log(large / small), 2)


def of_articles(
    measured: Callable[[int], dict[str, float]], sizes: Sequence[int], limit: float
) -> list[dict[str, object]]:
    """Measure one thing for each size, and print a row for each step."""
    steps: dict[str, dict[int, float]] = {}
    for size in sizes:
        for step, seconds in measured(size).items():
            steps.setdefault(step, {})[size] = seconds
        if max(times[size] for times in steps.values()) > limit:
            break
    return [_shown(step, "articles", times) for step, times in steps.items()]


def linking(size: int) -> dict[str, float]:
    """The seconds of linking ``size`` articles of one surname, and of linking one more."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "growth.duckdb") as store:
        store.put([of_one_surname(number) for number in range(size)], "generated")
        whole = _linked(store)
        store.put([of_one_surname(size)], "generated")
        return {"articles of one surname": whole, "one article more": _linked(store)}


def clustering(size: int) -> dict[str, float]:
    """The seconds of computing speakers and claims for ``size`` printings of one statement, and again with one more."""
    statement = "“The ferry will stay in port until the storm has passed and every pilot is home.”"
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "growth.duckdb") as store:
        store.put([of_one_surname(0, statement, number) for number in range(size)], "generated")
        whole = _timed(lambda: refresh(store))
        store.put([of_one_surname(0, statement, size)], "generated")
        return {"printings of one statement": whole, "one printing more": _timed(lambda: refresh(store))}


def aliases(size: int) -> dict[str, float]:
    """The seconds of importing a speaker who is known under ``size`` names, each of which an article uses."""
    names = tuple(f"{name('Tarelo', number, 0)} {name('Tavoso', number, 0)}" for number in range(size))
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "growth.duckdb") as store:
        store.put([of_one_surname(number, who=one) for number, one in enumerate(names)], "generated")
        refresh(store)
        known = Known("known", names[0], "person", "Q1", names[1:])
        return {"names of one known speaker": _timed(lambda: import_speakers(store, [known]))}


def _timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return round(time.process_time() - began, 3)


def _linked(store: Store) -> float:
    with store.transaction():
        return _timed(lambda: link(store))


def of_one_surname(
    number: int, said: str = "", copy: int = 0, who: str | None = None
) -> tuple[Article, list[Quotation]]:
    """An article in which a person speaks who is called Vale, every second one without a first name, or ``who``."""
    who = who or ("Vale" if number % 2 else f"{name('Tarelo', number, 0)} Vale")
    said = said or f"“Ferry {number} is late.”"
    text = f"{said} {who} said."
    start = len(said) + 1
    quotation = Quotation(
        "direct",
        (Span.of(text, 0, len(said)),),
        source=Span.of(text, start, start + len(who)),
        speaker=Speaker(who, "person"),
        method="name",
    )
    published = f"2026-{1 + number % 12:02}-{1 + number % 28:02}"
    outlet = f"Outlet {(number + copy) % 7}"
    address = f"https://post.example/{number}/{copy}"
    return Article(text, outlet=outlet, url=address, published=published), [quotation]


if __name__ == "__main__":
    main()
