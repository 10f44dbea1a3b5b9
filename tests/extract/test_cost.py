"""The cost of extraction is proportional to the length of the article, whatever it is dense in."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest
from benchmarks.dense import PASSAGES, article

from quotetrack.extract import extract
from quotetrack.parse.pipeline import Parser
from quotetrack.text.quoted import quoted_stretches

_SHORT = 6_000  # characters
_LONGEST_RATIO = 6  # four times the text may take this many times as long; quadratic cost is 16 times


def _seconds(call: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    try:
        began = time.process_time()
        call()
        return time.process_time() - began
    finally:
        gc.enable()


@pytest.mark.parametrize("kind", PASSAGES)
def test_four_times_the_text_takes_about_four_times_as_long(parser: Parser, kind: str) -> None:
    """An article dense in one kind of name, phrase, mark or label is extracted in time proportional to its length."""
    short, long = article(kind, _SHORT, parser), article(kind, 4 * _SHORT, parser)
    extract(short)  # loads word lists and fills caches
    ratios = []
    for _ in range(3):  # other processes disturb single measurements
        ratios.append(_seconds(lambda: extract(long)) / max(_seconds(lambda: extract(short)), 0.02))
        if ratios[-1] < _LONGEST_RATIO:
            return
    pytest.fail(f"four times the text takes {min(ratios):.1f} times as long")


@pytest.mark.parametrize("mark", ["“", '"', "‘", "» ", '12" '])
def test_marks_in_one_paragraph_are_paired_in_one_pass(mark: str) -> None:
    """Ten thousand unclosed marks in one paragraph are paired within two seconds."""
    text = f"{mark}word " * 10_000
    assert _seconds(lambda: quoted_stretches(text, ((0, len(text) - 1),))) < 2
