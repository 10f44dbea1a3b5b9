"""Sentences of different lengths concatenated without padding, and index tensors that arrange them for each kind of layer.

Linear layers take the concatenated words directly. Attention needs sentences side by side, and recurrent layers need the
first words of all sentences, then the second ones: ``AttentionLayout`` and ``RecurrentLayout`` hold the indexes for both,
and for the way back.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

# The number and the padded length of sentences side by side are rounded up to multiples of these, because oneDNN keeps
# compiled code for every shape.
ROWS, WIDTH = 4, 8
# In 32 bits, a pass over few words takes the smallest of these parts of its places that holds them. In 16 bits it takes them all,
# because oneDNN compiles code for every new number of rows; the products of 32 bits need no compiled code.
PARTS = (16, 8, 4, 2, 1)
# Recurrent layers process this many sentences at a time, or above the last number a multiple of half of it. With 151 a step
# takes oneDNN four times as long as with 160, and each new number has to be compiled first.
BATCH_SIZES = tuple(16 * count for count in (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128))
# The fixed cost of a run, in steps of one sentence.
RUN_COST = 200
# Attention scores are limited to this, so that their exponentials stay finite; no score above 46 was seen in news.
MAX_SCORE = 80.0


def int_tensor(values: Iterable[int], size: int = 0) -> Tensor:
    """The values as a tensor (max(count, ``size``)), filled up with zeros. ``torch.tensor`` takes eight times as long for a list."""
    found = np.fromiter(values, np.int64)
    if size > len(found):
        found = np.concatenate([found, np.zeros(size - len(found), np.int64)])
    return torch.from_numpy(found)


class AttentionLayout:
    """Indexes that put concatenated sentences side by side, for attention with ``heads`` heads, and back.

    - ``positions`` (size): the position of each word in its sentence
    - ``gather`` (3 × rows × heads × width): for each padded place the index of its query, key and value in a tensor of
      (size × 3 × heads) rows
    - ``scatter`` (size × heads): for each word and head the index of its output in a tensor of (rows × heads × width) rows
    - ``mask`` (rows × heads, width, 1): 1 for a word, 0 for padding
    """

    def __init__(self, lengths: Sequence[int], size: int, heads: int, precision: torch.dtype) -> None:
        """Lay out sentences of ``lengths`` words, concatenated and filled up to ``size`` places.

        Raises ``ValueError`` unless at least one place after the sentences is free.
        """
        if sum(lengths) >= size:
            raise ValueError(f"{size} places hold {sum(lengths)} words: one must stay free")
        length = int_tensor(lengths, -(-len(lengths) // ROWS) * ROWS)
        self.heads, self.rows, self.width = heads, len(length), -(-max(lengths) // WIDTH) * WIDTH
        column = torch.arange(self.width)
        inside = column < length[:, None]
        begin = torch.cumsum(length, 0) - length
        index = torch.where(inside, begin[:, None] + column, size - 1)[:, None]
        head = torch.arange(heads)
        query = (index * (3 * heads) + head[:, None]).flatten()
        self.gather = torch.cat([query, query + heads, query + 2 * heads])
        padded = torch.zeros(size, dtype=torch.int64)
        padded[: sum(lengths)] = inside.flatten().nonzero().squeeze(1)
        row, self.positions = padded // self.width, padded % self.width
        self.scatter = ((row * heads * self.width + self.positions)[:, None] + head * self.width).flatten()
        self.mask = inside.repeat_interleave(heads, 0).to(precision)[:, :, None]


def attend(projected: Tensor, layout: AttentionLayout) -> Tensor:
    """Self-attention within each sentence: (size, 3 × width of all heads) to (size, width of all heads).

    ``projected`` holds queries, already divided by the square root of a head's width, keys and values. Its last row is set
    to zero: padding points to it and therefore adds nothing. The softmax is computed by hand, with its denominators as one
    more column of the values, because for sentences of a few dozen words torch's fused 16-bit attention takes three times as
    long.
    """
    projected[-1] = 0
    size, (heads, rows, width) = len(projected), (layout.heads, layout.rows, layout.width)
    # One row per head, so that each copy is one cache line.
    gathered = projected.view(size * 3 * heads, -1).index_select(0, layout.gather)
    query, key, value = gathered.view(3, rows * heads, width, -1).unbind(0)
    weights = torch.bmm(query, key.transpose(1, 2)).clamp_(max=MAX_SCORE).exp_()
    sums = torch.bmm(weights, torch.cat([value, layout.mask], -1)).flatten(0, 1).index_select(0, layout.scatter)
    return torch.div(sums[:, :-1], sums[:, -1:]).view(size, -1)


class RecurrentLayout:
    """Indexes that arrange concatenated sentences step by step, longest sentence first, and back.

    - ``runs``: (steps, sentences) of each run; later runs have fewer sentences, because the short ones have ended
    - ``forward``, ``backward`` (sum of steps × sentences): the word processed at each step, from the first or from the last
      word of a sentence on
    - ``restore_forward``, ``restore_backward`` (size): for each word its index in ``forward`` or ``backward``
    """

    def __init__(self, lengths: Sequence[int], size: int) -> None:
        """Lay out sentences of ``lengths`` words, concatenated and filled up to ``size`` places."""
        longest_first = sorted(range(len(lengths)), key=lambda number: -lengths[number])
        self.runs = _runs([lengths[number] for number in longest_first])
        lanes = self.runs[0][1]
        length, order = int_tensor(lengths), int_tensor(longest_first)
        begin = torch.cumsum(length, 0) - length
        # Ended sentences repeat their last word and padding sentences the last place; these outputs are never read.
        padding = lanes - len(lengths)
        long = functional.pad(length[order], (0, padding), value=1)
        start = functional.pad(begin[order], (0, padding), value=size - 1)
        step = torch.arange(sum(steps for steps, _ in self.runs))[:, None]
        inside = step < long
        forward = start + torch.minimum(step, long - 1)
        backward = start + torch.where(inside, long - 1 - step, 0)
        self.forward, self.backward = self._by_run(forward), self._by_run(backward)
        lane = torch.empty_like(order)
        lane[order] = torch.arange(len(lengths))
        sentence = torch.repeat_interleave(torch.arange(len(lengths)), length)
        position = torch.arange(len(sentence)) - begin[sentence]
        counts = torch.cat([torch.full((steps,), count) for steps, count in self.runs])
        offsets = torch.cumsum(counts, 0) - counts
        rest = torch.zeros(size - len(sentence), dtype=torch.int64)
        self.restore_forward = torch.cat([offsets[position] + lane[sentence], rest])
        self.restore_backward = torch.cat([offsets[length[sentence] - 1 - position] + lane[sentence], rest])

    def _by_run(self, indexes: Tensor) -> Tensor:
        """(steps, sentences) to one dimension, without the sentences that have ended before a run."""
        parts = indexes.split([steps for steps, _ in self.runs])
        return torch.cat([part[:, :count].flatten() for part, (_, count) in zip(parts, self.runs, strict=True)])


def places_needed(words: int, most: int, precision: torch.dtype) -> int:
    """The number of places, up to ``most``, of a pass over ``words`` words and at least one place of padding."""
    if precision != torch.float32:
        return most
    return next(most // part for part in PARTS if words < most // part or part == 1)


def padded_batch_size(sentences: int) -> int:
    """The number of sentences, padding sentences included, with which ``sentences`` are processed."""
    if sentences > BATCH_SIZES[-1]:
        step = BATCH_SIZES[-1] // 2
        return -(-sentences // step) * step
    return BATCH_SIZES[bisect.bisect_left(BATCH_SIZES, sentences)]


def largest_batch_size(most: int) -> int:
    """The largest number of sentences up to ``most``, at least one, that needs few padding sentences."""
    return max(1, most if most < BATCH_SIZES[0] else BATCH_SIZES[bisect.bisect_right(BATCH_SIZES, most) - 1])


def batches(lengths: Sequence[int], budget: int) -> list[list[int]]:
    """Sentence numbers, longest first, in batches whose padded size stays within ``budget``."""
    order = sorted(range(len(lengths)), key=lambda number: -lengths[number])
    found: list[list[int]] = []
    begin = 0
    while begin < len(order):
        count = largest_batch_size(budget // lengths[order[begin]])
        found.append(order[begin : begin + count])
        begin += count
    return found


def _runs(lengths: Sequence[int]) -> list[tuple[int, int]]:
    """The cheapest runs of (steps, sentences) for sentences given longest first."""
    # Each step at which the padded batch size falls, with the batch size up to it.
    ends: list[tuple[int, int]] = []
    for number in range(len(lengths) - 1, -1, -1):
        count = padded_batch_size(number + 1)
        if not ends or (count < ends[-1][1] and lengths[number] > ends[-1][0]):
            ends.append((lengths[number], count))
        elif count == ends[-1][1]:
            ends[-1] = (lengths[number], count)
    best: list[tuple[int, int]] = [(0, -1)]  # the cost up to an end, and the previous end
    for i in range(1, len(ends) + 1):
        best.append(
            min(
                (best[j][0] + RUN_COST + (ends[i - 1][0] - (ends[j - 1][0] if j else 0)) * ends[j][1], j)
                for j in range(i)
            )
        )
    runs: list[tuple[int, int]] = []
    i = len(ends)
    while i:
        j = best[i][1]
        runs.append((ends[i - 1][0] - (ends[j - 1][0] if j else 0), ends[j][1]))
        i = j
    return runs[::-1]


def pack_rows(lengths: Sequence[int], size: int) -> list[list[int]]:
    """Sentence numbers, longest first, in rows of at most ``size`` words."""
    rows: list[list[int]] = []
    room = 0
    for number in sorted(range(len(lengths)), key=lambda number: -lengths[number]):
        if lengths[number] > room:
            rows.append([])
            room = size
        rows[-1].append(number)
        room -= lengths[number]
    return rows
