"""Descriptions for machines, read by a JSON-LD processor."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from pyld import jsonld

from quotetrack.report.linked_data import article, claim_data
from tests.report.conftest import Written

SCHEMA = "https://schema.org/"


def local(url: str, options: dict[str, Any] | None = None) -> dict[str, Any]:
    """The context of schema.org, as far as the pages need it, without the network."""
    assert url.rstrip("/") == "https://schema.org"
    links = {name: {"@id": SCHEMA + name, "@type": "@id"} for name in ("url", "sameAs")}
    return {
        "contextUrl": None,
        "documentUrl": url,
        "document": {"@context": {"@vocab": SCHEMA, **links}},
        "contentType": "application/ld+json",
    }


@pytest.fixture(scope="module")
def nodes(dossier: Written) -> list[dict[str, Any]]:
    """The nodes of the first page, expanded."""
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', dossier.first.read_text("utf-8"))
    options = {"documentLoader": local, "base": "https://site.example/speakers/ruth-vale.html"}
    expanded: list[dict[str, Any]] = jsonld.expand(json.loads(data), options)
    return expanded


def of_type(nodes: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [node for node in nodes if node.get("@type") == [SCHEMA + name]]


def test_the_speaker_is_a_person_whom_statements_refer_to(nodes: list[dict[str, Any]]) -> None:
    """Each quotation and claim on the page refers to the node of the speaker."""
    [person] = of_type(nodes, "Person")
    assert person[f"{SCHEMA}name"] == [{"@value": "Ruth Vale"}]
    quotations, claims = of_type(nodes, "Quotation"), of_type(nodes, "Claim")
    assert len(quotations) > 20 and len(claims) > 5
    assert {q[f"{SCHEMA}spokenByCharacter"][0]["@id"] for q in quotations} == {person["@id"]}
    assert {c[f"{SCHEMA}author"][0]["@id"] for c in claims} == {person["@id"]}


def test_words_in_quotation_marks_are_quotations_and_reported_ones_claims(nodes: list[dict[str, Any]]) -> None:
    """Reported speech is no quotation of schema.org, since the words are the article's."""
    texts = {
        name: [node[f"{SCHEMA}text"][0]["@value"] for node in of_type(nodes, name)] for name in ("Quotation", "Claim")
    }
    assert all(text.startswith("“") for text in texts["Quotation"])
    assert all(text.startswith("that ") for text in texts["Claim"])


def test_articles_are_given_with_publisher_and_date(nodes: list[dict[str, Any]]) -> None:
    """Where a quotation stands is an article with headline, address, date and outlet."""
    [part] = of_type(nodes, "Quotation")[5][f"{SCHEMA}isPartOf"]
    assert part["@type"] == [f"{SCHEMA}NewsArticle"]
    assert part[f"{SCHEMA}url"][0]["@id"].startswith("https://")
    assert f"{SCHEMA}headline" in part and f"{SCHEMA}datePublished" in part
    assert f"{SCHEMA}name" in part[f"{SCHEMA}publisher"][0]


def test_what_was_denied_or_not_said_is_left_out(dossier: Written) -> None:
    """No page describes a denied statement or a question to machines, and none gives a rating."""
    for name, file in dossier.files.items():
        if not name.endswith(".html"):
            continue
        text = file.read_text("utf-8")
        data = "".join(re.findall(r'<script type="application/ld\+json">(.*?)</script>', text))
        denied = re.findall(r'<article class="card \w+ denied" id="(q-[0-9a-f]+)"', text)
        assert not any(key in data for key in denied)
        assert "moon" not in data and "Rating" not in data
        if denied:
            return
    pytest.fail("no page has a denied statement")


def test_markup_in_a_title_does_not_end_the_script(dossier: Written) -> None:
    """A title that closes a script is escaped, and read back as it is."""
    text = dossier.first.read_text("utf-8")
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    assert "<" not in data and "</script><b>Odd & ends</b>" in json.dumps(json.loads(data), ensure_ascii=False)


def test_a_denied_claim_is_not_described(dossier: Written) -> None:
    """A claim that was denied has no description, since a reader could not tell it from one that was made."""
    printings = next(iter(dossier.site.batch.dossiers.values())).printings
    stated = next(one for one in printings if one.stance == "stated")
    denied = next(one for d in dossier.site.batch.dossiers.values() for one in d.printings if one.stance == "denied")
    assert claim_data(denied, [denied], disputed=False, dated=True) is None
    found = claim_data(stated, [stated, denied], disputed=False, dated=True)
    assert found and found["appearance"] == [article(stated)]
