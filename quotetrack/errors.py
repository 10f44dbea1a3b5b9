"""The errors a user can meet. Each message is one sentence or two: what was wrong, where, what to do.

QuotetrackError
├── UsageError        the command was asked for something it cannot do (exit code 2)
│   ├── ModelsMissing     no Stanza models where they were looked for
│   └── DatabaseError     the database cannot be opened, or is not one of ours
├── InputError        one input cannot be read; the others go on (exit code 1)
└── Interrupted       the user stopped the command (exit code 130)
"""

from __future__ import annotations


class QuotetrackError(Exception):
    """Something a user can understand and mend; its text is shown without a traceback."""


class UsageError(QuotetrackError):
    """The command as given cannot be carried out."""


class ModelsMissing(UsageError):
    """The Stanza models asked for are not there or do not load."""


class DatabaseError(UsageError):
    """The database file cannot be used."""


class Interrupted(QuotetrackError):
    """An interrupt from the keyboard (Ctrl-C) ended a run. The message says what was kept."""


class InputError(QuotetrackError):
    """One input could not be read. It is recorded, and the run goes on with the next."""


def interrupted(error: BaseException) -> bool:
    """Whether an interrupt from the keyboard is behind an error: DuckDB makes one of its own of it.

    >>> interrupted(KeyboardInterrupt()), interrupted(RuntimeError("Query interrupted")), interrupted(ValueError("x"))
    (True, True, False)
    """
    return isinstance(error, KeyboardInterrupt) or (
        isinstance(error, RuntimeError) and str(error) == "Query interrupted"
    )
