"""What the attribution network is told of a paragraph's words, apart from the encoder's states."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from quotetrack.parse.quoted import Quoted

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
    """The numbers that tags and relations have in a network's settings; 0 is any other."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._upos = {name: number for number, name in enumerate(config["upos"], 1)}
        self._deprel = {name: number for number, name in enumerate(config["deprel"], 1)}

    def tag(self, name: str) -> int:
        """The number of a part of speech."""
        return self._upos.get(name, 0)

    def relation(self, name: str) -> int:
        """The number of a dependency relation; one that training did not see counts as its plain form."""
        return self._deprel.get(name) or self._deprel.get(name.split(":")[0], 0)


def numbers(words: Words, quoted: Sequence[Quoted], names: Names) -> dict[str, list[int]]:
    """What the network is told of each word, by name."""
    return {
        "upos": [names.tag(tag) for tag in words.upos],
        "deprel": [names.relation(name) for name in words.deprels],
        "mark": marks(words, quoted),
        "shape": [shape(text) for text in words.texts],
        "sentence": [number - words.sentences[0] for number in words.sentences],
    }


def marks(words: Words, quoted: Sequence[Quoted]) -> list[int]:
    """For each word: outside marks, inside, an opening mark, a closing one, a mark that pairs with none."""
    begins = [q.start for q in quoted]
    found = []
    for start, end, text in zip(words.starts, words.ends, words.texts, strict=True):
        place = bisect_right(begins, start) - 1
        if place >= 0 and start < quoted[place].end:
            stretch = quoted[place]
            found.append(2 if end <= stretch.inner_start else 3 if start >= stretch.inner_end else 1)
        else:
            found.append(4 if text in _STRAY else 0)
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
    chain = [anchor]
    while heads[chain[-1]] >= 0 and heads[chain[-1]] not in chain:
        chain.append(heads[chain[-1]])
    above = {word: number for number, word in enumerate(chain)}
    place, down, up = [0] * count, [0] * count, [0] * count
    known: dict[int, tuple[int, int]] = {}

    def branch(word: int) -> tuple[int, int]:
        path: list[int] = []
        node = word
        while node not in above and node not in known and heads[node] >= 0 and len(path) <= count:
            path.append(node)
            node = heads[node]
        found = known.get(node) or (above.get(node, len(chain) - 1), -1)
        for node in reversed(path):
            found = (found[0], relations[node] if found[1] < 0 else found[1])
            known[node] = found
        return found

    own = words.sentences[anchor]
    for word in range(bisect_left(words.sentences, own), bisect_right(words.sentences, own)):
        if word in above:
            number = above[word]
            place[word] = 2 if number else 1
        else:
            number, relation = branch(word)
            place[word], down[word] = 4 if number else 3, max(relation, 0)
        up[word] = relations[chain[number - 1]] if number else 0
    return place, down, up
