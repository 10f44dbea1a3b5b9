"""Corpora with coreference, read into texts with the places of their mentions: GUM, LitBank and GAP.

GUM (Zeldes 2017) is CoNLL-U with ``Entity=`` in its last column, LitBank (Bamman et al. 2020) brat standoff, GAP (Webster et al. 2018) one pronoun and two
candidate names a line. Files ending in ``.xz`` are unpacked on the way.
"""

from __future__ import annotations

import csv
import io
import lzma
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

Mention = tuple[int, int, str]


@dataclass(slots=True)
class Document:
    """A text with its mentions: start, end and chain. For GAP: the place of the pronoun, and for each candidate its place, its name and whether it is meant."""

    name: str
    corpus: str
    text: str = ""
    mentions: list[Mention] = field(default_factory=list)
    pronoun: int = -1
    candidates: list[tuple[int, str, bool]] = field(default_factory=list)


def gum(folder: Path) -> list[Document]:
    """The documents of ``gum-train.conllu.xz`` and ``gum-dev.conllu.xz``; paragraphs are set apart by an empty line."""
    return [document for part in ("train", "dev") for document in _gum(folder / f"gum-{part}.conllu.xz")]


def _gum(path: Path) -> Iterator[Document]:
    document: Document | None = None
    begun: list[tuple[str, int]] = []
    paragraph, space, joined = False, False, (0, 0, False)
    for row in lzma.decompress(path.read_bytes()).decode("utf-8").split("\n"):
        if row.startswith("# newdoc id = "):
            if document is not None:
                yield document
            document, begun, space = Document(row[14:], "gum"), [], False
        elif document is None:
            continue
        elif row.startswith("# newpar") and not row.startswith("# newpar_"):
            paragraph = True
        elif not row:
            joined = (0, 0, False)
        elif row[0].isdigit():
            cells = row.split("\t")
            if "-" in cells[0]:
                low, high = map(int, cells[0].split("-"))
                joined = (low, high, "SpaceAfter=No" in cells[9])
                continue
            if "." in cells[0]:
                continue
            number = int(cells[0])
            if paragraph and number == 1 and document.text:
                document.text = document.text.rstrip() + "\n\n"
            paragraph = paragraph and number != 1
            inside = joined[0] <= number <= joined[1]
            space = (number == joined[1] and not joined[2]) if inside else "SpaceAfter=No" not in cells[9]
            start = len(document.text)
            document.text += cells[1]
            _entities(cells[9], start, len(document.text), begun, document.mentions)
            document.text += " " if space else ""
    if document is not None:
        yield document


def _entities(column: str, start: int, end: int, begun: list[tuple[str, int]], mentions: list[Mention]) -> None:
    """Open and close the mentions that a word's last column speaks of."""
    found = re.search(r"Entity=([^|]*)", column)
    for piece in re.findall(r"\([^()]+\)?|[^()]+\)", found[1]) if found else ():
        chain = piece.strip("()").split("-")[0]
        if not piece.startswith("("):
            for place in range(len(begun) - 1, -1, -1):
                if begun[place][0] == chain:
                    mentions.append((begun.pop(place)[1], end, chain))
                    break
        elif piece.endswith(")"):
            mentions.append((start, end, chain))
        else:
            begun.append((chain, start))


def litbank(folder: Path) -> list[Document]:
    """The excerpts of ``coref-brat.tar.xz``; a mention without a chain has one of its own."""
    documents = []
    with tarfile.open(folder / "coref-brat.tar.xz", "r:xz") as archive:
        files = {m.name: archive.extractfile(m).read().decode("utf-8") for m in archive.getmembers() if m.isfile()}  # type: ignore[union-attr]
    for name in sorted(files):
        if not name.endswith(".ann"):
            continue
        places: dict[tuple[int, int], str] = {}
        for line in files[name].splitlines():
            cells = line.split("\t")
            if cells[0].startswith("T"):
                label, start, end = cells[1].split(" ")[:3]
                place = int(start), int(end)
                chain = label if re.search(r"-\d+$", label) else None
                places[place] = chain or places.get(place, f"at {start}")
        text = files[name.removesuffix(".ann") + ".txt"]
        documents.append(
            Document(Path(name).stem, "litbank", text, [(*place, c) for place, c in sorted(places.items())])
        )
    return documents


def gap(folder: Path, parts: tuple[str, ...] = ("development", "validation")) -> list[Document]:
    """One document a pronoun."""
    documents = []
    for part in parts:
        raw = lzma.decompress((folder / f"gap-{part}.tsv.xz").read_bytes()).decode("utf-8")
        for row in csv.DictReader(io.StringIO(raw), delimiter="\t"):
            candidates = [(int(row[f"{c}-offset"]), row[c], row[f"{c}-coref"] == "TRUE") for c in "AB"]
            documents.append(
                Document(row["ID"], "gap", row["Text"], pronoun=int(row["Pronoun-offset"]), candidates=candidates)
            )
    return documents
