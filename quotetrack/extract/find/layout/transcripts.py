"""Find the turns of transcripts and parliamentary records, whose paragraphs open with a speaker label."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from quotetrack.extract.find.layout.common import (
    PERSON,
    LayoutResult,
    entities_in,
    has_unquoted_speech_pronoun,
    is_narration,
    is_stage_direction,
    make_draft,
    surname,
)
from quotetrack.extract.find.layout.labels import Label, label_at, label_line
from quotetrack.extract.find.span_sets import SpanSet
from quotetrack.extract.reading import Reading
from quotetrack.model import Entity, Span
from quotetrack.text.names import first_names, fold
from quotetrack.text.quoted import DOUBLE
from quotetrack.text.role_nouns import role_nouns

_FEWEST_TURNS = 2
_NOT_PERSON_TYPES = {
    "GPE",
    "LOC",
    "LOCATION",
    "DATE",
    "TIME",
    "PERCENT",
    "MONEY",
    "CARDINAL",
    "NORP",
    "ORG",
    "ORGANIZATION",
}
_LONGEST_INITIALS = 3
_ASKER_LABEL = re.compile(r"(?:Q|Question|Interviewer|Moderator|Host|Reporter)$")


@dataclass(frozen=True, slots=True)
class _Turn:
    """A paragraph that opens with ``label``. ``marked`` is true if its words are in quotation marks, which the other
    rules handle.
    """

    paragraph: int
    label: Label
    marked: bool


def transcript_turns(reading: Reading) -> LayoutResult:
    """Return the turns of a transcript and the names of its labels; nothing if there are fewer than two plausible turns."""
    turns = _plausible_turns(reading, [*_labelled_paragraphs(reading)])
    if sum(not turn.marked for turn in turns) < _FEWEST_TURNS or all(t.label.person is None for t in turns):
        return LayoutResult()
    names = _names_by_key(reading, turns)
    several = len({turn.label.key for turn in turns}) > 1
    surnames = {surname(name) for name in names.values()}
    found = LayoutResult()
    for number, turn in enumerate(turns):
        label = turn.label
        voice = None
        if (name := names.get(label.key)) is not None:
            voice = Entity(label.person_span.start, label.person_span.end, "PERSON", name)
            found.names.append(voice)
        if turn.marked:
            continue
        following = turns[number + 1].paragraph if number + 1 < len(turns) else None
        ranges = (
            _extent(reading, turn, following, surnames)
            if several
            else _extent(reading, turn, turn.paragraph + 1, surnames)
        )
        draft = make_draft(reading, ranges, label.name, "transcript", label.role)
        draft.voice = voice
        draft.nameless = voice is None and (_is_outlet(reading, label) or not _is_organisation(reading, label))
        if draft.content:
            found.drafts.append(draft)
    return found


def _labelled_paragraphs(reading: Reading) -> list[_Turn]:
    """Return the paragraphs that open with something in the form of a label, in text order."""
    found = []
    text = reading.text
    label_lines = []
    for number, (start, end) in enumerate(reading.parsed.paragraphs):
        # If a whole transcript is quoted, every turn opens with a quotation mark.
        begin = start + (text[start] in DOUBLE)
        label = label_at(text, begin, end)
        if label is not None:
            said = re.compile(r"\s*(?:\((?:[a-z][^()]*)\)\s*)?").match(text, label.end, end)
            after = said.end() if said else label.end
            found.append(_Turn(number, label, marked=after < end and text[after] in "\"“«„'‘"))
        elif (label := label_line(text, start, end)) is not None:
            label_lines.append(_Turn(number, label, marked=False))
    if len(label_lines) >= _FEWEST_TURNS:
        found += label_lines
    return sorted(found, key=lambda turn: turn.paragraph)


def _plausible_turns(reading: Reading, turns: list[_Turn]) -> list[_Turn]:
    """Return the turns whose label names a speaker, judging by its form, the other labels and the names in the article."""
    counts = Counter(turn.label.key for turn in turns)
    # In a conversation labels recur; in a list of items each occurs once.
    alternate = len(counts) < len(turns)
    labelled = SpanSet(Span(turn.label.start, turn.label.end, "") for turn in turns)
    single_names = {parts[0] for t in turns if t.label.person and len(parts := fold(t.label.person)) == 1}
    full_name_parts = {
        part
        for t in turns
        if t.label.person
        for part in _first_and_last(t.label.person)
        if len(fold(t.label.person)) > 1
    }
    named_parts = {
        part
        for e in reading.parsed.entities
        if e.type.upper() in PERSON and not labelled.overlaps(e.start, e.end)
        for part in _first_and_last(e.text)
    }
    known_parts = full_name_parts | named_parts
    tagged = {e.start: e for e in reading.parsed.entities}
    initials = {_initials(e.text) for e in reading.parsed.entities if e.type.upper() in PERSON}

    def is_plausible(turn: _Turn) -> bool:
        label = turn.label
        if label.person is None:
            return label.unambiguous or counts[label.key] > 1 or _ASKER_LABEL.match(label.name.text) is not None
        parts = fold(label.person)
        if len(parts) == 1 and (parts[0] in known_parts or parts[0] in initials):
            return True
        if len(parts) > 1 and parts[-1] in single_names:  # "AGNES FORD:", and later "FORD:", however they are tagged
            return True
        entity = tagged.get(label.name.start) or tagged.get(label.person_span.start)
        kind = entity.type.upper() if entity is not None else ""
        if kind in _NOT_PERSON_TYPES and not (label.unambiguous and label.role):
            return False
        known = label.unambiguous or kind in PERSON or parts[0] in first_names()
        if len(parts) == 1:
            return label.unambiguous or ((known or label.name.text.isupper()) and alternate)
        return known or counts[label.key] > 1

    found = [turn for turn in turns if is_plausible(turn)]
    if not any(turn.label.unambiguous for turn in found) and not _is_conversation(reading, found):
        return []
    # Other labels that recur are speakers too: the initials of an outlet, or its name if it only asks questions.
    plausible_paragraphs = {turn.paragraph for turn in found}
    asking = _only_asking(reading, turns)
    recurring = [
        t
        for t in turns
        if t.paragraph not in plausible_paragraphs
        and counts[t.label.key] > 1
        and (t.label.name.text.isupper() or t.label.key in asking)
    ]
    return sorted([*found, *recurring], key=lambda turn: turn.paragraph) if found else []


def _only_asking(reading: Reading, turns: list[_Turn]) -> set[str]:
    """The keys of the labels whose paragraphs are all questions."""
    ends = [(t.label.key, reading.text[reading.parsed.paragraphs[t.paragraph][1] - 1]) for t in turns]
    return {key for key, _ in ends} - {key for key, end in ends if end != "?"}


def _is_conversation(reading: Reading, turns: list[_Turn]) -> bool:
    """Whether labels in ordinary capitals belong to a conversation.

    They do if a speaker occurs twice, or if most of the text is in the first or second person or asks. In a list of
    courses or candidates each name occurs once, before its description.
    """
    surnames = [surname(turn.label.person or turn.label.name.text) for turn in turns]
    if len(set(surnames)) < len(surnames):
        return True
    paragraphs = reading.parsed.paragraphs
    own = [
        has_unquoted_speech_pronoun(reading, t.label.end, paragraphs[t.paragraph][1])
        or reading.text[paragraphs[t.paragraph][1] - 1] == "?"
        for t in turns
    ]
    return 2 * sum(own) > len(own)


def _first_and_last(name: str) -> tuple[str, ...]:
    """Return the first and the last part of a name."""
    parts = fold(re.sub(r"['’]s$", "", name))
    return (parts[0], parts[-1]) if parts else ()


def _initials(name: str) -> str:
    return "".join(part[0] for part in fold(name))


def _names_by_key(reading: Reading, turns: list[_Turn]) -> dict[str, str]:
    """Return the name of each speaker by the key of the label.

    Names are in ordinary capitals, as the article prints them, and in full where the label has only initials or an
    office.
    """
    printed = {
        fold(e.text): e.text
        for e in reading.parsed.entities
        if e.type.upper() in PERSON and not e.text.isupper() and "\n" not in e.text
    }
    surnames = {parts[-1] for parts in printed if parts}
    by_initials: dict[str, set[str]] = {}
    for name in printed.values():
        by_initials.setdefault(_initials(name), set()).add(name)
    labels = [turn.label for turn in turns]
    parts_in_full = {
        part for lb in labels if lb.person and len(fold(lb.person)) > 1 for part in _first_and_last(lb.person)
    }
    offices = {lb.name.text.lower(): lb.person for lb in labels if lb.person and lb.person_span.start > lb.name.end}
    found: dict[str, str] = {}
    for label in labels:
        if label.person is None:
            if office := offices.get(label.key):
                found[label.key] = office
            continue
        parts = fold(label.person)
        if len(parts) > 1 or parts[0] in parts_in_full:
            found[label.key] = printed.get(parts, label.person)
        elif label.person_span.text.isupper() and len(parts[0]) <= _LONGEST_INITIALS and parts[0] not in surnames:
            whole = by_initials.get(parts[0], set())
            if len(whole) == 1:
                found[label.key] = next(iter(whole))
        elif parts[0] not in role_nouns() and not _is_outlet(reading, label):
            found[label.key] = label.person
    return found


def _is_outlet(reading: Reading, label: Label) -> bool:
    """Whether a label is short and in capitals but not a person's initials: it is tagged as something else or has no
    vowel.
    """
    name = label.person_span.text
    return (
        name.isupper()
        and len(name) <= _LONGEST_INITIALS
        and (
            not re.search(r"[AEIOUY]", name)
            or any(
                e.type.upper() in _NOT_PERSON_TYPES
                for e in entities_in(reading, label.person_span.start, label.person_span.start + 1)
            )
        )
    )


def _is_organisation(reading: Reading, label: Label) -> bool:
    """Whether the name of the label is part of an organisation."""
    near = entities_in(reading, label.name.start - len("The "), label.person_span.start + 1)
    return any(label.name.end <= e.end and e.type.upper().startswith("ORG") for e in near)


def _extent(reading: Reading, turn: _Turn, following: int | None, surnames: set[str]) -> list[tuple[int, int]]:
    """Return the ranges of a turn: the rest of its paragraph and the following ones, up to the next label or the
    narration.
    """
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
        if found and is_narration(reading, start, end, surnames, following is not None):
            break
        if (
            found
            and following is None
            and (reading.text[end - 1] == "?" or not has_unquoted_speech_pronoun(reading, start, end))
        ):
            break
        found.append((start, end))
    return found
