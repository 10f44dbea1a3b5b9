"""Texts to quotations, without a database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from quotetrack.model import Quotation

if TYPE_CHECKING:
    from quotetrack.parse.pipeline import Parser

_BATCH = 32  # texts; enough for full batches of the networks


class Extractor:
    """Loaded models. Call it with one text, or pass many through ``pipe``, which is several times as fast.

    >>> extractor = load()
    >>> [quotation.kind for quotation in extractor("Ruth Vale said the port was shut.")]
    ['indirect']
    """

    def __init__(self, parser: Parser) -> None:
        self._parser = parser

    def __call__(self, text: str) -> list[Quotation]:
        """The quotations of ``text``, in order; offsets count its characters."""
        [found] = self.pipe([text])
        return found

    def pipe(self, texts: Iterable[str]) -> Iterator[list[Quotation]]:
        """The quotations of each of ``texts``, in their order; some are read ahead, so that batches are full.

        >>> texts = ["“We sail,” said Ruth Vale.", "The sea was calm."]
        >>> [len(quotations) for quotations in load().pipe(texts)]
        [1, 0]
        """
        from quotetrack.extract import extract as quotations_in

        waiting = iter(texts)
        while batch := list(islice(waiting, _BATCH)):
            for parsed in self._parser.parse_all(batch):
                yield quotations_in(parsed)


def load(model_dir: str | Path | None = None, package: str | None = None) -> Extractor:
    """Load the models that come with quotetrack (English), or those of a folder and a package of Stanza models.

    Takes some seconds and about a gigabyte. Raises ``ModelsMissing`` where the models asked for are not there.

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
    """The quotations of ``text``, in order, by the models that come with quotetrack; offsets count its characters.

    The models are loaded at the first call and kept. For many texts use ``load().pipe(texts)``.

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
