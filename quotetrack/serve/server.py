"""Listen on a port and serve the desk until it is interrupted."""

from __future__ import annotations

import errno
import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import uvicorn
from fastapi import FastAPI

from quotetrack.errors import UsageError


@dataclass(frozen=True, slots=True)
class Listening:
    """An open socket with the address of the desk."""

    socket: socket.socket
    host: str
    address: str


@contextmanager
def listen(host: str, port: int) -> Iterator[Listening]:
    """Open the port. Raises ``UsageError`` if it is taken, or ``host`` is not an address of this computer."""
    if _is_wildcard(host):
        raise UsageError(f"--host {host} would accept any name; give the name or address that browsers will use.")
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        opened = socket.socket(family, kind, protocol)
    except OSError as error:
        raise UsageError(f"--host {host} is not an address of this computer: {error.strerror or error}.") from error
    with opened:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            opened.bind(place)
            opened.listen(128)
        except PermissionError as error:
            raise UsageError(f"Port {port} needs administrator rights; choose one above 1023 with --port.") from error
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise UsageError(
                    f"Port {port} on {host} is in use by another program; stop that, or choose another port with --port."
                ) from error
            raise UsageError(f"Cannot listen on {host}, port {port}: {error.strerror or error}.") from error
        shown = f"[{host}]" if ":" in host else host
        yield Listening(opened, host, f"http://{shown}:{opened.getsockname()[1]}/")


def run(app: FastAPI, listening: Listening) -> None:
    """Serve ``app`` until Ctrl-C."""
    configuration = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, proxy_headers=False, ws="none"
    )
    with suppress(KeyboardInterrupt):  # uvicorn raises it again after it has stopped
        uvicorn.Server(configuration).run(sockets=[listening.socket])


def _is_wildcard(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return not host
