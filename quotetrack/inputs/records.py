"""Turn one record (a JSON object, a row of a table) into an article."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from quotetrack.errors import InputError, UsageError
from quotetrack.inputs.metadata import Metadata, article
from quotetrack.inputs.page import read_page, text_of_fragment
from quotetrack.model import Article

# The usual names of each field, compared without case, spaces, hyphens and underscores.
NAMES = {
    "text": (
        "text", "body", "content", "maintext", "article", "articlebody", "articletext", "bodytext", "fulltext", "plaintext",
        "storytext", "bodycontent",
    ),
    "html": ("html", "bodyhtml", "contenthtml", "rawhtml"),
    "outlet": (
        "outlet", "source", "publisher", "publication", "site", "sitename", "sourcedomain", "sourcename", "newspaper", "domain",
    ),
    "url": ("url", "link", "canonical", "canonicalurl", "permalink", "weburl", "articleurl", "sourceurl"),
    "title": ("title", "headline", "webtitle", "articletitle"),
    "author": ("author", "authors", "byline", "creator"),
    "published": (
        "published", "date", "publishedat", "datepublish", "publicationdate", "datepublished", "pubdate", "publishdate",
        "publisheddate", "webpublicationdate", "firstpublished", "articledate", "timestamp",
    ),
    "language": ("language", "lang", "languagecode", "inlanguage"),
}  # fmt: skip
_TEXTS = ("text", "html")
_FILLER = re.compile(r"[\s_.:-]+")


class NotAnArticle(InputError):
    """A record of a known kind that holds quotations without the article they are from."""


def check_columns(pairs: list[str]) -> dict[str, str]:
    """Read ``--map`` options. Raises ``UsageError`` for an unknown field or a missing name.

    >>> check_columns(["published=pub_date"])
    {'published': 'pub_date'}
    """
    found = {}
    for pair in pairs:
        field, equals, name = pair.partition("=")
        if field.strip() not in NAMES or not equals or not name.strip():
            raise UsageError(f"Cannot use --map '{pair}'; write FIELD=NAME with one of the fields {', '.join(NAMES)}.")
        found[field.strip()] = name.strip()
    return found


def has_text(names: list[str], columns: Mapping[str, str]) -> bool:
    """Whether records with these field names can have the text of an article."""
    if "text" in columns or "html" in columns:
        return any(columns.get(field) in names for field in _TEXTS)
    return any(_key(name) in (*NAMES["text"], *NAMES["html"]) for name in names)


def of_record(record: Mapping[str, Any], location: str, given: Metadata, columns: Mapping[str, str]) -> Article:
    """Return the article of one record.

    Raises ``NotAnArticle`` for records of Quotebank and of the GDELT Global Quotation Graph, and ``InputError`` if there
    is no text.
    """
    fields = _fields(record, columns)
    found = metadata_of(record, columns)
    text = next((value for value in fields["text"] if isinstance(value, str) and value.strip()), None)
    if text is not None:
        return article(text, found, given, location)
    if page := next((value for value in fields["html"] if isinstance(value, str) and value.strip()), None):
        if "<body" in page.lower() or "<html" in page.lower():
            return read_page(page, location, given.over(found))
        if text := text_of_fragment(page):
            return article(text, found, given, location)
    if kind := _quotations_only(record):
        raise NotAnArticle(f"This record of {kind} has quotations without their article, and only articles are read.")
    expected = [columns["text"]] if "text" in columns else ["text", "body", "content", "maintext", "article", "html"]
    raise InputError(
        f"The record has no text; expected one of the fields {', '.join(expected)}, or name it with --map text=FIELD."
    )


def metadata_of(record: Mapping[str, Any], columns: Mapping[str, str] | None = None) -> Metadata:
    """Return the metadata in a record, from fields with the usual names or those in ``columns``.

    >>> metadata_of({"pub_date": "2026-03-02"}).published
    '2026-03-02'
    """
    fields = _fields(record, columns or {})
    return Metadata(**{name: _value(fields[name]) for name in NAMES if name not in _TEXTS})


def _quotations_only(record: Mapping[str, Any]) -> str | None:
    """The data set that a record is from, if its records are quotations rather than articles."""
    if isinstance(record.get("quotes"), list) and "url" in record:
        return "the GDELT Global Quotation Graph"
    if "quoteID" in record or ("articleID" in record and isinstance(record.get("quotations"), list)):
        return "Quotebank"
    return None


def _fields(record: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, list[Any]]:
    """The values of each field, those with the most usual names first; a name given by the user excludes all others."""
    by_key: dict[str, Any] = {}
    for name, value in record.items():
        by_key.setdefault(_key(str(name)), value)
    found = {}
    for field, names in NAMES.items():
        if field in columns:
            found[field] = [record.get(columns[field])]
        else:
            found[field] = [by_key[name] for name in names if name in by_key]
    return found


def _key(name: str) -> str:
    return _FILLER.sub("", name).lower()


def _value(values: list[Any]) -> str | None:
    for value in values:
        if isinstance(value, list | tuple):
            names = (one.get("name") if isinstance(one, dict) else one for one in value)
            value = ", ".join(name for name in names if isinstance(name, str))
        elif isinstance(value, dict):
            value = value.get("name") or value.get("title")
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return None
