"""Adapters: programs that run one system and speak the JSON lines of ``benchmarks.peers``.

They import nothing of quotetrack, so that each can run in the Python environment of its system.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

# content: ranges; cue and source: a range or None; speaker: a name, a list of names (empty for none) or None
Quotation = dict[str, Any]


def answer(extract: Callable[[str], list[Quotation]]) -> None:
    """Read articles from standard input, and write the quotations of each, or the error that ``extract`` raised."""
    for line in sys.stdin:
        if line.strip():
            article = json.loads(line)
            print(json.dumps(answered(article, extract)), flush=True)


def answered(article: dict[str, str], extract: Callable[[str], list[Quotation]]) -> dict[str, Any]:
    """The answer for one article: its ``id`` with ``quotations``, or with ``error``.

    >>> answered({"id": "a", "text": "Nothing was said."}, lambda text: [])
    {'id': 'a', 'quotations': []}
    """
    try:
        return {"id": article["id"], "quotations": extract(article["text"])}
    except Exception as error:
        return {"id": article["id"], "error": f"{type(error).__name__}: {error}"}
