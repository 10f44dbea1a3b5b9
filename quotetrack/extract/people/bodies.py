"""Group the mentions of bodies and places in one article: full names, abbreviations in brackets, short forms."""

from __future__ import annotations

import re
from bisect import insort
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from quotetrack.extract.people.known_bodies import KnownBodies, follows_article
from quotetrack.extract.people.mentions import kind_of, mentions
from quotetrack.extract.people.someone import Mention, Someone
from quotetrack.extract.reading import Reading
from quotetrack.model import Entity, SpeakerType
from quotetrack.text.cells import Cells
from quotetrack.text.names import fold

_EXPLAINED = re.compile(r"(?:,|\s[-–—]|\s?—|\s\()\s?(?:or\s)?(?:the\s)?")


def bodies(reading: Reading, entities: Sequence[Entity], persons: Sequence[Someone]) -> list[Someone]:
    """Return the bodies, places and groups named among ``entities``, each with all its mentions.

    A surname of one of ``persons`` that was tagged as a body is added to that person instead.
    """
    known = KnownBodies()
    surnames: dict[str, list[Someone]] = {}
    for someone in persons:
        if len(parts := fold(someone.name)) > 1:
            surnames.setdefault(parts[-1], []).append(someone)
    person_starts = {m.start for s in persons for m in s.mentions}
    place_starts = {e.start for e in entities if kind_of(e) == "place"}
    named: list[tuple[Mention, SpeakerType]] = []
    for mention in mentions(reading, entities, "organisation", "place", "group"):
        kind = kind_of(mention.entity)
        if mention.start in person_starts or kind is None:
            continue
        if owner := _person_with_surname(reading, mention, surnames):
            insort(owner.mentions, mention, key=lambda m: m.start)
            continue
        if kind == "organisation":
            mention = _extended_right(reading, _extended_left(reading, mention), place_starts)
        named.append((mention, kind))
    organisations = Cells((m.start, m.end, m) for m, kind in named if kind == "organisation")
    for mention, kind in named:
        if kind != "organisation" or not _is_part_of_another(mention, organisations):
            _add_mention(reading, mention, kind, known)
    found = known.all()
    for body in found:
        body.type = _most_frequent_type(body)
    _merge_short_names(reading, found)
    for body in found:
        body.mentions.sort(key=lambda m: m.start)
    return found


def _is_part_of_another(mention: Mention, organisations: Cells[Mention]) -> bool:
    """Whether the mention is inside a longer name of an organisation: ``Selby Chiefs`` in ``Assembly of Selby Chiefs``."""
    length = mention.end - mention.start
    return any(
        other.start <= mention.start and mention.end <= other.end and other.end - other.start > length
        for other in organisations.over(mention.start, mention.end)
    )


def _most_frequent_type(body: Someone) -> SpeakerType:
    """The most frequent type among the mentions; on a tie, the type that occurs first."""
    kinds = Counter(kind_of(mention.entity) for mention in sorted(body.mentions, key=lambda m: m.start))
    return kinds.most_common(1)[0][0] or body.type


def _merge_short_names(reading: Reading, found: list[Someone]) -> None:
    """Merge a shorter name into the longer one it abbreviates, if exactly one longer name fits."""
    by_short: dict[str, list[Someone]] = {}
    for body in found:
        for name in _short_names(body.name):
            by_short.setdefault(name, []).append(body)
    merged: set[int] = set()
    for short in found:
        bare = short.name.removeprefix("The ").removeprefix("the ")
        forms = {bare} if " " in bare else {bare.upper(), _capitals(bare)}
        similar = (b for name in forms for b in by_short.get(name, ()))
        longer = [
            b
            for b in {id(b): b for b in similar}.values()
            if b is not short and id(b) not in merged and b.type == short.type and _is_short_for(reading, short, b)
        ]
        if len(longer) == 1:
            longer[0].mentions += short.mentions
            initials = "" if " " in short.name else short.name
            longer[0].abbreviation = longer[0].abbreviation or short.abbreviation or initials
            merged.add(id(short))
    found[:] = [body for body in found if id(body) not in merged]


def _short_names(full: str) -> set[str]:
    """All names that ``_is_short_for`` can accept for a body: initials, beginnings before ``of``, and ends."""
    names = set(_initials(_capitalised_words(full)))
    for space in re.finditer(r"\s", full):
        names.add(full[space.end() :])
        if re.match(r"\s(?:of|for)\s", full[space.start() :]):
            names |= {full[: space.start()], re.sub(r"^The\s", "", full[: space.start()])}
    return names


def _capitals(name: str) -> str:
    return "".join(c for c in name if c.isupper())


def _capitalised_words(name: str) -> list[str]:
    return [word for word in re.split(r"[\s-]+", name) if word[:1].isupper() and word != "The"]


def _initials(words: Sequence[str]) -> tuple[str, str]:
    """The first letters of the words, and the same with words in capitals kept: ``SAMRC`` for SA Medical Research Council."""
    return "".join(word[0] for word in words), "".join(word if word.isupper() else word[0] for word in words)


def _is_short_for(reading: Reading, short: Someone, body: Someone) -> bool:
    """Whether ``short`` is a short form of the name of ``body``.

    Covers initials (``WMO`` for ``World Meteorological Organization``), the name before ``of`` or ``for`` (``Calder
    University`` for ``Calder University of the North``) and the last words after ``the`` (``the Core Committee`` for
    ``Lantern Core Committee``).
    """
    name, full = short.name.removeprefix("The ").removeprefix("the "), body.name
    if " " not in name:
        capitals = _capitals(name)
        words = _capitalised_words(full)
        initials, kept = _initials(words)
        if len(words) > 2 and name.upper() == initials and _is_explained_beside(reading, short, body):
            return True
        return len(capitals) > 1 and len(capitals) * 2 >= len(name) and capitals in (initials, kept)
    if re.match(rf"(?:The\s)?{re.escape(name)}\s(?:of|for)\s", full):
        return True
    before = re.fullmatch(rf"((?:[A-Z][\w’'.-]*\s)+){re.escape(name)}", full)
    return before is not None and all(follows_article(reading, mention.start) for mention in short.mentions)


def _is_explained_beside(reading: Reading, short: Someone, body: Someone) -> bool:
    """Whether the two names stand side by side: ``Cafo - the Coastal Artisans' Fishing Organisation - was founded``."""
    places = [(m.start, m.end, one is short) for one in (short, body) for m in one.mentions]
    return any(
        is_short != is_other_short and end <= start and _EXPLAINED.fullmatch(reading.text, end, start)
        for (_, end, is_short), (start, _, is_other_short) in pairwise(sorted(places))
    )


def _add_mention(reading: Reading, mention: Mention, kind: SpeakerType, known: KnownBodies) -> None:
    """Add the mention to the known body with that name, or to a new one."""
    body = known.named(mention.name) or known.by_last_word(reading, mention.start, mention.name)
    if body is None:
        body = Someone(mention.name, kind)
        known.add(body)
    body.mentions.append(mention)
    if abbreviation := _abbreviation(reading, mention):
        known.abbreviate(body, abbreviation)


def _person_with_surname(
    reading: Reading, mention: Mention, surnames: Mapping[str, Sequence[Someone]]
) -> Someone | None:
    """Return the person whose surname was tagged as a body, if exactly one person named before has it."""
    parts = fold(mention.name)
    if len(parts) != 1 or (mention.name.isupper() and len(parts[0]) < 5) or follows_article(reading, mention.start):
        return None
    same = surnames.get(parts[0], ())
    return same[0] if len(same) == 1 and same[0].first < mention.start else None


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
    if joined := re.search(r"\b[A-Z][a-z]+-$", reading.text[max(0, start - 20) : start]):
        start -= len(joined[0])  # "Inter-" + "American Commission"
    return Mention(start, mention.end, reading.text[start : mention.end], mention.entity)


def _extended_right(reading: Reading, mention: Mention, place_starts: set[int]) -> Mention:
    """Extend a name to the right where the tagger cut it: ``Trade Council of`` + ``Port Selby``."""
    if not re.search(r"\s(?:of|for|and)(?:\s(?:the|[A-Z]\S*))?$", mention.name):
        return mention
    rest = re.match(r"\s[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)*", reading.text[mention.end : mention.end + 60])
    is_cut = mention.name.endswith((" of", " for", " and", " the"))
    if rest is None or not (is_cut or mention.end + 1 in place_starts):
        return mention
    end = mention.end + rest.end()
    return Mention(mention.start, end, reading.text[mention.start : end], mention.entity)


def _abbreviation(reading: Reading, mention: Mention) -> str:
    """The abbreviation in brackets after the mention; empty if there is none."""
    match = re.match(
        r"\s*[(\[]\s*(?:the\s+)?[\"“«]?([A-Z][A-Za-z&.-]{1,14})[\"”»]?\s*[)\]]",
        reading.text[mention.end : mention.end + 25],
    )
    if match is None or (kind_of(mention.entity) == "place" and match[1][0] != mention.name[0]):
        return ""  # "Agency for Refugees in the Near East (UNRWA)"
    if sum(c.isupper() for c in match[1]) >= 2:
        return match[1]
    is_short = _is_contraction(match[1], mention.name) or _is_body_later(reading, match[1], mention.end + match.end())
    return match[1] if is_short else ""


def _is_body_later(reading: Reading, name: str, start: int) -> bool:
    """Whether an abbreviation with one capital is used as a body later on: ``Harbour Trade Bank (Harbank)``."""
    return any(
        entity.start > start and kind_of(entity) == "organisation" for entity in reversed(reading.entities_called(name))
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
