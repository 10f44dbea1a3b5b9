"""The code blocks of a Markdown page, and how they are run.

A page is read from top to bottom and its blocks run in one folder, so a block can use what an earlier one made. What a block
is follows from its language:

- ``console``: lines after ``$`` are commands, the lines below each are what it prints;
- ``bash``: a script that must succeed;
- ``python``: a program that must succeed; a ``text`` block directly after it is what it prints;
- ``sql``: queries on the database, separated by semicolons; a ``text`` block directly after it is what it shows;
- ``json``, ``toml``, ``yaml``: data that must be valid.

A comment directly before a block changes that: ``<!-- file: NAME -->`` saves the block under this name,
``<!-- not run: REASON -->`` says why it is not run, and ``<!-- tested by: FILE -->`` names the test that covers it. A block
of another language, or without one, needs one of them. A command that ends in ``# exit code 1`` must end with that code, others with 0.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from markdown_it import MarkdownIt

RUN = ("console", "bash", "python", "sql")
DATA = {"json": json.loads, "toml": tomllib.loads, "yaml": yaml.safe_load}
_COMMENT = re.compile(r"<!-- (file|not run|tested by): (.+?) -->\s*$")
_EXIT_CODE = re.compile(r"\s+# exit code (\d+)$")
# What changes with the speed of a machine, its 16-bit arithmetic, and the time at which a correction is made.
_VARYING = [
    (re.compile(r"\(\d+(?:\.\d+)? s\)"), "(1 s)"),
    (re.compile(r"\b\d+ of 100\b"), "99 of 100"),
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC"), "2026-11-30 13:28 UTC"),
]


@dataclass(frozen=True, slots=True)
class Block:
    """A code block: where it begins, its language, its text, and the comment before it, if any."""

    line: int
    language: str
    text: str
    marker: str = ""  # file, not run, tested by
    value: str = ""
    shown: str | None = None  # the text block directly after a python or sql block


def blocks_of(page: str) -> list[Block]:
    """The blocks of a page in order; what a program prints is part of its block."""
    found: list[Block] = []
    previous = None
    for token in MarkdownIt("commonmark").enable("table").parse(page):
        if token.type in ("fence", "code_block"):  # an indented block has no language, so it is a complaint
            comment = _COMMENT.search(previous.content) if previous and previous.type == "html_block" else None
            language = token.info.split()[0] if token.info else ""
            if language == "text" and previous and previous.type == "fence" and found[-1].language in ("python", "sql"):
                found[-1] = Block(**{**_fields(found[-1]), "shown": token.content})
            else:
                marker = comment.groups() if comment else ("", "")
                found.append(Block((token.map or [0])[0] + 1, language, token.content, *marker))
        if not token.type.endswith("_close"):
            previous = token
    return found


def _fields(block: Block) -> dict[str, object]:
    return {name: getattr(block, name) for name in Block.__slots__}


def complaint(block: Block, root: Path) -> str | None:
    """What is wrong with a block before it is run, or nothing."""
    if block.marker == "tested by":
        return None if (root / block.value).exists() else f"{block.value} does not exist"
    if block.marker:
        return None
    if block.language in DATA:
        try:
            DATA[block.language](block.text)
        except ValueError as error:
            return str(error)
        return None
    return None if block.language in RUN else "says neither how it is run nor why it is not"


def commands_of(console: str) -> Iterator[tuple[str, list[str]]]:
    """The commands of a ``console`` block, each with the lines that it prints."""
    command, shown = "", list[str]()
    for line in console.splitlines():
        if line.startswith("$ "):
            if command:
                yield command, shown
            command, shown = line[2:], []
        elif line.startswith("> ") and not shown:
            command += "\n" + line[2:]
        else:
            shown.append(line)
    if command:
        yield command, shown


def exit_code_of(command: str) -> int:
    """The exit code that a command says it has."""
    stated = _EXIT_CODE.search(command)
    return int(stated[1]) if stated else 0


def script_of(bash: str) -> str:
    """A ``bash`` block in which a command that says its exit code does not end the script."""
    lines = [
        _EXIT_CODE.sub(lambda code: f" || [ $? = {code[1]} ]", line) for line in bash.splitlines()
    ]  # a failing test ends the script, because of set -e
    return "set -euo pipefail\n" + "\n".join(lines) + "\n"


def same_output(shown: list[str], printed: list[str]) -> bool:
    """Whether the lines agree: a line ``...`` stands for any number of lines, trailing space and varying numbers do not count."""
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == "..." else re.escape(_steady(line)) + r"\n" for line in trimmed(shown)
    )
    return re.fullmatch(pattern, "".join(_steady(line) + "\n" for line in trimmed(printed))) is not None


def trimmed(lines: list[str]) -> list[str]:
    """The lines without trailing space and without empty lines at both ends."""
    return "\n".join(line.rstrip() for line in lines).strip("\n").split("\n")


def _steady(line: str) -> str:
    for pattern, replacement in _VARYING:
        line = pattern.sub(replacement, line)
    return line
