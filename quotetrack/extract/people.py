"""Who appears in an article: persons and bodies, the names they go by there, and what is known of them.

Names are matched within one article only. A full name is the anchor; a surname, a title with a surname or an
abbreviation in brackets refers to it. Two persons of one surname are told apart by title or stay apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from quotetrack.extract.names import FEMALE, MALE, TITLES, first_names, fold, strip_title
from quotetrack.extract.reading import Reading
from quotetrack.extract.titles import whole_names
from quotetrack.model import Entity, SpeakerType

_TYPES: dict[str, SpeakerType] = {
    "PERSON": "person", "PER": "person", "ORG": "organisation", "ORGANIZATION": "organisation",
    "GPE": "place", "LOCATION": "place", "LOC": "place", "NORP": "group",
    "FAC": "organisation", "FACILITY": "organisation",
}  # fmt: skip
_TOLD_BY = {"he": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "herself": "f"}
_NOT_IN_SHORT = {"house", "states", "america", "nations", "state", "street"}  # "the House" is not the White House
_LONG_ENOUGH = 7  # letters of a surname that may have a slip
_MALE_NOUNS = {
    "spokesman",
    "chairman",
    "congressman",
    "councilman",
    "businessman",
    "king",
    "actor",
    "man",
    "policeman",
    "fisherman",
    "ferryman",
    "boy",
    "waiter",
    "alderman",
}
_FEMALE_NOUNS = {
    "spokeswoman",
    "chairwoman",
    "congresswoman",
    "councilwoman",
    "businesswoman",
    "queen",
    "actress",
    "woman",
    "policewoman",
    "girl",
    "waitress",
    "widow",
    "housewife",
}


_NOBODY = re.compile(r"[RDI]-[A-Z]|(?:God|Allah|Jesus(?: Christ)?|Satan)$")  # "(R-Ky.)", and whom nobody can ask


@dataclass(slots=True)
class Mention:
    """One place where an entity is named; ``name`` is the text without title, honorific and possessive."""

    start: int
    end: int
    name: str
    entity: Entity


@dataclass(slots=True)
class Someone:
    """A person or body of one article. ``gender`` is ``m``, ``f`` or empty where nothing tells."""

    name: str
    type: SpeakerType
    gender: str = ""
    mentions: list[Mention] = field(default_factory=list)
    abbreviation: str = ""

    @property
    def first(self) -> int:
        return self.mentions[0].start


class Register:
    """Everyone and every body an article names, and how to look them up by a phrase."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.everyone: list[Someone] = []
        self._entities = whole_names(reading)
        self._place_starts = {e.start for e in self._entities if _TYPES.get(e.type.upper()) == "place"}
        self._add_persons()
        self._add_bodies()
        self.everyone.sort(key=lambda s: s.first)

    def at(
        self, start: int, end: int, types: tuple[str, ...] = ("person", "organisation", "place", "group")
    ) -> list[tuple[Mention, Someone]]:
        """The mentions inside ``start:end``, in text order."""
        found = [
            (m, s) for s in self.everyone if s.type in types for m in s.mentions if m.start < end and start < m.end
        ]
        return sorted(found, key=lambda pair: pair[0].start)

    def author(self) -> Someone | None:
        """Who wrote the article, where one of its last paragraphs tells only that (``Ruth Vale teaches law at …``)."""
        for start, end in self.reading.parsed.paragraphs[-2:]:
            for someone in self.persons():
                mention = someone.mentions[0]
                if (
                    mention.start == start
                    and " " in mention.name
                    and re.match(
                        r",?\s(?:is|was|writes|teaches|serves|works|covers|reports|directs|runs)\s",
                        self.reading.text[mention.end : end],
                    )
                ):
                    return someone
        return None

    def persons(self) -> Iterator[Someone]:
        return (s for s in self.everyone if s.type == "person")

    def _mentions(self, *types: str) -> list[Mention]:
        found = []
        for entity in self._entities:
            if _TYPES.get(entity.type.upper()) not in types or "\n" in entity.text:
                continue
            if self._is_dateline(entity):
                continue
            name, offset, _ = strip_title(self._trimmed(entity))
            if name and any(c.isalpha() for c in name) and not _NOBODY.match(name):
                glued = re.match(r"[AP]M(?=[A-Z][a-z])", name)  # "4:29 PMRuth Vale", as pages run together
                spare = 2 if glued else len(name) - len(name.lstrip(">*•#@|"))
                name, offset = name[spare:], offset + spare
                start = entity.start + offset
                found.append(Mention(start, start + len(name), name, entity))
        return found

    def _trimmed(self, entity: Entity) -> str:
        """The entity's text without a verb or adverb that the tagger took into a person's name (``Ruth Vale grilled``)."""
        text = entity.text
        if _TYPES.get(entity.type.upper()) != "person":
            return text
        words = list(self.reading.words_between(entity.start, entity.end))
        while (
            len(words) > 1
            and self.reading.text[self.reading.words[words[-1]].start - 1].isspace()
            and (
                self.reading.words[words[-1]].text.islower()
                or self.reading.words[words[-1]].upos in ("VERB", "AUX", "ADV", "ADP", "SCONJ")
            )
        ):
            words.pop()
            text = self.reading.text[entity.start : self.reading.words[words[-1]].end]
        return text

    def _is_dateline(self, entity: Entity) -> bool:
        """``CHARLOTTE - The wife of …``: a place in capitals that opens a paragraph, whatever the tagger takes it for."""
        after = self.reading.text[entity.end : entity.end + 3]
        opens = any(start == entity.start for start, _ in self.reading.parsed.paragraphs)
        return opens and entity.text.isupper() and bool(re.match(r"\s?[-–—(,]", after))

    def _add_persons(self) -> None:
        mentions = [m for m in self._mentions("person") if m.name[:1].isupper() or " " in m.name]
        initials = {
            e.text.lower() for e in self._entities if e.text.isupper() and _TYPES.get(e.type.upper()) != "person"
        }
        surnames = {fold(m.name)[-1] for m in mentions if len(fold(m.name)) > 1}
        initials -= {name for name in initials if len(name) > 5 or name in surnames}
        mentions = [m for m in mentions if m.name.lower() not in initials]  # "Isis" in an article about ISIS
        mentions = [self._without_headline_verb(m, mentions) for m in mentions]
        for mention in mentions:
            if len(fold(mention.name)) > 1:
                self._place_full(mention)
        single = [m for m in mentions if len(fold(m.name)) == 1]
        called: Counter[int] = Counter()  # how often "Mr." or "Ms." stands before the surname of each
        for mention in sorted(single, key=lambda m: self._honorific(m) == ""):
            chosen = self._place_single(mention, called)
            called[id(chosen)] += self._honorific(mention) != ""
        for someone in self.everyone:
            someone.mentions.sort(key=lambda m: m.start)
            someone.gender = someone.gender or self._gender(someone) or self._pronouns_after(someone)

    def _pronouns_after(self, someone: Someone) -> str:
        """What the pronouns tell that follow the name as a subject before anybody else comes up, in its sentence or at the
        head of the next."""
        others = {m.start for s in self.persons() if s is not someone for m in s.mentions}
        told: Counter[str] = Counter()
        for mention in someone.mentions:
            inside = self.reading.words_between(mention.start, mention.end)
            if not any(self.reading.words[i].deprel.startswith("nsubj") for i in inside):
                continue
            stop = self.reading.sentence_range(inside.start).stop
            for i in range(inside.stop, min(stop + 1, len(self.reading.words))):
                word = self.reading.words[i]
                if word.start in others or word.text.lower() in _MALE_NOUNS | _FEMALE_NOUNS:
                    break
                if self.reading.is_quoted(i) != self.reading.is_quoted(inside.start):
                    break
                if word.text.lower() in ("him", "her") and word.deprel != "nmod:poss":
                    break  # "Vale backed her" tells of somebody else
                if word.text.lower() in _TOLD_BY:
                    told[_TOLD_BY[word.text.lower()]] += 1
                    break
        (gender, often), *rest = told.most_common(2) or [("", 0)]
        return gender if often >= 3 * sum(n for _, n in rest) else ""

    def _place_full(self, mention: Mention) -> None:
        parts = fold(mention.name)
        for someone in self.everyone:
            if _same_person(fold(someone.name), parts):
                someone.mentions.append(mention)
                known = fold(someone.name)
                # Of "Ruth Vale Hammers" in a headline and "Ruth Vale" the longer is the tagger's slip, of "R. B. Vale" it is not.
                if len(parts) > len(known) if parts[-1] == known[-1] else len(parts) < len(known):
                    someone.name = mention.name
                return
        self.everyone.append(Someone(mention.name, "person", mentions=[mention]))

    def _without_headline_verb(self, mention: Mention, mentions: list[Mention]) -> Mention:
        """``Corners Vale`` in a headline as ``Vale``, if the article names a Vale in full and nobody else so."""
        parts = fold(mention.name)
        paragraphs = self.reading.parsed.paragraphs
        if len(parts) != 2 or not paragraphs or mention.end > paragraphs[0][1] or parts[0] in first_names():
            return mention
        others = {fold(m.name) for m in mentions if m.start > paragraphs[0][1]}
        if parts in others or not any(len(o) > 1 and o[-1] == parts[1] and o[0] in first_names() for o in others):
            return mention
        offset = mention.name.rindex(" ") + 1
        return Mention(mention.start + offset, mention.end, mention.name[offset:], mention.entity)

    def _place_single(self, mention: Mention, called: Counter[int]) -> Someone:
        part = fold(mention.name)[0]
        gender, title = self._honorific(mention), self._title(mention)
        by_last = [s for s in self.everyone if fold(s.name)[-1] == part]
        candidates = by_last or [s for s in self.everyone if fold(s.name)[0] == part and gender == ""]
        if not candidates and len(part) >= _LONG_ENOUGH:
            # One letter off a surname that the article prints in full: a slip, of its own or of whoever scanned it.
            slips = [s for s in self.everyone if len(fold(s.name)) > 1 and _slip(fold(s.name)[-1], part)]
            candidates = slips if len(slips) == 1 else []
        if gender:
            # "Mr. Obama" in an article that names only Michelle Obama in full is somebody else.
            candidates = [s for s in candidates if (s.gender or self._gender(s)) in (gender, "")]
        if title and len(candidates) > 1:
            candidates = [s for s in candidates if any(self._title(m) == title for m in s.mentions)] or candidates
        if not candidates:
            candidates = [Someone(mention.name, "person", gender)]
            self.everyone += candidates
        # Of several with this surname, the one whom honorifics go with, else the one the article introduced first: the
        # others keep their first names.
        chosen = min(candidates, key=lambda one: (-called[id(one)], one.mentions[0].start if one.mentions else 0))
        chosen.mentions.append(mention)
        chosen.gender = chosen.gender or gender
        return chosen

    def _title(self, mention: Mention) -> str:
        """The title that stands before a name, in lower case; empty where none does."""
        match = re.search(r"(\w+)\.?\s+$", self.reading.text[max(0, mention.start - 16) : mention.start])
        word = match[1].lower() if match else ""
        return word if word in TITLES else ""

    def _honorific(self, mention: Mention) -> str:
        before = self.reading.text[max(0, mention.start - 12) : mention.start]
        match = re.search(r"(\w+)\.?\s+$", before)
        word = match[1].lower() if match else ""
        return "m" if word in MALE else "f" if word in FEMALE else ""

    def _gender(self, someone: Someone) -> str:
        for mention in someone.mentions:
            if gender := self._honorific(mention):
                return gender
        if len(fold(someone.name)) > 1:
            first = someone.name.split()[0].lower().strip(".")
            if gender := first_names().get(first, ""):
                return gender
        for mention in someone.mentions[:3]:
            if gender := self._noun_beside(mention):
                return gender
        return ""

    def _noun_beside(self, mention: Mention) -> str:
        """``spokeswoman Ann Vale``, ``Vale, a retired policeman``: what the noun beside the name tells."""
        before = re.search(r"([a-z]+)\s+$", self.reading.text[max(0, mention.start - 30) : mention.start].lower())
        after = re.match(
            r",\s+(?:an?|the|[\w.]+['’]s)\s+((?:[\w-]+\s+){0,4}[\w-]+)",
            self.reading.text[mention.end : mention.end + 70].lower(),
        )
        words = {*([before[1]] if before else []), *(after[1].split() if after else [])}
        male, female = bool(words & _MALE_NOUNS), bool(words & _FEMALE_NOUNS)
        return "m" if male and not female else "f" if female and not male else ""

    def _add_bodies(self) -> None:
        bodies: list[Someone] = []
        persons = {m.start for s in self.everyone for m in s.mentions}
        for mention in self._mentions("organisation", "place", "group"):
            if mention.start in persons:
                continue
            kind = _TYPES[mention.entity.type.upper()]
            if owner := self._surname_of(mention):
                owner.mentions.append(mention)
                owner.mentions.sort(key=lambda m: m.start)
                continue
            mention = self._finished(self._widened(mention, kind), kind)
            key = _body_key(mention.name)
            known = next((b for b in bodies if _body_key(b.name) == key or b.abbreviation == mention.name), None)
            known = known or self._in_short(mention.start, mention.name, bodies)
            if known is None:
                known = Someone(mention.name, kind)
                bodies.append(known)
            known.mentions.append(mention)
            if abbreviation := self._abbreviation(mention):
                known.abbreviation = abbreviation
                for other in [b for b in bodies if b is not known and b.name == abbreviation]:
                    known.mentions += other.mentions
                    bodies.remove(other)
        for body in bodies:
            body.mentions.sort(key=lambda m: m.start)
        self.everyone += bodies

    def _surname_of(self, mention: Mention) -> Someone | None:
        """The person whose surname the tagger took for a body's name."""
        parts = fold(mention.name)
        if (
            len(parts) != 1
            or (mention.name.isupper() and len(parts[0]) < 5)
            or self.reading.text[: mention.start].endswith(("the ", "The "))
        ):
            return None
        same = [
            s for s in self.everyone if s.type == "person" and len(fold(s.name)) > 1 and fold(s.name)[-1] == parts[0]
        ]
        return same[0] if len(same) == 1 and same[0].first < mention.start else None

    def _widened(self, mention: Mention, kind: SpeakerType) -> Mention:
        """A body's whole name where the tagger cut it: ``Syrian`` + ``Observatory for Human Rights``."""
        if kind != "organisation":
            return mention
        words = self.reading.words_between(mention.start, mention.end)
        if not words:
            return mention
        first = words[0]
        while (
            first - 1 in self.reading.sentence_range(words[0])
            and self.reading.words[first - 1].text[:1].isupper()
            and self.reading.words[first - 1].upos in ("PROPN", "ADJ")
            and self.reading.words[first - 1].end + 1 == self.reading.words[first].start
            and self.reading.head[first - 1] in range(first, words[-1] + 1)
            and first - 1 > self.reading.sentence_range(words[0]).start
        ):
            first -= 1
        start = self.reading.words[first].start
        return Mention(start, mention.end, self.reading.text[start : mention.end], mention.entity)

    def body_in_short(self, start: int, name: str) -> Someone | None:
        """The body that the words after an article are the last of: ``the Tribune`` after ``the Calder Tribune``."""
        return self._in_short(start, name, [s for s in self.everyone if s.type == "organisation" and s.first < start])

    def _in_short(self, start: int, name: str, bodies: list[Someone]) -> Someone | None:
        bare = re.sub(r"^[Tt]he\s", "", name)
        parts = fold(bare)
        if (
            (bare == name and not self.reading.text[:start].endswith(("the ", "The ")))
            or len(parts) != 1
            or parts[0] in _NOT_IN_SHORT
        ):
            return None
        found = [
            b for b in bodies if len(fold(b.name)) > 1 and fold(b.name)[-1] == parts[0] and b.type == "organisation"
        ]
        return found[0] if len(found) == 1 else None

    def _finished(self, mention: Mention, kind: SpeakerType) -> Mention:
        """A name that the tagger broke off before its last words: ``Trade Council of`` + ``Port Selby``."""
        if kind != "organisation" or not re.search(r"\s(?:of|for|and)(?:\s(?:the|[A-Z]\S*))?$", mention.name):
            return mention
        rest = re.match(r"\s[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)*", self.reading.text[mention.end :][:60])
        open_end = mention.name.endswith((" of", " for", " and", " the"))
        if rest is None or not (open_end or mention.end + 1 in self._place_starts):
            return mention
        end = mention.end + rest.end()
        return Mention(mention.start, end, self.reading.text[mention.start : end], mention.entity)

    def _abbreviation(self, mention: Mention) -> str:
        match = re.match(
            r"\s*[(\[]\s*(?:the\s+)?[\"“«]?([A-Z][A-Za-z&.-]{1,9})[\"”»]?\s*[)\]]",
            self.reading.text[mention.end : mention.end + 20],
        )
        if match and sum(c.isupper() for c in match[1]) >= 2:
            return match[1]
        return ""


def _slip(name: str, printed: str) -> bool:
    return name[0] == printed[0] and Levenshtein.distance(name, printed, score_cutoff=1) <= 1


def _body_key(name: str) -> str:
    return re.sub(r"^the\s+", "", " ".join(fold(name)))


def _same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """``Robert C Scott`` and ``Robert Scott`` are one; ``Ann Scott`` and ``Robert Scott`` are two."""
    if a == b:
        return True
    if a[-1] != b[-1]:
        return (len(a) > 2 and len(b) > 1 and (a[: len(b)] == b)) or (len(b) > 2 and len(a) > 1 and b[: len(a)] == a)
    if a[0] == b[0]:
        return True
    short, long = sorted((a, b), key=len)
    if 2 <= len(short) < len(long) - 1 and short == long[-len(short) :]:
        return True  # both surnames without the first names: `López Obrador`
    return (len(a[0]) == 1 and b[0].startswith(a[0])) or (len(b[0]) == 1 and a[0].startswith(b[0]))
