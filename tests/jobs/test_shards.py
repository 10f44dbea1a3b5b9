"""Shards: a run that writes them can be stopped, and what is imported equals what ``ingest`` stores."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from quotetrack.cli.main import app
from quotetrack.errors import InputError, Interrupted, UsageError
from quotetrack.inputs import read
from quotetrack.jobs import analysis, shards
from quotetrack.jobs.ingest import ingest
from quotetrack.jobs.shards import extract_to_shards, import_shards
from quotetrack.model import Article, Failure, Provenance, Quotation, Span, Speaker
from quotetrack.parse.models import choose
from quotetrack.shards.files import Shard, read_shard, write_shard
from quotetrack.shards.manifest import NAME, Manifest
from quotetrack.store import Store
from quotetrack.store import articles as stored_articles
from tests.cli.test_json import check as documented
from tests.jobs import scale
from tests.jobs.test_engines import InThread

ARTICLES = 12
Contents = dict[str, list[tuple[object, ...]]]


@contextmanager
def by_rule() -> Iterator[list[str]]:
    """Analyse by rule, in batches and shards of a few articles; what is analysed is added to the list."""
    texts: list[str] = []

    def analyse(given: Sequence[str]) -> analysis.Analysed:
        texts.extend(given)
        return scale.analyse(given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analysis, "analyse", analyse)
        patch.setattr(analysis, "load", scale.load)
        patch.setattr(analysis, "BATCH", 4)
        patch.setattr(shards, "_ROWS", 5)
        yield texts


@pytest.fixture
def analysed() -> Iterator[list[str]]:
    """The texts that were analysed, in this test by rule."""
    with by_rule() as texts:
        yield texts


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles in a JSONL file with a bad record and one in French, three text files, and a picture; not to be changed."""
    return scale.write_articles(tmp_path_factory.mktemp("in"), ARTICLES)


@pytest.fixture(scope="module")
def ingested(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Contents:
    """The database that ``ingest`` makes of the folder."""
    with by_rule(), Store.open(tmp_path_factory.mktemp("ingested") / "a.duckdb") as store:
        ingest(store, [folder], workers=1)
        return scale.contents(store)


@pytest.fixture(scope="module")
def written(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Shards of the folder; not to be changed."""
    out = tmp_path_factory.mktemp("written") / "out"
    with by_rule():
        extract_to_shards([folder], out, workers=1)
    return out


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_an_import_equals_an_ingest(
    store: Store, folder: Path, tmp_path: Path, ingested: Contents, analysed: list[str]
) -> None:
    """Every table has the same rows as after an ingest of the same inputs: failures, copies and what was not read too."""
    summary = extract_to_shards([folder], tmp_path / "out", workers=1)
    assert (summary.articles, len(summary.failures), summary.done) == (ARTICLES + 3, 2, 0)
    assert summary.quotations == ARTICLES + 3
    imported = import_shards(store, [tmp_path / "out"])
    assert (imported.new, imported.unchanged, len(imported.failures), len(imported.not_read)) == (ARTICLES + 2, 1, 2, 1)
    assert len(ingested["articles"]) == ARTICLES + 2 and len(ingested["speakers"]) == 2
    assert scale.contents(store) == ingested


def test_each_shard_is_imported_once(
    store: Store, folder: Path, tmp_path: Path, written: Path, analysed: list[str]
) -> None:
    """A second import changes nothing, though its shards are in another folder; a new shard is added alone."""
    import_shards(store, [written])
    before = scale.contents(store)
    store.connection.execute("DELETE FROM failures")
    shutil.copytree(written, tmp_path / "moved")
    again = import_shards(store, [written, tmp_path / "moved"])
    assert (again.new, again.updated, again.unchanged) == (0, 0, 2 * (ARTICLES + 3))
    assert scale.contents(store) == before | {"failures": []}
    (tmp_path / "c.txt").write_text("Language: en\n\n“We wait,” said Mara Osei, pilot.", encoding="utf-8")
    extract_to_shards([tmp_path / "c.txt"], tmp_path / "moved", workers=1)
    assert import_shards(store, [tmp_path / "moved"]).new == 1


def test_an_import_that_was_stopped_continues(
    store: Store, written: Path, ingested: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shard is in the database whole or not at all, and readers see the state before until the import is complete."""
    put, left = stored_articles.put, 12

    def stopped(*given: object) -> object:
        nonlocal left
        left -= 1
        if left == 0:
            raise KeyboardInterrupt
        return put(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(stored_articles, "put", stopped)
    with pytest.raises(Interrupted, match="run the same command again"):
        import_shards(store, [written])
    assert store.unfinished()
    imported = store.connection.execute("SELECT articles FROM imported_shards").fetchall()
    stored = store.connection.execute("SELECT count(*) FROM articles").fetchall()
    assert (imported, stored) == ([(8,)], [(7,)])  # two of the eight are copies
    import_shards(store, [written])
    assert not store.unfinished()
    assert scale.contents(store) == ingested


def test_a_run_that_was_stopped_continues(
    store: Store, folder: Path, tmp_path: Path, ingested: Contents, analysed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C keeps complete parts, the next run analyses only the rest, and together they equal one run."""
    rule = analysis.analyse

    def stopped(texts: Sequence[str]) -> analysis.Analysed:
        if len(analysed) >= 8:
            raise KeyboardInterrupt
        return rule(texts)

    monkeypatch.setattr(analysis, "analyse", stopped)
    with pytest.raises(Interrupted, match="complete shards are kept"):
        extract_to_shards([folder], tmp_path / "out", workers=1)
    done = Manifest.read(tmp_path / "out").entries
    assert sum(entry.articles for entry in done) >= 5 and not [one for one in names(tmp_path / "out") if ".part" in one]
    first = set(analysed)
    analysed.clear()
    monkeypatch.setattr(analysis, "analyse", rule)
    summary = extract_to_shards([folder], tmp_path / "out", workers=1)
    assert summary.done == sum(entry.articles + entry.failures for entry in done)
    assert summary.done + summary.articles + len(summary.failures) == ARTICLES + 5
    assert len(first & set(analysed)) <= 5  # of the part that was not complete
    import_shards(store, [tmp_path / "out"])
    assert scale.contents(store) == ingested


def test_a_complete_run_is_not_repeated(folder: Path, tmp_path: Path, analysed: list[str]) -> None:
    """A file whose parts are all in shards is not even read; one that changed, or whose shard is gone, is analysed again."""
    inputs, out = Path(shutil.copytree(folder, tmp_path / "in")), tmp_path / "out"
    extract_to_shards([inputs], out, workers=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "read", None)
        assert extract_to_shards([inputs], out, workers=1).shards == 0
    analysed.clear()
    (inputs / "b.txt").write_text("Language: en\n\n“We wait,” said Mara Osei, pilot.", encoding="utf-8")
    [gone] = [one for one in Manifest.read(out).entries if any(part.first == 5 for part in one.parts)]
    (out / gone.name).unlink()
    summary = extract_to_shards([inputs], out, workers=1)
    assert summary.articles == gone.articles + 1 == len(analysed) and "Mara Osei" in "".join(analysed)


def test_the_folder_of_shards_is_not_an_input(
    tmp_path: Path, analysed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shards may be written into the folder that is read; the next run does not take them for articles."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Language: en\n\n“We wait,” said Mara Osei, pilot.", encoding="utf-8")
    for articles in (1, 0):
        summary = extract_to_shards([Path()], Path("out"), workers=1)
        assert (summary.articles, summary.failures) == (articles, [])


def test_names_alone_decide_nothing(tmp_path: Path, analysed: list[str]) -> None:
    """Two files with the same contents are both analysed, since metadata may come from their names."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Language: en\n\n“We wait,” said Mara Osei, pilot.", encoding="utf-8")
    summary = extract_to_shards([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "out", workers=1)
    assert (summary.articles, summary.done, len(analysed)) == (2, 0, 2)


def test_a_torn_line_of_the_manifest_costs_one_shard(
    folder: Path, tmp_path: Path, written: Path, analysed: list[str]
) -> None:
    """A run killed while it recorded a shard leaves a line without its end; that shard is written again and recorded once."""
    out = Path(shutil.copytree(written, tmp_path / "out"))
    (out / NAME).write_bytes((out / NAME).read_bytes()[:-40])
    (out / ".1234.parquet.77.part").write_bytes(b"half")
    before = Manifest.read(out).entries
    assert extract_to_shards([folder], out, workers=1).shards == 1
    after = Manifest.read(out).entries
    assert len(after) == len(before) + 1 == len({entry.name for entry in after})
    assert sum(one.articles for one in after) == ARTICLES + 3


def test_damaged_shards_are_failures(store: Store, tmp_path: Path, written: Path) -> None:
    """A shard whose bytes changed is recorded with what to do, and the others are imported."""
    out = Path(shutil.copytree(written, tmp_path / "out"))
    damaged = out / Manifest.read(out).entries[0].name
    damaged.write_bytes(damaged.read_bytes()[:-1])
    summary = import_shards(store, [out])
    reasons = [one.reason for one in summary.failures if one.location == str(damaged)]
    assert reasons == ["The shard is not the file that 'quotetrack extract' wrote; delete it and run 'extract' again."]
    assert ARTICLES - 7 <= summary.new < ARTICLES + 3


def test_memory_does_not_grow_with_the_input(
    tmp_path: Path, analysed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Inputs are read as workers need them: at most two batches for each worker and one shard are in memory."""
    folder = scale.write_articles(tmp_path / "in", 100)
    monkeypatch.setattr(analysis, "BATCH_OF_WORKERS", 4)
    monkeypatch.setattr(shards, "_ROWS", 10)
    monkeypatch.setattr(analysis, "load_equal", scale.load)
    ahead, seen = [], 0

    def counting(path: Path, **options: object) -> object:
        nonlocal seen
        for found in read(path, **options):  # type: ignore[arg-type]
            seen += 1
            ahead.append(seen - sum(entry.articles + entry.failures for entry in written))
            yield found

    written = Manifest.open(tmp_path / "out").entries
    monkeypatch.setattr(shards, "read", counting)
    add = Manifest.add
    monkeypatch.setattr(Manifest, "add", lambda self, *given: written.append(add(self, *given)) or written[-1])
    extract_to_shards([folder / "crawl.jsonl"], tmp_path / "out", workers=2, engine=InThread())
    assert seen == 102 and max(ahead) <= (2 * 2 + 2) * 4 + 10 + 1


def test_what_a_shard_holds_comes_back(tmp_path: Path) -> None:
    """Every field of an article and its quotations survives, with odd characters and without optional parts."""
    text = "“A\x00b 😀\u2028 c,” said Ruth Vale and Anton Lund."
    article = Article(
        text, "Post", "https://post.example/1", "T", "N. Quill", "2026-03", "en", "a.jsonl#1",
        Provenance(language="detected", day="2026-03-02", day_from="file time"), "2026-04-01",
    )  # fmt: skip
    joint = Speaker(
        "Ruth Vale and Anton Lund", "joint", (Speaker("Ruth Vale", "person"), Speaker("Anton Lund", "person"))
    )
    span = Span.of(text, 0, 10)
    full = Quotation(
        "mixed",
        (span, Span.of(text, 12, 16)),
        span,
        span,
        joint,
        span,
        "nominal",
        0.29,
        "denied",
        "the port",
        0.1,
        True,
    )
    rows = [(article, [full, Quotation("direct", (span,))]), Failure("b.txt", "Why.", "how"), (Article("x"), [])]
    shard = Shard(rows, "embedded:default:1", "0.1")  # type: ignore[arg-type]
    write_shard(tmp_path / "a[1].parquet", shard)
    write_shard(tmp_path / "b.parquet", shard)
    assert read_shard(tmp_path / "a[1].parquet") == shard
    assert (tmp_path / "a[1].parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_offsets_are_checked(tmp_path: Path) -> None:
    """A shard with a quotation that is not at its place in the text is refused, and so is another table."""
    shard = Shard([(Article("One two three."), [Quotation("direct", (Span(0, 3, "Two"),))])], "m", "1")
    write_shard(tmp_path / "a.parquet", shard)
    with pytest.raises(InputError, match="do not match its text"):
        read_shard(tmp_path / "a.parquet")
    duckdb.sql("SELECT 1 AS text").write_parquet(str(tmp_path / "b.parquet"))
    with pytest.raises(InputError, match="not a shard"):
        read_shard(tmp_path / "b.parquet")


def test_the_version_that_extracted_is_stored(store: Store, tmp_path: Path, analysed: list[str]) -> None:
    """Articles of a shard of an older version are stored with that version, so that ``ingest`` analyses them again."""
    (tmp_path / "a.txt").write_text("Language: en\n\n“We wait,” said Mara Osei, pilot.", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "__version__", "0.0.1")
        extract_to_shards([tmp_path / "a.txt"], tmp_path / "out", workers=1)
    import_shards(store, [tmp_path / "out"])
    row = store.connection.execute("SELECT extractor, models FROM articles").fetchall()
    assert row == [("0.0.1", choose().name)]
    assert ingest(store, [tmp_path / "a.txt"], workers=1).updated == 1


def test_shards_are_not_articles(store: Store, written: Path) -> None:
    """``ingest`` of a folder of shards says which command imports them; its manifest is listed as not read."""
    summary = ingest(store, [written], workers=1)
    assert sorted({one.reason for one in summary.failures}) == [
        "This is a shard of 'quotetrack extract'; use 'quotetrack import-shards' with its folder."
    ]
    assert [Path(one.location).name for one in summary.not_read] == [NAME]


@pytest.mark.usefixtures("analysed")
def test_the_commands(folder: Path, tmp_path: Path) -> None:
    """``extract --out`` and ``import-shards`` say what they did, and end with 1 if inputs failed."""
    out, database = str(tmp_path / "out"), str(tmp_path / "a.duckdb")
    done = CliRunner().invoke(app, ["extract", str(folder), "--out", out, "--format", "parquet", "--workers", "1"])
    assert (
        done.exit_code == 1 and f"{ARTICLES + 3} extracted, 2 failed" in done.output and "read only 'en'" in done.output
    )
    again = CliRunner().invoke(app, ["extract", str(folder), "--out", out, "--workers", "1"])
    assert again.exit_code == 0 and f"0 extracted, 0 failed; {ARTICLES + 5} were in shards already" in again.output
    loaded = CliRunner().invoke(app, ["import-shards", out, "--db", database, "--json"])
    assert loaded.exit_code == 1 and json.loads(loaded.stdout)["new"] == ARTICLES + 2
    documented(json.loads(loaded.stdout), "quotetrack import-shards --json", "import-shards", set())
    assert CliRunner().invoke(app, ["import-shards", out, "--db", database]).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["extract", "-", "--out", "new"], "Standard input cannot be written to shards"),
        (["extract", "a.txt", "--format", "parquet"], "Use --format parquet together with --out"),
        (["extract", "a.txt", "--out", "new", "--format", "jsonl"], "Use --format parquet together with --out"),
        (["extract", "none.txt", "--out", "new"], "File or folder not found: none.txt"),
        (["extract", "a.txt", "--out", "."], "has files but no shards; choose a new or empty folder"),
        (["extract", "a.txt", "--out", "a.txt"], "Cannot write to a.txt"),
        (["import-shards", "."], "is not a folder of shards; write one with 'quotetrack extract --out'"),
    ],
)
def test_wrong_usage_is_said(arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot work is refused in a sentence before anything is written."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Nothing was said.", encoding="utf-8")
    done = CliRunner().invoke(app, arguments)
    assert isinstance(done.exception, UsageError) and said in str(done.exception)
    assert names(tmp_path) == ["a.txt"]
