"""DuckDB: where articles, quotations, speakers and claims are kept. The only room that writes."""

from quotetrack.store.database import Store

__all__ = ["Store"]
