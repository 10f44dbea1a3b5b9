"""Texts to plain dictionaries of their quotations, without a database: what ``quotetrack extract`` prints."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from quotetrack.inputs.repair import repaired
from quotetrack.jobs.analysis import Analyser, workers_for
from quotetrack.model import Failure, Quotation, Span
from quotetrack.parse.models import ModelChoice


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
        "on_behalf_of": quotation.on_behalf_of,
        "method": quotation.method,
        "stance": quotation.stance,
        "bare": quotation.bare,
        "confidence": quotation.confidence,
        "speaker_confidence": quotation.speaker_confidence,
    }


def _span(span: Span | None) -> dict[str, Any] | None:
    return {"start": span.start, "end": span.end, "text": span.text} if span else None


def extract_files(
    names: Sequence[str], models: ModelChoice, standard_input: BinaryIO, workers: int | None = None
) -> Iterator[dict[str, Any] | Failure]:
    """For each text file (folders are walked for ``.txt``; ``-`` is standard input) its record, or why there is none.

    Offsets count characters of the file decoded as UTF-8, line ends untouched; where escaped or wrongly decoded characters
    had to be repaired first (``sources/repair.py``), those of the repaired text, which the record then holds as ``text``. ``workers`` processes share the work
    (chosen by its amount unless given). Raises ``ModelsMissing``.
    """
    files = _expand(names)
    with Analyser[_Batch](models, workers or workers_for(len(files))) as analyser:
        for batch, analysed in analyser.all(_batches(files, standard_input, analyser.batch)):
            good = iter(analysed)
            for name, text in batch:
                if isinstance(text, Failure):
                    yield text
                    continue
                _, result, _ = next(good)
                yield Failure(name, result) if isinstance(result, str) else _record(name, text, result)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as its file has it, and with its marks repaired."""

    given: str
    repaired: str


_Batch = list[tuple[str, _Text | Failure]]


def _batches(files: Sequence[str], standard_input: BinaryIO, size: int) -> Iterator[tuple[_Batch, list[str]]]:
    for start in range(0, len(files), size):
        batch = [(name, _read(name, standard_input)) for name in files[start : start + size]]
        yield batch, [text.repaired for _, text in batch if isinstance(text, _Text)]


def _read(name: str, standard_input: BinaryIO) -> _Text | Failure:
    try:
        data = standard_input.read() if name == "-" else Path(name).read_bytes()
        text = data.decode("utf-8")
        return _Text(text, repaired(text))
    except UnicodeDecodeError:
        return Failure(name, "The file is not UTF-8 text; offsets would not hold. Save it as UTF-8.")
    except OSError as error:
        return Failure(name, f"The file cannot be read: {error.strerror or error}.")


def _expand(names: Sequence[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        path = Path(name)
        found += [str(p) for p in sorted(path.rglob("*.txt"))] if name != "-" and path.is_dir() else [name]
    return found


def _record(name: str, text: _Text, quotations: list[Quotation]) -> dict[str, Any]:
    digest = hashlib.sha256(text.repaired.encode("utf-8")).hexdigest()
    record: dict[str, Any] = {"doc": name, "sha256": digest}
    if text.repaired != text.given:
        record["text"] = text.repaired
    return record | {"quotations": [as_json(q) for q in quotations]}
