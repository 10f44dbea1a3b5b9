"""Parse speaker labels at the start of a paragraph: ``PETRA VANCE, COUNCILLOR:``,
``Senator BRANDT (Westmere) (16:05):``.

Only the form of a single label is considered here. Whether the labels of an article make a transcript is decided in
``transcripts.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotetrack.extract.find.source_phrases import MONTHS_AND_DAYS
from quotetrack.model import Span
from quotetrack.text.names import HONORIFICS, TITLES
from quotetrack.text.role_nouns import role_nouns

# Labels of questions and answers: `Q:`, `Q2.`, `Question 3:`.
QUESTION_LABEL = re.compile(r"(?:Q\s?\d{0,2}|Question(?: \d{1,2})?)\s*[:.)]", re.IGNORECASE)
ANSWER_LABEL = re.compile(r"(?:A\s?\d{0,2}|Answer(?: \d{1,2})?)\s*[:.)]", re.IGNORECASE)
_TIME = r"(?:\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?)"
_STAMP = re.compile(rf"(?:\[{_TIME}\]|\({_TIME}\)|{_TIME})\s*[-–—]?\s*", re.IGNORECASE)
_BRACKETS = re.compile(r"\(([^()\n]{1,80})\)|\[([^\[\]\n]{1,80})\]")
_HEAD = re.compile(r"(?:\([^()\n]{1,80}\)|\[[^\[\]\n]{1,80}\]|[^:()\[\]\n“”\"«»„?!]){1,140}?:(?=\s|$)")
# `Mr. SMITH of Ohio. Mr. Speaker, …`: the records of the United States Congress end labels with a full stop.
_CONGRESS = re.compile(
    r"(?:The (?:(?:ACTING|Acting) )?(?:SPEAKER|PRESIDENT|PRESIDING OFFICER|CHAIR|CHAIRMAN|CHAIRWOMAN|VICE PRESIDENT|CLERK)"
    r"(?: pro tempore)?(?: \([^()\n]{1,50}\))?"
    r"|(?:Mr|Ms|Mrs|Miss|Dr)\.? (?:[A-Z]\. )?(?:Mc|Mac|De|Van |von |O['’])?[A-Z][A-Z'’-]+(?: [A-Z][A-Z'’-]+)?"
    r"(?: of [A-Z][a-z]+(?: [A-Z][a-z]+)?)?)\.\s+(?=\S)"
)
_WORD = re.compile(r"[A-Z][\w.'’-]*$|[A-Z]\.$")
_PARTICLES = {
    "de",
    "del",
    "della",
    "den",
    "der",
    "van",
    "von",
    "al",
    "bin",
    "ben",
    "el",
    "la",
    "le",
    "di",
    "da",
    "dos",
    "du",
    "y",
}
_SECTION_HEADINGS = {
    "note", "update", "updated", "correction", "related", "photo", "image", "images", "source", "sources", "watch", "read",
    "video", "caption", "breaking", "more", "see", "also", "tags", "topics", "by", "published", "date", "url", "live",
    "outlet", "title", "location", "contact", "warning", "fact", "where", "when", "why", "how", "who", "what", "cost",
    "tickets", "ps", "step", "here", "result", "results", "and", "but", "full", "text", "abstract", "exclusive",
    "score", "rating", "part", "chapter", "cast", "attendance", "explained", "explainer", "analysis", "opinion", "listen",
    "address", "email", "phone", "background", "key", "copyright", "credit", "figure", "table", "yes", "no", "this", "that",
    "these", "those", "there", "it", "if", "in", "on", "at", "for", "from", "to", "as", "one", "two", "three", "example",
    "coronavirus", "covid-19", "weather", "sport", "news", "review", "quiz", "poll", "venue", "time", "price", "about", "i",
    "we", "you", "he", "she", "they", "his", "her", "our", "my", "your", "all", "some", "every", "after", "before", "so",
    "then", "now", "first", "second", "third", "finally", "today", "total", "goals", "scorers", "scorer", "subs", "bookings",
    "booked", "tip", "tips", "timeline", "highlights", "verdict", "summary", "recipe", "ingredients", "method", "serves", "fact-check",
}  # fmt: skip
# Labels of speakers without a name: `UNIDENTIFIED MALE:`, `Audience member:`, `SPEAKER 2:`.
_NAMELESS_VOICES = {
    "unidentified", "unknown", "male", "female", "man", "woman", "voice", "voices", "audience", "crowd", "all", "caller",
    "interviewer", "interviewee", "question", "questioner", "narrator", "announcer", "participant", "participants", "chorus",
    "host", "moderator", "anchor", "presenter", "operator", "reporter", "reporters", "chair", "court", "clerk", "witness", "counsel", "translator",
    "interpreter", "speaker", "members", "member", "journalist", "q", "a", "answer",
}  # fmt: skip
_LONGEST_ROLE = 10  # words


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker label.

    ``name`` is the name with its title. ``person`` is the name in ordinary capitals, or ``None`` for a speaker
    without one, and ``person_span`` is its span. ``role`` is the role the label gives. ``unambiguous`` is true if the form occurs
    only in transcripts.
    """

    start: int
    end: int
    name: Span
    person_span: Span
    person: str | None
    role: Span | None
    unambiguous: bool

    @property
    def key(self) -> str:
        """The key that all labels of one speaker share."""
        return (self.person or self.name.text).lower()


def label_at(text: str, start: int, end: int) -> Label | None:
    """Return the label at the start of the paragraph ``start:end``, or ``None`` if the paragraph has none."""
    stamp = _STAMP.match(text, start, end)
    begin = stamp.end() if stamp else start
    match = _HEAD.match(text, begin, end) or _CONGRESS.match(text, begin, end)
    if match is None:
        return None
    stop = match.end() - 1 if match[0].endswith(":") else begin + len(match[0].rstrip()) - 1
    label = _parse(text, begin, stop)
    if label is None:
        return None
    unambiguous = label.unambiguous or stamp is not None or not match[0].endswith(":")
    return Label(start, match.end(), label.name, label.person_span, label.person, label.role, unambiguous)


def is_section_heading(words: str) -> bool:
    """Whether the words before a colon head a section, a list or a headline: ``Attendance``, ``LIVE``,
    ``What happens next``.
    """
    first = words.split()[0].lower().strip(".") if words.split() else ""
    return first in _SECTION_HEADINGS


def label_line(text: str, start: int, end: int) -> Label | None:
    """Return the label that is the whole paragraph, without a colon, or ``None``.

    Examples: ``Ms CHEN (Minister for Ports)``, ``Petra Vance (Holm North) (Lab)``.
    """
    if end - start > 120 or "(" not in text[start:end] or not text[start:end].endswith(")"):
        return None
    label = _parse(text, start, end)
    return label if label is not None and label.person is not None else None


def _parse(text: str, start: int, end: int) -> Label | None:
    brackets = list(_BRACKETS.finditer(text, start, end))
    outside = _blanked(text[start:end], [(b.start() - start, b.end() - start) for b in brackets])
    comma = outside.find(",")
    front = outside[: comma if comma >= 0 else len(outside)]
    words = [(m.start() + start, m[0]) for m in re.finditer(r"\S+", front)]
    if not 1 <= len(words) <= 7 or not _is_name(words):
        return None
    name_end = words[-1][0] + len(words[-1][1])
    titles, rest = _title_and_name(words)
    role = _role_after(text, start + comma + 1, end, brackets) if comma >= 0 else None
    if comma >= 0 and role is None:
        return None
    role = role or _role_in_brackets(text, brackets)
    if rest and not words[-1][1].endswith(rest[-1][1]):
        name_end = rest[-1][0] + len(rest[-1][1])  # "Mr. SMITH of Ohio"
    name = Span.of(text, words[0][0], name_end)
    in_capitals = any(len(w) > 1 and w.isupper() and w.isalpha() for _, w in rest or words)
    stage = any(_is_recording_note(b[1] or b[2] or "") for b in brackets)
    if not rest or _is_nameless(titles, rest):
        called = _name_in_brackets(text, brackets)
        person = in_ordinary_capitals(called.text) if called else None
        return Label(start, end, name, called or name, person, None, in_capitals or stage or called is not None)
    person = in_ordinary_capitals(" ".join(w for _, w in rest))
    if role is None and titles and (title := _office_title(text, titles)) is not None:
        role = title
    mixed = bool(titles) and in_capitals and any(not w.isupper() for _, w in titles)
    unambiguous = stage or mixed or (in_capitals and (len(rest) > 1 or comma >= 0 or bool(brackets)))
    return Label(start, end, name, Span.of(text, rest[0][0], name_end), person, role, unambiguous)


def _is_name(words: list[tuple[int, str]]) -> bool:
    """Whether the words look like a name or an office: capitalised, without digits, and not a section heading."""
    first = words[0][1].lower().strip(".")
    if first in _SECTION_HEADINGS or first in MONTHS_AND_DAYS or any(ch.isdigit() for _, w in words[:-1] for ch in w):
        return False
    if any(ch.isdigit() for ch in words[-1][1]) and first not in _NAMELESS_VOICES:
        return False
    if words[-1][1].lower() in _PARTICLES:
        return False
    return all(
        _WORD.match(w)
        or (n and w.lower() in _PARTICLES | {"of", "the", "for", "and", "pro", "tempore"})
        or (n and w.isdigit())
        for n, (_, w) in enumerate(words)
    )


def _title_and_name(words: list[tuple[int, str]]) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    known = HONORIFICS | TITLES | {"the", "hon", "honourable", "honorable", "lord", "baroness"}
    first = 0
    while first < len(words) and words[first][1].lower().strip(".") in known:
        first += 1
    titles, rest = words[:first], words[first:]
    if rest and rest[0][1].isdigit():
        return words, []  # "SPEAKER 2"
    of = next((n for n, (_, w) in enumerate(rest) if w in ("of", "for", "pro")), None)
    if of is not None and titles and of:
        rest = rest[:of]  # "Mr. SMITH of Ohio"
    elif of is not None:
        return words, []  # "The Minister for Ports"
    return titles, rest


def _is_nameless(titles: list[tuple[int, str]], rest: list[tuple[int, str]]) -> bool:
    words = [w.lower().strip(".") for _, w in rest]
    if words[0] in _NAMELESS_VOICES or (titles and titles[0][1].lower() == "the"):
        return True
    offices = role_nouns()
    return (
        len(words) > 1
        and words[-1] in offices
        and words[-2] in offices | _NAMELESS_VOICES | {"deputy", "acting", "prime"}
    )


def _role_after(text: str, start: int, end: int, brackets: list[re.Match[str]]) -> Span | None:
    """Return the role between the name and the end of the label, without brackets."""
    stop = next((b.start() for b in brackets if b.start() >= start), end)
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1] in " ,\t":
        stop -= 1
    if start >= stop or len(text[start:stop].split()) > _LONGEST_ROLE or re.search(r"\d", text[start:stop]):
        return None
    return Span.of(text, start, stop)


def _role_in_brackets(text: str, brackets: list[re.Match[str]]) -> Span | None:
    for bracket in brackets:
        number = 1 if bracket[1] else 2
        words = [w.lower() for w in re.findall(r"[\w-]+", bracket[number])]
        if len(words) > 1 and set(words) & role_nouns() and not _is_recording_note(bracket[number]):
            return Span.of(text, bracket.start(number), bracket.end(number))
    return None


def _name_in_brackets(text: str, brackets: list[re.Match[str]]) -> Span | None:
    """Return the person named in brackets after an office: ``The SPEAKER (Mr Brandt)``."""
    for bracket in brackets:
        number = 1 if bracket[1] else 2
        words = [(m.start() + bracket.start(number), m[0]) for m in re.finditer(r"\S+", bracket[number])]
        if not words or not _is_name(words):
            continue
        titles, rest = _title_and_name(words)
        if titles and rest and not _is_nameless(titles, rest):
            return Span.of(text, rest[0][0], rest[-1][0] + len(rest[-1][1]))
    return None


def _is_recording_note(inside: str) -> bool:
    """Whether the brackets describe the recording, not the person: ``voice-over``, ``through translator``, ``16:05``."""
    return inside[:1].islower() or inside[:1].isdigit()


def _office_title(text: str, titles: list[tuple[int, str]]) -> Span | None:
    kept = [
        (at, w)
        for at, w in titles
        if w.lower().strip(".") not in HONORIFICS | {"the", "hon", "honourable", "honorable"}
    ]
    return Span.of(text, kept[0][0], kept[-1][0] + len(kept[-1][1])) if kept else None


def _blanked(text: str, ranges: list[tuple[int, int]]) -> str:
    for start, end in ranges:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def in_ordinary_capitals(name: str) -> str:
    """Return the name in ordinary capitals: ``DAGNY MCHOLT-O'REILLY`` becomes ``Dagny McHolt-O'Reilly``.

    Words that are not all in capitals are left as they are.
    """
    return " ".join(_cased(word) for word in name.split())


def _cased(word: str) -> str:
    if not word.isupper() or len(word.strip(".")) < 2 or re.fullmatch(r"(?:[A-Z]\.)+|I{2,3}|IV", word):
        return word
    cased = re.sub(r"[^\W\d_]+", lambda m: m[0][:1] + m[0][1:].lower(), word)
    cased = re.sub(r"(['’])(S)\b", lambda m: m[1] + "s", cased)
    return re.sub(r"\bMc([a-z])", lambda m: "Mc" + m[1].upper(), cased)
