"""Attribution by layout: transcripts (``NAME: …``), interviews (``Q: … A: …``), ``“…” —Name`` and embedded tweets."""

from __future__ import annotations

import re
from collections import Counter

from quotetrack.extract.draft import Draft
from quotetrack.extract.phrases import Source
from quotetrack.extract.reading import Reading
from quotetrack.model import Span
from quotetrack.parse.quoted import DOUBLE

_TURN = re.compile(
    r"(?P<name>(?:[A-Z][\w.'’-]*\.?|[A-Z]{2,}[\w.'’-]*)(?:\s+(?:[A-Z(][\w.'’)-]*|de|van|von|al|bin|of|the)){0,5})\s*:\s+(?=\S)"
)
_QUESTION = re.compile(r"(?:Q|Question)\s*[:.]\s+(?=\S)", re.IGNORECASE)
_ANSWER = re.compile(r"(?:A|Answer)\s*[:.]\s+(?=\S)", re.IGNORECASE)
_NAME = r"(?:[A-Z][\w.'’-]+|[A-Z]\.)(?:\s+(?:[A-Z][\w.'’-]*|de|del|van|von|der|al|bin|el))*"
_DASH = re.compile(rf"\s*(?:[—–―]|--?)\s*(?P<name>{_NAME})(?P<rest>(?:,[^.!?\n]{{1,80}})?)\s*$")
_DASH_LINE = re.compile(rf"(?:[—–―]|--?)\s*(?P<name>{_NAME})(?P<rest>(?:,[^.!?\n]{{1,80}})?)\s*$")
_TWEET = re.compile(rf"^(?P<text>.{{8,400}}?)\s*(?:[—–―]|--?)\s*(?P<name>{_NAME})\s*\((?P<handle>@\w{{2,20}})\)")
_NOT_NAMES = {
    "note", "update", "updated", "correction", "related", "photo", "image", "source", "sources", "watch", "read",
    "video", "caption", "editor", "breaking", "more", "see", "also", "tags", "topics", "by", "published", "date", "url",
    "outlet", "title", "location", "contact", "warning", "fact", "where", "when", "why", "how", "who", "what", "cost",
    "tickets", "ps", "step", "question", "answer", "the", "here", "result", "results", "and", "but", "full", "text", "abstract",
    "score", "rating", "part", "chapter", "cast", "director",
}  # fmt: skip
_FEWEST_TURNS = 2


def named_turns(reading: Reading) -> list[Draft]:
    """Drafts of what the layout attributes; those stretches are then closed to the other rules."""
    return [*_transcript(reading), *_interview(reading), *_tweets(reading), *_dashes(reading)]


def _paragraphs(reading: Reading) -> list[tuple[int, int]]:
    return list(reading.parsed.paragraphs)


def _transcript(reading: Reading) -> list[Draft]:
    """Paragraphs that open with a name and a colon; two of them make a transcript, one does not."""
    found: list[tuple[re.Match[str], int]] = []
    for start, end in _paragraphs(reading):
        # A transcript that is quoted as a whole opens every turn with a mark.
        match = _TURN.match(reading.text, start + (reading.text[start] in DOUBLE), end)
        if match is None:
            continue
        name = match["name"]
        words = name.lower().split()
        if words[0].strip(".") in _NOT_NAMES or len(name) > 50 or re.fullmatch(r"[QA]", name):
            continue
        if reading.text[match.end()] in "\"“«„'‘":
            continue  # `Vale: "…"` is a frame with marks; the marks say more exactly what was said
        found.append((match, end))
    persons = {_last(e.text) for e in reading.parsed.entities if e.type.upper() in ("PERSON", "PER")}
    counts = Counter(match["name"].lower() for match, _ in found)
    turns = [
        (m, end)
        for m, end in found
        if m["name"].isupper() or _last(m["name"]) in persons or counts[m["name"].lower()] > 1
    ]
    if len(turns) < _FEWEST_TURNS:
        return []
    return [
        _draft(reading, m.end(), end, Span.of(reading.text, m.start("name"), m.end("name")), "transcript")
        for m, end in turns
    ]


def _last(name: str) -> str:
    return name.split()[-1].lower().removesuffix("'s").removesuffix("’s")


def _interview(reading: Reading) -> list[Draft]:
    """``Q:`` and ``A:`` paragraphs: a question has no source; an answer is the one person's the lead introduces."""
    ranges = _paragraphs(reading)
    questions = [(m, end) for start, end in ranges if (m := _QUESTION.match(reading.text, start, end))]
    answers = [(m, end) for start, end in ranges if (m := _ANSWER.match(reading.text, start, end))]
    if len(questions) < 1 or len(answers) < 1:
        return []
    person = _interviewed(reading, questions[0][0].start())
    drafts = [_draft(reading, m.end(), end, None, "interview") for m, end in questions]
    for match, end in answers:
        drafts.append(_draft(reading, match.end(), end, person, "interview"))
    return drafts


def _interviewed(reading: Reading, before: int) -> Span | None:
    names = [e for e in reading.parsed.entities if e.type.upper() in ("PERSON", "PER") and e.end <= before]
    if names and len({_last(e.text) for e in names}) == 1:
        longest = max(names, key=lambda e: e.end - e.start)
        return Span(longest.start, longest.end, longest.text)
    return None


def _tweets(reading: Reading) -> list[Draft]:
    drafts = []
    for start, end in _paragraphs(reading):
        match = _TWEET.match(reading.text[start:end])
        if match:
            name = Span.of(reading.text, start + match.start("name"), start + match.end("name"))
            drafts.append(_draft(reading, start, start + match.end("text"), name, "tweet"))
    return drafts


def _dashes(reading: Reading) -> list[Draft]:
    """A quotation at the end of its paragraph, then a dash and a name, on the same line or on the next."""
    drafts = []
    for quoted in reading.quoted:
        start, end = reading.parsed.paragraphs[quoted.paragraph]
        lead = reading.text[start : quoted.start].rstrip()
        if lead[-1:] not in ("", ".", "!", "?") or len(reading.text[quoted.start : quoted.end].split()) < 3:
            continue
        match = _DASH.match(reading.text, quoted.end, end)
        if (
            match is None
            and not reading.text[quoted.end : end].strip()
            and quoted.paragraph + 1 < len(reading.parsed.paragraphs)
        ):
            match = _DASH_LINE.match(reading.text, *reading.parsed.paragraphs[quoted.paragraph + 1])
        if match:
            name = Span.of(reading.text, match.start("name"), match.end("name"))
            drafts.append(_draft(reading, quoted.start, quoted.end, name, "dash"))
    return drafts


def _draft(reading: Reading, start: int, end: int, name: Span | None, found_by: str) -> Draft:
    content = Span.of(reading.text, start, end)
    source = None
    if name is not None:
        inside = reading.words_between(name.start, name.end)
        source = Source(name, inside[-1] if inside else -1)
    return Draft([content], None, source, found_by, verbatim=True)
