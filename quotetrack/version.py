"""The version of quotetrack; the database records which one extracted a quotation."""

__version__ = "0.2.0"
