"""The attribution model: finds cues in a paragraph, and the source and the content of each.

It was trained on PolNeAR (Newell, Margolin and Ruths, LREC 2018) and reads the states of the encoder that the tagger, the
parser and the entity model share. ``quotetrack.extract`` adjusts its proposals to quotation marks and punctuation.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from quotetrack.parse.attribution.inputs import Names, Words, numbers
from quotetrack.parse.attribution.network import CONTENT, CUE, LONGEST, SOURCE, Network
from quotetrack.parse.attribution.reader import Labelled, Reader, Row
from quotetrack.text.quoted import Quoted

# Words with a lower probability of being an anchor are skipped; extraction would discard their attributions.
LEAST_ANCHOR = 0.5


@dataclass(frozen=True, slots=True)
class Attributed:
    """One attribution, as half-open ranges of word numbers.

    ``certainty`` is the mean probability of the content label in each range of ``content``, ``score`` the probability that the
    anchor is the head of a cue, and ``fit`` the probability of the whole label sequence.
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
        """Load a model that ``save`` wrote, to run it in ``precision``. Raises what ``torch.load`` raises."""
        network = load(path)
        self.precision = precision
        self._mix = torch.softmax(network.layers.detach(), 0)[None]
        self._reader = Reader(network, precision)
        self._names = Names(network.config)

    def mix(self) -> Tensor:
        """The network's weights of the encoder's last layers (1, layers), by which its input states are mixed."""
        return self._mix

    def attributions(self, paragraphs: Sequence[tuple[Words, Tensor, Sequence[Quoted]]]) -> list[list[Attributed]]:
        """The attributions of each paragraph, in the order of their anchors.

        A paragraph consists of its words, their encoder states mixed by ``mix`` (1, words, width), and its quoted stretches in
        the same character offsets as the words.
        """
        found: list[list[Attributed]] = [[] for _ in paragraphs]
        parts = [
            (number, begin, end)
            for number, (words, _, _) in enumerate(paragraphs)
            for begin, end in parts_of(words.sentences)
        ]
        rows = [self._row(*paragraphs[number], begin, end) for number, begin, end in parts]
        with torch.inference_mode():
            read = self._reader.read(rows, LEAST_ANCHOR)
        for one in read:
            if (attributed := _attributed(rows[one.row].words.texts, one)) is not None:
                number, begin, _ = parts[one.row]
                found[number].append(_shifted(attributed, begin))
        return found

    def _row(self, words: Words, states: Tensor, quoted: Sequence[Quoted], begin: int, end: int) -> Row:
        part = words.part(begin, end)
        return Row(part, states[0, begin:end].to(self.precision), numbers(part, quoted, self._names))


def parts_of(sentences: Sequence[int]) -> list[tuple[int, int]]:
    """Split a paragraph into ranges of at most ``LONGEST`` words, given the sentence number of each word.

    Ranges hold whole sentences where possible; a longer sentence is cut.
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


def _attributed(texts: list[str], read: Labelled) -> Attributed | None:
    """The attribution that labels describe, or ``None`` without a cue or without content."""
    runs: dict[int, list[tuple[int, int]]] = {SOURCE: [], CONTENT: [], CUE: []}
    place = 0
    for label, group in itertools.groupby(read.labels):
        length = len(list(group))
        if label in runs:
            runs[label].append((place, place + length))
        place += length
    if not runs[CONTENT] or not runs[CUE]:
        return None
    certainty = tuple(
        sum(read.shares[word][CONTENT] for word in range(*piece)) / (piece[1] - piece[0]) for piece in runs[CONTENT]
    )
    sources: list[tuple[int, int]] = []
    for begin, end in runs[SOURCE]:
        # A source is one phrase, so runs separated only by unlabelled punctuation are joined.
        if sources and not any(character.isalnum() for text in texts[sources[-1][1] : begin] for character in text):
            begin = sources.pop()[0]
        sources.append((begin, end))
    source = max(sources, key=lambda run: run[1] - run[0], default=None)
    return Attributed(runs[CUE][0], source, tuple(runs[CONTENT]), certainty, read.score, read.fit)


def _shifted(found: Attributed, by: int) -> Attributed:
    def moved(piece: tuple[int, int]) -> tuple[int, int]:
        return piece[0] + by, piece[1] + by

    source = moved(found.source) if found.source else None
    content = tuple(moved(piece) for piece in found.content)
    return Attributed(moved(found.cue), source, content, found.certainty, found.score, found.fit)


def load(path: Path) -> Network:
    """Load a network that ``save`` wrote, with 32-bit weights, ready for inference. Raises what ``torch.load`` raises."""
    stored = torch.load(path, map_location="cpu", weights_only=True)
    network = Network(stored["config"])
    network.load_state_dict({name: value.float() for name, value in stored["model"].items()})
    network.eval()
    return network


def save(network: Network, path: Path) -> None:
    """Write the network and its settings to one file, weights in half precision."""
    weights: dict[str, Any] = {name: value.detach().half() for name, value in network.state_dict().items()}
    torch.save({"config": network.config, "model": weights}, path)
