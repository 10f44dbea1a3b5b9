"""The code blocks of README.md and of every page in docs/ run, and print what the page shows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.docs.blocks import Block, blocks_of, commands_of, complaint, exit_code_of, same_output, script_of, trimmed
from tests.docs.conftest import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
HELD_ELSEWHERE = {"docs/commands.md": "tests/cli/test_docs.py"}  # its unmarked blocks are help texts
EMPTY = "<!-- begins without a database -->"
SECONDS = 120


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


PARSED = {name_of(page): blocks_of(page.read_text(encoding="utf-8")) for page in PAGES}
WITH_BLOCKS = [name for name, blocks in PARSED.items() if any(not b.marker or b.marker == "file" for b in blocks)]


@pytest.mark.parametrize("name", [name for name, blocks in PARSED.items() if blocks])
def test_every_block_is_run_or_says_why_not(name: str) -> None:
    """A block is run, is valid data, is covered by a test that is named, or gives the reason why it is not run."""
    wrong = {block.line: complaint(block, ROOT) for block in PARSED[name]}
    if name in HELD_ELSEWHERE:
        wrong = {block.line: wrong[block.line] for block in PARSED[name] if block.language or block.marker}
    assert {line: reason for line, reason in wrong.items() if reason} == {}


@pytest.mark.parametrize("name", [name for name in WITH_BLOCKS if name not in HELD_ELSEWHERE])
def test_blocks_run(name: str, environment: dict[str, str], samples_database: Path, tmp_path: Path) -> None:
    """The blocks of a page run from top to bottom in one folder and print what is shown below them."""
    text = (ROOT / name).read_text(encoding="utf-8")
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    gold = tmp_path / "tests" / "gold"
    gold.mkdir(parents=True)
    for path in (ROOT / "tests" / "gold").glob("calder-tribune_school-closure.*"):
        shutil.copy(path, gold)
    reader = dict(environment)
    if EMPTY not in text:
        shutil.copy(samples_database, tmp_path / "news.duckdb")
        reader["QUOTETRACK_DB"] = "news.duckdb"
    for block in PARSED[name]:
        if block.marker == "file":
            path = tmp_path / block.value
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        elif not block.marker:
            printed = run_block(block, tmp_path, reader, f"{name}:{block.line}")
            if os.environ.get("QUOTETRACK_WRITE_DOCS"):
                text = with_output(text, block, printed)
                (ROOT / name).write_text(text, encoding="utf-8")
            else:
                compare(block, printed, f"{name}:{block.line}")


def run_block(block: Block, folder: Path, reader: dict[str, str], where: str) -> list[list[str]]:
    """Run one block in ``folder``; returns the lines that each of its commands prints. ``reader`` keeps what it exports."""
    if block.language == "console":
        printed = []
        for command, _ in commands_of(block.text):
            variable = EXPORT.fullmatch(command)
            if variable:
                reader[variable[1]] = variable[2]
            ran = [] if variable else call(["bash", "-c", command], folder, reader, exit_code_of(command), where)
            printed.append(ran)
        return printed
    if block.language == "bash":
        call(["bash", "-c", script_of(block.text) + "env > .environment"], folder, reader, 0, where)
        lines = (folder / ".environment").read_text(encoding="utf-8").splitlines()
        reader.update(line.split("=", 1) for line in lines if line.startswith("QUOTETRACK_"))
        return []
    if block.language in ("python", "sql"):
        program = block.text if block.language == "python" else QUERY.format(query=block.text)
        (folder / ".program.py").write_text(program, encoding="utf-8")
        return [call(["python", ".program.py"], folder, reader, 0, where)]
    return []


def compare(block: Block, printed: list[list[str]], where: str) -> None:
    """Fail if the page shows something else than what a block prints. Where the page shows nothing, nothing is compared."""
    shown = [lines for _, lines in commands_of(block.text)] if block.language == "console" else []
    if block.shown is not None:
        shown = [block.shown.splitlines()]
    for lines, ran in zip(shown, printed, strict=False):
        assert same_output(lines, ran), f"{where} prints\n" + "\n".join(ran)


def with_output(page: str, block: Block, printed: list[list[str]]) -> str:
    """The page with what a block prints; a block that leaves lines out (``...``) is kept."""
    if block.language == "console" and "\n...\n" not in block.text:
        pairs = zip(commands_of(block.text), printed, strict=True)
        blank = [["$ " + command.replace("\n", "\n> "), *trimmed(ran)] for (command, _), ran in pairs]
        return page.replace(block.text, "\n".join(line for lines in blank for line in lines if lines) + "\n", 1)
    if block.shown is not None and "...\n" not in block.shown:
        return page.replace(f"```text\n{block.shown}```", "```text\n" + "\n".join(trimmed(printed[0])) + "\n```", 1)
    return page


EXPORT = re.compile(r"export (\w+)=(\S+)")
QUERY = """
import duckdb
with duckdb.connect("news.duckdb", read_only=True) as connection:
    for query in {query!r}.split(";"):
        if query.strip():
            connection.sql(query).show(max_width=100)
"""


def call(command: list[str], folder: Path, reader: dict[str, str], code: int, where: str) -> list[str]:
    """The lines a command prints, on standard output and standard error in their order. A question is answered with ``q``."""
    done = subprocess.run(
        command, cwd=folder, env=reader, input="q\n", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, encoding="utf-8", timeout=SECONDS,
    )  # fmt: skip
    assert done.returncode == code, f"{where}: {command[-1]}\nends with {done.returncode}\n{done.stdout[-2000:]}"
    return done.stdout.split("\n")


def test_nothing_else_is_left_unread() -> None:
    """The README and the tutorial are among the pages whose blocks run, and links to them resolve on every system."""
    assert {"README.md", "docs/tutorial.md"} <= set(WITH_BLOCKS)
    assert os.sep == "/" or all("\\" not in name for name in WITH_BLOCKS)
