"""Group the mentions of bodies and places in one article: full names, abbreviations in brackets, short forms."""

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

# "the House" is not a short form of "the White House".
_NEVER_SHORT_FORMS = {"house", "states", "america", "nations", "state", "street"}


def bodies(reading: Reading, entities: Sequence[Entity], persons: Sequence[Someone]) -> list[Someone]:
    """Return the bodies, places and groups named among ``entities``, each with all its mentions.

    A surname of one of ``persons`` that was tagged as a body is added to that person instead.
    """
    found: list[Someone] = []
    person_starts = {m.start for s in persons for m in s.mentions}
    place_starts = {e.start for e in entities if kind_of(e) == "place"}
    named: list[tuple[Mention, SpeakerType]] = []
    for mention in mentions(reading, entities, "organisation", "place", "group"):
        kind = kind_of(mention.entity)
        if mention.start in person_starts or kind is None:
            continue
        if owner := _person_with_surname(reading, mention, persons):
            owner.mentions.append(mention)
            owner.mentions.sort(key=lambda m: m.start)
            continue
        if kind == "organisation":
            mention = _extended_right(reading, _extended_left(reading, mention), place_starts)
        named.append((mention, kind))
    for mention, kind in named:
        if kind != "organisation" or not _is_part_of_another(mention, named):
            _add_mention(reading, mention, kind, found)
    for body in found:
        body.type = _most_frequent_type(body)
    _merge_short_names(reading, found)
    for body in found:
        body.mentions.sort(key=lambda m: m.start)
    return found


def _is_part_of_another(mention: Mention, named: Sequence[tuple[Mention, SpeakerType]]) -> bool:
    """Whether the mention is inside a longer name of an organisation: ``Selby Chiefs`` in ``Assembly of Selby Chiefs``."""
    length = mention.end - mention.start
    return any(
        kind == "organisation"
        and other.start <= mention.start
        and mention.end <= other.end
        and other.end - other.start > length
        for other, kind in named
    )


def _most_frequent_type(body: Someone) -> SpeakerType:
    """The most frequent type among the mentions; on a tie, the type that occurs first."""
    kinds = Counter(kind_of(mention.entity) for mention in sorted(body.mentions, key=lambda m: m.start))
    return kinds.most_common(1)[0][0] or body.type


def _merge_short_names(reading: Reading, found: list[Someone]) -> None:
    """Merge a shorter name into the longer one it abbreviates, if exactly one longer name fits."""
    for short in list(found):
        longer = [b for b in found if b is not short and b.type == short.type and _is_short_for(reading, short, b)]
        if len(longer) == 1:
            longer[0].mentions += short.mentions
            initials = "" if " " in short.name else short.name
            longer[0].abbreviation = longer[0].abbreviation or short.abbreviation or initials
            found.remove(short)


def _is_short_for(reading: Reading, short: Someone, body: Someone) -> bool:
    """Whether ``short`` is a short form of the name of ``body``.

    Covers initials (``WMO`` for ``World Meteorological Organization``), the name before ``of`` or ``for`` (``Calder
    University`` for ``Calder University of the North``) and the last words after ``the`` (``the Core Committee`` for
    ``Lantern Core Committee``).
    """
    name, full = short.name.removeprefix("The ").removeprefix("the "), body.name
    if " " not in name:
        capitals = "".join(c for c in name if c.isupper())
        words = [word for word in re.split(r"[\s-]+", full) if word[:1].isupper() and word != "The"]
        initials = "".join(word[0] for word in words)
        if len(words) > 2 and name.upper() == initials and _is_explained_beside(reading, short, body):
            return True
        kept = "".join(word if word.isupper() else word[0] for word in words)  # "SAMRC": SA Medical Research Council
        return len(capitals) > 1 and len(capitals) * 2 >= len(name) and capitals in (initials, kept)
    if re.match(rf"(?:The\s)?{re.escape(name)}\s(?:of|for)\s", full):
        return True
    before = re.fullmatch(rf"((?:[A-Z][\w’'.-]*\s)+){re.escape(name)}", full)
    return before is not None and all(
        reading.text[: mention.start].endswith(("the ", "The ")) for mention in short.mentions
    )


def _is_explained_beside(reading: Reading, short: Someone, body: Someone) -> bool:
    """Whether the two names stand side by side: ``Cafo - the Coastal Artisans' Fishing Organisation - was founded``."""
    pairs = [(a, b) for a in short.mentions for b in body.mentions]
    between = [reading.text[min(a.end, b.end) : max(a.start, b.start)] for a, b in pairs]
    return any(re.fullmatch(r"(?:,|\s[-–—]|\s?—|\s\()\s?(?:or\s)?(?:the\s)?", part) for part in between)


def _add_mention(reading: Reading, mention: Mention, kind: SpeakerType, found: list[Someone]) -> None:
    """Add the mention to the body in ``found`` with that name, or to a new one."""
    key = _key(mention.name)
    known = next((b for b in found if _key(b.name) == key or b.abbreviation == mention.name), None)
    known = known or by_last_word(reading, mention.start, mention.name, found)
    if known is None:
        known = Someone(mention.name, kind)
        found.append(known)
    known.mentions.append(mention)
    if abbreviation := _abbreviation(reading, mention):
        known.abbreviation = abbreviation
        for other in [b for b in found if b is not known and b.name == abbreviation]:
            known.mentions += other.mentions
            found.remove(other)


def _person_with_surname(reading: Reading, mention: Mention, persons: Sequence[Someone]) -> Someone | None:
    """Return the person whose surname was tagged as a body, if exactly one person named before has it."""
    parts = fold(mention.name)
    if (
        len(parts) != 1
        or (mention.name.isupper() and len(parts[0]) < 5)
        or reading.text[: mention.start].endswith(("the ", "The "))
    ):
        return None
    same = [s for s in persons if len(fold(s.name)) > 1 and fold(s.name)[-1] == parts[0]]
    return same[0] if len(same) == 1 and min(m.start for m in same[0].mentions) < mention.start else None


def _extended_left(reading: Reading, mention: Mention) -> Mention:
    """Extend a name to the left where the tagger cut it: ``Syrian`` + ``Observatory for Human Rights``."""
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


def _extended_right(reading: Reading, mention: Mention, place_starts: set[int]) -> Mention:
    """Extend a name to the right where the tagger cut it: ``Trade Council of`` + ``Port Selby``."""
    if not re.search(r"\s(?:of|for|and)(?:\s(?:the|[A-Z]\S*))?$", mention.name):
        return mention
    rest = re.match(r"\s[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)*", reading.text[mention.end :][:60])
    is_cut = mention.name.endswith((" of", " for", " and", " the"))
    if rest is None or not (is_cut or mention.end + 1 in place_starts):
        return mention
    end = mention.end + rest.end()
    return Mention(mention.start, end, reading.text[mention.start : end], mention.entity)


def by_last_word(reading: Reading, start: int, name: str, known: Sequence[Someone]) -> Someone | None:
    """Return the organisation in ``known`` whose last word is ``name``: ``the Tribune`` for ``the Calder Tribune``.

    The definite article is required, in ``name`` or before it. ``None`` if no organisation or more than one fits.
    """
    bare = re.sub(r"^[Tt]he\s", "", name)
    parts = fold(bare)
    if (
        (bare == name and not reading.text[:start].endswith(("the ", "The ")))
        or len(parts) != 1
        or parts[0] in _NEVER_SHORT_FORMS
    ):
        return None
    found = [b for b in known if len(fold(b.name)) > 1 and fold(b.name)[-1] == parts[0] and b.type == "organisation"]
    return found[0] if len(found) == 1 else None


def _abbreviation(reading: Reading, mention: Mention) -> str:
    """The abbreviation in brackets after the mention; empty if there is none."""
    match = re.match(
        r"\s*[(\[]\s*(?:the\s+)?[\"“«]?([A-Z][A-Za-z&.-]{1,14})[\"”»]?\s*[)\]]",
        reading.text[mention.end : mention.end + 25],
    )
    if match is None:
        return ""
    if sum(c.isupper() for c in match[1]) >= 2:
        return match[1]
    is_short = _is_contraction(match[1], mention.name) or _is_body_later(reading, match[1], mention.end + match.end())
    return match[1] if is_short else ""


def _is_body_later(reading: Reading, name: str, start: int) -> bool:
    """Whether an abbreviation with one capital is used as a body later on: ``Harbour Trade Bank (Harbank)``."""
    return any(
        entity.start > start and entity.text == name and kind_of(entity) == "organisation"
        for entity in reading.parsed.entities
    )


def _is_contraction(short: str, name: str) -> bool:
    """Whether ``short`` is made of letters of ``name`` in order: ``Mifis`` for ``Ministry of Fisheries``.

    The first letters must agree, and ``short`` must not be a part of the name itself.
    """
    letters = iter(name.lower())
    return (
        short[0] == name[:1]
        and short.lower() not in name.lower()
        and all(letter in letters for letter in short.lower())
    )


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    """The name for comparison: normalised, without a leading ``the``."""
    return re.sub(r"^the\s+", "", " ".join(fold(name)))
