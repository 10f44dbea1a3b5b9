"""Count for each cue how often its content is a statement if it is a noun phrase.

    python -m training.noun_phrases --texts DIR --out quotetrack/extract/data/noun_phrases.tsv

``--texts`` is what ``training.news`` wrote. Quotations with a noun phrase as content, in all articles of
``tests/gold/news`` that are not held out, are counted by the lemma of their cue and by whether they are annotated as
a statement. ``find/bare.py`` uses the shares.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.news import compared, gold_of, text_of
from quotetrack.extract import extractions
from quotetrack.extract.find.bare import cue_of_noun_phrase
from quotetrack.model import SHOWN, Parsed
from quotetrack.parse.pipeline import Parser

PARTS = ("train", "more", "test", "dev", "check")


def judged(article: dict[str, object], text: str, parsed: Parsed) -> Iterator[tuple[str, bool]]:
    """The cue lemma of each extracted quotation whose content is a noun phrase, and whether it is a statement."""
    everything = list(extractions(parsed))
    records = [one.quotation.to_dict() for one in everything]
    rows = {id(row.found): row for row in compared(article, text, records) if row.found}
    for one, record in zip(everything, records, strict=True):
        lemma = cue_of_noun_phrase(one.reading, one.draft, one.quotation.kind)
        row = rows.get(id(record))
        if lemma and row is not None and one.quotation.stance in SHOWN:
            yield lemma, row.gold is not None and row.gold["stance"] in SHOWN


def main() -> None:
    """Parse the options, count, write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--texts", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    given = options.parse_args()
    parser = Parser(threads=1)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for part in PARTS:
        articles = gold_of(part)
        texts = [text_of(given.texts, article) for article in articles]
        for article, text, parsed in zip(articles, texts, parser.parse_all(texts), strict=True):
            for lemma, is_statement in judged(article, text, parsed):
                counts[lemma][not is_statement] += 1
    lines = [f"{lemma}\t{yes}\t{no}" for lemma, (yes, no) in sorted(counts.items())]
    head = "# Cue, how often a noun phrase beside it was a statement, and how often not (python -m training.noun_phrases).\n"
    given.out.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
