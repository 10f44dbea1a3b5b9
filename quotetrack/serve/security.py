"""Refuse requests that do not come from a page of this desk, and send the headers that keep pages from running foreign code.

The desk has no login: whoever reaches its port may use it. What must be kept out is other sites in the same browser: one that
makes its own name resolve to 127.0.0.1 (the Host header gives it away), and one that sends a form to the desk (the Origin
header gives it away, and it has no token).
"""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quotetrack.serve.desk import desk_of
from quotetrack.serve.sessions import COOKIE

MAX_BODY = 5_000_000  # bytes of a request
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with "no-referrer", browsers send "Origin: null" with forms
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_TOO_LARGE = f"The request is too large; the limit is {MAX_BODY // 1_000_000} MB."


class TooLarge(HTTPException):
    """The body of a request exceeds ``MAX_BODY``."""

    def __init__(self) -> None:
        super().__init__(413, _TOO_LARGE)


class Guard:
    """ASGI middleware: checks Host, Origin and size of each request, and adds ``HEADERS`` to each response."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self._refused(scope)
        if refused is not None:
            await refused(scope, receive, send_with_headers)
        else:
            await self.app(scope, _limited(receive), send_with_headers)

    def _refused(self, scope: Scope) -> PlainTextResponse | None:
        """Return the response to a request that is refused before it is read."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host_name(host) not in self.hosts:
            return PlainTextResponse("The desk does not serve this host name.", 400)
        if scope["method"] not in SAFE_METHODS and not _from_here(headers, host):
            return PlainTextResponse("The desk accepts forms only from its own pages.", 403)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MAX_BODY:
            return PlainTextResponse(_TOO_LARGE, 413)
        return None


def host_name(host: str) -> str:
    """Return the name in a Host header, without the port; empty if it is malformed.

    >>> host_name("LOCALHOST:8000"), host_name("[::1]:8000"), host_name("a@b"), host_name("x:y")
    ('localhost', '::1', '', '')
    """
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port  # raises if it is not a number
    except ValueError:
        return ""
    return parts.hostname or "" if parts.netloc == host and "@" not in host else ""


def _from_here(headers: Headers, host: str) -> bool:
    """Whether a form was sent by a page of this desk; programs that are not browsers send neither header."""
    origin = headers.get("origin")
    if origin is not None:
        return origin.lower() == f"http://{host}".lower()
    return headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


def _limited(receive: Receive) -> Receive:
    """Count the bytes of a body, whose size is unknown if it is sent in chunks."""
    received = 0

    async def counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > MAX_BODY:
            raise TooLarge
        return message

    return counted


async def protect(request: Request) -> None:
    """Require the token of the session, as the form field ``token`` or the header ``X-Token``, on every write.

    A dependency of the whole app. The form is left in ``request.state.form``. JSON for the API, which only reads, needs no token:
    browsers do not send it to another site without asking first, and ``Guard`` refuses foreign origins.
    """
    if request.method in SAFE_METHODS or _is_json_for_api(request):
        return
    form = await request.form(max_files=1, max_fields=50, max_part_size=MAX_BODY)
    token = request.headers.get("x-token") or form.get("token")
    if not desk_of(request).sessions.valid(request.cookies.get(COOKIE), token if isinstance(token, str) else None):
        raise HTTPException(403, "This form is out of date. Go back, reload the page and send it again.")
    request.state.form = form


def _is_json_for_api(request: Request) -> bool:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return request.url.path.startswith("/api/") and kind == "application/json"
