"""Evaluate extraction against gold annotations, with figures and a page of errors.

The measures follow the evaluation of quotation and attribution extraction on PolNeAR (Newell, Margolin and Ruths, "An
Attribution Relations Corpus for Political News", LREC 2018): exact and overlapping contents, sources, both together.
"""

from quotetrack.evaluate.corpus import read_corpus
from quotetrack.evaluate.figures import Result, Row, Share, result_of
from quotetrack.evaluate.items import Attribution, GoldArticle
from quotetrack.evaluate.matching import Comparison, compare
from quotetrack.evaluate.page import write_errors
from quotetrack.evaluate.predictions import from_file, from_models

__all__ = [
    "Attribution",
    "Comparison",
    "GoldArticle",
    "Result",
    "Row",
    "Share",
    "compare",
    "from_file",
    "from_models",
    "read_corpus",
    "result_of",
    "write_errors",
]
