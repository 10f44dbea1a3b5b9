"""Lines as in GDELT's Global Quotation Graph, one per article, with the speaker of each quotation added.

That graph holds quoted statements with the text before and after, so only the words between quotation marks are written, and only
of what was stated or requested. The keys ``speaker``, ``speaker_id``, ``speaker_confidence`` and ``quotation_id`` are added to
each quotation.

Format: https://blog.gdeltproject.org/announcing-the-global-quotation-graph/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from quotetrack.export.selection import Selection
from quotetrack.read.articles import ArticleText
from quotetrack.read.printing import Printing
from quotetrack.text.quoted import DOUBLE, SINGLE_EITHER, SINGLE_OPENING

_AROUND = 100  # characters before and after, as in GDELT's files
_LANGUAGES = {"en": "ENGLISH"}
_GLYPHS = "".join(sorted(DOUBLE | SINGLE_OPENING | SINGLE_EITHER))
_MARKS = re.compile(f"^(?:``|''|[{_GLYPHS}])|(?:''|[{_GLYPHS}])$")


def lines(selection: Selection) -> Iterator[str]:
    """Yield a line per article that has words between quotation marks."""
    for article, found in selection.by_article(
        lambda one: bool(one.verbatim) and one.stance in ("stated", "requested")
    ):
        first = found[0]
        yield json.dumps({
            "date": first.published_at.strftime("%Y-%m-%dT%H:%M:%SZ") if first.published_at else None,
            "url": article.url,
            "title": article.title,
            "lang": _LANGUAGES.get(article.language, article.language),
            "quotes": [quote for one in found for quote in _quotes(one, article)],
        }, ensure_ascii=False) + "\n"  # fmt: skip


def _quotes(one: Printing, article: ArticleText) -> Iterator[dict[str, Any]]:
    for span in one.verbatim:
        words = _MARKS.sub("", span.text)
        if not words.strip():
            continue
        start = span.start + span.text.index(words)
        end = start + len(words)
        yield {
            "pre": article.text[max(0, start - _AROUND) : start],
            "quote": words,
            "post": article.text[end : end + _AROUND],
            "speaker": "; ".join(one.speakers) or None,
            "speaker_id": "; ".join(one.speaker_ids) or None,
            "speaker_confidence": one.speaker_confidence if one.speakers else None,
            "quotation_id": one.quotation_id,
        }
