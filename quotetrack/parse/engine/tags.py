"""Entities from BIOES tags: beginning, inside, outside, end and single word."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from stanza.models.ner.trainer import fix_singleton_tags
from stanza.models.ner.utils import decode_from_bioes


class Tags:
    """Decodes tag numbers of an entity model."""

    def __init__(self, names: Sequence[str]) -> None:
        """``names`` are the tags by number, such as ``O`` or ``B-PERSON``."""
        self._names = names
        kinds = [name[:1] for name in names]
        self._types = [name[2:] for name in names]
        number = {name: number for number, name in enumerate(dict.fromkeys(self._types))}
        self._type = np.array([number[name] for name in self._types])
        self._begins, self._ends, self._continues_from, self._continues_to = (
            np.array([kind in letters for kind in kinds]) for letters in ("BS", "ES", "IE", "BI")
        )

    def entities(self, tags: NDArray[np.int64], lengths: Sequence[int]) -> list[list[tuple[int, int, str]]]:
        """The entities of each sentence as (first word, last word, type), as Stanza decodes them; ``tags`` is (words).

        Sentences with ill-formed tags (``B-PERSON`` before ``O``) go through Stanza's own repair, which is ten times slower.
        """
        ends = np.cumsum(np.asarray(lengths, np.int64))
        first = ends - lengths
        from_previous, to_next, type_ = self._continues_from[tags], self._continues_to[tags], self._type[tags]
        wrong = to_next.copy()  # B and I must be followed by I or E of the same type, and I and E preceded by B or I
        wrong[:-1] = to_next[:-1] != from_previous[1:]
        wrong[:-1] |= to_next[:-1] & (type_[:-1] != type_[1:])
        wrong[ends - 1] = to_next[ends - 1]
        wrong[first] |= from_previous[first]
        broken = np.logical_or.reduceat(wrong, first)
        whole = np.repeat(~broken, lengths)
        begun, ended = np.flatnonzero(self._begins[tags] & whole), np.flatnonzero(self._ends[tags] & whole)
        owners = np.searchsorted(ends, begun, side="right")
        found: list[list[tuple[int, int, str]]] = [[] for _ in lengths]
        columns = (owners, begun - first[owners], ended - first[owners], tags[begun])
        for owner, begin, end, tag in zip(*(column.tolist() for column in columns), strict=True):
            found[owner].append((begin, end, self._types[tag]))
        for i in np.flatnonzero(broken).tolist():
            repaired = fix_singleton_tags([self._names[number] for number in tags[first[i] : ends[i]].tolist()])
            found[i] = [(entity["start"], entity["end"], entity["type"]) for entity in decode_from_bioes(repaired)]
        return found
