"""Compare systems that extract quotations with annotated articles.

    python -m benchmarks.peers --gold tests/gold --system quotetrack --command "mine=python my_system.py" --out peers.json

A system is ``quotetrack``, a Python function (``--system MODULE:FUNCTION``) or a command (``--command NAME=COMMAND``). A
command reads articles as JSON lines with ``id`` and ``text``, and writes a line for each with ``id`` and ``quotations``, or
with ``id`` and ``error``. A quotation has ``content`` (a list of ranges), ``cue``, ``source`` (a range or null) and
``speaker`` (a name, a list of names or null); ranges count characters of ``text``. docs/peers.md has an example and the
commands for textacy, the Gender Gap Tracker, Citron and CoreNLP.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from benchmarks import record
from benchmarks.peer_table import shown
from benchmarks.peers.gold import read_gold
from benchmarks.peers.scoring import figures
from benchmarks.peers.systems import answers, system
from quotetrack.errors import UsageError


def main() -> int:
    """Run all systems on all gold, print the table; returns 2 if something cannot be read or run."""
    options = argparse.ArgumentParser(
        prog="python -m benchmarks.peers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument(
        "--gold", action="append", required=True, metavar="[NAME=]PATH",
        help="a folder (brat, PolNeAR's layout, JSON) or a JSON Lines file with annotated articles; can be repeated",
    )  # fmt: skip
    options.add_argument("--texts", type=Path, help="the folder of the texts of JSON Lines files without them")
    options.add_argument("--system", action="append", default=[], help="'quotetrack' or MODULE:FUNCTION")
    options.add_argument("--command", action="append", default=[], metavar="NAME=COMMAND")
    options.add_argument("--out", type=Path, metavar="FILE", help="also write the figures to this file, as JSON")
    given = options.parse_args()
    try:
        print(shown(compared(given)))
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def compared(given: argparse.Namespace) -> list[dict[str, Any]]:
    """The figures of each system on each gold, also written to ``--out``."""
    systems = [system(one) for one in given.system] + [system(one) for one in given.command]
    if not systems:
        raise UsageError("There is nothing to compare; give a system with --system or --command.")
    golds = [read_gold(*named(one), given.texts) for one in given.gold]
    rows = []
    for gold in golds:
        for name, run in systems:
            found = answers(run, gold.articles)
            for article, answer in found.by_article.items():
                if answer.error is not None:
                    print(f"{name}, {article}: {answer.error}", file=sys.stderr)
            rows.append({"gold": gold.name, "system": name, **figures(gold, found)})
    record.write(given.out, rows)
    return rows


def named(given: str) -> tuple[str, Path]:
    """The name and the path of ``NAME=PATH``; the path is the name of one that has none.

    >>> named("news=gold/dev.jsonl")
    ('news', PosixPath('gold/dev.jsonl'))
    """
    name, equals, path = given.partition("=")
    return (name, Path(path)) if equals else (given, Path(given))


if __name__ == "__main__":
    sys.exit(main())
