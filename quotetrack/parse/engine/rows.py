"""Sentences of different lengths as one row without padding, and the orders in which networks look at that row.

Linear layers take the row as it is. Attention needs sentences side by side, recurrent layers need the first words of
all sentences, then the second ones: both are index tensors into the row and back.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

# The number and the width of sentences side by side are rounded up to these: libraries keep code for every shape seen.
ROWS, WIDTH = 4, 8
# So many sentences are walked together, or more by half the last: with 151 a step takes the library four times as long as with 160,
# and for every number it has not met it makes code first.
WALKED = tuple(16 * count for count in (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128))
# What beginning a run costs, in steps of one sentence.
RUN = 200
# A score of attention is cut off here, so that its exponential stays a number; in news none went beyond 46.
HIGHEST = 80.0


def whole_numbers(values: Iterable[int], size: int = 0) -> Tensor:
    """The values as a tensor, zeros behind them up to ``size``. torch takes eight times as long over a list."""
    found = np.fromiter(values, np.int64)
    if size > len(found):
        found = np.concatenate([found, np.zeros(size - len(found), np.int64)])
    return torch.from_numpy(found)


class Beside:
    """The sentences side by side: what attention with so many ``heads`` looks at.

    ``places`` (size) says how far from its sentence's beginning a place of the row is; ``parts`` (3 × rows × heads × width) where the
    query, the key and the value of each head stand among the heads of the row, and ``back`` (size × heads) where what a head has heard
    stands then; ``there`` (rows × heads, width, 1) is one where somebody is and zero where nobody is.
    """

    def __init__(self, lengths: Sequence[int], size: int, heads: int, precision: torch.dtype) -> None:
        """``size`` is the length of the row; raises ``ValueError`` unless one place or more is left behind the sentences."""
        if sum(lengths) >= size:
            raise ValueError(f"{size} places hold {sum(lengths)} words: one must stay free")
        length = whole_numbers(lengths, -(-len(lengths) // ROWS) * ROWS)
        self.heads, self.rows, self.width = heads, len(length), -(-max(lengths) // WIDTH) * WIDTH
        column = torch.arange(self.width)
        inside = column < length[:, None]
        begin = torch.cumsum(length, 0) - length
        stands = torch.where(inside, begin[:, None] + column, size - 1)[:, None]
        head = torch.arange(heads)
        query = (stands * (3 * heads) + head[:, None]).flatten()
        self.parts = torch.cat([query, query + heads, query + 2 * heads])
        went = torch.zeros(size, dtype=torch.int64)
        went[: sum(lengths)] = inside.flatten().nonzero().squeeze(1)
        row, self.places = went // self.width, went % self.width
        self.back = ((row * heads * self.width + self.places)[:, None] + head * self.width).flatten()
        self.there = inside.repeat_interleave(heads, 0).to(precision)[:, :, None]


def attend(asked: Tensor, beside: Beside) -> Tensor:
    """What each place of the row hears from the places of its sentence: (size, width of all heads).

    ``asked`` (size, 3 × width) holds queries, already divided by the root of a head's width, keys and values; its last place is set to
    zero. The softmax is spelt out, and its sums come out of the same product as the values: at a few dozen words a sentence this takes a
    third of the time of torch's fused attention in 16 bits. Where nobody is stands the last place, which adds nothing to
    either. Heads are gathered one by one, each a line of the cache.
    """
    asked[-1] = 0
    size, (heads, rows, width) = len(asked), (beside.heads, beside.rows, beside.width)
    parts = asked.view(size * 3 * heads, -1).index_select(0, beside.parts)
    query, key, value = parts.view(3, rows * heads, width, -1).unbind(0)
    told = torch.cat([value, beside.there], -1)
    shares = torch.bmm(query, key.transpose(1, 2)).clamp_(max=HIGHEST).exp_()
    heard = torch.bmm(shares, told).flatten(0, 1).index_select(0, beside.back)
    return torch.div(heard[:, :-1], heard[:, -1:]).view(size, -1)


class Steps:
    """The sentences step by step, the longest first: what a recurrent layer walks.

    The walk goes in ``runs`` of (steps, sentences), each with fewer sentences than the one before, since the short ones are over
    by then. ``forward`` and ``backward`` (steps × sentences of each run, one run after the other) say which place of the row is
    walked, from the first word of a sentence on and from its last; ``met_forward`` and ``met_backward`` (size) where in these a place of
    the row was walked.
    """

    def __init__(self, lengths: Sequence[int], size: int) -> None:
        longest_first = sorted(range(len(lengths)), key=lambda number: -lengths[number])
        self.runs = _runs([lengths[number] for number in longest_first])
        lanes = self.runs[0][1]
        length, order = whole_numbers(lengths), whole_numbers(longest_first)
        begin = torch.cumsum(length, 0) - length
        # A sentence that is over goes on with its last place, one that only fills up walks on one: nothing is taken there.
        filling = lanes - len(lengths)
        long = functional.pad(length[order], (0, filling), value=1)
        start = functional.pad(begin[order], (0, filling), value=size - 1)
        step = torch.arange(sum(steps for steps, _ in self.runs))[:, None]
        inside = step < long
        forward = start + torch.minimum(step, long - 1)
        backward = start + torch.where(inside, long - 1 - step, 0)
        self.forward, self.backward = self._walked(forward), self._walked(backward)
        lane = torch.empty_like(order)
        lane[order] = torch.arange(len(lengths))
        sentence = torch.repeat_interleave(torch.arange(len(lengths)), length)
        place = torch.arange(len(sentence)) - begin[sentence]
        walked = torch.cat([torch.full((steps,), count) for steps, count in self.runs])
        begun = torch.cumsum(walked, 0) - walked
        rest = torch.zeros(size - len(sentence), dtype=torch.int64)
        self.met_forward = torch.cat([begun[place] + lane[sentence], rest])
        self.met_backward = torch.cat([begun[length[sentence] - 1 - place] + lane[sentence], rest])

    def _walked(self, places: Tensor) -> Tensor:
        parts = places.split([steps for steps, _ in self.runs])
        return torch.cat([part[:, :count].flatten() for part, (_, count) in zip(parts, self.runs, strict=True)])


def walked(sentences: int) -> int:
    """With how many sentences so many are walked, the rest filling up."""
    if sentences > WALKED[-1]:
        step = WALKED[-1] // 2
        return -(-sentences // step) * step
    return WALKED[bisect.bisect_left(WALKED, sentences)]


def fitting(most: int) -> int:
    """How many sentences, up to ``most``, are walked with hardly any that fill up: at least one."""
    return max(1, most if most < WALKED[0] else WALKED[bisect.bisect_right(WALKED, most) - 1])


def batches(lengths: Sequence[int], budget: int) -> list[list[int]]:
    """Numbers of the sentences, longest first, in batches of a fitting number whose padded size stays within ``budget``."""
    order = sorted(range(len(lengths)), key=lambda number: -lengths[number])
    found: list[list[int]] = []
    begin = 0
    while begin < len(order):
        count = fitting(budget // lengths[order[begin]])
        found.append(order[begin : begin + count])
        begin += count
    return found


def _runs(lengths: Sequence[int]) -> list[tuple[int, int]]:
    """The cheapest runs of (steps, sentences) for sentences given longest first."""
    # Where the number of sentences to walk falls to the next of ``WALKED``, and what it is up to there.
    ends: list[tuple[int, int]] = []
    for number in range(len(lengths) - 1, -1, -1):
        count = walked(number + 1)
        if not ends or (count < ends[-1][1] and lengths[number] > ends[-1][0]):
            ends.append((lengths[number], count))
        elif count == ends[-1][1]:
            ends[-1] = (lengths[number], count)
    best: list[tuple[int, int]] = [(0, -1)]  # the cost up to an end, and the end before it
    for i in range(1, len(ends) + 1):
        best.append(
            min((best[j][0] + RUN + (ends[i - 1][0] - (ends[j - 1][0] if j else 0)) * ends[j][1], j) for j in range(i))
        )
    runs: list[tuple[int, int]] = []
    i = len(ends)
    while i:
        j = best[i][1]
        runs.append((ends[i - 1][0] - (ends[j - 1][0] if j else 0), ends[j][1]))
        i = j
    return runs[::-1]


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
