"""Render templates to responses."""

from __future__ import annotations

from fastapi import Request, Response
from jinja2 import Environment
from starlette.responses import HTMLResponse

from quotetrack.report.templates import LABELS, environment
from quotetrack.serve.desk import desk_of, session_of
from quotetrack.serve.sessions import COOKIE


def desk_environment() -> Environment:
    """Create the Jinja environment, with what the templates of the report need too."""
    templates = environment()
    templates.globals.update(LABELS)
    return templates


def page(request: Request, template: str, status: int = 200, **values: object) -> Response:
    """Render ``template`` with the token of the session, whose cookie is set if it is new."""
    desk = desk_of(request)
    session = session_of(request)
    text = desk.templates.get_template(template).render(
        token=desk.sessions.token(session), write=desk.settings.write, path=request.url.path, **values
    )
    response = HTMLResponse(text, status)
    if request.cookies.get(COOKIE) != session.key:
        # Lax, not Strict: with Strict a link from a mail would start a new session, and forms in open tabs would fail.
        response.set_cookie(COOKIE, session.key, httponly=True, samesite="lax")
    return response
