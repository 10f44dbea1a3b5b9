"""Record corrections and update speakers and claims."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from quotetrack.jobs.refresh import refresh
from quotetrack.store import Store

Arguments = ParamSpec("Arguments")
Recorded = TypeVar("Recorded")


def correct(
    store: Store,
    decision: Callable[Concatenate[Store, Arguments], Recorded],
    *args: Arguments.args,
    **kwargs: Arguments.kwargs,
) -> Recorded:
    """Call ``decision``, a function of ``quotetrack.corrections.decisions``, then ``refresh``; returns what it returns.

    Raises ``UsageError`` if the correction cannot be recorded. If the process is killed after recording it, the next
    ``refresh`` completes the update.

        with Store.open(Path("news.duckdb")) as store:
            number = correct(store, decisions.rename, "Vale", "Ruth Vale", "full name in the first report", "ann")
    """
    recorded = decision(store, *args, **kwargs)
    refresh(store)
    return recorded
