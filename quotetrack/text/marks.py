"""Quotation marks and other odd characters made plain before parsing, one character for one character.

The parser's treebanks are mostly ASCII, so a curly or angular mark, a no-break space or a typographic dash costs it
accuracy. Replacing each by exactly one character keeps every offset valid in the original text.
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
# Two backquotes or apostrophes are one double mark (LaTeX, some wire feeds). The mark goes to the side of the words it
# encloses and the other character becomes a space, so that the tokenizer sees `"word` and not `" word`.
_OPENING_PAIR = re.compile(r"(?:(?<=\s)|(?<=^)|(?<=[(\[—-]))(?:``|''|´´)(?=\S)|``")
_CLOSING_PAIR = re.compile(r"''|´´")


def normalise(text: str) -> str:
    """The same text for the parser's eyes; ``len`` and every offset stay as they are."""
    text = _OPENING_PAIR.sub(' "', text)
    text = _CLOSING_PAIR.sub('" ', text)
    return text.translate(_TABLE)
