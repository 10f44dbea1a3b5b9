"""Exact search over a network's scores: dependency trees and tag sequences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


def are_trees(heads: NDArray[np.int64], lengths: Sequence[int]) -> NDArray[np.bool_]:
    """For each concatenated sentence, whether its heads form a tree with exactly one word under the root.

    ``heads`` (words) are positions within each sentence, which starts with its root; the root's own head is ignored. Choosing
    the best head of each word nearly always gives such a tree, which is then the best of all trees, and ``best_tree`` need
    not run.
    """
    ends = np.cumsum(np.asarray(lengths, np.int64))
    begins = ends - lengths
    at_root = heads == 0
    at_root[begins] = False
    one = np.add.reduceat(at_root.astype(np.int64), begins) == 1
    above = heads + np.repeat(begins, lengths)
    above[begins] = begins
    # Pointer doubling: words that do not reach the root in as many steps as there are words are in or below a cycle.
    for _ in range(int(max(lengths, default=0)).bit_length()):
        above = above[above]
    reaches_root = np.logical_and.reduceat(above == np.repeat(begins, lengths), begins)
    found: NDArray[np.bool_] = one & reaches_root
    return found


def best_tree(scores: NDArray[np.floating[Any]]) -> NDArray[np.int64]:
    """The best tree with one word under the root, as the head of each word.

    ``scores`` is (words, heads) with the root first; the first head of the result is 0. Each word is tried under the root,
    in the order of an upper bound of its tree's score, until no other word can do better. Stanza finds the same tree by
    penalising the root's arcs (Stanojević and Cohen 2021), which takes some thirty contractions.
    """
    own = scores.astype(np.float64)
    rooted = own[:, 0].copy()
    rooted[0] = -np.inf
    own[:, 0] = -np.inf
    np.fill_diagonal(own, -np.inf)
    greedy = own.max(1)
    greedy[0] = 0.0
    # An upper bound of the score of a tree with this word under the root. A word without any other head has to be it.
    free = np.where(np.isfinite(greedy), greedy, 0.0)
    bound = rooted + free.sum() - free
    best, found = -np.inf, np.zeros(len(own), np.int64)
    for word in np.argsort(-bound, kind="stable").tolist()[: len(own) - 1]:
        if bound[word] <= best:
            break
        tried = own.copy()
        tried[word] = -np.inf
        tried[word, 0] = rooted[word]
        heads = _tree(tried)
        total = rooted[word] + sum(own[place, head] for place, head in enumerate(heads) if place and place != word)
        if total > best:
            best, found = total, np.array(heads)
    return found


def _tree(own: NDArray[np.float64]) -> list[int]:
    """The head of each word in the best tree (Chu and Liu 1965, Edmonds 1967). Modifies ``own``, (words, heads).

    Cycles are contracted in place into their first member, so that only its row, its column and its head change. Stanza
    instead builds a smaller problem and searches it for all cycles again.
    """
    heads: list[int] = own.argmax(1).tolist()
    heads[0] = 0
    contractions = []
    while cycle := _find_cycle(heads):
        first = cycle[0]
        inside = [heads[node] for node in cycle]
        entering = own[cycle] - own[cycle, inside][:, None]
        leaving = own[:, cycle]
        contractions.append((cycle, inside, entering.argmax(0), leaving.argmax(1)))
        own[first], own[:, first] = entering.max(0), leaving.max(1)
        own[:, cycle[1:]] = -np.inf
        own[first, first] = -np.inf
        members = set(cycle)
        heads = [first if head in members else head for head in heads]
        for node in cycle[1:]:
            heads[node] = 0  # contracted: no longer part of any cycle
        heads[first] = int(own[first].argmax())
    for cycle, inside, entered, left in reversed(contractions):
        above = heads[cycle[0]]
        for node, head in enumerate(heads):
            if head == cycle[0]:
                heads[node] = cycle[left[node]]
        for node, head in zip(cycle, inside, strict=True):
            heads[node] = head
        heads[cycle[entered[above]]] = above
    return heads


def _find_cycle(heads: list[int]) -> list[int]:
    """The nodes of one cycle, or an empty list if every node reaches the root."""
    seen = [-1] * len(heads)
    seen[0] = 0
    for start in range(1, len(heads)):
        node = start
        while seen[node] < 0:
            seen[node] = start
            node = heads[node]
        if node and seen[node] == start:
            cycle = [node]
            while (node := heads[node]) != cycle[0]:
                cycle.append(node)
            return cycle
    return []


def greedy_is_best(
    best: NDArray[np.int64], margins: NDArray[np.float32], lengths: Sequence[int], transitions: NDArray[np.float32]
) -> NDArray[np.bool_]:
    """For each concatenated sentence, whether its highest-scoring tags are certainly its best path. May be wrongly False.

    ``best`` (words) holds these tags and ``margins`` (words) their lead over the second-best tags. Changing the tag of a word
    costs its margin, and gains at most the differences between the highest transition and the two at that word.
    """
    ends = np.cumsum(np.asarray(lengths, np.int64))
    left = transitions.max() - transitions[best[:-1], best[1:]]
    left[ends[:-1] - 1] = 0  # there is no transition between sentences
    gain = np.zeros_like(margins)
    gain[1:] += left
    gain[:-1] += left
    found: NDArray[np.bool_] = np.logical_and.reduceat(margins > gain, np.concatenate([[0], ends[:-1]]))
    return found


def best_paths(
    scores: NDArray[np.float32], lengths: Sequence[int], transitions: NDArray[np.float32]
) -> list[list[int]]:
    """The highest-scoring tag sequence of each sentence (Viterbi 1967), for all sentences of a batch at once.

    ``scores`` is (sentences, words, tags) and padded, ``transitions`` (previous tag, tag).
    """
    order = np.argsort(
        -np.asarray(lengths), kind="stable"
    )  # longest first, so that sentences that have not ended come first
    scores, ends = scores[order], np.asarray(lengths)[order]
    rows, width, _ = scores.shape
    not_ended = [int(np.searchsorted(-ends, -word)) for word in range(width)]
    # Previous tags are recomputed afterwards, for the best path only.
    best = scores.copy()
    for word in range(1, width):
        active = slice(not_ended[word])
        best[active, word] += (best[active, word - 1, :, None] + transitions).max(1)
    paths = np.zeros((rows, width), np.int64)
    paths[np.arange(rows), ends - 1] = best[np.arange(rows), ends - 1].argmax(1)
    for word in range(width - 1, 0, -1):
        active = slice(not_ended[word])
        paths[active, word - 1] = (best[active, word - 1] + transitions.T[paths[active, word]]).argmax(1)
    found: list[list[int]] = [[]] * rows
    for place, path, end in zip(order.tolist(), paths.tolist(), ends.tolist(), strict=True):
        found[place] = path[:end]
    return found
