"""Accuracy of quotations and speakers on diverse news, by the subject of the articles.

    python -m benchmarks.news_subjects FOLDER [--parts dev check held] [--json out.json]

``FOLDER`` holds the texts, as for ``benchmarks.news``; ``tests/gold/news/subjects.tsv`` has the subjects, one for each
article. Nothing is learnt from the three parts. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

from benchmarks import record
from benchmarks.markdown import field, table
from benchmarks.news import GOLD, Row, compared, extracted, figures, gold_of, text_of

COLUMNS = [
    ("subject", field("subject")), ("articles", field("articles")), ("quotations", field("quotations")),
    ("statements found, %", field("found_of_statements")), ("shown although not a statement, %", field("no_statement")),
    ("shown by default: speaker correct / wrong, %", lambda row: f"{row['correct']} / {row['wrong']}"),
]  # fmt: skip


def main() -> None:
    """Extract, compare and print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--parts", nargs="+", default=["dev", "check", "held"])
    record.add_option(options)
    given = options.parse_args()
    articles = [article for part in given.parts for article in gold_of(part)]
    texts = {article["id"]: text_of(given.folder, article) for article in articles}
    found = extracted(articles, texts)
    of = subjects()
    grouped: dict[str, list[list[Row]]] = defaultdict(list)
    for article in articles:
        one = article["id"]
        grouped[of[one]].append(list(compared(article, texts[one], found[one])))
    rows = [measured(subject, some) for subject, some in sorted(grouped.items())]
    rows.append(measured("all", [one for some in grouped.values() for one in some]))
    print(table(COLUMNS, rows))
    record.write(given.json, rows)


def subjects() -> dict[str, str]:
    """The subject of each article."""
    with (GOLD / "subjects.tsv").open(encoding="utf-8", newline="") as lines:
        return {line["article"]: line["subject"] for line in csv.DictReader(lines, delimiter="\t")}


def measured(subject: str, articles: list[list[Row]]) -> dict[str, Any]:
    """The figures of the articles of one subject."""
    found = figures([row for rows in articles for row in rows])
    return {
        "subject": subject, "articles": len(articles), "quotations": found["quotations"],
        "found_of_statements": found["found of statements"], "no_statement": found["shown, no statement"],
        "correct": found["shown, speaker"]["right of all"], "wrong": found["shown, speaker"]["wrong of all"],
    }  # fmt: skip


if __name__ == "__main__":
    main()
