"""The mentions of each person in text order, so that the rules about namesakes need not go through all of them."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field

from quotetrack.extract.find.cues import classes_of
from quotetrack.extract.people.someone import Mention, Someone
from quotetrack.extract.reading import Reading
from quotetrack.text.names import fold

_NEVER = 1 << 60  # an offset after every text


@dataclass(slots=True)
class OfOne:
    """Where one person is mentioned: offsets in text order. *Unquoted* mentions are those outside of quotation marks."""

    all: list[int] = field(default_factory=list)
    unquoted: list[int] = field(default_factory=list)
    subjects: list[int] = field(default_factory=list)  # unquoted, and the subject of a verb
    speaking: set[int] = field(default_factory=set)  # the subjects of reporting verbs
    first_speaking: int = _NEVER  # the first of ``speaking`` that is unquoted
    first_single: int = _NEVER  # the first that is a single name
    first_single_subject: int = _NEVER  # the first of ``subjects`` that is a single name
    by_first_name: bool = False
    taken: int = 0  # how many mentions of the person are in these lists
    subject_words: dict[str, list[int]] = field(default_factory=dict)  # subjects inside of ``unquoted``, by their text

    def last_before(self, offset: int) -> int:
        """The offset of the last mention before ``offset``, or -1."""
        number = bisect_left(self.all, offset)
        return self.all[number - 1] if number else -1

    def last_unquoted_before(self, offset: int) -> int:
        """The offset of the last unquoted mention before ``offset``, or -1."""
        number = bisect_left(self.unquoted, offset)
        return self.unquoted[number - 1] if number else -1

    def is_subject_between(self, start: int, end: int) -> bool:
        """Whether an unquoted mention after ``start`` and before ``end`` is a subject."""
        number = bisect_left(self.subjects, start + 1)
        return number < len(self.subjects) and self.subjects[number] < end


@dataclass(slots=True)
class PlacedMentions:
    """The mentions of the persons of one article. Mentions can be added to a person at any time."""

    reading: Reading
    _of: dict[int, OfOne] = field(default_factory=dict)

    def of(self, someone: Someone) -> OfOne:
        """The mentions of ``someone`` so far."""
        found = self._of.setdefault(id(someone), OfOne())
        for mention in someone.mentions[found.taken :]:
            self._take(found, someone, mention)
        found.taken = len(someone.mentions)
        return found

    def _take(self, found: OfOne, someone: Someone, mention: Mention) -> None:
        parts, own = fold(mention.name), fold(someone.name)
        insort(found.all, mention.start)
        found.by_first_name = found.by_first_name or (len(own) > 1 and parts == own[:1])
        if len(parts) == 1:
            found.first_single = min(found.first_single, mention.start)
        speaking = is_subject(self.reading, mention, speaking=True)
        if speaking:
            found.speaking.add(mention.start)
        if self.reading.quoted_at(mention.start) is not None:
            return
        insort(found.unquoted, mention.start)
        for index in self.reading.words_between(mention.start, mention.end):
            word = self.reading.words[index]
            if word.deprel == "nsubj":
                insort(found.subject_words.setdefault(word.text, []), word.start)
        if is_subject(self.reading, mention):
            insort(found.subjects, mention.start)
            if len(parts) == 1:
                found.first_single_subject = min(found.first_single_subject, mention.start)
        if speaking:
            found.first_speaking = min(found.first_speaking, mention.start)

    def has_unassigned_subject_before(self, mention: Mention, known: Sequence[Someone]) -> bool:
        """Whether the bare name was an unquoted subject before without being assigned to one of ``known``."""
        first = self.reading.words_between(mention.start, mention.end).start
        earlier = bisect_left(self.reading.subjects_called(mention.name), first)
        starts = (self.of(someone).subject_words.get(mention.name, ()) for someone in known)
        return sum(bisect_left(some, mention.start) for some in starts) < earlier


def is_subject(reading: Reading, mention: Mention, *, speaking: bool = False) -> bool:
    """Whether the name, or the noun it is in apposition to, is a subject.

    With ``speaking``, only subjects of reporting verbs count.
    """
    for index in reading.words_between(mention.start, mention.end):
        for word in (index, *reading.above(index)):
            relation = reading.words[word].deprel
            if relation == "nsubj" and (not speaking or classes_of(reading, reading.head[word])):
                return True
            if relation not in ("flat", "appos", "compound", "nmod:desc"):
                break
    return False
