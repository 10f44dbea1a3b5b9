"""A quotation as its sentences, each a string with one character a word: what clustering compares.

Two outlets seldom cut at the same places, so the unit is the sentence (or what stands between two ellipses), not the
quotation. A word is one code point taken from its hash, so the same word has the same one in every run and database,
and rapidfuzz compares words where it compares characters. Words that reported speech shifts (``I will``, ``he would``)
have one code point between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from quotetrack.cluster.words import plain

FEWEST = 4  # words; a shorter sentence goes with its neighbour
PIECES = " […] "  # stands between the pieces of a quotation interrupted by its article
UNKNOWN = 17.0  # bits of a word that the list does not hold
_POINTS = 0x110000 - 0x800 - 0x20  # code points from space on, without the surrogates

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_INSIDE = re.compile(r"\[(?:…|\.\.\.)\]|\((?:…|\.\.\.)\)|…|\.\.\.+")
_SENTENCE = re.compile(  # its group is what stands between two
    r"[.!?](?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSt\.)(?<!\bMrs\.)(?<!\bSen\.)(?<!\bGov\.)(?<!\bRep\.)(?<!\bGen\.)"
    r"(?<!\b[A-Z]\.)([\"”’»“)\]]*\s+)(?=[\"“‘«”(]*[^\W\d_a-z])"
)
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
_PARTED = re.compile(r"^(i|he|she|we|you|they|it|that|there|what|who|here|let)'(s|re|m|ve|ll|d)$")
_NEGATED = {"can't": "could not", "cannot": "could not", "won't": "would not", "shan't": "would not"}


def simplified(word: str) -> list[str]:
    """What is compared of a word: contractions taken apart, forms that reported speech shifts made one."""
    word = plain(word)
    if word in _NEGATED:
        return _NEGATED[word].split()
    if word.endswith("n't"):
        return [_ONE.get(word[:-3], word[:-3]), "not"]
    parted = _PARTED.match(word)
    words = [parted.group(1), f"'{parted.group(2)}"] if parted else [word]
    return [_ONE.get(w, w) for w in words]


def code_point(word: str) -> str:
    """The character that stands for a simplified word, from its hash."""
    point = 0x20 + int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "big") % _POINTS
    return chr(point if point < 0xD800 else point + 0x800)


class _Codes(dict[str, str]):
    """Word as written (in lower case) to its characters, made when first met."""

    _MOST = 2_000_000

    def __missing__(self, word: str) -> str:
        if len(self) >= self._MOST:
            self.clear()
        code = self[word] = "".join(map(code_point, simplified(word)))
        return code


_codes = _Codes()


def encode(text: str) -> str:
    """All words of a text without sentence ends, one character each; bracketed insertions are left out."""
    if "[" in text:
        text = _BRACKETS.sub(" ", text)
    return "".join([_codes[word] for word in _WORD.findall(text.lower())])


def wordings(text: str, pieces: int = 1, verbatim: Sequence[str] = ()) -> list[str]:
    """The sentences of a quotation, each as a string with one character a word; one at least, empty where no word is.

    Of a partly ``verbatim`` one also these stretches, since the words around them are every article's own.
    ``pieces`` of content stand in ``text``; where that many are joined by an ellipsis in brackets, the sentence goes on
    over the join unless the piece before it ended one.
    """
    if pieces > 1 and text.count(PIECES) == pieces - 1:
        text = _OPEN_PIECE.sub(r"\1 ", text).replace(PIECES, " ")
    found: list[str] = []
    waiting = ""
    for stretch in _INSIDE.split(text) if "…" in text or "..." in text else (text,):
        for start, end in _parts(stretch):
            code = waiting + encode(stretch[start:end])
            waiting = ""
            if len(code) >= FEWEST:
                found.append(code)
            else:
                waiting = code
    if waiting and found:
        found[-1] += waiting
    return (found + encoded(verbatim)) or [waiting]


def encoded(verbatim: Sequence[str], fewest: int = 3) -> list[str]:
    """Verbatim stretches, each as a string with one character a word; those of under ``fewest`` words are left out."""
    return [code for code in map(encode, verbatim) if len(code) >= fewest]


def sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of ``text`` begin and end, as clustering parts them; white space between them is left out."""
    return [(start, end) for start, end in _parts(text) if text[start:end].strip()]


def _parts(text: str) -> list[tuple[int, int]]:
    between = [match.span(1) for match in _SENTENCE.finditer(text)]
    if not between:
        return [(0, len(text))]
    return list(zip([0, *(end for _, end in between)], [*(start for start, _ in between), len(text)], strict=True))


def bits() -> NDArray[np.float32]:
    """How much each code point tells, in bits: the binary logarithm of how rare its word is in news and other text."""
    table = np.full(0x110000, UNKNOWN, dtype=np.float32)
    for line in files("quotetrack.cluster").joinpath("data", "words.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            value, *words = line.split()
            for word in words:
                table[ord(code_point(word))] = float(value)
    return table
