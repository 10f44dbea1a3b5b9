"""Export quotations to JSONL and CSV files."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

from quotetrack.errors import UsageError
from quotetrack.read.printing import Printing

# CSV columns, in order.
COLUMNS = (
    "speaker", "stance", "kind", "quotation", "role", "on_behalf_of", "source", "cue", "outlet", "published", "title", "url",
    "confidence", "speaker_confidence", "method", "joint", "quotation_id", "claim_ids", "article_id", "sha256", "start", "end",
)  # fmt: skip


def export_quotations(found: Sequence[Printing], path: Path) -> int:
    """Write ``found`` to ``path``: JSON lines with the keys of ``Printing.to_dict``, or CSV with ``COLUMNS``.

    The suffix of ``path`` (``.jsonl`` or ``.csv``) selects the format. Returns the number of quotations written.
    Raises ``UsageError`` for another suffix, or if the file is not writable.
    """
    writers = {".jsonl": _write_jsonl, ".csv": _write_csv}
    write = writers.get(path.suffix.lower())
    if write is None:
        raise UsageError(f"Unsupported file type '{path.name}'; use a name that ends in {' or '.join(writers)}.")
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            write(found, file)
    except OSError as error:
        raise UsageError(f"Cannot write {path}: {error.strerror or error}.") from error
    return len(found)


def _write_jsonl(found: Sequence[Printing], file: TextIO) -> None:
    for one in found:
        file.write(json.dumps(one.to_dict(), ensure_ascii=False) + "\n")


def _write_csv(found: Sequence[Printing], file: TextIO) -> None:
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(map(_flat, found))


def _flat(one: Printing) -> dict[str, Any]:
    whole = one.to_dict()
    own = {
        "speaker": "; ".join(one.speakers),
        "quotation": one.text,
        "claim_ids": "; ".join(claim.claim_id for claim in one.claims),
        "start": one.start,
        "end": one.end,
    }
    return {name: own[name] if name in own else whole[name] for name in COLUMNS}
