"""Information content of words: counts become bits, words are split as in clustering, and the data file is current."""

from __future__ import annotations

from training.word_weights import bits_of, lines

from quotetrack.cluster.wordings import UNKNOWN, bits, code_point


def test_common_words_have_few_bits() -> None:
    """A share of one half is one bit and of one eighth three; words as rare as unknown ones are omitted."""
    assert bits_of({"the": 0.5, "harbour": 0.125, "ferry": 0.125, "inquiry": 0.25, "zyx": 2**-20}) == {
        "the": 1.0, "inquiry": 2.0, "harbour": 3.0, "ferry": 3.0,
    }  # fmt: skip


def test_forms_that_clustering_joins_share_their_counts() -> None:
    """``he`` and ``they`` are one word, and ``didn't`` is two, as in the wordings that are compared."""
    assert bits_of({"he": 0.25, "they": 0.25, "didn't": 0.25}) == {"they": 1.0, "do": 2.0, "not": 2.0}


def test_one_line_a_value() -> None:
    """Values ascend; a value with many words goes on in another line."""
    assert list(lines({"b": 2.0, "a": 2.0, "the": 1.5})) == ["1.5 the", "2 a b"]
    long = list(lines({f"word{number:03}": 9.0 for number in range(40)}))
    assert len(long) > 1 and all(line.startswith("9 word") and len(line) <= 120 for line in long)


def test_names_of_the_day_are_no_function_words() -> None:
    """No name tells as little as ``said`` in the file that ships, as names did when it was counted in one campaign's news."""
    table = bits()
    weights = {word: table[ord(code_point(word))] for word in ("the", "said", "president", "clinton", "trump", "obama")}
    assert weights["the"] < weights["said"] < weights["president"]
    assert all(weights["president"] < weights[name] <= UNKNOWN for name in ("clinton", "trump", "obama"))
