"""docs/commands.md quotes the help text of every command. To write it anew: QUOTETRACK_WRITE_DOCS=1 pytest tests/cli/test_docs.py"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
import typer
from typer.core import TyperGroup

from quotetrack.cli.main import app
from tests.cli.test_commands import ROOT, run

COMMANDS = [
    "ingest",
    "watch",
    "reread",
    "extract",
    "import-shards",
    "report",
    "articles",
    "articles list",
    "articles edits",
    "articles show",
    "articles remove",
    "speakers",
    "speakers import",
    "speakers merge",
    "speakers split",
    "speakers rename",
    "speakers alias",
    "speakers role",
    "show",
    "search",
    "export",
    "quotations",
    "quotations reassign",
    "quotations reject",
    "quotations confirm",
    "review",
    "corrections",
    "corrections undo",
    "stats",
    "check",
    "serve",
    "mcp",
    "evaluate",
    "models",
    "models download",
    "failures",
    "backup",
    "restore",
    "verify",
]
by_hand: list[str] = []  # what stands before and after the help texts, kept when these are written anew
DOCUMENT = ROOT / "docs" / "commands.md"


def help_of(command: str) -> str:
    """The help text as printed."""
    return run(*command.split(), "--help").stdout.strip()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented_as_it_is(command: str) -> None:
    """The page holds the very help text of the command, and the command gives an example."""
    text = help_of(command)
    if os.environ.get("QUOTETRACK_WRITE_DOCS"):
        if command == COMMANDS[0]:
            before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(f"\n## quotetrack {command}\n")
            by_hand.append(rest.partition("\n# JSON\n")[2])
            DOCUMENT.write_text(before, encoding="utf-8")
        with DOCUMENT.open("a", encoding="utf-8") as document:
            document.write(f"\n## quotetrack {command}\n\n```\n{text}\n```\n")
            if command == COMMANDS[-1]:
                document.write(f"\n# JSON\n{by_hand[0]}")
    assert f"```\n{text}\n```" in DOCUMENT.read_text(encoding="utf-8")
    assert "Example: quotetrack" in text or command in ("models", "quotations")


def test_no_command_is_left_out() -> None:
    """All commands of the program are in the list above."""

    def names(group: TyperGroup, before: str = "") -> Iterator[str]:
        for name, command in group.commands.items():
            yield f"{before}{name}"
            if isinstance(command, TyperGroup):
                yield from names(command, f"{before}{name} ")

    program = typer.main.get_command(app)
    assert isinstance(program, TyperGroup) and sorted(names(program)) == sorted(COMMANDS)
