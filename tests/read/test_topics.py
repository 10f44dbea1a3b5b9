"""Terms that are typical of a speaker."""

from __future__ import annotations

import pytest

from quotetrack.jobs.refresh import refresh
from quotetrack.model import Article, Speaker
from quotetrack.read.topics import typical_terms
from quotetrack.store import Store
from tests.conftest import said

VALE, LUND, ORSK = (Speaker(name, "person") for name in ("Ruth Vale", "Anton Lund", "Lena Orsk"))
TOWNS = ["Oster", "Velm", "Quill", "Marrow", "Tarn", "Holm", "Brack", "Sund", "Kell", "Dorn"]
REASONS = (
    "because the miners asked for it", "although winters grow harder", "unless somebody finds a cheaper way", "so that bakers open early",
    "while students protest outside", "before the regatta begins", "as the engineers recommend", "where tourists seldom go",
    "whenever the river rises", "if neighbours lend their tractors",
)  # fmt: skip


@pytest.fixture
def filled(store: Store) -> Store:
    """Two speakers with ten claims each on other subjects, and one with two claims."""
    for number, (town, reason) in enumerate(zip(TOWNS, REASONS, strict=True)):
        lines = [
            (VALE, f"“The western harbour of {town} must grow {reason},”"),
            (LUND, f"“The orchards of {town} need beekeepers {reason},”"),
            *([(ORSK, f"“Our orchestra leaves {town} {reason},”")] if number < 2 else []),
        ]
        text = "\n\n".join(f"{words} {speaker.name} said." for speaker, words in lines)
        for outlet in ("The Post", "The Wire"):
            made = Article(
                text,
                outlet=outlet,
                url=f"https://{outlet[4:].lower()}.example/{number}",
                published=f"2026-03-{number + 1:02}",
            )
            store.put(
                [(made, [said(made, words, source=speaker.name, speaker=speaker) for speaker, words in lines])], "m"
            )
    refresh(store)
    return store


def terms(store: Store, speaker: str | None = None) -> dict[str, tuple[str, ...]]:
    names = dict(store.connection.execute("SELECT speaker_id, name FROM speakers").fetchall())
    key = next((key for key, name in names.items() if name == speaker), None)
    return {names[key]: found for key, found in typical_terms(store, key).items()}


def test_terms_are_those_that_others_do_not_use(filled: Store) -> None:
    """Terms that both speakers use are typical of neither, and speakers with few claims have none."""
    found = terms(filled)
    assert set(found) == {"Ruth Vale", "Anton Lund"}
    assert "western harbour" in found["Ruth Vale"] or "harbour" in found["Ruth Vale"]
    assert "beekeepers" in found["Anton Lund"] or "orchards" in found["Anton Lund"]
    assert not {"tourists", "regatta", "must", "of"} & {term for one in found.values() for term in one}


def test_terms_of_one_speaker_are_the_same(filled: Store) -> None:
    """Asking for one speaker gives what asking for all gives, and leaves no table behind."""
    assert terms(filled, "Ruth Vale")["Ruth Vale"] == terms(filled)["Ruth Vale"]
    tables = filled.connection.execute("SELECT table_name FROM duckdb_tables() WHERE temporary").fetchall()
    assert tables == []


def test_the_own_name_and_repeated_terms_are_left_out(filled: Store) -> None:
    """A term is not listed beside one that occurs in the same claims, and a speaker's name is not a topic."""
    filled.connection.execute("UPDATE aliases SET name = 'Ruth Vale Harbour' WHERE name = 'Ruth Vale'")
    [found] = terms(filled, "Ruth Vale").values()
    assert "harbour" not in found
    assert len({"western", "western harbour"} & set(found)) <= 1
