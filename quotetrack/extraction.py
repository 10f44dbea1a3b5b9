"""Texts to plain dictionaries of their quotations, without a database: what ``quotetrack extract`` prints."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from quotetrack.extract import extract
from quotetrack.model import Failure, Parsed, Quotation, Span
from quotetrack.parse.models import ModelChoice

BATCH = 16


def as_json(quotation: Quotation) -> dict[str, Any]:
    """A quotation as the dictionary that ``quotetrack extract`` documents."""
    speaker = quotation.speaker
    return {
        "kind": quotation.kind,
        "content": [_span(s) for s in quotation.content],
        "cue": _span(quotation.cue),
        "source": _span(quotation.source),
        "speaker": {"name": speaker.name, "type": speaker.type} if speaker else None,
        "role": quotation.role.text if quotation.role else None,
        "method": quotation.method,
        "confidence": quotation.confidence,
    }


def _span(span: Span | None) -> dict[str, Any] | None:
    return {"start": span.start, "end": span.end, "text": span.text} if span else None


def extract_files(
    names: Sequence[str], models: ModelChoice, standard_input: BinaryIO
) -> Iterator[dict[str, Any] | Failure]:
    """For each text file (folders are walked for ``.txt``; ``-`` is standard input) its record, or why there is none.

    Offsets count characters of the file decoded as UTF-8, line ends untouched. Raises ``ModelsMissing``.
    """
    from quotetrack.parse.pipeline import Parser

    parser: Parser | None = None
    batch: list[tuple[str, str]] = []
    for name in [*_expand(names), None]:
        if name is not None:
            try:
                data = standard_input.read() if name == "-" else Path(name).read_bytes()
                batch.append((name, data.decode("utf-8")))
            except UnicodeDecodeError:
                yield Failure(name, "The file is not UTF-8 text; offsets would not hold. Save it as UTF-8.")
            except OSError as error:
                yield Failure(name, f"The file cannot be read: {error.strerror or error}.")
        if batch and (name is None or len(batch) >= BATCH):
            parser = parser or Parser(models)
            yield from _records(parser, batch)
            batch = []


def _expand(names: Sequence[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        path = Path(name)
        found += [str(p) for p in sorted(path.rglob("*.txt"))] if name != "-" and path.is_dir() else [name]
    return found


def _records(parser: Any, batch: Sequence[tuple[str, str]]) -> Iterator[dict[str, Any] | Failure]:
    try:
        parsed: list[Parsed] = parser.parse_all([text for _, text in batch])
        extracted = [extract(p) for p in parsed]
    except Exception as error:
        if len(batch) == 1:
            yield Failure(batch[0][0], f"The text could not be analysed ({type(error).__name__}: {str(error)[:200]}).")
            return
        for item in batch:
            yield from _records(parser, [item])
        return
    for (name, text), quotations in zip(batch, extracted, strict=True):
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        yield {"doc": name, "sha256": digest, "quotations": [as_json(q) for q in quotations]}
