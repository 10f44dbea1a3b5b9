"""The searches over a network's scores: are these trees, and which tags go best together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


def are_trees(heads: NDArray[np.int64], lengths: Sequence[int]) -> NDArray[np.bool_]:
    """For each sentence of a row, whether its words hang from one word under its root and in no circles.

    A sentence begins with its root, whose own head is not read, and ``heads`` count from there. The best head of every word taken
    alone makes such a tree nearly always; it is then the best of all trees, and the search of Chu-Liu and Edmonds need not run.
    """
    ends = np.cumsum(np.asarray(lengths, np.int64))
    begins = ends - lengths
    under = heads == 0
    under[begins] = False
    one = np.add.reduceat(under.astype(np.int64), begins) == 1
    above = heads + np.repeat(begins, lengths)
    above[begins] = begins
    # Every look goes twice as far up; who comes to no root in as many steps as there are words goes in a circle.
    for _ in range(int(max(lengths, default=0)).bit_length()):
        above = above[above]
    arrived = np.logical_and.reduceat(above == np.repeat(begins, lengths), begins)
    found: NDArray[np.bool_] = one & arrived
    return found


def best_tree(scores: NDArray[np.floating[Any]]) -> NDArray[np.int64]:
    """The best tree with one word under the root, as the head of each word.

    ``scores`` is (words, heads) with the root first; ``heads[0]`` of the answer is 0. Each word is tried under the root, the one with the
    best chance first, until no other can do better; Stanza instead makes the root's arcs so dear that one is taken (Stanojević
    and Cohen 2021), which ends in the same tree after thirty contractions.
    """
    own = scores.astype(np.float64)
    rooted = own[:, 0].copy()
    rooted[0] = -np.inf
    own[:, 0] = -np.inf
    np.fill_diagonal(own, -np.inf)
    greedy = own.max(1)
    greedy[0] = 0.0
    # What a tree with this word under the root is worth at most. Where no other word can be a head, it is the only one.
    free = np.where(np.isfinite(greedy), greedy, 0.0)
    most = rooted + free.sum() - free
    best, found = -np.inf, np.zeros(len(own), np.int64)
    for word in np.argsort(-most, kind="stable").tolist()[: len(own) - 1]:
        if most[word] <= best:
            break
        tried = own.copy()
        tried[word] = -np.inf
        tried[word, 0] = rooted[word]
        heads = _tree(tried)
        worth = rooted[word] + sum(own[place, head] for place, head in enumerate(heads) if place and place != word)
        if worth > best:
            best, found = worth, np.array(heads)
    return found


def _tree(own: NDArray[np.float64]) -> list[int]:
    """The best tree (Chu and Liu 1965, Edmonds 1967). ``own`` is changed.

    Circles are contracted in place into their first member: only its row and column and its own head change, where Stanza builds a
    smaller problem and looks for all circles again.
    """
    heads: list[int] = own.argmax(1).tolist()
    heads[0] = 0
    done = []
    while circle := _circle(heads):
        first = circle[0]
        inside = [heads[node] for node in circle]
        entering = own[circle] - own[circle, inside][:, None]
        leaving = own[:, circle]
        done.append((circle, inside, entering.argmax(0), leaving.argmax(1)))
        own[first], own[:, first] = entering.max(0), leaving.max(1)
        own[:, circle[1:]] = -np.inf
        own[first, first] = -np.inf
        members = set(circle)
        heads = [first if head in members else head for head in heads]
        for node in circle[1:]:
            heads[node] = 0  # no longer a node of its own: to the walk it is settled
        heads[first] = int(own[first].argmax())
    for circle, inside, entered, left in reversed(done):
        above = heads[circle[0]]
        for node, head in enumerate(heads):
            if head == circle[0]:
                heads[node] = circle[left[node]]
        for node, head in zip(circle, inside, strict=True):
            heads[node] = head
        heads[circle[entered[above]]] = above
    return heads


def _circle(heads: list[int]) -> list[int]:
    """The nodes of one circle, or none if every node hangs from the root."""
    seen = [-1] * len(heads)
    seen[0] = 0
    for start in range(1, len(heads)):
        node = start
        while seen[node] < 0:
            seen[node] = start
            node = heads[node]
        if node and seen[node] == start:
            circle = [node]
            while (node := heads[node]) != circle[0]:
                circle.append(node)
            return circle
    return []


def greedy_is_best(
    best: NDArray[np.int64], margins: NDArray[np.float32], lengths: Sequence[int], transitions: NDArray[np.float32]
) -> NDArray[np.bool_]:
    """For each sentence of a row, whether the ``best`` tag of every word taken alone is its best path.

    ``margins`` says by how much it is ahead of the word's next tag. To leave it at some words costs their margins and can win at
    most what lies between the steps into and out of each of them and the dearest step there is.
    """
    ends = np.cumsum(np.asarray(lengths, np.int64))
    left = transitions.max() - transitions[best[:-1], best[1:]]
    left[ends[:-1] - 1] = 0  # between two sentences is no step
    won = np.zeros_like(margins)
    won[1:] += left
    won[:-1] += left
    found: NDArray[np.bool_] = np.logical_and.reduceat(margins > won, np.concatenate([[0], ends[:-1]]))
    return found


def best_paths(
    scores: NDArray[np.float32], lengths: Sequence[int], transitions: NDArray[np.float32]
) -> list[list[int]]:
    """The tags of each sentence that score best together (Viterbi 1967), all sentences of a batch at once.

    ``scores`` is (sentences, words, tags), ``transitions`` (tag before, tag).
    """
    order = np.argsort(-np.asarray(lengths), kind="stable")  # so that those still open come first
    scores, ends = scores[order], np.asarray(lengths)[order]
    rows, width, _ = scores.shape
    still_open = [int(np.searchsorted(-ends, -word)) for word in range(width)]
    # Which tag came before is asked afterwards, along the best path alone.
    best = scores.copy()
    for word in range(1, width):
        open_ = slice(still_open[word])
        best[open_, word] += (best[open_, word - 1, :, None] + transitions).max(1)
    paths = np.zeros((rows, width), np.int64)
    paths[np.arange(rows), ends - 1] = best[np.arange(rows), ends - 1].argmax(1)
    for word in range(width - 1, 0, -1):
        open_ = slice(still_open[word])
        paths[open_, word - 1] = (best[open_, word - 1] + transitions.T[paths[open_, word]]).argmax(1)
    found: list[list[int]] = [[]] * rows
    for place, path, end in zip(order.tolist(), paths.tolist(), ends.tolist(), strict=True):
        found[place] = path[:end]
    return found
