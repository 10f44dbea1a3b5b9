"""The JSON API: what it answers, its description, and its errors."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
from fastapi.testclient import TestClient

from quotetrack.parse.pipeline import Parser
from tests.serve.conftest import client_of

API = "/api/v1"


@pytest.fixture
def addresses(client: TestClient) -> dict[str, str]:
    """One address for each path of the description."""
    speaker = client.get(f"{API}/speakers", params={"q": "Ada"}).json()[0]["speaker_id"]
    one = client.get(f"{API}/search", params={"q": "yard"}).json()["quotations"][0]
    return {
        "/check": "/check?text=We+will+close+the+old+yard+in+June&speaker=Ada+Kvist", "/search": "/search?q=yard", "/speakers": "/speakers",
        "/speakers/{speaker}": f"/speakers/{speaker}", "/speakers/{speaker}/dossier": f"/speakers/{speaker}/dossier",
        "/claims": "/claims?q=yard", "/claims/{claim_id}": f"/claims/{one['claims'][0]['claim_id']}",
        "/articles": "/articles?q=yard", "/articles/{article_id}": f"/articles/{one['article_id']}", "/stats": "/stats",
    }  # fmt: skip


def test_every_response_is_as_described(client: TestClient, addresses: dict[str, str]) -> None:
    """All paths of the description are read-only or the check of a draft, and each response has the described schema."""
    described = client.get("/openapi.json").json()
    reading = {path.removeprefix(API): each["get"] for path, each in described["paths"].items() if "get" in each}
    assert set(reading) == set(addresses)
    assert [(path, set(each)) for path, each in described["paths"].items() if "get" not in each] == [
        (f"{API}/drafts", {"post"})
    ]
    for path, address in addresses.items():
        response = client.get(API + address)
        assert response.status_code == 200, address
        schema = reading[path]["responses"]["200"]["content"]["application/json"]["schema"]
        assert schema and response.json()
        jsonschema.validate(response.json(), {**schema, "components": described["components"]})


def test_quotations_can_be_traced(client: TestClient, addresses: dict[str, str]) -> None:
    """Every range of a quotation is the text at that place of its article, whose hash it names."""
    article = client.get(API + addresses["/articles/{article_id}"]).json()
    assert article["quotations"]
    for one in article["quotations"]:
        assert one["sha256"] == article["sha256"]
        assert all(article["text"][part["start"] : part["end"]] == part["text"] for part in one["content"])


def test_a_denial_is_labelled(client: TestClient, addresses: dict[str, str]) -> None:
    """A dossier gives what was denied with its stance."""
    said = client.get(API + addresses["/speakers/{speaker}/dossier"]).json()["said"]
    assert {one["text"]: one["stance"] for one in said}["the mill was sold"] == "denied"


@pytest.mark.parametrize(
    ("address", "status", "detail"),
    [
        ("/search?stance=shouted", 400, "Unknown stance 'shouted'"), ("/search?limit=0", 400, "limit: "), ("/check", 400, "text: "),
        ("/search?q=%21", 400, "contains no words"), ("/speakers/nobody", 400, "No speaker found for 'nobody'"),
        ("/claims/0123", 404, "This claim is not in the database."), ("/articles/0123", 404, "This article"), ("/nothing", 404, "no such page"),
    ],
)  # fmt: skip
def test_errors_are_problems(client: TestClient, address: str, status: int, detail: str) -> None:
    """Errors are problem JSON with one sentence that says what is wrong."""
    response = client.get(API + address)
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    assert detail in response.json()["detail"] and response.json()["status"] == status


def test_a_missing_database_is_a_problem(tmp_path: Path) -> None:
    """If the database has gone, the answer says so."""
    response = client_of(tmp_path / "missing.duckdb").get(f"{API}/stats")
    assert response.status_code == 400 and "No database found" in response.json()["detail"]


def test_a_draft_is_checked(client: TestClient, loaded: Parser) -> None:
    """A draft sent as JSON comes back with the outcome of each quotation; a foreign page or a form cannot send one."""
    text = "“We will close the old yard in June,” said Ada Kvist, the mayor."
    found = client.post(f"{API}/drafts", json={"text": text}).json()
    assert len(found["quotations"]) == 1 and found["quotations"][0]["said_by"] == "Ada Kvist"
    assert (
        client.post(f"{API}/drafts", json={"text": text}, headers={"origin": "http://evil.example"}).status_code == 403
    )
    assert client.post(f"{API}/drafts", data={"text": text}).status_code == 403
    assert client.post(f"{API}/drafts", json={"text": " "}).status_code == 400
