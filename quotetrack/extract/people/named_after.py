"""Find things named after a person or body: ``the Vale campaign``, ``a Calder University poll``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotetrack.extract.reading import Reading

_BETWEEN = {"presidential", "national", "new", "statewide", "2016", "latest", "tracking", "election", "re-election"}
_NOT_OWNERS = {
    "republican", "democratic", "gop", "national", "presidential", "white house", "exit", "u.s.", "us", "senate", "house",
}  # fmt: skip


def named_after(reading: Reading, stop: int, nouns: tuple[str, ...], start: int = 0) -> Iterator[tuple[int, str, str]]:
    """Yield each occurrence of one of ``nouns`` after a name, in the characters from ``start`` to ``stop``.

    Yields the offset of the name, the name and the noun: ``Ida Vale's presidential campaign`` gives the offset of
    ``Ida``, ``"Ida Vale"`` and ``"campaign"``.
    """
    words = reading.words
    for index in reading.words_between(start, stop):
        noun = reading.lower[index]
        if ("'" in noun or "’" in noun) and noun not in nouns:
            noun = re.sub(r"['’]s?$", "", noun)
        if noun not in nouns or index == 0:
            continue
        first = last = index - 1
        while first > 0 and (reading.lower[first] in _BETWEEN or words[first].text in ("'s", "’s", "'", "’")):
            first, last = first - 1, last - 1
        while first > 0 and words[first - 1].end >= words[first].start - 1 and _is_name_word(reading, first - 1):
            first -= 1
        if _is_name_word(reading, last) and reading.sentence_of[first] == reading.sentence_of[index]:
            name = reading.text[words[first].start : words[last].end].strip("-/ ")
            if name and name.lower() not in _NOT_OWNERS and "\n" not in name:
                yield words[first].start, name, re.sub(r"['’]s?$", "", words[index].text)


def _is_name_word(reading: Reading, index: int) -> bool:
    """Whether the word at ``index`` can be part of a name."""
    word = reading.words[index]
    inside = reading.sentence_range(index).start < index
    return (
        word.upos == "PROPN"
        or word.text in ("-", "/", "&")
        or (word.upos in ("ADJ", "NOUN") and word.text[:1].isupper() and inside)
    )
