"""Split a noun phrase into what ``and`` joins: ``the committee``, ``the Meridian Institute`` and ``the police``."""

from __future__ import annotations

from itertools import pairwise

from quotetrack.extract.reading import Reading
from quotetrack.model import Span


def conjuncts(reading: Reading, span: Span, head: int) -> list[tuple[Span, int]]:
    """The phrases that ``and`` joins in ``span``, each with its head; empty if ``head`` is joined to nothing.

    In Universal Dependencies all later phrases hang on the first, but parsers often let each hang on the one before. A word without
    a determiner is not taken for a phrase where the one before contains a preposition: ``the ministry of ports and trade``.
    """
    inside = reading.words_between(span.start, span.end)
    if head not in inside:
        return []
    joined: list[int] = []
    waiting = [head]
    while waiting:
        added = [
            i for i in reading.children[waiting.pop()] if i in inside and i > head and reading.words[i].deprel == "conj"
        ]
        joined, waiting = sorted({*joined, *added}), [*waiting, *(i for i in added if i not in joined)]
    if not joined or not any(reading.lower[i] == "and" for one in joined for i in reading.children[one]):
        return []
    starts = [inside.start, *(_first_word(reading, one) for one in joined)]
    if starts != sorted(set(starts)):
        return []
    ends = [*(_last_word(reading, start - 1) for start in starts[1:]), inside.stop - 1]
    found = []
    for at, start, end in zip([head, *joined], starts, ends, strict=True):
        phrase = reading.span(reading.words[start].start, reading.words[end].end) if start <= at <= end else None
        if phrase is None:
            return []
        found.append((phrase, at))
    return [] if _is_one_name(reading, found) else found


def _is_one_name(reading: Reading, phrases: list[tuple[Span, int]]) -> bool:
    """Whether a later phrase can belong to the words after a preposition in the one before it."""
    return any(
        reading.child(at, "det", "nmod:poss") is None
        and any(reading.words[i].upos == "ADP" for i in reading.words_between(before.start, before.end))
        for (before, _), (_, at) in pairwise(phrases)
    )


def _first_word(reading: Reading, head: int) -> int:
    """The first word of the phrase without the conjunction and comma before it."""
    outside = {i for i in reading.children[head] if reading.words[i].deprel in ("cc", "punct")}
    return min(i for i in reading.subtree(head) if i not in outside)


def _last_word(reading: Reading, index: int) -> int:
    """``index``, or the last word before it that is no conjunction or comma."""
    while reading.words[index].deprel in ("cc", "punct"):
        index -= 1
    return index
