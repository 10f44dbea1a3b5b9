"""Look up words in earlier versions of articles, for words that the current versions do not have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quotetrack.check.asked import pieces
from quotetrack.check.wordings import Wording
from quotetrack.read.earlier import EarlierPassage, EarlierQuotation, earlier_passages, earlier_quotations, has_earlier
from quotetrack.store import Store
from quotetrack.text.passages import OVERLAP, joined, keys_of

_MOST = 20  # passages looked at
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class EarlierPrinting:
    """Words of an earlier version of an article that its current version does not have.

    Attributes:
        start: Offset of the first character in the text with the hash ``sha256``.
        first_seen: When the version was first stored (UTC).
        superseded_at: When another version took its place (UTC).
        speakers: Names of the speakers of the quotation that has the words, as shown then.
        stance: Its stance; ``None`` if the words were in no quotation that was shown.
    """

    article_id: str
    start: int
    end: int
    text: str
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None
    sha256: str
    first_seen: datetime
    superseded_at: datetime
    speakers: tuple[str, ...] = ()
    stance: str | None = None

    @property
    def days(self) -> str:
        """When it was the current version: ``first seen 2026-03-02, replaced by 2026-03-04``."""
        return f"first seen {self.first_seen:%Y-%m-%d}, replaced by {self.superseded_at:%Y-%m-%d}"

    def to_dict(self) -> dict[str, Any]:
        """Convert to a JSON-compatible dictionary; docs/commands.md lists the keys."""
        names = ("article_id", "start", "end", "text", "outlet", "title", "url", "published", "sha256", "stance")
        days = {name: getattr(self, name).isoformat() for name in ("first_seen", "superseded_at")}
        return {**{name: getattr(self, name) for name in names}, **days, "speakers": list(self.speakers)}


def earlier_printings(store: Store, asked: Wording) -> tuple[EarlierPrinting, ...]:
    """Return where earlier versions have the words of ``asked``, with ellipses for what may be left out; one place per version."""
    if not store.once(has_earlier):
        return ()
    parts = [keys for piece in pieces(asked.text) if (keys := keys_of(piece))]
    longest = max(parts, key=len, default=[])
    if not longest:
        return ()
    found: dict[str, EarlierPrinting] = {}
    for passage in earlier_passages(store, longest[:OVERLAP], _MOST):
        if passage.version_id not in found and _has_all(passage, parts):
            found[passage.version_id] = _printing(store, passage, longest[:OVERLAP])
    return tuple(found.values())[:_SHOWN]


def _has_all(passage: EarlierPassage, parts: Sequence[Sequence[str]]) -> bool:
    words = joined(keys_of(passage.text))
    return all(joined(part) in passage.words or joined(part) in words for part in parts)


def _printing(store: Store, passage: EarlierPassage, words: Sequence[str]) -> EarlierPrinting:
    start, end = passage.start, passage.end
    if passage.quotation_id is None:
        printed = Wording(passage.text[start:end], ((0, start),))
        [(start, end)] = printed.ranges(*printed.occurrences(words)[0])
    quotation = _quotation(store, passage, start, end)
    return EarlierPrinting(
        passage.article_id, start, end, passage.text[start:end], passage.outlet, passage.title, passage.url, passage.published,
        passage.sha256, passage.first_seen, passage.superseded_at, quotation.speakers if quotation else (),
        quotation.stance if quotation else None,
    )  # fmt: skip


def _quotation(store: Store, passage: EarlierPassage, start: int, end: int) -> EarlierQuotation | None:
    """The quotation that has the words from ``start`` to ``end``."""
    held = earlier_quotations(store, passage.version_id, passage.quotations)
    return next((one for one in held if any(a < end and start < b for a, b in one.spans)), None)
