"""The records of a check: an answer with two verdicts, and the printings they rest on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from quotetrack.check.earlier import EarlierPrinting
from quotetrack.model import Span
from quotetrack.read.printing import Printing, web_address
from quotetrack.text.diff import Piece
from quotetrack.text.fragments import fragment_of, with_fragment

WordsVerdict = Literal[
    "verbatim", "marks", "shortened", "changed", "reported", "printed", "common", "earlier", "missing"
]  # fmt: skip
SpeakerVerdict = Literal["same", "differs", "disputed", "not given", "unknown", "not compared"]
# In order of gravity: the first change of an answer is the one to read.
ChangeKind = Literal["negation", "number", "date", "name", "quantity", "modal", "content", "function", "spelling"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference in words.

    Attributes:
        kind: The kind of the most serious word that differs.
        asked: The words asked for, in ``Answer.asked``; ``None`` if words were left out.
        printed: The printed words, in the article's text; ``None`` if words were added.
        elided: Whether an ellipsis in the wording asked for marks the omission.
    """

    kind: ChangeKind
    asked: Span | None
    printed: Span | None
    elided: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Convert to a JSON-compatible dictionary; docs/commands.md lists the keys."""
        return {
            "kind": self.kind,
            "asked": self.asked.to_dict() if self.asked else None,
            "printed": self.printed.to_dict() if self.printed else None,
            "elided": self.elided,
        }


@dataclass(frozen=True, slots=True)
class Place:
    """A range of an article's text with the facts about the article. ``sha256`` is the hash of the text, ``dated`` its day in words."""

    article_id: str
    start: int
    end: int
    text: str
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None
    sha256: str
    dated: str

    @property
    def link(self) -> str | None:
        """The address with a text fragment that makes browsers scroll to the words; ``None`` without a web address."""
        address = web_address(self.url)
        if address is None:
            return None
        return with_fragment(address, fragment_of(self.text, 0, len(self.text)))

    def to_dict(self) -> dict[str, Any]:
        """Convert to a JSON-compatible dictionary; docs/commands.md lists the keys."""
        return {
            **{name: getattr(self, name) for name in ("article_id", "start", "end", "text")},
            **{name: getattr(self, name) for name in ("outlet", "title", "url", "published", "sha256")},
            "link": self.link,
        }


@dataclass(frozen=True, slots=True)
class Match:
    """One claim, or one passage outside any quotation, that has the words or similar ones.

    Attributes:
        words: Verdict on the words for this printing.
        speaker: Verdict on the speaker for this printing.
        warnings: What makes the match misleading although the words agree, one sentence each.
        excerpt: Whether the wording is only part of the printed quotation.
        in_marks: Whether the words stand between quotation marks, or are printed as said by the layout.
        before: The printed words of the same paragraph before the wording.
        after: Those after it.
        changes: The differences in words, most serious first.
        diff: The aligned pieces of both wordings; ``printed`` spans are in the article's text.
        place: Where the words are printed.
        printing: The quotation; ``None`` if the words are not part of one.
        others: The other printings of the claim, the earliest first.
        score: Share of the words that agree, in 0..1.
    """

    words: WordsVerdict
    speaker: SpeakerVerdict
    warnings: tuple[str, ...]
    excerpt: bool
    in_marks: bool
    before: str
    after: str
    changes: tuple[Change, ...]
    diff: tuple[Piece, ...]
    place: Place
    printing: Printing | None
    others: tuple[Printing, ...]
    score: float

    @property
    def printings(self) -> tuple[Printing, ...]:
        """All printings of the claim, this one first; empty if the words are not part of a quotation."""
        return (self.printing, *self.others) if self.printing else ()

    @property
    def first(self) -> Printing | None:
        """The earliest printing of the claim whose date is known; ``None`` if there are several and none has a date."""
        dated = [p for p in self.printings if p.published_at]
        only = self.printing if len(self.printings) == 1 else None
        return min(dated, key=lambda p: (p.published_at, p.quotation_id), default=only)

    @property
    def undated(self) -> int:
        """Number of printings of the claim whose date is not known; one of them may be earlier than ``first``."""
        return sum(p.published_at is None for p in self.printings)

    @property
    def reports(self) -> int:
        """Number of independent reports; copies and rewritten copies of one article count once."""
        return len({p.origin_id for p in self.printings})

    @property
    def contrary(self) -> tuple[Printing, ...]:
        """Other printings of the claim that name none of the speakers of this one."""
        own = set(self.printing.speaker_ids) if self.printing else set()
        return tuple(p for p in self.others if own and p.speaker_ids and not own & set(p.speaker_ids))

    @property
    def elided(self) -> bool:
        """Whether an ellipsis marks every omission."""
        return all(change.elided for change in self.changes)

    def to_dict(self) -> dict[str, Any]:
        """Convert to a JSON-compatible dictionary; docs/commands.md lists the keys."""
        return {
            "words": self.words,
            "speaker": self.speaker,
            "warnings": list(self.warnings),
            "excerpt": self.excerpt,
            "in_marks": self.in_marks,
            "before": self.before,
            "after": self.after,
            "changes": [change.to_dict() for change in self.changes],
            "diff": [
                {"kind": piece.kind, "asked": piece.asked.to_dict(), "printed": piece.printed.to_dict()}
                for piece in self.diff
            ],
            "place": self.place.to_dict(),
            "printing": self.printing.to_dict() if self.printing else None,
            "others": [printing.to_dict() for printing in self.others],
            "first": self.first.quotation_id if self.first else None,
            "undated": self.undated,
            "reports": self.reports,
            "contrary": [printing.quotation_id for printing in self.contrary],
            "score": self.score,
        }


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched: number of articles and outlets, and the first and last day of publication (ISO 8601).

    ``incomplete`` is the number of quotations for which only the exact words were searched, because the run that stored
    them did not finish.
    """

    articles: int
    outlets: int
    first_day: str | None
    last_day: str | None
    incomplete: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Convert to a JSON-compatible dictionary; docs/commands.md lists the keys."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdicts on a wording, with the matches they rest on.

    Attributes:
        asked: The wording looked for, without the words that attribute it.
        said_by: The name given, or found in the text; ``None`` if there is none.
        words: Verdict on the words.
        speaker: Verdict on the speaker.
        warnings: What makes an agreement misleading, one sentence each.
        changes: The differences to the best match, most serious first.
        matches: Where the words or recognisable ones are printed, best first.
        nearest: The most similar statements if the words are ``missing``; they are no matches.
        searched: What was searched.
        claims: Number of claims that have the words, if they are ``common``; otherwise 0.
        passages: Answers for the parts of a longer text that is not printed as a whole.
        earlier: Where earlier versions of articles have the words, if that is the verdict; ``matches`` then have other words.
    """

    asked: str
    said_by: str | None
    words: WordsVerdict
    speaker: SpeakerVerdict
    warnings: tuple[str, ...]
    changes: tuple[Change, ...]
    matches: tuple[Match, ...]
    nearest: tuple[Match, ...]
    searched: Searched
    claims: int = 0
    passages: tuple[Answer, ...] = field(default=())
    earlier: tuple[EarlierPrinting, ...] = ()

    @property
    def right(self) -> bool:
        """Whether the words are printed as asked, said by the person named, with nothing that turns them."""
        return self.words in ("verbatim", "marks") and self.speaker == "same" and not self.warnings

    @property
    def as_asked(self) -> bool:
        """Whether nothing found speaks against printing the wording as it is.

        Unlike ``right``, it also holds if nobody is named, and if words are left out where an ellipsis says so.
        """
        marked = self.words == "shortened" and all(change.elided for change in self.changes)
        words = self.words in ("verbatim", "marks") or marked
        return words and self.speaker in ("same", "not given") and not self.warnings

    def to_dict(self) -> dict[str, Any]:
        """Convert to a JSON-compatible dictionary; docs/commands.md lists the keys."""
        return {
            "asked": self.asked,
            "said_by": self.said_by,
            "words": self.words,
            "speaker": self.speaker,
            "right": self.right,
            "warnings": list(self.warnings),
            "changes": [change.to_dict() for change in self.changes],
            "matches": [match.to_dict() for match in self.matches],
            "nearest": [match.to_dict() for match in self.nearest],
            "searched": self.searched.to_dict(),
            "claims": self.claims,
            "passages": [passage.to_dict() for passage in self.passages],
            "earlier": [printing.to_dict() for printing in self.earlier],
        }
