"""Read drafts, extract their quotations and check them; implements ``quotetrack check --file``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from quotetrack.check.draft_records import DraftReport
from quotetrack.check.drafts import check_quotations
from quotetrack.errors import InputError
from quotetrack.inputs.drafts import Draft, draft_of_text, find_drafts, read_draft
from quotetrack.jobs.analysis import Analyser, batches, results
from quotetrack.model import Failure, Quotation
from quotetrack.parse.models import ModelChoice
from quotetrack.store import Store


def check_files(
    store: Store, names: Sequence[str], models: ModelChoice, standard_input: BinaryIO | None = None
) -> Iterator[DraftReport | Failure]:
    """Yield a report, or a ``Failure``, for each draft in the files and folders; ``-`` reads standard input.

    Raises ``UsageError`` if a path does not exist, and ``ModelsMissing``.
    """
    found = find_drafts(names)
    yield from check_drafts(store, [read_draft(one, standard_input) for one in found], models)


def check_drafts(
    store: Store, drafts: Sequence[Draft | Failure], models: ModelChoice
) -> Iterator[DraftReport | Failure]:
    """Yield a report for each draft, and each ``Failure`` as it is. Raises ``ModelsMissing``."""
    for one in read_quotations(drafts, models):
        yield one if isinstance(one, Failure) else check_quotations(store, *one)


def check_draft(store: Store, draft: str | Path, models: ModelChoice) -> DraftReport:
    """Return the report on one draft: a text, or the file at a ``Path``. Raises ``InputError`` and ``ModelsMissing``."""
    given = read_draft(draft) if isinstance(draft, Path) else draft_of_text(draft)
    [report] = check_drafts(store, [given], models)
    if isinstance(report, Failure):
        raise InputError(f"{report.location}: {report.reason}" if report.location else report.reason)
    return report


def read_quotations(
    drafts: Sequence[Draft | Failure], models: ModelChoice
) -> Iterator[tuple[Draft, list[Quotation]] | Failure]:
    """Yield each draft with its quotations, or a ``Failure``, without using a database. Raises ``ModelsMissing``."""
    with Analyser[list[Draft | Failure]](models) as analyser:
        for batch, analysed in analyser.all(batches(drafts, analyser.batch)):
            yield from results(batch, analysed)
