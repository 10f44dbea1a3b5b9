"""Build a database of invented articles with hand-made quotations."""

from __future__ import annotations

from dataclasses import dataclass

from quotetrack.jobs.refresh import refresh
from quotetrack.model import Article, Quotation, Speaker
from quotetrack.store import Store
from tests.conftest import said


@dataclass(frozen=True, slots=True)
class Line:
    """One quotation of an article: its content (in one or more pieces) and who said it."""

    content: tuple[str, ...]
    name: str | None = None
    role: str | None = None
    kind: str = "direct"
    stance: str = "stated"
    type: str = "person"

    def quotation(self, article: Article) -> Quotation:
        """The quotation in its article."""
        speaker = Speaker(self.name, self.type) if self.name else None  # type: ignore[arg-type]
        return said(
            article,
            *self.content,
            source=self.name,
            speaker=speaker,
            role=self.role,
            kind=self.kind,
            stance=self.stance,
        )


def line(*content: str, by: str | None = None, **more: str) -> Line:
    """Shorthand for a quotation."""
    return Line(content, by, **more)


def put(store: Store, text: str, *lines: Line, outlet: str = "The Post", day: str = "2026-03-02") -> Article:
    """Store one article; call ``refresh`` after the last."""
    [(number,)] = store.connection.execute("SELECT count(*) FROM articles").fetchall()
    article = Article(
        text, outlet=outlet, url=f"https://news.example/{number}", title=f"Article {number}", published=day
    )
    store.put([(article, [one.quotation(article) for one in lines])], "m")
    return article


__all__ = ["line", "put", "refresh"]
