"""The SQL of clustering: what has changed since it last ran, what it needs to know, and what it found.

Clustering holds the transaction and passes lists of identifiers by temporary tables: ``changes`` (quotations that came,
went or altered), ``touched`` (wordings whose cores are made again) and ``affected`` (quotations whose claims are).
"""

from quotetrack.store.claims.changes import (
    find_changes,
    forget_all,
    forget_all_claims,
    remember,
    remember_all,
    unclustered,
)
from quotetrack.store.claims.cores import (
    absorb,
    add_single_claims,
    forget_claims,
    forget_cores,
    standing_printings,
    touch,
    touched_components,
)
from quotetrack.store.claims.echoes import add_echoes, echo_pairs, forget_echoes
from quotetrack.store.claims.rows import Connection, add, add_rows, number, prefer_indexes, write_out
from quotetrack.store.claims.wordings import (
    all_codes,
    all_pairs,
    all_texts,
    begin_wordings,
    changed_texts,
    changed_wordings,
    codes_of,
    drop_pairs,
    drop_wordings,
    forget_wordings_of_changes,
    known_codes,
    neighbours,
    number_wordings,
    repeated,
    under_windows,
    without_use,
)

__all__ = [
    "Connection",
    "absorb",
    "add",
    "add_echoes",
    "add_rows",
    "add_single_claims",
    "all_codes",
    "all_pairs",
    "all_texts",
    "begin_wordings",
    "changed_texts",
    "changed_wordings",
    "codes_of",
    "drop_pairs",
    "drop_wordings",
    "echo_pairs",
    "find_changes",
    "forget_all",
    "forget_all_claims",
    "forget_claims",
    "forget_cores",
    "forget_echoes",
    "forget_wordings_of_changes",
    "known_codes",
    "neighbours",
    "number",
    "number_wordings",
    "prefer_indexes",
    "remember",
    "remember_all",
    "repeated",
    "standing_printings",
    "touch",
    "touched_components",
    "unclustered",
    "under_windows",
    "without_use",
    "write_out",
]
