"""Sentences of different lengths as one row without padding, and the orders in which networks look at that row.

Linear layers take the row as it is. Attention needs sentences side by side, recurrent layers need the first words of
all sentences, then the second ones: both are index tensors into the row and back.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

# The number and the width of sentences side by side are rounded up to these: libraries keep code for every shape seen.
ROWS, WIDTH = 4, 8
# So many sentences, or a multiple, are walked together: with 151 a step takes the library four times as long as with 160.
WALKED = 16
# A score of attention is cut off here, so that its exponential stays a number; in news none went beyond 46.
HIGHEST = 80.0


class Beside:
    """The sentences side by side: what attention looks at.

    ``beside`` (rows × width) says which place of the row stands there, ``back`` (size) where a place of the row went,
    ``places`` (size) how far from its sentence's beginning it is; ``limit`` (rows, 1, 1, width) is what a score can reach: minus infinity
    where nobody is.
    """

    def __init__(self, lengths: Sequence[int], size: int, precision: torch.dtype) -> None:
        """``size`` is the length of the row; behind the sentences it may have places that mean nothing."""
        length = torch.tensor([*lengths, *[0] * (-len(lengths) % ROWS)])
        self.rows, self.width = len(length), -(-max(lengths) // WIDTH) * WIDTH
        column = torch.arange(self.width)
        inside = column < length[:, None]
        begin = torch.cumsum(length, 0) - length
        self.beside = torch.where(inside, begin[:, None] + column, size - 1).flatten()
        self.back = torch.zeros(size, dtype=torch.int64)
        self.back[: sum(lengths)] = inside.flatten().nonzero().squeeze(1)
        self.places = self.back % self.width
        self.limit = torch.where(inside, HIGHEST, -torch.inf).to(precision)[:, None, None]


def attend(asked: Tensor, beside: Beside, heads: int) -> Tensor:
    """What each place of the row hears from the places of its sentence: (size, width of all heads).

    ``asked`` (size, 3 × width) holds queries, already divided by the root of a head's width, keys and values. The softmax is
    spelt out, and its sums come out of the same product as the values: at a few dozen words a sentence this takes a
    third of the time of torch's fused attention in 16 bits.
    """
    rows, width = beside.rows, beside.width
    parts = asked.index_select(0, beside.beside).view(rows, width, 3, heads, -1).permute(2, 0, 3, 1, 4).contiguous()
    query, key, value = parts.flatten(1, 2).unbind(0)
    told = torch.cat([value, value.new_ones(rows * heads, width, 1)], -1)
    scores = torch.bmm(query, key.transpose(1, 2)).view(rows, heads, width, width)
    heard = torch.bmm(torch.minimum(scores, beside.limit).exp_().flatten(0, 1), told)
    heard = heard.view(rows, heads, width, -1).transpose(1, 2)
    shares = torch.empty(rows, width, heads, heard.shape[-1] - 1, dtype=heard.dtype)
    torch.div(heard[..., :-1], heard[..., -1:], out=shares)
    return shares.view(rows * width, -1).index_select(0, beside.back)


class Steps:
    """The sentences step by step, longest first or in any order: what a recurrent layer walks.

    ``forward`` and ``backward`` (steps × sentences) say which place of the row is walked at a step, from the first word on and from
    the last; ``met_forward`` and ``met_backward`` (size) at which step and sentence a place of the row was walked.
    """

    def __init__(self, lengths: Sequence[int], size: int) -> None:
        length = torch.tensor([*lengths, *[1] * (-len(lengths) % WALKED)])
        self.count, self.steps = len(length), max(lengths)
        begin = (torch.cumsum(length, 0) - length).clamp(max=size - 1)
        step = torch.arange(self.steps)[:, None]
        inside = step < length
        # A sentence that is over goes on with its last place, one that only fills up walks on one: nothing is taken there.
        forward = torch.minimum(step, length - 1)
        self.forward = (begin + forward).flatten()
        self.backward = (begin + torch.where(inside, length - 1 - step, forward)).flatten()
        sentence = torch.repeat_interleave(torch.arange(len(lengths)), length[: len(lengths)])
        place = torch.arange(len(sentence)) - begin[sentence]
        rest = torch.zeros(size - len(sentence), dtype=torch.int64)
        self.met_forward = torch.cat([place * self.count + sentence, rest])
        self.met_backward = torch.cat([(length[sentence] - 1 - place) * self.count + sentence, rest])


def packed(lengths: Sequence[int], size: int) -> list[list[int]]:
    """Numbers of the sentences, longest first, in rows of ``size`` places at most."""
    rows: list[list[int]] = []
    room = 0
    for number in sorted(range(len(lengths)), key=lambda number: -lengths[number]):
        if lengths[number] > room:
            rows.append([])
            room = size
        rows[-1].append(number)
        room -= lengths[number]
    return rows
