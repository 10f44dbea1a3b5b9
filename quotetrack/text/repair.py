"""Repair quotation marks that were escaped or decoded incorrectly: ``&ldquo;``, ``â€œ``.

Articles are repaired when they are read, so all offsets count characters of the repaired text. Undamaged text is not
changed.
"""

from __future__ import annotations

import html
import re

_ENTITY = re.compile(r"&(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# UTF-8 decoded as Windows-1252: the letter for a lead byte, then the character for a continuation byte.
_MISREAD = re.compile("[ÂÃâð][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œŸ]")
# The last byte of a closing mark is undefined in Windows-1252 and often missing.
_LOST = re.compile("â€(?![\u0080-\u00bf‚„…†‡‹‘’“”•–—˜™š›œŸž])")
_LINE = re.compile(r"[^\n]*\n?")


def repaired(text: str) -> str:
    """Return ``text`` with HTML entities unescaped and misdecoded UTF-8 repaired, line by line."""
    if "&" in text:
        text = _ENTITY.sub(_unescaped, text)
    if _MISREAD.search(text) is None:
        return text
    from ftfy import fix_encoding

    lines = _LINE.findall(text)
    return "".join(fix_encoding(_LOST.sub("â€\x9d", line)) if _MISREAD.search(line) else line for line in lines)


def _unescaped(match: re.Match[str]) -> str:
    character = html.unescape(match[0])
    # Keep unknown entities, and entities for control characters and surrogates.
    return (
        character
        if character.isprintable() or character in "\u00a0\u00ad\n\t\u2009\u200a\u2002\u2003\u200b"
        else match[0]
    )
