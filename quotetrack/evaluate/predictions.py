"""Predictions to evaluate: from running the models, or from a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from quotetrack.errors import InputError, UsageError
from quotetrack.evaluate.items import Attribution, GoldArticle
from quotetrack.evaluate.records import Record, read_records, stem
from quotetrack.jobs.analysis import BATCH, Analyser
from quotetrack.model import Failure
from quotetrack.parse.models import ModelChoice

Found = dict[str, tuple[Attribution, ...]]


def from_models(
    articles: Sequence[GoldArticle],
    models: ModelChoice,
    workers: int | None = None,
    update: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Found, list[Failure]]:
    """Run extraction on the articles. An article that cannot be analysed counts as having no quotations.

    Raises ``ModelsMissing``.
    """
    found: Found = {}
    failures: list[Failure] = []
    with Analyser[Sequence[GoldArticle]](models, workers) as analyser:
        for batch, analysed in analyser.all(_batches(articles)):
            for article, (_, result, details) in zip(batch, analysed, strict=True):
                if isinstance(result, str):
                    failures.append(Failure(article.place or article.name, result, details))
                else:
                    found[article.name] = tuple(Attribution.of(quotation) for quotation in result)
            update(len(found) + len(failures), len(articles))
    return found, failures


def _batches(articles: Sequence[GoldArticle]) -> Iterator[tuple[Sequence[GoldArticle], list[str]]]:
    for start in range(0, len(articles), BATCH):
        batch = articles[start : start + BATCH]
        yield batch, [article.text for article in batch]


def from_file(path: Path, articles: Sequence[GoldArticle]) -> tuple[Found, list[Failure]]:
    """Read predictions from the output of ``quotetrack extract``. A missing article counts as having no quotations.

    Records are matched by their path in the corpus, or by file name if it is unique. Records of other articles are ignored.
    Raises ``UsageError`` if the file does not exist.
    """
    if not path.is_file():
        raise UsageError(f"File not found: {path}.")
    by_name = {article.name: article for article in articles}
    by_last: dict[str, list[GoldArticle]] = {}
    for article in articles:
        by_last.setdefault(article.name.rpartition("/")[2], []).append(article)
    found: Found = {}
    failures: list[Failure] = []
    for record in read_records(path):
        if isinstance(record, Failure):
            failures.append(record)
            continue
        try:
            if (wanted := _article(record, by_name, by_last)) is not None:
                found[wanted.name] = record.attributions(wanted.text)
        except InputError as error:
            failures.append(Failure(record.where, str(error).removeprefix(f"{record.where}: ")))
    missing = [article for article in articles if article.name not in found]
    failures += [Failure(str(path), f"The file contains no predictions for {one.name}.") for one in missing]
    return found, failures


def _article(
    record: Record, by_name: dict[str, GoldArticle], by_last: dict[str, list[GoldArticle]]
) -> GoldArticle | None:
    name = stem(record.name)
    if name in by_name:
        return by_name[name]
    same_file_name = by_last.get(name.rpartition("/")[2], [])
    matching = [one for one in same_file_name if f"/{name}".endswith(f"/{one.name}")] or same_file_name
    if len(matching) > 1:
        raise InputError(f"{record.where}: '{record.name}' matches several articles; use the path in the corpus.")
    return matching[0] if matching else None
