"""Remove asides from source phrases: ``Lisk, not Finch,``, ``China Quarry, for its part,``, ``Calder Line on Monday``."""

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
_WHOLE_ASIDE = re.compile(rf"^,?\s{_OTHERS}[^,]*(?:,[^,]*)?,(?=\s?$)")
_OPEN_ASIDE = re.compile(rf"(?:,\s|\s?[—–]\s?){_OTHERS}[^,—–]*(?:,\s(?:say|for example|for instance),\s)?$")
_EXCLUDING = re.compile(rf"(?:^|,|—|–)\s?{_OTHERS}[^,]*(?:,\s)?$")


def without_asides(reading: Reading, span: Span) -> Span:
    """Return the phrase up to the first aside or relative clause; unchanged if it has none.

    ``Lisk, not Finch,`` gives ``Lisk``.
    """
    text = span.text
    ends = [found.start() for pattern in (_ASIDE, _CLAUSE) if (found := pattern.search(text)) and found.start() > 0]
    if not ends:
        return span
    return reading.span(span.start, span.start + min(ends)) or span


def excluded_after(reading: Reading, position: int) -> int | None:
    """Return the offset where an aside that excludes the name at ``position`` starts; ``None`` if there is none.

    In ``Runa Elvik—unlike, say, Siv Lund—said``, for the name ``Siv Lund``, this is the end of ``Runa Elvik``.
    """
    before = reading.text[max(0, position - 60) : position]
    found = _OPEN_ASIDE.search(before)
    return position - len(before) + found.start() if found else None


def without_exclusion(gap: str) -> str:
    """Return the text between a name and ``who`` with an aside such as ``, not her sister Siv,`` reduced to a comma."""
    return _WHOLE_ASIDE.sub(",", gap)


def is_excluded(reading: Reading, position: int) -> bool:
    """Whether the name at ``position`` is excluded as the speaker: ``Siv`` in ``Runa Elvik, not her sister Siv, who``."""
    return _EXCLUDING.search(reading.text[max(0, position - 60) : position]) is not None
