"""Fetching is polite, limited, and never leads to addresses that were not asked for."""

from __future__ import annotations

import gzip
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quotetrack.errors import InputError
from quotetrack.inputs.web import addresses
from quotetrack.inputs.web.addresses import checked, is_public, redirected, resolved
from quotetrack.inputs.web.fetch import Fetcher
from tests.inputs.web.site import HTML, Clock, Site, fetcher, served


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as found:
        found.pages["/"] = (200, HTML, b"<p>Dam</p>")
        yield found


def moved(to: str) -> tuple[int, dict[str, str], bytes]:
    return 302, {"Location": to}, b""


@pytest.mark.parametrize(
    "url",
    ["ftp://courier.example/", "https:///a", "https://courier.example:22/", "https://me:word@courier.example/", "https://me@courier.example/",
     "https://[bad/", "https://courier.example:99999/", "https://cou rier.example/", "javascript:alert(1)", "file:///etc/hosts", "https://a\x00b/"],
)  # fmt: skip
def test_addresses_that_are_never_fetched(url: str) -> None:
    """Other schemes, unusual ports, passwords and damaged addresses are refused before anything is looked up."""
    with pytest.raises(InputError):
        checked(url)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1", "::1", "fe80::1%eth0",
     "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "::", "no address"],
)  # fmt: skip
def test_private_addresses(address: str) -> None:
    """Addresses of this machine, local networks and cloud services are not public, in whichever form they are written."""
    assert not is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]"])
def test_private_hosts_are_refused(host: str) -> None:
    """A host on a private address is refused by default, also if the address is written as one number."""
    with pytest.raises(InputError, match=r"not on the public internet|unknown"):
        Fetcher().fetch(f"http://{host}/")


def test_a_name_with_a_public_and_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """All addresses of a name must be public."""
    found = [(0, 0, 0, "", ("93.184.215.14", 80)), (0, 0, 0, "", ("127.0.0.1", 80))]
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(InputError, match="not on the public internet"):
        resolved("http://courier.example/")


def test_a_name_is_looked_up_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection goes to the address that was checked; a second answer for the same name would not be used."""
    port = int(site.address.rsplit(":", 1)[1])
    looked_up: list[str] = []
    real = socket.getaddrinfo

    def once(host: Any, *rest: Any, **more: Any) -> Any:
        if host != "courier.example":
            return real(host, *rest, **more)
        looked_up.append(host)
        assert len(looked_up) == 1, "looked up again"
        return real("127.0.0.1", *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", once)
    page = fetcher().fetch(f"http://courier.example:{port}/")
    assert page and page.body == b"<p>Dam</p>"
    assert site.asked[-1][1]["host"] == f"courier.example:{port}"


def test_pages_in_pieces(site: Site) -> None:
    """A page of unknown length that is sent in chunks is read whole."""
    pieces = b"3\r\n<p>\r\n7\r\nDam</p>\r\n0\r\n\r\n"
    site.pages["/pieces"] = (200, HTML | {"Content-Length": "", "Transfer-Encoding": "chunked"}, pieces)
    page = fetcher().fetch(site.address + "/pieces")
    assert page and page.body == b"<p>Dam</p>"


def test_certificates_are_checked_for_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Although the connection goes to a numeric address, the certificate must be valid and for the name in the address."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed on this machine")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
         "-subj", "/CN=courier.example", "-addext", "subjectAltName=DNS:courier.example"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *a, **k: real("127.0.0.1" if "example" in host else host, *a, **k)
    )
    with served(context) as site:
        site.pages["/"] = (200, HTML, b"<p>Dam</p>")
        port = site.address.rsplit(":", 1)[1]
        courier = resolved(f"https://courier.example:{port}/", private=True)
        other = resolved(f"https://other.example:{port}/", private=True)
        once = fetcher(attempts=1)
        with pytest.raises(InputError, match="certificate is not valid"):
            once._attempts(courier, {}, 100)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert once._attempts(courier, {}, 100)[2] == b"<p>Dam</p>"
        with pytest.raises(InputError, match="certificate is not valid"):
            once._attempts(other, {}, 100)


def test_redirects_are_checked_again(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A public page that redirects to a private address, a file or a password is refused; a usual redirect is followed."""
    site.pages["/old"] = moved("/")
    page = fetcher().fetch(site.address + "/old")
    assert page and (page.url, page.address) == (site.address + "/old", site.address + "/")
    site.pages["/loop"] = moved("/loop")
    with pytest.raises(InputError, match="more than 5 times"):
        fetcher().fetch(site.address + "/loop")
    for wrong in ("file:///etc/hosts", "http://me:word@127.0.0.1/", "http://[bad"):
        site.pages["/away"] = moved(wrong)
        with pytest.raises(InputError):
            fetcher().fetch(site.address + "/away")
    asked = len(site.asked)
    allowed = {site.address + "/out"}
    site.pages["/out"] = moved(site.address + "/inside")
    real = addresses.is_public
    monkeypatch.setattr(addresses, "is_public", lambda address: bool(allowed) and (allowed.pop() or True))
    monkeypatch.setattr(addresses, "checked", lambda url, private=False: checked(url, True))
    with pytest.raises(InputError, match="not on the public internet"):
        fetcher(private=False).fetch(site.address + "/out")
    assert "/inside" not in [path for path, _ in site.asked[asked:]] and real("127.0.0.1") is False


def test_relative_redirects() -> None:
    """The address of a redirect is relative to the page, as browsers take it."""
    assert redirected("https://courier.example/a/b", "../c") == "https://courier.example/c"


def test_robots(site: Site) -> None:
    """A page that robots.txt forbids is not asked for; the pause it asks for is kept; it is read once."""
    site.pages["/robots.txt"] = (200, {}, b"User-agent: quotetrack\nDisallow: /private\nCrawl-delay: 7\n")
    clock = Clock()
    polite = fetcher(clock)
    assert polite.fetch(site.address + "/")
    with pytest.raises(InputError, match="forbids"):
        polite.fetch(site.address + "/private/a")
    assert polite.fetch(site.address + "/")
    assert site.paths == ["/", "/"] and [path for path, _ in site.asked].count("/robots.txt") == 1
    assert clock.slept == [2.0, 7.0]
    site.pages["/robots.txt"] = (503, {}, b"")
    with pytest.raises(InputError, match="cannot be read"):
        fetcher().fetch(site.address + "/")


def test_the_program_and_a_contact_are_named(site: Site) -> None:
    """Requests name quotetrack and the contact; a contact cannot add headers."""
    fetcher().fetch(site.address + "/")
    agent = site.asked[-1][1]["user-agent"]
    assert agent.startswith("quotetrack/") and agent.endswith("(+desk@courier.example)")
    assert "\n" not in Fetcher("me\r\nX-Evil: 1").agent


def test_unchanged_pages_are_not_sent_again(site: Site) -> None:
    """With the ETag or the date of the last time, the server can answer that nothing has changed."""

    def page(headers: dict[str, str]) -> Any:
        known = headers.get("if-none-match") == '"a"' and headers.get("if-modified-since") == "Mon"
        return (304, {}, b"") if known else (200, HTML | {"ETag": '"a"', "Last-Modified": "Mon"}, b"<p>Dam</p>")

    site.pages["/page"] = page
    first = fetcher().fetch(site.address + "/page")
    assert first and (first.etag, first.last_modified) == ('"a"', "Mon")
    assert fetcher().fetch(site.address + "/page", first.etag, first.last_modified) is None


def test_retries(site: Site) -> None:
    """A server that fails is asked again after growing pauses, or after the time it names; an error of ours is not repeated."""
    answers = [(503, {}, b""), (429, {"Retry-After": "9"}, b""), (200, HTML, b"<p>Dam</p>")]
    site.pages["/busy"] = lambda _: answers.pop(0)
    clock = Clock()
    assert fetcher(clock, pause=0).fetch(site.address + "/busy")
    assert clock.slept == [2.0, 9.0]
    with pytest.raises(InputError, match="404"):
        fetcher().fetch(site.address + "/none")
    assert site.paths.count("/none") == 1
    with pytest.raises(InputError, match=r"cannot be reached|cannot be read"):
        fetcher().fetch("http://127.0.0.1:1/")


@pytest.mark.parametrize("compress", [False, True])
def test_size_is_limited(site: Site, compress: bool) -> None:
    """A page that is too large is given up while it is read, also if it is small before decompression."""
    body = b"<p>" + b" " * 3_000_000
    answer = HTML | ({"Content-Encoding": "gzip"} if compress else {})
    site.pages["/large"] = (200, answer, gzip.compress(body) if compress else body)
    with pytest.raises(InputError, match="larger than 1 MB"):
        fetcher(size=1_000_000).fetch(site.address + "/large")
    page = fetcher().fetch(site.address + "/large")
    assert page and page.body == body


def test_time_is_limited(site: Site) -> None:
    """A page that arrives too slowly is given up."""
    clock = Clock()

    def slow(_: Any) -> Any:
        clock.now += 61
        return 200, HTML, b"<p>Dam</p>"

    site.pages["/slow"] = slow
    with pytest.raises(InputError, match="more than 60 seconds"):
        fetcher(clock).fetch(site.address + "/slow")


@pytest.mark.parametrize(
    ("kind", "feed"), [("image/png", True), ("application/pdf", False), ("application/rss+xml", False)]
)
def test_other_kinds_of_files_are_refused(site: Site, kind: str, feed: bool) -> None:
    """What is no page, or where a feed is wanted no feed, is not read."""
    site.pages["/file"] = (200, {"Content-Type": kind}, b"x")
    with pytest.raises(InputError, match=re.escape(f"gives '{kind}'")):
        fetcher().fetch(site.address + "/file", feed=feed)
