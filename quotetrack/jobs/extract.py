"""Extract quotations from files as JSON records without a database; implements ``quotetrack extract``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from quotetrack.inputs import find, read, read_standard_input
from quotetrack.jobs.analysis import Analyser, batches, results
from quotetrack.jobs.engines import Engine
from quotetrack.model import Article, Failure, Quotation
from quotetrack.parse.models import ModelChoice

_STANDARD_INPUT = "-"


def extract_files(
    names: Sequence[str],
    models: ModelChoice,
    standard_input: BinaryIO,
    workers: int | None = None,
    columns: Mapping[str, str] | None = None,
    engine: Engine | None = None,
) -> Iterator[dict[str, Any] | Failure]:
    """Yield a record, or a ``Failure``, for each article in the files and folders; ``-`` reads standard input.

    Supports the same inputs as ``ingest``. Offsets count characters of the article's text, which is in the field
    ``text``; ``doc`` is the file, with ``#3`` appended for the third record of a JSONL file. ``workers`` and ``engine`` are
    those of ``Analyser``; ``columns`` names fields of records. Raises ``ModelsMissing``.
    """
    files = [_STANDARD_INPUT if name == _STANDARD_INPUT else Path(name) for name in names]
    found = [part for name in files for part in ([name] if isinstance(name, str) else find([name]))]
    with Analyser[list[Article | Failure]](models, workers, engine=engine) as analyser:
        articles = map(analyser.readable, _articles(found, standard_input, columns))
        for batch, analysed in analyser.all(batches(articles, analyser.batch)):
            for one in results(batch, analysed):
                yield one if isinstance(one, Failure) else _record(*one)


def _articles(
    files: Sequence[Path | str], standard_input: BinaryIO, columns: Mapping[str, str] | None
) -> Iterator[Article | Failure]:
    for name in files:
        yield from read_standard_input(standard_input) if isinstance(name, str) else read(name, columns=columns)


def _record(article: Article, quotations: list[Quotation]) -> dict[str, Any]:
    return {
        "doc": article.location,
        "sha256": article.sha256,
        "text": article.text,
        "quotations": [quotation.to_dict() for quotation in quotations],
    }
