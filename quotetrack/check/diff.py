"""A word diff between a wording asked for, or a variant, and what was printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel


@dataclass(frozen=True, slots=True)
class Operation:
    """``equal``; ``insert`` (printed, not asked), ``delete`` (asked, not printed), ``replace``; ``beyond`` is what was
    printed before or after the stretch asked for and is no difference."""

    kind: Literal["equal", "insert", "delete", "replace", "beyond"]
    asked: tuple[str, ...]
    printed: tuple[str, ...]


def compare(asked: Sequence[str], printed: Sequence[str]) -> tuple[Operation, ...]:
    """How to get from ``asked`` to ``printed``, word by word; printed words before and after it are ``beyond``."""
    if (start := _in_a_row(asked, printed)) is not None:
        # Aligned word by word, the last of them could as well be the same word further on.
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
    """Where all words asked for first stand in a row among those printed."""
    sought, size = list(asked), len(asked)
    return next((i for i in range(len(printed) - size + 1) if list(printed[i : i + size]) == sought), None)


def aligned(diff: Sequence[Operation]) -> list[str]:
    """The printed words that answer to what was asked."""
    return [word for op in diff if op.kind != "beyond" for word in op.printed]
