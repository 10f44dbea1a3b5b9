"""The quotations and sentences of a database that ``benchmarks.check_draw`` makes queries of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.check_edits import Edit
from quotetrack.store import Store

Piece = str | tuple[str, int, int]
DIGITS = 16  # of the hash of an article's text
_UNUSABLE = re.compile(r"[\[\]“”\"«»…\n]|\.\.\.")
EDGES = "“”\"'‘’« » .,;:!?—–-"


@dataclass(frozen=True, slots=True)
class Held:
    """A quotation in one piece, without the marks, with its only speaker as the article prints the name."""

    article: str
    text: str
    start: int
    end: int
    name: tuple[int, int] | None
    others: tuple[tuple[int, int], ...]

    @property
    def words(self) -> str:
        """The quotation."""
        return self.text[self.start : self.end]

    def piece(self, start: int | None = None, end: int | None = None) -> Piece:
        """A range of the quotation, all of it by default; offsets are those within the quotation."""
        return self.article, self.start + (start or 0), self.end if end is None else self.start + end

    def edited(self, *edits: Edit) -> tuple[Piece, ...]:
        """The quotation with ranges replaced."""
        found: list[Piece] = []
        last = 0
        for start, end, new in edits:
            found += [self.piece(last, start), new]
            last = end
        return tuple(one for one in [*found, self.piece(last)] if one != "" and (isinstance(one, str) or one[1] < one[2]))  # fmt: skip

    def named(self) -> Piece:
        """The name of the speaker."""
        assert self.name
        return self.article, *self.name


@dataclass(frozen=True, slots=True)
class Interrupted(Held):
    """A quotation in two pieces; ``second`` is the range of the second, without the marks."""

    second: tuple[int, int]

    @property
    def words(self) -> str:
        """Both pieces, as they are asked for."""
        return f"{self.text[self.start : self.end]} {self.text[slice(*self.second)]}"


def held(store: Store, hashes: set[str], least: int = 9, most: int = 70) -> list[Held]:
    """The direct quotations to draw from: stated, in one piece of ``least`` to ``most`` words, without insertions."""
    found = [_held(row, names) for row, names in _rows(store, hashes, 1, least, most)]
    return [one for one in found if one is not None]


def interrupted(store: Store, hashes: set[str]) -> list[Held]:
    """Direct quotations in two pieces, with their speaker."""
    found: list[Held] = []
    for row, names in _rows(store, hashes, 2, 9, 70):
        one, (first, last) = _held(row, names), row[8]
        if one is not None and one.name is not None:
            first, last = _inner(one.text, first, last)
            found.append(Interrupted(one.article, one.text, one.start, one.end, one.name, one.others, (first, last)))
    return [one for one in found if not _UNUSABLE.search(one.words)]


def _rows(
    store: Store, hashes: set[str], pieces: int, least: int, most: int
) -> Iterator[tuple[tuple[Any, ...], list[str]]]:
    """Quotations of so many pieces and words, each with the names of the persons who speak in the article."""
    rows = store.connection.execute(
        "SELECT quotation_id, left(a.sha256, ?), a.text, a.article_id, min(s.start_char), min_by(s.end_char, s.start_char), "
        "any_value(p.name), count(DISTINCT p.name), [max(s.start_char), max(s.end_char)] "
        "FROM shown_quotations q JOIN articles a USING (article_id) JOIN spans s USING (quotation_id) "
        "LEFT JOIN source_speakers USING (source_id) LEFT JOIN speakers p USING (speaker_id) "
        "WHERE kind = 'direct' AND stance = 'stated' AND part = 'content' AND a.sha256 IN (SELECT unnest(?)) "
        "GROUP BY ALL HAVING count(DISTINCT s.start_char) = ? AND len(string_split(any_value(q.text), ' ')) BETWEEN ? AND ? ORDER BY ALL",
        [DIGITS, sorted(hashes), pieces, least, most],
    ).fetchall()
    names: dict[str, list[str]] = {}
    for key, name in store.connection.execute(
        "SELECT DISTINCT article_id, p.name FROM shown_quotations JOIN source_speakers USING (source_id) JOIN speakers p USING (speaker_id) "
        "WHERE p.type = 'person' ORDER BY ALL"
    ).fetchall():
        names.setdefault(key, []).append(name)
    for row in rows:
        yield row, names.get(row[3], [])


def _held(row: tuple[Any, ...], names: Sequence[str]) -> Held | None:
    _, sha, text, _, start, end, name, speakers, _ = row
    start, end = _inner(text, start, end)
    if _UNUSABLE.search(text[start:end]):
        return None
    others = [_place(text, one) for one in names if name and not set(one.split()) & set(name.split())]
    place = _place(text, name) if name and speakers == 1 else None
    return Held(sha, text, start, end, place, tuple(filter(None, others)))


def _inner(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without the marks at both ends; a question mark stays."""
    whole = text[start:end]
    start += len(whole) - len(whole.lstrip(EDGES))
    end -= len(whole) - len(whole.rstrip(EDGES))
    return start, end + (text[end : end + 1] == "?")


def _place(text: str, name: str) -> tuple[int, int] | None:
    at = re.search(rf"\b{re.escape(name)}\b", text)
    return at.span() if at and name[0].isupper() else None


def articles_words(store: Store, hashes: set[str]) -> list[Held]:
    """Sentences of articles of which no part belongs to a quotation."""
    covered: dict[str, list[tuple[int, int]]] = {}
    for key, start, end in store.connection.execute(
        "SELECT q.article_id, start_char, end_char FROM spans JOIN quotations q USING (quotation_id)"
    ).fetchall():
        covered.setdefault(key, []).append((start, end))
    found = []
    for key, sha, text in store.connection.execute(
        "SELECT article_id, left(sha256, ?), text FROM articles WHERE sha256 IN (SELECT unnest(?)) ORDER BY sha256",
        [DIGITS, sorted(hashes)],
    ).fetchall():
        for match in re.finditer(r"(?<=[.!?] )[A-Z][^.!?\n“”\"«»‘’']{50,180}(?=[.!?])", text):
            if not any(a < match.end() and match.start() < b for a, b in covered.get(key, ())):
                found.append(Held(sha, text, *match.span(), None, ()))
    return found


def reported(store: Store, hashes: set[str]) -> list[Held]:
    rows = store.connection.execute(
        "SELECT left(a.sha256, ?), a.text, s.start_char, s.end_char FROM shown_quotations q JOIN articles a USING (article_id) "
        "JOIN spans s USING (quotation_id) WHERE kind = 'indirect' AND stance = 'stated' AND part = 'content' "
        "AND a.sha256 IN (SELECT unnest(?)) AND len(string_split(q.text, ' ')) BETWEEN 7 AND 30 ORDER BY ALL",
        [DIGITS, sorted(hashes)],
    ).fetchall()
    return [Held(*row, None, ()) for row in rows if not re.search("[“”\"«»‘’'\n]", row[1][row[2] : row[3]])]
