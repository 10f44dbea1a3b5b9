"""Find the person whom the lead describes before naming them.

Example: ``The captain of the ferry was greeted … “…,” Ruth Vale said.``
"""

from __future__ import annotations

from quotetrack.extract.find.cues import classes_of
from quotetrack.extract.people.gender import gender_of
from quotetrack.extract.people.register import Register
from quotetrack.extract.people.someone import Someone
from quotetrack.extract.reading import Reading
from quotetrack.text.role_nouns import is_role_noun

_PARAGRAPHS = 4  # paragraphs that count as the lead, including the headline
_SPEECH = set("sqro")  # classes of cues that take speech as content
_REACH = 500  # characters between description and name
_GENDERS = {"he": "m", "his": "m", "she": "f", "her": "f"}


def described_first(reading: Reading, register: Register) -> tuple[Someone, str] | None:
    """Return the first person named and the noun that described them in the lead; ``None`` if there is none.

    The first mention must be the speaker beside a quotation and have no role of its own: a person introduced like this
    has been described before.
    """
    person = min(register.persons(), key=lambda one: one.first, default=None)
    if person is None or " " not in person.name:
        return None
    paragraphs = reading.parsed.paragraphs[:_PARAGRAPHS]
    if not paragraphs or person.first >= paragraphs[-1][1] or not speaks_first(reading, person):
        return None
    noun, gender = _subject_of_lead(reading, person.first)
    if noun < 0 or (gender and person.gender not in (gender, "")):
        return None
    return person, reading.lower[noun]


def speaks_first(reading: Reading, person: Someone) -> bool:
    """Whether the first mention is the subject of a speech verb, as the introduction of a known speaker.

    The name must be the whole subject. Either a quotation stands right before the name or after its verb, or the name
    opens a paragraph and its verb is a cue. A name between quotation marks introduces nobody.
    """
    mention = person.mentions[0]
    if reading.quoted_at(mention.start) is not None:
        return False  # "The captain laughed. “Is Ruth Vale here?”"
    name = reading.words_between(mention.start, mention.end)
    subject = next((i for i in name if reading.words[i].deprel.split(":")[0] == "nsubj"), -1)
    if subject < 0 or any(i not in name and reading.words[i].deprel != "punct" for i in reading.children[subject]):
        return False
    verb = reading.words[reading.head[subject]]
    opens = any(start == mention.start for start, _ in reading.parsed.paragraphs)
    if opens and classes_of(reading, reading.head[subject]) & _SPEECH:
        return True
    after = reading.text[verb.end : verb.end + 4]
    return any(
        reading.quoted_at(place) is not None
        for place in (mention.start - 2, verb.end + 1, verb.end + (2 if after[:1] in ",:" else 1))
    )


def _subject_of_lead(reading: Reading, stop: int) -> tuple[int, str]:
    """The index of the definite noun for a person that is a main subject before ``stop``, and its gender.

    The index is -1 if there is no such noun, if there are several, or if one of the subjects is not definite.
    """
    found = []
    for index in reading.words_between(max(0, stop - _REACH), stop):
        word = reading.words[index]
        if (
            word.upos != "NOUN"
            or not is_role_noun(word.text)
            or "Number=Plur" in word.feats
            or reading.is_quoted(index)
        ):
            continue
        if word.deprel.split(":")[0] == "nsubj" and reading.words[reading.head[index]].deprel == "root":
            article = reading.child(index, "det")
            if article is None or reading.lower[article] != "the":
                return -1, ""  # "a teacher": a second person, so the lead is ambiguous
            found.append(index)
    if len({reading.words[i].lemma.lower() for i in found}) != 1:
        return -1, ""
    genders = {
        _GENDERS[word.text.lower()]
        for word in (reading.words[i] for i in reading.sentence_range(found[0]))
        if word.text.lower() in _GENDERS and word.start > reading.words[found[0]].start
    }
    gender = gender_of(reading.words[found[0]].text) or (genders.pop() if len(genders) == 1 else "")
    return found[0], gender
