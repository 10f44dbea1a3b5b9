"""What the desk refuses, and the headers that it sends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from quotetrack.serve.app import create_app
from quotetrack.serve.security import MAX_BODY, SAFE_METHODS
from quotetrack.serve.sessions import COOKIE, Sessions
from tests.serve.conftest import client_of, token_in

PAGES = ["/check", "/search?q=yard", "/speakers", "/style.css", "/nothing/here"]


@pytest.mark.parametrize("address", PAGES)
def test_every_response_has_the_headers(client: TestClient, address: str) -> None:
    """Pages, files and errors forbid foreign and inline code, framing and guessing of types."""
    response = client.get(address)
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "a@localhost", "", "localhost:x"])  # fmt: skip
def test_a_foreign_host_is_refused(client: TestClient, host: str) -> None:
    """A name that resolves to this computer but is not one of the desk's is refused, so DNS rebinding fails."""
    response = client.get("/check", headers={"host": host})
    assert response.status_code == 400 and "Check a draft" not in response.text


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:9", "[::1]:8000", "desk.example:8000"])
def test_its_own_names_are_served(record: Path, host: str) -> None:
    """The loopback addresses and the host given at the start are accepted with any port."""
    assert client_of(record, host="desk.example").get("/check", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:9"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}])  # fmt: skip
def test_a_form_of_another_origin_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    """A form sent by another site, another port or a sandboxed page is refused although it has the right token."""
    token = token_in(client, "/check")
    response = client.post("/check", data={"token": token, "text": "We sail."}, headers=headers)
    assert response.status_code == 403


@pytest.mark.parametrize("token", [None, "", "0" * 64, "ü"])
def test_a_write_without_its_token_is_refused(client: TestClient, token: str | None) -> None:
    """A form without the token of the session is refused, and nothing is queued."""
    client.get("/check")
    data = {"text": "We sail."} | ({"token": token} if token is not None else {})
    assert client.post("/check", data=data).status_code == 403
    assert client.app.state.desk.checker._last == 0  # type: ignore[attr-defined]


def test_a_token_belongs_to_one_session(client: TestClient) -> None:
    """The token of one browser is no good in another, nor without a cookie."""
    token = token_in(client, "/check")
    client.cookies.clear()
    assert client.post("/check", data={"token": token, "text": "We sail."}).status_code == 403
    token_in(client, "/check")
    assert client.post("/check", data={"token": token, "text": "We sail."}).status_code == 403


def test_a_forged_cookie_is_worth_nothing() -> None:
    """Whoever knows or sets the cookie cannot compute the token, and malformed cookies get a new session."""
    one, other = Sessions(), Sessions()
    session = one.of("A" * 43)
    assert one.valid(session.key, one.token(session)) and not one.valid(session.key, other.token(session))
    assert one.of("../../x").key != "../../x" and not one.valid("../../x", "0" * 64)


def test_the_cookie_is_kept_from_scripts_and_other_sites(client: TestClient) -> None:
    """The cookie is HttpOnly and SameSite, and no address or redirect carries the session or the token."""
    cookie = client.get("/check").headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=") and "HttpOnly" in cookie and "SameSite=lax" in cookie
    assert "set-cookie" not in client.get("/check").headers


def routes_of(routes: Iterable[object]) -> Iterator[APIRoute]:
    """All routes, including those of routers, which newer versions of FastAPI keep as they are."""
    for one in routes:
        if isinstance(one, APIRoute):
            yield one
        elif (router := getattr(one, "original_router", None)) is not None:
            yield from routes_of(router.routes)


def test_every_write_of_the_app_needs_the_token(database: Path) -> None:
    """No route that accepts another method than GET answers without the token, whatever module it comes from."""
    app = create_app(database, write=True)
    writes = [one for one in routes_of(app.routes) if set(one.methods) - set(SAFE_METHODS)]
    client = TestClient(app, base_url="http://127.0.0.1:8000")
    assert writes
    for route in writes:
        for method in set(route.methods) - set(SAFE_METHODS):
            assert client.request(method, route.path.replace("{number}", "1")).status_code == 403


def test_a_large_body_is_refused(client: TestClient) -> None:
    """A body over the limit is refused by its declared length, and by its bytes if none is declared."""
    token = token_in(client, "/check")
    data = {"token": token, "text": "x" * (MAX_BODY + 1)}
    assert client.post("/check", data=data).status_code == 413

    def chunks() -> object:
        for _ in range(MAX_BODY // 100_000 + 2):
            yield b"x" * 100_000

    kind = {"content-type": "multipart/form-data; boundary=b", "x-token": token}
    assert client.post("/check", content=chunks(), headers=kind).status_code == 413  # type: ignore[arg-type]
    assert client.post("/check", content=b"a=" + b"x" * 9, headers={"content-length": "-1"}).status_code == 413


def test_nothing_outside_the_templates_is_served(client: TestClient) -> None:
    """Paths out of the folder, and templates themselves, are not sent."""
    for address in (
        "/base.html",
        "/..%2fpyproject.toml",
        "/%2e%2e/pyproject.toml",
        "/serve/page.html",
        "/../README.md",
    ):
        assert client.get(address).status_code == 404
