"""A database of articles, quotations, speakers and claims.

What only one method needs is imported there: a command that lists speakers need not wait for what reads web pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from quotetrack.read.claims import Claim, list_claims
from quotetrack.read.printing import Printing
from quotetrack.read.quotations import Day, quotations_by_name, stances_of
from quotetrack.read.speakers import SpeakerLine, find_speaker, list_speakers
from quotetrack.store import Store

if TYPE_CHECKING:
    import duckdb

    from quotetrack.check import Answer
    from quotetrack.jobs.ingest import IngestSummary
    from quotetrack.report import Site


def open_database(path: str | Path = "quotetrack.duckdb", read_only: bool = False) -> Database:
    """Open the database at ``path``; unless ``read_only`` it is made where there is none, and brought up to date.

    While a program has it open to write, no other can open it. Raises ``DatabaseError`` where the file is missing (to
    read), in use, or not one of quotetrack's.

    >>> with open_database("news.duckdb", read_only=True) as db:
    ...     [speaker.name for speaker in db.speakers()]
    ['Ruth Vale', 'Anton Lund']
    """
    return Database(Store.open(Path(path), read_only))


class Database:
    """A quotetrack database. Use it as a context manager, or ``close`` it; ``open_database`` makes one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __enter__(self) -> Database:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file, so that another program can open it."""
        self._store.close()

    def ingest(
        self,
        *paths: str | Path,
        outlet: str | None = None,
        url: str | None = None,
        title: str | None = None,
        author: str | None = None,
        published: str | None = None,
        language: str | None = None,
        model_dir: str | Path | None = None,
        package: str | None = None,
        workers: int | None = None,
        on_progress: Callable[[int, int], None] | None = None,
    ) -> IngestSummary:
        """Read the articles of files and folders, find who said what in them, and store it.

        ``outlet`` to ``language`` win over what the inputs say. ``workers`` processes analyse (chosen by the amount of work
        unless given); ``on_progress(done, total)`` counts files. An input that fails stops nothing: it is in the summary's
        ``failures``. Raises ``UsageError`` for a path that does not exist or an invalid date, ``ModelsMissing``.

        >>> summary = db.ingest("articles")
        >>> summary.new, summary.unchanged, len(summary.failures)
        (0, 2, 0)
        """
        from quotetrack.inputs import Metadata, check_request
        from quotetrack.jobs.ingest import ingest
        from quotetrack.parse.models import choose

        files = [Path(path) for path in paths]
        given = Metadata(outlet, url, title, author, published, language)
        check_request(files, given)
        models = choose(Path(model_dir) if model_dir is not None else None, package)
        return ingest(self._store, files, given, models, workers, on_progress)

    def speakers(self, search: str | None = None, type: str | None = None, limit: int = 50) -> list[SpeakerLine]:
        """The most quoted speakers; ``search`` is looked for in names and aliases, case aside, ``type`` is ``person``,
        ``organisation``, ``place``, ``group``, ``document`` or ``unnamed``.

        >>> [(speaker.name, speaker.role, speaker.quotations) for speaker in db.speakers(search="vale")]
        [('Ruth Vale', 'harbour master', 2)]
        """
        return list_speakers(self._store, search, type, limit)

    def speaker(self, name: str) -> SpeakerLine:
        """The one speaker of that name, alias or id, or with it in the name, and the ``roles`` over time.

        Raises ``UsageError`` where there is none, or more than one.

        >>> [role.role for role in db.speaker("Vale").roles]
        ['harbour master']
        """
        return find_speaker(self._store, name)

    def quotations(
        self,
        speaker: str | None = None,
        role: str | None = None,
        outlet: str | None = None,
        since: Day = None,
        until: Day = None,
        kind: str | None = None,
        stance: str | Sequence[str] | None = None,
        text: str | None = None,
        bare: bool = False,
        limit: int | None = None,
    ) -> list[Printing]:
        """The quotations for which all of this holds, newest first; without ``stance`` what was stated, denied or requested.

        ``speaker`` is a name, an alias or an id; ``role`` and ``text`` are looked for in the role as printed and in the
        content, case aside; ``since`` and ``until`` are days (a month or a year too), both included. ``bare`` adds noun
        phrases of three words or fewer. Raises ``UsageError`` for an unknown speaker, kind, stance or date.

        >>> [quotation.text for quotation in db.quotations(speaker="Ruth Vale", kind="direct")]
        ['“We sail at dawn,”']
        >>> len(db.quotations(outlet="the post", since="2026-03", until="2026-03-02"))
        2
        """
        stances = stances_of([stance] if isinstance(stance, str) else stance)
        return quotations_by_name(
            self._store, speaker, role=role, outlet=outlet, since=since, until=until, kind=kind, stances=stances,
            text=text, bare=bare, limit=limit,
        )  # fmt: skip

    def claims(
        self, text: str | None = None, speaker: str | None = None, outlets: int = 1, limit: int | None = None
    ) -> list[Claim]:
        """The claims that at least so many ``outlets`` printed, those of most outlets first.

        ``text`` is looked for in the wording shown, case aside. Raises ``UsageError`` for an unknown speaker.

        >>> [(claim.text, claim.outlets) for claim in db.claims(text="dawn")]
        [('“We sail at dawn,”', 1)]
        """
        who = find_speaker(self._store, speaker).speaker_id if speaker is not None else None
        return list_claims(self._store, text, who, outlets, limit)

    def check(self, text: str, limit: int = 5) -> Answer:
        """Who said this? A verdict, and the closest claims with how they differ; of a longer text also by passages.

        Raises ``UsageError`` where ``text`` holds no words.

        >>> answer = db.check("We sail at dawn")
        >>> answer.verdict, answer.matches[0].printing.speakers
        ('verbatim', ('Ruth Vale',))
        """
        from quotetrack.check import check

        return check(self._store, text, limit)

    def write_site(self, folder: str | Path) -> Site:
        """Write the dossiers, a page for each speaker and an index, into ``folder``, made if missing.

        Raises ``UsageError`` where the folder cannot be written to.

        >>> db.write_site("site").dossiers
        2
        """
        from quotetrack.report import write_site

        return write_site(self._store, Path(folder))

    def export(self, path: str | Path, **filters: Any) -> int:
        """Write quotations to a ``.jsonl`` or ``.csv`` file, and say how many; ``filters`` are those of ``quotations``.

        Raises ``UsageError`` for another suffix, or where the file cannot be written.

        >>> db.export("vale.csv", speaker="Ruth Vale")
        2
        """
        from quotetrack.export import export_quotations

        return export_quotations(self.quotations(**filters), Path(path))

    def sql(self, query: str, *values: object) -> duckdb.DuckDBPyRelation:
        """A query as a relation of DuckDB: ``.fetchall()``, ``.df()``, ``.pl()`` and ``.arrow()`` read it.

        ``values`` take the places of ``?``. The view ``who_said_what`` has what most questions need. A relation keeps the
        file open until nothing refers to it any more.

        >>> db.sql("SELECT speaker, quotation FROM who_said_what WHERE kind = ? AND speaker = ?", "direct", "Ruth Vale").fetchall()
        [('Ruth Vale', '“We sail at dawn,”')]
        """
        # A connection of its own: a relation that was not read to its end would block all that comes after it.
        cursor = self._store.connection.cursor()
        cursor.execute("SET TimeZone = 'UTC'")
        return cursor.sql(query, params=list(values)) if values else cursor.sql(query)
