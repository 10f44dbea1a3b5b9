"""People's decisions win over the machine, survive what it does later, and can all be taken back."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotetrack.check import check
from quotetrack.corrections import decisions
from quotetrack.corrections.settle import settle
from quotetrack.errors import UsageError
from quotetrack.jobs.correct import correct
from quotetrack.jobs.known import import_speakers
from quotetrack.jobs.refresh import refresh, refresh_speakers
from quotetrack.link.known import read_known
from quotetrack.link.linker import link
from quotetrack.model import Article, Quotation, Speaker
from quotetrack.read.corrections import corrections
from quotetrack.read.doubts import doubts
from quotetrack.read.filters import Filters
from quotetrack.read.quotations import find_quotations
from quotetrack.read.speakers import find_speaker
from quotetrack.store import Store
from tests.conftest import said

NAMES = ["Ruth Vale", "Rut Vale", "Anton Lund", "Lund", "Ruth Vale"]
SAYINGS = [
    "The dam will hold",
    "Nobody asked the ferry crew",
    "We open on Monday",
    "The money is gone",
    "I was not there",
]


def article(number: int, saying: str | None = None) -> tuple[Article, list[Quotation]]:
    """Article ``number``: one person says one thing."""
    words = saying or SAYINGS[number]
    a = Article(
        f"“{words},” {NAMES[number]} said.",
        url=f"https://post.example/{number}",
        outlet=f"Post {number}",
        published="2026-03-02",
    )
    return a, [said(a, f"“{words},”", source=NAMES[number], speaker=Speaker(NAMES[number], "person"))]


def fill(store: Store) -> None:
    store.put([article(n) for n in range(len(NAMES))], "m")
    refresh(store)


def state(store: Store) -> list[tuple[object, ...]]:
    """Who said what, by names, and who the speakers are."""
    query = store.connection.execute
    return (
        query("SELECT a.url, q.text, p.speaker_id, p.name FROM corrected_quotations q JOIN articles a USING (article_id) LEFT JOIN "
              "source_speakers USING (source_id) LEFT JOIN speakers p USING (speaker_id) ORDER BY ALL").fetchall()
        + query("SELECT * FROM speakers ORDER BY ALL").fetchall()
        + query("SELECT * FROM aliases ORDER BY ALL").fetchall()
    )  # fmt: skip


def quotation(store: Store, number: int) -> str:
    row = store.connection.execute(
        "SELECT quotation_id FROM quotations JOIN articles USING (article_id) WHERE url = ?",
        [f"https://post.example/{number}"],
    ).fetchone()
    assert row
    return str(row[0])


def link_again(store: Store) -> None:
    """Link and settle all articles, though nothing changed."""
    store.connection.execute("UPDATE linked_articles SET fingerprint = 'forgotten'")
    link(store)
    settle(store)


def test_merge_takes_in_what_comes_later(store: Store) -> None:
    """Two speakers made one stay one when a new article quotes the second again."""
    fill(store)
    decisions.merge(store, "Anton Lund", "Lund", "one man", "ann")
    store.put([(a := Article("“Late news,” Rut Vale said.", url="https://post.example/9"),
                [said(a, "“Late news,”", source="Rut Vale", speaker=Speaker("Rut Vale", "person"))])], "m")  # fmt: skip
    decisions.merge(store, "Ruth Vale", "Rut Vale", "misprint", "ann")
    refresh_speakers(store)
    assert len(find_quotations(store, Filters("Ruth Vale"))) == 4
    assert find_speaker(store, "Lund").name == "Anton Lund"


def test_reassign_and_confirm_win_over_the_machine(store: Store) -> None:
    """After a re-ingest that finds another speaker and other edges, the person's word stands."""
    fill(store)
    decisions.reassign(store, quotation(store, 0), "Mara Osei", "heard it", "ann", new=True)
    decisions.confirm(store, quotation(store, 2), "recording", "ann")
    changed = []
    for number in (0, 2):
        a, _ = article(number)
        words = SAYINGS[number]
        changed.append((a, [said(a, words, source="said", speaker=Speaker("Somebody Else", "person"))]))
    store.put(changed, "other models")
    refresh_speakers(store)
    assert [s.text for s in find_quotations(store, Filters("Mara Osei"))] == [SAYINGS[0]]
    assert [s.text for s in find_quotations(store, Filters("Anton Lund"))] == [SAYINGS[2]]
    assert [c.effect for c in corrections(store)] == [True, True]


def test_reject_leaves_everything(store: Store) -> None:
    """A rejected quotation is in no dossier, and check calls its words the article's; taking that back brings it again."""
    fill(store)
    number = correct(store, decisions.reject, quotation(store, 1), "a headline", "ann")
    assert check(store, SAYINGS[1]).words == "printed"
    with pytest.raises(UsageError):
        find_speaker(store, "Rut Vale")
    correct(store, decisions.undo, number, "ben")
    assert check(store, SAYINGS[1]).words == "verbatim"
    with pytest.raises(UsageError, match="undone by ben"):
        decisions.undo(store, number, "ben")


def test_what_the_machine_found_stays(store: Store) -> None:
    """No decision, and no linking after it, changes a row of what the machine found and linked."""

    def rows() -> list[list[tuple[object, ...]]]:
        tables = ("quotations", "sources", "spans", "linked_speakers", "linked_sources", "linked_aliases")
        return [store.connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall() for table in tables]

    fill(store)
    before = rows()
    decisions.reject(store, quotation(store, 1), "a headline", "ann")
    decisions.reassign(store, quotation(store, 0), "Mara Osei", "heard it", "ann", new=True)
    decisions.merge(store, "Anton Lund", "Lund", "one man", "ann")
    assert rows() == before
    link_again(store)
    assert rows() == before
    assert find_speaker(store, "Mara Osei").quotations == 1 and find_speaker(store, "Lund").name == "Anton Lund"


def test_a_rejection_without_its_claims_is_no_printing(store: Store) -> None:
    """Where a rejection was recorded and the command killed before it clustered, check calls its words the article's."""
    fill(store)
    decisions.reject(store, quotation(store, 1), "a headline", "ann")
    assert check(store, SAYINGS[1]).words == "printed"
    assert check(store, SAYINGS[2]).words == "verbatim"


def test_split_and_names(store: Store) -> None:
    """One article leaves a dossier under a name of its own; names, aliases and roles are shown."""
    fill(store)
    one = find_speaker(store, "Ruth Vale")
    article_id = store.connection.execute("SELECT article_id FROM articles WHERE url LIKE '%/4'").fetchone()[0]  # type: ignore[index]
    decisions.split(store, "Ruth Vale", "Ruth Vale (swimmer)", [article_id], [], "another woman", "ann")
    assert len(find_quotations(store, Filters(one.speaker_id))) == 1
    assert [s.text for s in find_quotations(store, Filters("Ruth Vale (swimmer)"))] == [f"“{SAYINGS[4]},”"]
    decisions.rename(store, one.speaker_id, "Dr Ruth Vale", "as she signs", "ann")
    decisions.add_alias(store, one.speaker_id, "La Vale", "abroad", "ann")
    decisions.add_role(store, "La Vale", "harbour master", "2019", None, "archive", "ann")
    found = find_speaker(store, "La Vale")
    assert found.name == "Dr Ruth Vale" and [r.role for r in found.roles] == ["harbour master"]


def test_a_split_does_not_take_the_name_of_another(store: Store) -> None:
    """The name of a new speaker that is like another's, or the same, is refused unless ``new``; nothing is recorded then."""
    fill(store)
    article_id = store.connection.execute("SELECT article_id FROM articles WHERE url LIKE '%/4'").fetchone()[0]  # type: ignore[index]
    decisions.add_alias(store, "Ruth Vale", "Ruth Ellen Vale", "as she signs", "ann")
    other = Article("“Nobody asked the welders,” said Edda Kerr.", url="https://post.example/9", outlet="Post 9")
    who = Speaker("Edda Kerr", "person")
    store.put([(other, [said(other, "“Nobody asked the welders,”", source="Edda Kerr", speaker=who)])], "m")
    refresh_speakers(store)
    for into in ("Edda Ker", "edda kerr", "Kerr", "Ruth Vale"):
        with pytest.raises(UsageError, match=r"is like that of (Edda Kerr|Ruth Vale) .* add --new"):
            decisions.split(store, "Ruth Vale", into, [article_id], [], "another woman", "ann")
    assert len(corrections(store)) == 1
    decisions.split(store, "Ruth Vale", "Edda Ker", [article_id], [], "another woman", "ann", new=True)
    assert find_speaker(store, "Edda Ker", in_part=False).quotations == 1


def test_without_effect_is_said(store: Store) -> None:
    """What a correction is about may go; the correction is kept and listed as without effect."""
    fill(store)
    decisions.reject(store, quotation(store, 1), "a headline", "ann")
    a, _ = article(1)
    store.put([(a, [])], "m2")
    refresh_speakers(store)
    assert [c.effect for c in corrections(store)] == [False]


def test_wrong_use_is_a_sentence(store: Store) -> None:
    """Unknown ids, empty reasons and impossible dates are refused, and nothing is recorded."""
    fill(store)
    wrong: list[Callable[[], object]] = [
        lambda: decisions.reject(store, "nonsense", "why", "ann"),
        lambda: decisions.merge(store, "Ruth Vale", "Ruth Vale", "why", "ann"),
        lambda: decisions.rename(store, "Ruth Vale", " ", "why", "ann"),
        lambda: decisions.rename(store, "Ruth Vale", "R", " ", "ann"),
        lambda: decisions.add_role(store, "Ruth Vale", "mayor", "spring", None, "why", "ann"),
        lambda: decisions.split(store, "Ruth Vale", "X", [], [], "why", "ann"),
        lambda: decisions.undo(store, 7, "ann"),
    ]
    for act in wrong:
        with pytest.raises(UsageError):
            act()
    assert corrections(store) == []


def test_doubts_end_when_decided(store: Store) -> None:
    """Review offers the unsure and the nearly equal names, and no more once they are decided."""
    fill(store)
    a, [uncertain] = article(2)
    store.put([(a, [replace(uncertain, confidence=0.3)])], "other models")
    refresh(store)
    assert {d.kind for d in doubts(store)} == {"near names", "unsure"}
    for doubt in [d for d in doubts(store) if d.kind == "unsure"]:
        assert doubt.quotation_id
        decisions.confirm(store, doubt.quotation_id, "looked at", "ann")
    assert not [d for d in doubts(store) if d.kind == "unsure"]


def test_known_speakers(store: Store, tmp_path: Path) -> None:
    """A seed file joins names no rule would, and its Wikidata id comes along; a bad line is named."""
    fill(store)
    seeds = tmp_path / "people.csv"
    seeds.write_text(
        "name,aliases,wikidata,roles\nRuth Vale,Rut Vale;Lund,Q4242,harbour master (2019..2024-05)\n", encoding="utf-8"
    )
    done = import_speakers(store, read_known(seeds))
    assert (done.added, done.replaced, done.identified) == (1, 0, 1)
    one = find_speaker(store, "Ruth Vale")
    assert one.wikidata == "Q4242" and one.quotations == 4
    assert [(r.role, r.when) for r in one.roles] == [("harbour master", "2019 to 2024-05")]
    seeds.write_text("name,wikidata\nRuth Vale,4242\n", encoding="utf-8")
    with pytest.raises(Exception, match="line 2"):
        read_known(seeds)


actions = st.lists(
    st.tuples(
        st.sampled_from(["merge", "reassign", "reject", "confirm", "rename", "again", "ingest"]),
        st.integers(0, 4),
        st.integers(0, 4),
    ),
    max_size=7,
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, new_databases: None) -> Path:
    """A database after ``fill``, to copy."""
    path = tmp_path_factory.mktemp("filled") / "c.duckdb"
    with Store.open(path) as store:
        fill(store)
    return path


# Each correction settles and each undoing links again, so that an example takes seconds; other examples are tried in every run.
@settings(max_examples=15, deadline=None)
@given(actions=actions)
def test_all_undone_is_the_machine(filled: Path, actions: list[tuple[str, int, int]]) -> None:
    """Any decisions, with linking and new ingests between: settling again changes nothing, undoing all leaves the machine's view."""
    with tempfile.TemporaryDirectory() as folder, Store.open(shutil.copy(filled, Path(folder) / "c.db")) as store:
        before = state(store)
        for act, a, b in actions:
            try:
                if act == "merge":
                    decisions.merge(store, NAMES[a], NAMES[b], "w", "u")
                elif act == "reassign":
                    decisions.reassign(store, quotation(store, a), NAMES[b], "w", "u", new=True)
                elif act in ("reject", "confirm"):
                    getattr(decisions, act)(store, quotation(store, a), "w", "u")
                elif act == "rename":
                    decisions.rename(store, NAMES[a], f"Name {b}", "w", "u")
                elif act == "again":
                    link_again(store)
                else:
                    store.put([article(a)], f"models {b}")
                    refresh_speakers(store)
            except UsageError:
                continue
        now = state(store)
        settle(store)
        assert state(store) == now
        link_again(store)
        assert state(store) == now
        for one in corrections(store):
            decisions.undo(store, one.number, "u")
        assert state(store) == before
