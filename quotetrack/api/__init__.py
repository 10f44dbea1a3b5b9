"""The Python API. ``quotetrack`` re-exports all of it and imports it on first use."""

from quotetrack.api.database import Database, open_database
from quotetrack.api.extractor import Extractor, extract, load

__all__ = ["Database", "Extractor", "extract", "load", "open_database"]
