"""Record corrections and update speakers and claims."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from quotetrack.jobs.refresh import complete, refresh
from quotetrack.store import Store

Arguments = ParamSpec("Arguments")
Recorded = TypeVar("Recorded")


def correct(
    store: Store,
    decision: Callable[Concatenate[Store, Arguments], Recorded],
    *args: Arguments.args,
    **kwargs: Arguments.kwargs,
) -> Recorded:
    """Call ``decision``, a function of ``quotetrack.corrections.decisions``, and update everything; returns what it returns.

    The correction and all of its effects are one transaction: if the process is killed, the database is as before.
    Before, an earlier run that was killed is completed.

    Raises ``UsageError`` if the correction cannot be recorded.

        with Store.open(Path("news.duckdb")) as store:
            number = correct(store, decisions.rename, "Vale", "Ruth Vale", "full name in the first report", "ann")
    """
    complete(store)
    with store.transaction():
        recorded = decision(store, *args, **kwargs)
        refresh(store)
    return recorded
