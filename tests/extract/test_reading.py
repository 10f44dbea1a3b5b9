"""The layout of a parse that the rules ask."""

from __future__ import annotations

from quotetrack.extract.reading import Reading
from quotetrack.model import Parsed, Sentence, Word


def test_going_up_the_tree_ends() -> None:
    """At the root, and where a parse has its heads in a circle: rules that climb must not go round for ever."""
    text = "she asked why he left"
    heads = [1, -1, 4, 4, 3]  # `left` and `he` hang on each other
    words, place = [], 0
    for index, (form, head) in enumerate(zip(text.split(), heads, strict=True)):
        words.append(Word(index, form, "X", "", head, "dep", place, place + len(form), form))
        place += len(form) + 1
    sentence = Sentence(tuple(words), 0, len(text), 0)
    reading = Reading.of(Parsed(text, ((0, len(text)),), (sentence,), (), ()))
    assert list(reading.above(0)) == [1]
    assert list(reading.above(1)) == []
    assert list(reading.above(2)) == [4, 3]
    assert list(reading.above(3)) == [4]
