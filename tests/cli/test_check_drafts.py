"""``quotetrack check --file`` from end to end: the table, the page, the exit codes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.test_check import yard
from tests.cli.test_commands import run

__all__ = ["yard"]

DRAFT = """# The <script>alert(1)</script> yard

“We will close the yard in May,” said Ada Kvist, the mayor of Halden.

“We will close the yard in July,” said Olle Brandt, a welder.
"""


def test_a_draft_is_checked(yard: Path) -> None:
    """The table has line, outcome, reason and printing, the summary counts, the page is written, and the exit code is 1."""
    (yard / "draft.md").write_text(DRAFT, encoding="utf-8")
    done = run("check", "--file", "draft.md", "missing-words.pdf", "--html", "out/checked.html", folder=yard)
    assert done.returncode == 2 and "not found: missing-words.pdf" in " ".join(done.stderr.split())
    (yard / "broken.docx").write_bytes(b"no zip")
    done = run("check", "--file", "draft.md", "broken.docx", "--html", "out/checked.html", folder=yard)
    shown = " ".join(done.stdout.split())
    assert done.returncode == 1
    assert (
        "3 changed" in shown and "“May” is printed as “June”." in shown and "The Halden Post · Mill and yard" in shown
    )
    assert "2 quotations: 1 right, 1 changed, 0 given to somebody else, 0 not in the record" in shown
    assert "broken.docx: This is not a Word document (.docx), or it is damaged." in " ".join(done.stderr.split())
    page = (yard / "out" / "checked.html").read_text(encoding="utf-8")
    assert "<script" not in page and 'href="http' in page and not re.search(r"(?:src|href)=\"(?!#|https?:)", page)


def test_fail_on_and_standard_input(yard: Path) -> None:
    """With ``--fail-on`` only the outcomes named make the exit code 1; ``-`` reads standard input."""
    done = run("check", "--file", "-", "--fail-on", "missing", folder=yard, stdin=DRAFT)
    assert done.returncode == 0 and "1 changed" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--file", "x.md", "--fail-on", "wrong"], "Unknown outcome 'wrong'"),
        (["--file", "x.md", "--said-by", "Kvist"], "--said-by is for one quotation"),
        (["We sail", "--html", "x.html"], "--html and --fail-on are for drafts"),
        (["We", "sail"], "Give the quotation as one argument"),
    ],
)
def test_wrong_usage(yard: Path, arguments: list[str], message: str) -> None:
    """Options that do not go together are refused with one sentence and exit code 2."""
    done = run("check", *arguments, folder=yard)
    assert done.returncode == 2 and message in " ".join(done.stderr.split())
