"""The DuckDB database of articles, quotations, speakers and claims: opening, migrations and writing articles."""

from quotetrack.store.database import Store

__all__ = ["Store"]
