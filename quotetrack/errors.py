"""Exceptions raised by quotetrack. Messages say in one or two sentences what is wrong, where, and what to do.

QuotetrackError
├── UsageError        invalid arguments (exit code 2)
│   ├── ModelsMissing     the Stanza models are missing or cannot be loaded
│   ├── UnknownSpeaker    no speaker has the given name
│   └── DatabaseError     the file cannot be opened or is not a quotetrack database
│       └── DatabaseInUse     another program has the file open
├── InputError        one input cannot be read; the others are processed (exit code 1)
└── Interrupted       the user stopped the command (exit code 130)
"""

from __future__ import annotations

from collections.abc import Sequence


class QuotetrackError(Exception):
    """Base class of all errors that a user can fix. The command line shows the message without a traceback."""


class UsageError(QuotetrackError):
    """The arguments are invalid."""


class ModelsMissing(UsageError):
    """The requested Stanza models are missing or cannot be loaded."""


class UnknownSpeaker(UsageError):
    """No speaker has the given name. ``wanted`` is the name; ``near`` are identifier and name of speakers with similar names."""

    def __init__(self, wanted: str, near: Sequence[tuple[str, str]]) -> None:
        self.wanted = wanted
        self.near = tuple(near)
        alike = " or ".join(f"{name} ({key})" for key, name in self.near)
        meant = f" Did you mean {alike}? Give that name or id, or use" if alike else " Use"
        super().__init__(f"No speaker is called '{wanted}'.{meant} --new to create this speaker.")


class DatabaseError(UsageError):
    """The database file cannot be opened."""


class DatabaseInUse(DatabaseError):
    """Another program has the database file open."""


class Interrupted(QuotetrackError):
    """A run was stopped with Ctrl-C. The message says what was stored."""


class InputError(QuotetrackError):
    """One input could not be read. It is recorded, and the run continues with the next input."""


def interrupted(error: BaseException) -> bool:
    """Whether an error was caused by Ctrl-C, which DuckDB reports as a ``RuntimeError``.

    >>> interrupted(KeyboardInterrupt()), interrupted(RuntimeError("Query interrupted")), interrupted(ValueError("x"))
    (True, True, False)
    """
    return isinstance(error, KeyboardInterrupt) or (
        isinstance(error, RuntimeError) and str(error) == "Query interrupted"
    )
