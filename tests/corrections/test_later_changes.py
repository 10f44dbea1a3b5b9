"""A decision holds for what it was made about, and for nothing else, whatever changes afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotetrack.corrections import decisions
from quotetrack.errors import UsageError
from quotetrack.jobs.correct import correct
from quotetrack.jobs.refresh import refresh_speakers
from quotetrack.model import Article, Speaker
from quotetrack.read.corrections import corrections
from quotetrack.read.doubts import doubts
from quotetrack.read.filters import Filters
from quotetrack.read.quotations import find_quotations
from quotetrack.read.speakers import find_speaker
from quotetrack.report.site import write_site
from quotetrack.store import Store
from tests.conftest import said


def put(store: Store, number: int, name: str, saying: str, role: str = "") -> str:
    """One article in which ``name`` says ``saying``; the quotation's identifier."""
    text = f"“{saying},” said {role + ' ' if role else ''}{name}."
    a = Article(text, url=f"https://post.example/{number}", published="2026-03-02")
    store.put(
        [(a, [said(a, f"“{saying},”", source=name, speaker=Speaker(name, "person"), role=role or None)])], f"m{saying}"
    )
    refresh_speakers(store)
    row = store.connection.execute(
        "SELECT quotation_id FROM quotations JOIN articles USING (article_id) WHERE url = ?",
        [f"https://post.example/{number}"],
    ).fetchone()
    assert row
    return str(row[0])


def test_a_namesake_inherits_nothing(store: Store) -> None:
    """A confirmed quotation stays with its speaker when a namesake becomes the more quoted and gets the plain identifier."""
    first = put(store, 0, "Ruth Vale", "The goal was fine", "striker")
    decisions.confirm(store, first, "heard it", "ann")
    for number in range(1, 6):
        put(store, number, "Ruth Vale", f"The bill number {number} passes", "senator")
    rows = store.connection.execute(
        "SELECT count(*), count(DISTINCT ss.speaker_id) FROM source_speakers ss JOIN corrected_quotations USING (source_id) WHERE speaker_id = "
        "(SELECT speaker_id FROM source_speakers JOIN corrected_quotations USING (source_id) WHERE quotation_id = ?)",
        [first],
    ).fetchone()
    assert rows == (1, 1)


def test_other_words_at_the_same_place(store: Store) -> None:
    """An article that now says 15 where it said 12 is not what was confirmed."""
    decisions.confirm(store, put(store, 0, "Ruth Vale", "We lost 12 men"), "heard it", "ann")
    put(store, 0, "Ruth Vale", "We lost 15 men")
    assert [c.effect for c in corrections(store)] == [False]


def test_merging_by_places_stops_at_the_places(store: Store) -> None:
    """A bare surname merged into one man does not carry another man's dossier along when it is read anew."""
    put(store, 0, "Anton Lund", "We open on Monday")
    put(store, 1, "Lund", "I was not there")
    decisions.merge(store, "Anton Lund", find_speaker(store, "Lund", in_part=False).speaker_id, "one man", "ann")
    for number in range(2, 6):
        put(store, number, "Karl Lund", f"The budget number {number} stands")
    a = Article("“I was not there,” said Lund.", url="https://post.example/1", published="2026-03-02")
    store.put([(a, [said(a, "“I was not there,”", source="Lund", speaker=Speaker("Karl Lund", "person"))])], "m2")
    refresh_speakers(store)
    assert len(find_quotations(store, Filters("Karl Lund"))) == 5


def test_splits_follow_one_another(store: Store) -> None:
    """A split of a split holds, and split, merged back and split again leaves one speaker."""
    put(store, 0, "Ruth Vale", "The dam will hold")
    article = store.connection.execute("SELECT article_id FROM articles").fetchone()[0]  # type: ignore[index]
    decisions.split(store, "Ruth Vale", "S One", [article], [], "w", "ann")
    decisions.split(store, "S One", "S Two", [article], [], "w", "ann")
    assert store.connection.execute("SELECT name FROM speakers").fetchall() == [("S Two",)]


def test_names_stay_with_whom_they_were_given(store: Store) -> None:
    """Who is renamed and then merged into another does not rename the other."""
    put(store, 0, "Ruth Vale", "The dam will hold")
    put(store, 1, "Mara Osei", "Nobody asked the crew")
    decisions.rename(store, "Mara Osei", "Dr Osei", "w", "ann")
    decisions.merge(store, "Ruth Vale", "Dr Osei", "w", "ann")
    assert store.connection.execute("SELECT name FROM speakers").fetchall() == [("Ruth Vale",)]


def test_reports_survive_a_speaker_that_is_gone(store: Store, tmp_path: Path) -> None:
    """A role given to a speaker who then has nothing left is without effect, and the pages are written, names escaped."""
    key = put(store, 0, "Ruth Vale", "The dam will hold")
    number = correct(store, decisions.reassign, key, "Jo <b>Bold</b>", "<script>alert(1)</script>", "ann", new=True)
    decisions.add_role(store, "Jo <b>Bold</b>", "mayor", None, None, "w", "ann")
    pages = "".join(
        p.read_text(encoding="utf-8") for p in write_site(store, tmp_path / "a").files if p.suffix == ".html"
    )
    assert "&lt;script&gt;alert(1)" in pages and "<script>alert(1)" not in pages and "<b>Bold" not in pages
    correct(store, decisions.undo, number, "ann")
    write_site(store, tmp_path / "b")
    assert [c.effect for c in corrections(store)] == [False, False]


def test_decisions_ask_for_whole_names_and_own_quotations(store: Store) -> None:
    """Part of a name decides nothing; a split takes only what is the speaker's; nobody vouches for an unknown speaker."""
    put(store, 0, "Ruth Vale", "The dam will hold")
    other = put(store, 1, "Mara Osei", "Nobody asked the crew")
    for act in (
        lambda: decisions.rename(store, "ut", "X", "w", "ann"),
        lambda: decisions.split(store, "Ruth Vale", "X", [], [other], "w", "ann"),
    ):
        with pytest.raises(UsageError):
            act()
    assert corrections(store) == []


def test_different_ends_the_question(store: Store) -> None:
    """Two near names that a person told apart are not asked about again."""
    put(store, 0, "Anton Lund", "We open on Monday")
    put(store, 1, "Lund", "I was not there")
    case = next(d for d in doubts(store) if d.kind == "near names")
    decisions.apart(store, case.speakers[0][0], case.speakers[1][0], "two men", "ann")
    assert not [d for d in doubts(store) if d.kind == "near names"]


def test_a_speaker_of_many_merged_ones_is_renamed(store: Store) -> None:
    """A correction of a speaker applies even if most of its places belong to speakers that were merged into it."""
    for number, name in enumerate(("Ruth Vale", "Ida Moss", "Vera Brock")):
        put(store, number, name, f"We open in {number + 3} days")
    decisions.merge(store, "Ruth Vale", "Ida Moss", "pen name", "ann")
    decisions.merge(store, "Ruth Vale", "Vera Brock", "pen name", "ann")
    correct(store, decisions.rename, "Ruth Vale", "The Columnist", "as printed", "ann")
    assert [c.effect for c in corrections(store)] == [True, True, True]
    assert find_speaker(store, "The Columnist").quotations == 3
