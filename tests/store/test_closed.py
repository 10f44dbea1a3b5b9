"""What a database file cannot do, and who can read it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from quotetrack import open_database
from quotetrack.cli import main
from quotetrack.errors import DatabaseError
from quotetrack.jobs.backup import backup, restore
from quotetrack.model import Article
from quotetrack.store import Store, snapshot
from quotetrack.store.connect import connect


@pytest.fixture(scope="module", autouse=True)
def new_databases() -> None:
    """Databases of this module are created by the migrations, not copied."""


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture(scope="module")
def created(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("created") / "a.duckdb"
    with Store.open(path) as store:
        store.put([(Article("We sail at dawn.", url="https://post.example/1"), [])], "m")
    return path


@pytest.fixture
def path(created: Path, tmp_path: Path) -> Path:
    """A database with one article, with the permissions it was created with."""
    return Path(shutil.copy(created, tmp_path / "a.duckdb"))


def mode(file: Path) -> int:
    return file.stat().st_mode & 0o777


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM planted",
        "SELECT * FROM read_text('{secret}')",
        "SELECT * FROM glob('{folder}/*')",
        "ATTACH '{secret}' AS other",
        "COPY articles TO '{folder}/out.csv'",
        "EXPORT DATABASE '{folder}/out'",
        "SELECT * FROM 'https://post.example/a.parquet'",
        "LOAD httpfs",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET temp_directory = '{folder}'",
    ],
)
def test_sql_reaches_nothing_outside_the_file(path: Path, tmp_path: Path, query: str, read_only: bool) -> None:
    """SQL, also of a view in the file, reads and writes no other file, loads no extension and changes no setting."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    with duckdb.connect(str(path)) as other:
        other.execute(f"CREATE VIEW planted AS SELECT * FROM read_text('{secret}')")
    before = sorted(tmp_path.iterdir())
    with Store.open(path, read_only) as store:
        text = query.format(secret=secret, folder=tmp_path)
        with pytest.raises(duckdb.Error, match=r"disabled|locked|needs|requires|Cannot"):
            store.connection.execute(text).fetchall()
    assert sorted(tmp_path.iterdir()) == before


def test_the_program_says_that_a_view_reads_files(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A table replaced by a view of a file is refused in one sentence that does not show the file."""
    (tmp_path / "secret.csv").write_text("the secret\n", encoding="utf-8")
    with duckdb.connect(str(path)) as other:
        other.execute("DROP TABLE failures")
        other.execute(f"CREATE VIEW failures AS SELECT * FROM read_csv('{tmp_path}/secret.csv')")
    monkeypatch.setattr(sys, "argv", ["quotetrack", "failures", "--db", str(path)])
    with pytest.raises(SystemExit) as ended:
        main.run()
    output = capsys.readouterr()
    assert ended.value.code == 1 and "secret" not in output.out
    assert output.err == (
        "quotetrack: The database was changed to read other files or programs, which is not allowed; "
        "use one from a source you trust.\n"
    )


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize("name", ["a.csv", "a.sqlite", "empty.duckdb"])
def test_files_of_other_kinds_are_refused(tmp_path: Path, name: str, read_only: bool) -> None:
    """A table or a database of another program is refused in one sentence, not opened in memory or with an extension."""
    file = tmp_path / name
    if name == "a.sqlite":
        with sqlite3.connect(file) as other:
            other.execute("CREATE TABLE a (b)")
    else:
        file.write_text("a,b\n1,2\n" if name == "a.csv" else "", encoding="utf-8")
    before = file.read_bytes()
    with pytest.raises(DatabaseError, match="is not a quotetrack database, or it is damaged; choose another file"):
        Store.open(file, read_only)
    assert file.read_bytes() == before


@pytest.mark.parametrize("name", ["md:news", "s3:news", ":memory:"])
def test_names_are_never_addresses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A relative path that DuckDB would take for a service or for memory is a file."""
    monkeypatch.chdir(tmp_path)
    connect(Path(name), read_only=False).close()
    assert (tmp_path / name).is_file()


def test_cursors_and_second_connections_have_the_same_settings(path: Path) -> None:
    """Days do not depend on the machine in any connection to the file, and opening it twice in one process works."""
    zone = "SELECT current_setting('TimeZone')"
    with open_database(path, read_only=True) as first, open_database(path, read_only=True) as second:
        assert first.sql(zone).fetchall() == second.sql(zone).fetchall() == [("UTC",)]


def test_the_database_and_its_copies_are_readable_by_their_owner_only(path: Path, tmp_path: Path) -> None:
    """The file, its log, its snapshot, a backup and a restored database have the mode 600; the umask stays as it was."""
    with Store.open(path) as store:
        store.keep_readable()
        store.put([(Article("Nobody asked the crew.", url="https://post.example/2"), [])], "m")
        assert mode(path) == mode(tmp_path / "a.duckdb.wal") == mode(snapshot.path_of(path)) == 0o600
        store.finish()
        backup(store, tmp_path / "b.duckdb")
    restore(tmp_path / "b.duckdb", tmp_path / "c.duckdb")
    assert mode(tmp_path / "b.duckdb") == mode(tmp_path / "c.duckdb") == 0o600
    (tmp_path / "page.html").touch()
    assert mode(tmp_path / "page.html") == 0o644


def test_a_file_that_exists_keeps_its_permissions(path: Path) -> None:
    """Opening a database that others may read does not change that, and the log and the snapshot are as open as it is."""
    path.chmod(0o640)
    with Store.open(path) as store:
        store.keep_readable()
        store.put([(Article("Nobody asked the crew.", url="https://post.example/2"), [])], "m")
        assert mode(path.with_name("a.duckdb.wal")) == mode(snapshot.path_of(path)) == 0o640
    assert mode(path) == 0o640
