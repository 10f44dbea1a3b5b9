"""A full disk, damaged and foreign files, and folders: one sentence, and nothing lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from quotetrack.api import open_database
from quotetrack.errors import DatabaseError
from quotetrack.model import Article
from quotetrack.store import Store
from quotetrack.store.connect import explained

ROOT = Path(__file__).resolve().parents[2]
# Writing more than the limit fails as on a full disk.
FULL = """
import resource, sys
from pathlib import Path
from quotetrack.errors import DatabaseError
from quotetrack.model import Article
from quotetrack.store import Store
path = Path(sys.argv[1])
limit = path.stat().st_size + 200_000
with Store.open(path) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        for number in range(100):
            text = " ".join(f"{number} {word}" for word in range(5000))
            store.put([(Article(text, url=f"https://post.example/{number}"), [])], "m")
    except DatabaseError as error:
        print(error)
"""


@pytest.fixture(scope="module", autouse=True)
def new_databases() -> None:
    """Databases of this module are created by the migrations, not copied."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with one article."""
    with Store.open(tmp_path / "a.duckdb") as store:
        store.put([(Article("We sail at dawn.", url="https://post.example/1"), [])], "m")
    return tmp_path / "a.duckdb"


def test_a_full_disk_is_one_sentence_and_loses_nothing(path: Path) -> None:
    """Where the disk is full, that is said, and what was stored before can be read."""
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(path)], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.stdout == (
        f"The disk of {path} is full; what was stored before is kept. Free some space and run the command again.\n"
    ), done.stderr
    with Store.open(path) as store:
        assert store.connection.execute("SELECT text FROM articles WHERE url LIKE '%/1'").fetchone() is not None


def test_a_failed_transaction_says_why_it_failed(path: Path) -> None:
    """That DuckDB has already rolled back is not reported instead of the error, and the next transaction works."""
    with Store.open(path) as store:
        with pytest.raises(DatabaseError, match="is full"), store.transaction():
            store.connection.execute("ROLLBACK")
            raise duckdb.IOException("Could not write file: No space left on device")
        store.put([(Article("Nobody asked the crew."), [])], "m")


@pytest.mark.parametrize("error", ["Read-only file system", "Permission denied"])
def test_a_file_that_cannot_be_written_is_said(error: str) -> None:
    """Missing permissions are told as such."""
    reason = explained(duckdb.IOException(f'Cannot open file "a.duckdb": {error}'), Path("a.duckdb"))
    assert reason == "a.duckdb cannot be opened or written; check the permissions of the file and of its folder."


@pytest.mark.parametrize("kept", [0.5, 0.9])
@pytest.mark.parametrize("read_only", [True, False])
def test_a_truncated_file_is_one_sentence(path: Path, kept: float, read_only: bool) -> None:
    """A database cut off by a failed copy is refused and stays as it is."""
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept)])
    before = path.read_bytes()
    with pytest.raises(DatabaseError, match=r"damaged.*choose another file with --db, or restore a backup"):
        Store.open(path, read_only)
    assert path.read_bytes() == before


def test_a_damaged_block_is_one_sentence(path: Path) -> None:
    """Damage in the middle of the file, which shows only when the block is read, is said with the file and what to do."""
    whole = bytearray(path.read_bytes())
    place = whole.index(b"We sail at dawn")
    whole[place : place + 4] = b"\xff" * 4
    path.write_bytes(whole)
    said = r"a\.duckdb is damaged; .* restore a backup"
    with pytest.raises(DatabaseError, match=said), Store.open(path, read_only=True) as store:
        store.connection.execute("SELECT text FROM articles").fetchall()
    with pytest.raises(DatabaseError, match=said), open_database(path, read_only=True) as database:
        database.sql("SELECT text FROM articles").fetchall()


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    """The path of a folder is told apart from a damaged file."""
    with pytest.raises(DatabaseError, match="is a folder; give the path of a database file"):
        Store.open(tmp_path)


def test_a_mistyped_path_of_a_correction_creates_nothing(tmp_path: Path) -> None:
    """Without ``create`` a missing file is an error and stays missing."""
    with pytest.raises(DatabaseError, match="No database found"):
        Store.open(tmp_path / "b.duckdb", create=False)
    assert list(tmp_path.iterdir()) == []


def test_transactions_inside_others_are_part_of_them(path: Path) -> None:
    """What an inner transaction wrote is gone if the outer one fails."""
    with Store.open(path) as store:
        with pytest.raises(KeyboardInterrupt), store.transaction():
            store.put([(Article("Nobody asked the crew."), [])], "m")
            raise KeyboardInterrupt
        assert store.connection.execute("SELECT count(*) FROM articles").fetchone() == (1,)


@pytest.mark.parametrize("table", ["t (x INTEGER)", "schema_version (v VARCHAR)"])
@pytest.mark.parametrize("read_only", [True, False])
def test_a_database_of_another_program_is_refused(tmp_path: Path, table: str, read_only: bool) -> None:
    """A foreign database is refused in one sentence and not changed, also if it has a table of the same name."""
    with duckdb.connect(str(tmp_path / "other.duckdb")) as other:
        other.execute(f"CREATE TABLE {table}")
    before = (tmp_path / "other.duckdb").read_bytes()
    with pytest.raises(DatabaseError, match="is not a quotetrack database; choose another file with --db"):
        Store.open(tmp_path / "other.duckdb", read_only)
    assert (tmp_path / "other.duckdb").read_bytes() == before
