"""Find quotations with a frame that has no verb of speech: ``In the words of the coach, Ben Aro, “…”``,
``To quote Hal Wynn, “…”``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.source_phrases import Source
from quotetrack.extract.reading import Reading
from quotetrack.model import Span

_BEFORE = re.compile(
    r"\b(?P<cue>[Ii]n (?:the )?(?:\w+ )?words of|[Tt]o (?:quote|borrow from))\s(?P<source>[^“”\"«»\n]{2,90}?)[,:]\s$"
)
_AFTER = re.compile(r",?\s(?P<cue>in (?:the )?words of|to quote)\s(?P<source>[A-Z][^“”\"«»,.;\n]{1,60})(?=[,.;])")


def verbless_frames(reading: Reading) -> Iterator[Draft]:
    """Yield a draft for each quoted stretch that has such a frame before or after it."""
    for quoted in reading.quoted:
        before = _BEFORE.search(reading.text, max(0, quoted.start - 140), quoted.start)
        found = before or _AFTER.match(reading.text, quoted.end)
        if found is None:
            continue
        span = Span(found.start("source"), found.end("source"), found["source"])
        words = reading.words_between(span.start, span.end)
        head = next((i for i in words if reading.head[i] not in words), words.start if words else -1)
        yield Draft(
            content=[Span.of(reading.text, quoted.start, quoted.end)],
            cue=Span(found.start("cue"), found.end("cue"), found["cue"]),
            source=Source(span, head),
            found_by="frame",
            quoted=[quoted],
        )
