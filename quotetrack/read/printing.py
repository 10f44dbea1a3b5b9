"""One quotation in one article as everything shows it: pages, commands, checks, exports and the Python API."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from quotetrack.model import LOW_CONFIDENCE, Span, is_shown
from quotetrack.notebook import card
from quotetrack.read.context import Segment

UNKNOWN_OUTLET = "unknown outlet"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a quotation or a speaker; ``day`` is ISO 8601."""

    kind: str
    summary: str
    made_by: str
    day: str
    why: str


@dataclass(frozen=True, slots=True)
class InClaim:
    """A claim a printing belongs to, how its wording differs from the one the claim is shown by (``variant``, as the column
    of ``claim_quotations`` lists them), and whether a negation or a number does (``turned``)."""

    claim_id: str
    variant: str
    turned: bool


@dataclass(frozen=True, slots=True)
class Printing:
    """One quotation in one article.

    ``content`` are its pieces, in characters of the article's text, and ``verbatim`` what of them stands between marks.
    ``speakers`` are names and ``speaker_ids`` their identifiers, in the same order; of a joint statement (``joint``) several.
    Copies of one article have one ``report_id``. ``role`` is as the article prints it; where that gives none, ``role_then``
    is the role held at the time by what other articles or a person say, where it was asked for. ``published`` is as the
    outlet gives it, ``published_at`` the same as a moment in UTC, as exact as ``published_precision`` says. ``decided`` is
    what people decided about it. ``parts`` (the pieces, verbatim or not) and ``context`` (the paragraphs around) are for pages.
    """

    quotation_id: str
    article_id: str
    report_id: str
    claims: tuple[InClaim, ...]
    position: int
    kind: str
    stance: str
    bare: bool
    text: str
    content: tuple[Span, ...]
    verbatim: tuple[Span, ...]
    cue: str | None
    source: str | None
    method: str
    speakers: tuple[str, ...]
    speaker_ids: tuple[str, ...]
    joint: bool
    role: str | None
    on_behalf_of: str | None
    confidence: float
    speaker_confidence: float
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None
    published_at: datetime | None
    published_precision: str | None
    sha256: str
    decided: tuple[Decision, ...] = ()
    parts: tuple[tuple[Segment, ...], ...] = ()
    context: tuple[Segment, ...] = ()
    role_then: str | None = None

    @property
    def start(self) -> int:
        return self.content[0].start

    @property
    def end(self) -> int:
        return self.content[-1].end

    @property
    def outlet_name(self) -> str:
        return self.outlet or UNKNOWN_OUTLET

    @property
    def link(self) -> str | None:
        """``url`` where a page may link to it."""
        return web_address(self.url)

    @property
    def jointly(self) -> tuple[str, ...]:
        return self.speakers if self.joint else ()

    @property
    def uncertain(self) -> bool:
        """Whether the quotation or its speaker's name has a low confidence and nobody has decided about it."""
        sure = min(self.confidence, self.speaker_confidence if self.method != "none" else 1.0)
        return sure < LOW_CONFIDENCE and not self.decided and self.method != "person"

    @property
    def shown(self) -> bool:
        """Whether it was stated, denied or requested, in more than a bare noun phrase."""
        return is_shown(self.stance, self.bare, self.kind, self.confidence)

    def in_claim(self, claim_id: str) -> InClaim:
        """Its place in a claim. Raises ``KeyError`` where it is not in that claim."""
        for one in self.claims:
            if one.claim_id == claim_id:
                return one
        raise KeyError(claim_id)

    def to_dict(self) -> dict[str, Any]:
        """The printing as JSON has it; docs/commands.md lists the keys."""
        return {
            "quotation_id": self.quotation_id,
            "article_id": self.article_id,
            "report_id": self.report_id,
            "claims": [{"claim_id": c.claim_id, "variant": c.variant, "turned": c.turned} for c in self.claims],
            "kind": self.kind,
            "stance": self.stance,
            "bare": self.bare,
            "text": self.text,
            "content": [span.to_dict() for span in self.content],
            "verbatim": [span.to_dict() for span in self.verbatim],
            "cue": self.cue,
            "source": self.source,
            "method": self.method,
            "speakers": [
                {"speaker_id": key, "name": name} for key, name in zip(self.speaker_ids, self.speakers, strict=True)
            ],
            "joint": self.joint,
            "role": self.role,
            "role_then": self.role_then,
            "on_behalf_of": self.on_behalf_of,
            "confidence": self.confidence,
            "speaker_confidence": self.speaker_confidence,
            "outlet": self.outlet,
            "title": self.title,
            "url": self.url,
            "published": self.published,
            "published_at": self.published_at.isoformat() if self.published_at else None,
            "published_precision": self.published_precision,
            "sha256": self.sha256,
        }

    def _repr_html_(self) -> str:
        where = [self.outlet_name, self.published or "undated", self.title or ""]
        who = ", ".join(self.speakers) or "speaker not known"
        return card(self.kind, self.stance, self.text, who, self.role, where)


def newest_first(found: Iterable[Printing]) -> list[Printing]:
    """In order of time, the newest first and undated ones last; those of one article as they stand in it."""
    return sorted(
        found,
        key=lambda p: (
            p.published_at is None,
            -(p.published_at or EPOCH).timestamp(),
            p.article_id,
            p.position,
        ),
    )


def web_address(url: str | None) -> str | None:
    """``url`` if it is a plain web address; anything else (``javascript:`` …) is not made a link."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None
