"""Replaces typographic characters by ASCII before parsing, one character by one character.

The parser was trained mostly on ASCII, so curly or angular quotation marks, no-break spaces and typographic dashes lower its
accuracy. Because each is replaced by exactly one character, offsets stay valid in the original text.
"""

from __future__ import annotations

import re

DOUBLE_MARKS = "“”„‟«»″〝〞＂❝❞"
SINGLE_MARKS = "‘’‚‛′ʼ`´＇‹›"
SPACES = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\ufeff\u200b"
)

_TABLE = str.maketrans(
    {**dict.fromkeys(DOUBLE_MARKS, '"'), **dict.fromkeys(SINGLE_MARKS, "'"), **dict.fromkeys(SPACES, " ")}
    | {"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2015": "—", "\x00": " "}
)
# Two backquotes or apostrophes are one double mark (LaTeX, some wire feeds). The character next to the quoted words becomes
# the mark and the other one a space, so that the tokenizer reads `"word` and not `" word`.
_OPENING_PAIR = re.compile(r"(?:(?<=\s)|(?<=^)|(?<=[(\[—-]))(?:``|''|´´)(?=\S)|``")
_CLOSING_PAIR = re.compile(r"''|´´")


def normalise(text: str) -> str:
    """Return the text with plain marks, spaces and dashes. Its length and all offsets are unchanged."""
    text = _OPENING_PAIR.sub(' "', text)
    text = _CLOSING_PAIR.sub('" ', text)
    return text.translate(_TABLE)
