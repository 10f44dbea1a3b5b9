"""The errors a user can meet. Each message is one sentence or two: what was wrong, where, what to do.

QuotetrackError
├── UsageError        the command was asked for something it cannot do (exit code 2)
│   ├── ModelsMissing     no Stanza models where they were looked for
│   └── DatabaseError     the database cannot be opened, or is not one of ours
└── InputError        one input cannot be read; the others go on (exit code 1)
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


class InputError(QuotetrackError):
    """One input could not be read. It is recorded, and the run goes on with the next."""
