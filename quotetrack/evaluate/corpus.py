"""Read a folder of gold annotations: brat standoff, the PolNeAR layout, or JSON."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from quotetrack.errors import InputError, UsageError
from quotetrack.evaluate.brat import read_ann
from quotetrack.evaluate.items import GoldArticle
from quotetrack.evaluate.records import gold_of, read_records, read_text
from quotetrack.model import Failure

_FILE = ("filename", "file", "doc", "article", "name")
_OUTLET = ("outlet", "publisher", "source")
# The folders of PolNeAR; annotation files are named after the article and the annotator.
_TEXTS, _ANNOTATION = "text", "attributions"


@dataclass(frozen=True, slots=True)
class _Facts:
    """Outlets and first annotators from a metadata table, by file name without suffix."""

    outlets: dict[str, str] = field(default_factory=dict)
    annotators: dict[str, str] = field(default_factory=dict)


def read_corpus(folder: Path, outlets: Path | None = None) -> tuple[list[GoldArticle], list[Failure]]:
    """Return the gold articles in ``folder``, sorted by name, and the files that could not be read.

    ``outlets`` is a table of outlets (see ``quotetrack evaluate --help``), by default ``metadata.tsv`` in ``folder`` or its
    parent. Raises ``UsageError`` if the folder contains no gold annotations or the table is invalid.
    """
    if not folder.is_dir():
        raise UsageError(f"Folder not found: {folder}.")
    table = outlets or next((p for p in (folder / "metadata.tsv", folder.parent / "metadata.tsv") if p.is_file()), None)
    facts = _facts(table) if table else _Facts()
    if any(folder.rglob("*.ann")):
        read = list(_brat(folder, facts))
    else:
        read = list(_json(folder))
    if not read:
        raise UsageError(
            f"{folder} contains no gold annotations; expected .txt and .ann files (brat), or .json or .jsonl with 'quotations'."
        )
    articles = [_with_outlet(one, facts) for one in read if isinstance(one, GoldArticle)]
    return sorted(articles, key=lambda one: one.name), [one for one in read if isinstance(one, Failure)]


def _brat(folder: Path, facts: _Facts) -> Iterator[GoldArticle | Failure]:
    for path in sorted(folder.rglob("*.txt")):
        annotation = _annotation_of(path, facts)
        if annotation is None:
            yield Failure(
                str(path), "No annotation found for this text; expected an .ann file next to it or in 'attributions'."
            )
            continue
        try:
            text = read_text(path)
            attributions, discard = read_ann(annotation, text)
        except InputError as error:
            yield Failure(str(annotation), _reason(error, annotation, path))
            continue
        name = path.relative_to(folder).with_suffix("").as_posix()
        yield GoldArticle(name, text, attributions, discard, _folder_outlet(path, folder), str(annotation))


def _reason(error: InputError, *places: Path) -> str:
    """Return the message without the file name, which is part of the failure, but with the line."""
    message = str(error)
    for place in places:
        message = message.removeprefix(f"{place}: ").removeprefix(f"{place}, ")
    return message[:1].upper() + message[1:]


def _annotation_of(path: Path, facts: _Facts) -> Path | None:
    beside = path.with_suffix(".ann")
    if beside.is_file():
        return beside
    if path.parent.name != _TEXTS:
        return None
    folder = path.parent.parent / _ANNOTATION
    annotator = facts.annotators.get(path.stem)
    if annotator and (named := folder / f"{path.stem}_{annotator}.ann").is_file():
        return named
    # Names of annotators contain no underscore, so annotations of articles with longer names do not match.
    found = sorted(p for p in folder.glob("*.ann") if p.stem.rpartition("_")[0] == path.stem)
    return found[0] if found else None


def _folder_outlet(path: Path, folder: Path) -> str | None:
    """Return the subfolder of a text, or its file name up to the first underscore."""
    if path.parent != folder and path.parent.name != _TEXTS:
        return path.parent.name
    head, underscore, _ = path.stem.partition("_")
    return head if underscore else None


def _json(folder: Path) -> Iterator[GoldArticle | Failure]:
    for path in sorted(p for p in folder.rglob("*.json*") if p.suffix in (".json", ".jsonl")):
        for record in read_records(path):
            if isinstance(record, Failure):
                yield record
                continue
            if "quotations" not in record.fields:
                continue  # an unrelated JSON file
            try:
                yield gold_of(record, path.parent)
            except InputError as error:
                yield Failure(record.where, str(error).removeprefix(f"{record.where}: "))


def _with_outlet(article: GoldArticle, facts: _Facts) -> GoldArticle:
    known = facts.outlets.get(article.name.rpartition("/")[2])
    return replace(article, outlet=known or article.outlet)


def _facts(table: Path) -> _Facts:
    try:
        with table.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"Cannot read {table} as a tab-separated table: {error}.") from error
    columns = rows[0].keys() if rows else ()
    name, outlet = (next((c for c in wanted if c in columns), None) for wanted in (_FILE, _OUTLET))
    if name is None or outlet is None:
        raise UsageError(
            f"{table} must be tab-separated, with the columns 'filename' and 'outlet' (or 'publisher') in the first line."
        )
    facts = _Facts()
    for row in rows:
        key = (row[name] or "").rpartition("/")[2].removesuffix(".txt")
        facts.outlets[key] = row[outlet] or ""
        if row.get("annotators"):
            facts.annotators[key] = row["annotators"].split("|")[0]
    return facts
