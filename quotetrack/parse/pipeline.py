"""Text to ``Parsed`` by Stanza (Qi et al. 2020, "Stanza: A Python NLP Toolkit for Many Human Languages").

Paragraphs are handed over as documents of their own and in bulk: no sentence then crosses a paragraph, and the networks
see full batches. Models that share an encoder, as the embedded ones do, run in ``quotetrack.parse.engine``; all others
in ``stanza.Pipeline`` itself. The answers are the same.
"""

from __future__ import annotations

import gc
import logging
import os
import re
from collections.abc import Iterator, Sequence
from typing import Any

from quotetrack.errors import ModelsMissing
from quotetrack.model import Entity, Parsed, Proposal, Sentence
from quotetrack.parse import encoder as encoders
from quotetrack.parse.agreement import settled
from quotetrack.parse.attribution.inputs import Words
from quotetrack.parse.models import PROCESSORS, ModelChoice, attribution_files, choose, encoder_file
from quotetrack.parse.readings import (
    Reading,
    by_characters,
    from_engine,
    from_stanza,
    proposal_of,
    sentence_of,
    stretch_of,
    with_states,
)
from quotetrack.text.marks import normalise
from quotetrack.text.paragraphs import paragraphs
from quotetrack.text.quoted import Quoted

# One run over about this many characters: large enough for full batches, small enough for memory.
BATCH_CHARACTERS = 40_000
ENGINE_CHARACTERS = 200_000
# The encoder's last layers that the models on it see.
STATES = 4
# Paragraphs remembered: wire copy and standing paragraphs come again and again.
PARAGRAPHS_KEPT = 8_000
# Stanza's memory grows with the square of a sentence: a text without a full stop must not become one sentence of
# thousands of words. Longer paragraphs are handed over in pieces, cut where a sentence ends if one does.
LONGEST_PARAGRAPH = 5_000
# torch's libraries make code for every shape of a batch and keep it for the last thousand shapes; that made a process grow by hundreds
# of megabytes over a thousand articles. Read by them when first used, so it must be set before. The engine asks for six hundred over a
# thousand articles; with 128 kept it is made anew all the time, and with 512 a process takes a tenth more memory for nothing.
SHAPES_KEPT = {"ONEDNN_PRIMITIVE_CACHE_CAPACITY": "256", "LRU_CACHE_CAPACITY": "256"}
_SENTENCE_END = re.compile(r"[.!?][\"')]*\s")


class Parser:
    """A loaded ``stanza.Pipeline``. Making one takes seconds and half a gigabyte; make one per process."""

    def __init__(
        self,
        models: ModelChoice | None = None,
        language: str = "en",
        threads: int | None = None,
        engine: bool = True,
        attribution: bool = True,
        precision: Any = None,
    ) -> None:
        """Load ``models`` (the embedded ones unless told). Raises ``ModelsMissing`` where they do not load.

        ``engine=False`` runs any models in ``stanza.Pipeline``, slowly: what the engine is measured against.
        ``attribution=False`` is for models that have no attribution model yet: nothing is proposed. ``precision`` is a
        torch type; the processor's fastest unless given.
        """
        self.models = models or choose(language=language)
        self.language = language
        logging.getLogger("stanza").setLevel(logging.ERROR)
        for name, capacity in SHAPES_KEPT.items():
            os.environ.setdefault(name, capacity)
        import stanza
        import torch
        from stanza.models.common.foundation_cache import BertRecord, FoundationCache

        from quotetrack.parse.attribution import AttributionModel
        from quotetrack.parse.engine.features import Features
        from quotetrack.parse.engine.layers import best_precision

        if threads:
            torch.set_num_threads(threads)
        precision = precision or best_precision()
        cache = FoundationCache(local_files_only=True)
        try:
            own = encoder_file(self.models, language)
            path, beneath = attribution_files(self.models, language) if attribution or own is None else (None, own)
            encoder, pieces = encoders.load(beneath)
            if own is not None:
                shared = own == beneath
                cache.bert[encoders.NAME] = BertRecord(*((encoder, pieces) if shared else encoders.load(own)), {})
            self._attribution = AttributionModel(path, precision) if path else None
            wanted = self._attribution.mix() if self._attribution else torch.eye(STATES)
            self._pipeline: Any = stanza.Pipeline(
                language,
                dir=str(self.models.directory),
                package=self.models.package,
                processors=",".join(PROCESSORS),
                download_method=None,
                use_gpu=False,
                verbose=False,
                foundation_cache=cache,
            )
        except Exception as error:  # Stanza raises a dozen kinds here, from FileNotFoundError to its own
            reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise ModelsMissing(f"The Stanza models in {self.models.directory} do not load: {reason}") from error
        self._engine = (
            _engine(self._pipeline, encoder, pieces, wanted, precision) if own == beneath and engine else None
        )
        self._features = None if self._engine else Features(encoder, pieces, wanted, precision)
        self._known: dict[str, Reading] = {}

    def parse(self, text: str) -> Parsed:
        """The parse of one text."""
        return self.parse_all([text])[0]

    def parse_all(self, texts: Sequence[str]) -> list[Parsed]:
        """The parses of several texts, in order: the same as one by one, but faster."""
        # Hundreds of thousands of small objects come to be here and none in circles: looking for circles took a tenth
        # of the time.
        collecting = gc.isenabled()
        gc.disable()
        try:
            return self._parse_all(texts)
        finally:
            if collecting:
                gc.enable()

    def _parse_all(self, texts: Sequence[str]) -> list[Parsed]:
        ranges = [paragraphs(text) for text in texts]
        plain = [normalise(text) for text in texts]
        jobs = [
            (article, number, piece[0], piece[1])
            for article, found in enumerate(ranges)
            for number, whole in enumerate(found)
            for piece in _pieces(plain[article], whole)
        ]
        sentences: list[list[Sentence]] = [[] for _ in texts]
        entities: list[list[Entity]] = [[] for _ in texts]
        proposals: list[list[Proposal]] = [[] for _ in texts]
        for batch in _batches(jobs, ENGINE_CHARACTERS if self._engine else BATCH_CHARACTERS):
            answers = self._recall([(texts[a][start:end], plain[a][start:end]) for a, _, start, end in batch])
            for (article, number, start, _), found in zip(batch, answers, strict=True):
                text = texts[article]
                sentences[article] += [sentence_of(words, start, number, text) for words in found.sentences]
                entities[article] += [
                    Entity(start + begin, start + end, kind, text[start + begin : start + end])
                    for begin, end, kind in found.entities
                ]
                proposals[article] += [proposal_of(one, start, text) for one in found.attributed]
        return [
            Parsed(text, ranges[i], tuple(sentences[i]), settled(text, entities[i]), tuple(proposals[i]))
            for i, text in enumerate(texts)
        ]

    def _recall(self, paragraphs: list[tuple[str, str]]) -> list[Reading]:
        """The readings of paragraphs, given as they are and with plain marks; one read before is not read again."""
        if len(self._known) > PARAGRAPHS_KEPT:
            self._known.clear()
        new = {text: plain for text, plain in paragraphs if text not in self._known}
        for text, found in zip(new, self._read_whole(new), strict=True):
            found.given, found.states = [], []  # a thousand times the size of the rest
            self._known[text] = found
        return [self._known[text] for text, _ in paragraphs]

    def _read_whole(self, new: dict[str, str]) -> list[Reading]:
        readings = self._read(list(new.values()))
        if self._attribution is None:
            return readings
        inputs = [stretch_of(text, found) for text, found in zip(new, readings, strict=True)]
        for (words, _, _), found, attributed in zip(
            inputs, readings, self._attribution.attributions(inputs), strict=True
        ):
            found.attributed = [by_characters(words, one) for one in attributed]
        return readings

    def _read(self, paragraphs: list[str]) -> list[Reading]:
        if self._engine is not None:
            return [from_engine(paragraph) for paragraph in self._engine.read(paragraphs)]
        readings = [from_stanza(document) for document in self._pipeline.bulk_process(paragraphs)]
        return with_states(self._features, paragraphs, readings)

    def paragraph_readings(self, text: str) -> list[tuple[Words, Any, Sequence[Quoted], list[str]]]:
        """What the attribution model is given of each paragraph of ``text``, in order: for training.

        The paragraph's words, the encoder's states of them (words, layers, width), its quoted stretches, all by the
        characters of ``text``; and the words as the encoder was given them.
        """
        plain = normalise(text)
        pieces = [piece for whole in paragraphs(text) for piece in _pieces(plain, whole)]
        found: list[tuple[Words, Any, Sequence[Quoted], list[str]]] = []
        for (start, end), reading in zip(pieces, self._read([plain[s:e] for s, e in pieces]), strict=True):
            words, states, quoted = stretch_of(text[start:end], reading)
            given = [word for sentence in reading.given for word in sentence]
            found.append((words.moved(start), states.transpose(0, 1), [q.moved(start) for q in quoted], given))
        return found


def _engine(pipeline: Any, *given: Any) -> Any:
    from quotetrack.parse.engine import Engine

    try:
        return Engine(pipeline, *given)
    except ValueError as error:
        logging.getLogger(__name__).warning("These models run in stanza.Pipeline, slowly: %s.", error)
        return None


def _pieces(plain: str, whole: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """A paragraph cut where it is too long for Stanza, at white space if there is any; most come out whole."""
    start, end = whole
    while end - start > LONGEST_PARAGRAPH:
        window = plain[start + LONGEST_PARAGRAPH // 2 : start + LONGEST_PARAGRAPH]
        ends = [m.end() for m in _SENTENCE_END.finditer(window)]
        cut = ends[-1] if ends else window.rfind(" ")
        cut = start + (LONGEST_PARAGRAPH // 2 + cut if cut > 0 else LONGEST_PARAGRAPH)
        if plain[start:cut].strip():
            yield start, cut
        start = cut
    if plain[start:end].strip():
        yield start, end


def _batches(jobs: list[tuple[int, int, int, int]], characters: int) -> Iterator[list[tuple[int, int, int, int]]]:
    """The jobs in as few batches as ``characters`` a batch allow, about as long each: a small rest would cost nearly what a full one does."""
    whole = sum(end - start for _, _, start, end in jobs)
    share = whole / max(1, -(-whole // characters))
    batch: list[tuple[int, int, int, int]] = []
    size = 0
    for job in jobs:
        batch.append(job)
        size += job[3] - job[2]
        if size >= share:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
