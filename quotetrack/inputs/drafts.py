"""Read drafts: texts that are to be checked, with the line or paragraph of each character."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from rapidfuzz.distance import Indel

from quotetrack.errors import InputError, UsageError
from quotetrack.inputs import limits
from quotetrack.inputs.decoding import decode
from quotetrack.inputs.documents import Readable, read_docx, read_html, read_markdown
from quotetrack.inputs.folders import storable
from quotetrack.inputs.pdf import pdf_text
from quotetrack.inputs.source import failure
from quotetrack.model import Failure
from quotetrack.text.paragraphs import paragraphs

SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".docx", ".pdf")
STANDARD_INPUT = "-"
Unit = Literal["line", "paragraph"]

_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_WORD = re.compile(r"\w+")
_MARKED_WORD = re.compile(r"[^\w\s]*(\w+)")  # with the marks before it, which belong to its line


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a draft.

    Attributes:
        text: The text without markup; offsets of quotations refer to it.
        location: The file, or ``-`` for standard input; empty for a text given as a string.
        unit: What ``number`` counts: lines of the file, or paragraphs if the file has no lines (``.docx``, ``.pdf``).
        starts: Pairs of an offset in ``text`` and the number from there on, in order.
        notes: What was left out of the text, one sentence each.
    """

    text: str
    location: str
    unit: Unit
    starts: tuple[tuple[int, int], ...]
    notes: tuple[str, ...] = ()

    def number(self, offset: int) -> int:
        """Return the number of the line or paragraph, from 1, that has the character at ``offset``."""
        place = bisect.bisect_right(self.starts, offset, key=lambda pair: pair[0])
        return self.starts[max(0, place - 1)][1] if self.starts else 1


def draft_of_text(text: str, location: str = "") -> Draft:
    """Return a plain text as a draft.

    >>> draft_of_text("We sail.\\nNobody panicked.").number(9)
    2
    """
    ends = [match.end() for match in _LINE_END.finditer(text)]
    return Draft(text, location, "line", tuple((start, line) for line, start in enumerate([0, *ends], 1)))


def find_drafts(names: Sequence[str]) -> list[Path | str]:
    """List the drafts to read: files as given, ``-``, and the supported files in folders, recursively and sorted.

    Raises ``UsageError`` if a path does not exist, a folder has no drafts, or ``-`` is given twice.
    """
    if names.count(STANDARD_INPUT) > 1:
        raise UsageError("Standard input ('-') can be given only once.")
    found: list[Path | str] = []
    for name in names:
        path = Path(name)
        if name == STANDARD_INPUT:
            found.append(name)
        elif not path.exists():
            raise UsageError(f"File or folder not found: {name}.")
        elif path.is_dir():
            inside = sorted(one for one in path.rglob("*") if _is_draft(one, path))
            if not inside:
                raise UsageError(f"The folder {name} has no drafts ({', '.join(SUFFIXES)}).")
            found += inside
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def read_draft(source: Path | str, standard_input: BinaryIO | None = None) -> Draft | Failure:
    """Read one draft; ``-`` reads plain text from ``standard_input``. Returns a ``Failure`` if it cannot be read."""
    name = str(source)
    try:
        if name == STANDARD_INPUT:
            data = limits.whole_stream(standard_input) if standard_input else b""
        else:
            data = limits.whole(Path(source))
    except InputError as error:
        return Failure(storable(name), str(error))
    except OSError as error:
        return Failure(storable(name), f"Cannot read the file: {error.strerror or error}.", str(error))
    return draft_of_bytes(data, name)


def draft_of_bytes(data: bytes, name: str) -> Draft | Failure:
    """Read a draft from the bytes of the file ``name``, whose suffix says what it is; ``-`` is plain text.

    Returns a ``Failure`` if it cannot be read.

    >>> draft_of_bytes(b"We sail.", "draft.txt").text
    'We sail.'
    """
    place = storable(name)
    try:
        plain = name == STANDARD_INPUT
        draft = draft_of_text(_plain(data), place) if plain else _of_file(data, Path(name).suffix.lower(), place)
    except InputError as error:
        return failure(place, error)
    if not draft.text.strip():
        return Failure(place, "The file contains no text.")
    return draft


def _of_file(data: bytes, suffix: str, place: str) -> Draft:
    if suffix == ".docx":
        document = read_docx(data)
        return _with_paragraphs(document.text, place, document.notes)
    if suffix == ".pdf":
        return _with_paragraphs(pdf_text(data)[0], place)
    if suffix in (".html", ".htm"):
        return _with_lines(read_html(data), place)
    if suffix in (".md", ".markdown"):
        return _with_lines(read_markdown(_plain(data)), place)
    if suffix == ".txt":
        return draft_of_text(_plain(data), place)
    raise InputError(f"Unsupported file type; use {', '.join(SUFFIXES)}.")


def _plain(data: bytes) -> str:
    return decode(data).removeprefix("\ufeff")


def _with_paragraphs(text: str, place: str, notes: tuple[str, ...] = ()) -> Draft:
    starts = tuple((start, number) for number, (start, _) in enumerate(paragraphs(text), 1))
    return Draft(text, place, "paragraph", starts, notes)


def _with_lines(document: Readable, place: str) -> Draft:
    """Number the words by the lines of the source, with which the words of the text are aligned."""
    lines = draft_of_text(document.source)
    ours, theirs = list(_MARKED_WORD.finditer(document.text)), list(_WORD.finditer(document.source))
    starts = []
    for code in Indel.opcodes([word[1] for word in ours], [word[0] for word in theirs]):
        if code.tag == "equal":
            pairs = zip(ours[code.src_start : code.src_end], theirs[code.dest_start : code.dest_end], strict=True)
            starts += [(word.start(), lines.number(same.start())) for word, same in pairs]
    return Draft(document.text, place, "line", tuple(starts), document.notes)


def _is_draft(path: Path, folder: Path) -> bool:
    """Whether to read a file found in a folder; hidden files and the lock files of word processors are left out."""
    hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
    return not hidden and path.suffix.lower() in SUFFIXES and path.is_file()
