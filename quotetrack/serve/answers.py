"""What the JSON API and the MCP server answer, as records of JSON values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import HTTPException

from quotetrack.read.articles import ArticleRecord, article_records
from quotetrack.read.claims import claim_facts
from quotetrack.read.dossiers import dossiers_of
from quotetrack.read.printing import Printing
from quotetrack.read.printings import printings
from quotetrack.read.site_lists import quotations_of_articles, quotations_of_claims
from quotetrack.read.speakers import find_speaker
from quotetrack.store import Store


def quotation(one: Printing) -> dict[str, Any]:
    """Return a quotation with the address that opens its article at the words."""
    return {**one.to_dict(), "start": one.start, "end": one.end, "passage_link": one.passage_link}


def speaker(store: Store, wanted: str) -> dict[str, Any]:
    """Return a speaker with the roles over time. Raises ``UsageError`` if no speaker matches, or more than one."""
    found = find_speaker(store, wanted)
    roles = [{"role": one.role, "when": one.when, "mentions": one.mentions} for one in found.roles]
    return {**found.to_dict(), "roles": roles}


def dossier(store: Store, wanted: str, limit: int) -> dict[str, Any]:
    """Return a speaker with aliases, roles and the newest quotations; ``not_said`` are those that are not shown as said.

    Raises ``UsageError`` if no speaker matches, or more than one.
    """
    found = speaker(store, wanted)
    one = dossiers_of(store, [found["speaker_id"]])[found["speaker_id"]]
    said: Sequence[Printing] = one.printings[:limit]
    return {
        **found,
        "aliases": one.aliases,
        "said": [quotation(printing) for printing in said],
        "not_said": [quotation(printing) for printing in one.unsaid[:limit]],
    }


def claim(store: Store, claim_id: str) -> dict[str, Any]:
    """Return a claim with its printings, earliest first. Raises ``HTTPException`` 404 if there is none."""
    members = members_of_claim(store, claim_id)
    facts = claim_facts(store, {claim_id})[claim_id]
    found = printings(store, members, surroundings=True).values()
    in_order = sorted(found, key=lambda one: (one.published_at is None, one.published_at, one.quotation_id))
    return {
        "claim_id": claim_id,
        **{name: getattr(facts, name) for name in ("first", "last", "outlets", "articles", "reports")},
        "quotations": [quotation(one) for one in in_order],
    }


def article(store: Store, article_id: str) -> dict[str, Any]:
    """Return an article with its text and quotations. Raises ``HTTPException`` 404 if there is none."""
    record = record_of_article(store, article_id)
    members = quotations_of_articles(store, [article_id]).get(article_id, [])
    found = printings(store, members, surroundings=True).values()
    return {**record._asdict(), "quotations": [quotation(one) for one in sorted(found, key=lambda one: one.position)]}


def members_of_claim(store: Store, claim_id: str) -> list[str]:
    """Return the quotations of a claim that are shown by default. Raises ``HTTPException`` 404 if there are none."""
    members = quotations_of_claims(store, [claim_id]).get(claim_id)
    if not members:
        raise HTTPException(404, "This claim is not in the database. Claims may change when articles come in.")
    return members


def record_of_article(store: Store, article_id: str) -> ArticleRecord:
    """Return what is stored about an article. Raises ``HTTPException`` 404 if there is no such article."""
    record = article_records(store, [article_id]).get(article_id)
    if record is None:
        raise HTTPException(404, "This article is not in the database.")
    return record
