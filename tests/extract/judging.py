"""Compare what extraction finds in small articles with their known speakers (``cases.jsonl``).

A case is one line of JSON with ``id``, ``phenomenon``, ``text``, ``expect`` and ``must_not``. The words of each entry
of ``expect`` (``content``) must be inside one quotation with exactly the given ``speaker`` (null: no name), ``kind``,
``type``, ``stance`` and ``role``. No stated quotation may match all keys of an entry of ``must_not``. Case and the
glyphs of quotation marks are ignored.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotetrack.model import Quotation

_MARKS = str.maketrans("’‘“”«»„", '\'\'"""""')
_PROPERTIES = ("speaker", "kind", "role", "stance", "type")


@dataclass(frozen=True, slots=True)
class Case:
    """An article and the quotations expected in it."""

    id: str
    phenomenon: str
    text: str
    expect: list[dict[str, Any]]
    must_not: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The number of expectations met, the number of wrong names and forbidden quotations, and a message for each
    failure.
    """

    met: int
    wrong: int
    problems: tuple[str, ...]


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a file."""
    return [Case(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line]


def judge(case: Case, quotations: Sequence[Quotation]) -> Verdict:
    """Compare the quotations found with the expectations of the case."""
    met = wrong = 0
    problems: list[str] = []
    for expected in case.expect:
        found = [q for q in quotations if folded(expected["content"]) in _content(q)]
        if not found:
            problems.append(f"missing: {expected['content']!r}")
            continue
        differing = min((_differences(q, expected) for q in found), key=len)
        met += not differing
        for what, (got, wanted) in differing.items():
            problems.append(f"{expected['content']!r}: {what} {got!r}, not {wanted!r}")
            wrong += what == "speaker" and _is_wrong_name(got, wanted)
    for forbidden in case.must_not:
        match = next((q for q in quotations if q.stance == "stated" and _matches(q, forbidden)), None)
        if match is not None:
            problems.append(f"must not: {forbidden}, but {match.text[:60]!r} by {name_of(match)!r}")
            wrong += 1
    return Verdict(met, wrong, tuple(problems))


def folded(text: str | None) -> str:
    """Return the text in one case, with normalised spaces and quotation marks."""
    return " ".join((text or "").translate(_MARKS).split()).casefold().removesuffix(".")


def name_of(quotation: Quotation) -> str | None:
    """Return the speaker's name, or ``None`` for no speaker or an unnamed one."""
    speaker = quotation.speaker
    return None if speaker is None or speaker.type == "unnamed" else speaker.name


def _content(quotation: Quotation) -> str:
    return folded(" ".join(span.text for span in quotation.content))


def _differences(quotation: Quotation, expected: dict[str, Any]) -> dict[str, tuple[str | None, str | None]]:
    """Return the properties that differ from the expected ones, each with the actual and the expected value."""
    own = {
        "speaker": name_of(quotation),
        "kind": quotation.kind,
        "role": quotation.role.text if quotation.role else None,
        "stance": quotation.stance,
        "type": quotation.speaker.type if quotation.speaker else None,
    }
    return {
        what: (own[what], expected[what])
        for what in _PROPERTIES
        if what in expected and folded(own[what]) != folded(expected[what])
    }


def _is_wrong_name(got: str | None, wanted: str | None) -> bool:
    """Whether the name is another person's. A shorter or longer form of the right name is not wrong."""
    if got is None:
        return False
    own, right = set(folded(got).split()), set(folded(wanted).split())
    return not (right and (own <= right or right <= own))


def _matches(quotation: Quotation, forbidden: dict[str, str]) -> bool:
    source = quotation.source.text if quotation.source else None
    return (
        ("content" not in forbidden or folded(forbidden["content"]) in _content(quotation))
        and ("speaker" not in forbidden or folded(forbidden["speaker"]) == folded(name_of(quotation)))
        and ("source" not in forbidden or folded(forbidden["source"]) in folded(source))
    )
