"""Compare the statements of two versions of an article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from quotetrack.cluster.wordings import encode
from quotetrack.text.diff import Piece, diff
from quotetrack.text.names import fold
from quotetrack.text.paragraphs import paragraphs
from quotetrack.text.passages import joined, keys_of

ChangeKind = Literal["changed", "vanished", "added"]
# Minimum similarity (0..1) of the words of a statement and its new wording, by the same speaker and by another one.
_SAME_SPEAKER, _OTHER_SPEAKER = 0.5, 0.75


@dataclass(frozen=True, slots=True)
class Statement:
    """A quotation of one version. ``spans`` are ranges of its text, ``named`` is whether the source phrase is a name."""

    quotation_id: str
    text: str
    kind: str
    stance: str
    speakers: tuple[str, ...]
    named: bool
    spans: tuple[tuple[int, int], ...]

    def to_dict(self) -> dict[str, Any]:
        """Convert to a JSON-compatible dictionary."""
        values = {name: getattr(self, name) for name in ("quotation_id", "text", "kind", "stance")}
        return {**values, "speakers": list(self.speakers), "start": self.spans[0][0], "end": self.spans[-1][1]}


@dataclass(frozen=True)
class VersionText:
    """The text of a version with the statements that are shown by default."""

    text: str
    statements: Sequence[Statement]

    @cached_property
    def words(self) -> str:
        """All words of the text, with a space before and after each."""
        return joined(keys_of(self.text))

    def has(self, text: str) -> bool:
        """Whether the words of ``text`` stand in a row in this version."""
        return joined(keys_of(text)) in self.words

    def pieces(self, statement: Statement) -> list[str]:
        """The pieces of the content of one of the statements."""
        return [self.text[start:end] for start, end in statement.spans]

    def around(self, statement: Statement) -> str:
        """The paragraphs that a statement stands in."""
        first, last = statement.spans[0][0], statement.spans[-1][1]
        return "\n".join(self.text[a:b] for a, b in paragraphs(self.text) if a < last and first < b)


@dataclass(frozen=True, slots=True)
class StatementChange:
    """A statement that an edit changed, took out (``after`` is ``None``) or put in (``before`` is ``None``)."""

    kind: ChangeKind
    before: Statement | None
    after: Statement | None

    @property
    def diff(self) -> tuple[Piece, ...]:
        """The word diff of the two wordings; of a statement that vanished or was added, all of it."""
        return diff(self.before.text if self.before else "", self.after.text if self.after else "")

    def to_dict(self) -> dict[str, Any]:
        """Convert to a JSON-compatible dictionary."""
        return {
            "kind": self.kind,
            "before": self.before.to_dict() if self.before else None,
            "after": self.after.to_dict() if self.after else None,
            "diff": [
                {"kind": piece.kind, "before": piece.asked.text, "after": piece.printed.text} for piece in self.diff
            ],
        }


def compare(before: VersionText, after: VersionText) -> list[StatementChange]:
    """Return what an edit did to the statements, in the order of the texts: changed, vanished, added.

    A statement counts as changed or gone only if its words no longer stand in a row in the other text. A quotation that was found in
    one version and missed in the other, or found with other boundaries, is no edit. The speaker and the stance of the same words
    count as changed only if the paragraph around them was edited.
    """
    pairs, old, new = _same_words(before, after)
    changes = [StatementChange("changed", *pair) for pair in pairs if _is_retold(before, after, *pair)]
    for i, j in _alike(old, new):
        first, second = old[i], new[j]
        if not (_still_there(before, after, first) and _still_there(after, before, second)):
            changes.append(StatementChange("changed", first, second))
    paired = {id(one) for change in changes for one in (change.before, change.after)}
    gone = [one for one in old if id(one) not in paired and not _still_there(before, after, one)]
    added = [one for one in new if id(one) not in paired and not _still_there(after, before, one)]
    changes.sort(key=lambda change: _place(change.after))
    changes += [StatementChange("vanished", one, None) for one in sorted(gone, key=_place)]
    return changes + [StatementChange("added", None, one) for one in sorted(added, key=_place)]


def _place(statement: Statement | None) -> tuple[tuple[int, int], ...]:
    return statement.spans if statement else ()


def _same_words(
    before: VersionText, after: VersionText
) -> tuple[list[tuple[Statement, Statement]], list[Statement], list[Statement]]:
    """Pair the statements with the same words, in order; returns the pairs and the others of both versions."""
    waiting: dict[str, list[Statement]] = {}
    for one in before.statements:
        waiting.setdefault(joined(keys_of(one.text)), []).append(one)
    pairs, new = [], []
    for one in after.statements:
        same = waiting.get(joined(keys_of(one.text)))
        if same:
            pairs.append((same.pop(0), one))
        else:
            new.append(one)
    return pairs, [one for rest in waiting.values() for one in rest], new


def _is_retold(before: VersionText, after: VersionText, first: Statement, second: Statement) -> bool:
    """Whether the edit gives the same words to another speaker named, or no longer has them as said (or denied, or requested)."""
    other_speaker = first.named and second.named and not _share_a_speaker(first, second)
    return (first.stance != second.stance or other_speaker) and not after.has(before.around(first))


def _alike(old: Sequence[Statement], new: Sequence[Statement]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of statements that are versions of each other, the most similar ones first."""
    if not old or not new:
        return
    codes = [encode(one.text) for one in old], [encode(one.text) for one in new]
    scores = cdist(*codes, scorer=Indel.normalized_similarity, score_cutoff=_SAME_SPEAKER)
    places = np.argwhere(scores >= _SAME_SPEAKER).tolist()
    taken: tuple[set[int], set[int]] = set(), set()
    for i, j in sorted(places, key=lambda place: (-scores[place[0], place[1]], place)):
        if i in taken[0] or j in taken[1]:
            continue
        if scores[i, j] >= _OTHER_SPEAKER or _share_a_speaker(old[i], new[j]):
            taken[0].add(i)
            taken[1].add(j)
            yield i, j


def _share_a_speaker(one: Statement, other: Statement) -> bool:
    surnames = [{fold(name)[-1] for name in statement.speakers if fold(name)} for statement in (one, other)]
    return bool(surnames[0] & surnames[1])


def _still_there(own: VersionText, other: VersionText, statement: Statement) -> bool:
    return all(other.has(piece) for piece in own.pieces(statement))
