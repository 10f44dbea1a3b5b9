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
from quotetrack.model import Entity, Parsed, Sentence, Word
from quotetrack.parse import encoder as encoders
from quotetrack.parse.marks import normalise
from quotetrack.parse.models import PROCESSORS, ModelChoice, choose, encoder_file
from quotetrack.parse.paragraphs import paragraphs

# A word as either way of parsing gives it: start and end in its paragraph, lemma, tag, features, head, relation.
_Word = tuple[int, int, str | None, str, str, int, str]
# A paragraph's sentences, and its entities as start, end and type.
_Reading = tuple[list[list[_Word]], list[tuple[int, int, str]]]

# One run over about this many characters: large enough for full batches, small enough for memory.
BATCH_CHARACTERS = 40_000
ENGINE_CHARACTERS = 160_000
# Stanza's memory grows with the square of a sentence: a text without a full stop must not become one sentence of
# thousands of words. Longer paragraphs are handed over in pieces, cut where a sentence ends if one does.
LONGEST_PARAGRAPH = 5_000
# torch's libraries prepare code for every shape of a batch and keep it for the last thousand shapes; that made a process
# grow by hundreds of megabytes over a thousand articles. Read by them when first used, so it must be set before.
SHAPES_KEPT = {"ONEDNN_PRIMITIVE_CACHE_CAPACITY": "16", "LRU_CACHE_CAPACITY": "16"}
_SENTENCE_END = re.compile(r"[.!?][\"')]*\s")


class Parser:
    """A loaded ``stanza.Pipeline``. Making one takes seconds and half a gigabyte; make one per process."""

    def __init__(
        self,
        models: ModelChoice | None = None,
        language: str = "en",
        threads: int | None = None,
        engine: bool = True,
    ) -> None:
        """Load ``models`` (the embedded ones unless told). Raises ``ModelsMissing`` where they do not load.

        ``engine=False`` runs any models in ``stanza.Pipeline``, slowly: what the engine is measured against.
        """
        self.models = models or choose(language=language)
        self.language = language
        logging.getLogger("stanza").setLevel(logging.ERROR)
        for name, capacity in SHAPES_KEPT.items():
            os.environ.setdefault(name, capacity)
        import stanza
        import torch
        from stanza.models.common.foundation_cache import BertRecord, FoundationCache

        if threads:
            torch.set_num_threads(threads)
        cache = FoundationCache(local_files_only=True)
        try:
            if path := encoder_file(self.models, language):
                encoder, pieces = encoders.load(path)
                cache.bert[encoders.NAME] = BertRecord(encoder, pieces, {})
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
        self._engine = _engine(self._pipeline, encoder, pieces) if path and engine else None

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
        for batch in _batches(jobs, ENGINE_CHARACTERS if self._engine else BATCH_CHARACTERS):
            answers = self._read([plain[a][start:end] for a, _, start, end in batch])
            for (article, number, start, _), (found, named) in zip(batch, answers, strict=True):
                text = texts[article]
                sentences[article] += [_sentence(words, start, number, text) for words in found]
                entities[article] += [
                    Entity(start + begin, start + end, kind, text[start + begin : start + end])
                    for begin, end, kind in named
                ]
        return [
            Parsed(text, ranges[i], tuple(sentences[i]), _whole_names(text, entities[i]))
            for i, text in enumerate(texts)
        ]

    def _read(self, paragraphs: list[str]) -> list[_Reading]:
        if self._engine is not None:
            return [_from_engine(paragraph) for paragraph in self._engine.read(paragraphs)]
        return [_from_stanza(document) for document in self._pipeline.bulk_process(paragraphs)]


def _engine(pipeline: Any, encoder: Any, pieces: Any) -> Any:
    from quotetrack.parse.engine import Engine

    try:
        return Engine(pipeline, encoder, pieces)
    except ValueError as error:
        logging.getLogger(__name__).warning("These models run in stanza.Pipeline, slowly: %s.", error)
        return None


def _from_engine(sentences: list[tuple[list[Any], Any]]) -> _Reading:
    found: list[list[_Word]] = []
    entities: list[tuple[int, int, str]] = []
    for tokens, analysis in sentences:
        places = [(start, end) for token in tokens for _, start, end in token.words]
        found.append([(*place, *word) for place, word in zip(places, analysis.words, strict=True)])
        entities += [(places[first][0], places[last][1], kind) for first, last, kind in analysis.entities]
    return found, entities


def _from_stanza(document: Any) -> _Reading:
    found = []
    for sentence in document.sentences:
        words: list[_Word] = []
        for token in sentence.tokens:
            for word in token.words:
                # The words of a contraction that the surface does not spell out ("won't") share their token's place.
                start = word.start_char if word.start_char is not None else token.start_char
                end = word.end_char if word.end_char is not None else token.end_char
                head = (word.head or 0) - 1
                words.append((start, end, word.lemma, word.upos or "X", word.feats or "", head, word.deprel or "dep"))
        found.append(words)
    return found, [(e.start_char, e.end_char, e.type) for e in document.ents]


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
    batch: list[tuple[int, int, int, int]] = []
    size = 0
    for job in jobs:
        batch.append(job)
        size += job[3] - job[2]
        if size >= characters:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _sentence(words: list[_Word], offset: int, paragraph: int, text: str) -> Sentence:
    placed = tuple(
        Word(
            index=index,
            lemma=lemma or text[start + offset : end + offset],
            upos=upos,
            feats=feats,
            head=head,
            deprel=deprel,
            start=start + offset,
            end=end + offset,
            text=text[start + offset : end + offset],
        )
        for index, (start, end, lemma, upos, feats, head, deprel) in enumerate(words)
    )
    return Sentence(placed, placed[0].start, max(word.end for word in placed), paragraph)


def _whole_names(text: str, entities: list[Entity]) -> tuple[Entity, ...]:
    """The entities in order, two persons that only a space parts as one: the tagger cuts some names in two."""
    found: list[Entity] = []
    for entity in entities:
        last = found[-1] if found else None
        person = entity.type.upper() in ("PERSON", "PER")
        if last is not None and person and last.type == entity.type and text[last.end : entity.start] == " ":
            found[-1] = Entity(last.start, entity.end, entity.type, text[last.start : entity.end])
        else:
            found.append(entity)
    return tuple(found)
