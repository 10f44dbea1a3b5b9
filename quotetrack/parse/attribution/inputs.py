"""Inputs of the attribution network besides the encoder's states."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from quotetrack.text.quoted import Quoted

_STRAY = set('"“”„‟«»‹›〝〞❝❞″＂')


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one or more sentences, one list per property.

    ``starts`` and ``ends`` are character offsets, ``heads`` word numbers within all sentences (-1 at a root), and
    ``sentences`` the number of each word's sentence.
    """

    starts: list[int]
    ends: list[int]
    texts: list[str]
    upos: list[str]
    heads: list[int]
    deprels: list[str]
    sentences: list[int]

    def __len__(self) -> int:
        return len(self.starts)

    def moved(self, by: int) -> Words:
        """The same words with offsets increased by ``by``."""
        starts, ends = [start + by for start in self.starts], [end + by for end in self.ends]
        return replace(self, starts=starts, ends=ends)

    def part(self, begin: int, end: int) -> Words:
        """The words ``begin`` to ``end`` (exclusive); words whose head is outside become roots."""
        if (begin, end) == (0, len(self)):
            return self
        cut = slice(begin, end)
        heads = [head - begin if begin <= head < end else -1 for head in self.heads[cut]]
        return Words(
            self.starts[cut],
            self.ends[cut],
            self.texts[cut],
            self.upos[cut],
            heads,
            self.deprels[cut],
            self.sentences[cut],
        )


class Names:
    """The numbers of universal tags (``tags``) and relations (``relations``) in a network's settings, by name."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.tags, self.relations = _Numbers(config["upos"]), _Numbers(config["deprel"])


class _Numbers(dict[str, int]):
    """Numbers by name, from 1. An unknown subtype has the number of its main type (``acl`` of ``acl:relcl``), others 0."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__((name, number) for number, name in enumerate(names, 1))

    def __missing__(self, name: str) -> int:
        self[name] = number = self.get(name.split(":")[0], 0)
        return number


def numbers(words: Words, quoted: Sequence[Quoted], names: Names) -> dict[str, list[int]]:
    """The numbers of each word for the network's embeddings, by the name of the embedding."""
    return {
        "upos": list(map(names.tags.__getitem__, words.upos)),
        "deprel": list(map(names.relations.__getitem__, words.deprels)),
        "mark": marks(words, quoted),
        "shape": list(map(shape, words.texts)),
        "sentence": [number - words.sentences[0] for number in words.sentences],
    }


def marks(words: Words, quoted: Sequence[Quoted]) -> list[int]:
    """For each word: 0 outside quotation marks, 1 inside, 2 an opening, 3 a closing and 4 an unpaired mark."""
    found = [4 if text in _STRAY else 0 for text in words.texts]
    for stretch in quoted:
        for word in range(bisect_left(words.starts, stretch.start), bisect_left(words.starts, stretch.end)):
            opens, closes = words.ends[word] <= stretch.inner_start, words.starts[word] >= stretch.inner_end
            found[word] = 2 if opens else 3 if closes else 1
    return found


@lru_cache(50_000)
def shape(text: str) -> int:
    """The case of a word, which the lower-casing encoder cannot see.

    1 without letters and digits, 2 digits, 3 lower case, 4 upper case, 5 capitalized, 6 any other.
    """
    if not any(character.isalnum() for character in text):
        return 1
    if text.isdigit():
        return 2
    if text.islower():
        return 3
    if text.isupper() and len(text) > 1:
        return 4
    return 5 if text[0].isupper() else 6


def tree_positions(words: Words, relations: Sequence[int], anchor: int) -> tuple[list[int], list[int], list[int]]:
    """The position of each word in the dependency tree relative to the anchor: (places, down, up), each with one number per word.

    ``places`` is 0 in other sentences, 1 for the anchor, 2 above it, 3 below it and 4 beside it. ``down`` is the relation with
    which the word's branch leaves the path from the anchor to the root, ``up`` the relation with which the anchor's own branch
    reaches that point.
    """
    heads, count = words.heads, len(words)
    place, down, up = [0] * count, [0] * count, [0] * count
    # For each word the index in ``chain`` at which its path to the root joins it, and the relation by which it does.
    meets, branch = [-1] * count, [-1] * count
    chain: list[int] = []
    node = anchor
    while node >= 0 and meets[node] < 0:
        meets[node] = len(chain)
        chain.append(node)
        node = heads[node]
    for word in chain:
        place[word] = 2
    place[anchor] = 1
    own = words.sentences[anchor]
    first, last = bisect_left(words.sentences, own), bisect_right(words.sentences, own)
    for word in range(first, last):
        path: list[int] = []
        node = word
        while node >= 0 and meets[node] < 0 and len(path) <= count:
            path.append(node)
            node = heads[node]
        if node < 0 or meets[node] < 0:  # another root
            number, relation = len(chain) - 1, -1
            meets[path.pop()] = number
        else:
            number, relation = meets[node], branch[node]
        for node in reversed(path):
            relation = relation if relation >= 0 else relations[node]
            meets[node], branch[node] = number, relation
    for word in range(first, last):
        number = meets[word]
        if not place[word]:
            place[word], down[word] = 4 if number else 3, max(branch[word], 0)
        up[word] = relations[chain[number - 1]] if number else 0
    return place, down, up
