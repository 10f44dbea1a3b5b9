"""Decode bytes to text, for whole files and for lines of JSONL files."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from quotetrack.errors import InputError

# The labels for Latin-1 and ASCII mean Windows-1252 on the web (WHATWG Encoding Standard, "Names and labels").
_WEB_LABELS = {"iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii"}
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Maximum share of control characters in text; real articles contain one or two at most.
_MAX_CONTROLS = 0.02
_SAMPLE_SIZE = 20_000


def decode(data: bytes, declared: str | None = None) -> str:
    """Decode ``data`` without changing line endings, as UTF-8 if possible.

    ``declared`` is the encoding declared in the input. A UTF-8 byte order mark is kept, so that offsets count it as a
    character. Raises ``InputError`` if ``data`` is not text.
    """
    text = _characters(data, declared)
    head = text[:_SAMPLE_SIZE]
    if len(_CONTROLS.findall(head)) > _MAX_CONTROLS * len(head):
        raise InputError("This looks like a binary file, not text.")
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
            raise InputError("This starts with a UTF-16 byte order mark but is not valid UTF-16.") from error
    if b"\0" in data:
        raise InputError("This looks like a binary file, not text.")
    if declared and (text := _as_declared(data, declared)) is not None:
        return text
    return _repaired(data) or _guessed(data)


def _as_declared(data: bytes, declared: str) -> str | None:
    label = declared.strip().lower()
    try:
        codec = codecs.lookup("cp1252" if label in _WEB_LABELS else label)
        # UTF-8 has been tried already. Python's codecs also include zip and base64, which fail here.
        text = data.decode(codec.name) if codec.name != "utf-8" else None
    except (LookupError, ValueError):
        return None
    return text


def _repaired(data: bytes) -> str | None:
    """Decode UTF-8 with a few invalid bytes (a truncated end, a pasted phrase); ``None`` if it is not mostly UTF-8."""
    text = data.decode("utf-8", "replace")
    invalid = text.count("\ufffd")
    valid = sum(character > "\x7f" for character in text) - invalid
    return text if valid > 2 * invalid else None


def _guessed(data: bytes) -> str:
    """Decode a legacy eight-bit encoding by best guess.

    Text that is at least 90 percent ASCII is decoded as Windows-1252, because statistical detection is unreliable for so
    few other characters.
    """
    high = sum(byte > 0x7F for byte in data)
    if high <= 0.1 * len(data):
        return data.decode("cp1252", "replace")
    best = from_bytes(data[:_SAMPLE_SIZE]).best()
    if best is None:
        raise InputError("Unknown text encoding; save it as UTF-8.")
    return data.decode(best.encoding, "replace")
