"""A printing: one quotation in one article, as used by reports, commands, checks, exports and the Python API."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from quotetrack.model import LOW_CONFIDENCE, Span, is_shown
from quotetrack.notebook import card
from quotetrack.read.context import Segment
from quotetrack.text.fragments import with_fragment
from quotetrack.text.urls import split_url

UNKNOWN_OUTLET = "unknown outlet"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Decision:
    """A correction of a quotation or a speaker; ``day`` is an ISO 8601 date."""

    kind: str
    summary: str
    made_by: str
    day: str
    why: str


@dataclass(frozen=True, slots=True)
class Repair:
    """How a report of the same words in another article changed an inferred speaker.

    Attributes:
        outcome: ``confirmed``, ``replaced`` (by the speaker that the other article names) or ``withdrawn`` (no speaker is
            shown, because this article does not mention the named one).
        machine_speaker: Name of the speaker inferred from this article.
        named_speaker: Name of the speaker in the other article.
        quotation_id: The quotation in the other article.
        outlet: The outlet of the other article.
    """

    outcome: str
    machine_speaker: str
    named_speaker: str
    quotation_id: str
    outlet: str

    def to_dict(self) -> dict[str, str]:
        """Convert to a JSON-compatible dictionary."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class InClaim:
    """Membership of a printing in a claim.

    ``variant`` is how its wording differs from the displayed one (see ``quotetrack.cluster.variants.variant``); ``turned``
    is whether a negation or a number differs.
    """

    claim_id: str
    variant: str
    turned: bool


@dataclass(frozen=True, slots=True)
class Printing:
    """One quotation in one article.

    Attributes:
        report_id: Identifier shared by articles that are copies of one report.
        origin_id: Identifier shared by articles that are not independent: copies, and those that share a fifth of their
            sentences. Independent reports are counted by it.
        claims: The claims it belongs to.
        position: Position among the quotations of the article.
        content: Spans of the article's text.
        verbatim: The parts of ``content`` between quotation marks.
        source: The phrase that names the speaker.
        method: How the speaker was found; ``person`` if set by a correction, ``report`` if by another article (``repair``).
        speakers: Names of the speakers; several for a joint statement (``joint``).
        speaker_ids: Identifiers of the speakers, in the same order.
        role: The role that this article gives to the speaker.
        role_then: The role at the time from other articles or a seed file, if ``role`` is missing and it was requested.
        speaker_confidence: Probability in 0..1 that the speaker is right; 1 if set or confirmed by a correction.
        published: Publication date as given by the outlet (ISO 8601).
        published_at: The earliest UTC time of ``published``, exact to ``published_precision``.
        sha256: Hash of the article's text that the offsets refer to.
        decided: Corrections of this quotation.
        repair: What another report says about the speaker.
        day: For articles without a date, a day on which they existed; never used to tell whether printings are of one time.
        day_from: What ``day`` is from, such as ``file time``.
        parts: The spans of ``content`` as verbatim and other segments; only read for pages.
        context: The surrounding paragraphs as labelled segments; only read for pages.
        fragment: The text fragment that makes a browser scroll to the words; only read for pages.
    """

    quotation_id: str
    article_id: str
    report_id: str
    origin_id: str
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
    repair: Repair | None = None
    day: str | None = None
    day_from: str | None = None
    fragment: str = ""

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.content[0].start

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.content[-1].end

    @property
    def outlet_name(self) -> str:
        """The outlet, or ``unknown outlet``."""
        return self.outlet or UNKNOWN_OUTLET

    @property
    def dated(self) -> str:
        """The day of publication in words, as ``dated`` gives it."""
        at = self.published_at.date().isoformat() if self.published_at else None
        return dated(self.published, at, self.day, self.day_from)

    @property
    def link(self) -> str | None:
        """``url`` if it is safe to link to, else ``None``."""
        return web_address(self.url)

    @property
    def passage_link(self) -> str | None:
        """The address that opens the article at the words, or ``None`` if it has none that is safe to link to."""
        return with_fragment(self.link, self.fragment) if self.link else None

    @property
    def jointly(self) -> tuple[str, ...]:
        """The speakers of a joint statement; empty otherwise."""
        return self.speakers if self.joint else ()

    @property
    def uncertain(self) -> bool:
        """Whether the quotation or its speaker has a low confidence and no correction exists."""
        sure = min(self.confidence, self.speaker_confidence if self.method != "none" else 1.0)
        return sure < LOW_CONFIDENCE and not self.decided and self.method != "person"

    @property
    def shown(self) -> bool:
        """Whether it is shown by default."""
        return is_shown(self.stance, self.bare, self.kind, self.confidence)

    def in_claim(self, claim_id: str) -> InClaim:
        """Return its membership in a claim. Raises ``KeyError`` if it does not belong to the claim."""
        for one in self.claims:
            if one.claim_id == claim_id:
                return one
        raise KeyError(claim_id)

    def to_dict(self) -> dict[str, Any]:
        """Convert to a JSON-compatible dictionary; docs/commands.md lists the keys."""
        return {
            "quotation_id": self.quotation_id,
            "article_id": self.article_id,
            "report_id": self.report_id,
            "origin_id": self.origin_id,
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
            "repair": self.repair.to_dict() if self.repair else None,
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
        where = [self.outlet_name, self.dated, self.title or ""]
        who = ", ".join(self.speakers) or "unknown speaker"
        return card(self.kind, self.stance, self.text, who, self.role, where)


# SQL for the same day in lists; it needs ``articles a LEFT JOIN article_provenance p``, and is NULL for an undated article.
DAY_IN_WORDS = "coalesce(strftime(a.published_at, '%Y-%m-%d'), p.day || ' (' || p.day_from || ')')"
# A day that stands in orders undated articles among themselves.
LATEST_FIRST = "a.published_at::DATE DESC NULLS LAST, p.day DESC NULLS LAST"


def dated(published: str | None, published_day: str | None, day: str | None, day_from: str | None) -> str:
    """Return the day of an article in words that say where it is from: what the article says, its address, or its file.

    >>> dated("2026-03-02T08:15:00+01:00", "2026-03-02", None, None), dated(None, "2026-03-02", None, None)
    ('2026-03-02', '2026-03-02 (from the address)')
    >>> dated(None, None, "2026-03-02", "file time"), dated(None, None, None, None)
    ('2026-03-02 (file time)', 'undated')
    """
    if published:
        return published[:10]
    if published_day:
        return f"{published_day} (from the address)"
    return f"{day} ({day_from})" if day else "undated"


def newest_first(found: Iterable[Printing]) -> list[Printing]:
    """Sort by time, newest first and undated last, these by ``day``; printings of one article are in text order."""
    return sorted(
        found,
        key=lambda p: (
            p.published_at is None,
            -(p.published_at or EPOCH).timestamp(),
            -date.fromisoformat(p.day).toordinal() if p.day else 0,
            p.article_id,
            p.position,
        ),
    )


def web_address(url: str | None) -> str | None:
    """Return ``url`` if it is an http or https address, else ``None`` (``javascript:`` …)."""
    parts = split_url(url)
    return url if parts.scheme in ("http", "https") and parts.hostname else None
