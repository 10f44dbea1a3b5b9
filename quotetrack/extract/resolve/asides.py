"""A source phrase without what only stands beside it: ``Lisk, not Finch,``, ``China Quarry, for its part,``, ``the firm Calder Line on Monday``."""

from __future__ import annotations

import re

from quotetrack.extract.reading import Reading
from quotetrack.model import Span

_OTHERS = (
    r"(?:and\s)?(?:not|never|rather than|instead of|unlike|as opposed to|along with|together with|accompanied by|flanked by|"
    r"joined by|like|echoing|contradicting|but not)\b"
)
_ASIDE = re.compile(
    rf",?\s{_OTHERS}[^,]*(?:,|$)|,\s(?:for (?:his|her|its|their) part|in turn|too|however|meanwhile|respectively)(?:,|$)|"
    r"\son\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$"
)
_CLAUSE = re.compile(r",\s(?:who|which|whose|whom)\s.*$", re.DOTALL)
_WHOLLY = re.compile(rf"^,?\s{_OTHERS}[^,]*(?:,[^,]*)?,(?=\s?$)")
_INSERTED = re.compile(rf"(?:,\s|\s?[—–]\s?){_OTHERS}[^,—–]*(?:,\s(?:say|for example|for instance),\s)?$")
_EXCLUDING = re.compile(rf"(?:^|,|—|–)\s?{_OTHERS}[^,]*(?:,\s)?$")


def without_asides(reading: Reading, span: Span) -> Span:
    """The phrase up to the first aside that names somebody else, or up to a clause that goes on with it."""
    text = span.text
    ends = [found.start() for pattern in (_ASIDE, _CLAUSE) if (found := pattern.search(text)) and found.start() > 0]
    if not ends:
        return span
    return reading.span(span.start, span.start + min(ends)) or span


def excluded_after(reading: Reading, position: int) -> int | None:
    """Where the words end that ``Runa Elvik—unlike, say, Siv Lund—said`` goes on with, if the name at ``position`` is in such an aside."""
    before = reading.text[max(0, position - 60) : position]
    found = _INSERTED.search(before)
    return position - len(before) + found.start() if found else None


def without_exclusion(gap: str) -> str:
    """What stands between a name and ``who`` without an aside about somebody else: ``, not her sister Siv,`` is a comma."""
    return _WHOLLY.sub(",", gap)


def is_excluded(reading: Reading, position: int) -> bool:
    """Whether the name at ``position`` is somebody who did not speak: ``Runa Elvik, not her sister Siv, who``."""
    return _EXCLUDING.search(reading.text[max(0, position - 60) : position]) is not None
