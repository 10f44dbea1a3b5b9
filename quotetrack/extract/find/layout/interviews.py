"""Find the questions and answers of interviews.

They are labelled (``Q: … A: …``) or, without labels, questions in paragraphs of their own, such as bold lines or
headings.
"""

from __future__ import annotations

import re

from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.layout.common import (
    BOLD,
    has_unquoted_speech_pronoun,
    is_narration,
    is_stage_direction,
    make_draft,
    surname,
)
from quotetrack.extract.find.layout.labels import ANSWER_LABEL, QUESTION_LABEL
from quotetrack.extract.find.layout.parties import Parties, find_parties
from quotetrack.extract.reading import Reading
from quotetrack.text.quoted import DOUBLE

_QUESTION = re.compile(QUESTION_LABEL.pattern + r"\s+(?=\S)", re.IGNORECASE)
_ANSWER = re.compile(ANSWER_LABEL.pattern + r"\s+(?=\S)", re.IGNORECASE)
_PROMPT = re.compile(r"(?:Tell|Describe|Explain|Talk|Give|Take|Walk|Name|Finally|Let[’']s)\b")
_LONGEST_QUESTION = 60  # words
_LONGEST_PROMPT = 25
_FEWEST_QUESTIONS = 2


def labelled_interview(reading: Reading) -> list[Draft]:
    """Return a draft for each paragraph labelled ``Q:`` or ``A:``, with the paragraphs that continue it.

    Returns an empty list unless both labels occur.
    """
    marks: list[tuple[int, int, bool]] = []
    for number, (start, end) in enumerate(reading.parsed.paragraphs):
        question, answer = _QUESTION.match(reading.text, start, end), _ANSWER.match(reading.text, start, end)
        if match := question or answer:
            marks.append((number, match.end(), question is not None))
    if not any(is_question for *_, is_question in marks) or all(is_question for *_, is_question in marks):
        return []
    parties = find_parties(reading, reading.parsed.paragraphs[marks[0][0]][0])
    drafts = []
    for index, (number, begin, is_question) in enumerate(marks):
        following = marks[index + 1][0] if index + 1 < len(marks) else None
        ranges = [
            (begin, reading.parsed.paragraphs[number][1]),
            *_following_paragraphs(reading, number + 1, following, parties),
        ]
        drafts.append(make_draft(reading, ranges, parties.asks if is_question else parties.answers, "interview"))
    return drafts


def unlabelled_interview(reading: Reading) -> list[Draft]:
    """Return drafts for questions in paragraphs of their own and for the answers in the first person that follow them.

    Returns an empty list if there are fewer than two such questions, or if they do not seem to be put to somebody.
    """
    questions = _questions(reading)
    if len(questions) < _FEWEST_QUESTIONS:
        return []
    parties = find_parties(reading, reading.parsed.paragraphs[questions[0]][0])
    asked = [reading.text[slice(*reading.parsed.paragraphs[number])] for number in questions]
    known_interview = parties.interview_mentioned and parties.answers is not None
    if 2 * sum(_contains_you(text) for text in asked) < len(asked) and not known_interview:
        return []  # rhetorical questions of an essay
    drafts = []
    for index, number in enumerate(questions):
        following = questions[index + 1] if index + 1 < len(questions) else None
        answer = [
            reading.parsed.paragraphs[number + 1],
            *_following_paragraphs(reading, number + 2, following, parties),
        ]
        question = _without_bold(reading, reading.parsed.paragraphs[number])
        drafts.append(make_draft(reading, [question], parties.asks, "interview"))
        drafts.append(make_draft(reading, answer, parties.answers, "interview"))
    return drafts


def _without_bold(reading: Reading, paragraph: tuple[int, int]) -> tuple[int, int]:
    """Return the range of a paragraph without the Markdown marks around it: ``**Did it rain?**``."""
    start, end = paragraph
    text = reading.text[start:end]
    return start + len(text) - len(text.lstrip(BOLD)), end - (len(text) - len(text.rstrip(BOLD)))


def _questions(reading: Reading) -> list[int]:
    """Return the indices of the paragraphs that are questions or prompts.

    At least two must be questions that are bold or followed by an answer in the first person.
    """
    paragraphs = reading.parsed.paragraphs
    asked = [
        n
        for n in range(1, len(paragraphs) - 1)
        if _is_question(reading, n) and (_is_answer(reading, n + 1) or _is_bold(reading, n))
    ]
    if len(asked) < _FEWEST_QUESTIONS:
        return []
    return [n for n in range(1, len(paragraphs) - 1) if n in asked or (n > asked[0] and _is_prompt(reading, n))]


def _is_question(reading: Reading, number: int) -> bool:
    start, end = reading.parsed.paragraphs[number]
    text = reading.text[start:end].strip(BOLD)
    if not text.endswith("?") or len(text.split()) > _LONGEST_QUESTION or any(mark in text for mark in DOUBLE):
        return False
    return _contains_you(text) or (
        re.search(r"[.!]\s", text) is None and not re.search(r"\b(?:I|me|my|we|our|us)\b", text)
    )


def _is_bold(reading: Reading, number: int) -> bool:
    """Whether Markdown marks for bold text surround the paragraph."""
    start, end = reading.parsed.paragraphs[number]
    return reading.text[start] in BOLD and reading.text[end - 1] in BOLD


def _contains_you(text: str) -> bool:
    return re.search(r"\byou(?:r|rs|rself)?\b", text, re.IGNORECASE) is not None


def _is_prompt(reading: Reading, number: int) -> bool:
    start, end = reading.parsed.paragraphs[number]
    text = reading.text[start:end].strip(BOLD)
    short = len(text.split()) <= _LONGEST_PROMPT
    return short and _PROMPT.match(text) is not None and _contains_you(text) and _is_answer(reading, number + 1)


def _is_answer(reading: Reading, number: int) -> bool:
    start, end = reading.parsed.paragraphs[number]
    own = [reading.lower[i] in ("i", "we", "my", "our", "me", "us") for i in reading.words_between(start, end)]
    text = reading.text[start:end].strip(BOLD)
    return any(own) and not text.endswith("?") and text[0] not in DOUBLE


def _following_paragraphs(
    reading: Reading, first: int, following: int | None, parties: Parties
) -> list[tuple[int, int]]:
    """Return the paragraphs from ``first`` on that continue a question or an answer."""
    paragraphs = reading.parsed.paragraphs
    surnames = {surname(span.text) for span in (parties.asks, parties.answers) if span is not None}
    found = []
    for number in range(first, following if following is not None else len(paragraphs)):
        start, end = paragraphs[number]
        if is_stage_direction(reading.text[start:end]):
            continue
        if is_narration(reading, start, end, surnames, following is not None) or (
            following is None and not has_unquoted_speech_pronoun(reading, start, end)
        ):
            break
        found.append((start, end))
    return found
