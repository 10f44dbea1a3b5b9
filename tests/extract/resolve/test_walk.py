"""Who is in mind where, and who can be meant: what the choice is asked, whatever it answers."""

from __future__ import annotations

import pytest

from quotetrack.extract.find.combine import attributions
from quotetrack.extract.find.layout import layout_drafts
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.person_phrases import Phrase
from quotetrack.extract.resolve.ranker import Choice
from quotetrack.extract.resolve.resolver import Resolver
from quotetrack.extract.resolve.tracks import NAME, NOUN, OBJECT, OWNER, SUBJECT, Place, Track, Tracks
from quotetrack.model import Span
from tests.extract.resolve.conftest import Read, Watch, resolver_of


def word(reading: Reading, text: str) -> int:
    """The number of the first word ``text``."""
    return reading.lower.index(text)


def test_a_track_keeps_where_somebody_was_last() -> None:
    """The latest place of each kind, the first of all, and the verbs of the latest sentence only."""
    track = Track(None, "")
    name = Place(0, 0, 0, SUBJECT, NAME, verb=1, leading=True)
    noun = Place(9, 1, 0, OBJECT, NOUN, verb=8)
    track.add(name)
    assert track.verbs == [(1, SUBJECT)]
    track.add(noun)
    assert (track.first, track.name, track.subject, track.leading, track.latest) == (name, name, name, name, noun)
    assert track.count == 2 and track.verbs == [(8, OBJECT)]


def test_parts_of_the_sentence(read: Read) -> None:
    """The subject of the main clause leads, that of a subordinate clause does not; the agent of a passive is a subject."""
    reading = read("Ruth Vale's car hit a wall because Jon Lund slept. The wall was mended by Ida Moss.")
    tracks = Tracks(reading, persons=True)
    parts = {
        name: tracks.place(word(reading, name), NAME) for name in ("vale", "car", "wall", "lund", "jon", "moss", "ida")
    }
    assert parts["vale"].part == OWNER or parts["vale"].verb < 0
    assert parts["car"].part == SUBJECT and parts["car"].leading
    assert parts["wall"].part == OBJECT and not parts["wall"].leading
    assert SUBJECT in (parts["jon"].part, parts["lund"].part) and not parts["jon"].leading and not parts["lund"].leading
    assert SUBJECT in (parts["ida"].part, parts["moss"].part)


def test_a_definite_noun_is_the_stranger_met_before(read: Read) -> None:
    """``a nurse`` is somebody new each time, ``the nurse`` is the last of them."""
    reading = read("A nurse came in. The nurse sat down. A nurse stood up.")
    nurses = [i for i, lower in enumerate(reading.lower) if lower == "nurse"]
    tracks = Tracks(reading, persons=True)
    first, again, other = (tracks.unnamed(i) for i in nurses)
    assert first is again and other is not first
    assert first.indefinite


def test_pronouns_are_asked_about_where_they_stand(read: Read) -> None:
    """Each outside marks, once, with the persons named before it whom no title gives the other gender; not with those named behind."""
    reading = read("Ms. Ruth Vale met Mr. Henrik Dahl. She smiled. “He is late,” she said. Ida Moss left.")
    watch = Watch(reading)
    resolver_of(reading, watch)
    assert watch.candidates("she") == [{"Ruth Vale"}, {"Ruth Vale"}]
    assert watch.candidates("he") == []


@pytest.mark.parametrize(
    ("text", "pronoun", "nobody"),
    [
        ("Jon Lund met Henrik Dahl on the pier. “The sea is high,” he told Dahl.", "he", "Henrik Dahl"),
        ("Jon Lund met Henrik Dahl on the pier. “The sea is high,” he said to Dahl.", "he", "Henrik Dahl"),
        ("Jon Lund met Henrik Dahl on the pier. He said Dahl was late.", "he", "Henrik Dahl"),
        ("Ruth Vale met Ida Moss on the pier. Vale told her that the sea was high.", "her", "Ruth Vale"),
    ],
)
def test_who_cannot_be_meant(read: Read, text: str, pronoun: str, nobody: str) -> None:
    """Neither whom somebody speaks to, nor whom they speak of by name, is the one who speaks, whatever the weights say."""
    reading = read(text)
    watch = Watch(reading)
    resolver_of(reading, watch)
    assert watch.candidates(pronoun) and all(nobody not in names for names in watch.candidates(pronoun))


def test_a_stranger_competes_with_names(read: Read) -> None:
    """Somebody whom the article only describes is a candidate like any other."""
    reading = read("Anton Quist won the vote. A sailor stood on the pier. “Nobody asked us,” he said.")
    watch = Watch(reading)
    resolver_of(reading, watch)
    assert {"sailor", "Anton Quist"} <= watch.candidates("he")[-1]


def test_whom_a_pronoun_was_taken_for_goes_on(read: Read) -> None:
    """What a walk has answered is in mind from there on, and ends up as the speaker."""
    reading = read("Jon Lund met Henrik Dahl. He sat down. “The sea is high,” he said.")
    for name in ("Jon Lund", "Henrik Dahl"):
        resolver = resolver_of(reading, Watch(reading, name))
        found = [resolver.persons[i] for i, lower in enumerate(reading.lower) if lower == "he"]
        assert [a.track.someone.name for a in found if a.track and a.track.someone] == [name, name]


def test_a_name_in_the_source_is_not_asked_about(read: Read) -> None:
    """A name beats any inference: the choice is not even asked."""
    reading = read("Jon Lund met Henrik Dahl. The mayor, Ida Moss, said the sea was high. Dahl said it was not.")
    watch = Watch(reading)
    resolver_of(reading, watch)
    assert not {"mayor", "moss", "dahl"} & {asked for asked, _ in watch.asked}


def test_offices_are_held_against_the_phrase(read: Read) -> None:
    """``The governor`` is nobody who holds another office; ``the Oregon governor`` no governor of another state."""
    for text, left in (
        ("Mayor Ruth Vale met Gov. Jon Lund of Oregon.\n\nThe governor said the sea was high.", {"Jon Lund"}),
        (
            "Florida Gov. Ruth Vale met Oregon Gov. Jon Lund.\n\nThe Oregon governor said the sea was high.",
            {"Jon Lund"},
        ),
        (
            "The French minister Ruth Vale met the German minister Jon Lund.\n\nThe German minister left, he said.",
            {"Jon Lund"},
        ),
    ):
        reading = read(text)
        watch = Watch(reading)
        resolver_of(reading, watch)
        names = [
            {n for n in names if n[0].isupper()} for word, names in watch.asked if word in ("governor", "minister")
        ]
        assert all(found <= left for found in names), text


def test_an_answer_below_the_threshold_is_no_name(read: Read) -> None:
    """The likeliest of two is not named where it is not likely."""
    reading = read("Jon Lund met Henrik Dahl. “The sea is high,” he said.")
    drafts = attributions(reading, layout_drafts(reading))
    for probability, named in ((0.4, False), (0.9, True)):
        resolver = Resolver(reading, drafts, lambda kind, query, rows, about, p=probability: Choice(0, p))
        assert [resolver.resolve(draft).speaker is not None for draft in drafts] == [named]


def test_spans_of_phrases() -> None:
    """What a noun phrase wants of its person: the words before its head, and the place behind it."""
    text = "the veteran Oregon senator from Port Selby who left"
    phrase = Phrase.of(Span(0, len(text), text), "senator")
    assert (phrase.determiner, phrase.modifiers, phrase.tail) == ("the", ("veteran", "Oregon"), True)
    assert phrase.wanted == {"oregon", "port", "selby"}
    old = "the 63-year-old"
    assert Phrase.of(Span(0, len(old), old), "old").age == "63"
