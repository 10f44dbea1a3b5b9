"""JSON lines: one object per quotation, as described in docs/schemas/quotation.schema.json."""

from __future__ import annotations

import json
from collections.abc import Iterator

from quotetrack.export.selection import Selection


def lines(selection: Selection) -> Iterator[str]:
    """Yield a line per quotation with the keys of ``Printing.to_dict``."""
    for one in selection.printings():
        yield json.dumps(one.to_dict(), ensure_ascii=False) + "\n"
