"""The indexes of a parse that the extraction rules use."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotetrack.extract.reading import Reading
from quotetrack.model import Parsed, Sentence, Word
from quotetrack.text.quoted import Quoted


def test_going_up_the_tree_ends() -> None:
    """Iterating over ancestors ends at the root, and in a parse whose heads form a cycle."""
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


@given(st.lists(st.integers(1, 4), max_size=12), st.integers(0, 40), st.integers(1, 12))
def test_quoted_stretches_are_found_by_place(lengths: list[int], start: int, length: int) -> None:
    """``quoted_in`` returns exactly the stretches that overlap the range."""
    places = [sum(lengths[: i + 1]) for i in range(len(lengths))]
    stretches = [Quoted(a, b, a, b, True, False, 0) for a, b in zip(places[::2], places[1::2], strict=False)]
    reading = Reading(Parsed("", (), (), (), ()), "")
    reading.set_quoted(stretches)
    end = start + length
    assert reading.quoted_in(start, end) == [q for q in stretches if q.start < end and start < q.end]


def test_the_singular_of_a_plural_noun_is_its_lemma() -> None:
    """A plural noun has the parser's lemma as its singular; any other word is looked up by its form."""
    words = (
        Word(0, "axis", "NOUN", "Number=Plur", -1, "root", 0, 4, "Axes"),
        Word(1, "cross", "VERB", "VerbForm=Fin", 0, "acl", 5, 12, "crossed"),
        Word(2, "crisis", "NOUN", "Number=Sing", 1, "obj", 13, 19, "crisis"),
    )
    text = "Axes crossed crisis"
    reading = Reading.of(Parsed(text, ((0, 19),), (Sentence(words, 0, 19, 0),), (), ()))
    assert [reading.singular(i) for i in range(3)] == ["axis", "crossed", "crisis"]
