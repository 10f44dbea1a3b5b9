"""The attribution model: which words of a paragraph report something, whose words, and which words were said.

Trained on PolNeAR (Newell, Margolin and Ruths, LREC 2018) over the states of the encoder that the tagger, the parser and
the entity model share; what it proposes, ``quotetrack.extract`` fits to the marks and the punctuation.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from quotetrack.parse.attribution.inputs import Names, Words, numbers, seen_from
from quotetrack.parse.attribution.network import CONTENT, CUE, LONGEST, SOURCE, Network
from quotetrack.parse.attribution.search import best_labels
from quotetrack.parse.quoted import Quoted

# Words less likely to be anchors than this are not looked at again; extraction would not take what comes of them.
LEAST_ANCHOR = 0.45
# Words of one pass, padding counted: of paragraphs for the first part, of anchors' paragraphs for the second.
WORDS = 2048


@dataclass(frozen=True, slots=True)
class Attributed:
    """One attribution by word numbers: half-open ranges. ``certainty`` has one figure for each piece of ``content``.

    ``score`` is how likely the anchor is one, ``fit`` how likely all labels are right together; all in 0..1.
    """

    cue: tuple[int, int]
    source: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]
    certainty: tuple[float, ...]
    score: float
    fit: float


class AttributionModel:
    """A loaded attribution network, ready for inference."""

    def __init__(self, path: Path, precision: torch.dtype = torch.float32) -> None:
        """Read what ``save`` wrote, and run it in ``precision``. Raises what ``torch.load`` raises."""
        stored = torch.load(path, map_location="cpu", weights_only=True)
        self.network = Network(stored["config"])
        self.network.load_state_dict({name: value.float() for name, value in stored["model"].items()})
        self.network.eval().to(precision)
        self.precision = precision
        self._chain = tuple(
            value.detach().float() for value in (self.network.steps, self.network.begin, self.network.end)
        )
        self._names = Names(stored["config"])

    def mix(self) -> Tensor:
        """How the network weighs the encoder's last layers, (1, layers): what its states are to be mixed by."""
        return torch.softmax(self.network.layers.detach().float(), 0)[None]

    def attributions(self, paragraphs: Sequence[tuple[Words, Tensor, Sequence[Quoted]]]) -> list[list[Attributed]]:
        """The attributions of each paragraph, by their anchors' order.

        A paragraph is given by its words, the encoder's states of them as ``mix`` wants them (words, 1, width), and its quoted
        stretches in the same character offsets as the words.
        """
        found: list[list[Attributed]] = [[] for _ in paragraphs]
        parts = [
            (number, begin, end)
            for number, (words, _, _) in enumerate(paragraphs)
            for begin, end in parts_of(words.sentences)
        ]
        for batch in _batches(parts):
            rows = [self._row(*paragraphs[number], begin, end) for number, begin, end in batch]
            with torch.inference_mode():
                read = self._read(rows)
            for (number, begin, _), answers in zip(batch, read, strict=True):
                found[number] += [_shifted(answer, begin) for answer in answers]
        return found

    def _row(self, words: Words, states: Tensor, quoted: Sequence[Quoted], begin: int, end: int) -> _Row:
        part = words.part(begin, end)
        return _Row(part, states[begin:end, 0].to(self.precision), numbers(part, quoted, self._names))

    def _read(self, rows: list[_Row]) -> list[list[Attributed]]:
        width = max(len(row.words) for row in rows)
        words = {name: torch.tensor([_filled(row.numbers[name], width) for row in rows]) for name in rows[0].numbers}
        words["real"] = torch.tensor([[True] * len(r.words) + [False] * (width - len(r.words)) for r in rows])
        states = torch.nn.utils.rnn.pad_sequence([row.states for row in rows], batch_first=True)
        state, scores = self.network.read(states, words)
        likely = torch.sigmoid(scores) * words["real"]
        anchors = [(int(row), int(word)) for row, word in torch.nonzero(likely > LEAST_ANCHOR).tolist()]
        found: list[list[Attributed]] = [[] for _ in rows]
        for start in range(0, len(anchors), max(1, WORDS // width)):
            part = anchors[start : start + max(1, WORDS // width)]
            for (row, word), answer in zip(part, self._labels(rows, words, state, part), strict=True):
                if (attributed := _attributed(rows[row].words.texts, *answer, float(likely[row, word]))) is not None:
                    found[row].append(attributed)
        return found

    def _labels(
        self, rows: list[_Row], words: dict[str, Tensor], state: Tensor, anchors: list[tuple[int, int]]
    ) -> Iterator[tuple[list[int], list[list[float]], float]]:
        """For each anchor the label of each word of its paragraph, how likely each label is, and the whole path."""
        width = state.shape[1]
        seen = [seen_from(rows[row].words, rows[row].numbers["deprel"], word) for row, word in anchors]
        for column, name in enumerate(("place", "down", "up")):
            words[name] = torch.tensor([_filled(places[column], width) for places in seen])
        at = torch.tensor([row for row, _ in anchors])
        scores = self.network.label_words(state, words, at, torch.tensor([word for _, word in anchors]))
        lengths = [len(rows[row].words) for row, _ in anchors]
        paths, fits = best_labels(scores, lengths, *self._chain)
        likely = torch.softmax(scores, -1)
        for path, fit, shares, length in zip(paths, fits, likely.tolist(), lengths, strict=True):
            yield path[:length], shares, fit


@dataclass(frozen=True, slots=True)
class _Row:
    """A part of a paragraph as the network takes it."""

    words: Words
    states: Tensor
    numbers: dict[str, list[int]]


def parts_of(sentences: Sequence[int]) -> list[tuple[int, int]]:
    """Where a paragraph is cut, by the sentence number of each word.

    Whole sentences together as long as they are not too long for the network; a longer sentence in pieces.
    """
    parts: list[tuple[int, int]] = []
    begin = place = 0
    for _, group in itertools.groupby(sentences):
        length = len(list(group))
        if place > begin and place + length - begin > LONGEST:
            parts.append((begin, place))
            begin = place
        place += length
        while place - begin > LONGEST:
            parts.append((begin, begin + LONGEST))
            begin += LONGEST
    return [*parts, (begin, place)] if place > begin else parts


def _batches(parts: list[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    batch: list[tuple[int, int, int]] = []
    for part in sorted(parts, key=lambda part: (part[1] - part[2], part)):
        if batch and (len(batch) + 1) * (batch[0][2] - batch[0][1]) > WORDS:
            yield batch
            batch = []
        batch.append(part)
    if batch:
        yield batch


def _filled(values: list[int], width: int) -> list[int]:
    return values + [0] * (width - len(values))


def _attributed(
    texts: list[str], labels: list[int], likely: list[list[float]], fit: float, score: float
) -> Attributed | None:
    """The spans that labels make, or ``None`` where there is no cue or nothing was said."""
    runs: dict[int, list[tuple[int, int]]] = {SOURCE: [], CONTENT: [], CUE: []}
    place = 0
    for label, group in itertools.groupby(labels):
        length = len(list(group))
        if label in runs:
            runs[label].append((place, place + length))
        place += length
    if not runs[CONTENT] or not runs[CUE]:
        return None
    certainty = tuple(
        sum(likely[word][CONTENT] for word in range(*piece)) / (piece[1] - piece[0]) for piece in runs[CONTENT]
    )
    sources: list[tuple[int, int]] = []
    for begin, end in runs[SOURCE]:
        # A source is one phrase; a comma within it may go without a label.
        if sources and not any(character.isalnum() for text in texts[sources[-1][1] : begin] for character in text):
            begin = sources.pop()[0]
        sources.append((begin, end))
    source = max(sources, key=lambda run: run[1] - run[0], default=None)
    return Attributed(runs[CUE][0], source, tuple(runs[CONTENT]), certainty, score, fit)


def _shifted(found: Attributed, by: int) -> Attributed:
    def moved(piece: tuple[int, int]) -> tuple[int, int]:
        return piece[0] + by, piece[1] + by

    source = moved(found.source) if found.source else None
    content = tuple(moved(piece) for piece in found.content)
    return Attributed(moved(found.cue), source, content, found.certainty, found.score, found.fit)


def save(network: Network, path: Path) -> None:
    """Write the network and its settings to one file, weights in half precision."""
    weights: dict[str, Any] = {name: value.detach().half() for name, value in network.state_dict().items()}
    torch.save({"config": network.config, "model": weights}, path)
