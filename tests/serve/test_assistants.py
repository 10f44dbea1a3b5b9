"""The server for assistants: its tools answer over the protocol, and errors are sentences."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from quotetrack.errors import UsageError
from quotetrack.serve.assistants import create_server

mcp = pytest.importorskip("mcp", reason="the extra mcp is not installed")


def called(database: Path, tool: str, **arguments: Any) -> Any:
    """The result of one tool over a connection in memory."""

    async def call() -> Any:
        async with mcp.Client(create_server(database)) as client:
            return await client.call_tool(tool, arguments)

    return asyncio.run(call())


def answer(database: Path, tool: str, **arguments: Any) -> Any:
    """What a tool answers."""
    result = called(database, tool, **arguments)
    assert not result.is_error, result
    return json.loads(result.content[0].text)


def test_the_tools_answer(record: Path) -> None:
    """Search, speakers, dossier and check give the record's words with speaker, stance and address."""
    found = answer(record, "search", words="what did Kvist say about the mill")
    assert [(one["text"], one["stance"]) for one in found["quotations"]] == [("the mill was sold", "denied")]
    [speaker] = answer(record, "speakers", name="Ada")["speakers"]
    assert {one["url"] for one in answer(record, "dossier", speaker=speaker["speaker_id"])["said"]} == {
        "https://news.example/0"
    }
    assert (
        answer(record, "check", text="We will close the old yard in June", speaker="Ada Kvist")["words"] == "verbatim"
    )


def test_errors_are_sentences(record: Path) -> None:
    """An unknown speaker is an error of the tool, with the sentence that the command line prints."""
    result = called(record, "dossier", speaker="Nobody")
    assert result.is_error and "No speaker found for 'Nobody'" in result.content[0].text


def test_the_command_speaks_the_protocol(record: Path) -> None:
    """'quotetrack mcp' offers exactly the documented tools over standard input and output."""

    async def names() -> list[str]:
        command = mcp.StdioServerParameters(
            command=sys.executable, args=["-m", "quotetrack", "mcp", "--db", str(record)], cwd=Path(__file__).parents[2]
        )
        async with mcp.Client(command) as client:
            return [tool.name for tool in (await client.list_tools()).tools]

    assert asyncio.run(names()) == ["check", "search", "speakers", "dossier"]


def test_a_missing_extra_is_explained(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package mcp, the error says how to install it."""
    monkeypatch.setitem(sys.modules, "mcp.server.mcpserver", None)
    with pytest.raises(UsageError, match=r"pip install 'quotetrack\[mcp\]'"):
        create_server(record)
