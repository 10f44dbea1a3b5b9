"""Extract nouns for persons from WordNet.

    python -m training.nouns /usr/share/wordnet

Reads ``index.noun`` and ``data.noun`` of WordNet 3.0 (Debian's package ``wordnet-base``) and writes
``quotetrack/extract/data/persons.txt``: single nouns in lower case whose first and most frequent sense is in
lexicographer file 18 (``noun.person``), without names (instances of other synsets).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).parent.parent / "quotetrack/extract/data/persons.txt"
_PERSON = "18"
_WIDTH = 128
_HEADER = "# Nouns whose most frequent sense is in WordNet's noun.person: made by training/nouns.py, not by hand.\n"


def nouns(folder: Path) -> list[str]:
    """The nouns whose first sense is a person, in alphabetical order."""
    persons = _persons(folder / "data.noun")
    return sorted(
        lemma for lemma, offset in _first_senses(folder / "index.noun") if lemma in persons.get(offset, frozenset())
    )


def _first_senses(index: Path) -> Iterator[tuple[str, str]]:
    """Each single noun with the offset of its first synset."""
    for line in index.read_text(encoding="ascii").splitlines():
        if line.startswith(" "):
            continue  # the licence
        fields = line.split()
        if re.fullmatch(r"[a-z]+(?:-[a-z]+)*", fields[0]) and len(fields[0]) > 2:
            yield fields[0], fields[6 + int(fields[3])]


def _persons(data: Path) -> dict[str, frozenset[str]]:
    """The words of each synset for a kind of person, by its offset."""
    found = {}
    for line in data.read_text(encoding="ascii").splitlines():
        if line.startswith(" "):
            continue
        offset, number, _, count, *rest = line.split("|")[0].split()
        if number == _PERSON and "@i" not in rest:
            found[offset] = frozenset(rest[: 2 * int(count, 16) : 2])
    return found


def licence(index: Path) -> str:
    """WordNet's licence, which has to accompany every copy: the numbered lines at the start of each of its files."""
    lines = [line for line in index.read_text(encoding="ascii").splitlines() if line.startswith(" ")]
    return "".join(f"# {line.lstrip().partition(' ')[2].strip()}".rstrip() + "\n" for line in lines)


def _lines(lemmas: list[str]) -> Iterator[str]:
    line = ""
    for lemma in lemmas:
        if len(line) + len(lemma) > _WIDTH:
            yield line.rstrip()
            line = ""
        line += lemma + " "
    yield line.rstrip()


def main() -> None:
    """Parse the option and write the data file."""
    folder = Path(sys.argv[1])
    lemmas = nouns(folder)
    header = _HEADER + licence(folder / "index.noun")
    TARGET.write_text(header + "\n".join(_lines(lemmas)) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(lemmas)} nouns")


if __name__ == "__main__":
    main()
