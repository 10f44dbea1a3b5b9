"""Extract quotations to shards (Parquet files) and import shards into a database."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path

from quotetrack.errors import InputError, Interrupted, UsageError, interrupted
from quotetrack.inputs import NotRead, read, storable, survey
from quotetrack.inputs.source import failure
from quotetrack.jobs.analysis import Analysed, Analyser, results
from quotetrack.jobs.engines import Engine
from quotetrack.jobs.ingest import IngestSummary, count_totals
from quotetrack.jobs.refresh import complete
from quotetrack.model import Article, Failure
from quotetrack.parse.models import ModelChoice, choose
from quotetrack.shards.files import Shard, read_shard
from quotetrack.shards.manifest import Manifest, Part, file_sha256, identifier
from quotetrack.shards.records import Row
from quotetrack.store import Store
from quotetrack.store.imports import imported_shards, put_shard
from quotetrack.version import __version__

# A stopped run loses less than one shard, and reading one takes little memory.
_ROWS, _CHARACTERS = 200, 4_000_000


@dataclass(slots=True)
class ExtractSummary:
    """Result of ``extract_to_shards``: what this run wrote, and ``done``, the inputs that earlier runs had already written."""

    shards: int = 0
    articles: int = 0
    quotations: int = 0
    done: int = 0
    failures: list[Failure] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Record:
    """One input, with the position at which its part of the file starts; the last one of a part comes with the part."""

    found: Article | Failure
    first: int
    part: Part | None


def extract_to_shards(
    paths: Sequence[Path],
    folder: Path,
    models: ModelChoice | None = None,
    workers: int | None = None,
    columns: Mapping[str, str] | None = None,
    engine: Engine | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> ExtractSummary:
    """Read and analyse every article in ``paths``, and write the articles and their quotations to shards in ``folder``.

    The next run with the same folder continues a run that was stopped: parts of input files that are in complete shards are not
    analysed again, wherever their contents, their place, the models and the version of quotetrack are the same. At no time
    are there more articles in memory than two batches for each worker and one shard.

    Args:
        paths: Files and folders.
        folder: Where to write; a new or empty folder, or one with shards.
        models: The models to use; by default the built-in ones.
        workers: Number of workers; by default as many as memory and cores allow.
        columns: Names of fields in tables and JSONL files, such as ``{"published": "pub_date"}``.
        engine: Where workers run (``quotetrack.jobs.engines``); by default on this machine.
        on_progress: Called as ``on_progress(done, total)`` after each file.

    Raises ``UsageError`` if ``folder`` cannot be used, ``ModelsMissing``, and ``Interrupted`` on Ctrl-C.

        print(extract_to_shards([Path("articles")], Path("shards")).articles)
    """
    models = models or choose()
    manifest = Manifest.open(folder)
    found, not_read = survey(paths)
    files = [
        path for path in found if not path.resolve().is_relative_to(folder.resolve())
    ]  # such as shards in the same folder
    manifest.leave_out([storable(path) for path in paths], [(one.location, one.reason) for one in not_read])
    summary = ExtractSummary()
    writer = _Writer(manifest, models, summary)
    try:
        try:
            with Analyser[list[_Record]](models, workers, engine=engine) as analyser:
                records = _all_records(files, manifest, analyser, columns or {}, summary, on_progress)
                for batch, analysed in analyser.all(_batches(records, analyser.batch)):
                    writer.add(batch, analysed)
        finally:
            writer.write()
    except (KeyboardInterrupt, RuntimeError) as error:
        if not interrupted(error):
            raise
        raise Interrupted("Stopped: complete shards are kept; run the same command again to continue.") from None
    except OSError as error:
        raise UsageError(f"Cannot write to {folder}: {error.strerror or error}.") from error
    return summary


@dataclass(slots=True)
class _Pending:
    """What is not in a shard yet: rows, and for each complete part the number of rows up to its end."""

    rows: list[Row] = field(default_factory=list)
    parts: list[tuple[Part, int]] = field(default_factory=list)
    characters: int = 0


class _Writer:
    """Collects analysed inputs and writes them as shards of complete parts."""

    def __init__(self, manifest: Manifest, models: ModelChoice, summary: ExtractSummary) -> None:
        self._manifest = manifest
        self._models = models.name
        self._summary = summary
        self._pending = _Pending()

    def add(self, batch: Sequence[_Record], analysed: Analysed) -> None:
        """Take in a batch; writes a shard when there is enough for one."""
        for record, row in zip(batch, results([one.found for one in batch], analysed), strict=True):
            pending = self._pending
            pending.rows.append(row)
            pending.characters += _length(row)
            if record.part is not None:
                pending.parts.append((record.part, len(pending.rows)))
                if len(pending.rows) >= _ROWS or pending.characters >= _CHARACTERS:
                    self.write()

    def write(self) -> None:
        """Write the complete parts that are not in a shard yet, if any."""
        # In one assignment: a part without its rows would be taken for done if Ctrl-C came between two.
        pending, self._pending = self._pending, _Pending()
        if not pending.parts:
            return
        rows = pending.rows[: pending.parts[-1][1]]
        entry = self._manifest.add(Shard(rows, self._models, __version__), [part for part, _ in pending.parts])
        self._summary.shards += 1
        self._summary.articles += entry.articles
        self._summary.quotations += entry.quotations
        self._summary.failures += [row for row in rows if isinstance(row, Failure)]


def _length(row: Row) -> int:
    return 0 if isinstance(row, Failure) else len(row[0].text)


def _batches(records: Iterator[_Record], size: int) -> Iterator[tuple[list[_Record], list[str]]]:
    while batch := list(islice(records, size)):
        yield batch, [one.found.text for one in batch if not isinstance(one.found, Failure)]


def _all_records(
    files: Sequence[Path],
    manifest: Manifest,
    analyser: Analyser[list[_Record]],
    columns: Mapping[str, str],
    summary: ExtractSummary,
    on_progress: Callable[[int, int], None] | None,
) -> Iterator[_Record]:
    """Yield the inputs that are in no complete shard yet."""
    made_by = (analyser.models.name, analyser.language, __version__, sorted(columns.items()))
    for number, path in enumerate(files, 1):
        file = identifier(_contents(path), storable(path), *made_by)
        done = manifest.parts_of(file)
        summary.done += sum(part.last - part.first + 1 for part in done.values())
        if not _is_whole(done):
            for record in _records(map(analyser.readable, read(path, columns=columns)), file, storable(path)):
                if record.first not in done:
                    yield record
        if on_progress:
            on_progress(number, len(files))


def _records(inputs: Iterator[Article | Failure], file: str, place: str) -> Iterator[_Record]:
    """Divide the inputs from a file into parts, in the same way each time the file is read."""
    first = characters = 0
    coming = next(inputs, None)
    for position in count():
        found, coming = coming, next(inputs, None)
        if found is None:
            return
        characters += 0 if isinstance(found, Failure) else len(found.text)
        if coming is None or position - first + 1 >= _ROWS or characters >= _CHARACTERS:
            yield _Record(found, first, Part(file, place, first, position, coming is None))
            first, characters = position + 1, 0
        else:
            yield _Record(found, first, None)


def _is_whole(parts: Mapping[int, Part]) -> bool:
    """Whether parts cover a whole file."""
    position = 0
    while (part := parts.get(position)) is not None:
        if part.end:
            return True
        position = part.last + 1
    return False


def _contents(path: Path) -> str:
    """The SHA-256 of a file, or an empty string if it cannot be read; why not is said when it is tried as an article."""
    try:
        return file_sha256(path) if path.is_file() else ""  # opening a named pipe would wait for ever
    except (OSError, ValueError):
        return ""


def import_shards(
    store: Store, folders: Sequence[Path], on_progress: Callable[[int, int], None] | None = None
) -> IngestSummary:
    """Store the articles and quotations in folders of shards; then link speakers and cluster claims.

    The database is then as if ``ingest`` had analysed the same inputs. Each shard is imported once: a run that was stopped is
    continued by the next one, and new shards in the same folder are added. A damaged shard does not stop the run; it is
    recorded as a failure.

    Args:
        store: The database.
        folders: What ``extract_to_shards`` wrote.
        on_progress: Called as ``on_progress(done, total)`` after each shard.

    Raises ``UsageError`` if a folder has no shards, and ``Interrupted`` on Ctrl-C.

        with Store.open(Path("news.duckdb")) as store:
            print(import_shards(store, [Path("shards")]).new)
    """
    started = time.monotonic()
    summary = IngestSummary()
    manifests = [Manifest.read(folder) for folder in folders]
    for manifest in manifests:
        store.leave_out(manifest.sources, manifest.not_read)
        summary.not_read += [NotRead(*one) for one in manifest.not_read]
    shards = [(manifest, entry) for manifest in manifests for entry in manifest.entries]
    imported = imported_shards(store)
    try:
        for number, (manifest, entry) in enumerate(shards, 1):
            if entry.sha256 in imported:
                summary.unchanged += entry.articles
            else:
                store.keep_readable()
                _import(store, manifest.folder / entry.name, entry.sha256, summary)
                imported.add(entry.sha256)
            if on_progress:
                on_progress(number, len(shards))
        complete(store)
        count_totals(store, summary)
    except (KeyboardInterrupt, RuntimeError) as error:
        if not interrupted(error):
            raise
        raise Interrupted("Stopped: imported shards are kept; run the same command again to continue.") from None
    summary.seconds = time.monotonic() - started
    return summary


def _import(store: Store, path: Path, sha256: str, summary: IngestSummary) -> None:
    location = storable(path)
    try:
        if file_sha256(path) != sha256:
            raise InputError(
                "The shard is not the file that 'quotetrack extract' wrote; delete it and run 'extract' again."
            )
        shard = read_shard(path)
    except (InputError, OSError) as error:
        failed = failure(
            location, error if isinstance(error, InputError) else InputError(f"Cannot read the file: {error}.")
        )
        store.fail([failed])
        summary.failures.append(failed)
        return
    articles = [row for row in shard.rows if not isinstance(row, Failure)]
    failures = [row for row in shard.rows if isinstance(row, Failure)]
    for outcome in put_shard(store, sha256, articles, failures, shard.models, shard.extractor):
        setattr(summary, outcome, getattr(summary, outcome) + 1)
    summary.failures += failures
