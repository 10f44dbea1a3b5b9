"""JSON-LD and Web Annotations, read by a JSON-LD processor without a network.

The folder contexts holds the terms used as the contexts of the recommendation and of schema.org define them, but without a default
vocabulary, so that a misspelt term is lost and found by these tests.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld

from quotetrack.export import export_quotations
from quotetrack.read.articles import articles
from quotetrack.read.filters import Filters
from quotetrack.read.quotations import find_quotations
from quotetrack.store import Store

CONTEXTS = {
    "https://schema.org": "schemaorg.jsonld",
    "https://schema.org/": "schemaorg.jsonld",
    "http://www.w3.org/ns/anno.jsonld": "anno.jsonld",
}
SCHEMA, OA = "http://schema.org/", "http://www.w3.org/ns/oa#"
# Which properties each type has, itself or inherited: https://schema.org/docs/full.html
PROPERTIES = {
    "NewsArticle": {"url", "headline", "datePublished", "inLanguage", "publisher"},
    "Quotation": {"text", "inLanguage", "keywords", "spokenByCharacter", "isPartOf", "exampleOfWork", "identifier"},
    "Claim": {
        "text",
        "inLanguage",
        "keywords",
        "author",
        "appearance",
        "firstAppearance",
        "exampleOfWork",
        "identifier",
    },
    "Person": {"name", "sameAs"},
    "Organization": {"name", "sameAs"},
    "Thing": {"name", "sameAs"},
    "Role": {"roleName", "spokenByCharacter", "author"},
    "PropertyValue": {"propertyID", "value"},
}


def load(url: str, _: object) -> dict[str, Any]:
    """Load a context from this folder; another address is an error."""
    text = (Path(__file__).parent / "contexts" / CONTEXTS[url]).read_text(encoding="utf-8")
    return {"contextUrl": None, "documentUrl": url, "document": json.loads(text), "contentType": "application/ld+json"}


def expanded(document: dict[str, Any]) -> list[Any]:
    """Expand a document; a term that its context lacks is an error."""

    def lost(key: str) -> None:
        raise AssertionError(f"the context lacks {key}")

    found: list[Any] = jsonld.expand(
        document, {"documentLoader": load, "processingMode": "json-ld-1.1"}, on_property_dropped=lost
    )
    return found


@pytest.fixture(scope="module")
def graph(news: Store, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The nodes of the JSON-LD export by identifier, after expansion."""
    path = tmp_path_factory.mktemp("linked") / "x.jsonld"
    assert export_quotations(news, path, Filters()).left_out == 2
    nodes = expanded(json.loads(path.read_text(encoding="utf-8")))
    return {node["@id"]: node for node in nodes}


def of_type(graph: dict[str, Any], name: str) -> list[Any]:
    return [node for node in graph.values() if node["@type"] == [f"{SCHEMA}{name}"]]


def test_properties_belong_to_their_types(graph: dict[str, Any]) -> None:
    """Every node has a type of schema.org and only properties of that type, however deep it stands."""

    def check(node: Any) -> None:
        if isinstance(node, list):
            for one in node:
                check(one)
        elif isinstance(node, dict) and "@type" in node and "@value" not in node:
            [kind] = node["@type"]
            names = {key.removeprefix(SCHEMA) for key in node if not key.startswith("@")}
            assert names and names <= PROPERTIES[kind.removeprefix(SCHEMA)], kind
            for value in node.values():
                check(value)

    check(list(graph.values()))
    assert (len(of_type(graph, "NewsArticle")), len(of_type(graph, "Quotation"))) == (3, 4)


def test_only_what_was_stated_is_in_the_graph(graph: dict[str, Any]) -> None:
    """What was denied or requested is no ``Quotation`` and no ``Claim``, since the vocabulary could only say that it was stated."""
    text = json.dumps(graph)
    assert "port was shut" not in text and "stay at home" not in text and "stance: stated" in text


def test_reported_speech_is_a_claim(news: Store, graph: dict[str, Any]) -> None:
    """Words that are not between quotation marks are a claim of the speaker, and no quotation."""
    [one] = find_quotations(news, Filters(about="ships"))
    node = graph[f"urn:quotetrack:quotation:{one.quotation_id}"]
    assert node["@type"] == [f"{SCHEMA}Claim"]
    assert node[f"{SCHEMA}author"][0][f"{SCHEMA}name"] == [{"@value": "Port Authority"}]
    assert node[f"{SCHEMA}author"][0]["@type"] == [f"{SCHEMA}Organization"]


def test_a_quotation_names_speaker_role_and_place(news: Store, graph: dict[str, Any]) -> None:
    """A quotation links to its article, its speaker with the role in that article, and its characters."""
    [one] = find_quotations(news, Filters(about="panicked"))
    node = graph[f"urn:quotetrack:quotation:{one.quotation_id}"]
    [role] = node[f"{SCHEMA}spokenByCharacter"]
    [who] = role[f"{SCHEMA}spokenByCharacter"]
    assert role[f"{SCHEMA}roleName"] == [{"@value": "harbour master"}]
    assert who["@type"] == [f"{SCHEMA}Person"] and who[f"{SCHEMA}sameAs"] == [
        {"@id": "http://www.wikidata.org/entity/Q42"}
    ]
    assert node[f"{SCHEMA}isPartOf"] == [{"@id": "https://post.example/ferry?a=1&b=2"}]
    values = [value[f"{SCHEMA}value"][0]["@value"] for value in node[f"{SCHEMA}identifier"]]
    assert values == [*(f"{span.start}-{span.end}" for span in one.content), one.sha256]


def test_joint_speakers_have_no_common_role(news: Store, graph: dict[str, Any]) -> None:
    """A joint statement has each of its speakers, and no role that would be only one's."""
    [one] = find_quotations(news, Filters(about="dam hold", outlet="@Wire", kind="indirect"))
    who = graph[f"urn:quotetrack:quotation:{one.quotation_id}"][f"{SCHEMA}author"]
    assert [node[f"{SCHEMA}name"][0]["@value"] for node in who] == ["Anton Lund", "Ruth Vale"]


def test_claims_appear_in_articles(graph: dict[str, Any]) -> None:
    """A claim lists its articles, and the first one only if the dates of all of them are known."""
    claims = [node for key, node in graph.items() if key.startswith("urn:quotetrack:claim:")]
    [shared] = [node for node in claims if len(node[f"{SCHEMA}appearance"]) == 3]
    assert f"{SCHEMA}firstAppearance" not in shared  # one of the articles has no date
    [dam] = [node for node in claims if "dam would hold" in node[f"{SCHEMA}text"][0]["@value"]]
    assert dam[f"{SCHEMA}firstAppearance"] == dam[f"{SCHEMA}appearance"]
    assert set(graph) >= {one["@id"] for node in claims for one in node[f"{SCHEMA}appearance"]}
    assert not any("script" in key for key in graph)


@pytest.fixture(scope="module")
def annotations(news: Store, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The page of Web Annotations as written."""
    path = tmp_path_factory.mktemp("linked") / "x.annotation.json"
    assert export_quotations(news, path, Filters()).left_out == 0
    page: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return page


def test_annotations_are_what_the_recommendation_defines(annotations: dict[str, Any]) -> None:
    """Every key of the page is a term of its context, and expansion gives one annotation per quotation with body and target."""
    [page] = expanded(annotations)
    [items] = page["http://www.w3.org/ns/activitystreams#items"]
    assert len(items["@list"]) == 8
    for one in items["@list"]:
        assert one["@type"] == [f"{OA}Annotation"] and one[f"{OA}motivatedBy"] == [{"@id": f"{OA}describing"}]
        assert {body["@type"][0] for body in one[f"{OA}hasBody"]} == {f"{OA}TextualBody"}
        for target in one[f"{OA}hasTarget"]:
            kinds = [selector["@type"][0] for selector in target[f"{OA}hasSelector"]]
            assert kinds == [f"{OA}TextQuoteSelector", f"{OA}TextPositionSelector"]
            assert len(target[f"{OA}hasSource"]) == 1


def test_selectors_select_the_words(news: Store, annotations: dict[str, Any]) -> None:
    """Positions count code points, also after characters that UTF-16 stores as two units, and the quote selector fits once."""
    found = {one.quotation_id: one for one in find_quotations(news, Filters())}
    texts = {
        article.sha256: article.text for article in articles(news, {one.article_id for one in found.values()}).values()
    }
    spans = 0
    for annotation in annotations["items"]:
        one = found[annotation["id"].rpartition(":")[2]]
        for target, span in zip(annotation["target"], one.content, strict=True):
            text = texts[target["source"]["sha256"]]
            quote, position = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"] == span.text
            assert text.count(quote["prefix"] + quote["exact"] + quote["suffix"]) == 1
            spans += 1
    assert spans == 9


def test_annotations_say_the_stance(annotations: dict[str, Any]) -> None:
    """The body says in words and as a tag that something was denied."""
    [denied] = [one for one in annotations["items"] if one["target"][0]["selector"][0]["exact"] == "the port was shut"]
    values = [body["value"] for body in denied["body"]]
    assert {"stance: denied", "confidence: 0.90", "speaker confidence: 0.90"} <= set(
        values
    ) and "stance: denied" in values[0]
