"""Read emails (.eml) and mailboxes (.mbox): newsletters and press releases."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import BinaryIO

from quotetrack.errors import InputError
from quotetrack.inputs import limits
from quotetrack.inputs.decoding import decode
from quotetrack.inputs.metadata import Metadata, article
from quotetrack.inputs.page import text_of_fragment
from quotetrack.inputs.source import Source, failure
from quotetrack.model import Article, Failure

_HEADERS = (
    "from", "subject", "date", "archived-at", "content-language", "content-type", "content-disposition",
    "content-transfer-encoding",
)  # fmt: skip
_LONGEST_HEADER = 20_000  # characters
_MOST_LINES = 1_000_000  # of one email; the standard library takes some seconds for them
_ESCAPED = re.compile(rb"\A>(>*From )")  # a line of the text that starts with "From " is written as ">From "
_ADDRESS = re.compile(r"https?://[^\s<>]+")
_BODY = re.compile(r"<body\b[^<>]*>(.*?)(?:</body\s*>|\Z)", re.DOTALL | re.IGNORECASE)


def read_eml(source: Source) -> Iterator[Article | Failure]:
    """Yield the article in one email. Raises ``InputError`` if it has no text."""
    data = limits.whole(source.path)
    yield _article(data if data.count(b"\n") <= _MOST_LINES else None, source.place, source)


def read_mbox(source: Source) -> Iterator[Article | Failure]:
    """Yield an article for each email of a mailbox; ``location`` has the number of the line on which the email starts."""
    with limits.opened(source.path) as stream:
        found = False
        for line, message in _messages(stream):
            found = True
            location = f"{source.place}#{line}"
            try:
                yield _article(message, location, source)
            except InputError as error:
                yield failure(location, error)
        if not found:
            yield Failure(source.place, "The mailbox has no emails.")


def _messages(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Yield each email with its first line, or ``None`` instead of one over the limit. Raises ``TooLarge``."""
    message: list[bytes] = []
    start = size = 0
    after_empty = True
    for number, line in limits.lines(stream):
        if after_empty and line is not None and line.startswith(b"From "):
            if start:
                yield start, _joined(message, size)
            message, start, size = [], number, 0
        elif start:
            size += len(line) if line is not None else limits.LARGEST_FILE + 1
            if size <= limits.LARGEST_FILE and len(message) <= _MOST_LINES:
                message.append(_ESCAPED.sub(rb"\1", line) if line and line.startswith(b">") else line or b"")
        after_empty = line is not None and not line.strip()
    if start:
        yield start, _joined(message, size)


def _joined(message: list[bytes], size: int) -> bytes | None:
    return b"".join(message) if size <= limits.LARGEST_FILE and len(message) <= _MOST_LINES else None


def _article(data: bytes | None, location: str, source: Source) -> Article:
    if data is None:
        raise InputError(
            f"This email is larger than {limits.LARGEST_FILE // 1_000_000} MB or has more than {_MOST_LINES:,} lines."
        )
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        _check_headers(message)
        found, text = _metadata(message), _text(message)
    except InputError:
        raise
    except Exception as error:  # the standard library raises many kinds of errors on malformed emails
        raise InputError("The email is malformed and cannot be read.") from error
    if not text.strip():
        raise InputError("The email has no text.")
    return article(text, found, source.given, location)


def _check_headers(message: EmailMessage) -> None:
    """Raise ``InputError`` if a header is so long that decoding it would take minutes."""
    for part in message.walk():
        for name, value in part.raw_items():
            if name.lower() in _HEADERS and len(value) > _LONGEST_HEADER:
                raise InputError(f"The header '{name}' of the email has more than {_LONGEST_HEADER:,} characters.")


def _metadata(message: EmailMessage) -> Metadata:
    name, address = parseaddr(str(message.get("From", "")))
    archived = _ADDRESS.search(str(message.get("Archived-At", "")))
    try:
        published = parsedate_to_datetime(str(message["Date"])).isoformat() if message["Date"] else None
    except (ValueError, TypeError, OverflowError):
        published = None
    return Metadata(
        outlet=name or address.rpartition("@")[2] or None,
        url=archived[0] if archived else None,
        title=str(message.get("Subject", "")) or None,
        published=published,
        language=str(message.get("Content-Language", "")).split(",")[0] or None,
    )


def _text(message: EmailMessage) -> str:
    """The text of an email: the longer of its plain and its HTML version, since either can be a note on the other."""
    versions = []
    for part in message.walk():
        kind = part.get_content_type()
        if kind not in ("text/plain", "text/html") or part.is_attachment():
            continue
        data = part.get_payload(decode=True)
        if not isinstance(data, bytes) or len(data) > limits.LARGEST_PAGE:
            continue
        text = decode(data, part.get_content_charset())
        versions.append(_of_page(text) if kind == "text/html" else text.replace("\r\n", "\n").strip("\n"))
    return max(versions, key=len, default="")


def _of_page(page: str) -> str:
    body = _BODY.search(page)
    return text_of_fragment(body[1] if body else page)
