"""Data classes shared by all stages.

All offsets count Unicode characters of the article's text, so ``text[start:end]`` is the text of a span. This module
does not depend on files, Stanza or the database.
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
# Stances shown by default. Only with these did the speaker actually say the content.
SHOWN: tuple[Stance, ...] = ("stated", "denied", "requested")
# Minimum confidence of quotations shown by default, except direct ones; below it only about one in five is correct.
LEAST_SHOWN = 0.25
# Below this, half of the results or more are wrong; reports and the terminal mark them as uncertain.
LOW_CONFIDENCE = 0.5


def is_shown(stance: str, bare: bool, kind: str, confidence: float) -> bool:
    """Whether a quotation is shown by default; the same rule as in the view ``shown_quotations``.

    >>> is_shown("stated", False, "indirect", 0.9)
    True
    >>> is_shown("asked", False, "direct", 0.9)
    False
    """
    return stance in SHOWN and not bare and (kind == "direct" or confidence >= LEAST_SHOWN)


@dataclass(frozen=True, slots=True)
class Span:
    """A range of an article's text: ``start`` (inclusive) and ``end`` (exclusive) in characters, and the text itself."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """Create the span ``text[start:end]``; raises ``ValueError`` if it is empty or out of range."""
        if not 0 <= start < end <= len(text):
            raise ValueError(f"span {start}:{end} is empty or outside a text of {len(text)} characters")
        return cls(start, end, text[start:end])

    def to_dict(self) -> dict[str, Any]:
        """Convert to a JSON-compatible dictionary."""
        return {"start": self.start, "end": self.end, "text": self.text}

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where metadata comes from that neither the article nor the user gives.

    Attributes:
        outlet: ``folder name`` if the outlet is that of the folder.
        title: ``file name`` if the title is that of the file.
        language: ``detected`` if no language is declared, or ``corrected from 'fr'`` if a wrong one is.
        day: A day (ISO 8601) on which the article existed, used only to show and order undated articles.
        day_from: What ``day`` is from: ``file name``, ``document properties``, ``time of saving`` (web archives) or ``file time``.
    """

    outlet: str | None = None
    title: str | None = None
    language: str | None = None
    day: str | None = None
    day_from: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """The text of one article and its metadata.

    ``published`` is an ISO 8601 date or date-time, possibly only a year or month; ``modified`` likewise, when the outlet
    last changed it. ``language`` is an ISO 639-1 code.
    ``location`` is the input file, with ``#3`` appended for the third record of a JSONL file. ``provenance`` says which
    metadata stands in for missing metadata.
    """

    text: str
    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    language: str = "en"
    location: str = ""
    provenance: Provenance = Provenance()
    modified: str | None = None

    @property
    def sha256(self) -> str:
        """SHA-256 of the UTF-8 encoded text, which identifies the text that character offsets refer to."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(slots=True, unsafe_hash=True)
class Word:
    """A syntactic word of Universal Dependencies. ``head`` is an index into the sentence's words, -1 for the root.

    Treat it as immutable. It is not frozen because creating frozen instances takes six times as long.
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
    """One sentence. ``paragraph`` is the index of its paragraph; sentences do not cross paragraphs."""

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
    """An attribution predicted by the attribution model; all its spans are in one paragraph.

    All probabilities are in 0..1: ``score`` that the cue introduces a quotation, ``fit`` that the boundaries of content
    and source are exact, and ``certainty`` (one per span of ``content``) that the span belongs to this cue.
    """

    cue: Span
    source: Span | None
    content: tuple[Span, ...]
    certainty: tuple[float, ...]
    score: float
    fit: float


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed text. ``paragraphs`` are half-open character ranges without leading and trailing white space."""

    text: str
    paragraphs: tuple[tuple[int, int], ...]
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """The speaker that a source refers to: the fullest name in the same article, and its type.

    A joint source (``France and Germany``) has the type ``joint`` and lists its ``members``; other types have none.
    """

    name: str
    type: SpeakerType
    members: tuple[Speaker, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """One attributed quotation, direct or reported.

    Attributes:
        kind: ``direct`` (between quotation marks), ``indirect`` (reported speech) or ``mixed``.
        content: One or more spans in text order, without overlaps.
        cue: The words that introduce the quotation, such as ``said``.
        source: The phrase in the text that names the speaker.
        speaker: The speaker that the source refers to.
        role: The speaker's role as printed.
        method: How the speaker was found.
        confidence: Probability in 0..1 that the quotation, its boundaries and its source are correct.
        stance: The speaker's stance towards the content; only ``stated`` content was asserted.
        on_behalf_of: The person or body that a spokesperson or lawyer speaks for. Never the speaker.
        speaker_confidence: Probability in 0..1 that the speaker's name is correct.
        bare: The content is a noun phrase of up to three words (``called for calm``) or only a topic
            (``discussed the budget``).
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
        """The content as one string, with its spans joined by ``[…]``."""
        return " […] ".join(span.text for span in self.content)

    def to_dict(self) -> dict[str, Any]:
        """Convert to a JSON-compatible dictionary; docs/commands.md lists the keys.

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
        who = self.speaker.name if self.speaker else self.source.text if self.source else "unknown speaker"
        return card(self.kind, self.stance, self.text, who, self.role.text if self.role else None)


@dataclass(slots=True)
class Failure:
    """An input that could not be read or analysed. ``reason`` is one sentence; ``details`` may hold a traceback."""

    location: str
    reason: str
    details: str = field(default="", repr=False)
