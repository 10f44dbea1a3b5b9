"""What every reader gets and gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from quotetrack.errors import InputError
from quotetrack.inputs.metadata import Metadata
from quotetrack.model import Article, Failure


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read.

    Attributes:
        path: The file.
        place: The file as text that can be stored, for ``location``.
        given: Metadata from the user, which overrides what the file says.
        columns: Names of fields of records from the user, such as ``{"published": "pub_date"}``.
    """

    path: Path
    place: str
    given: Metadata
    columns: Mapping[str, str] = field(default_factory=dict)


def failure(location: str, error: InputError) -> Failure:
    """Return ``error`` as the failure of the input at ``location``; the details are the error that caused it, if any."""
    return Failure(location, str(error), str(error.__cause__ or ""))


# A reader yields the articles of a file in order, and a failure for each that cannot be read. It may raise InputError.
Reader = Callable[[Source], Iterator[Article | Failure]]
