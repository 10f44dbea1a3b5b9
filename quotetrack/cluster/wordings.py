"""Split quotations into sentences and encode each as a string with one character per word, for clustering.

Outlets rarely cut quotations at the same places, so the unit is the sentence (or the text between two ellipses). Each word
is encoded as a code point derived from its hash, so that the encoding is stable and rapidfuzz compares words instead of
characters. Words that change in reported speech (``I will``, ``he would``) have the same code point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import blake2b
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from quotetrack.text.sentences import stretches
from quotetrack.text.words import WORD, plain

MIN_WORDS = 4  # shorter sentences are joined with an adjacent one
PIECES = " […] "  # separates the spans of an interrupted quotation
UNKNOWN = 17.0  # bits of a word that is not in the list
_POINTS = 0x110000 - 0x800 - 0x20  # number of code points from U+0020, without surrogates

_BRACKETS = re.compile(r"\[[^\]]*\]")
_INSIDE = re.compile(r"\[(?:…|\.\.\.)\]|\((?:…|\.\.\.)\)|…|\.\.\.+")
_OPEN_PIECE = re.compile(r"(?<![.!?])([\"”’»“]*) \[…\] ")

_SHIFTED = {
    "they": "i he she we you it",
    "them": "me him us",
    "their": "my his her our your its mine hers ours yours theirs",
    "themselves": "myself himself herself ourselves yourself yourselves itself",
    "would": "will shall should 'll 'd",
    "could": "can may might",
    "be": "is are was were am been 's 're 'm",
    "have": "has had 've",
    "do": "does did",
    "a": "an",
}  # fmt: skip
_ONE = {word: key for key, words in _SHIFTED.items() for word in words.split()}
_CONTRACTION = re.compile(r"^(i|he|she|we|you|they|it|that|there|what|who|here|let)'(s|re|m|ve|ll|d)$")
_NEGATED = {"can't": "could not", "cannot": "could not", "won't": "would not", "shan't": "would not"}


def simplified(word: str) -> list[str]:
    """Normalise a word: split contractions and unify forms that change in reported speech."""
    word = plain(word)
    if word in _NEGATED:
        return _NEGATED[word].split()
    if word.endswith("n't"):
        return [_ONE.get(word[:-3], word[:-3]), "not"]
    match = _CONTRACTION.match(word)
    words = [match.group(1), f"'{match.group(2)}"] if match else [word]
    return [_ONE.get(w, w) for w in words]


def code_point(word: str) -> str:
    """Return the code point of a normalised word, derived from its hash."""
    point = 0x20 + int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "big") % _POINTS
    return chr(point if point < 0xD800 else point + 0x800)


class _Codes(dict[str, str]):
    """Cache of the encoding of lower-case words."""

    _MAX_SIZE = 2_000_000

    def __missing__(self, word: str) -> str:
        if len(self) >= self._MAX_SIZE:
            self.clear()
        code = self[word] = "".join(map(code_point, simplified(word)))
        return code


_codes = _Codes()


def encode(text: str) -> str:
    """Encode all words of a text as one character each; bracketed insertions are omitted."""
    if "[" in text:
        text = _BRACKETS.sub(" ", text)
    return "".join([_codes[word] for word in WORD.findall(text.lower())])


def wordings(text: str, pieces: int = 1, verbatim: Sequence[str] = ()) -> list[str]:
    """Return the encoded sentences of a quotation: at least one, which is empty if there are no words.

    The ``verbatim`` parts of a mixed quotation are added, because the words around them differ between articles.
    ``pieces`` is the number of content spans; if they are joined by an ellipsis in brackets, a sentence continues in the
    next span unless it is complete.
    """
    if pieces > 1 and text.count(PIECES) == pieces - 1:
        text = _OPEN_PIECE.sub(r"\1 ", text).replace(PIECES, " ")
    found: list[str] = []
    pending = ""
    for stretch in _INSIDE.split(text) if "…" in text or "..." in text else (text,):
        for start, end in stretches(stretch):
            code = pending + encode(stretch[start:end])
            pending = ""
            if len(code) >= MIN_WORDS:
                found.append(code)
            else:
                pending = code
    if pending and found:
        found[-1] += pending
    return (found + encoded(verbatim)) or [pending]


def encoded(verbatim: Sequence[str], fewest: int = 5) -> list[str]:
    """Encode verbatim parts; those with less than ``fewest`` words are omitted."""
    return [code for code in map(encode, verbatim) if len(code) >= fewest]


def bits() -> NDArray[np.float32]:
    """Return the information of each code point in bits: minus the binary logarithm of the frequency of its word."""
    table = np.full(0x110000, UNKNOWN, dtype=np.float32)
    for value, words in _weights():
        for word in words:
            table[ord(code_point(word))] = value
    return table


@cache
def known_words() -> frozenset[str]:
    """Return the frequent words of English, those with less than ``UNKNOWN`` bits."""
    return frozenset(word for _, words in _weights() for word in words)


def _weights() -> Iterator[tuple[float, list[str]]]:
    for line in files("quotetrack.cluster").joinpath("data", "words.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            value, *words = line.split()
            yield float(value), words
