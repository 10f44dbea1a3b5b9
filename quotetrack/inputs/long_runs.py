"""Shorten long runs of records without the text of an article, so that a file of millions of them takes seconds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from quotetrack.model import Article, Failure

_SHORTEST = 40  # characters; single texts may be shorter
_LISTED = 1_000  # records in a row that are listed one by one
_MOST = 20_000  # in a row; up to 20 seconds, if each has a date that is hard to read


def shortened(records: Iterable[Article | Failure]) -> Iterator[Article | Failure]:
    """Yield ``records``, with one ``Failure`` for each reason instead of the later records of a long run.

    A run consists of failures and of texts of fewer than 40 characters. Its first 1,000 records are unchanged, and after
    20,000 the rest of the file is not read.

    >>> list(shortened([Failure("a.csv#2", "The record has no text.")]))
    [Failure(location='a.csv#2', reason='The record has no text.', details='')]
    """
    length = 0
    left_out: Counter[str] = Counter()
    first: dict[str, str] = {}
    for one in records:
        reason = _reason(one)
        if reason is None:
            yield from _summary(left_out, first)
            length = 0
            left_out.clear()
            first.clear()
            yield one
            continue
        length += 1
        if length <= _LISTED:
            yield one
            continue
        left_out[reason] += 1
        first.setdefault(reason, one.location)
        if length == _MOST:
            yield from _summary(left_out, first)
            yield Failure(
                one.location,
                f"The file has {_MOST:,} records in a row without the text of an article. Nothing after this one was read.",
            )
            return
    yield from _summary(left_out, first)


def _reason(one: Article | Failure) -> str | None:
    if isinstance(one, Failure):
        return one.reason
    if len(one.text) < _SHORTEST:
        return f"The text has fewer than {_SHORTEST} characters, like those of the {_LISTED:,} records before it."
    return None


def _summary(left_out: Counter[str], first: dict[str, str]) -> Iterator[Failure]:
    for reason, number in left_out.items():
        same = f" The same is true of {number - 1:,} of the records after it." if number > 1 else ""
        yield Failure(first[reason], f"{reason}{same}")
