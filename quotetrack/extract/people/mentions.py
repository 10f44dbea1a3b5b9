"""Turn entities into mentions: strip titles, trim tagging errors and skip page furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotetrack.extract.people.someone import Mention
from quotetrack.extract.reading import Reading
from quotetrack.model import Entity, SpeakerType
from quotetrack.text.names import strip_title

TYPES: dict[str, SpeakerType] = {
    "PERSON": "person", "PER": "person", "ORG": "organisation", "ORGANIZATION": "organisation",
    "GPE": "place", "LOCATION": "place", "LOC": "place", "NORP": "group",
    "FAC": "organisation", "FACILITY": "organisation",
}  # fmt: skip
# Words that are capitalised at the start of a sentence or in headlines and get tagged as names.
_NOT_NAMES = {
    "aides",
    "allies",
    "advisers",
    "advisors",
    "officials",
    "critics",
    "supporters",
    "opponents",
    "democrat",
    "republican",
    "super pac",
    "super pacs",
    "pac",
}
# Party and state as in "(R-Ky.)", and names of those who give no statements.
_NOT_QUOTABLE = re.compile(r"[RDI]-[A-Z]|(?:God|Allah|Jesus(?: Christ)?|Satan)$")
_TITLE_LEFT = re.compile(r".*\b(?:Sens?|Reps?|Gov)$")  # "Vermont Sen." before a name
_CREDIT = re.compile(r"\s?(?:via|/)\s?(?:Getty|AP|Reuters|Associated Press|AFP|Bloomberg)\b")  # photo credits
# What follows the place of a dateline.
_DATELINE_END = re.compile(r"\s?(?:,(?:\s[A-Z0-9][\w.,]*){1,4}\s?)?[-–—(]")


def kind_of(entity: Entity) -> SpeakerType | None:
    """Return the speaker type for an entity's label; ``None`` for dates, amounts and the like."""
    return TYPES.get(entity.type.upper())


def mentions(reading: Reading, entities: Sequence[Entity], *types: SpeakerType) -> list[Mention]:
    """Return the mentions among ``entities`` that have one of ``types``, in text order.

    Datelines, photo credits, entities with a line break and words that are not names are skipped.
    """
    found = []
    for entity in entities:
        if kind_of(entity) not in types or "\n" in entity.text or _is_dateline(reading, entity):
            continue
        if _CREDIT.match(reading.text, entity.end):
            continue
        name, offset, _ = strip_title(_trimmed(reading, entity))
        titled = _TITLE_LEFT.match(name) and re.match(
            r"\.|\s[A-Z]", reading.text[(end := entity.start + offset + len(name)) : end + 2]
        )
        if titled:
            continue
        if name and any(c.isalpha() for c in name) and not _NOT_QUOTABLE.match(name) and name.lower() not in _NOT_NAMES:
            glued = re.match(r"[AP]M(?=[A-Z][a-z])", name)  # "4:29 PMRuth Vale": a missing line break
            skipped = 2 if glued else len(name) - len(name.lstrip(">*•#@|"))
            name, offset = name[skipped:], offset + skipped
            start = entity.start + offset
            found.append(Mention(start, start + len(name), name, entity))
    return found


def _trimmed(reading: Reading, entity: Entity) -> str:
    """The entity's text without a verb or adverb tagged as part of a person's name (``Ruth Vale grilled``)."""
    text = entity.text
    if kind_of(entity) != "person":
        return text
    words = list(reading.words_between(entity.start, entity.end))
    while (
        len(words) > 1
        and reading.text[reading.words[words[-1]].start - 1].isspace()
        and (
            reading.words[words[-1]].text.islower()
            or (
                reading.words[words[-1]].upos in ("VERB", "AUX", "ADV", "ADP", "SCONJ")
                and reading.in_title_case(entity.start)
            )
        )
    ):
        words.pop()
        text = reading.text[entity.start : reading.words[words[-1]].end]
    return text


def _is_dateline(reading: Reading, entity: Entity) -> bool:
    """Whether the entity is a dateline: capitals at the start of a paragraph, as in ``CHARLOTTE - The wife of …``.

    Only names and numbers can stand between a comma and the end of a dateline (``CHARLOTTE, N.C. (AP)``).
    """
    if not entity.text.isupper() or not _DATELINE_END.match(reading.text, entity.end):
        return False
    return any(start == entity.start for start, _ in reading.parsed.paragraphs)
