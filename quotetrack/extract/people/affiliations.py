"""Parties and places printed after a name, and the words for parties that an article uses.

There is no list of parties or places. An abbreviation (``(R-Fla.)``, ``(Lab, Selby North)``, ``(CDU)``) is compared by its letters
with the words for parties and the places of the same article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from quotetrack.extract.reading import Reading
from quotetrack.text.names import TITLES

# Nouns that make the name of a group before them a party: "the Reform nominee", "Reform senators".
_PARTY_NOUNS = {
    "party", "nominee", "nomination", "primary", "primaries", "caucus", "caucuses", "convention", "ticket", "backbencher", "whip",
    "candidate", "candidates", "contender", "contenders", "front-runner", "lawmaker", "lawmakers", "legislator", "legislators", "senator",
    "senators", "sen.", "rep.", "congressman", "congresswoman", "mp", "mps", "councillor", "councillors",
}  # fmt: skip
_PARTY = r"[A-Z][A-Za-z]{0,11}"
_PLACE = r"[A-Z][\w.]*(?:\s?[A-Z][\w.]*){0,2}"
# `(R-Fla.)`, `, D-Ore.,`
_JOINED = re.compile(rf"(?:,\s|\s\()(?P<party>{_PARTY})[-–](?P<place>{_PLACE})(?=[,)]|\.\s|\.$)")
# `(Lab, Selby North)`, `(R)`, `(Ky.)`, `(CDU)`
_IN_BRACKETS = re.compile(rf"\s\((?P<first>{_PARTY}\.?|(?:[A-Z]\.\s?)+)(?:,\s(?P<place>{_PLACE}))?\)")
_OF = re.compile(r"\sof\s(?P<place>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)")


@dataclass(frozen=True, slots=True)
class Beside:
    """Abbreviations of parties, and places or their abbreviations, printed after one mention of a name."""

    parties: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def beside(text: str, end: int) -> Beside:
    """Return the party and the place after the name that ends at ``end``.

    >>> beside("Ruth Vale (R-Fla.) said", 9)
    Beside(parties=('R',), places=('Fla.',))
    >>> beside("Ruth Vale (Lab, Selby North) said", 9)
    Beside(parties=('Lab',), places=('Selby North',))
    """
    if found := _JOINED.match(text, end):
        return Beside((found["party"],), (found["place"],))
    if found := _IN_BRACKETS.match(text, end):
        if found["place"]:
            return Beside((found["first"],), (found["place"],))
        return Beside((found["first"],), (found["first"],))  # "(CDU)" and "(Ky.)" look alike
    if found := _OF.match(text, end):
        return Beside((), (found["place"],))
    return Beside()


def abbreviates(short: str, name: str) -> bool:
    """Whether ``short`` can abbreviate ``name``: the letters of each part occur in one word in order, starting with its first.

    >>> abbreviates("Fla.", "Florida"), abbreviates("N.H.", "New Hampshire"), abbreviates("VT", "Vermont"), abbreviates("Fla.", "Ohio")
    (True, True, True, False)
    """
    words = re.findall(r"\w+", name.lower())
    parts = [part.lower() for part in re.findall(r"[A-Z][a-z]*", short)]
    if len(parts) != len(words):
        parts = ["".join(parts)]
    return bool(parts[0]) and len(parts) == len(words) and all(map(_in_order, parts, words))


def _in_order(letters: str, word: str) -> bool:
    return re.match(".*".join(map(re.escape, letters)), word) is not None


def stem(word: str) -> str:
    """Return the common form of adjective, noun and plural of a party: ``democrat`` for ``Democratic`` and ``Democrats``."""
    lowered = word.lower()
    if lowered.endswith("ies"):
        return lowered[:-3] + "y"
    return re.sub(r"(?<=\w{4})(?:ics?|s)$", "", lowered)


def party_words(reading: Reading) -> dict[str, str]:
    """Return the words for parties in an article, in lower case, each with its stem.

    A word before ``Party`` is one. So is the name of a group (``NORP``) before a noun such as ``nominee`` or after a place or body
    (``Selby Reformers``, ``Senate Democrats``), and one that fits an abbreviation after a name (``(R-Fla.)``). Words with the same
    stem are added.
    """
    groups = [e.text for e in reading.parsed.entities if e.type.upper() == "NORP" and " " not in e.text]
    letters = {found["party"] for found in _JOINED.finditer(reading.text)}
    stems = {stem(name) for name in groups if any(abbreviates(letter, name) for letter in letters)}
    known = {word.lower() for word in _with_party_nouns(reading)}
    stems |= {stem(word) for word in known}
    forms = known | {name.lower() for name in groups} | {stem(name) for name in groups}
    return {form: stem(form) for form in forms if stem(form) in stems}


def _with_party_nouns(reading: Reading) -> Iterator[str]:
    for index, word in enumerate(reading.words):
        if word.upos not in ("ADJ", "PROPN", "NOUN") or not word.text[:1].isupper() or not word.text.isalpha():
            continue
        if word.text.lower() in TITLES:
            continue
        follows = reading.lower[index + 1] if index + 1 in reading.sentence_range(index) else ""
        head = reading.lower[reading.head[index]] if reading.head[index] > index else ""
        if (
            follows == "party"
            or ({follows, head} & _PARTY_NOUNS and _is_group(reading, index))
            or (_is_group(reading, index) and _is_of_a_place(reading, index))
        ):
            yield word.text


def _is_group(reading: Reading, index: int) -> bool:
    word = reading.words[index]
    return any(entity.type.upper() == "NORP" for entity in reading.entities_in(word.start, word.end))


def _is_of_a_place(reading: Reading, index: int) -> bool:
    """Whether a place or body stands right before the noun for a group: ``the Selby Reformer``."""
    word = reading.words[index]
    before = reading.entities_in(
        max(0, word.start - 2), max(0, word.start - 1), "GPE", "LOC", "LOCATION", "ORG", "ORGANIZATION"
    )
    return word.upos != "ADJ" and any(entity.end == word.start - 1 for entity in before)


def written_out(short: Beside, parties: Mapping[str, str], places: Set[str]) -> set[str]:
    """Return the words for parties and places of the article that the abbreviations fit, in lower case.

    >>> sorted(written_out(Beside(("R",), ("Fla.",)), {"republican": "republican"}, {"Florida", "Ohio"}))
    ['florida', 'republican']
    """
    found = {form for party in short.parties for form in parties if abbreviates(party, form)}
    full = {name for place in short.places for name in places if abbreviates(place, name)}
    return found | {word for name in full for word in name.lower().split()}
