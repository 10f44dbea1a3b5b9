"""Reads corpora with coreference annotation: GUM, LitBank and GAP.

GUM (Zeldes 2017) is CoNLL-U with ``Entity=`` in its last column, LitBank (Bamman et al. 2020) is brat standoff, and
GAP (Webster et al. 2018) has one pronoun and two candidate names per line. Files ending in ``.xz`` are decompressed.
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
    """A text with its mentions as (start, end, chain).

    A GAP document has instead the offset of its pronoun, and the offset, the name and the correctness of each
    candidate.
    """

    name: str
    corpus: str
    text: str = ""
    mentions: list[Mention] = field(default_factory=list)
    pronoun: int = -1
    candidates: list[tuple[int, str, bool]] = field(default_factory=list)


def gum(folder: Path) -> list[Document]:
    """The documents of ``gum-train.conllu.xz`` and ``gum-dev.conllu.xz``, with an empty line between paragraphs."""
    return [document for part in ("train", "dev") for document in _gum(folder / f"gum-{part}.conllu.xz")]


def _gum(path: Path) -> Iterator[Document]:
    document: Document | None = None
    begun: list[tuple[str, int]] = []
    paragraph, space, joined = False, False, (0, 0, False)
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n") for line in lines]
    for row in rows:
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
    """Open and close the mentions in the ``Entity=`` value of a word."""
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
    """The excerpts in ``coref-brat.tar.xz``; a mention without a chain gets a chain of its own."""
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
    """One document per pronoun."""
    documents = []
    for part in parts:
        raw = lzma.decompress((folder / f"gap-{part}.tsv.xz").read_bytes()).decode("utf-8")
        for row in csv.DictReader(io.StringIO(raw), delimiter="\t"):
            candidates = [(int(row[f"{c}-offset"]), row[c], row[f"{c}-coref"] == "TRUE") for c in "AB"]
            documents.append(
                Document(row["ID"], "gap", row["Text"], pronoun=int(row["Pronoun-offset"]), candidates=candidates)
            )
    return documents
