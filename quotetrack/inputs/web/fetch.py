"""Fetch one page over HTTP. Every limit is here: time, size, redirects, attempts, requests per host."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.robotparser import RobotFileParser

import urllib3
from urllib3.exceptions import HTTPError, SSLError

from quotetrack.errors import InputError
from quotetrack.inputs.web.addresses import Target, origin, redirected, resolved
from quotetrack.version import __version__

_REDIRECTS = (301, 302, 303, 307, 308)
_RETRIED = (429, 500, 502, 503, 504)
_UNCHANGED = 304
_CHUNK = 65_536
_ROBOTS_SIZE = 512_000  # as RFC 9309 asks for
_LONGEST_WAIT = 60.0  # seconds that a server can ask for between requests or before another attempt
_PAGES = ("text/html", "application/xhtml+xml", "text/plain")
_FEEDS = (
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml", "application/feed+json",
    "application/json", "application/gzip", "application/x-gzip",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetcher does at most.

    ``timeout`` is for each connection and each wait for data, ``total`` for a whole page, ``pause`` between two requests to one
    host; all in seconds. ``size`` is the largest page in bytes, also after decompression.
    """

    timeout: float = 20.0
    total: float = 60.0
    size: int = 10_000_000
    redirects: int = 5
    attempts: int = 3
    pause: float = 2.0
    private: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the server sent it. ``url`` was asked for, ``address`` is where it was found after redirects."""

    url: str
    address: str
    body: bytes
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None


@dataclass(slots=True)
class Fetcher:
    """Fetches pages one after the other.

    Args:
        contact: An address or email under which the operators of sites can reach the user; it is sent with each request.
        limits: What it does at most.
        clock: The time in seconds, and ``sleep`` waits; replaced in tests.

        fetcher = Fetcher("desk@courier.example")
        page = fetcher.fetch("https://courier.example/dam")
    """

    contact: str | None = None
    limits: Limits = field(default_factory=Limits)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _robots: dict[str, RobotFileParser | None] = field(default_factory=dict)
    _next: dict[str, float] = field(default_factory=dict)

    @property
    def agent(self) -> str:
        """The value of ``User-Agent``, which names quotetrack, its version and the contact."""
        contact = "".join(c for c in self.contact or "" if 32 <= ord(c) < 127)
        return f"quotetrack/{__version__}" + (f" (+{contact})" if contact else "")

    def fetch(
        self, url: str, etag: str | None = None, last_modified: str | None = None, feed: bool = False
    ) -> Page | None:
        """Fetch a page, or with ``feed`` a feed or sitemap; ``None`` if it has not changed since ``etag`` or ``last_modified``.

        Raises ``InputError`` if the address may not be fetched, robots.txt forbids it, or the server does not send a page.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        current = url
        for _ in range(self.limits.redirects + 1):
            target = resolved(current, self.limits.private)
            self._obey_robots(target)
            status, answer, body = self._attempts(target, headers, self.limits.size)
            if status in _REDIRECTS and answer.get("location"):
                current = redirected(current, answer["location"])
                continue
            if status == _UNCHANGED and headers:
                return None
            if status != 200:
                raise InputError(f"The server answered {status}{_MEANINGS.get(status, '')}.")
            kind = answer.get("content-type", "").split(";")[0].strip().lower()
            if kind and kind not in _PAGES + (_FEEDS if feed else ()):
                raise InputError(f"The address gives '{kind[:50]}', not a web page.")
            return Page(
                url, target.url, body, answer.get("content-type", ""), answer.get("etag"), answer.get("last-modified")
            )
        raise InputError(f"The address redirects more than {self.limits.redirects} times.")

    def _obey_robots(self, target: Target) -> None:
        """Raise ``InputError`` if robots.txt forbids a page; keep the pause it asks for."""
        site = origin(target.url)
        if site not in self._robots:
            self._robots[site] = self._read_robots(target)
        rules = self._robots[site]
        if rules is None:
            raise InputError(f"The robots.txt of {target.host} cannot be read, so its pages are not fetched.")
        if not rules.can_fetch("quotetrack", target.url):
            raise InputError(f"The robots.txt of {target.host} forbids fetching this page.")

    def _read_robots(self, target: Target) -> RobotFileParser | None:
        """Return the rules of a site: none if it has no robots.txt (RFC 9309), ``None`` if its server fails."""
        rules = RobotFileParser()
        current, place = origin(target.url) + "/robots.txt", target._replace(path="/robots.txt")
        try:
            for _ in range(self.limits.redirects + 1):
                status, answer, body = self._attempts(place, {}, _ROBOTS_SIZE, cut=True)
                if status in _REDIRECTS and answer.get("location"):
                    current = redirected(current, answer["location"])
                    place = resolved(current, self.limits.private)
                    continue
                break
        except InputError:
            return None
        if status >= 500:
            return None
        rules.parse(body.decode("utf-8", "replace").splitlines() if status == 200 else [])
        return rules

    def _attempts(
        self, target: Target, headers: Mapping[str, str], size: int, cut: bool = False
    ) -> tuple[int, dict[str, str], bytes]:
        """Send a request, again after a pause if the server fails or asks to wait. Raises ``InputError`` after the last attempt."""
        problem: InputError | None = None
        for attempt in range(1, self.limits.attempts + 1):
            self._wait(target)
            try:
                status, answer, body = self._request(target, headers, size, cut)
            except (HTTPError, OSError) as error:
                problem = InputError(f"{target.host} cannot be reached: {_reason(error)}.")
                problem.__cause__ = error
                delay = 2.0**attempt
            else:
                if status not in _RETRIED or attempt == self.limits.attempts:
                    return status, answer, body
                delay = _asked_for(answer.get("retry-after")) or 2.0**attempt
            if attempt < self.limits.attempts:
                self.sleep(min(delay, _LONGEST_WAIT))
        raise problem or InputError(f"{target.host} cannot be reached.")

    def _wait(self, target: Target) -> None:
        """Keep the pause between two requests to one host."""
        rules = self._robots.get(origin(target.url))
        asked = float(rules.crawl_delay("quotetrack") or 0) if rules else 0.0
        now = self.clock()
        ready = self._next.get(target.host, now)
        if ready > now:
            self.sleep(ready - now)
        self._next[target.host] = max(now, ready) + max(self.limits.pause, min(asked, _LONGEST_WAIT))

    def _request(
        self, target: Target, headers: Mapping[str, str], size: int, cut: bool
    ) -> tuple[int, dict[str, str], bytes]:
        """Send one request to the resolved address; the name is used for the certificate and the ``Host`` header."""
        started = self.clock()
        with _pool(target, self.limits.timeout) as pool:
            usual = {"http": 80, "https": 443}[target.scheme] == target.port
            host = f"[{target.host}]" if ":" in target.host else target.host
            response = pool.request(
                "GET",
                target.path,
                headers={
                    "Host": host if usual else f"{host}:{target.port}",
                    "User-Agent": self.agent,
                    "Accept-Encoding": "gzip, deflate",
                    **headers,
                },
                redirect=False,
                retries=False,
                preload_content=False,
                decode_content=False,
            )
            try:
                answer = {name.lower(): value for name, value in response.headers.items()}
                body = b""
                if response.status == 200:
                    body = self._body(response, answer.get("content-encoding", ""), size, cut, started)
                return response.status, answer, body
            finally:
                response.close()

    def _body(self, response: Any, encoding: str, size: int, cut: bool, started: float) -> bytes:
        """Read and decompress a page piece by piece, so that neither size nor time can exceed its limit."""
        plain = bytearray()
        unpack = _decompressor(encoding)
        # read1 returns what has arrived, so that a server that sends single bytes does not escape the time limit.
        while chunk := response.read1(_CHUNK):
            if self.clock() - started > self.limits.total:
                raise InputError(f"The page took more than {self.limits.total:.0f} seconds.")
            try:
                plain += unpack(chunk, size + 1 - len(plain)) if unpack else chunk
            except zlib.error as error:
                raise InputError("The page is compressed and damaged.") from error
            if len(plain) > size:
                if cut:
                    return bytes(plain[:size])
                raise InputError(f"The page is larger than {size / 1e6:.0f} MB.")
        return bytes(plain)


_MEANINGS = {
    401: " (a login is needed)", 403: " (access is refused)", 404: " (there is no such page)", 410: " (the page was removed)",
    429: " (too many requests)", 451: " (withheld for legal reasons)",
}  # fmt: skip


def _pool(target: Target, timeout: float) -> Any:
    wait = urllib3.Timeout(connect=timeout, read=timeout)
    if target.scheme == "http":
        return urllib3.HTTPConnectionPool(target.address, target.port, timeout=wait, retries=False)
    return urllib3.HTTPSConnectionPool(
        target.address,
        target.port,
        timeout=wait,
        retries=False,
        cert_reqs="CERT_REQUIRED",
        server_hostname=target.host,
        assert_hostname=target.host,
    )


def _decompressor(encoding: str) -> Callable[[bytes, int], bytes] | None:
    """Return a function that decompresses a piece to at most so many bytes."""
    kind = encoding.strip().lower()
    if kind in ("", "identity"):
        return None
    if kind not in ("gzip", "x-gzip", "deflate"):
        raise InputError(f"The page is compressed by '{kind[:20]}', which was not asked for.")
    machine = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    return lambda piece, most: machine.decompress(piece, max(1, most))


def _asked_for(value: str | None) -> float | None:
    """Return the seconds of ``Retry-After``; dates are not used."""
    return float(value) if value and value.isascii() and value.isdigit() else None


def _reason(error: Exception) -> str:
    text = " ".join(str(error).split())
    if "timed out" in text.lower():
        return "it did not answer in time"
    return "its certificate is not valid" if isinstance(error, SSLError) else "the connection failed"
