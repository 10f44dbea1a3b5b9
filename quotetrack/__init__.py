"""quotetrack: who said what, from news articles, each quotation pinned to the characters it stands on."""

from quotetrack.model import Article, Entity, Failure, Parsed, Quotation, Sentence, Span, Speaker, Word
from quotetrack.version import __version__

__all__ = ["Article", "Entity", "Failure", "Parsed", "Quotation", "Sentence", "Span", "Speaker", "Word", "__version__"]
