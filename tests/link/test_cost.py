"""The cost of linking is proportional to the number of articles with one surname."""

from __future__ import annotations

from benchmarks.growth_texts import of_one_surname

from quotetrack.link import namesakes
from quotetrack.link.appearances import Appearance
from quotetrack.link.persons import persons


def _scored(count: int, monkeypatch) -> int:  # type: ignore[no-untyped-def]
    """How often a bare surname is compared with a person of that surname among ``count`` articles."""
    calls = 0
    score = namesakes._score

    def counted(*given) -> float:  # type: ignore[no-untyped-def]
        nonlocal calls
        calls += 1
        return score(*given)

    monkeypatch.setattr(namesakes, "_score", counted)
    articles = [of_one_surname(number) for number in range(count)]
    appearances = [
        Appearance(str(number), quotations[0].speaker.name, "person", roles=("mayor of Selby",) if number < 4 else ())
        for number, (_, quotations) in enumerate(articles)
        if quotations[0].speaker is not None
    ]
    persons(appearances, [])
    monkeypatch.undo()
    return calls


def test_bare_surnames_are_compared_only_with_persons_they_can_mean(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """Four times as many articles of one surname need at most six times as many comparisons."""
    few, many = (_scored(count, monkeypatch) for count in (100, 400))
    assert few > 0 and many <= 6 * few
