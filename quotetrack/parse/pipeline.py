"""Text to ``Parsed`` by Stanza (Qi et al. 2020, "Stanza: A Python NLP Toolkit for Many Human Languages").

The one place that imports Stanza. Paragraphs are handed over as documents of their own and in bulk: no sentence then
crosses a paragraph, and the networks see full batches.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from typing import Any

from quotetrack.errors import ModelsMissing
from quotetrack.model import Entity, Parsed, Sentence, Word
from quotetrack.parse.marks import normalise
from quotetrack.parse.models import PROCESSORS, ModelChoice, choose
from quotetrack.parse.paragraphs import paragraphs

# One run of Stanza over about this many characters: large enough for full batches, small enough for memory.
BATCH_CHARACTERS = 40_000
# Stanza's memory grows with the square of a sentence: a text without a full stop must not become one sentence of
# thousands of words. Longer paragraphs are handed over in pieces, cut where a sentence ends if one does.
LONGEST_PARAGRAPH = 5_000
_SENTENCE_END = re.compile(r"[.!?][\"')]*\s")


class Parser:
    """A loaded ``stanza.Pipeline``. Making one takes seconds and half a gigabyte; make one per process."""

    def __init__(self, models: ModelChoice | None = None, language: str = "en", threads: int | None = None) -> None:
        """Load ``models`` (the embedded ones unless told). Raises ``ModelsMissing`` where they do not load."""
        self.models = models or choose(language=language)
        self.language = language
        logging.getLogger("stanza").setLevel(logging.ERROR)
        import stanza
        import torch

        if threads:
            torch.set_num_threads(threads)
        try:
            self._pipeline: Any = stanza.Pipeline(
                language,
                dir=str(self.models.directory),
                package=self.models.package,
                processors=",".join(PROCESSORS),
                download_method=None,
                use_gpu=False,
                verbose=False,
            )
        except Exception as error:  # Stanza raises a dozen kinds here, from FileNotFoundError to its own
            reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise ModelsMissing(f"The Stanza models in {self.models.directory} do not load: {reason}") from error

    def parse(self, text: str) -> Parsed:
        """The parse of one text."""
        return self.parse_all([text])[0]

    def parse_all(self, texts: Sequence[str]) -> list[Parsed]:
        """The parses of several texts, in order: the same as one by one, but faster."""
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
        for batch in _batches(jobs):
            documents = self._pipeline.bulk_process([plain[a][start:end] for a, _, start, end in batch])
            for (article, number, start, _), document in zip(batch, documents, strict=True):
                text = texts[article]
                sentences[article] += [_sentence(s, start, number, text) for s in document.sentences]
                entities[article] += [
                    Entity(
                        start + e.start_char,
                        start + e.end_char,
                        e.type,
                        text[start + e.start_char : start + e.end_char],
                    )
                    for e in document.ents
                ]
        return [
            Parsed(text, ranges[i], tuple(sentences[i]), _whole_names(text, entities[i]))
            for i, text in enumerate(texts)
        ]


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


def _batches(jobs: list[tuple[int, int, int, int]]) -> Iterator[list[tuple[int, int, int, int]]]:
    batch: list[tuple[int, int, int, int]] = []
    size = 0
    for job in jobs:
        batch.append(job)
        size += job[3] - job[2]
        if size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _sentence(sentence: Any, offset: int, paragraph: int, text: str) -> Sentence:
    words: list[Word] = []
    for token in sentence.tokens:
        for word in token.words:
            # The words of a contraction that the surface does not spell out ("won't") share their token's place.
            start = word.start_char if word.start_char is not None else token.start_char
            end = word.end_char if word.end_char is not None else token.end_char
            start, end = start + offset, end + offset
            words.append(
                Word(
                    index=len(words),
                    lemma=word.lemma or word.text,
                    upos=word.upos or "X",
                    feats=word.feats or "",
                    head=(word.head or 0) - 1,
                    deprel=word.deprel or "dep",
                    start=start,
                    end=end,
                    text=text[start:end],
                )
            )
    return Sentence(tuple(words), words[0].start, max(w.end for w in words), paragraph)


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
