"""What the attribution network is told of a paragraph's words, apart from the encoder's states."""

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
    """The words of a stretch, in a row over its sentences: places in the text, tags, heads within the row (-1 at a root),
    relations, and the number of each word's sentence.
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
        """The same words, their places counted from ``by`` characters further left."""
        starts, ends = [start + by for start in self.starts], [end + by for end in self.ends]
        return replace(self, starts=starts, ends=ends)

    def part(self, begin: int, end: int) -> Words:
        """The words from number ``begin`` to ``end``; a head outside becomes a root."""
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
    """The numbers that tags and relations have in a network's settings: ``tags`` and ``relations``, each asked by name."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.tags, self.relations = _Numbers(config["upos"]), _Numbers(config["deprel"])


class _Numbers(dict[str, int]):
    """Numbers by name, from 1. A name that training did not see counts as its plain form (``acl`` of ``acl:relcl``) or as 0."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__((name, number) for number, name in enumerate(names, 1))

    def __missing__(self, name: str) -> int:
        self[name] = number = self.get(name.split(":")[0], 0)
        return number


def numbers(words: Words, quoted: Sequence[Quoted], names: Names) -> dict[str, list[int]]:
    """What the network is told of each word, by name."""
    return {
        "upos": list(map(names.tags.__getitem__, words.upos)),
        "deprel": list(map(names.relations.__getitem__, words.deprels)),
        "mark": marks(words, quoted),
        "shape": list(map(shape, words.texts)),
        "sentence": [number - words.sentences[0] for number in words.sentences],
    }


def marks(words: Words, quoted: Sequence[Quoted]) -> list[int]:
    """For each word: outside marks, inside, an opening mark, a closing one, a mark that pairs with none."""
    found = [4 if text in _STRAY else 0 for text in words.texts]
    for stretch in quoted:
        for word in range(bisect_left(words.starts, stretch.start), bisect_left(words.starts, stretch.end)):
            opens, closes = words.ends[word] <= stretch.inner_start, words.starts[word] >= stretch.inner_end
            found[word] = 2 if opens else 3 if closes else 1
    return found


@lru_cache(50_000)
def shape(text: str) -> int:
    """How a word is written, which an encoder that reads lower case cannot see."""
    if not any(character.isalnum() for character in text):
        return 1
    if text.isdigit():
        return 2
    if text.islower():
        return 3
    if text.isupper() and len(text) > 1:
        return 4
    return 5 if text[0].isupper() else 6


def seen_from(words: Words, relations: Sequence[int], anchor: int) -> tuple[list[int], list[int], list[int]]:
    """Where each word stands in the tree seen from the anchor: the kind of place, the relation of the branch it hangs in,
    and the relation of the anchor's own branch where the two part.
    """
    heads, count = words.heads, len(words)
    place, down, up = [0] * count, [0] * count, [0] * count
    # For each word the place in the chain at which its own way up meets it, and the relation of the branch it comes by.
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
