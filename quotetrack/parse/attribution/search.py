"""Linear-chain CRF (Lafferty et al. 2001): the best label sequence (Viterbi) and its probability (forward algorithm)."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor


def best_labels(
    scores: Sequence[Tensor], steps: Tensor, begin: Tensor, end: Tensor
) -> tuple[list[list[int]], list[float]]:
    """The best label sequence for each tensor of ``scores`` (words, labels), and its probability.

    ``steps`` (previous label, label) scores transitions, ``begin`` and ``end`` (labels) the first and the last label.
    """
    lengths = torch.tensor([len(row) for row in scores])
    padded = torch.nn.utils.rnn.pad_sequence(list(scores), batch_first=True)
    best = total = begin + padded[:, 0]
    back = []
    stay = torch.arange(padded.shape[2]).expand(len(scores), -1)
    for place in range(1, padded.shape[1]):
        active, own = (lengths > place)[:, None], padded[:, place]
        value, source = (best[:, :, None] + steps).max(1)
        back.append(torch.where(active, source, stay))
        best = torch.where(active, value + own, best)
        total = torch.where(active, torch.logsumexp(total[:, :, None] + steps, 1) + own, total)
    value, label = (best + end).max(1)
    probability = torch.exp(value - torch.logsumexp(total + end, 1)).tolist()
    path = [label]
    for source in reversed(back):
        label = source.gather(1, label[:, None]).squeeze(1)
        path.append(label)
    paths = torch.stack(path[::-1], 1).tolist()
    return [path[: len(row)] for path, row in zip(paths, scores, strict=True)], probability


def chain_loss(scores: Tensor, labels: Tensor, lengths: Tensor, steps: Tensor, begin: Tensor, end: Tensor) -> Tensor:
    """The negative log-likelihood of each row of ``labels`` (rows, words), as (rows).

    ``scores`` is (rows, words, labels) and padded, ``lengths`` (rows); the others are as in ``best_labels``.
    """
    each, width = torch.arange(len(scores)), scores.shape[1]
    given = begin[labels[:, 0]] + scores[each, 0, labels[:, 0]]
    total = begin + scores[:, 0]
    for place in range(1, width):
        active = place < lengths
        following = torch.logsumexp(total[:, :, None] + steps, 1) + scores[:, place]
        total = torch.where(active[:, None], following, total)
        given = given + active * (steps[labels[:, place - 1], labels[:, place]] + scores[each, place, labels[:, place]])
    given = given + end[labels[each, lengths - 1]]
    return torch.logsumexp(total + end, 1) - given
