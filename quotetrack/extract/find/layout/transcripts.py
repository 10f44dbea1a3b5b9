"""Transcripts and parliamentary records: paragraphs that open with the label of who speaks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from quotetrack.extract.find.layout.common import (
    PERSON,
    LaidOut,
    draft,
    entities_in,
    is_stage_direction,
    reports,
    speaks,
    surname,
)
from quotetrack.extract.find.layout.labels import Label, label_at, own_line
from quotetrack.extract.find.stretches import Stretches
from quotetrack.extract.reading import Reading
from quotetrack.model import Entity, Span
from quotetrack.text.names import first_names, fold
from quotetrack.text.quoted import DOUBLE
from quotetrack.text.role_nouns import role_nouns

_FEWEST_TURNS = 2
_NO_PERSONS = {"GPE", "LOC", "LOCATION", "DATE", "TIME", "PERCENT", "MONEY", "CARDINAL", "NORP", "ORG", "ORGANIZATION"}
_LONGEST_INITIALS = 3
_ASKS = re.compile(r"(?:Q|Question|Interviewer|Moderator|Host|Reporter)$")


@dataclass(frozen=True, slots=True)
class _Turn:
    """``label`` at the head of ``paragraph``. ``marked``: the words stand between marks, which say more exactly what was said."""

    paragraph: int
    label: Label
    marked: bool


def transcript(reading: Reading) -> LaidOut:
    """The turns of a transcript; nothing where fewer than two labels are believed."""
    turns = _believed(reading, [*_labelled(reading)])
    if sum(not turn.marked for turn in turns) < _FEWEST_TURNS or all(t.label.person is None for t in turns):
        return LaidOut()
    people = _people(reading, turns)
    several = len({turn.label.key for turn in turns}) > 1
    voices = {surname(name) for name in people.values()}
    found = LaidOut()
    for number, turn in enumerate(turns):
        label = turn.label
        voice = None
        if (known_as := people.get(label.key)) is not None:
            voice = Entity(label.bare.start, label.bare.end, "PERSON", known_as)
            found.names.append(voice)
        if turn.marked:
            continue
        following = turns[number + 1].paragraph if number + 1 < len(turns) else None
        ranges = (
            _extent(reading, turn, following, voices) if several else _extent(reading, turn, turn.paragraph + 1, voices)
        )
        made = draft(reading, ranges, label.name, "transcript", label.role)
        made.voice = voice
        made.nameless = voice is None and (_is_outlet(reading, label) or not _is_body(reading, label))
        if made.content:
            found.drafts.append(made)
    return found


def _labelled(reading: Reading) -> list[_Turn]:
    found = []
    text = reading.text
    bare = []
    for number, (start, end) in enumerate(reading.parsed.paragraphs):
        # A transcript that is quoted as a whole opens every turn with a mark.
        begin = start + (text[start] in DOUBLE)
        label = label_at(text, begin, end)
        if label is not None:
            said = re.compile(r"\s*(?:\((?:[a-z][^()]*)\)\s*)?").match(text, label.end, end)
            after = said.end() if said else label.end
            found.append(_Turn(number, label, marked=after < end and text[after] in "\"“«„'‘"))
        elif (label := own_line(text, start, end)) is not None:
            bare.append(_Turn(number, label, marked=False))
    if len(bare) >= _FEWEST_TURNS:
        found += bare
    return sorted(found, key=lambda turn: turn.paragraph)


def _believed(reading: Reading, turns: list[_Turn]) -> list[_Turn]:
    """The turns whose label names somebody, as far as its form, the other labels and the article's names tell."""
    counts = Counter(turn.label.key for turn in turns)
    # Labels of one word take turns; a list of items has each of its heads once.
    alternate = len(counts) < len(turns)
    labelled = Stretches(Span(turn.label.start, turn.label.end, "") for turn in turns)
    lone = {parts[0] for t in turns if t.label.person and len(parts := fold(t.label.person)) == 1}
    full = {part for t in turns if t.label.person for part in _ends(t.label.person) if len(fold(t.label.person)) > 1}
    named = {
        part
        for e in reading.parsed.entities
        if e.type.upper() in PERSON and not labelled.touched(e.start, e.end)
        for part in _ends(e.text)
    }
    tagged = {e.start: e for e in reading.parsed.entities}
    initials = {_initials(e.text) for e in reading.parsed.entities if e.type.upper() in PERSON}

    def believed(turn: _Turn) -> bool:
        label = turn.label
        if label.person is None:
            return label.sure or counts[label.key] > 1 or _ASKS.match(label.name.text) is not None
        parts = fold(label.person)
        if len(parts) == 1 and (parts[0] in full | named or parts[0] in initials):
            return True
        if len(parts) > 1 and parts[-1] in lone:  # "AGNES FORD:", and later "FORD:", whatever they are tagged as
            return True
        entity = tagged.get(label.name.start) or tagged.get(label.bare.start)
        kind = entity.type.upper() if entity is not None else ""
        if kind in _NO_PERSONS and not (label.sure and label.role):
            return False
        known = label.sure or kind in PERSON or parts[0] in first_names()
        if len(parts) == 1:
            return label.sure or ((known or label.name.text.isupper()) and alternate)
        return known or counts[label.key] > 1

    found = [turn for turn in turns if believed(turn)]
    if not any(turn.label.sure for turn in found) and not _converse(reading, found):
        return []
    # What else comes again among them speaks as well, though it has no name: the initials of an outlet, or its name if it asks.
    believed_at = {turn.paragraph for turn in found}
    others = [
        t
        for t in turns
        if t.paragraph not in believed_at
        and counts[t.label.key] > 1
        and (t.label.name.text.isupper() or _asks(reading, turns, t.label.key))
    ]
    return sorted([*found, *others], key=lambda turn: turn.paragraph) if found else []


def _asks(reading: Reading, turns: list[_Turn], key: str) -> bool:
    """Whether all paragraphs with this label are questions."""
    return all(reading.text[reading.parsed.paragraphs[t.paragraph][1] - 1] == "?" for t in turns if t.label.key == key)


def _converse(reading: Reading, turns: list[_Turn]) -> bool:
    """Whether labels in ordinary capitals are those of a conversation: one comes again, or the words are in the first person.

    In a list of courses or candidates each name stands once, before what is told of it.
    """
    voices = [surname(turn.label.person or turn.label.name.text) for turn in turns]
    if len(set(voices)) < len(voices):
        return True
    paragraphs = reading.parsed.paragraphs
    own = [
        speaks(reading, t.label.end, paragraphs[t.paragraph][1]) or reading.text[paragraphs[t.paragraph][1] - 1] == "?"
        for t in turns
    ]
    return 2 * sum(own) > len(own)


def _ends(name: str) -> tuple[str, ...]:
    parts = fold(re.sub(r"['’]s$", "", name))
    return (parts[0], parts[-1]) if parts else ()


def _initials(name: str) -> str:
    return "".join(part[0] for part in fold(name))


def _people(reading: Reading, turns: list[_Turn]) -> dict[str, str]:
    """For the key of each label that has a person, the name to tell: as it is printed in ordinary capitals, in full where
    the label has only initials or an office.
    """
    printed = {
        fold(e.text): e.text
        for e in reading.parsed.entities
        if e.type.upper() in PERSON and not e.text.isupper() and "\n" not in e.text
    }
    labels = [turn.label for turn in turns]
    parts_in_full = {part for lb in labels if lb.person and len(fold(lb.person)) > 1 for part in _ends(lb.person)}
    offices = {lb.name.text.lower(): lb.person for lb in labels if lb.person and lb.bare.start > lb.name.end}
    found: dict[str, str] = {}
    for label in labels:
        if label.person is None:
            if office := offices.get(label.key):
                found[label.key] = office
            continue
        parts = fold(label.person)
        if len(parts) > 1 or parts[0] in parts_in_full:
            found[label.key] = printed.get(parts, label.person)
        elif (
            label.bare.text.isupper()
            and len(parts[0]) <= _LONGEST_INITIALS
            and not any(p[-1] == parts[0] for p in printed)
        ):
            whole = {name for name in printed.values() if _initials(name) == parts[0]}
            if len(whole) == 1:
                found[label.key] = whole.pop()
        elif parts[0] not in role_nouns() and not _is_outlet(reading, label):
            found[label.key] = label.person
    return found


def _is_outlet(reading: Reading, label: Label) -> bool:
    """Whether a label is the initials of no person: tagged as a body, or without a vowel."""
    name = label.bare.text
    return (
        name.isupper()
        and len(name) <= _LONGEST_INITIALS
        and (
            not re.search(r"[AEIOUY]", name)
            or any(e.type.upper() in _NO_PERSONS for e in entities_in(reading, label.bare.start, label.bare.start + 1))
        )
    )


def _is_body(reading: Reading, label: Label) -> bool:
    near = entities_in(reading, label.name.start - len("The "), label.bare.start + 1)
    return any(label.name.end <= e.end and e.type.upper().startswith("ORG") for e in near)


def _extent(reading: Reading, turn: _Turn, following: int | None, voices: set[str]) -> list[tuple[int, int]]:
    """The words of a turn: the rest of its paragraph and those after it, up to the next label or where the report goes on."""
    paragraphs = reading.parsed.paragraphs
    start, end = paragraphs[turn.paragraph]
    own = re.compile(r"\s*(?:\([a-z][^()]*\)\s*)?").match(reading.text, turn.label.end, end)
    begin = own.end() if own else turn.label.end
    found = [(begin, end)] if begin < end else []
    for number in range(turn.paragraph + 1, following if following is not None else len(paragraphs)):
        start, end = paragraphs[number]
        if is_stage_direction(reading.text[start:end]):
            if following is None:
                break
            continue
        if found and reports(reading, start, end, voices, following is not None):
            break
        if found and following is None and (reading.text[end - 1] == "?" or not speaks(reading, start, end)):
            break
        found.append((start, end))
    return found
