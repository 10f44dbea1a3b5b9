"""The pages for readers: examples that need more than to be run, and what the pages refer to. tests/docs runs all code blocks."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from quotetrack.link.known import read_known
from quotetrack.model import Article
from tests.cli.test_commands import ROOT, run

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
MOST_WORDS = 2_000
MOST_BYTES = 150_000


def blocks(page: str, language: str) -> list[str]:
    """The code blocks of one language, without the indent they have in a list."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^\1```$", page, re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", block, flags=re.MULTILINE) for indent, block in found]


def test_the_readme_begins_with_the_two_commands() -> None:
    """A reader sees first how to try quotetrack and how to test it, and the Makefile has both."""
    first = blocks(README, "bash")[0]
    assert README.index(first) < 200
    assert [line.split("#")[0].strip() for line in first.strip().splitlines()] == ["make demo", "make test"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^demo:", makefile, re.MULTILINE) and re.search(r"^test:", makefile, re.MULTILINE)


def test_pictures_are_small() -> None:
    """No picture makes the checkout or a page slow."""
    pictures = sorted((ROOT / "docs" / "images").iterdir())
    assert pictures and all(picture.stat().st_size <= MOST_BYTES for picture in pictures)


def test_architecture_is_short_and_names_every_folder() -> None:
    """The page can be read in one sitting, and leaves out no folder of the package."""
    assert len(ARCHITECTURE.split()) <= MOST_WORDS
    folders = {path.parent.name for path in (ROOT / "quotetrack").glob("*/__init__.py")}
    assert folders >= {"inputs", "parse", "extract", "store", "read"}
    assert [name for name in sorted(folders) if f"`{name}/`" not in ARCHITECTURE] == []


@pytest.mark.parametrize("page", [ARCHITECTURE, CONTRIBUTING], ids=["architecture", "contributing"])
def test_paths_named_are_there(page: str) -> None:
    """Every file that is named with its folder exists."""
    named = set(re.findall(r"`((?:\w+/)+\w+\.(?:py|sql|tsv|json|md))`", page))
    places = [ROOT, ROOT / "quotetrack", ROOT / "quotetrack" / "extract"]
    examples = {name for name in named if "NAME" in name or "NNNN" in name}
    assert named - examples
    assert [n for n in sorted(named - examples) if not any((place / n).exists() for place in places)] == []


def test_the_example_of_an_input_format_works() -> None:
    """The reader that CONTRIBUTING shows gives the article, and the text to the character."""
    example = next(block for block in blocks(CONTRIBUTING, "python") if "read_markdown" in block)
    scope: dict[str, object] = {}
    exec(example, scope)
    article = scope["read_markdown"](b"# Ferry sinks\n\nThe crew is safe.\n", "a.md", scope["Metadata"]())  # type: ignore[operator]
    assert isinstance(article, Article)
    assert (article.title, article.text, article.location) == ("Ferry sinks", "The crew is safe.\n", "a.md")


def test_the_example_of_a_rule_works(quotations: object) -> None:
    """The test that CONTRIBUTING shows for a rule passes."""
    example = next(block for block in blocks(CONTRIBUTING, "python") if "def test_" in block)
    scope: dict[str, object] = {}
    exec(example, scope)
    scope["test_a_frame_in_the_middle"](quotations)  # type: ignore[operator]


def test_the_example_of_known_speakers_is_read(tmp_path: Path) -> None:
    """The file that docs/commands.md shows for ``speakers import`` means what the page says."""
    [example] = [block for block in blocks(COMMANDS, "") if block.startswith("name,")]
    (tmp_path / "people.csv").write_text(example, encoding="utf-8")
    vale, line = read_known(tmp_path / "people.csv")
    assert (vale.type, vale.aliases) == ("person", ("R. Vale", "Captain Vale"))
    assert vale.roles == (("captain of the Marisol", "2019", None), ("first officer", "2011-05", "2019"))
    assert (line.name, line.type) == ("Calder Line", "organisation")


def test_the_example_of_a_header_is_read(tmp_path: Path) -> None:
    """The header that docs/commands.md shows is read as one, and the options before a command work as it says."""
    [example] = [block for block in blocks(COMMANDS, "") if block.startswith("Outlet:")]
    (tmp_path / "a.txt").write_text(f"{example}\n“We sail,” said Ruth Vale.\n", encoding="utf-8")
    done = run("--debug", "extract", "a.txt", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["text"] == "“We sail,” said Ruth Vale.\n"
