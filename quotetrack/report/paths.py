"""Paths of the pages of a site, relative to its root."""

from __future__ import annotations

import re
import unicodedata

_MAX_SLUG = 40


def speaker_page(speaker_id: str, name: str, number: int = 1) -> str:
    """Return the path of a dossier; ``number`` counts its pages from 1.

    >>> speaker_page("08364c4d6cafcc76", "Señora Ruth Vale")
    'speakers/senora-ruth-vale-08364c4d6cafcc76.html'
    >>> speaker_page("08364c4d6cafcc76", "Ruth Vale", 2)
    'speakers/ruth-vale-08364c4d6cafcc76-2.html'
    """
    return numbered(f"speakers/{_slug(name, 'speaker')}-{speaker_id}", number)


def article_page(article_id: str, title: str | None) -> str:
    """Return the path of the page of an article.

    >>> article_page("4c9678c92fe2c9dc", "Harbour to close")
    'articles/harbour-to-close-4c9678c92fe2c9dc.html'
    """
    return f"articles/{_slug(title or '', 'article')}-{article_id}.html"


def claim_page(claim_id: str) -> str:
    """Return the path of the page of a claim.

    >>> claim_page("df4279caa702445f")
    'claims/df4279caa702445f.html'
    """
    return f"claims/{claim_id}.html"


def numbered(name: str, number: int) -> str:
    """Return the path of a page; ``number`` counts the pages of a list or dossier from 1.

    >>> numbered("claims", 1), numbered("claims", 2)
    ('claims.html', 'claims-2.html')
    """
    return f"{name}{f'-{number}' if number > 1 else ''}.html"


def ascii_letters(text: str) -> str:
    """Return the ASCII characters of ``text`` in lower case, with accents removed from letters.

    >>> ascii_letters("Señora Vale’s")
    'senora vales'
    """
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def _slug(text: str, default: str) -> str:
    """Return the ASCII letters and digits of ``text``, joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", ascii_letters(text)).strip("-")[:_MAX_SLUG].strip("-") or default
