"""The Python API; ``import quotetrack`` offers all of it and imports it when it is first used."""

from quotetrack.api.database import Database, open_database
from quotetrack.api.extractor import Extractor, extract, load

__all__ = ["Database", "Extractor", "extract", "load", "open_database"]
