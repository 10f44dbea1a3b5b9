"""Stanza's tokenizer and multi-word expansion, for many paragraphs at once and without its document objects.

The results are those of ``stanza.Pipeline`` (a test compares them). It is faster because characters are turned into numbers
and features in one NumPy operation, and because texts of similar lengths share a batch.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from stanza.models.tokenization.data import NEWLINE_WHITESPACE_RE, WHITESPACE_RE
from stanza.models.tokenization.utils import update_pred_regex
from torch import Tensor

from quotetrack.parse.engine.batching import RecurrentLayout, batches
from quotetrack.parse.engine.layers import Dense, Recurrent

# Stanza reads longer paragraphs in windows of this many characters; each starts after the last sentence end found.
WINDOW = 1000
# Characters per batch, including padding.
BATCH = 30_000
FEATURES = ("space_before", "capitalized", "numeric", "end_of_para", "start_of_para")
# Stanza's slow pattern for e-mail and web addresses can only match texts that contain one of these.
_ADDRESS = re.compile(r"@|https?://|www\.|\.(?:gov|org|edu|net|com|co)\.")
_UNKNOWN = "<UNK>"
_CONTRACTED = re.compile(r"(.*\w.*?)((?:['’](?:s|re|ve|ll|d|m)|n['’]t)|(?<=s)['’])", re.IGNORECASE)


class Token(NamedTuple):
    """A token: its character offsets in its paragraph, its text, and each of its words with offsets."""

    start: int
    end: int
    text: str
    words: tuple[tuple[str, int, int], ...]


class Tokens:
    """Runs the tokenizer and the expansion table of a loaded ``stanza.Pipeline``."""

    def __init__(self, tokenizer: Any, expander: Any, precision: torch.dtype) -> None:
        """Take over Stanza's ``tokenize`` and ``mwt`` processors. Raises ``ValueError`` if their settings are not supported."""
        trainer = tokenizer.trainer
        args = trainer.args
        if tuple(args["feat_funcs"]) != FEATURES or trainer.dictionary or not args["hierarchical"] or args["conv_res"]:
            raise ValueError("the tokenizer has features this engine does not compute")
        if not expander.trainer.args.get("dict_only"):
            raise ValueError("the multi-word expansion has a model besides its table")
        model = trainer.model.eval()
        self._table = _table(model.embeddings.weight.detach().to(precision))
        self._first = Recurrent(model.rnn, precision)
        self._second = Recurrent(model.rnn2, precision)
        parts = [model.tok_clf, model.sent_clf, model.mwt_clf]
        bias = torch.cat([part.bias for part in parts])
        self._scores = Dense(torch.cat([part.weight for part in parts]), bias, torch.float32)
        more = [model.tok_clf2, model.sent_clf2, model.mwt_clf2]
        self._more_scores = Dense(torch.cat([part.weight for part in more]), None, torch.float32)
        self._temperature = args["hier_invtemp"]
        vocab = trainer.vocab
        # Each known character's row of the table when it is inside a paragraph.
        self._known: dict[str, int] = {}
        self._number_of = vocab.unit2id
        self._longest = tokenizer.config.get("max_seqlen", WINDOW)
        self._expansion = expander.trainer.dict_expansion
        self._expanded: dict[str, tuple[str, ...]] = {}

    def cut(self, paragraphs: Sequence[str]) -> list[list[list[Token]]]:
        """For each paragraph its sentences, each a list of tokens."""
        found: list[list[list[Token]]] = [[] for _ in paragraphs]
        chunks: list[tuple[int, str, NDArray[np.int64]]] = []
        for number, paragraph in enumerate(paragraphs):
            chunks += [(number, text, places) for text, places in _chunks(paragraph)]
        labels = self._labels([text for _, text, _ in chunks])
        for (number, text, places), ends in zip(chunks, labels, strict=True):
            found[number] += self._sentences(text, places, ends)
        return found

    def _labels(self, texts: list[str]) -> list[NDArray[np.int64]]:
        """For each text the label of each character.

        1 is the last character of a token and 2 of a sentence, 3 and 4 the same for contractions; others are 0.
        """
        inputs = [self._inputs(text) for text in texts]
        answers: list[list[NDArray[np.int64]]] = [[] for _ in texts]
        begun = [0] * len(texts)
        unfinished = list(range(len(texts)))
        while unfinished:
            spans = [(i, begun[i], min(len(texts[i]), begun[i] + WINDOW)) for i in unfinished]
            for numbers in batches([end - start for _, start, end in spans], BATCH):
                batch = [spans[number] for number in numbers]
                for (i, start, end), labels in zip(batch, self._predict(inputs, batch), strict=True):
                    breaks = np.flatnonzero((labels == 2) | (labels == 4))
                    last = start + WINDOW >= len(texts[i]) or not len(breaks)
                    taken = end - start if last else int(breaks[-1]) + 1
                    answers[i].append(labels[:taken])
                    begun[i] += taken
            unfinished = [i for i in unfinished if begun[i] < len(texts[i])]
        joined = [np.concatenate(parts) for parts in answers]
        for text, labels in zip(texts, joined, strict=True):
            labels[-1] = 2 if labels[-1] < 3 else 4
            if _ADDRESS.search(text):
                update_pred_regex(list(text), labels)
        return joined

    def _inputs(self, text: str) -> NDArray[np.int64]:
        """For each character its row of the table."""
        known = self._known
        for character in set(text).difference(known):
            shape = (character == " ") + 2 * character.isupper() + 4 * character.isdecimal()
            known[character] = (self._number_of(character) << len(FEATURES)) + shape
        found = np.fromiter(map(known.__getitem__, text), np.int64, len(text))
        found[-1] += 1 << FEATURES.index("end_of_para")
        found[0] += 1 << FEATURES.index("start_of_para")
        return found

    def _predict(self, inputs: Any, batch: list[tuple[int, int, int]]) -> list[NDArray[np.int64]]:
        """The labels of the characters ``start`` to ``end`` of text ``i``, for each (i, start, end) of a batch."""
        given = torch.from_numpy(np.concatenate([inputs[i][start:end] for i, start, end in batch]))
        lengths = [end - start for _, start, end in batch]
        layout = RecurrentLayout(lengths, len(given))
        hidden = self._first(self._table.index_select(0, given), layout).float()
        scores = self._scores(hidden)
        if self._temperature > 0:
            hidden *= 1 - torch.sigmoid(-scores[:, :1] * self._temperature)
        scores += self._more_scores(self._second(hidden, layout))
        log = torch.nn.functional.logsigmoid
        token, sentence, contraction = log(scores).unbind(1)
        inside, continues, plain = log(-scores).unbind(1)
        ends = token + torch.maximum(continues, sentence) + torch.maximum(plain, contraction) > inside
        best = ends * (1 + (sentence > continues) + 2 * (contraction > plain))
        return [part.numpy() for part in best.split(lengths)]

    def _sentences(self, text: str, places: NDArray[np.int64], labels: NDArray[np.int64]) -> list[list[Token]]:
        sentences: list[list[Token]] = []
        tokens: list[Token] = []
        begin = 0
        marked = np.flatnonzero(labels)
        placed = places.tolist()
        for last, label in zip(marked.tolist(), labels[marked].tolist(), strict=True):
            raw = text[begin : last + 1]
            surface = raw.lstrip()
            if surface:
                start, stop = placed[last + 1 - len(surface)], placed[last] + 1
                if label < 3 and len(surface) <= self._longest:  # the most frequent case
                    tokens.append(Token(start, stop, surface, ((surface, start, stop),)))
                else:
                    tokens.append(self._token(surface, start, stop, label >= 3))
                if label in (2, 4):
                    sentences.append(tokens)
                    tokens = []
            begin = last + 1
        if tokens:
            sentences.append(tokens)
        return sentences

    def _token(self, text: str, start: int, end: int, contraction: bool) -> Token:
        if len(text) > self._longest:
            text = _UNKNOWN
        words = self._words(text) if contraction else (text,)
        if len(words) == 1:
            return Token(start, end, text, ((words[0], start, end),))
        placed: list[tuple[str, int, int]] = []
        match = re.fullmatch(r"\s*".join(f"({re.escape(word)})" for word in words), text)
        for number, word in enumerate(words, 1):
            place = (start + match.start(number), start + match.end(number)) if match else (start, end)
            placed.append((word, *place))
        return Token(start, end, text, tuple(placed))

    def _words(self, text: str) -> tuple[str, ...]:
        words = self._expanded.get(text)
        if words is None:
            expansion = [word for word in (self._expansion(text) or text).split(" ") if word]
            words = tuple(expansion) if len(expansion) > 1 else by_rule(text)
            if len(self._expanded) > 50_000:
                self._expanded.clear()
            self._expanded[text] = words
        return words


def _table(embeddings: Tensor) -> Tensor:
    """The network's inputs (characters × feature combinations, width + features), one row per combination of ``FEATURES``.

    The index of a row is the character's number followed by one bit per feature, the first feature lowest.
    """
    choices = 1 << len(FEATURES)
    bits = torch.arange(choices)[:, None] >> torch.arange(len(FEATURES)) & 1
    parts = [embeddings.repeat_interleave(choices, 0), bits.to(embeddings.dtype).repeat(len(embeddings), 1)]
    return torch.cat(parts, 1)


def by_rule(text: str) -> tuple[str, ...]:
    """Split a contraction that is missing from Stanza's table, such as the possessive of a name.

    Returns the whole text as one word where no rule applies.
    """
    match = _CONTRACTED.fullmatch(text)
    return (match[1], match[2]) if match else (text,)


def _chunks(paragraph: str) -> list[tuple[str, NDArray[np.int64]]]:
    """The texts as Stanza's tokenizer sees them, each run of white space one space, with each character's offset."""
    found = []
    begin = 0
    for stop in [*(m.span() for m in NEWLINE_WHITESPACE_RE.finditer(paragraph)), (len(paragraph), 0)]:
        text = WHITESPACE_RE.sub(" ", paragraph[begin : stop[0]].rstrip())
        places = np.arange(begin, begin + len(text))
        if "  " in text:
            keep = [i for i, c in enumerate(text) if c != " " or i == 0 or text[i - 1] != " "]
            text, places = "".join(text[i] for i in keep), places[keep]
        if text:
            found.append((text, places))
        begin = stop[1]
    return found
