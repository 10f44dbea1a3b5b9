"""What all requests share: the settings, the database, the templates, the sessions and the checker of drafts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from fastapi import Request
from jinja2 import Environment

from quotetrack.parse.models import ModelChoice
from quotetrack.serve.checking import Checker
from quotetrack.serve.database import Databases
from quotetrack.serve.sessions import COOKIE, Session, Sessions
from quotetrack.serve.site import Sites


@dataclass(frozen=True, slots=True)
class Settings:
    """What the desk was started with.

    ``host`` is the name or address that browsers use, besides ``127.0.0.1`` and ``localhost``. ``write`` allows
    corrections, which are recorded as made by ``author``.
    """

    database: Path
    write: bool
    host: str
    author: str
    models: ModelChoice


@dataclass(frozen=True, slots=True)
class Desk:
    """The shared state of an app, in ``app.state.desk``."""

    settings: Settings
    databases: Databases
    templates: Environment
    sessions: Sessions
    checker: Checker
    sites: Sites


def desk_of(request: Request) -> Desk:
    """Return the desk that serves ``request``."""
    return cast(Desk, request.app.state.desk)


def session_of(request: Request) -> Session:
    """Return the session of the browser that sent ``request``, a new one at its first request."""
    if not hasattr(request.state, "session"):
        request.state.session = desk_of(request).sessions.of(request.cookies.get(COOKIE))
    return cast(Session, request.state.session)
