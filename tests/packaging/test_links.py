"""Links between the pages of the documentation lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "training" / "README.md"])
LINK = re.compile(r"\]\(([^)\s]+)\)")


def anchors(page: Path) -> set[str]:
    """The anchors of the headings of a page, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files_and_headings(page: Path) -> None:
    """Every relative link names a file of the repository and, with ``#``, one of its headings."""
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" in link or link.startswith("mailto:"):
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), f"{page.name} links to {link}, which does not exist"
        if anchor:
            assert anchor in anchors(target), f"{page.name} links to {link}, and there is no such heading"


def test_the_index_lists_every_decision_once() -> None:
    """Each record in ``docs/decisions`` stands in the index under its number, and numbers have no gaps."""
    folder = ROOT / "docs" / "decisions"
    index = LINK.findall((folder / "README.md").read_text(encoding="utf-8"))
    records = sorted(path.name for path in folder.glob("[0-9]*.md"))
    assert [link for link in index if link[0].isdigit()] == records
    assert [int(name[:3]) for name in records] == list(range(1, len(records) + 1))
    for name in records:
        text = (folder / name).read_text(encoding="utf-8")
        assert text.startswith(f"# {int(name[:3])}. ")
        assert re.findall(r"^## (.+)$", text, re.M) == ["Context", "Decision", "Measured", "Consequences"]
