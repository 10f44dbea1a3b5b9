"""The page of errors: everything wrong is on it, nothing foreign is markup, and it needs no other file."""

from __future__ import annotations

import re
from pathlib import Path

from quotetrack.evaluate import Attribution, GoldArticle, compare, result_of, write_errors
from tests.evaluate.test_matching import GOLD, TEXT, one

EVIL = "<script>alert(1)</script>"


def page(tmp_path: Path, article: GoldArticle, found: list[Attribution]) -> tuple[int, str]:
    comparisons = [compare(article, found)]
    count = write_errors(tmp_path / "new" / "errors.html", comparisons, result_of(comparisons))
    return count, (tmp_path / "new" / "errors.html").read_text(encoding="utf-8")


def test_every_sort_of_error(tmp_path: Path) -> None:
    """A miss, a false positive, a wrong source and wrong boundaries each stand there, in words as well as in colour."""
    gold = (*GOLD, one("on Monday", "said", "Ruth Vale"))
    found = [
        one("The dam will hold", "said", "Ortiz"),
        one("that the rain would", "hoped", "She"),
        one("would stop. Ortiz"),
    ]
    count, html = page(tmp_path, GoldArticle("a", TEXT, gold, outlet="Post"), found)
    sorts = re.findall(r'<span class="sort \w+">([^<]+)</span>', html)
    assert (count, sorted(sorts)) == (5, ["False positive", "Missed", "Missed", "Wrong boundaries", "Wrong source"])
    assert "dashed underline" in html and "bold" in html
    assert '<mark class="source" title="source">Ortiz</mark>' in html


def test_foreign_text_is_escaped_and_nothing_is_loaded(tmp_path: Path) -> None:
    """Names, outlets and texts are no markup; style is inside the page and no address is fetched."""
    text = f"“We sail {EVIL},” said Vale."
    article = GoldArticle(EVIL, text, (one("“We sail", "said", "Vale", text),), outlet=EVIL)
    count, html = page(tmp_path, article, [])
    assert count == 1 and EVIL not in html
    assert "--content:" in html and not re.search(r"(?:src|href)=\"(?!#)|@import|url\(", html)


def test_nothing_wrong(tmp_path: Path) -> None:
    """A perfect result says that there is nothing to show."""
    count, html = page(tmp_path, GoldArticle("a", TEXT, GOLD), list(GOLD))
    assert count == 0 and "No errors." in html
