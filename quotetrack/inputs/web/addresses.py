"""Decide which addresses may be fetched, before anything is sent to them."""

from __future__ import annotations

import ipaddress
import socket
from typing import NamedTuple
from urllib.parse import SplitResult, urldefrag, urljoin, urlsplit

from quotetrack.errors import InputError

_PORTS = {"http": 80, "https": 443}


class Target(NamedTuple):
    """A URL that may be fetched, and the numeric address to connect to.

    Connecting to this address, rather than looking the name up again, ensures that it is the machine that was checked.
    """

    url: str
    scheme: str
    host: str
    port: int
    address: str
    path: str


def is_url(text: str) -> bool:
    """Whether an argument is a web address and not a file.

    >>> is_url("https://courier.example/a"), is_url("articles/a.txt")
    (True, False)
    """
    return text.lower().startswith(("http://", "https://"))


def checked(url: str, private: bool = False) -> SplitResult:
    """Return the parts of a URL. Raises ``InputError`` if it is not one that is fetched.

    Only HTTP and HTTPS are fetched, without a user name or password, and only from ports 80 and 443 unless ``private``
    addresses are allowed.

    >>> checked("https://courier.example/a").hostname
    'courier.example'
    """
    try:
        parts = urlsplit(urldefrag(url.strip())[0])
        port, host = parts.port, parts.hostname
    except ValueError as error:
        raise InputError("This is not a valid web address.") from error
    if parts.scheme not in _PORTS or not host or any(ord(c) <= 32 or ord(c) == 127 for c in parts.geturl()):
        raise InputError("This is not a valid web address; it must begin with http:// or https://.")
    if parts.username is not None or parts.password is not None:
        raise InputError("Web addresses with a user name or password are not fetched; remove the part before '@'.")
    if port not in (None, 80, 443) and not private:
        raise InputError(f"Port {port} is not allowed; only ports 80 and 443 are.")
    return parts


def resolved(url: str, private: bool = False) -> Target:
    """Look up the host of a URL once. Raises ``InputError`` if it is unknown or, unless ``private``, not on the public internet."""
    parts = checked(url, private)
    host = parts.hostname or ""
    port = parts.port or _PORTS[parts.scheme]
    try:
        ascii_host = host if ":" in host else host.encode("idna").decode("ascii")
        found = socket.getaddrinfo(ascii_host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(f"The host {host} is unknown.") from error
    # IPv4 first: a machine without IPv6 often gets addresses for it that it cannot reach.
    addresses = sorted((str(entry[4][0]) for entry in found), key=lambda address: ":" in address)
    # All addresses are checked: a name with a public and a private address is not trusted.
    if not private and not all(is_public(address) for address in addresses):
        raise InputError(
            f"{host} is not on the public internet; use --allow-private to fetch from your own machine or network."
        )
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.geturl(), parts.scheme, ascii_host, port, addresses[0], path)


def is_public(address: str) -> bool:
    """Whether a numeric address belongs to the public internet.

    >>> is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("93.184.215.14")
    (False, False, True)
    """
    try:
        number = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(number, ipaddress.IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour or (number.teredo[1] if number.teredo else None)
        if number in _NAT64:
            inner = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        if inner is not None:
            number = inner
    return number.is_global and not number.is_multicast


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def redirected(url: str, location: str) -> str:
    """Return the address that a redirect from ``url`` leads to. Raises ``InputError`` if it is not a web address."""
    try:
        return checked(urljoin(url, location), private=True).geturl()
    except ValueError as error:
        raise InputError("The page redirects to an invalid address.") from error


def origin(url: str) -> str:
    """Return scheme, host and port of a URL.

    >>> origin("https://courier.example:443/a?b")
    'https://courier.example:443'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
