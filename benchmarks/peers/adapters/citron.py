"""BBC Citron (https://github.com/bbc/citron), used as a library.

    python -m benchmarks.peers.adapters.citron --clone citron [--model citron/models/en_2021-11-15]

Its REST API and ``citron-extract`` are not used: the offsets they write are numbers of tokens, not of characters.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from benchmarks.peers.adapters import Quotation, answer
from benchmarks.peers.adapters.spacy_names import names_of


def main() -> None:
    """Load Citron and answer."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--clone", type=Path, required=True, help="a clone of the repository")
    options.add_argument("--model", type=Path, help="folder of the model, by default models/en_2021-11-15 of the clone")
    given = options.parse_args()
    sys.path.insert(0, str(given.clone.resolve()))
    from citron import utils
    from citron.citron import Citron

    parser = utils.get_parser()
    system = Citron(str(given.model or given.clone / "models" / "en_2021-11-15"), parser)
    answer(lambda text: [quotation(quote) for quote in system.get_quotes(parser(text))])


def quotation(quote: Any) -> Quotation:
    """The quotation of a ``citron.data.Quote``: spans ``cue``, ``sources`` and ``contents``, and ``coreferences`` or ``None``.

    ``coreferences`` are the names that Citron resolved sources to. It leaves out a name that is the source itself, so without
    any the entities at the heads of the sources are the names.
    """
    sources = sorted(quote.sources, key=lambda span: span.start_char)
    resolved = [span.text for span in quote.coreferences or []]
    return {
        "content": [(span.start_char, span.end_char) for span in quote.contents],
        "cue": (quote.cue.start_char, quote.cue.end_char),
        "source": (sources[0].start_char, sources[-1].end_char),
        "speaker": resolved or [name for span in sources for name in names_of(span)],
    }


if __name__ == "__main__":
    main()
