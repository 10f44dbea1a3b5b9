"""Bytes to characters. What is said of a "file" here holds for a line of JSONL as well."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from quotetrack.errors import InputError

# The labels for Latin-1 and ASCII mean Windows-1252 on the web (WHATWG Encoding Standard, "Names and labels").
_WEB_LABELS = {"iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii"}
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# More control characters than this share of the text and it is no text. Real articles have one or two at most.
_MOST_CONTROLS = 0.02
_LOOKED_AT = 20_000


def decode(data: bytes, declared: str | None = None) -> str:
    """The characters of ``data``, line ends untouched; UTF-8 wherever it can be.

    A UTF-8 byte order mark stays as the character it is, so that offsets count as in any other reading of the file.
    ``declared`` is what the input itself calls its encoding. Raises ``InputError`` for what is no text.
    """
    text = _characters(data, declared)
    head = text[:_LOOKED_AT]
    if len(_CONTROLS.findall(head)) > _MOST_CONTROLS * len(head):
        raise InputError("This is not text: it looks like a binary file.")
    return text


def _characters(data: bytes, declared: str | None) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise InputError("This begins like UTF-16 but is not.") from error
    if b"\0" in data:
        raise InputError("This is not text: it looks like a binary file.")
    if declared and (text := _as_declared(data, declared)) is not None:
        return text
    return _mended(data) or _guessed(data)


def _as_declared(data: bytes, declared: str) -> str | None:
    label = declared.strip().lower()
    try:
        codec = codecs.lookup("cp1252" if label in _WEB_LABELS else label)
        # Only true character encodings: Python also files zip and base64 under codecs, and UTF-8 has been tried.
        text = data.decode(codec.name) if codec.name != "utf-8" else None
    except (LookupError, ValueError):
        return None
    return text


def _mended(data: bytes) -> str | None:
    """UTF-8 with a few stray bytes in it (a cut-off end, a pasted phrase); None where it is not mostly UTF-8."""
    text = data.decode("utf-8", "replace")
    strays = text.count("\ufffd")
    sound = sum(character > "\x7f" for character in text) - strays
    return text if sound > 2 * strays else None


def _guessed(data: bytes) -> str:
    """The best guess at an old eight-bit encoding.

    A text that is nearly all ASCII is Windows-1252: it then needs only marks, dashes and accents, and statistics on so
    few characters go wrong.
    """
    high = sum(byte > 0x7F for byte in data)
    if high <= 0.1 * len(data):
        return data.decode("cp1252", "replace")
    best = from_bytes(data[:_LOOKED_AT]).best()
    if best is None:
        raise InputError("This is not text, or its encoding cannot be told; save it as UTF-8.")
    return data.decode(best.encoding, "replace")
