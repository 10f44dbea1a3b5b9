"""Describe quotations and claims in the vocabulary of schema.org, as JSON-LD.

What was denied, asked, imagined or only believed is left out: the vocabulary cannot say so. There is no rating: quotetrack
says who said something, not whether it is true.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quotetrack.read.dossiers import Dossier
from quotetrack.read.printing import Printing
from quotetrack.report.cards import Card, day_of

CONTEXT = "https://schema.org"
_TYPES = {"person": "Person", "organisation": "Organization", "group": "Organization", "place": "Place"}
_MOST_ALIASES = 12
_SPEAKER = "#speaker"


def dossier_data(dossier: Dossier, cards: Sequence[Card]) -> dict[str, Any]:
    """Return the speaker and the statements on one page of a dossier."""
    speaker: dict[str, Any] = {"@id": _SPEAKER, "@type": _TYPES.get(dossier.type, "Thing"), "name": dossier.name}
    if dossier.aliases:
        speaker["alternateName"] = dossier.aliases[:_MOST_ALIASES]
    if dossier.wikidata:
        speaker["sameAs"] = f"https://www.wikidata.org/wiki/{dossier.wikidata}"
    if dossier.role and dossier.type == "person":
        speaker["jobTitle"] = dossier.role
    said = [_statement(card) for card in cards if card.printing.stance == "stated"]
    return {"@context": CONTEXT, "@graph": [speaker, *said]}


def claim_data(shown: Printing, printings: Sequence[Printing], disputed: bool, dated: bool) -> dict[str, Any] | None:
    """Return a claim with its printings, earliest first; ``None`` if it was not stated.

    ``disputed``: articles attribute it to different speakers, so it has no author. ``dated``: all articles have a date, so
    the first appearance is known.
    """
    if shown.stance != "stated":
        return None
    stated = [printing for printing in printings if printing.stance == "stated"]
    claim: dict[str, Any] = {"@context": CONTEXT, "@type": "Claim", "@id": "#claim", "text": shown.text}
    if shown.speakers and not disputed:
        claim["author"] = [{"@type": "Thing", "name": name} for name in shown.speakers]
    articles = list({printing.article_id: article(printing) for printing in stated}.values())
    if dated:
        claim["firstAppearance"] = articles[0]
    claim["appearance"] = articles
    return claim


def article(printing: Printing) -> dict[str, Any]:
    """Return the article of a printing."""
    found: dict[str, Any] = {"@type": "NewsArticle"}
    if printing.title:
        found["headline"] = printing.title
    if printing.link:
        found["url"] = printing.link
    if day_of(printing):
        found["datePublished"] = printing.published or day_of(printing)
    if printing.outlet:
        found["publisher"] = {"@type": "Organization", "name": printing.outlet}
    return found


def _statement(card: Card) -> dict[str, Any]:
    """Words in quotation marks are a ``Quotation``; what is reported in the words of the article is a ``Claim``."""
    shown = card.printing
    place = {"@id": f"#q-{shown.quotation_id}"}
    if shown.kind == "direct":
        return place | {
            "@type": "Quotation",
            "text": shown.text,
            "spokenByCharacter": {"@id": _SPEAKER},
            "isPartOf": article(shown),
        }
    return place | {"@type": "Claim", "text": shown.text, "author": {"@id": _SPEAKER}, "appearance": article(shown)}
