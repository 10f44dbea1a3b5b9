"""Extract quotations and their speakers from news articles, with character offsets into the text.

``extract`` and ``load`` find the quotations in texts; ``open_database`` stores articles, speakers and claims. Submodules
are imported on first use, so ``import quotetrack`` is fast.

>>> import quotetrack
>>> [quotation] = quotetrack.extract("“We sail at dawn,” said Ruth Vale.")
>>> quotation.speaker.name, quotation.text
('Ruth Vale', '“We sail at dawn,”')
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from quotetrack.errors import DatabaseError, InputError, ModelsMissing, QuotetrackError, UsageError
from quotetrack.version import __version__

if TYPE_CHECKING:
    from quotetrack.api import Database, Extractor, extract, load, open_database
    from quotetrack.model import Article, Entity, Failure, Parsed, Quotation, Sentence, Span, Speaker, Word

__all__ = [
    "Article",
    "Database",
    "DatabaseError",
    "Entity",
    "Extractor",
    "Failure",
    "InputError",
    "ModelsMissing",
    "Parsed",
    "Quotation",
    "QuotetrackError",
    "Sentence",
    "Span",
    "Speaker",
    "UsageError",
    "Word",
    "__version__",
    "extract",
    "load",
    "open_database",
]


class _Extract(ModuleType):
    """The package ``quotetrack.extract``, made callable so that ``quotetrack.extract(text)`` works."""

    def __call__(self, text: str) -> list[Quotation]:
        """Return the quotations in ``text``, in order; offsets count its characters."""
        from quotetrack.api import extract

        return extract(text)


class _Package(ModuleType):
    """This package. Importing the subpackage sets ``quotetrack.extract``; ``__setattr__`` then makes it callable."""

    def __setattr__(self, name: str, value: object) -> None:
        if name == "extract" and isinstance(value, ModuleType):
            value.__class__ = _Extract
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    if name == "extract":
        import importlib

        return importlib.import_module("quotetrack.extract")
    if name in ("Database", "Extractor", "load", "open_database"):
        import quotetrack.api

        return getattr(quotetrack.api, name)
    if name in __all__:
        import quotetrack.model

        return getattr(quotetrack.model, name)
    raise AttributeError(f"module 'quotetrack' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
