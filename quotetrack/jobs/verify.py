"""Check a whole database, and compute speakers and claims again to compare them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from quotetrack.jobs.refresh import complete, is_current, refresh
from quotetrack.store import Store
from quotetrack.store.integrity import UNREADABLE, Finding, derived, findings, forget_derived

_OTHER = "the rows are not those of a full run; 'quotetrack verify --repair' computes them again"
_BEHIND = "speakers and claims do not match the articles yet; 'quotetrack ingest' completes them"


def verify(store: Store) -> list[Finding]:
    """Check that every text is what its article says, that every reference resolves, that the hashes hold, that the indexes
    of search and check are complete, and that speakers and claims are those of a full run.

    The full run is done on a copy in the folder for temporary files. Returns what is wrong.

        with Store.open(Path("news.duckdb"), read_only=True) as store:
            assert not verify(store)
    """
    found = findings(store.connection)
    if any(one.table == UNREADABLE for one in found):
        return found
    if not is_current(store):
        return [*found, Finding("unfinished_run", _BEHIND, 1)]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.duckdb"
        store.copy_to(copy)
        with Store.open(copy) as other:
            _forget(other)
            refresh(other)  # not ``compute_again``, which keeps a snapshot for readers: the copy has none
            expected = derived(other.connection)
    for table, rows in derived(store.connection).items():
        if rows != expected[table]:
            found.append(Finding(table, _OTHER, max(abs(rows[0] - expected[table][0]), 1)))
    return found


def compute_again(store: Store) -> None:
    """Compute everything that is derived from articles and corrections again; readers see the state before meanwhile."""
    store.keep_readable()
    _forget(store)
    complete(store)


def _forget(store: Store) -> None:
    with store.transaction():
        forget_derived(store.connection)
