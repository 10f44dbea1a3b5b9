"""W3C Web Annotations: an annotation page with one annotation per quotation, each on its own line.

Each span of the content is a target with a ``TextQuoteSelector`` and a ``TextPositionSelector``. Positions count Unicode code
points, as the recommendation requires, in the text whose SHA-256 is given; this is the article's text as stored, which has no HTML.

Format: https://www.w3.org/TR/annotation-model/
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from quotetrack.export.identifiers import article_iri, iri, labels
from quotetrack.export.selection import Selection
from quotetrack.model import Span
from quotetrack.read.articles import ArticleText
from quotetrack.read.printing import Printing
from quotetrack.version import __version__

CONTEXT: list[Any] = [
    "http://www.w3.org/ns/anno.jsonld",
    {"sha256": "http://schema.org/sha256", "title": "http://purl.org/dc/terms/title"},
]
_AROUND = 32  # characters before and after the exact text


def lines(selection: Selection) -> Iterator[str]:
    """Yield the document: one annotation page."""
    yield f'{{"@context": {json.dumps(CONTEXT)}, "id": "urn:quotetrack:quotations", "type": "AnnotationPage", "items": ['
    separator = "\n"
    for article, found in selection.by_article():
        for one in found:
            yield separator + json.dumps(_annotation(one, article), ensure_ascii=False)
            separator = ",\n"
    yield "\n]}\n"


def _annotation(one: Printing, article: ArticleText) -> dict[str, Any]:
    tags = [*labels(one), *(f"speaker: {name}" for name in one.speakers)]
    tags += [f"role: {one.role}"] if one.role else []
    return {
        "id": iri("quotation", one.quotation_id),
        "type": "Annotation",
        "motivation": "describing",
        "generator": {"type": "Software", "name": f"quotetrack {__version__}"},
        "body": [
            {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "language": "en", "value": _sentence(one)},
            *({"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": tag} for tag in tags),
        ],
        "target": [_target(span, article) for span in one.content],
    }  # fmt: skip


def _sentence(one: Printing) -> str:
    who = " and ".join(one.speakers) or "an unknown speaker"
    role = f" ({one.role})" if one.role and not one.joint else ""
    behalf = f", on behalf of {one.on_behalf_of}" if one.on_behalf_of else ""
    return f"Attributed to {who}{role}{behalf}; stance: {one.stance}; kind: {one.kind}."


def _target(span: Span, article: ArticleText) -> dict[str, Any]:
    source = {
        "id": article_iri(article.article_id, article.url),
        "type": "Text",
        "language": article.language,
        "sha256": article.sha256,
    }
    return {
        "type": "SpecificResource",
        "source": source | ({"title": article.title} if article.title else {}),
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": span.text,
                "prefix": article.text[max(0, span.start - _AROUND) : span.start],
                "suffix": article.text[span.end : span.end + _AROUND],
            },
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }
