"""Group the mentions of persons in one article: full names first, then surnames and first names.

Persons with the same surname are distinguished by title, gender, age words and suffixes. A surname that stays ambiguous
is assigned to nobody (``Persons.ambiguous``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import OSA

from quotetrack.extract.people import gender, namesakes
from quotetrack.extract.people.mentions import kind_of, mentions
from quotetrack.extract.people.name_index import NameIndex, OtherNames, initials_of, without_article
from quotetrack.extract.people.placed_mentions import PlacedMentions
from quotetrack.extract.people.someone import Mention, Someone
from quotetrack.extract.reading import Reading
from quotetrack.model import Entity
from quotetrack.text.names import TITLES, first_names, fold, generation, is_address

_OFFICES = {
    "president", "governor", "gov", "senator", "sen", "mayor", "representative", "rep", "congressman", "secretary",
}  # fmt: skip
# Forms of address before first names: "King Salman", "Sir Keir".
_BEFORE_FIRST_NAMES = {"sheikh", "sheikha", "king", "queen", "prince", "princess", "sir", "dame", "emir", "sultan"}
_MIN_TYPO_LENGTH = 7  # letters a surname needs for a typo to be accepted
_MIN_TYPO_LENGTH_AFTER_FIRST_NAMES = 5  # the same after two equal first names
_ARABIC_ARTICLE = re.compile(r"[AE]l\s\S+")
_ALSO_KNOWN_AS = re.compile(
    r"(?:['’]s)?,?\s\(?(?:who\sis\s)?(?:(?:also|better|best|mostly|popularly|widely|commonly|locally)\s)*"
    r"(?:known\s(?:\w+\s)?as|a\.?k\.?a\.?|alias|née)\s[\"“'‘]?"
)
_STARTS_WITH_LETTER = re.compile(r"(?:(?:al|el|d|l)[-’'])?[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Persons:
    """All persons named in an article; ``ambiguous`` has the offsets of surnames that two of them share."""

    all: list[Someone]
    ambiguous: frozenset[int]


def persons(reading: Reading, entities: Sequence[Entity]) -> Persons:
    """Return the persons named among ``entities`` with their mentions and, if known, their gender."""
    grouping = _Grouping(reading)
    return Persons(grouping.all(entities), frozenset(grouping.ambiguous))


class _Grouping:
    """Assigns the mentions of one article to persons."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.placed = PlacedMentions(reading)
        self.found: list[Someone] = []
        self.index = NameIndex()
        self.other_names: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.singles: set[str] = set()  # names that occur alone
        self.ambiguous: set[int] = set()

    def all(self, entities: Sequence[Entity]) -> list[Someone]:
        """Assign all mentions and return the persons."""
        named = [
            m for m in mentions(self.reading, entities, "person") if _STARTS_WITH_LETTER.match(m.name) or " " in m.name
        ]
        initials = {e.text.lower() for e in entities if e.text.isupper() and kind_of(e) not in ("person", None)}
        surnames = {fold(m.name)[-1] for m in named if len(fold(m.name)) > 1}
        initials -= {name for name in initials if len(name) > 5 or name in surnames}
        named = [m for m in named if m.name.lower() not in initials]  # "Isis" is not a person in an article about ISIS
        others = OtherNames(named)
        named = [kept for m in named if (kept := self._without_headline_words(m, others)) is not None]
        self._note_other_names(named)
        for mention in named:
            if len(fold(mention.name)) > 1:
                self._assign_full_name(mention)
        single = [m for m in named if len(fold(m.name)) == 1]
        self.singles = {fold(m.name)[0] for m in single}
        honorific_counts: Counter[int] = Counter()  # mentions with "Mr." or "Ms.", by person
        for mention in sorted(single, key=lambda m: gender.honorific(self.reading, m) == ""):
            chosen = self._assign_single_name(mention, honorific_counts)
            if chosen is None:
                self.ambiguous.add(mention.start)
            else:
                honorific_counts[id(chosen)] += gender.honorific(self.reading, mention) != ""
        for someone in self.found:
            someone.mentions.sort(key=lambda m: m.start)
        owners = {m.start: someone for someone in self.found for m in someone.mentions}
        for someone in self.found:
            known = (
                someone.gender or gender.by_honorific(self.reading, someone) or gender.by_noun(self.reading, someone)
            )
            guess = gender.by_first_name(someone)
            by_pronouns = "" if known else gender.by_pronouns(self.reading, someone, owners)
            someone.guessed = not known and bool(guess)
            someone.gender = known or ("" if by_pronouns and guess and by_pronouns != guess else guess or by_pronouns)
        return self.found

    def _note_other_names(self, named: Sequence[Mention]) -> None:
        """Record aliases that the article states: ``Marion Kettle, better known as Rex Dalby``."""
        for mention, other in pairwise(named):
            if len(fold(mention.name)) > 1 and _ALSO_KNOWN_AS.fullmatch(self.reading.text, mention.end, other.start):
                self.other_names[fold(other.name)] = fold(mention.name)

    def _assign_full_name(self, mention: Mention) -> None:
        """Assign a full name to a person with that name, or to a new one."""
        parts = fold(mention.name)
        if parts in self.other_names:
            existing = next(iter(self._named(self.other_names[parts])), None)
            if existing is not None:
                existing.mentions.append(mention)
                return
        for someone in self.index.like(mention.name):
            short, long = sorted((mention.name, someone.name), key=len)
            is_last_part = long.endswith(f" {short}")  # "Vale-Quist" or "Al Marri", before or after the full name
            if generation(someone.name) != generation(mention.name) and namesakes.is_another(
                self.reading, mention, someone
            ):
                continue
            has_arabic_article = is_last_part and _ARABIC_ARTICLE.fullmatch(short) is not None
            if has_arabic_article or (is_last_part and "-" in mention.name) or _same_person(fold(someone.name), parts):
                someone.mentions.append(mention)
                known = fold(someone.name)
                # "R. B. Vale" is fuller than "R. Vale"; the last word of "Ruth Vale Hammers" is a tagging error.
                fuller = len(parts) > len(known) if parts[-1] == known[-1] else len(parts) < len(known)
                fuller = len(mention.name) > len(someone.name) if has_arabic_article else fuller
                if fuller or (parts == known and generation(mention.name) and not generation(someone.name)):
                    someone.name = mention.name
                    self.index.rename(someone)
                return
        self._add(Someone(mention.name, "person", mentions=[mention]))

    def _add(self, someone: Someone) -> None:
        self.found.append(someone)
        self.index.add(someone)

    def _named(self, parts: tuple[str, ...]) -> list[Someone]:
        """The persons with exactly these parts of a name."""
        return [s for s in self.index.by_name(parts) if fold(s.name) == parts]

    def _without_headline_words(self, mention: Mention, others: OtherNames) -> Mention | None:
        """Remove capitalised words tagged as part of a name: ``Corners Vale``, ``Impeach Vale``, ``Vale Hammers``.

        Applies in headlines and at the start of a sentence, if the article has a full name with that surname and the
        whole string occurs nowhere else. ``None`` for two surnames in one (``Vale-Quist``).
        """
        parts = fold(mention.name)
        words = mention.name.split()
        if len(words) > 2 and words[0] == words[-1]:
            # "For Vale Ruth Vale …": the first word belongs to the phrase before the name. "Sabah Al-Khaled Al-Sabah" is whole.
            offset = mention.name.index(" ") + 1
            return Mention(mention.start + offset, mention.end, mention.name[offset:], mention.entity)
        if len(parts) < 2 or any(part in first_names() for part in parts[:-1]):
            return mention
        if "-" in mention.name and all(others.is_surname(part, parts) for part in parts):
            return None  # "Vale-Quist 4-2"
        if others.end_with(parts) or not (self._in_headline(mention) or self._opens_sentence(mention)):
            return mention
        if others.is_surname(parts[-1], parts):
            offset = mention.name.rindex(words[-1])
            return Mention(mention.start + offset, mention.end, words[-1], mention.entity)
        verb = self._in_headline(mention) and words[-1].endswith("s") and words[-1].lower() not in self.reading.text
        if others.is_surname(parts[0], parts) and len(words) == 2 and verb and not others.have(parts[1]):
            return Mention(mention.start, mention.start + len(words[0]), words[0], mention.entity)
        return mention

    def _in_headline(self, mention: Mention) -> bool:
        """Whether the name is in the headline: a first paragraph without a full stop at its end."""
        start, end = self.reading.parsed.paragraphs[0] if self.reading.parsed.paragraphs else (0, 0)
        return mention.end <= end and not self.reading.text.endswith((".", ".”", '."'), start, end)

    def _opens_sentence(self, mention: Mention) -> bool:
        """Whether the name starts a sentence and its first word is not tagged as a proper noun."""
        words = self.reading.words_between(mention.start, mention.end)
        is_first = bool(words) and self.reading.sentence_range(words.start).start == words.start
        return is_first and self.reading.words[words.start].upos != "PROPN"

    def _assign_single_name(self, mention: Mention, honorific_counts: Counter[int]) -> Someone | None:
        """Assign a single name to the person it means, or to a new person; ``None`` if it is ambiguous."""
        part = fold(mention.name)[0]
        if self.index.is_common(part):
            return None
        gender_by_honorific, title = gender.honorific(self.reading, mention), self._title(mention)
        by_last = [s for s in self.index.by_last(part) if fold(s.name)[-1] == part]
        by_last = by_last or self._by_alias(part)
        if self._word_before(mention).lower() in _BEFORE_FIRST_NAMES:
            # "Sheikh Sabah" is Sabah Al-Khaled Al-Sabah, not Nawaf Al-Sabah.
            by_last = [s for s in by_last if fold(s.name)[0] == part] or by_last
        # "Mr. Halvane" is not "Halvane Quist", except where the surname comes first ("Ban Ki-moon", "Mr. Ban") or people
        # are addressed by first name ("Mr. Somchai", if "Rattanakul" never occurs alone).
        by_first = [
            s
            for s in self.index.by_first(part)
            if fold(s.name)[0] == part
            and (not gender_by_honorific or part not in first_names() or fold(s.name)[-1] not in self.singles)
        ]
        # "Ms. Gomez" is "Maria Gomez Alvarez": the first of two surnames can stand for both.
        by_middle = [s for s in self.index.by_middle(part) if _is_first_of_surnames(part, s.name)]
        candidates = by_last or by_first or by_middle or self._by_initials(mention) or self._by_typo(mention, part)
        if gender_by_honorific:
            # "Mr. Vale" is somebody else if the article only names Ruth Vale in full.
            genders = {id(s): s.gender or gender.by_name(self.reading, s) for s in candidates}
            candidates = [s for s in candidates if genders[id(s)] == gender_by_honorific] or [
                s for s in candidates if not genders[id(s)]
            ]
        if len(candidates) > 1 and len(addressed := self._by_address(mention, candidates)) == 1:
            candidates = addressed
        if title and len(candidates) > 1:
            # "President Halvane" is neither Governor Ida Halvane nor her brother Anton, if neither has that title.
            titled = [
                s for s in candidates if any(self._title(m) == title or self._is_apposed(m, title) for m in s.mentions)
            ]
            others = [s for s in candidates if honorific_counts[id(s)] and not self._holds_other_office(s, title)]
            known = [s for s in candidates if s.first < mention.start]
            only_known = known if len(known) == 1 and not self._holds_other_office(known[0], title) else []
            candidates = titled or others or only_known
        if not candidates:
            candidates = [Someone(mention.name, "person", gender_by_honorific)]
            self._add(candidates[0])
        chosen = (
            namesakes.one_of(self.placed, mention, candidates, honorific_counts)
            if len(candidates) > 1
            else candidates[0]
        )
        if chosen is not None:
            chosen.mentions.append(mention)
            chosen.gender = chosen.gender or gender_by_honorific
        return chosen

    def _by_alias(self, part: str) -> list[Someone]:
        """The persons with another name that ends in ``part``, in order of first mention."""
        aliases = {name for other, name in self.other_names.items() if other[-1] == part}
        return [s for s in self.found if fold(s.name) in aliases] if aliases else []

    def _by_initials(self, mention: Mention) -> list[Someone]:
        """The only person named before whose full name has these initials: ``MBT`` for ``Marek bin Talor``."""
        if not re.fullmatch(r"[A-Z]{3,5}", mention.name):
            return []
        same = [
            s
            for s in self.index.by_initials(mention.name)
            if initials_of(s.name) == mention.name and s.first < mention.start
        ]
        return same if len(same) == 1 else []

    def _by_typo(self, mention: Mention, part: str) -> list[Someone]:
        """The only person whose surname is one typo away."""
        if len(part) < _MIN_TYPO_LENGTH - 1:
            return []
        address = self._title(mention) or gender.honorific(self.reading, mention)
        matches = [s for s in self.index.by_misspelt_last(part) if self._may_be_typo(s, part, address)]
        return matches if len(matches) == 1 else []

    def _may_be_typo(self, someone: Someone, part: str, address: str) -> bool:
        """Whether ``part`` is a misspelling of the person's surname.

        A short surname, or the only name of a person, also needs the same title or honorific (``address``).
        """
        name = fold(someone.name)
        same_address = address and any(
            (self._title(m) or gender.honorific(self.reading, m)) == address for m in someone.mentions
        )
        if len(part) < _MIN_TYPO_LENGTH or len(name) < 2:
            return bool(same_address) and _is_typo(name[-1], part)
        return _is_typo(name[-1], part)

    def _holds_other_office(self, someone: Someone, title: str) -> bool:
        """Whether an office other than ``title`` is beside the person's full name."""
        found = {
            word
            for mention in someone.mentions
            if " " in mention.name
            for word in re.findall(r"\w+", self.reading.text[max(0, mention.start - 40) : mention.end + 60].lower())
        }
        return bool(found & _OFFICES - {title}) and title in _OFFICES

    def _is_apposed(self, mention: Mention, title: str) -> bool:
        """Whether an apposition states the title: ``Jaan Ilves, a judge,``."""
        after = self.reading.text[mention.end : mention.end + 60].lower()
        return re.match(rf",\s(?:an?|the|his|her|[\w’']+)\s(?:[\w-]+\s){{0,3}}?{title}\b", after) is not None

    def _by_address(self, mention: Mention, candidates: list[Someone]) -> list[Someone]:
        """Return the candidates whose full names had this form of address: ``Adv Vale`` after ``Advocate Ruth Vale``."""
        address = self._word_before(mention)
        if not is_address(address) or gender.honorific(self.reading, mention):
            return []
        full = [(s, m) for s in candidates for m in s.mentions if m.start < mention.start and " " in m.name]
        return [s for s, m in full if self._word_before(m).lower().startswith(address.lower())]

    def _word_before(self, mention: Mention) -> str:
        """The word before a name, without a full stop; empty if there is none."""
        found = re.search(r"(\w+)\.?[ \u00a0]+$", self.reading.text[max(0, mention.start - 20) : mention.start])
        return found[1] if found else ""

    def _title(self, mention: Mention) -> str:
        """The title before a name in lower case; empty if there is none."""
        # The last word of the previous sentence is not a title: "a candidate. Vale …".
        match = re.search(r"(\w+)\.?[ \u00a0]+$", self.reading.text[max(0, mention.start - 16) : mention.start])
        if match and match[0].strip().endswith(".") and len(match[1]) > 4:
            return ""
        word = match[1].lower() if match else ""
        return word if word in TITLES else ""


def _is_first_of_surnames(part: str, name: str) -> bool:
    """Whether the part of a name can stand for the whole: ``Gomez`` in ``Maria Gomez Alvarez``, ``Li`` in ``Don Li Kwok-tung``."""
    parts = fold(name)
    if part not in parts[1:-1]:
        return False
    return part not in first_names() or (parts[1] == part and name.count(" ") == 2 and "-" in name.split()[-1])


def _is_typo(name: str, printed: str) -> bool:
    """Whether two names differ by one letter, two swapped letters or an Arabic article (``Elquaiz``, ``Alquaiz``)."""
    name, printed = without_article(name), without_article(printed)
    return name[0] == printed[0] and OSA.distance(name, printed, score_cutoff=1) <= 1


def _same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two full names can be one person.

    ``Robert C Scott`` and ``Robert Scott`` can; ``Ann Scott`` and ``Robert Scott`` cannot.
    """
    if a == b:
        return True
    if a[-1] != b[-1]:
        if len(a) == len(b) and len(a) > 1 and a[:-1] == b[:-1]:
            return min(len(a[-1]), len(b[-1])) >= _MIN_TYPO_LENGTH_AFTER_FIRST_NAMES + (len(a) == 2) * 2 and _is_typo(
                a[-1], b[-1]
            )
        return (len(a) > 2 and len(b) > 1 and (a[: len(b)] == b)) or (len(b) > 2 and len(a) > 1 and b[: len(a)] == a)
    if a[0] == b[0]:
        # "George H. Vale" and "George W. Vale" are two persons.
        return not (a[1:-1] and b[1:-1]) or a[1][0] == b[1][0]
    if min(len(a[0]), len(b[0])) >= _MIN_TYPO_LENGTH - 1 and _is_typo(a[0], b[0]):
        return True  # "Hilary", "Hillary"
    short, long = sorted((a, b), key=len)
    if short == long[-len(short) :] and (2 <= len(short) < len(long) - 1 or short[0] not in first_names()):
        return True  # both surnames without the first names: "Vélez Orduna"
    return (len(a[0]) == 1 and b[0].startswith(a[0])) or (len(b[0]) == 1 and a[0].startswith(b[0]))
