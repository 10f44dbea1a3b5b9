"""Whom a lead describes before the article names them: ``The captain of the ferry was greeted … “…,” Ruth Vale said.``"""

from __future__ import annotations

from quotetrack.extract.find.cues import classes_of
from quotetrack.extract.people.gender import gender_of
from quotetrack.extract.people.register import Register
from quotetrack.extract.people.someone import Someone
from quotetrack.extract.reading import Reading
from quotetrack.text.role_nouns import is_role_noun

_PARAGRAPHS = 4  # how many from the top, the headline's and the lead's among them
_SPEECH = set("sqro")  # classes of cues that take what is said
_REACH = 500  # characters from the description to the name
_GENDERS = {"he": "m", "his": "m", "she": "f", "her": "f"}


def described_first(reading: Reading, register: Register) -> tuple[Someone, str] | None:
    """The first person the article names and the noun that its lead has called them by until then; or nothing.

    Only where the first name there is stands beside a quotation as its speaker, with no role of its own: whoever is brought in so has been
    brought in before.
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
    """Whether the first mention is the bare subject of a verb that stands right beside a quotation, or opens a paragraph and says something."""
    mention = person.mentions[0]
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
    """The one definite noun for a person that is the subject of a main clause before ``stop``, and the gender that the sentence tells."""
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
            the = reading.child(index, "det")
            if the is None or reading.lower[the] != "the":
                return -1, ""  # "a teacher": another, and of two nothing is sure
            found.append(index)
    if len({reading.words[i].lemma.lower() for i in found}) != 1:
        return -1, ""
    told = {
        _GENDERS[word.text.lower()]
        for word in (reading.words[i] for i in reading.sentence_range(found[0]))
        if word.text.lower() in _GENDERS and word.start > reading.words[found[0]].start
    }
    gender = gender_of(reading.words[found[0]].text) or (told.pop() if len(told) == 1 else "")
    return found[0], gender
