"""Split web addresses from articles, which can be anything."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

_NONE = urlsplit("")


def split_url(url: str | None) -> SplitResult:
    """Split an address; the parts of a missing or malformed one are empty.

    ``urllib.parse.urlsplit`` raises ``ValueError`` for some, such as ``http://[bad``.

    >>> split_url("https://post.example/a").hostname, split_url("http://[bad").hostname, split_url(None).path
    ('post.example', None, '')
    """
    try:
        return urlsplit(url or "")
    except ValueError:
        return _NONE
