"""The records of a checked draft: each quotation of the draft with its outcome."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from quotetrack.check.records import Answer
from quotetrack.inputs.drafts import Draft
from quotetrack.model import Kind, Span

Outcome = Literal["right", "changed", "speaker", "missing", "unconfirmed", "unchecked"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
FAULTS = OUTCOMES[1:]
DEFAULT_FAULTS: tuple[Outcome, ...] = ("changed", "speaker")

_SUMMARY = {
    "right": "right",
    "changed": "changed",
    "speaker": "given to somebody else",
    "missing": "not in the record",
    "unconfirmed": "not confirmed",
    "unchecked": "not checked",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """A quotation of a draft, or other words in quotation marks, with the outcome.

    Attributes:
        spans: Where it stands in the text of the draft.
        number: The line or paragraph of the draft that it begins in.
        kind: ``direct``, ``indirect`` or ``mixed``; ``None`` for words in quotation marks that nobody is said to have said.
        said_by: The speaker that the draft names.
        role: The role that the draft gives to the speaker.
        outcome: ``right``: the words and the speaker are those of the record. ``changed``: the words differ, their sense is
            turned, or they are not printed as a quotation. ``speaker``: the record names somebody else. ``missing``: not in
            the record. ``unconfirmed``: the record does not decide. ``unchecked``: not looked up.
        faults: All outcomes that apply except ``right``; words can be changed and also given to somebody else.
        reasons: Why, one sentence each, the most serious first.
        notes: What else to know, such as a role that differs; they do not change the outcome.
        answers: What the record says on the words, or on each part of them.
    """

    spans: tuple[Span, ...]
    number: int
    kind: Kind | None
    said_by: str | None
    role: str | None
    outcome: Outcome
    faults: tuple[Outcome, ...]
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    answers: tuple[Answer, ...]

    @property
    def text(self) -> str:
        """The words, with several spans joined by ``[…]``."""
        return " […] ".join(span.text for span in self.spans)

    def to_dict(self) -> dict[str, Any]:
        """Convert to a JSON-compatible dictionary; docs/commands.md lists the keys."""
        return {
            "spans": [span.to_dict() for span in self.spans],
            **{name: getattr(self, name) for name in ("number", "kind", "said_by", "role", "outcome")},
            **{name: list(getattr(self, name)) for name in ("faults", "reasons", "notes")},
            "answers": [answer.to_dict() for answer in self.answers],
        }


@dataclass(frozen=True, slots=True)
class DraftReport:
    """A draft with all its quotations, in the order of the text. ``notes`` say what was left out or not checked."""

    draft: Draft
    quotations: tuple[Checked, ...]
    notes: tuple[str, ...]

    @property
    def counts(self) -> dict[Outcome, int]:
        """Number of quotations by outcome."""
        found = Counter(one.outcome for one in self.quotations)
        return {outcome: found[outcome] for outcome in OUTCOMES}

    @property
    def summary(self) -> str:
        """The counts in one line.

        >>> db.check_draft("“We sail at dawn,” said Ruth Vale.").summary
        '1 quotation: 1 right, 0 changed, 0 given to somebody else, 0 not in the record, 0 not confirmed, 0 not checked'
        """
        total = len(self.quotations)
        counts = ", ".join(f"{number} {_SUMMARY[outcome]}" for outcome, number in self.counts.items())
        return f"{total} quotation{'' if total == 1 else 's'}: {counts}"

    def fails(self, faults: Collection[str] = DEFAULT_FAULTS) -> bool:
        """Whether any quotation has one of these faults."""
        return any(set(faults) & set(one.faults) for one in self.quotations)

    def to_dict(self) -> dict[str, Any]:
        """Convert to a JSON-compatible dictionary; docs/commands.md lists the keys."""
        text = self.draft.text
        return {
            "draft": self.draft.location,
            "text": text,
            "sha256": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
            "unit": self.draft.unit,
            "summary": self.summary,
            "counts": self.counts,
            "notes": list(self.notes),
            "quotations": [one.to_dict() for one in self.quotations],
        }


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """Return the outcome that decides for a quotation of several parts; ``right`` if there is none."""
    order: tuple[Outcome, ...] = ("right", "unchecked", "unconfirmed", "missing", "speaker", "changed")
    return max(outcomes, key=order.index, default="right")
