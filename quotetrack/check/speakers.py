"""Compare the name a text gives with the speaker in the record."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotetrack.check.records import SpeakerVerdict
from quotetrack.link.names import EXACT, INITIAL, abbreviation, body_key, initials, likeness, person_name
from quotetrack.link.roles import role_key
from quotetrack.read.printing import Printing
from quotetrack.read.speakers import Names
from quotetrack.text.names import strip_title

_LEADING = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_BY_ROLE = re.compile(r",\s+")


@dataclass(frozen=True, slots=True)
class Named:
    """A name as a text gives it: the name itself and the office beside it; either may be empty."""

    name: str
    office: str

    @classmethod
    def of(cls, given: str) -> Named:
        """Take an office off a name.

        >>> Named.of("Mayor Kvist"), Named.of("Ada Kvist, the mayor")
        (Named(name='Kvist', office='Mayor'), Named(name='Ada Kvist', office='the mayor'))
        """
        name, *roles = _BY_ROLE.split(given.strip().rstrip(".,"), maxsplit=1)
        stripped, offset, _ = strip_title(name)
        office = " ".join([name[:offset].strip(), *roles]).strip()
        words = stripped.split()
        if (words and words[0] in ("of", "for", "in")) or (given.islower() and _LEADING.match(given)):
            return cls("", given.strip().rstrip(".,"))
        # `the mayor of Brennholm`, `Brennholm mayor Ada Kvist`: what is in lower case is no part of a name.
        lower = [i for i, word in enumerate(words) if word[:1].islower() and len(word) > 3]
        if lower and lower[-1] + 1 < len(words) and not {"of", "for"} & set(words):
            office, stripped = " ".join([*words[: lower[-1] + 1], office]).strip(), " ".join(words[lower[-1] + 1 :])
        elif lower and not given.islower():
            office, stripped = f"{stripped} {office}".strip(), ""
        return cls(stripped, office)


def name_fits(given: Named, names: Names) -> bool:
    """Whether the name, or the office if no name is given, can be that of this speaker."""
    if not given.name:
        described = names.names if names.type == "unnamed" else ()
        return bool(given.office) and any(_same_office(given.office, role) for role in (*names.roles, *described))
    if any(_same_name(given.name, name, names.type) for name in names.names):
        return True
    # In lower case throughout, a name and an office look alike.
    return given.name.islower() and any(_same_office(given.name, role) for role in names.roles)


def office_fits(given: Named, names: Names) -> bool:
    """Whether the office is one of this speaker's."""
    return any(_same_office(given.office, role) for role in names.roles)


def verdict(
    given: Named | None, printing: Printing, others: Sequence[Printing], names: Mapping[str, Names]
) -> SpeakerVerdict:
    """Return the verdict on the speaker for one printing and the other printings of its claim."""
    if given is None:
        return "not given"
    fitting = [printing_fits(given, one, names) for one in (printing, *others)]
    named = [bool(one.speaker_ids) for one in (printing, *others)]
    if not any(named):
        return "unknown"
    if not any(fitting):
        return "differs"
    contrary = any(is_named and not fit for is_named, fit in zip(named, fitting, strict=True))
    return "disputed" if contrary else "same"


def printing_fits(given: Named, printing: Printing, names: Mapping[str, Names]) -> bool:
    """Whether the name fits one of the speakers of the printing."""
    return any(name_fits(given, names[key]) for key in printing.speaker_ids if key in names)


def _same_name(given: str, name: str, kind: str) -> bool:
    if given.lower() == name.lower():
        return True
    if kind == "person":
        return _same_person(given, name)
    ours, theirs = body_key(given), body_key(name)
    short, long = abbreviation(given), abbreviation(name)
    return ours == theirs or bool(short and short == initials(theirs)) or bool(long and long == initials(ours))


def _same_person(given: str, name: str) -> bool:
    ours, theirs = person_name(given), person_name(name)
    if ours.parts == theirs.parts:
        return not (ours.suffix and theirs.suffix and ours.suffix != theirs.suffix)
    if ours.bare:
        return len(ours.last) > 1 and (ours.last in theirs.parts[1:])
    if theirs.bare:
        return False  # a surname alone does not confirm a full name
    # The surname must be the same; first names may be initials or short forms.
    close = ours.last == theirs.last or sorted(ours.parts) == sorted(theirs.parts) or likeness(ours, theirs) == EXACT
    return close and likeness(ours, theirs) >= INITIAL


def _same_office(given: str, role: str) -> bool:
    ours, theirs = role_key(_LEADING.sub("", given)), role_key(role)
    if not ours.head:
        return False
    words = set(theirs.head.split())
    return ours.agrees(theirs) or (
        set(ours.head.split()) <= words and not (ours.domain - theirs.domain and theirs.domain)
    )
