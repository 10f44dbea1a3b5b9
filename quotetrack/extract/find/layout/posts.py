"""Find quotations followed by the name of their speaker: ``“…” —Name``, and embedded posts
(``… — Name (@handle) March 3``).
"""

from __future__ import annotations

import re

from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.layout.common import make_draft
from quotetrack.extract.reading import Reading
from quotetrack.model import Span

_NAME = r"(?:[A-Z][\w.'’-]+|[A-Z]\.)(?:\s+(?:[A-Z][\w.'’-]*|de|del|van|von|der|al|bin|el))*"
_SIGNED = rf"(?:[—–―]|--?)\s*(?P<name>{_NAME})(?P<rest>(?:,[^.!?\n]{{1,80}})?)\.?\s*$"
_DASH = re.compile(rf"\s*{_SIGNED}")
_DASH_LINE = re.compile(_SIGNED)
_HANDLE = rf"(?:[—–―]|--?)\s*(?P<name>{_NAME})\W{{0,8}}\((?P<handle>@[\w.]{{2,40}})\)(?P<rest>[^\n]{{0,60}})$"
_POST = re.compile(rf"(?P<text>[^\n].{{7,1200}}?)\s*{_HANDLE}", re.DOTALL)
_POST_LINE = re.compile(_HANDLE)
_REPLY = re.compile(r"(?:> ?)+")
_FEWEST_WORDS = 3


def embedded_posts(reading: Reading) -> list[Draft]:
    """Return drafts for embedded posts, with the name at the end of the paragraph or on a line of its own."""
    found = []
    paragraphs = reading.parsed.paragraphs
    for number, (start, end) in enumerate(paragraphs):
        if "(@" not in reading.text[start:end]:
            continue
        signed_quotations = _POST_LINE.match(reading.text, start, end)
        if signed_quotations and number:
            ranges = _paragraphs_above(reading, number)
        elif signed_quotations := _POST.match(reading.text, start, end):
            ranges = [(start, signed_quotations.end("text"))]
        else:
            continue
        name = Span.of(reading.text, signed_quotations.start("name"), signed_quotations.end("name"))
        found.append(make_draft(reading, ranges, name, "tweet"))
    return found


def _paragraphs_above(reading: Reading, number: int) -> list[tuple[int, int]]:
    """Return the paragraph before and the paragraphs above it with the same indentation."""
    paragraphs = reading.parsed.paragraphs
    first = number - 1
    while first > 0 and indent(reading, first) and indent(reading, first - 1) == indent(reading, first):
        if _POST_LINE.match(reading.text, *paragraphs[first - 1]):
            break
        first -= 1
    return list(paragraphs[first:number])


def indent(reading: Reading, paragraph: int) -> int:
    """Return the indentation of the first line of a paragraph, including reply marks (``>``)."""
    start = reading.parsed.paragraphs[paragraph][0]
    line = max(reading.text.rfind("\n", 0, start), reading.text.rfind("\r", 0, start)) + 1
    quoted = _REPLY.match(reading.text, start)
    return len(reading.text[line:start].expandtabs(4)) + (len(quoted[0]) if quoted else 0)


def signed_quotations(reading: Reading) -> list[Draft]:
    """Return drafts for quotations followed by a dash and a name, on the same line or on the next."""
    drafts = []
    for quoted in reading.quoted:
        start, end = reading.parsed.paragraphs[quoted.paragraph]
        lead = reading.text[start : quoted.start].rstrip()
        if lead[-1:] not in ("", ".", "!", "?") or len(reading.text[quoted.start : quoted.end].split()) < _FEWEST_WORDS:
            continue
        match = _DASH.match(reading.text, quoted.end, end)
        alone = not reading.text[quoted.end : end].strip()
        if match is None and alone and quoted.paragraph + 1 < len(reading.parsed.paragraphs):
            match = _DASH_LINE.match(reading.text, *reading.parsed.paragraphs[quoted.paragraph + 1])
        if match:
            name = Span.of(reading.text, match.start("name"), match.end("name"))
            drafts.append(make_draft(reading, [(quoted.start, quoted.end)], name, "dash"))
    return drafts
