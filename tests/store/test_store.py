"""What the database promises."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotetrack.errors import DatabaseError, DatabaseInUse
from quotetrack.jobs.refresh import refresh, refresh_speakers
from quotetrack.model import Article, Failure, Speaker
from quotetrack.store import Store
from quotetrack.store.database import migrations
from tests.conftest import said

TEXT = "“The bridge will stand,” said Ruth Vale, the minister. Vale said the port would close."
VALE = Speaker("Ruth Vale", "person")


def article(**other: str) -> Article:
    return Article(
        **{"text": TEXT, "outlet": "The Post", "url": "https://post.example/1", "location": "a.txt", **other}
    )  # type: ignore[arg-type]


def both(a: Article) -> list:  # type: ignore[type-arg]
    return [
        said(a, "“The bridge will stand,”", source="Ruth Vale, the minister", speaker=VALE, role="minister"),
        said(a, "the port would close", source="Vale said"[:4], speaker=VALE, kind="indirect"),
    ]


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """What the database keeps; what a step holds for itself while it runs is gone with the connection."""
    kept = "SELECT table_name FROM duckdb_tables() WHERE NOT temporary ORDER BY 1"
    names = [r[0] for r in store.connection.execute(kept).fetchall()]
    return {n: store.connection.execute(f"SELECT * FROM {n} ORDER BY ALL").fetchall() for n in names}


def test_twice_changes_nothing(store: Store) -> None:
    """The same article again leaves every table as it was."""
    a = article()
    assert store.put([(a, both(a))], "m") == ["new"]
    refresh(store)
    before = contents(store)
    assert store.known(a, "m")
    assert store.put([(a, both(a))], "m") == ["unchanged"]
    refresh(store)
    assert contents(store) == before


def test_a_changed_text_replaces(store: Store) -> None:
    """The url is the article: a new text takes the place of the old one, with all that hung on it."""
    a, b = article(), article(text="“We will sail,” said Ruth Vale.")
    store.put([(a, both(a))], "m")
    assert store.put([(b, [said(b, "“We will sail,”", source="Ruth Vale", speaker=VALE)])], "m") == ["edited"]
    assert store.connection.execute("SELECT text FROM quotations").fetchall() == [("“We will sail,”",)]
    assert store.connection.execute("SELECT count(*) FROM spans").fetchone() == (2,)


def test_a_batch_is_all_or_nothing(store: Store) -> None:
    """What fails in the middle of a batch leaves nothing of that batch behind."""
    a = article()
    with pytest.raises(AttributeError):
        store.put([(a, both(a)), (article(url="https://post.example/2"), [None])], "m")  # type: ignore[list-item]
    assert store.connection.execute("SELECT count(*) FROM articles").fetchone() == (0,)


def test_odd_text_is_stored(store: Store) -> None:
    """A lone surrogate in a scraped text does not stop a run."""
    a = article(text=TEXT + " \ud800")
    assert store.put([(a, both(a))], "m") == ["new"]


def test_failures_go_when_the_input_succeeds(store: Store) -> None:
    """A failure is kept with its reason until the same place succeeds."""
    store.fail([Failure("a.txt", "It was empty.")])
    a = article()
    store.put([(a, both(a))], "m")
    assert store.connection.execute("SELECT count(*) FROM failures").fetchone() == (0,)


def test_every_table_and_view_is_explained(store: Store) -> None:
    """A person who opens the database reads in it what each table is for."""
    rows = store.connection.execute(
        "SELECT table_name, comment FROM duckdb_tables() WHERE table_name <> 'schema_version'"
    ).fetchall()
    assert rows and all(comment for _, comment in rows)


def test_who_said_what(store: Store) -> None:
    """The view answers by hand: speaker, role, words."""
    a = article()
    store.put([(a, both(a))], "m")
    refresh_speakers(store)
    row = store.connection.execute(
        "SELECT speaker, role, quotation FROM who_said_what WHERE kind = 'direct'"
    ).fetchone()
    assert row == ("Ruth Vale", "minister", "“The bridge will stand,”")


def test_refuses_what_is_not_ours(tmp_path: Path) -> None:
    """A missing file, another program's database and a text file are told apart in words."""
    with pytest.raises(DatabaseError, match="No database found"):
        Store.open(tmp_path / "none.duckdb", read_only=True)
    with duckdb.connect(str(tmp_path / "other.duckdb")) as other:
        other.execute("CREATE TABLE t (x INTEGER)")
    with pytest.raises(DatabaseError, match="not a quotetrack database"):
        Store.open(tmp_path / "other.duckdb")
    (tmp_path / "text.duckdb").write_text("hello, this is a text file and no database at all" * 200)
    with pytest.raises(DatabaseError, match="not a quotetrack database, or it is damaged"):
        Store.open(tmp_path / "text.duckdb")


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    """An old program does not write into a database it does not know."""
    with Store.open(tmp_path / "new.duckdb") as store:
        store.connection.execute("INSERT INTO schema_version VALUES (9999, 'future', NULL)")
    with pytest.raises(DatabaseError, match="newer version of quotetrack"):
        Store.open(tmp_path / "new.duckdb")


ARTICLES = [
    article(text=text, url=f"https://post.example/{number}", outlet=f"O{number}")
    for number, text in enumerate(
        [
            TEXT,
            TEXT.replace("Ruth Vale", "Ruth B. Vale"),
            "“The bridge will stand and stand,” said Ruth Vale. Vale said the port would close.",
            TEXT,
        ]
    )
]


def found_in(numbers: list[int], folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """The speakers and claims after these of ``ARTICLES`` came in, in this order."""
    with Store.open(folder / "t.duckdb") as store:
        for number in numbers:
            a = ARTICLES[number]
            first = a.text.split(" said")[0]
            name = "Ruth B. Vale" if "B." in a.text else "Ruth Vale"
            store.put([(a, [said(a, first, source=name, speaker=Speaker(name, "person"))])], "m")
        refresh(store)
        found = contents(store)
    return {t: found[t] for t in ("speakers", "aliases", "source_speakers", "claims", "claim_quotations")}


@pytest.fixture(scope="module")
def found_in_order(
    tmp_path_factory: pytest.TempPathFactory, new_databases: None
) -> dict[str, list[tuple[object, ...]]]:
    return found_in([0, 1, 2, 3], tmp_path_factory.mktemp("order"))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(4)), again=st.lists(st.integers(0, 3), max_size=4))
def test_order_and_repetition_do_not_matter(
    tmp_path_factory: pytest.TempPathFactory,
    found_in_order: dict[str, list[tuple[object, ...]]],
    order: list[int],
    again: list[int],
) -> None:
    """Speakers and claims are the same whatever order articles came in, and however often."""
    assert found_in([*order, *again], tmp_path_factory.mktemp("other order")) == found_in_order


def test_stance_stands_beside_every_quotation(store: Store) -> None:
    """What was not stated is not in the view of who said what, or says there that it was denied or requested."""
    a = article()
    denied = replace(both(a)[0], stance="denied", on_behalf_of="the port", speaker_confidence=0.7)
    believed = replace(both(a)[1], stance="believed")
    store.put([(a, [denied, believed])], "m")
    refresh_speakers(store)
    rows = store.connection.execute(
        "SELECT speaker, stance, on_behalf_of, speaker_confidence FROM who_said_what"
    ).fetchall()
    assert rows == [("Ruth Vale", "denied", "the port", 0.7)]
    rows = store.connection.execute("SELECT stance FROM all_quotations ORDER BY ALL").fetchall()
    assert rows == [("believed",), ("denied",)]


def test_an_older_database_gets_stances(tmp_path: Path) -> None:
    """Rows of a version that knew no stance get one by their cue, so that nothing denied passes for said meanwhile; their
    articles are not up to date, so that the next ingest extracts them again."""
    path = tmp_path / "old.duckdb"
    with duckdb.connect(str(path)) as old:
        old.execute("CREATE TABLE schema_version (number INTEGER PRIMARY KEY, name VARCHAR, applied_at TIMESTAMP)")
        for number, name, sql in migrations():
            if number <= 6:
                old.execute(sql)
                old.execute("INSERT INTO schema_version VALUES (?, ?, now()::TIMESTAMP)", [number, name])
        cues = {
            "a": "denied",
            "b": "said",
            "c": "will say",
            "d": "asked",
            "e": "declined",
            "f": "urged",
            "g": "believes",
            "h": "did not say",
        }
        for key, cue in cues.items():
            old.execute("INSERT INTO quotations VALUES (?, 'x', 0, 'indirect', 'words', NULL, NULL, 0.8)", [key])
            old.execute("INSERT INTO spans VALUES (?, 'cue', 0, 0, 4, ?)", [key, cue])
    with Store.open(path) as store:
        rows = store.connection.execute(
            "SELECT quotation_id, stance, speaker_confidence, bare FROM quotations ORDER BY 1"
        ).fetchall()
    stances = ["denied", "stated", "hypothetical", "asked", "declined", "requested", "believed", "denied"]
    assert rows == [(key, stance, 0.8, False) for key, stance in zip(cues, stances, strict=True)]


def test_what_cannot_change_is_computed_once(tmp_path: Path) -> None:
    """A value of a database opened read-only is computed once; if the database can change, it is computed every time."""
    calls: list[Store] = []

    def compute(store: Store) -> int:
        calls.append(store)
        return len(calls)

    with Store.open(tmp_path / "t.duckdb") as store:
        assert [store.once(compute), store.once(compute)] == [1, 2]
    with Store.open(tmp_path / "t.duckdb", read_only=True) as store:
        assert [store.once(compute), store.once(compute)] == [3, 3]


def test_writing_waits_for_a_short_reader(tmp_path: Path) -> None:
    """A command that writes does not fail because a page of the desk reads the file at that moment."""
    path = tmp_path / "shared.duckdb"
    Store.open(path).close()
    code = (
        "import sys, time; from pathlib import Path; from quotetrack.store import Store\n"
        "with Store.open(Path(sys.argv[1]), read_only=True): print('open', flush=True); time.sleep(0.5)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout and reader.stdout.readline() == "open\n"
        with pytest.raises(DatabaseInUse):
            Store.open(path, patience=0.0)
        Store.open(path, patience=60.0).close()
