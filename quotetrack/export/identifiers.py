"""Identifiers and labels of quotations in linked data."""

from __future__ import annotations

from quotetrack.read.printing import Printing, web_address


def article_iri(article_id: str, url: str | None) -> str:
    """Return the article's web address or, without one, a URN.

    >>> article_iri("4c9678c92fe2c9dc", None)
    'urn:quotetrack:article:4c9678c92fe2c9dc'
    """
    return web_address(url) or f"urn:quotetrack:article:{article_id}"


def iri(kind: str, key: str) -> str:
    """Return the URN of a ``quotation``, ``claim`` or ``speaker``.

    >>> iri("claim", "df4279caa702445f")
    'urn:quotetrack:claim:df4279caa702445f'
    """
    return f"urn:quotetrack:{kind}:{key}"


def wikidata_iri(item: str) -> str:
    """Return the IRI of a Wikidata item.

    >>> wikidata_iri("Q42")
    'http://www.wikidata.org/entity/Q42'
    """
    return f"http://www.wikidata.org/entity/{item}"


def labels(one: Printing) -> list[str]:
    """Return kind, stance and confidence as texts such as ``kind: direct``, for formats without fields for them."""
    found = [f"kind: {one.kind}", f"stance: {one.stance}", f"confidence: {one.confidence:.2f}"]
    return [*found, f"speaker confidence: {one.speaker_confidence:.2f}"] if one.speakers else found
