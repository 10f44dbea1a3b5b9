"""Write the texts annotated in ``tests/gold/news`` and ``tests/gold/speakers/news.jsonl``, one file per article.

    python -m training.news --worldwide DIR --pages DIR --out DIR

``--worldwide`` is the English Worldwide Newswire (Shan et al. 2023) as raw text. ``--pages`` is the folder of test
data of fundus (Dallabetta et al. 2024): JSON files by outlet, whose title, summary, headings and paragraphs are
joined by empty lines. The texts belong to their publishers.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold"


def page_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """The identifier and the text of every page in the folder."""
    for path in sorted(folder.glob("*.json")):
        for version, page in json.loads(path.read_text(encoding="utf-8")).items():
            paragraphs = list(page["body"]["summary"])
            for section in page["body"]["sections"]:
                paragraphs += section["headline"] + section["paragraphs"]
            text = "\n\n".join(p.strip() for p in paragraphs if p.strip())
            if page.get("title"):
                text = page["title"].strip() + "\n\n" + text
            yield f"{path.stem}_{version}", text


def wanted() -> dict[str, str]:
    """The SHA-256 of the text of every annotated article, by identifier."""
    lines: list[dict[str, Any]] = []
    for path in (*sorted((GOLD / "news").glob("*.jsonl")), GOLD / "speakers" / "news.jsonl"):
        lines += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return {line.get("id") or line["document"]: line["sha256"] for line in lines}


def main() -> None:
    """Parse the options, write the texts, and report missing and different ones."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--worldwide", type=Path, required=True)
    options.add_argument("--pages", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    given = options.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    pages = dict(page_texts(given.pages))
    written = 0
    for name, sha256 in wanted().items():
        path = given.worldwide / f"{name}.txt"
        text = path.read_bytes().decode("utf-8") if path.is_file() else pages.get(name)
        if text is None or hashlib.sha256(text.encode()).hexdigest() != sha256:
            print(f"{name}: {'missing' if text is None else 'differs from the annotated text'}")
            continue
        (given.out / f"{name}.txt").write_bytes(text.encode("utf-8"))
        written += 1
    print(f"{written} texts written to {given.out}")


if __name__ == "__main__":
    main()
