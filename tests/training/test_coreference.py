"""Corpora with coreference are read into texts whose mentions stand where they say."""

from __future__ import annotations

import io
import lzma
import tarfile
from pathlib import Path

from training.coreference import Document, gap, gum, litbank


def marked(document: Document) -> list[tuple[str, str]]:
    """The words of each mention, and its chain."""
    return sorted((document.text[start:end], chain) for start, end, chain in document.mentions)


def conllu(*words: tuple[str, str]) -> str:
    """A sentence of words with their last columns; a number of its own in front of a word is taken over."""
    rows = []
    for count, (word, last) in enumerate(words, start=1):
        number, _, form = word.rpartition(" ")
        rows.append("\t".join([number or str(count), form, *["_"] * 7, last]))
    return "\n".join(rows) + "\n\n"


def test_gum(tmp_path: Path) -> None:
    """Spaces as they were, paragraphs apart, contractions once, and mentions that are nested, of one word or begun in one and closed in another."""
    text = (
        "# newdoc id = news_one\n# newpar\n"
        + conllu(
            ("Ruth", "Entity=(1-person-new(2-name"),
            ("Vale", "Entity=2)1)"),
            ("did", "SpaceAfter=No"),
            ("not", "_"),
            ("see", "_"),
            ("him", "SpaceAfter=No|Entity=(3-person-new)"),
            (".", "_"),
        )
        + "# newpar\n"
        + conllu(("She", "Entity=(1-person-giv)"), ("left", "SpaceAfter=No"), (".", "_"))
        + "# newdoc id = news_two\n# newpar\n"
        + conllu(("1-2 I'm", "_"), ("1 I", "Entity=(7-person)"), ("2 'm", "_"), ("3 here", "_"))
    )
    (tmp_path / "gum-train.conllu.xz").write_bytes(lzma.compress(text.encode()))
    (tmp_path / "gum-dev.conllu.xz").write_bytes(lzma.compress(b""))
    one, two = gum(tmp_path)
    assert (one.name, one.corpus, two.name) == ("news_one", "gum", "news_two")
    assert one.text.strip() == "Ruth Vale didnot see him.\n\nShe left."
    assert marked(one) == [("Ruth Vale", "1"), ("Ruth Vale", "2"), ("She", "1"), ("him", "3")]
    assert two.text.strip() == "I'm here" and marked(two) == [("I", "7")]


def test_litbank(tmp_path: Path) -> None:
    """A mention with a chain has it, one without has a chain of its own; what is no mention is left out."""
    text = "Ruth saw a gull. She waved."
    files = {
        "brat/one.txt": text,
        "brat/one.ann": "T1\tRUTH-1 0 4\tRuth\nT2\tPER 9 15\ta gull\nT3\tRUTH-1 17 20\tShe\nR1\tCOREF Arg1:T1 Arg2:T3\n",
    }
    with tarfile.open(tmp_path / "coref-brat.tar.xz", "w:xz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content.encode())
            archive.addfile(entry, io.BytesIO(content.encode()))
    (document,) = litbank(tmp_path)
    assert (document.name, document.corpus, document.text) == ("one", "litbank", text)
    assert marked(document) == [("Ruth", "RUTH-1"), ("She", "RUTH-1"), ("a gull", "at 9")]


def test_gap(tmp_path: Path) -> None:
    """One document a pronoun, with both candidates and which of them is meant."""
    head = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL\n"
    row = "test-1\tRuth met Ida. She left.\tShe\t14\tRuth\t0\tTRUE\tIda\t9\tFALSE\thttp://example.org\n"
    (tmp_path / "gap-development.tsv.xz").write_bytes(lzma.compress((head + row).encode()))
    (document,) = gap(tmp_path, ("development",))
    assert document.text[document.pronoun :].startswith("She")
    assert document.candidates == [(0, "Ruth", True), (9, "Ida", False)]
