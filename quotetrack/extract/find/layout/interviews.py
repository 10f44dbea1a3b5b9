"""Interviews: ``Q: … A: …``, and questions that stand as paragraphs of their own (bold or headings on the page)."""

from __future__ import annotations

import re

from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.layout.common import BOLD, draft, is_stage_direction, reports, speaks, surname
from quotetrack.extract.find.layout.labels import ANSWER_LABEL, QUESTION_LABEL
from quotetrack.extract.find.layout.parties import Parties, parties
from quotetrack.extract.reading import Reading
from quotetrack.text.quoted import DOUBLE

_QUESTION = re.compile(QUESTION_LABEL.pattern + r"\s+(?=\S)", re.IGNORECASE)
_ANSWER = re.compile(ANSWER_LABEL.pattern + r"\s+(?=\S)", re.IGNORECASE)
_PROMPT = re.compile(r"(?:Tell|Describe|Explain|Talk|Give|Take|Walk|Name|Finally|Let[’']s)\b")
_LONGEST_QUESTION = 60  # words
_LONGEST_PROMPT = 25
_FEWEST_QUESTIONS = 2


def lettered(reading: Reading) -> list[Draft]:
    """``Q:`` and ``A:`` paragraphs, each with those that go on with it."""
    marks: list[tuple[int, int, bool]] = []
    for number, (start, end) in enumerate(reading.parsed.paragraphs):
        question, answer = _QUESTION.match(reading.text, start, end), _ANSWER.match(reading.text, start, end)
        if match := question or answer:
            marks.append((number, match.end(), question is not None))
    if not any(asked for *_, asked in marks) or all(asked for *_, asked in marks):
        return []
    people = parties(reading, reading.parsed.paragraphs[marks[0][0]][0])
    drafts = []
    for place, (number, begin, asked) in enumerate(marks):
        following = marks[place + 1][0] if place + 1 < len(marks) else None
        ranges = [(begin, reading.parsed.paragraphs[number][1]), *_more(reading, number + 1, following, people)]
        drafts.append(draft(reading, ranges, people.asks if asked else people.answers, "interview"))
    return drafts


def headed(reading: Reading) -> list[Draft]:
    """Questions in paragraphs of their own, each followed by an answer in the first person."""
    questions = _questions(reading)
    if len(questions) < _FEWEST_QUESTIONS:
        return []
    people = parties(reading, reading.parsed.paragraphs[questions[0]][0])
    asked = [reading.text[slice(*reading.parsed.paragraphs[number])] for number in questions]
    told = people.told and people.answers is not None
    if 2 * sum(_to_somebody(text) for text in asked) < len(asked) and not told:
        return []  # questions that an essay asks itself
    drafts = []
    for place, number in enumerate(questions):
        following = questions[place + 1] if place + 1 < len(questions) else None
        answer = [reading.parsed.paragraphs[number + 1], *_more(reading, number + 2, following, people)]
        question = _without_bold(reading, reading.parsed.paragraphs[number])
        drafts.append(draft(reading, [question], people.asks, "interview"))
        drafts.append(draft(reading, answer, people.answers, "interview"))
    return drafts


def _without_bold(reading: Reading, paragraph: tuple[int, int]) -> tuple[int, int]:
    """The paragraph without the marks of bold text around it (``**Did it rain?**``)."""
    start, end = paragraph
    text = reading.text[start:end]
    return start + len(text) - len(text.lstrip(BOLD)), end - (len(text) - len(text.rstrip(BOLD)))


def _questions(reading: Reading) -> list[int]:
    """The paragraphs that ask. They are believed where at least two do, and an answer in the first person follows each."""
    paragraphs = reading.parsed.paragraphs
    asked = [
        n
        for n in range(1, len(paragraphs) - 1)
        if _asks(reading, n) and (_answers(reading, n + 1) or _is_bold(reading, n))
    ]
    if len(asked) < _FEWEST_QUESTIONS:
        return []
    return [n for n in range(1, len(paragraphs) - 1) if n in asked or (n > asked[0] and _prompts(reading, n))]


def _asks(reading: Reading, number: int) -> bool:
    start, end = reading.parsed.paragraphs[number]
    text = reading.text[start:end].strip(BOLD)
    if not text.endswith("?") or len(text.split()) > _LONGEST_QUESTION or any(mark in text for mark in DOUBLE):
        return False
    return _to_somebody(text) or (
        re.search(r"[.!]\s", text) is None and not re.search(r"\b(?:I|me|my|we|our|us)\b", text)
    )


def _is_bold(reading: Reading, number: int) -> bool:
    """Whether the paragraph stands between the marks of bold text."""
    start, end = reading.parsed.paragraphs[number]
    return reading.text[start] in BOLD and reading.text[end - 1] in BOLD


def _to_somebody(text: str) -> bool:
    return re.search(r"\byou(?:r|rs|rself)?\b", text, re.IGNORECASE) is not None


def _prompts(reading: Reading, number: int) -> bool:
    start, end = reading.parsed.paragraphs[number]
    text = reading.text[start:end].strip(BOLD)
    short = len(text.split()) <= _LONGEST_PROMPT
    return short and _PROMPT.match(text) is not None and _to_somebody(text) and _answers(reading, number + 1)


def _answers(reading: Reading, number: int) -> bool:
    start, end = reading.parsed.paragraphs[number]
    own = [reading.lower[i] in ("i", "we", "my", "our", "me", "us") for i in reading.words_between(start, end)]
    text = reading.text[start:end].strip(BOLD)
    return any(own) and not text.endswith("?") and text[0] not in DOUBLE


def _more(reading: Reading, first: int, following: int | None, people: Parties) -> list[tuple[int, int]]:
    """The paragraphs from ``first`` on that go on with a question or an answer."""
    paragraphs = reading.parsed.paragraphs
    voices = {surname(span.text) for span in (people.asks, people.answers) if span is not None}
    found = []
    for number in range(first, following if following is not None else len(paragraphs)):
        start, end = paragraphs[number]
        if is_stage_direction(reading.text[start:end]):
            continue
        if reports(reading, start, end, voices, following is not None) or (
            following is None and not speaks(reading, start, end)
        ):
            break
        found.append((start, end))
    return found
