"""``verify``, ``backup`` and ``restore``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from quotetrack.corrections import decisions
from quotetrack.errors import DatabaseError, UsageError
from quotetrack.jobs.backup import backup, restore
from quotetrack.jobs.correct import correct
from quotetrack.jobs.refresh import complete
from quotetrack.jobs.verify import compute_again, verify
from quotetrack.model import Article, Speaker
from quotetrack.store import Store, snapshot
from quotetrack.store.integrity import findings
from tests.cli.test_commands import run
from tests.conftest import said
from tests.edited import JULY, JUNE, OTHER, page, put


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with two articles and a correction, to copy."""
    path = tmp_path_factory.mktemp("sound") / "a.duckdb"
    with Store.open(path) as store:
        for number, name in enumerate(["Ruth Vale", "Anton Lund"]):
            a = Article(
                f"“The dam will hold,” said {name}. “Nobody asked,” he said, “the crew.”",
                url=f"https://post.example/2026/03/0{number + 1}/dam", outlet=f"O{number}",
            )  # fmt: skip
            person = Speaker(name, "person")
            found = [
                said(a, "“The dam will hold,”", source=name, speaker=person, role="dam"),
                said(a, "“Nobody asked,”", "“the crew.”", source=name, speaker=person),
            ]
            store.put([(a, found)], "m")
        complete(store)
        correct(store, decisions.rename, "Ruth Vale", "Ruth B. Vale", "byline", "ann")
    return path


@pytest.fixture
def path(sound: Path, tmp_path: Path) -> Path:
    """A copy of the database with two articles and a correction."""
    return Path(shutil.copy(sound, tmp_path / "a.duckdb"))


def test_a_sound_database_has_no_findings(path: Path) -> None:
    """After ingest and corrections verify finds nothing, also by the command, and leaves the database as it is."""
    before = path.read_bytes()
    with Store.open(path, read_only=True) as store:
        assert verify(store) == []
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("damage", "table", "problem"),
    [
        ("UPDATE articles SET text = replace(text, 'dam', 'bay')", "articles", "SHA-256"),
        ("UPDATE articles SET published_at = NULL", "articles", "published_at"),
        ("UPDATE spans SET start_char = start_char + 1", "spans", "what the article says"),
        ("UPDATE sources SET end_char = end_char - 1", "sources", "what the article says"),
        ("UPDATE quotations SET text = text || '!'", "quotations", "what the article says"),
        ("INSERT INTO quotations SELECT * FROM quotations LIMIT 1", "quotations", "several rows"),
        ("DELETE FROM speakers", "source_speakers", "speaker_id is not in speakers"),
        ("DELETE FROM claims", "claim_quotations", "claim_id is not in claims"),
        ("DELETE FROM passages WHERE quotation_id IS NULL", "passages", "index of words"),
        ("DELETE FROM marked_stretches", "marked_stretches", "between quotation marks"),
        ("UPDATE claims SET outlets = outlets + 1", "claims", "full run"),
        ("UPDATE aliases SET mentions = 9", "aliases", "full run"),
        ("UPDATE source_speakers SET speaker_id = (SELECT max(speaker_id) FROM speakers)", "unfinished_run", "match"),
    ],
)
def test_each_kind_of_damage_is_found(path: Path, damage: str, table: str, problem: str) -> None:
    """Whatever was changed without quotetrack is reported with its table and what is wrong."""
    with Store.open(path) as store:
        store.connection.execute(damage)
        assert [one for one in verify(store) if one.table == table and problem in one.problem]


@pytest.fixture(scope="module")
def edited(sound: Path) -> Path:
    """The database with an edited article and a removed one too, to copy."""
    path = Path(shutil.copy(sound, sound.with_name("edited.duckdb")))
    with Store.open(path) as store:
        put(store, page(JUNE), page(OTHER, "https://post.example/choir"))
        complete(store)
        put(store, page(JULY))
        complete(store)
        [(key,)] = store.connection.execute("SELECT article_id FROM articles WHERE text = ?", [OTHER]).fetchall()
        correct(store, decisions.remove, key, "satire", "ann")
    return path


@pytest.mark.parametrize(
    ("damage", "table", "problem"),
    [
        ("UPDATE version_spans SET start_char = start_char + 1", "version_spans", "what the article says"),
        ("UPDATE version_sources SET end_char = end_char - 1", "version_sources", "what the article says"),
        ("UPDATE article_versions SET text = text || '!'", "article_versions", "SHA-256"),
        ("DELETE FROM version_passages", "version_passages", "index of words"),
        ("DELETE FROM article_versions WHERE NOT removed", "version_quotations", "version_id is not in article_versions"),
        ("DELETE FROM articles WHERE text LIKE '%July%'", "article_versions", "neither a current version nor was it removed"),
        ("UPDATE article_versions SET removed = true", "article_versions", "or both"),
        ("UPDATE article_versions SET removed = false", "article_versions", "a correction removed it and it is shown"),
        ("UPDATE corrections SET undone_at = now() WHERE kind = 'remove'", "article_versions", "removed without a correction"),
        ("UPDATE article_versions SET sha256 = (SELECT sha256 FROM articles WHERE text LIKE '%July%')", "article_versions", "also stored as an earlier one"),
        ("INSERT INTO rejections SELECT quotation_id FROM quotations", "claim_quotations", "a correction rejected"),
        ("INSERT INTO claim_quotations SELECT claim_id, (SELECT max(quotation_id) FROM version_quotations WHERE text LIKE '%choir%'), 1, '', false FROM claims LIMIT 1", "claim_quotations", "quotation_id is not in quotations"),
    ],
)  # fmt: skip
def test_each_kind_of_damage_to_versions_is_found(
    edited: Path, tmp_path: Path, damage: str, table: str, problem: str
) -> None:
    """Articles without exactly one current version, versions that do not match their texts, and claims with withdrawn quotations are reported."""
    with Store.open(Path(shutil.copy(edited, tmp_path / "a.duckdb"))) as store:
        store.connection.execute(damage)
        assert [one for one in findings(store.connection) if one.table == table and problem in one.problem]


def test_edits_and_removals_leave_a_sound_database(edited: Path) -> None:
    """After an edit and a removal, verify finds nothing, a full run included."""
    with Store.open(edited, read_only=True) as store:
        assert verify(store) == []


def test_what_is_derived_can_be_computed_again(path: Path) -> None:
    """Damaged speakers and claims are those of a full run after ``compute_again``."""
    with Store.open(path) as store:
        store.connection.execute("UPDATE claims SET outlets = 9")
        store.connection.execute("DELETE FROM source_speakers")
        assert verify(store)
        compute_again(store)
        assert verify(store) == [] and not store.unfinished()


def test_verify_exits_with_one(path: Path, tmp_path: Path) -> None:
    """The command prints findings as sentences or JSON and exits with 1, and with 0 if there are none."""
    sound = run("verify", "--db", str(path), folder=tmp_path)
    assert (sound.returncode, sound.stderr) == (0, "") and "everything is in order" in sound.stdout
    with Store.open(path) as store:
        store.connection.execute("UPDATE claims SET outlets = 9")
    found = run("verify", "--db", str(path), "--json", folder=tmp_path)
    assert found.returncode == 1
    assert [one["table"] for one in json.loads(found.stdout)["findings"]] == ["claims"]


def test_a_backup_is_restored(path: Path, tmp_path: Path) -> None:
    """A restored backup has everything, corrections included, and replaces neither a file nor a database without ``force``."""
    copy = tmp_path / "backup.duckdb"
    with Store.open(path, read_only=True) as store:
        backup(store, copy)
        with pytest.raises(UsageError, match="already exists; use --force"):
            backup(store, copy)
    with Store.open(path) as store:
        store.keep_readable()
        with store.transaction():
            store.connection.execute("DELETE FROM corrections")
    with pytest.raises(UsageError, match="already exists; use --force"):
        restore(copy, path)
    restore(copy, path, force=True)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.duckdb", "backup.duckdb"]
    with Store.open(path, read_only=True) as store:
        assert verify(store) == []
        assert store.connection.execute("SELECT summary FROM corrections").fetchall() == [
            ("Ruth Vale is called Ruth B. Vale",)
        ]


def test_a_backup_during_an_ingest_has_the_state_before(path: Path, tmp_path: Path) -> None:
    """A backup of a database whose last run was stopped is complete: it has the state before that run."""
    with Store.open(path) as store:
        store.keep_readable()
        store.put([(Article("Nobody asked."), [])], "m")
    assert snapshot.path_of(path).exists()
    with Store.open(path, read_only=True) as store:
        backup(store, tmp_path / "b.duckdb")
    with Store.open(tmp_path / "b.duckdb", read_only=True) as store:
        assert store.connection.execute("SELECT count(*) FROM articles").fetchone() == (2,)
        assert verify(store) == []


@pytest.mark.parametrize("kept", [0.5, 0.95])
def test_a_damaged_backup_is_not_restored(path: Path, tmp_path: Path, kept: float) -> None:
    """A backup that was cut off is refused, and the database stays as it is."""
    (tmp_path / "cut.duckdb").write_bytes(path.read_bytes()[: int(path.stat().st_size * kept)])
    before = path.read_bytes()
    with pytest.raises(DatabaseError, match="damaged"):
        restore(tmp_path / "cut.duckdb", path, force=True)
    assert path.read_bytes() == before and not path.with_name("a.duckdb.partial").exists()


def test_a_damaged_database_is_replaced_by_a_backup(path: Path, tmp_path: Path) -> None:
    """A database that cannot be opened any more can be restored with ``force``."""
    with Store.open(path, read_only=True) as store:
        backup(store, tmp_path / "b.duckdb")
    path.write_bytes(path.read_bytes()[:5000])
    restore(tmp_path / "b.duckdb", path, force=True)
    with Store.open(path, read_only=True) as store:
        assert verify(store) == []
