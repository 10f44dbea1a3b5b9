"""The formats, how a name selects one, and the export itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from quotetrack.errors import UsageError
from quotetrack.export import brat, csv, docx, gqg, jsonl, jsonld, months, parquet, webannotation, xlsx
from quotetrack.export.files import replacing
from quotetrack.export.selection import Progress, Selection
from quotetrack.read.filters import Filters
from quotetrack.store import Store
from quotetrack.text.suggestions import did_you_mean


class Output(Protocol):
    """Anything that text can be written to."""

    def write(self, text: str, /) -> object:
        """Write ``text``."""


@dataclass(frozen=True, slots=True)
class Format:
    """A file format.

    Attributes:
        what: What it is, in a few words.
        suffixes: Endings of file names that select it.
        lines: Yields the text, if it is a text format.
        write: Writes a file, or a folder if ``folder``, if it is not a text format.
        folder: Whether it is a folder of files.
        marked: Whether files start with a byte order mark, without which Excel misreads curly quotation marks. Text written to
            ``Output`` has none, because programs would take it for a part of the first column's name.
        leaves_out: Why it cannot hold all quotations; empty if it can.
    """

    what: str
    suffixes: tuple[str, ...]
    lines: Callable[[Selection], Iterator[str]] | None = None
    write: Callable[[Selection, Path], None] | None = None
    folder: bool = False
    marked: bool = False
    leaves_out: str = ""


@dataclass(frozen=True, slots=True)
class Exported:
    """The numbers of quotations written and left out, and why the latter were."""

    written: int
    left_out: int
    reason: str


FORMATS = {
    "csv": Format("table for spreadsheets", (".csv",), lines=csv.lines, marked=True),
    "xlsx": Format("Excel workbook", (".xlsx",), write=xlsx.write),
    "jsonl": Format("JSON lines", (".jsonl", ".ndjson"), lines=jsonl.lines),
    "parquet": Format("Parquet", (".parquet",), write=parquet.write),
    "months": Format("folder of Parquet files by month, with the articles", (), write=months.write, folder=True),
    "docx": Format("Word dossier", (".docx",), write=docx.write),
    "jsonld": Format(
        "JSON-LD, schema.org", (".jsonld",), lines=jsonld.lines, leaves_out="schema.org can only say that something was stated"
    ),
    "webannotation": Format("W3C Web Annotation", (".annotation.json",), lines=webannotation.lines),
    "brat": Format("folder of brat standoff files", (), write=brat.write, folder=True),
    "gqg": Format(
        "GDELT Global Quotation Graph", (".gqg.json", ".gqg.jsonl"), lines=gqg.lines,
        leaves_out="this format holds only words that were said and are printed between quotation marks",
    ),
}  # fmt: skip


def export_quotations(
    store: Store,
    target: str | Path | Output,
    filters: Filters,
    format: str | None = None,
    template: Path | None = None,
    on_progress: Progress | None = None,
) -> Exported:
    """Write the quotations that match ``filters`` to ``target``: a file, the folder of a format that is one, or an open text file.

    The suffix of ``target`` selects the format, unless ``format`` names one of ``FORMATS``. ``template`` replaces the template
    of the Word dossier. ``on_progress(done, total)`` is called from time to time. The same database gives the same bytes. A file
    gets its name when it is complete.

    Raises ``UsageError`` for a filter that cannot match, an unknown format, or a target that cannot be written.
    """
    path = Path(target) if isinstance(target, str | Path) else None
    name = format_of(None if path is None else path.name, format)
    chosen = FORMATS[name]
    selection = Selection(store, filters, on_progress)
    if template is not None and name != "docx":
        raise UsageError(f"A template is for Word dossiers (docx), not for the format '{name}'.")
    if isinstance(target, str | Path):
        with replacing(Path(target), chosen.folder) as partial_path:
            _write(chosen, selection, partial_path, template)
    elif chosen.lines is None:
        raise UsageError(f"The format '{name}' cannot be written to standard output; give the name of a file.")
    else:
        for line in chosen.lines(selection):
            target.write(line)
    return Exported(selection.written, selection.left_out, chosen.leaves_out)


def _write(chosen: Format, selection: Selection, path: Path, template: Path | None) -> None:
    if chosen.lines is not None:
        encoding = "utf-8-sig" if chosen.marked else "utf-8"
        with path.open("x", encoding=encoding, newline="") as file:
            file.writelines(chosen.lines(selection))
    elif template is not None:
        docx.write(selection, path, template)
    elif chosen.write is not None:
        chosen.write(selection, path)


def format_of(name: str | None, wanted: str | None) -> str:
    """Return the format that ``wanted`` names or the suffix of the file ``name`` selects.

    Raises ``UsageError`` if there is no such format, or if the suffix is missing or selects none.

    >>> format_of("vale.xlsx", None), format_of(None, "jsonl")
    ('xlsx', 'jsonl')
    """
    if wanted is not None:
        if wanted not in FORMATS:
            raise UsageError(f"Unknown format '{wanted}'; use {', '.join(FORMATS)}.{did_you_mean(wanted, FORMATS)}")
        return wanted
    if name is None:
        raise UsageError("Give the format of standard output with --format, such as --format csv.")
    lowered = name.lower()
    fitting = [
        (len(ending), key) for key, one in FORMATS.items() for ending in one.suffixes if lowered.endswith(ending)
    ]
    if fitting:
        return max(fitting)[1]
    if lowered.endswith(".json"):
        raise UsageError(
            f"Several formats end in .json; choose one for {name} with --format: jsonld, webannotation or gqg."
        )
    suffixes = sorted({ending for one in FORMATS.values() for ending in one.suffixes})
    similar = did_you_mean(Path(name).suffix, suffixes) if Path(name).suffix else ""
    raise UsageError(f"The name {name} selects no format; end it in {', '.join(suffixes)}, or use --format.{similar}")
