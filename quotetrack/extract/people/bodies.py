"""Mentions of bodies and places to bodies, within one article: whole names, abbreviations in brackets, short forms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from quotetrack.extract.people.mentions import kind_of, mentions
from quotetrack.extract.people.someone import Mention, Someone
from quotetrack.extract.reading import Reading
from quotetrack.model import Entity, SpeakerType
from quotetrack.text.names import fold

_NOT_IN_SHORT = {"house", "states", "america", "nations", "state", "street"}  # "the House" is not the White House


def bodies(reading: Reading, entities: Sequence[Entity], persons: Sequence[Someone]) -> list[Someone]:
    """Every body and place the article names. A surname of one of ``persons`` that was taken for a body goes to them."""
    found: list[Someone] = []
    taken = {m.start for s in persons for m in s.mentions}
    place_starts = {e.start for e in entities if kind_of(e) == "place"}
    for mention in mentions(reading, entities, "organisation", "place", "group"):
        kind = kind_of(mention.entity)
        if mention.start in taken or kind is None:
            continue
        if owner := _surname_of(reading, mention, persons):
            owner.mentions.append(mention)
            owner.mentions.sort(key=lambda m: m.start)
            continue
        if kind == "organisation":
            mention = _finished(reading, _widened(reading, mention), place_starts)
        _give(reading, mention, kind, found)
    for body in found:
        body.type = _most_often(body)
    _join(reading, found)
    for body in found:
        body.mentions.sort(key=lambda m: m.start)
    return found


def _most_often(body: Someone) -> SpeakerType:
    """What the entity model takes the body for at most of its mentions, the first of them where two are as many."""
    kinds = Counter(kind_of(mention.entity) for mention in sorted(body.mentions, key=lambda m: m.start))
    return kinds.most_common(1)[0][0] or body.type


def _join(reading: Reading, found: list[Someone]) -> None:
    """Give the mentions of a shorter name to the body that goes by the longer one, where that is one only."""
    for short in list(found):
        longer = [b for b in found if b is not short and b.type == short.type and _is_short_for(reading, short, b)]
        if len(longer) == 1:
            longer[0].mentions += short.mentions
            initials = "" if " " in short.name else short.name
            longer[0].abbreviation = longer[0].abbreviation or short.abbreviation or initials
            found.remove(short)


def _is_short_for(reading: Reading, short: Someone, body: Someone) -> bool:
    """``WMO``, ``Calder University`` and ``the Core Committee`` for ``World Meteorological Organization``, ``Calder University of the North`` and
    ``Lantern Core Committee``.
    """
    name, whole = short.name.removeprefix("The ").removeprefix("the "), body.name
    if " " not in name:
        capitals = "".join(c for c in name if c.isupper())
        parts = [part for part in re.split(r"[\s-]+", whole) if part[:1].isupper() and part != "The"]
        initials = "".join(part[0] for part in parts)
        if len(parts) > 2 and name.upper() == initials and _is_beside(reading, short, body):
            return True
        kept = "".join(part if part.isupper() else part[0] for part in parts)  # "SAMRC": SA Medical Research Council
        return len(capitals) > 1 and len(capitals) * 2 >= len(name) and capitals in (initials, kept)
    if re.match(rf"(?:The\s)?{re.escape(name)}\s(?:of|for)\s", whole):
        return True
    before = re.fullmatch(rf"((?:[A-Z][\w’'.-]*\s)+){re.escape(name)}", whole)
    return before is not None and all(
        reading.text[: mention.start].endswith(("the ", "The ")) for mention in short.mentions
    )


def _is_beside(reading: Reading, short: Someone, body: Someone) -> bool:
    """Whether the article explains the one name by the other: ``Cafo - the Coastal Artisans' Fishing Organisation - was founded``."""
    pairs = [(a, b) for a in short.mentions for b in body.mentions]
    between = [reading.text[min(a.end, b.end) : max(a.start, b.start)] for a, b in pairs]
    return any(re.fullmatch(r"(?:,|\s[-–—]|\s?—|\s\()\s?(?:or\s)?(?:the\s)?", part) for part in between)


def _give(reading: Reading, mention: Mention, kind: SpeakerType, found: list[Someone]) -> None:
    """Add the mention to the body of ``found`` that it names, or to a new one."""
    key = _key(mention.name)
    known = next((b for b in found if _key(b.name) == key or b.abbreviation == mention.name), None)
    known = known or in_short(reading, mention.start, mention.name, found)
    if known is None:
        known = Someone(mention.name, kind)
        found.append(known)
    known.mentions.append(mention)
    if abbreviation := _abbreviation(reading, mention):
        known.abbreviation = abbreviation
        for other in [b for b in found if b is not known and b.name == abbreviation]:
            known.mentions += other.mentions
            found.remove(other)


def _surname_of(reading: Reading, mention: Mention, persons: Sequence[Someone]) -> Someone | None:
    """The person whose surname the tagger took for a body's name."""
    parts = fold(mention.name)
    if (
        len(parts) != 1
        or (mention.name.isupper() and len(parts[0]) < 5)
        or reading.text[: mention.start].endswith(("the ", "The "))
    ):
        return None
    same = [s for s in persons if len(fold(s.name)) > 1 and fold(s.name)[-1] == parts[0]]
    return same[0] if len(same) == 1 and min(m.start for m in same[0].mentions) < mention.start else None


def _widened(reading: Reading, mention: Mention) -> Mention:
    """A body's whole name where the tagger cut it: ``Syrian`` + ``Observatory for Human Rights``."""
    words = reading.words_between(mention.start, mention.end)
    if not words:
        return mention
    first = words[0]
    while (
        first - 1 in reading.sentence_range(words[0])
        and reading.words[first - 1].text[:1].isupper()
        and reading.words[first - 1].upos in ("PROPN", "ADJ")
        and reading.words[first - 1].end + 1 == reading.words[first].start
        and reading.head[first - 1] in range(first, words[-1] + 1)
        and (first - 1 > reading.sentence_range(words[0]).start or "-" in reading.words[first - 1].text)
    ):
        first -= 1
    start = reading.words[first].start
    if joined := re.search(r"\b[A-Z][a-z]+-$", reading.text[:start][-20:]):
        start -= len(joined[0])  # "Inter-" + "American Commission"
    return Mention(start, mention.end, reading.text[start : mention.end], mention.entity)


def _finished(reading: Reading, mention: Mention, place_starts: set[int]) -> Mention:
    """A name that the tagger broke off before its last words: ``Trade Council of`` + ``Port Selby``."""
    if not re.search(r"\s(?:of|for|and)(?:\s(?:the|[A-Z]\S*))?$", mention.name):
        return mention
    rest = re.match(r"\s[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)*", reading.text[mention.end :][:60])
    open_end = mention.name.endswith((" of", " for", " and", " the"))
    if rest is None or not (open_end or mention.end + 1 in place_starts):
        return mention
    end = mention.end + rest.end()
    return Mention(mention.start, end, reading.text[mention.start : end], mention.entity)


def in_short(reading: Reading, start: int, name: str, known: Sequence[Someone]) -> Someone | None:
    """The one of ``known`` that ``name``, after an article, is the last word of: ``the Tribune``, ``the Calder Tribune``."""
    bare = re.sub(r"^[Tt]he\s", "", name)
    parts = fold(bare)
    if (
        (bare == name and not reading.text[:start].endswith(("the ", "The ")))
        or len(parts) != 1
        or parts[0] in _NOT_IN_SHORT
    ):
        return None
    found = [b for b in known if len(fold(b.name)) > 1 and fold(b.name)[-1] == parts[0] and b.type == "organisation"]
    return found[0] if len(found) == 1 else None


def _abbreviation(reading: Reading, mention: Mention) -> str:
    match = re.match(
        r"\s*[(\[]\s*(?:the\s+)?[\"“«]?([A-Z][A-Za-z&.-]{1,14})[\"”»]?\s*[)\]]",
        reading.text[mention.end : mention.end + 25],
    )
    if match is None:
        return ""
    if sum(c.isupper() for c in match[1]) >= 2:
        return match[1]
    is_short = _is_made_of(match[1], mention.name) or _is_told_again(reading, match[1], mention.end + match.end())
    return match[1] if is_short else ""


def _is_told_again(reading: Reading, name: str, start: int) -> bool:
    """Whether a name with one capital in brackets behind a body's is used for a body afterwards: ``Harbour Trade Bank (Harbank)``."""
    return any(
        entity.start > start and entity.text == name and kind_of(entity) == "organisation"
        for entity in reading.parsed.entities
    )


def _is_made_of(short: str, name: str) -> bool:
    """Whether the letters of ``Mifis`` stand in that order in ``Ministry of Fisheries``, the first of them first, and not as a word of it."""
    letters = iter(name.lower())
    return (
        short[0] == name[:1]
        and short.lower() not in name.lower()
        and all(letter in letters for letter in short.lower())
    )


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return re.sub(r"^the\s+", "", " ".join(fold(name)))
