"""The best labels of a linear chain (Viterbi) and how likely they are (the forward algorithm; Lafferty et al. 2001)."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor


def best_labels(
    scores: Sequence[Tensor], steps: Tensor, begin: Tensor, end: Tensor
) -> tuple[list[list[int]], list[float]]:
    """For each row of ``scores`` (words, labels) the best path over its words, and its probability.

    ``steps`` scores going from one label to another, ``begin`` and ``end`` the first and the last.
    """
    lengths = torch.tensor([len(row) for row in scores])
    beside = torch.nn.utils.rnn.pad_sequence(list(scores), batch_first=True)
    best = total = begin + beside[:, 0]
    back = []
    stay = torch.arange(beside.shape[2]).expand(len(scores), -1)
    for place in range(1, beside.shape[1]):
        on, own = (lengths > place)[:, None], beside[:, place]
        value, source = (best[:, :, None] + steps).max(1)
        back.append(torch.where(on, source, stay))
        best = torch.where(on, value + own, best)
        total = torch.where(on, torch.logsumexp(total[:, :, None] + steps, 1) + own, total)
    value, label = (best + end).max(1)
    likely = torch.exp(value - torch.logsumexp(total + end, 1)).tolist()
    path = [label]
    for source in reversed(back):
        label = source.gather(1, label[:, None]).squeeze(1)
        path.append(label)
    paths = torch.stack(path[::-1], 1).tolist()
    return [path[: len(row)] for path, row in zip(paths, scores, strict=True)], likely


def chain_loss(scores: Tensor, labels: Tensor, lengths: Tensor, steps: Tensor, begin: Tensor, end: Tensor) -> Tensor:
    """The negative log likelihood of ``labels`` (rows, words), one figure a row."""
    each, width = torch.arange(len(scores)), scores.shape[1]
    given = begin[labels[:, 0]] + scores[each, 0, labels[:, 0]]
    total = begin + scores[:, 0]
    for place in range(1, width):
        on = place < lengths
        following = torch.logsumexp(total[:, :, None] + steps, 1) + scores[:, place]
        total = torch.where(on[:, None], following, total)
        given = given + on * (steps[labels[:, place - 1], labels[:, place]] + scores[each, place, labels[:, place]])
    given = given + end[labels[each, lengths - 1]]
    return torch.logsumexp(total + end, 1) - given
