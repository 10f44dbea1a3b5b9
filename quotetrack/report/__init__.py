"""Write dossiers as a static HTML site."""

from quotetrack.report.site import Site, write_site

__all__ = ["Site", "write_site"]
