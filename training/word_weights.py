"""Write the information content of English words, from wordfreq.

    python -m training.word_weights

Writes ``quotetrack/cluster/data/words.txt`` from the English list of the package ``wordfreq`` (Speer 2022; ``pip
install wordfreq``), which combines counts from books, subtitles, encyclopedias, the web and news, so that no single
period of news decides which words are common. Words are split as in clustering.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from quotetrack.cluster.wordings import UNKNOWN, simplified
from quotetrack.text.words import words_of

TARGET = Path(__file__).parent.parent / "quotetrack/cluster/data/words.txt"
_WIDTH = 120
_HEADER = """\
# Words and how much they tell, in bits (the binary logarithm of total over count, to the half); a word that is not here tells
# 17 bits. One line a value. Made by training/word_weights.py, not by hand.
#
# From the English list of wordfreq 3.1 (Robyn Speer, 2022, https://github.com/rspeer/wordfreq), whose data may be redistributed under
# CC BY-SA 4.0, as this file may. It holds data from Wikipedia, ParaCrawl, the Leeds Internet Corpus, the Google Books Ngram Viewer
# (http://books.google.com/ngrams), OPUS OpenSubtitles 2018 (http://www.opensubtitles.org) and SUBTLEX-US and SUBTLEX-UK, freely available data by
# Marc Brysbaert and others (http://crr.ugent.be/programs-data/subtitle-frequencies).
"""


def bits_of(frequencies: Mapping[str, float]) -> dict[str, float]:
    """The information content of each word in bits, to the nearest half; words with that of an unknown word are omitted."""
    shares: defaultdict[str, float] = defaultdict(float)
    for written, share in frequencies.items():
        for word in words_of(written):
            for part in simplified(word):
                shares[part] += share
    total = sum(shares.values())
    bits = {word: round(2 * math.log2(total / share)) / 2 for word, share in shares.items() if share}
    return {word: value for word, value in bits.items() if value < UNKNOWN}


def lines(bits: Mapping[str, float]) -> Iterable[str]:
    """One or several lines per value, with ascending values and words in alphabetical order."""
    by_value: defaultdict[float, list[str]] = defaultdict(list)
    for word, value in bits.items():
        by_value[value].append(word)
    for value in sorted(by_value):
        line = f"{value:g}"
        for word in sorted(by_value[value]):
            if len(line) + len(word) >= _WIDTH:
                yield line
                line = f"{value:g}"
            line += f" {word}"
        yield line


def main() -> None:
    """Write the data file."""
    from wordfreq import get_frequency_dict, word_frequency

    frequencies = dict(get_frequency_dict("en"))
    # The list does not distinguish numbers of several digits; wordfreq's estimate is used for them.
    frequencies = {word: share for word, share in frequencies.items() if not any(c.isdigit() for c in word)}
    frequencies |= {number: word_frequency(number, "en") for number in map(str, range(10_000))}
    bits = bits_of(frequencies)
    TARGET.write_text(_HEADER + "".join(f"{line}\n" for line in lines(bits)), encoding="utf-8")
    print(f"{len(bits)} words")


if __name__ == "__main__":
    main()
