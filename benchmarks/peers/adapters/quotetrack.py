"""quotetrack itself, as ``quotetrack extract`` runs it in one process.

    python -m benchmarks.peers.adapters.quotetrack

All quotations are returned, also those that reports do not show because they were denied, asked or only believed.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from benchmarks.news import names
from quotetrack.jobs.analysis import Analyser
from quotetrack.model import Quotation, Span
from quotetrack.parse.models import choose


def main() -> None:
    """Extract in batches and answer."""
    articles = [json.loads(line) for line in sys.stdin if line.strip()]
    with Analyser[list[dict[str, str]]](choose(), workers=1) as analyser:
        parts = [articles[start : start + analyser.batch] for start in range(0, len(articles), analyser.batch)]
        for part, analysed in analyser.all((part, [article["text"] for article in part]) for part in parts):
            for article, (_, found, _) in zip(part, analysed, strict=True):
                answer = {"error": found} if isinstance(found, str) else {"quotations": [quotation(q) for q in found]}
                print(json.dumps({"id": article["id"], **answer}), flush=True)


def quotation(found: Quotation) -> dict[str, Any]:
    """One quotation in the form that ``benchmarks.peers`` reads."""

    def place(span: Span | None) -> tuple[int, int] | None:
        return (span.start, span.end) if span else None

    return {
        "content": [place(span) for span in found.content],
        "cue": place(found.cue),
        "source": place(found.source),
        "speaker": names(found.to_dict()),
    }


if __name__ == "__main__":
    main()
