"""A folder of gold annotation to articles: brat's standoff, PolNeAR's layout of it, or JSON."""

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
# PolNeAR's names: texts in one folder, annotation in the next, an article's name and its annotator's between them.
_TEXTS, _ANNOTATION = "text", "attributions"


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a table says of the articles: outlet and first annotator by file name without suffix."""

    outlets: dict[str, str] = field(default_factory=dict)
    annotators: dict[str, str] = field(default_factory=dict)


def read_corpus(folder: Path, outlets: Path | None = None) -> tuple[list[GoldArticle], list[Failure]]:
    """The gold articles below ``folder`` in the order of their names, and what could not be read.

    ``outlets`` is a table of outlets (see ``quotetrack evaluate --help``); a ``metadata.tsv`` in ``folder`` or beside it is
    one without being named. Raises ``UsageError`` where the folder holds no gold or the table is none.
    """
    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder}.")
    table = outlets or next((p for p in (folder / "metadata.tsv", folder.parent / "metadata.tsv") if p.is_file()), None)
    facts = _facts(table) if table else _Facts()
    if any(folder.rglob("*.ann")):
        read = list(_brat(folder, facts))
    else:
        read = list(_json(folder))
    if not read:
        raise UsageError(
            f"{folder} holds no gold annotation: neither .txt beside .ann (brat) nor .json or .jsonl with 'quotations'."
        )
    articles = [_with_outlet(one, facts) for one in read if isinstance(one, GoldArticle)]
    return sorted(articles, key=lambda one: one.name), [one for one in read if isinstance(one, Failure)]


def _brat(folder: Path, facts: _Facts) -> Iterator[GoldArticle | Failure]:
    for path in sorted(folder.rglob("*.txt")):
        annotation = _annotation_of(path, facts)
        if annotation is None:
            yield Failure(str(path), "The text has no annotation: neither an .ann beside it nor one in 'attributions'.")
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
    """The message without the file's name, which the failure carries already, but with its line."""
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
    # An annotator's name holds no underscore, so that no longer article's annotation is taken for this one's.
    found = sorted(p for p in folder.glob("*.ann") if p.stem.rpartition("_")[0] == path.stem)
    return found[0] if found else None


def _folder_outlet(path: Path, folder: Path) -> str | None:
    """The folder that a text lies in, or the head of its name before the first underscore."""
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
                continue  # some other JSON that lies there
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
        raise UsageError(f"{table} cannot be read as a table with tabs: {error}.") from error
    columns = rows[0].keys() if rows else ()
    name, outlet = (next((c for c in wanted if c in columns), None) for wanted in (_FILE, _OUTLET))
    if name is None or outlet is None:
        raise UsageError(
            f"{table} needs a first line with the columns 'filename' and 'outlet' (or 'publisher'), and tabs."
        )
    facts = _Facts()
    for row in rows:
        key = (row[name] or "").rpartition("/")[2].removesuffix(".txt")
        facts.outlets[key] = row[outlet] or ""
        if row.get("annotators"):
            facts.annotators[key] = row["annotators"].split("|")[0]
    return facts
