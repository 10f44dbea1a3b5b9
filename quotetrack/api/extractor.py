"""Extract quotations from texts without a database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from quotetrack.model import Quotation

if TYPE_CHECKING:
    from quotetrack.parse.pipeline import Parser

_BATCH = 32  # texts; enough to fill the batches of the networks


class Extractor:
    """Loaded models. Call it with one text, or use ``pipe`` for many texts, which is several times as fast.

    >>> extractor = load()
    >>> [quotation.kind for quotation in extractor("Ruth Vale said the port was shut.")]
    ['indirect']
    """

    def __init__(self, parser: Parser) -> None:
        self._parser = parser

    def __call__(self, text: str) -> list[Quotation]:
        """Return the quotations in ``text``, in order; offsets count its characters."""
        [found] = self.pipe([text])
        return found

    def pipe(self, texts: Iterable[str]) -> Iterator[list[Quotation]]:
        """Yield the quotations of each text, in order. Reads texts ahead to fill batches.

        >>> texts = ["“We sail,” said Ruth Vale.", "The sea was calm."]
        >>> [len(quotations) for quotations in load().pipe(texts)]
        [1, 0]
        """
        from quotetrack.extract import extract as quotations_in

        remaining = iter(texts)
        while batch := list(islice(remaining, _BATCH)):
            for parsed in self._parser.parse_all(batch):
                yield quotations_in(parsed)


def load(model_dir: str | Path | None = None, package: str | None = None) -> Extractor:
    """Load the built-in English models, or Stanza models from ``model_dir`` and ``package``.

    Takes a few seconds and about 1 GB of memory. Raises ``ModelsMissing`` if the requested models are missing.

    >>> load(model_dir="nowhere")
    Traceback (most recent call last):
    quotetrack.errors.ModelsMissing: ...
    """
    from quotetrack.parse.models import choose
    from quotetrack.parse.pipeline import Parser

    if model_dir is None and package is None:
        return _embedded()
    return Extractor(Parser(choose(Path(model_dir) if model_dir is not None else None, package)))


def extract(text: str) -> list[Quotation]:
    """Return the quotations in ``text``, in order, using the built-in models; offsets count its characters.

    The models are loaded on the first call and cached. For many texts use ``load().pipe(texts)``.

    >>> text = "“We sail at dawn,” said Ruth Vale, the harbour master."
    >>> [quotation] = extract(text)
    >>> quotation.kind, quotation.speaker.name, quotation.role.text, quotation.stance
    ('direct', 'Ruth Vale', 'harbour master', 'stated')
    >>> span = quotation.content[0]
    >>> text[span.start : span.end] == span.text
    True
    """
    return _embedded()(text)


@cache
def _embedded() -> Extractor:
    from quotetrack.parse.pipeline import Parser

    return Extractor(Parser())
