"""Mentions of persons to persons, within one article: a full name is the anchor, surnames and titles refer to it.

Two persons of one surname are told apart by title, by gender, by ``the elder`` and ``Jr.``; where nothing tells, a bare surname is
nobody's (``Persons.open``).
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
from quotetrack.extract.people.someone import Mention, Someone
from quotetrack.extract.reading import Reading
from quotetrack.model import Entity
from quotetrack.text.names import TITLES, first_names, fold, generation, is_address

_OFFICES = {
    "president",
    "governor",
    "gov",
    "senator",
    "sen",
    "mayor",
    "representative",
    "rep",
    "congressman",
    "secretary",
}
_LONG_ENOUGH = 7  # letters of a surname that may have a slip
_SHORT_SLIP = 5  # the same, behind two first names that are alike
_ARTICLE = re.compile(r"[AE]l\s\S+")
_ALSO = re.compile(
    r"(?:['’]s)?,?\s\(?(?:who\sis\s)?(?:(?:also|better|best|mostly|popularly|widely|commonly|locally)\s)*"
    r"(?:known\s(?:\w+\s)?as|a\.?k\.?a\.?|alias|née)\s[\"“'‘]?"
)
_CAPITAL = re.compile(r"(?:(?:al|el|d|l)[-’'])?[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Persons:
    """Every person the article names, each with all their mentions; ``open`` is where surnames stand that two of them share."""

    all: list[Someone]
    open: frozenset[int]


def persons(reading: Reading, entities: Sequence[Entity]) -> Persons:
    """Whom the article names, with what is known of their gender."""
    placing = _Placing(reading)
    return Persons(placing.all(entities), frozenset(placing.open))


class _Placing:
    """One article's persons while mentions are given to them."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.found: list[Someone] = []
        self.other_names: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.singles: set[str] = set()  # the names that stand by themselves
        self.open: set[int] = set()

    def all(self, entities: Sequence[Entity]) -> list[Someone]:
        named = [m for m in mentions(self.reading, entities, "person") if _CAPITAL.match(m.name) or " " in m.name]
        initials = {e.text.lower() for e in entities if e.text.isupper() and kind_of(e) not in ("person", None)}
        surnames = {fold(m.name)[-1] for m in named if len(fold(m.name)) > 1}
        initials -= {name for name in initials if len(name) > 5 or name in surnames}
        named = [m for m in named if m.name.lower() not in initials]  # "Isis" in an article about ISIS
        named = [kept for m in named if (kept := self._without_headline_words(m, named)) is not None]
        self._note_other_names(named)
        for mention in named:
            if len(fold(mention.name)) > 1:
                self._place_full(mention)
        single = [m for m in named if len(fold(m.name)) == 1]
        self.singles = {fold(m.name)[0] for m in single}
        called: Counter[int] = Counter()  # how often "Mr." or "Ms." stands before the surname of each
        for mention in sorted(single, key=lambda m: gender.honorific(self.reading, m) == ""):
            chosen = self._place_single(mention, called)
            if chosen is None:
                self.open.add(mention.start)
            else:
                called[id(chosen)] += gender.honorific(self.reading, mention) != ""
        for someone in self.found:
            someone.mentions.sort(key=lambda m: m.start)
        for someone in self.found:
            others = {m.start for s in self.found if s is not someone for m in s.mentions}
            told = someone.gender or gender.by_honorific(self.reading, someone) or gender.by_noun(self.reading, someone)
            guess = gender.by_first_name(someone)
            followed = "" if told else gender.by_pronouns(self.reading, someone, others)
            someone.guessed = not told and bool(guess)
            someone.gender = told or ("" if followed and guess and followed != guess else guess or followed)
        return self.found

    def _note_other_names(self, named: Sequence[Mention]) -> None:
        """Note the names that the article says a person goes by as well: ``Marion Kettle, better known as Rex Dalby``."""
        for mention, other in pairwise(named):
            if len(fold(mention.name)) > 1 and _ALSO.fullmatch(self.reading.text, mention.end, other.start):
                self.other_names[fold(other.name)] = fold(mention.name)

    def _place_full(self, mention: Mention) -> None:
        parts = fold(mention.name)
        if parts in self.other_names:
            named = next((s for s in self.found if fold(s.name) == self.other_names[parts]), None)
            if named is not None:
                named.mentions.append(mention)
                return
        for someone in self.found:
            short, long = sorted((mention.name, someone.name), key=len)
            same = long.endswith(f" {short}")  # "Vale-Quist" or "Al Marri", after or before the full name
            if generation(someone.name) != generation(mention.name) and namesakes.is_another(
                self.reading, mention, someone
            ):
                continue
            article = same and _ARTICLE.fullmatch(short) is not None
            if article or (same and "-" in mention.name) or _same_person(fold(someone.name), parts):
                someone.mentions.append(mention)
                known = fold(someone.name)
                # Of "Ruth Vale Hammers" in a headline and "Ruth Vale" the longer is the tagger's slip, of "R. B. Vale" it is not.
                fuller = len(parts) > len(known) if parts[-1] == known[-1] else len(parts) < len(known)
                fuller = len(mention.name) > len(someone.name) if article else fuller
                if fuller or (parts == known and generation(mention.name) and not generation(someone.name)):
                    someone.name = mention.name
                return
        self.found.append(Someone(mention.name, "person", mentions=[mention]))

    def _without_headline_words(self, mention: Mention, named: list[Mention]) -> Mention | None:
        """The surname alone of what the tagger took for a name where a line in capitals or a sentence begins: ``Corners Vale``,
        ``Impeach Vale``, ``Vale Hammers``; nothing for two surnames in one (``Vale-Quist``).

        Only where the article names somebody of that surname in full and nobody by the whole of it elsewhere.
        """
        parts = fold(mention.name)
        if len(parts) > 2 and parts[0] == parts[-1]:
            # "For Vale Ruth Vale …": a name and the end of what stands before it.
            offset = mention.name.index(" ") + 1
            return Mention(mention.start + offset, mention.end, mention.name[offset:], mention.entity)
        if len(parts) < 2 or any(part in first_names() for part in parts[:-1]):
            return mention
        others = {fold(m.name) for m in named if m.start != mention.start}
        full = {o[-1] for o in others if len(o) > 1 and o[0] in first_names() and o[-1] not in o[:-1]}
        if "-" in mention.name and set(parts) <= full:
            return None  # "Vale-Quist 4-2"
        if any(other[-len(parts) :] == parts for other in others) or not (
            self._in_capitals(mention) or self._opens(mention)
        ):
            return mention
        words = mention.name.split()
        if parts[-1] in full:
            offset = mention.name.rindex(words[-1])
            return Mention(mention.start + offset, mention.end, words[-1], mention.entity)
        verb = self._in_capitals(mention) and words[-1].endswith("s") and words[-1].lower() not in self.reading.text
        if parts[0] in full and len(words) == 2 and verb and parts[1] not in {part for o in others for part in o}:
            return Mention(mention.start, mention.start + len(words[0]), words[0], mention.entity)
        return mention

    def _in_capitals(self, mention: Mention) -> bool:
        """Whether the name stands in a headline."""
        start, end = self.reading.parsed.paragraphs[0] if self.reading.parsed.paragraphs else (0, 0)
        return mention.end <= end and not self.reading.text[start:end].endswith((".", ".”", '."'))

    def _opens(self, mention: Mention) -> bool:
        """Whether a sentence begins with the name, and its first capital tells nothing, unless the tagger takes it for a name."""
        words = self.reading.words_between(mention.start, mention.end)
        opens = bool(words) and self.reading.sentence_range(words.start).start == words.start
        return opens and self.reading.words[words.start].upos != "PROPN"

    def _place_single(self, mention: Mention, called: Counter[int]) -> Someone | None:
        """Whom a single name stands for: a new person where the article names nobody so, nobody where it names two."""
        part = fold(mention.name)[0]
        told, title = gender.honorific(self.reading, mention), self._title(mention)
        by_last = [s for s in self.found if fold(s.name)[-1] == part]
        also = {name for other, name in self.other_names.items() if other[-1] == part}
        by_last = by_last or [s for s in self.found if fold(s.name) in also]
        # "Mr. Halvane" is no "Halvane Quist", but where names are told surname first he is: "Ban Ki-moon", "Mr. Ban"; and where
        # people go by their first names: "Mr. Somchai" in an article that calls nobody "Rattanakul".
        by_first = [
            s
            for s in self.found
            if fold(s.name)[0] == part
            and (not told or part not in first_names() or fold(s.name)[-1] not in self.singles)
        ]
        # "Ms. Gomez" is Maria Gomez Alvarez: of two surnames the first may stand for both.
        by_middle = [s for s in self.found if part in fold(s.name)[1:-1] and part not in first_names()]
        candidates = by_last or by_first or by_middle or self._by_initials(mention) or self._by_slip(mention, part)
        if told:
            # "Mr. Obama" in an article that names only Michelle Obama in full is somebody else.
            genders = {id(s): s.gender or gender.by_name(self.reading, s) for s in candidates}
            candidates = [s for s in candidates if genders[id(s)] == told] or [
                s for s in candidates if not genders[id(s)]
            ]
        if len(candidates) > 1 and len(addressed := self._by_address(mention, candidates)) == 1:
            candidates = addressed
        if title and len(candidates) > 1:
            # "President Halvane" beside Governor Ida Halvane and her brother Anton: neither, if neither is called so.
            titled = [s for s in candidates if any(self._title(m) == title or self._is(m, title) for m in s.mentions)]
            others = [s for s in candidates if called[id(s)] and not self._holds_another(s, title)]
            known = [s for s in candidates if s.first < mention.start]
            alone = known if len(known) == 1 and not self._holds_another(known[0], title) else []
            candidates = titled or others or alone
        if not candidates:
            candidates = [Someone(mention.name, "person", told)]
            self.found += candidates
        chosen = namesakes.one_of(self.reading, mention, candidates, called) if len(candidates) > 1 else candidates[0]
        if chosen is not None:
            chosen.mentions.append(mention)
            chosen.gender = chosen.gender or told
        return chosen

    def _by_initials(self, mention: Mention) -> list[Someone]:
        """``MBT`` of ``Marek bin Talor``: the only person whose whole name has these initials."""
        if not re.fullmatch(r"[A-Z]{3,5}", mention.name):
            return []
        same = [s for s in self.found if _initials(s.name) == mention.name and s.first < mention.start]
        return same if len(same) == 1 else []

    def _by_slip(self, mention: Mention, part: str) -> list[Someone]:
        """The only person whose surname is a letter off: a slip of the article's own, or of whoever scanned it."""
        if len(part) < _LONG_ENOUGH - 1:
            return []
        called = self._title(mention) or gender.honorific(self.reading, mention)
        slips = [s for s in self.found if self._may_slip(s, part, called)]
        return slips if len(slips) == 1 else []

    def _may_slip(self, someone: Someone, part: str, called: str) -> bool:
        """Whether ``part`` is a misspelling of the person's surname, or of their only name where both are called alike."""
        name = fold(someone.name)
        alike = called and any(
            (self._title(m) or gender.honorific(self.reading, m)) == called for m in someone.mentions
        )
        if len(part) < _LONG_ENOUGH or len(name) < 2:
            return bool(alike) and _slip(name[-1], part)
        return _slip(name[-1], part)

    def _holds_another(self, someone: Someone, title: str) -> bool:
        """Whether another office than ``title`` stands beside the person's full name."""
        found = {
            word
            for mention in someone.mentions
            if " " in mention.name
            for word in re.findall(r"\w+", self.reading.text[max(0, mention.start - 40) : mention.end + 60].lower())
        }
        return bool(found & _OFFICES - {title}) and title in _OFFICES

    def _is(self, mention: Mention, title: str) -> bool:
        """``Jaan Ilves, a judge,``: whether an apposition says what the title does."""
        after = self.reading.text[mention.end : mention.end + 60].lower()
        return re.match(rf",\s(?:an?|the|his|her|[\w’']+)\s(?:[\w-]+\s){{0,3}}?{title}\b", after) is not None

    def _by_address(self, mention: Mention, candidates: list[Someone]) -> list[Someone]:
        """The ones of ``candidates`` whose full names have had the form of address before the surname: ``Adv Vale``, ``Advocate Ruth Vale``."""
        address = self._word_before(mention)
        if not is_address(address) or gender.honorific(self.reading, mention):
            return []
        full = [(s, m) for s in candidates for m in s.mentions if m.start < mention.start and " " in m.name]
        return [s for s, m in full if self._word_before(m).lower().startswith(address.lower())]

    def _word_before(self, mention: Mention) -> str:
        """The word before a name, without a stop; empty where there is none."""
        found = re.search(r"(\w+)\.?[ \u00a0]+$", self.reading.text[max(0, mention.start - 20) : mention.start])
        return found[1] if found else ""

    def _title(self, mention: Mention) -> str:
        """The title that stands before a name, in lower case; empty where none does."""
        # Of the words of the sentence before none is a title: "a candidate. Vale …".
        match = re.search(r"(\w+)\.?[ \u00a0]+$", self.reading.text[max(0, mention.start - 16) : mention.start])
        if match and match[0].strip().endswith(".") and len(match[1]) > 4:
            return ""
        word = match[1].lower() if match else ""
        return word if word in TITLES else ""


def _slip(name: str, printed: str) -> bool:
    """Whether one letter, two that changed places or the vowel of an Arabic article (``Elquaiz``, ``Alquaiz``) is all the difference."""
    name, printed = (re.sub(r"^[ae]l(?=\w{5})", "", word) for word in (name, printed))
    return name[0] == printed[0] and OSA.distance(name, printed, score_cutoff=1) <= 1


def _initials(name: str) -> str:
    return "".join(part[0] for part in re.split(r"[\s-]+", name) if part).upper()


def _same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """``Robert C Scott`` and ``Robert Scott`` are one; ``Ann Scott`` and ``Robert Scott`` are two."""
    if a == b:
        return True
    if a[-1] != b[-1]:
        if len(a) == len(b) and len(a) > 1 and a[:-1] == b[:-1]:
            return min(len(a[-1]), len(b[-1])) >= _SHORT_SLIP + (len(a) == 2) * 2 and _slip(a[-1], b[-1])
        return (len(a) > 2 and len(b) > 1 and (a[: len(b)] == b)) or (len(b) > 2 and len(a) > 1 and b[: len(a)] == a)
    if a[0] == b[0]:
        # "George H. Vale" and "George W. Vale" are father and son.
        return not (a[1:-1] and b[1:-1]) or a[1][0] == b[1][0]
    if min(len(a[0]), len(b[0])) >= _LONG_ENOUGH - 1 and _slip(a[0], b[0]):
        return True  # `Hilary`, `Hillary`
    short, long = sorted((a, b), key=len)
    if short == long[-len(short) :] and (2 <= len(short) < len(long) - 1 or short[0] not in first_names()):
        return True  # both surnames without the first names: `Vélez Orduna`
    return (len(a[0]) == 1 and b[0].startswith(a[0])) or (len(b[0]) == 1 and a[0].startswith(b[0]))
