"""Look up the persons of an article by their names, so that each mention is compared only with persons it can mean.

Every lookup returns a superset: the caller compares the names. Spellings one edit apart share a deletion of one letter
(Mor and Fraenkel 1982), so misspellings are found without comparing all pairs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence

from quotetrack.extract.people.someone import Mention, Someone
from quotetrack.text.names import first_names, fold

SHORTEST_TYPO = 6  # letters below which no misspelling is looked for
_LONGEST_TYPO = 40  # letters above which a word is no name
_MOST_PARTS = 12  # parts of a name above which it is a tagging error
_MOST_NAMESAKES = 40  # lists of prize winners and casualties have more persons of one surname
_ARABIC_ARTICLE = re.compile(r"^[ae]l(?=\w{5})")


def without_article(word: str) -> str:
    """The word without an Arabic article before five or more letters.

    >>> without_article("alquaiz"), without_article("alba")
    ('quaiz', 'alba')
    """
    return _ARABIC_ARTICLE.sub("", word)


class NameIndex:
    """The persons of one article by parts of their names; results are in the order in which persons were added."""

    def __init__(self) -> None:
        self._found: list[Someone] = []
        self._keyed: dict[Hashable, dict[int, None]] = {}

    def add(self, someone: Someone) -> None:
        """Add a person with one name or several."""
        self._found.append(someone)
        self._note(len(self._found) - 1, someone.name)

    def rename(self, someone: Someone) -> None:
        """Note another name of a person that was added before; the earlier name is kept."""
        self._note(next(iter(self._keyed["id", id(someone)])), someone.name)

    def _note(self, number: int, name: str) -> None:
        someone = self._found[number]
        for key in (("id", id(someone)), *_full_keys(name), *_single_keys(name)):
            self._keyed.setdefault(key, {})[number] = None

    def like(self, name: str) -> Iterator[Someone]:
        """The persons that a full name may mean."""
        numbers = {number for key in _wanted(name) for number in self._keyed.get(key, ())}
        return (self._found[number] for number in sorted(numbers))

    def by_last(self, part: str) -> list[Someone]:
        """The persons whose last part is ``part``."""
        return self._all("last", part)

    def is_common(self, part: str) -> bool:
        """Whether so many persons have ``part`` as first or last name that it can mean none of them by itself."""
        return any(len(self._keyed.get((kind, part), ())) > _MOST_NAMESAKES for kind in ("last", "first"))

    def by_first(self, part: str) -> list[Someone]:
        """The persons whose first part is ``part``."""
        return self._all("first", part)

    def by_middle(self, part: str) -> list[Someone]:
        """The persons with ``part`` between the first and the last part."""
        return self._all("middle", part)

    def by_name(self, parts: tuple[str, ...]) -> list[Someone]:
        """The persons with exactly these parts."""
        return self._all("whole", parts)

    def by_initials(self, initials: str) -> list[Someone]:
        """The persons whose name has these initials."""
        return self._all("initials", initials)

    def by_misspelt_last(self, part: str) -> list[Someone]:
        """The persons whose last part may be ``part`` misspelt."""
        numbers = {number for key in _spellings(part) for number in self._keyed.get(("last like", key), ())}
        return [self._found[number] for number in sorted(numbers)]

    def _all(self, kind: str, key: Hashable) -> list[Someone]:
        return [self._found[number] for number in self._keyed.get((kind, key), ())]


class OtherNames:
    """Counts the names of an article, to look one up among all the others."""

    def __init__(self, named: Sequence[Mention]) -> None:
        names = [fold(m.name) for m in named]
        self._ends = Counter(parts[-length:] for parts in names for length in range(1, len(parts) + 1))
        self._surnames = Counter(parts[-1] for parts in names if _shows_surname(parts))
        self._parts = Counter(part for parts in names for part in set(parts))

    def end_with(self, own: tuple[str, ...]) -> bool:
        """Whether another mention ends with the name ``own`` of this one."""
        return self._ends[own] > 1

    def is_surname(self, part: str, own: tuple[str, ...]) -> bool:
        """Whether ``part`` is the surname in another mention after a first name."""
        return self._surnames[part] > (_shows_surname(own) and own[-1] == part)

    def have(self, part: str) -> bool:
        """Whether another mention contains ``part``, which this one contains."""
        return self._parts[part] > 1


def _shows_surname(parts: tuple[str, ...]) -> bool:
    return len(parts) > 1 and parts[0] in first_names() and parts[-1] not in parts[:-1]


def initials_of(name: str) -> str:
    """The first letters of the parts of a name, in capitals.

    >>> initials_of("Marek bin Talor-Quist")
    'MBTQ'
    """
    return "".join(part[0] for part in re.split(r"[\s-]+", name) if part).upper()


def _spellings(word: str) -> set[str]:
    """The word and all its spellings with one letter left out; two words one edit apart share one of them."""
    plain = without_article(word)[:_LONGEST_TYPO]
    return {plain, *(plain[:at] + plain[at + 1 :] for at in range(len(plain)))}


def _single_keys(name: str) -> Iterator[Hashable]:
    """The keys by which the mention of a single name finds a person."""
    parts = fold(name)
    yield "last", parts[-1]
    yield "first", parts[0]
    yield "whole", parts
    yield "initials", initials_of(name)
    yield from (("middle", part) for part in parts[1:-1])
    if len(parts[-1]) >= SHORTEST_TYPO - 1:
        yield from (("last like", spelling) for spelling in _spellings(parts[-1]))


def _full_keys(name: str) -> Iterator[Hashable]:
    """The keys by which a full name finds a person with the full name ``name``."""
    parts = fold(name)
    yield "first and last", parts[0], parts[-1]
    yield "first two", parts[:2]
    yield "last two", parts[-2:]
    yield "initial", parts[0][:1], parts[-1]
    if len(parts[0]) == 1:
        yield "only initial", parts[0], parts[-1]
    if len(parts[0]) >= SHORTEST_TYPO:
        yield from (("first like", spelling, parts[-1]) for spelling in _spellings(parts[0]))
    if len(parts[-1]) >= SHORTEST_TYPO - 1:
        yield from (("last like", parts[0], spelling) for spelling in _spellings(parts[-1]))
    yield "printed", name
    yield from (("end", end) for end in _ends(name))


def _wanted(name: str) -> Iterator[Hashable]:
    """The keys of the persons that the full name ``name`` may mean."""
    parts = fold(name)
    yield "first and last", parts[0], parts[-1]
    yield "first two", parts[:2]
    yield "last two", parts[-2:]
    yield "only initial", parts[0][:1], parts[-1]
    if len(parts[0]) == 1:
        yield "initial", parts[0], parts[-1]
    if len(parts[0]) >= SHORTEST_TYPO:
        yield from (("first like", spelling, parts[-1]) for spelling in _spellings(parts[0]))
    if len(parts[-1]) >= SHORTEST_TYPO - 1:
        yield from (("last like", parts[0], spelling) for spelling in _spellings(parts[-1]))
    yield "end", name
    yield from (("printed", end) for end in _ends(name))


def _ends(name: str) -> list[str]:
    """The ends of a name after its first, second … word."""
    words = name.split(" ")
    return [" ".join(words[at:]) for at in range(max(1, len(words) - _MOST_PARTS), len(words))]
