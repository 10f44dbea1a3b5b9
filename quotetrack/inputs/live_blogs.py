"""Read live blogs: each post is an article of its own, because posts have dates and addresses of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urldefrag, urljoin

from quotetrack.inputs.metadata import Metadata, article
from quotetrack.inputs.structured import Post
from quotetrack.model import Article

# A text without any line of at least this many words is navigation, not an article.
_FEWEST_WORDS = 4


def is_text(text: str) -> bool:
    """Whether a text has a line that is long enough to be a sentence."""
    return any(len(line.split()) >= _FEWEST_WORDS for line in text.splitlines())


def posts_of(
    declared: Sequence[Post], texts: Sequence[str], page: Metadata, given: Metadata, location: str
) -> list[Article]:
    """Return the posts that a page declares as articles with these texts, with their own dates and addresses; outlet and language are the page's.

    A post without an address of its own gets that of the page with ``#post-`` and a hash of its date and text, so that it stays
    the same article when posts are added.
    """
    address = given.url or page.url
    posts = []
    for post, text in zip(declared, texts, strict=True):
        if not is_text(text):
            continue
        found = replace(
            page,
            url=_address(post, address),
            title=post.title or page.title,
            author=", ".join(post.authors) or page.author,
            published=post.published,
            modified=None,
        )
        shared = replace(given, url=None, title=None, published=None)
        posts.append(article(text, found, shared, location))
    return posts


def without_posts(text: str, posts: Sequence[str]) -> str:
    """Return the lines of the page's text that are in none of the texts and titles of its posts."""
    said = _letters(" ".join(posts))
    return "\n".join(line for line in text.splitlines() if _letters(line) not in said).strip()


def _address(post: Post, page: str | None) -> str | None:
    own = urljoin(page or "", post.url) if post.url else None
    if own and own.startswith(("http://", "https://")) and own != page:
        return own
    if not page:
        return None
    key = hashlib.sha256(f"{post.published}\x1f{post.body}".encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{urldefrag(page)[0]}#post-{key}"


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
