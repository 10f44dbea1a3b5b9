"""JSON-LD with the vocabulary of schema.org: ``NewsArticle``, ``Quotation`` and ``Claim``, one node per line.

Words in quotation marks are a ``Quotation``; what is reported in the words of the article, wholly or partly, is a ``Claim``, as on
the pages of the site. The vocabulary cannot say that something was denied, requested, asked or only believed, so the graph holds
only what was stated.

Vocabulary: https://schema.org/Quotation, https://schema.org/Claim; roles as in
https://blog.schema.org/2014/06/16/introducing-role/
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from quotetrack.export.identifiers import article_iri, iri, labels, wikidata_iri
from quotetrack.export.selection import Selection
from quotetrack.read.articles import ArticleText
from quotetrack.read.claims import Appearances, appearances
from quotetrack.read.printing import Printing, web_address
from quotetrack.read.speakers import Identity, identities

_TYPES = {"person": "Person", "organisation": "Organization"}
_CLAIMS = 1000  # read at once


def lines(selection: Selection) -> Iterator[str]:
    """Yield the document: the articles with their quotations, then the claims that these belong to."""
    yield '{"@context": "https://schema.org", "@graph": ['
    separator = "\n"
    for node in _nodes(selection):
        yield separator + json.dumps(node, ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def _nodes(selection: Selection) -> Iterator[dict[str, Any]]:
    claims: dict[str, None] = {}
    for article, found in selection.by_article(lambda one: one.stance == "stated"):
        yield _article(article)
        speakers = identities(selection.store, {key for one in found for key in one.speaker_ids})
        for one in found:
            claims.update((claim.claim_id, None) for claim in one.claims)
            yield _statement(one, article, speakers)
    wanted = list(claims)
    for first in range(0, len(wanted), _CLAIMS):
        for claim in appearances(selection.store, wanted[first : first + _CLAIMS]):
            yield _claim(claim)


def _article(article: ArticleText) -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": article.outlet} if article.outlet else None
    return _known({
        "@type": "NewsArticle",
        "@id": article_iri(article.article_id, article.url),
        "url": web_address(article.url),
        "headline": article.title,
        "datePublished": article.published,
        "inLanguage": article.language,
        "publisher": publisher,
    })  # fmt: skip


def _statement(one: Printing, article: ArticleText, speakers: dict[str, Identity]) -> dict[str, Any]:
    verbatim = one.kind == "direct"
    attributed = "spokenByCharacter" if verbatim else "author"
    role = None if one.joint else one.role
    return _known({
        "@type": "Quotation" if verbatim else "Claim",
        "@id": iri("quotation", one.quotation_id),
        "text": one.text,
        "inLanguage": article.language,
        "keywords": labels(one),
        attributed: [_speaker(speakers[key], role, attributed) for key in one.speaker_ids],
        "isPartOf" if verbatim else "appearance": {"@id": article_iri(one.article_id, one.url)},
        "exampleOfWork": [{"@id": iri("claim", claim.claim_id)} for claim in one.claims],
        "identifier": [
            *(_value("characters", f"{span.start}-{span.end}") for span in one.content), _value("sha256", one.sha256),
        ],
    })  # fmt: skip


def _value(name: str, value: str) -> dict[str, str]:
    return {"@type": "PropertyValue", "propertyID": name, "value": value}


def _speaker(speaker: Identity, role: str | None, attributed: str) -> dict[str, Any]:
    """Return the speaker, inside a ``Role`` if the article gives one: a role belongs to the occasion, not to the person."""
    who = _known({
        "@type": _TYPES.get(speaker.type, "Thing"),
        "@id": iri("speaker", speaker.speaker_id),
        "name": speaker.name,
        "sameAs": wikidata_iri(speaker.wikidata) if speaker.wikidata else None,
    })  # fmt: skip
    return {"@type": "Role", "roleName": role, attributed: who} if role else who


def _claim(claim: Appearances) -> dict[str, Any]:
    first = claim.first
    return _known({
        "@type": "Claim",
        "@id": iri("claim", claim.claim_id),
        "text": claim.text,
        "appearance": [{"@id": article_iri(*article[:2])} for article in claim.articles],
        "firstAppearance": {"@id": article_iri(*first[:2])} if first else None,
    })  # fmt: skip


def _known(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if value not in (None, [])}
