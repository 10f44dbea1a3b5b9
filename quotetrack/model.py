"""The nouns of quotetrack: what flows from one room to the next.

Every span counts Unicode characters of the article's text; ``text[start:end]`` is what the span says. Nothing here
knows of files, of Stanza or of the database.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any, Literal

from quotetrack.notebook import card

Kind = Literal["direct", "indirect", "mixed"]
SpeakerType = Literal["person", "organisation", "place", "group", "document", "unnamed", "joint"]
Method = Literal["name", "nominal", "pronoun", "neighbour", "none"]
Stance = Literal["stated", "denied", "asked", "declined", "hypothetical", "requested", "believed"]
# What is shown unless more is asked for, each with its label. Only of these can it be said that somebody said something.
SHOWN: tuple[Stance, ...] = ("stated", "denied", "requested")
# Least confidence of a quotation that is shown by default, unless all of it stands in marks: of those below, one in five is any.
LEAST_SHOWN = 0.25
# Below this, right answers are no more than even; reports and terminal say so.
LOW_CONFIDENCE = 0.5


def is_shown(stance: str, bare: bool, kind: str, confidence: float) -> bool:
    """Whether reports show a quotation by default, as the view ``shown_quotations`` does.

    >>> is_shown("stated", False, "indirect", 0.9)
    True
    >>> is_shown("asked", False, "direct", 0.9)
    False
    """
    return stance in SHOWN and not bare and (kind == "direct" or confidence >= LEAST_SHOWN)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article: ``start`` and ``end`` in characters, half open, and the text that stands there."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span of ``text`` from ``start`` to ``end``; raises ``ValueError`` where that is empty or outside."""
        if not 0 <= start < end <= len(text):
            raise ValueError(f"span {start}:{end} lies outside a text of {len(text)} characters")
        return cls(start, end, text[start:end])

    def to_dict(self) -> dict[str, Any]:
        """The span as JSON has it."""
        return {"start": self.start, "end": self.end, "text": self.text}

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One text from one outlet.

    ``published`` is an ISO 8601 date or date-time as far as it is known, ``language`` an ISO 639-1 code,
    ``location`` where the bytes came from (a path, with ``#3`` for the third record of a JSONL file).
    """

    text: str
    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    language: str = "en"
    location: str = ""

    @property
    def sha256(self) -> str:
        """Hash of the text in UTF-8: what a citation of character offsets refers to."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(slots=True, unsafe_hash=True)
class Word:
    """A syntactic word of Universal Dependencies. ``head`` is an index into the sentence's words, -1 at the root.

    Not frozen, and never changed all the same: Python takes six times as long to make a frozen one, and an article has a thousand.
    """

    index: int
    lemma: str
    upos: str
    feats: str
    head: int
    deprel: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; ``paragraph`` is the index of the paragraph it stands in (no sentence crosses paragraphs)."""

    words: tuple[Word, ...]
    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity; ``type`` is the model's own label (``PERSON``, ``ORG``, ``GPE``, ``Person``, …)."""

    start: int
    end: int
    type: str
    text: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the attribution model takes for one attribution; all its spans stand in one paragraph.

    ``score`` is how sure the model is that the cue reports something, ``fit`` how sure that content and source are
    exactly these words, ``certainty`` how sure that each span of ``content`` belongs to this cue; all in 0..1.
    """

    cue: Span
    source: Span | None
    content: tuple[Span, ...]
    certainty: tuple[float, ...]
    score: float
    fit: float


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article's text with what the parser found. ``paragraphs`` are half-open character ranges without edge space."""

    text: str
    paragraphs: tuple[tuple[int, int], ...]
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a source names, as far as its own article tells: the fullest name there and what kind of thing it is.

    A joint source (``France and Germany``) has the type ``joint`` and its ``members``; all others have none.
    """

    name: str
    type: SpeakerType
    members: tuple[Speaker, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """One attributed stretch of speech or writing.

    ``content`` has one span or more, in text order, never overlapping. ``source`` is a phrase of the text, ``speaker``
    whom it stands for; ``role`` is as printed. ``method`` says how the speaker was found. ``stance`` says what the speaker
    does with the content; only what was ``stated`` was said to be so. ``on_behalf_of`` is whom a spokesperson or lawyer speaks
    for, never the speaker. ``bare``: a speech act whose content is a noun phrase of three words or fewer (``called for calm``) or only its topic (``discussed the budget``).
    ``confidence`` (the quotation, its extent and its source phrase are right) and ``speaker_confidence`` (the name is right)
    are in 0..1.
    """

    kind: Kind
    content: tuple[Span, ...]
    cue: Span | None = None
    source: Span | None = None
    speaker: Speaker | None = None
    role: Span | None = None
    method: Method = "none"
    confidence: float = 0.0
    stance: Stance = "stated"
    on_behalf_of: str | None = None
    speaker_confidence: float = 0.0
    bare: bool = False

    @property
    def text(self) -> str:
        """The content as one string, its pieces joined by an ellipsis in brackets."""
        return " […] ".join(span.text for span in self.content)

    def to_dict(self) -> dict[str, Any]:
        """The quotation as JSON has it; docs/commands.md lists the keys.

        >>> Quotation("direct", (Span(0, 9, "“We sail”"),)).to_dict()["content"]
        [{'start': 0, 'end': 9, 'text': '“We sail”'}]
        """
        return {
            "kind": self.kind,
            "content": [span.to_dict() for span in self.content],
            "cue": self.cue.to_dict() if self.cue else None,
            "source": self.source.to_dict() if self.source else None,
            "speaker": {"name": self.speaker.name, "type": self.speaker.type} if self.speaker else None,
            "role": self.role.text if self.role else None,
            "on_behalf_of": self.on_behalf_of,
            "method": self.method,
            "stance": self.stance,
            "bare": self.bare,
            "confidence": self.confidence,
            "speaker_confidence": self.speaker_confidence,
        }

    def _repr_html_(self) -> str:
        who = self.speaker.name if self.speaker else self.source.text if self.source else "speaker not known"
        return card(self.kind, self.stance, self.text, who, self.role.text if self.role else None)


@dataclass(slots=True)
class Failure:
    """An input that could not be read or analysed, and why, in a sentence."""

    location: str
    reason: str
    details: str = field(default="", repr=False)
