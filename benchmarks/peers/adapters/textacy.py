"""textacy (https://github.com/chartbeat-labs/textacy): ``textacy.extract.direct_quotations`` on a spaCy pipeline.

    python -m benchmarks.peers.adapters.textacy [--model en_core_web_sm] [--by-paragraph]

It finds direct quotations only. It raises an error for a text with an odd number of quotation marks; with
``--by-paragraph`` each paragraph is a text of its own, so that such a paragraph does not lose the others.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from typing import Any

from benchmarks.peers.adapters import Quotation, answer
from benchmarks.peers.adapters.spacy_names import names_of


def main() -> None:
    """Load the pipeline and answer."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--model", default="en_core_web_sm", help="name of an installed spaCy pipeline for English")
    options.add_argument("--by-paragraph", action="store_true")
    given = options.parse_args()
    import spacy
    from textacy.extract import direct_quotations

    pipeline = spacy.load(given.model)

    def whole(text: str) -> list[Quotation]:
        return [quotation(triple) for triple in direct_quotations(pipeline(text))]

    answer((lambda text: by_paragraph(text, whole)) if given.by_paragraph else whole)


def quotation(triple: Any) -> Quotation:
    """The quotation of a triple with the fields ``speaker`` and ``cue`` (lists of tokens) and ``content`` (a span).

    The tokens of a speaker are nouns with their compounds, not a phrase; the phrase from the first to the last is taken.
    """
    first, last = triple.speaker[0], triple.speaker[-1]
    cues = [(token.idx, token.idx + len(token.text)) for token in triple.cue]
    return {
        "content": [(triple.content.start_char, triple.content.end_char)],
        "cue": (cues[0][0], cues[-1][1]),
        "source": (first.idx, last.idx + len(last.text)),
        "speaker": names_of(triple.content.doc[first.i : last.i + 1]),
    }


def by_paragraph(text: str, extract: Callable[[str], list[Quotation]]) -> list[Quotation]:
    """The quotations of each paragraph, with offsets in ``text``. A paragraph for which ``ValueError`` is raised has none."""
    found: list[Quotation] = []
    for start, paragraph in paragraphs(text):
        try:
            own = extract(paragraph)
        except ValueError:
            continue
        found += [_shifted(one, start) for one in own]
    return found


def paragraphs(text: str) -> Iterable[tuple[int, str]]:
    """The lines of ``text`` that are not empty, with their start."""
    return [(match.start(), match.group()) for match in re.finditer(r"[^\n]*\S[^\n]*", text)]


def _shifted(one: Quotation, by: int) -> Quotation:
    moved = {part: one[part] and (one[part][0] + by, one[part][1] + by) for part in ("cue", "source")}
    return {**one, **moved, "content": [(start + by, end + by) for start, end in one["content"]]}


if __name__ == "__main__":
    main()
