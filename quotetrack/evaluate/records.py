"""Read gold annotations and predictions as JSON, in the format of ``quotetrack extract``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from quotetrack.errors import InputError
from quotetrack.evaluate.items import Attribution, GoldArticle, Range, checked
from quotetrack.model import Failure


@dataclass(frozen=True, slots=True)
class Record:
    """The record of one article; ``where`` is file and line, for messages."""

    where: str
    name: str
    fields: dict[str, Any]

    def attributions(self, text: str) -> tuple[Attribution, ...]:
        """Return the quotations; raises ``InputError`` if spans are outside ``text`` or its hash does not match."""
        known = self.fields.get("sha256")
        if known and known != hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest():
            raise InputError(
                f"{self.where}: the text of {self.name} has changed since extraction (its SHA-256 differs)."
            )
        quotations = self.fields.get("quotations")
        if not isinstance(quotations, list):
            raise InputError(f"{self.where}: the record has no list 'quotations'.")
        return tuple(self._one(quotation, text) for quotation in quotations)

    def _one(self, quotation: Any, text: str) -> Attribution:
        if not isinstance(quotation, dict):
            raise InputError(f"{self.where}: a quotation is not a JSON object.")
        content, cue, source = (self._ranges(quotation.get(part), part, text) for part in ("content", "cue", "source"))
        if not content:
            raise InputError(f"{self.where}: a quotation has no content.")
        return Attribution(content, cue, source)

    def _ranges(self, value: Any, part: str, text: str) -> tuple[Range, ...]:
        spans = value if isinstance(value, list) else [value] if value else []
        try:
            ranges = [(int(span["start"]), int(span["end"])) for span in spans]
        except (TypeError, KeyError, ValueError) as error:
            raise InputError(f"{self.where}: a {part} is not a span with 'start' and 'end'.") from error
        return checked(text, ranges, self.where)


def read_records(path: Path) -> Iterator[Record | Failure]:
    """Yield the records of a ``.jsonl`` file (one per line) or a ``.json`` file (one record or a list)."""
    try:
        text = path.read_bytes().decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        yield Failure(str(path), "The file is not UTF-8 text.")
        return
    except OSError as error:
        yield Failure(str(path), f"Cannot read the file: {error.strerror or error}.")
        return
    if path.suffix == ".json":
        yield from _whole(path, text)
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _record(f"{path}, line {number}", line)


def _whole(path: Path, text: str) -> Iterator[Record | Failure]:
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        yield Failure(f"{path}, line {line}", "The file is not valid JSON.")
        return
    for number, one in enumerate(loaded if isinstance(loaded, list) else [loaded], 1):
        yield _checked_record(f"{path}, record {number}", one)


def _record(where: str, line: str) -> Record | Failure:
    try:
        return _checked_record(where, json.loads(line))
    except (ValueError, RecursionError):
        return Failure(where, "This line is not valid JSON.")


def _checked_record(where: str, loaded: Any) -> Record | Failure:
    if not isinstance(loaded, dict) or not isinstance(loaded.get("doc"), str):
        return Failure(where, "This is not a JSON object with the name of an article in 'doc'.")
    return Record(where, loaded["doc"], loaded)


def gold_of(record: Record, folder: Path) -> GoldArticle:
    """Return the gold article of ``record``.

    The text is in the field ``text``, or in the file named by ``doc``, relative to ``folder``. Raises ``InputError``.
    """
    text = record.fields.get("text")
    if not isinstance(text, str):
        text = _text_beside(record, folder)
    outlet = record.fields.get("outlet")
    return GoldArticle(
        name=stem(record.name),
        text=text,
        attributions=record.attributions(text),
        outlet=outlet if isinstance(outlet, str) else None,
        place=record.where,
    )


def _text_beside(record: Record, folder: Path) -> str:
    name = PurePosixPath(record.name.replace("\\", "/"))
    # Never open absolute or parent paths from a record; look only within the folder.
    parts = [part for part in name.parts if part not in ("/", "..")]
    for candidate in (folder.joinpath(*parts), folder / name.name, folder / f"{name.name}.txt"):
        if candidate.is_file():
            return read_text(candidate)
    raise InputError(
        f"{record.where}: the text of '{record.name}' is missing; add it as 'text' or as a file in the same folder."
    )


def read_text(path: Path) -> str:
    """Read a UTF-8 text without changing line endings, as ``quotetrack extract`` does. Raises ``InputError``."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: the file is not UTF-8 text; convert it to UTF-8.") from error
    except OSError as error:
        raise InputError(f"{path}: cannot read the file: {error.strerror or error}.") from error


def stem(name: str) -> str:
    """Return the name of an article without ``.txt``, with slashes."""
    return name.replace("\\", "/").removesuffix(".txt").removeprefix("./")
