"""The networks' results for a paragraph, by character offsets in it, and their conversion to the records of ``Parsed``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from quotetrack.model import Proposal, Sentence, Span, Word
from quotetrack.parse.attribution.inputs import Words
from quotetrack.text.quoted import Quoted, quoted_stretches

if TYPE_CHECKING:
    from quotetrack.parse.attribution import Attributed

Range = tuple[int, int]
# A word: start, end (offsets in its paragraph), lemma, tag, features, head, relation.
WordOf = tuple[int, int, str | None, str, str, int, str]
# An attribution: cue, source, ranges of content, the certainty of each range, score, fit (see ``Attributed``).
AttributionOf = tuple[Range, Range | None, list[Range], tuple[float, ...], float, float]


@dataclass(slots=True)
class Reading:
    """The analysis of one paragraph.

    ``entities`` holds (start, end, type). ``given`` are the words that the encoder read of each sentence, and ``states`` its
    states of them, each (mixtures, words, width).
    """

    sentences: list[list[WordOf]]
    entities: list[tuple[int, int, str]]
    given: list[Sequence[str]]
    states: list[Any]
    attributed: list[AttributionOf] = field(default_factory=list)


def from_engine(sentences: list[tuple[list[Any], Sequence[str], Any, Any]]) -> Reading:
    """The reading of a paragraph from the engine's result."""
    found: list[list[WordOf]] = []
    entities: list[tuple[int, int, str]] = []
    for tokens, _, analysis, _ in sentences:
        places = [(start, end) for token in tokens for _, start, end in token.words]
        found.append([(*place, *word) for place, word in zip(places, analysis.words, strict=True)])
        entities += [(places[first][0], places[last][1], kind) for first, last, kind in analysis.entities]
    return Reading(found, entities, [given for _, given, _, _ in sentences], [states for *_, states in sentences])


def from_stanza(document: Any) -> Reading:
    """The reading of a paragraph from the result of ``stanza.Pipeline``, without encoder states."""
    found = []
    for sentence in document.sentences:
        words: list[WordOf] = []
        for token in sentence.tokens:
            for word in token.words:
                # Words that a contraction does not spell out ("won't") have the offsets of their token.
                start = word.start_char if word.start_char is not None else token.start_char
                end = word.end_char if word.end_char is not None else token.end_char
                head = (word.head or 0) - 1
                words.append((start, end, word.lemma, word.upos or "X", word.feats or "", head, word.deprel or "dep"))
        found.append(words)
    return Reading(found, [(e.start_char, e.end_char, e.type) for e in document.ents], [], [])


def with_states(states: Any, paragraphs: Sequence[str], readings: list[Reading]) -> list[Reading]:
    """Add the encoder's states of their words to ``readings``, and return them. ``states`` is a ``Features``."""
    from quotetrack.parse.engine.features import plain

    rows = [
        plain([tuple(paragraph[start:end] for start, end, *_ in words) for words in reading.sentences])
        for paragraph, reading in zip(paragraphs, readings, strict=True)
    ]
    known = states(list(dict.fromkeys(words for row in rows for words in row)))
    for reading, row in zip(readings, rows, strict=True):
        reading.given = list(row)
        reading.states = [known[words][:, 1:] for words in row]
    return readings


def attribution_inputs(paragraph: str, reading: Reading) -> tuple[Words, Any, list[Quoted]]:
    """The inputs of the attribution model: a paragraph's words, their states (mixtures, words, width), its quoted stretches."""
    import torch

    words = Words([], [], [], [], [], [], [])
    for number, sentence in enumerate(reading.sentences):
        base = len(words)
        starts, ends, _, upos, _, heads, deprels = zip(*sentence, strict=True)
        words.starts.extend(starts)
        words.ends.extend(ends)
        words.texts.extend(paragraph[start:end] for start, end in zip(starts, ends, strict=True))
        words.upos.extend(upos)
        words.heads.extend(base + head if head >= 0 else -1 for head in heads)
        words.deprels.extend(deprels)
        words.sentences.extend([number] * len(sentence))
    states = torch.cat(reading.states, 1) if reading.states else torch.zeros(0)
    return words, states, quoted_stretches(paragraph, ((0, len(paragraph)),))


def with_offsets(words: Words, found: Attributed) -> AttributionOf:
    """An attribution with character offsets in place of word numbers."""

    def place(piece: Range) -> Range:
        return words.starts[piece[0]], max(words.ends[piece[0] : piece[1]])

    source = place(found.source) if found.source else None
    return place(found.cue), source, [place(p) for p in found.content], found.certainty, found.score, found.fit


def proposal_of(found: AttributionOf, offset: int, text: str) -> Proposal:
    """The attribution as a ``Proposal``, for a paragraph that begins at ``offset`` of ``text``."""
    cue, source, content, certainty, score, fit = found

    def span(piece: Range) -> Span:
        return Span.of(text, piece[0] + offset, piece[1] + offset)

    return Proposal(span(cue), span(source) if source else None, tuple(map(span, content)), certainty, score, fit)


def sentence_of(words: list[WordOf], offset: int, paragraph: int, text: str) -> Sentence:
    """The words as a ``Sentence``, for a paragraph that begins at ``offset`` of ``text``."""
    placed = []
    for index, (begin, stop, lemma, upos, feats, head, deprel) in enumerate(words):
        start, end = begin + offset, stop + offset
        own = text[start:end]
        # Positional arguments, because keyword arguments double the time of this call.
        placed.append(Word(index, lemma or own, upos, feats, head, deprel, start, end, own))
    return Sentence(tuple(placed), placed[0].start, max([word.end for word in placed]), paragraph)
