"""The dossiers: a static site from the store, read only."""

from quotetrack.report.site import Site, write_site

__all__ = ["Site", "write_site"]
