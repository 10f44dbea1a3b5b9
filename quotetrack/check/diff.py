"""Word diff between a query and a printed wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a diff: words of the query and the printed words.

    ``insert``: only printed. ``delete``: only in the query. ``replace``: different words. ``beyond``: printed before or
    after the matching passage, which does not count as a difference.
    """

    kind: Literal["equal", "insert", "delete", "replace", "beyond"]
    asked: tuple[str, ...]
    printed: tuple[str, ...]


def compare(asked: Sequence[str], printed: Sequence[str]) -> tuple[Operation, ...]:
    """Compute the word diff from ``asked`` to ``printed``; printed words before and after the match are ``beyond``."""
    if (start := _in_a_row(asked, printed)) is not None:
        # An alignment could match a word at the edge to a later occurrence instead.
        end = start + len(asked)
        parts = [Operation("beyond", (), tuple(printed[:start])), Operation("equal", tuple(asked), tuple(asked))]
        parts.append(Operation("beyond", (), tuple(printed[end:])))
        return tuple(part for part in parts if part.printed)
    found: list[Operation] = []
    codes = list(Indel.opcodes(list(asked), list(printed)))
    for place, code in enumerate(codes):
        a = tuple(asked[code.src_start : code.src_end])
        b = tuple(printed[code.dest_start : code.dest_end])
        if code.tag == "equal":
            found.append(Operation("equal", a, b))
        elif code.tag == "insert" and place in (0, len(codes) - 1):
            found.append(Operation("beyond", (), b))
        elif found and {found[-1].kind, code.tag} == {"insert", "delete"}:
            last = found.pop()
            found.append(Operation("replace", last.asked + a, last.printed + b))
        else:
            found.append(Operation("insert" if code.tag == "insert" else "delete", a, b))
    return tuple(found)


def _in_a_row(asked: Sequence[str], printed: Sequence[str]) -> int | None:
    """Index of the first consecutive occurrence of all words of ``asked`` in ``printed``, or ``None``."""
    sought, size = list(asked), len(asked)
    return next((i for i in range(len(printed) - size + 1) if list(printed[i : i + size]) == sought), None)


def aligned(diff: Sequence[Operation]) -> list[str]:
    """Return the printed words within the matching passage."""
    return [word for op in diff if op.kind != "beyond" for word in op.printed]
