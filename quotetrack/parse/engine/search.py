"""The searches over a network's scores: is this a tree, and which tags go best together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def is_tree(heads: NDArray[np.int64]) -> bool:
    """Whether ``heads`` (of the words from 1; ``heads[0]`` is not read) hang from one word under the root, no circles.

    The best head of every word taken alone makes such a tree nearly always; it is then the best of all trees, and the
    search of Chu-Liu and Edmonds need not run.
    """
    own = heads.tolist()
    if own[1:].count(0) != 1:
        return False
    safe = bytearray(len(own))
    safe[0] = 1
    for word in range(1, len(own)):
        path = []
        while not safe[word]:
            safe[word] = 2  # on the way; to meet it again is a circle
            path.append(word)
            word = own[word]
            if safe[word] == 2:
                return False
        for passed in path:
            safe[passed] = 1
    return True


def best_paths(
    scores: NDArray[np.float32], lengths: Sequence[int], transitions: NDArray[np.float32]
) -> list[list[int]]:
    """The tags of each sentence that score best together (Viterbi 1967), all sentences of a batch at once.

    ``scores`` is (sentences, words, tags), ``transitions`` (tag before, tag).
    """
    rows, width, _ = scores.shape
    ends = np.asarray(lengths)
    best = scores[:, 0].copy()
    before = np.zeros(scores.shape, np.int64)
    for word in range(1, width):
        open_ = np.flatnonzero(ends > word)
        ways = best[open_, :, None] + transitions
        before[open_, word] = ways.argmax(1)
        best[open_] = scores[open_, word] + ways.max(1)
    paths = np.zeros((rows, width), np.int64)
    paths[np.arange(rows), ends - 1] = best.argmax(1)
    for word in range(width - 1, 0, -1):
        inside = np.flatnonzero(ends > word)
        paths[inside, word - 1] = before[inside, word, paths[inside, word]]
    return [paths[row, :length].tolist() for row, length in enumerate(lengths)]
