"""Make the app of the desk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException as StarletteHTTPException

from quotetrack.errors import DatabaseInUse, QuotetrackError
from quotetrack.parse.models import ModelChoice, choose
from quotetrack.serve import api, assets, drafts, edits, feeds, inbox, pages, review, search
from quotetrack.serve.checking import Checker
from quotetrack.serve.database import Databases
from quotetrack.serve.desk import Desk, Settings
from quotetrack.serve.rendering import desk_environment, page
from quotetrack.serve.security import HEADERS, SAFE_METHODS, Guard, protect
from quotetrack.serve.sessions import Sessions
from quotetrack.serve.site import Sites
from quotetrack.version import __version__

LOCAL = ("127.0.0.1", "localhost", "::1")
RETRY_AFTER = 5  # seconds
_BROKEN = "There was an error in quotetrack. The terminal in which it was started shows the details."


def create_app(
    database: Path,
    write: bool = False,
    host: str = LOCAL[0],
    author: str = "desk",
    models: ModelChoice | None = None,
) -> FastAPI:
    """Make the app for one database. It opens the database for each request, and only reads it unless ``write``.

    Args:
        database: The database file.
        write: Whether corrections can be recorded.
        host: The name or address that browsers use besides ``127.0.0.1`` and ``localhost``.
        author: Who is recorded as the author of corrections.
        models: The models that drafts are analysed with; by default those of ``choose()``.

    >>> create_app(Path("news.duckdb")).title
    'quotetrack'
    """
    app = FastAPI(
        title="quotetrack",
        version=__version__,
        docs_url=None,  # these pages load scripts from other sites
        redoc_url=None,
        openapi_url="/openapi.json",
        dependencies=[Depends(protect)],
    )
    settings = Settings(database, write, host, author, models or choose())
    databases = Databases(database)
    checker = Checker(databases, settings.models)
    app.state.desk = Desk(settings, databases, desk_environment(), Sessions(), checker, Sites())
    app.add_middleware(Guard, hosts=frozenset({*LOCAL, host.lower()}))
    for handled, handler in _HANDLERS.items():
        app.add_exception_handler(handled, handler)
    for module in (drafts, search, review, inbox, edits, feeds, pages, api, assets):
        app.include_router(module.router)
    return app


def _in_use(request: Request, error: Exception) -> Response:
    """Say that an ingest is running; a page that was only read reloads itself."""
    retry = request.method in SAFE_METHODS
    if _is_api(request):
        response = api.problem(503, "In use", str(error))
    else:
        response = page(request, "serve/in_use.html", 503, retry=RETRY_AFTER if retry else 0)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _wrong(request: Request, error: Exception) -> Response:
    return _message(request, 400, "That did not work", str(error))


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, StarletteHTTPException)
    heading = {404: "Not found", 403: "Not allowed", 405: "Not allowed"}.get(error.status_code, "That did not work")
    message = "There is no such page." if error.detail == "Not Found" else str(error.detail)
    return _message(request, error.status_code, heading, message)


def _invalid(request: Request, error: Exception) -> Response:
    if _is_api(request) and isinstance(error, RequestValidationError):
        first = error.errors()[0]
        return _message(request, 400, "That did not work", f"{first['loc'][-1]}: {first['msg']}.")
    return _message(request, 404, "Not found", "There is no such page.")


def _failed(request: Request, error: Exception) -> Response:
    """Answer an error of the desk itself. The traceback is in the log of the server, never on the page."""
    response = _message(request, 500, "That did not work", _BROKEN)
    response.headers.update(HEADERS)  # this response does not pass the guard
    return response


def _is_api(request: Request) -> bool:
    return request.url.path.startswith(f"{api.PREFIX}/")


def _message(request: Request, status: int, heading: str, message: str) -> Response:
    if _is_api(request):
        return api.problem(status, heading, message)
    return page(request, "serve/message.html", status, heading=heading, message=message)


_HANDLERS: dict[type[Exception], Callable[[Request, Exception], Response]] = {
    DatabaseInUse: _in_use,
    QuotetrackError: _wrong,
    StarletteHTTPException: _http,
    RequestValidationError: _invalid,
    Exception: _failed,
}
