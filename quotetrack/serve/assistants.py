"""A server of the Model Context Protocol (https://modelcontextprotocol.io) for assistants. It only reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from quotetrack.check import check as check_quotation
from quotetrack.errors import QuotetrackError, UsageError
from quotetrack.read.filters import Filters
from quotetrack.read.found import search as search_quotations
from quotetrack.read.speakers import list_speakers
from quotetrack.serve import answers
from quotetrack.serve.database import Databases
from quotetrack.version import __version__

_INSTRUCTIONS = (
    "Quotations from news articles with their speakers. Attributions are automatic: give the outlet, the date and the address of the "
    "article with each quotation. A stance other than 'stated' means that the words were denied, asked, requested, believed or imagined; "
    "never report them as said. 'right' of a check is true only if both words and speaker were compared and agree."
)
_MOST = 100
_MISSING = "'quotetrack mcp' needs the package mcp; install it with: pip install 'quotetrack[mcp]'"


def create_server(database: Path) -> Any:
    """Make the server for one database, which is opened for each call. Raises ``UsageError`` if the package mcp is not installed.

    create_server(Path("news.duckdb")).run("stdio")
    """
    try:
        from mcp.server.mcpserver import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
    except ImportError as error:
        raise UsageError(_MISSING) from error

    databases = Databases(database)

    def answer(call: Callable[..., Any]) -> Any:
        try:
            with databases.reading(patience=10.0) as store:
                return call(store)
        except QuotetrackError as error:
            raise ToolError(str(error)) from error

    server = MCPServer("quotetrack", version=__version__, instructions=_INSTRUCTIONS)

    @server.tool()
    def check(text: str, speaker: str | None = None) -> dict[str, Any]:
        """Compare a quotation with the record: are these the words, and is this the speaker?

        Give the exact words, and the name of the speaker if known.
        """
        found: dict[str, Any] = answer(lambda store: check_quotation(store, text, speaker).to_dict())
        return found

    @server.tool()
    def search(
        words: str | None = None,
        speaker: str | None = None,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = 20,
    ) -> dict[str, Any]:
        """Search quotations. All words must occur in the quotation, the title, or a name or role of the speaker.

        Words in quotation marks must be adjacent; "what did Vale say about the ferry" finds what Vale said. Dates are YYYY, YYYY-MM or
        YYYY-MM-DD. The facets count all matches.
        """
        filters = Filters(
            speaker=speaker, outlet=outlet, since=since, until=until, words=words, limit=max(1, min(limit, _MOST))
        )
        found: dict[str, Any] = answer(lambda store: search_quotations(store, filters).to_dict())
        return found

    @server.tool()
    def speakers(name: str | None = None, limit: int = 20) -> dict[str, Any]:
        """List speakers whose name or an alias contains a text, most quoted first."""
        lines = answer(lambda store: list_speakers(store, name, None, max(1, min(limit, _MOST))))
        return {"speakers": [one.to_dict() for one in lines]}

    @server.tool()
    def dossier(speaker: str, limit: int = 20) -> dict[str, Any]:
        """Return a speaker, by id, name or alias, with roles over time and the newest quotations; "not_said" was not said."""
        found: dict[str, Any] = answer(lambda store: answers.dossier(store, speaker, max(1, min(limit, _MOST))))
        return found

    return server
