"""Convert articles with their quotations to the columns of a shard and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from quotetrack.errors import InputError
from quotetrack.model import Article, Failure, Provenance, Quotation, Span, Speaker

# An article with its quotations, or an input that failed.
Row = tuple[Article, list[Quotation]] | Failure

_SPAN = 'STRUCT("start" INTEGER, "end" INTEGER, text VARCHAR)'
_SPEAKER = "STRUCT(name VARCHAR, type VARCHAR, members STRUCT(name VARCHAR, type VARCHAR)[])"
_QUOTATION = (
    f"STRUCT(kind VARCHAR, content {_SPAN}[], cue {_SPAN}, source {_SPAN}, speaker {_SPEAKER}, role {_SPAN}, method VARCHAR, "
    "confidence DOUBLE, stance VARCHAR, on_behalf_of VARCHAR, speaker_confidence DOUBLE, bare BOOLEAN)"
)
# Name and type of each column. A failure has a location, a reason and details, and nothing else.
COLUMNS = {
    "location": "VARCHAR",
    "reason": "VARCHAR",
    "details": "VARCHAR",
    "outlet": "VARCHAR",
    "url": "VARCHAR",
    "title": "VARCHAR",
    "author": "VARCHAR",
    "published": "VARCHAR",
    "modified": "VARCHAR",
    "language": "VARCHAR",
    "provenance": "STRUCT(outlet VARCHAR, title VARCHAR, language VARCHAR, day VARCHAR, day_from VARCHAR)",
    "text": "VARCHAR",
    "quotations": f"{_QUOTATION}[]",
    "models": "VARCHAR",
    "extractor": "VARCHAR",
}
_SPANS = ("cue", "source", "role")


def to_columns(row: Row, models: str, extractor: str) -> dict[str, Any]:
    """Return the value of each column; ``models`` and ``extractor`` are what the quotations were made by."""
    values: dict[str, Any] = dict.fromkeys(COLUMNS)
    values |= {"models": models, "extractor": extractor}
    if isinstance(row, Failure):
        return values | {"location": row.location, "reason": row.reason, "details": row.details}
    article, quotations = row
    known = {field.name: getattr(article, field.name) for field in fields(Article)}
    return (
        values | known | {"provenance": asdict(article.provenance), "quotations": [_values(one) for one in quotations]}
    )


def _values(quotation: Quotation) -> dict[str, Any]:
    values = asdict(quotation)
    if quotation.speaker is not None:
        members = [
            {"name": one.name, "type": one.type} for one in quotation.speaker.members
        ]  # have no members themselves
        values["speaker"]["members"] = members
    return values


def from_columns(values: Mapping[str, Any]) -> Row:
    """Return the row with these values.

    Raises ``InputError`` if a span of a quotation is not what the text has between its offsets.
    """
    location = values["location"]
    if values["reason"] is not None:
        return Failure(location, values["reason"], values["details"] or "")
    known = {field.name: values[field.name] for field in fields(Article)}
    article = Article(**known | {"provenance": Provenance(**values["provenance"])})
    return article, [_quotation(one, article) for one in values["quotations"]]


def _quotation(values: Mapping[str, Any], article: Article) -> Quotation:
    spans = {name: _span(values[name], article) if values[name] else None for name in _SPANS}
    content = tuple(_span(one, article) for one in values["content"])
    speaker = values["speaker"] and _speaker(values["speaker"])
    return Quotation(**dict(values) | spans | {"content": content, "speaker": speaker})


def _span(values: Mapping[str, Any], article: Article) -> Span:
    span = Span(**values)
    if article.text[span.start : span.end] != span.text:
        raise InputError(f"The quotations of {article.location} do not match its text.")
    return span


def _speaker(values: Mapping[str, Any]) -> Speaker:
    return Speaker(values["name"], values["type"], tuple(_speaker(one) for one in values.get("members") or ()))
