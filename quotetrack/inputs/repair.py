"""Marks that were escaped or decoded wrongly before the text came here: ``&ldquo;``, ``â€œ``.

Repaired when an article is read, so that every offset counts characters of the repaired text, which is the one that is
stored and shown. Text without such damage stays as it is, character for character.
"""

from __future__ import annotations

import html
import re

_ENTITY = re.compile(r"&(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# What UTF-8 looks like when it is read as Windows-1252: a lead byte's letter and a character that stands for a continuation byte.
_MISREAD = re.compile("[ÂÃâð][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œŸ]")
# The last byte of a closing mark has no character in Windows-1252 and is often lost.
_LOST = re.compile("â€(?![\u0080-\u00bf‚„…†‡‹‘’“”•–—˜™š›œŸž])")
_LINE = re.compile(r"[^\n]*\n?")


def repaired(text: str) -> str:
    """``text`` with escaped characters unescaped and misread UTF-8 read again, line by line."""
    if "&" in text:
        text = _ENTITY.sub(_unescaped, text)
    if _MISREAD.search(text) is None:
        return text
    from ftfy import fix_encoding

    lines = _LINE.findall(text)
    return "".join(fix_encoding(_LOST.sub("â€\x9d", line)) if _MISREAD.search(line) else line for line in lines)


def _unescaped(match: re.Match[str]) -> str:
    character = html.unescape(match[0])
    # Unknown names stay as they are; a control character or half a pair is no text.
    return (
        character
        if character.isprintable() or character in "\u00a0\u00ad\n\t\u2009\u200a\u2002\u2003\u200b"
        else match[0]
    )
