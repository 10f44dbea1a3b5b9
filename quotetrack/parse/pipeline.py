"""Parses text with Stanza (Qi et al. 2020, "Stanza: A Python NLP Toolkit for Many Human Languages").

Each paragraph is parsed as a document of its own, so that no sentence crosses a paragraph, and many paragraphs at a time, so
that batches are full. Models that share an encoder, as the embedded ones do, run in ``quotetrack.parse.engine``, all others in
``stanza.Pipeline``. Both give the same results.
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
from quotetrack.parse.agreement import make_consistent
from quotetrack.parse.attribution.inputs import Words
from quotetrack.parse.models import PROCESSORS, ModelChoice, attribution_files, choose, encoder_file
from quotetrack.parse.readings import (
    Reading,
    attribution_inputs,
    from_engine,
    from_stanza,
    proposal_of,
    sentence_of,
    with_offsets,
    with_states,
)
from quotetrack.text.marks import normalise
from quotetrack.text.paragraphs import paragraphs
from quotetrack.text.quoted import Quoted

# Characters per call of ``stanza.Pipeline`` and of the engine: enough for full batches, few enough for memory.
BATCH_CHARACTERS = 40_000
ENGINE_CHARACTERS = 200_000
# The number of the encoder's last layers that the models mix.
STATES = 4
# Paragraphs whose parses are cached, since wire copy and boilerplate are repeated.
PARAGRAPHS_KEPT = 8_000
# Stanza's memory grows with the square of a sentence's length, so a text without full stops must not become one sentence of
# thousands of words. Longer paragraphs are cut, at a sentence end if there is one.
LONGEST_PARAGRAPH = 5_000
# oneDNN compiles code for every batch shape and caches it for the last 1,024 shapes, which took hundreds of megabytes over a
# thousand articles (600 shapes). A cache of 128 is too small to be useful; 512 takes 10% more memory than 256 and is no faster.
# oneDNN reads these variables on first use.
SHAPES_KEPT = {"ONEDNN_PRIMITIVE_CACHE_CAPACITY": "256", "LRU_CACHE_CAPACITY": "256"}
_SENTENCE_END = re.compile(r"[.!?][\"')]*\s")


class Parser:
    """A loaded parser. Loading takes seconds and half a gigabyte of memory, so create one per process.

    >>> parsed = Parser(threads=1).parse("“We sail at dawn,” said Ruth Vale.")  # doctest: +SKIP
    """

    def __init__(
        self,
        models: ModelChoice | None = None,
        language: str = "en",
        threads: int | None = None,
        engine: bool = True,
        attribution: bool = True,
        precision: Any = None,
    ) -> None:
        """Load ``models``, by default the embedded ones. Raises ``ModelsMissing`` if they cannot be loaded.

        ``threads`` is the number of torch's threads, by default torch's own choice. ``engine=False`` runs the models in
        ``stanza.Pipeline``, which is slower. ``attribution=False`` loads no attribution model, so that nothing is proposed.
        ``precision`` is a torch type, by default the one this processor is fastest at.
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
        except Exception as error:  # Stanza raises many kinds of errors here
            reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise ModelsMissing(f"The Stanza models in {self.models.directory} do not load: {reason}") from error
        self._engine = (
            _engine(self._pipeline, encoder, pieces, wanted, precision) if own == beneath and engine else None
        )
        self._features = None if self._engine else Features(encoder, pieces, wanted, precision)
        self._known: dict[str, Reading] = {}

    def parse(self, text: str) -> Parsed:
        """Parse one text."""
        return self.parse_all([text])[0]

    def parse_all(self, texts: Sequence[str]) -> list[Parsed]:
        """Parse several texts, in order. The results are those of ``parse``, but computed faster."""
        # Hundreds of thousands of small objects are created, none of them in reference cycles; looking for cycles took 10% of
        # the time.
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
            answers = self._cached_readings([(texts[a][start:end], plain[a][start:end]) for a, _, start, end in batch])
            for (article, number, start, _), found in zip(batch, answers, strict=True):
                text = texts[article]
                sentences[article] += [sentence_of(words, start, number, text) for words in found.sentences]
                entities[article] += [
                    Entity(start + begin, start + end, kind, text[start + begin : start + end])
                    for begin, end, kind in found.entities
                ]
                proposals[article] += [proposal_of(one, start, text) for one in found.attributed]
        return [
            Parsed(text, ranges[i], tuple(sentences[i]), make_consistent(text, entities[i]), tuple(proposals[i]))
            for i, text in enumerate(texts)
        ]

    def _cached_readings(self, paragraphs: list[tuple[str, str]]) -> list[Reading]:
        """The readings of (paragraph, paragraph with normalised quotation marks), cached by paragraph."""
        if len(self._known) > PARAGRAPHS_KEPT:
            self._known.clear()
        new = {text: plain for text, plain in paragraphs if text not in self._known}
        for text, found in zip(new, self._read_with_attributions(new), strict=True):
            found.given, found.states = [], []  # too large to cache
            self._known[text] = found
        return [self._known[text] for text, _ in paragraphs]

    def _read_with_attributions(self, new: dict[str, str]) -> list[Reading]:
        readings = self._read(list(new.values()))
        if self._attribution is None:
            return readings
        inputs = [attribution_inputs(text, found) for text, found in zip(new, readings, strict=True)]
        for (words, _, _), found, attributed in zip(
            inputs, readings, self._attribution.attributions(inputs), strict=True
        ):
            found.attributed = [with_offsets(words, one) for one in attributed]
        return readings

    def _read(self, paragraphs: list[str]) -> list[Reading]:
        if self._engine is not None:
            return [from_engine(paragraph) for paragraph in self._engine.read(paragraphs)]
        readings = [from_stanza(document) for document in self._pipeline.bulk_process(paragraphs)]
        return with_states(self._features, paragraphs, readings)

    def paragraph_readings(self, text: str) -> list[tuple[Words, Any, Sequence[Quoted], list[str]]]:
        """The inputs of the attribution model for each paragraph of ``text``, in order, for training.

        Each is (words, encoder states (words, layers, width), quoted stretches, words as given to the encoder), with character
        offsets in ``text``.
        """
        plain = normalise(text)
        pieces = [piece for whole in paragraphs(text) for piece in _pieces(plain, whole)]
        found: list[tuple[Words, Any, Sequence[Quoted], list[str]]] = []
        for (start, end), reading in zip(pieces, self._read([plain[s:e] for s, e in pieces]), strict=True):
            words, states, quoted = attribution_inputs(text[start:end], reading)
            given = [word for sentence in reading.given for word in sentence]
            found.append((words.moved(start), states.transpose(0, 1), [q.moved(start) for q in quoted], given))
        return found


def _engine(pipeline: Any, *given: Any) -> Any:
    from quotetrack.parse.engine import Engine

    try:
        return Engine(pipeline, *given)
    except ValueError as error:
        logging.getLogger(__name__).warning("These models run in stanza.Pipeline, which is slower: %s.", error)
        return None


def _pieces(plain: str, whole: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The ranges of a paragraph to parse: one, or several if it is too long, cut at sentence ends or else at a space."""
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
    """Group jobs (article, paragraph number, start, end) into as few batches of about ``characters`` as possible.

    Batches are of about equal size, because a small last one would take nearly as long as a full one.
    """
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
