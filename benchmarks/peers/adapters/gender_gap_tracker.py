"""The Gender Gap Tracker (https://github.com/sfu-discourse-lab/GenderGapTracker): ``nlp/english/quote_extractor.py``.

    python -m benchmarks.peers.adapters.gender_gap_tracker --clone GenderGapTracker [--model en_core_web_lg]

Only its extractor is run, not its gender and coreference steps. Speakers are named by the rule of ``quote_assign`` in
``entity_gender_annotator.py``, without coreference. Like its own scripts, the adapter cleans a text with
``utils.preprocess_text`` first; offsets are then traced back to the text as given.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.peers.adapters import Quotation, answer

Range = tuple[int, int]


def main() -> None:
    """Import the extractor of the clone, load the pipeline and answer."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--clone", type=Path, required=True, help="a clone of the repository")
    options.add_argument("--model", default="en_core_web_lg", help="name of an installed spaCy pipeline for English")
    given = options.parse_args()
    folder = given.clone.resolve() / "nlp" / "english"
    sys.path.insert(0, str(folder))
    # Importing the extractor creates a folder "logs" where it is run.
    os.chdir(tempfile.mkdtemp())
    import quote_extractor
    import spacy
    import utils

    pipeline = spacy.load(given.model)
    verbs = str(folder / "rules" / "quote_verb_list.txt")
    extractor = quote_extractor.QuoteExtractor({"spacy_lang": pipeline, "NLP": {"QUOTE_VERBS": verbs}})

    def extract(text: str) -> list[Quotation]:
        doc = pipeline(utils.preprocess_text(text))
        origins = traced(text, doc.text)
        return [one for quote in extractor.extract_quotes(doc) if (one := quotation(quote, origins, doc))]

    answer(extract)


def quotation(quote: dict[str, Any], origins: list[int], doc: Any) -> Quotation | None:
    """The quotation of a record of the extractor, whose indexes are strings such as ``(12,40)``; ``None`` if it is empty.

    ``origins`` are the offsets before cleaning (see ``traced``), ``doc`` is what spaCy made of the cleaned text.
    """
    content, cue, source = (
        restored(indexes(quote[key]), origins) for key in ("quote_index", "verb_index", "speaker_index")
    )
    if content is None:
        return None
    return {
        "content": [content],
        "cue": cue,
        "source": source,
        "speaker": name_of(indexes(quote["speaker_index"]), doc),
    }


def name_of(place: Range | None, doc: Any) -> str | None:
    """The first person with several names in the phrase of the speaker, else the first entity in it, else ``None``."""
    if place is None:
        return None
    # The tracker asks for two characters in common.
    inside = [one for one in doc.ents if min(one.end_char, place[1]) - max(one.start_char, place[0]) >= 2]
    people = [one for one in inside if one.label_ == "PERSON" and " " in one.text.strip()]
    return next((one.text for one in [*people, *inside]), None)


def indexes(value: str) -> Range | None:
    """The offsets in ``(12,40)``; ``None`` for an empty string and for ``(0,0)``, which both mean that there is nothing.

    >>> indexes("(12,40)")
    (12, 40)
    """
    match = re.fullmatch(r"\((\d+),(\d+)\)", value)
    if not match or int(match[1]) >= int(match[2]):
        return None
    return int(match[1]), int(match[2])


def traced(text: str, cleaned: str) -> list[int]:
    """For each offset in ``cleaned`` the offset of the same character in ``text``, and -1 for what cleaning adds.

    Cleaning adds and removes only full stops and spaces, and replaces other characters one by one; the others are
    therefore paired in order. Raises ``ValueError`` if their numbers differ.
    """
    kept, own = ([i for i, c in enumerate(one) if c != "." and not c.isspace()] for one in (text, cleaned))
    if len(kept) != len(own):
        raise ValueError("The cleaned text cannot be traced back to the text.")
    origins = [-1] * len(cleaned)
    for origin, offset in zip(kept, own):  # noqa: B905 - Python 3.9 has no "strict"; the lengths are equal
        origins[offset] = origin
    return origins


def restored(place: Range | None, origins: list[int]) -> Range | None:
    """The range of ``text`` for a range of the cleaned text, without full stops and spaces at its ends."""
    inside = [origin for origin in origins[slice(*place)] if origin >= 0] if place else []
    return (inside[0], inside[-1] + 1) if inside else None


if __name__ == "__main__":
    main()
