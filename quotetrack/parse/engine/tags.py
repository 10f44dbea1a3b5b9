"""Entities out of the tags of words: where one begins (B), goes on (I), ends (E) or is a single word (S)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from stanza.models.ner.trainer import fix_singleton_tags
from stanza.models.ner.utils import decode_from_bioes


class Tags:
    """The tags of an entity model, by number."""

    def __init__(self, names: Sequence[str]) -> None:
        """``names`` are like ``O`` or ``B-PERSON``."""
        self._names = names
        kinds = [name[:1] for name in names]
        self._types = [name[2:] for name in names]
        number = {name: number for number, name in enumerate(dict.fromkeys(self._types))}
        self._type = np.array([number[name] for name in self._types])
        self._begins, self._ends, self._comes, self._goes = (
            np.array([kind in some for kind in kinds]) for some in ("BS", "ES", "IE", "BI")
        )

    def entities(self, tags: NDArray[np.int64], lengths: Sequence[int]) -> list[list[tuple[int, int, str]]]:
        """The entities of each sentence of a row (first word, last word, type), as Stanza reads its words' ``tags``.

        Where tags make no whole entities (``B-PERSON`` before ``O``), Stanza mends them, which takes ten times as long.
        """
        ends = np.cumsum(np.asarray(lengths, np.int64))
        first = ends - lengths
        comes, goes, type_ = self._comes[tags], self._goes[tags], self._type[tags]
        wrong = goes.copy()  # an entity that goes on must come to the next word, and none may come from nowhere
        wrong[:-1] = goes[:-1] != comes[1:]
        wrong[:-1] |= goes[:-1] & (type_[:-1] != type_[1:])
        wrong[ends - 1] = goes[ends - 1]
        wrong[first] |= comes[first]
        broken = np.logical_or.reduceat(wrong, first)
        whole = np.repeat(~broken, lengths)
        begun, ended = np.flatnonzero(self._begins[tags] & whole), np.flatnonzero(self._ends[tags] & whole)
        owners = np.searchsorted(ends, begun, side="right")
        found: list[list[tuple[int, int, str]]] = [[] for _ in lengths]
        columns = (owners, begun - first[owners], ended - first[owners], tags[begun])
        for owner, begin, end, tag in zip(*(column.tolist() for column in columns), strict=True):
            found[owner].append((begin, end, self._types[tag]))
        for i in np.flatnonzero(broken).tolist():
            mended = fix_singleton_tags([self._names[number] for number in tags[first[i] : ends[i]].tolist()])
            found[i] = [(entity["start"], entity["end"], entity["type"]) for entity in decode_from_bioes(mended)]
        return found
