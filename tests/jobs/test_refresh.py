"""Linking, settling and clustering are done once, and completed where a run was stopped before or between them."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotetrack.corrections import decisions
from quotetrack.jobs.correct import correct
from quotetrack.jobs.ingest import ingest
from quotetrack.jobs.known import import_speakers
from quotetrack.jobs.refresh import is_current, refresh
from quotetrack.link.known import Known
from quotetrack.model import Article, Speaker
from quotetrack.read.corrections import corrections
from quotetrack.read.speakers import find_speaker
from quotetrack.store import Store
from tests.conftest import said

NAMES = ["Ruth Vale", "Rut Vale", "Anton Lund"]
DERIVED = ["speakers", "source_speakers", "aliases", "roles", "claims", "claim_quotations", "correction_effects"]
SEED = Known("k1", "Ruth Vale", "person", "Q4242", ("Rut Vale",))


def put(store: Store) -> None:
    """Three articles, each with one person who says the same thing; nothing is linked."""
    for number, name in enumerate(NAMES):
        a = Article(f"“The dam will hold,” said {name}.", url=f"https://post.example/{number}", outlet=f"O{number}")
        store.put([(a, [said(a, "“The dam will hold,”", source=name, speaker=Speaker(name, "person"))])], "m")


def derived(store: Store) -> list[list[tuple[object, ...]]]:
    return [store.connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall() for table in DERIVED]


def stop(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.fixture
def whole(tmp_path: Path) -> list[list[tuple[object, ...]]]:
    """What an undisturbed run makes of the articles."""
    with Store.open(tmp_path / "whole.duckdb") as undisturbed:
        put(undisturbed)
        refresh(undisturbed)
        return derived(undisturbed)


@pytest.mark.parametrize("stopped_at", ["link", "settle", "cluster"])
def test_an_ingest_of_nothing_new_completes_a_stopped_run(
    store: Store, tmp_path: Path, whole: list[list[tuple[object, ...]]], stopped_at: str
) -> None:
    """Articles stored by a run that was stopped before a later step are linked, settled and clustered by the next ingest."""
    put(store)
    with pytest.MonkeyPatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(f"quotetrack.jobs.refresh.{stopped_at}", stop)
        refresh(store)
    assert derived(store) != whole
    linked = store.connection.execute("SELECT count(*) > 0 FROM linked_speakers").fetchone()
    assert linked == (stopped_at == "cluster",), "linking and settling are written together"
    (tmp_path / "empty").mkdir()
    summary = ingest(store, [tmp_path / "empty"])
    assert summary.new == 0 and derived(store) == whole


def test_nothing_to_do_is_not_done(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing changed, no source is linked, nothing settled and no claim made again."""
    put(store)
    refresh(store)
    for step in ("jobs.refresh.settle", "link.linker._persons", "cluster.clustering._publish"):
        monkeypatch.setattr(f"quotetrack.{step}", stop)
    refresh(store)


STAGES = ["link", "settle", "cluster", "repair"]


@pytest.mark.parametrize("stopped_at", STAGES)
def test_a_stopped_import_leaves_no_trace(store: Store, stopped_at: str) -> None:
    """An import of known speakers that is stopped at any stage stores neither them nor any effect; repeated, it has both."""
    put(store)
    refresh(store)
    before = derived(store)
    with pytest.MonkeyPatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(f"quotetrack.jobs.refresh.{stopped_at}", stop)
        import_speakers(store, [SEED])
    assert derived(store) == before
    assert store.connection.execute("SELECT count(*) FROM known_speakers").fetchone() == (0,)
    import_speakers(store, [SEED])
    one = find_speaker(store, "Rut Vale")
    assert (one.name, one.wikidata, one.quotations) == ("Ruth Vale", "Q4242", 2)


@pytest.mark.parametrize(
    "stopped_at", ["corrections.decisions.settle_corrections", "jobs.refresh.cluster", "jobs.refresh.repair"]
)
def test_a_stopped_correction_leaves_no_trace(store: Store, stopped_at: str) -> None:
    """A correction or an undo that is stopped at any stage is not recorded and has no effect on speakers and claims."""
    put(store)
    refresh(store)
    before = derived(store)
    key = store.connection.execute("SELECT min(quotation_id) FROM quotations").fetchall()[0][0]
    with pytest.MonkeyPatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(f"quotetrack.{stopped_at}", stop)
        correct(store, decisions.reject, key, "a headline", "ann")
    assert corrections(store) == [] and derived(store) == before
    number = correct(store, decisions.reject, key, "a headline", "ann")
    after = derived(store)
    printings = "SELECT count(*) FROM claim_quotations WHERE quotation_id = ?"
    assert store.connection.execute(printings, [key]).fetchone() == (0,)
    with pytest.MonkeyPatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(f"quotetrack.{stopped_at}", stop)
        correct(store, decisions.undo, number, "ann")
    assert derived(store) == after and corrections(store)[0].undone_at is None
    correct(store, decisions.undo, number, "ann")
    assert derived(store) == before


def test_a_correction_first_completes_a_stopped_run(store: Store, whole: list[list[tuple[object, ...]]]) -> None:
    """A correction after an ingest that was stopped finds the speakers of its articles, and its effect is that of an undisturbed run."""
    put(store)
    number = correct(store, decisions.rename, "Anton Lund", "Anton B. Lund", "byline", "ann")
    assert find_speaker(store, "Anton B. Lund").quotations == 1
    correct(store, decisions.undo, number, "ann")
    assert derived(store) == whole and is_current(store) and not store.unfinished()


@pytest.mark.parametrize("words", ["“The dam will burst,” said Mara Osei.", "This article was withdrawn."])
def test_a_stopped_replacement_is_completed(store: Store, tmp_path: Path, words: str) -> None:
    """A run that only replaced an article, or withdrew its words, is completed by the next ingest: no speaker or claim of the old text is left."""
    put(store)
    refresh(store)
    article = Article(words, url="https://post.example/2", outlet="O2")
    person = Speaker("Mara Osei", "person")
    quoted = [said(article, "“The dam will burst,”", source="Mara Osei", speaker=person)] if "Osei" in words else []
    store.put([(article, quoted)], "m")
    assert not is_current(store)
    (tmp_path / "empty").mkdir()
    ingest(store, [tmp_path / "empty"])
    assert is_current(store)
    names = {row[0] for row in store.connection.execute("SELECT name FROM speakers").fetchall()}
    assert names == {"Ruth Vale", "Rut Vale", *(["Mara Osei"] if quoted else [])}
    claims = store.connection.execute("SELECT sum(printings) FROM claims").fetchone()
    assert claims == (3 if quoted else 2,)


def test_the_same_change_of_two_rows_is_noticed(store: Store) -> None:
    """Two known speakers that change in the same way do not cancel each other in a fingerprint."""
    put(store)
    import_speakers(store, [SEED, Known("k2", "Anton Lund", "person", "Q4243")])
    assert is_current(store)
    store.connection.execute("UPDATE known_speakers SET type = 'organisation'")
    assert not is_current(store)
