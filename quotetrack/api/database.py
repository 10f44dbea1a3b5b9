"""A database of articles, quotations, speakers and claims.

Modules needed by a single method are imported inside it to keep start-up fast.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotetrack.read.claims import Claim, list_claims
from quotetrack.read.filters import Day, Filters, OneOrMore
from quotetrack.read.found import Found
from quotetrack.read.found import search as search_quotations
from quotetrack.read.printing import Printing
from quotetrack.read.quotations import find_quotations
from quotetrack.read.speakers import SpeakerLine, find_speaker, list_speakers
from quotetrack.store import Store

if TYPE_CHECKING:
    import duckdb

    from quotetrack.check import Answer
    from quotetrack.check.draft_records import DraftReport
    from quotetrack.export import Output
    from quotetrack.jobs.ingest import IngestSummary
    from quotetrack.read.edit_list import ArticleEdit
    from quotetrack.report.site import Site


def open_database(path: str | Path = "quotetrack.duckdb", read_only: bool = False) -> Database:
    """Open the database at ``path``.

    Unless ``read_only``, the file is created if missing and its schema is upgraded. While one program has it open for
    writing, no other program can write to it; with ``read_only`` it shows the state before an ingest that is running or was
    stopped, and logs that.

    Raises ``DatabaseInUse`` if another program has it open, and ``DatabaseError`` if it is missing (with ``read_only``),
    damaged, or not a quotetrack database.

    >>> with open_database("news.duckdb", read_only=True) as db:
    ...     [speaker.name for speaker in db.speakers()]
    ['Ruth Vale', 'Anton Lund']
    """
    return Database(Store.open(Path(path), read_only))


class Database:
    """A quotetrack database, opened with ``open_database``. Use it as a context manager, or call ``close``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *error: Any) -> None:
        self._store.__exit__(*error)

    def close(self) -> None:
        """Close the file so that other programs can open it."""
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
        columns: Mapping[str, str] | None = None,
    ) -> IngestSummary:
        """Extract the quotations from the articles in files and folders and store them.

        Args:
            paths: Files or folders, in the formats that docs/inputs.md lists.
            outlet, url, title, author, published, language: Metadata that overrides the metadata in the inputs.
            model_dir: Folder of Stanza models to use instead of the built-in ones.
            package: Package of Stanza models to load.
            workers: Number of worker processes. By default chosen by the number of inputs.
            on_progress: Called as ``on_progress(done, total)`` after each file.
            columns: Names of fields in tables and JSONL files, such as ``{"published": "pub_date"}``.

        Returns:
            Counts of new, updated and unchanged articles; inputs that failed are listed in ``failures``, and what
            was left out of folders in ``not_read``.

        Raises:
            UsageError: A path does not exist, or ``published`` is not a valid date.
            ModelsMissing: The models are missing or cannot be loaded.

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
        return ingest(self._store, files, given, models, workers, on_progress, columns)

    def speakers(self, search: str | None = None, type: str | None = None, limit: int = 50) -> list[SpeakerLine]:
        """List speakers, most quoted first.

        Args:
            search: Only speakers whose name or an alias contains this text, ignoring case.
            type: Only ``person``, ``organisation``, ``place``, ``group``, ``document`` or ``unnamed``.
            limit: Maximum number of speakers.

        >>> [(speaker.name, speaker.role, speaker.quotations) for speaker in db.speakers(search="vale")]
        [('Ruth Vale', 'harbour master', 2)]
        """
        return list_speakers(self._store, search, type, limit)

    def speaker(self, name: str) -> SpeakerLine:
        """Find one speaker by id, name, alias or part of the name, with its ``roles`` over time.

        Raises ``UsageError`` if no speaker matches, or more than one.

        >>> [role.role for role in db.speaker("Vale").roles]
        ['harbour master']
        """
        return find_speaker(self._store, name)

    def quotations(
        self,
        speaker: str | None = None,
        role: str | None = None,
        outlet: OneOrMore = None,
        since: Day = None,
        until: Day = None,
        kind: OneOrMore = None,
        stance: OneOrMore = None,
        text: str | None = None,
        bare: bool = False,
        limit: int | None = None,
        about: str | None = None,
        confidence: float | None = None,
    ) -> list[Printing]:
        """List the quotations that match all given filters, newest first.

        Args:
            speaker: Name, alias or id of the speaker.
            role: Text contained in the role as printed, ignoring case.
            outlet: Names of one or more outlets, ignoring case.
            since: First day, month or year of publication (inclusive).
            until: Last day, month or year of publication (inclusive).
            kind: One or more of ``direct``, ``indirect`` and ``mixed``.
            stance: One or more stances. By default ``stated``, ``denied`` and ``requested``.
            text: Text contained in the quotation, ignoring case.
            bare: Include noun phrases of up to three words and quotations of low confidence.
            limit: Maximum number of quotations.
            about: Words that must all begin a word of the quotation or of the article's title.
            confidence: Minimum confidence (0..1) of the quotation and of its speaker.

        Raises ``UsageError`` for an unknown speaker, outlet, kind or stance, or an invalid date.

        >>> [quotation.text for quotation in db.quotations(speaker="Ruth Vale", kind="direct")]
        ['“We sail at dawn,”']
        >>> len(db.quotations(outlet="the post", since="2026-03", until="2026-03-02"))
        2
        """
        return find_quotations(
            self._store,
            Filters(speaker, role, outlet, since, until, kind, stance, about, text, confidence, bare, limit),
        )

    def search(self, words: str, start: int = 0, limit: int | None = 50, newest: bool = False, **filters: Any) -> Found:
        """Search quotations by words, best first, or newest first if ``newest``.

        All words must occur, in any form, in the quotation, the title of its article, or a name or role of its speaker. Words in
        quotation marks must be adjacent, ``ferr*`` finds words that begin with ``ferr``, and ``what did Vale say about the ferry``
        finds what that speaker said.

        Args:
            words: The words.
            start: Number of matches to leave out at the beginning.
            limit: Maximum number of quotations.
            newest: Whether the newest come first.
            filters: Parameters of ``quotations``.

        Returns:
            The number of matches, the quotations, and ``facets``: numbers by speaker, outlet, month, stance and kind over all matches.

        Raises ``UsageError`` if ``words`` has no words, or for a filter that cannot match.

        >>> found = db.search("sailing")
        >>> found.total, [value.label for value in found.facets["speaker"]]
        (1, ['Ruth Vale'])
        """
        return search_quotations(self._store, Filters(**filters, words=words, limit=limit), start, newest)

    def claims(
        self, text: str | None = None, speaker: str | None = None, outlets: int = 1, limit: int | None = None
    ) -> list[Claim]:
        """List claims, those printed by the most outlets first.

        Args:
            text: Text contained in the displayed wording, ignoring case.
            speaker: Name, alias or id of the speaker.
            outlets: Minimum number of outlets that printed the claim.
            limit: Maximum number of claims.

        Raises ``UsageError`` for an unknown speaker.

        >>> [(claim.text, claim.outlets) for claim in db.claims(text="dawn")]
        [('“We sail at dawn,”', 1)]
        """
        who = find_speaker(self._store, speaker).speaker_id if speaker is not None else None
        return list_claims(self._store, text, who, outlets, limit)

    def edits(
        self, outlet: OneOrMore = None, since: Day = None, until: Day = None, limit: int | None = None, start: int = 0
    ) -> list[ArticleEdit]:
        """List the edits of articles, those found last first, with the statements that changed, vanished or were added.

        ``outlet`` is the name of one or more outlets, ``since`` and ``until`` the first and last day, month or year in which an
        edit was found (UTC). ``limit`` is the maximum number of edits, ``start`` the number to leave out at the beginning.
        Raises ``UsageError`` for an unknown outlet or an invalid date.

        >>> db.edits()
        []
        """
        from quotetrack.read.edit_list import list_edits

        return list_edits(self._store, outlet, since, until, limit, start)

    def check(self, text: str, said_by: str | None = None, limit: int = 5) -> Answer:
        """Compare a quotation with everything in the database: are these the words, and is this the speaker?

        Args:
            text: The words. If the text attributes them (``“We sail,” said Vale``), that name is compared.
            said_by: Name of the speaker to compare, instead of one in ``text``.
            limit: Maximum number of matches.

        Returns:
            The verdicts ``words`` and ``speaker``; ``right`` is true only if both hold and nothing turns their sense.

        Raises ``UsageError`` if ``text`` contains no words.

        >>> answer = db.check("We sail at dawn", said_by="Ruth Vale")
        >>> answer.words, answer.speaker, answer.right
        ('verbatim', 'same', True)
        """
        from quotetrack.check import check

        return check(self._store, text, said_by, limit)

    def check_draft(
        self, draft: str | Path, model_dir: str | Path | None = None, package: str | None = None
    ) -> DraftReport:
        """Extract the quotations of a draft and compare each with everything in the database.

        Args:
            draft: The text of the draft as a ``str``, or a ``Path`` to a .txt, .md, .html, .docx or .pdf file.
            model_dir: Folder of Stanza models to use instead of the built-in ones.
            package: Package of Stanza models to load.

        Returns:
            The quotations with their outcomes, and other words in quotation marks; none is left out.

        Raises:
            InputError: The file cannot be read, or the text cannot be analysed.
            ModelsMissing: The models are missing or cannot be loaded.

        >>> report = db.check_draft("“We sail at dawn,” said Anton Lund.")
        >>> [(one.outcome, one.reasons) for one in report.quotations]
        [('speaker', ('The record gives the words to Ruth Vale, not to Anton Lund.',))]
        """
        from quotetrack.jobs.drafts import check_draft
        from quotetrack.parse.models import choose

        models = choose(Path(model_dir) if model_dir is not None else None, package)
        return check_draft(self._store, draft, models)

    def write_site(self, folder: str | Path, citation: str | None = None, mistakes: str | None = None) -> Site:
        """Write dossiers, claims, articles and a home page as HTML to ``folder``, which is created if missing.

        Only files that changed since the last time are written. ``citation`` is the desk's own format of citations, such as
        ``{speaker}, {outlet}, {date}``; ``mistakes`` the address for reports of mistakes, such as ``mailto:desk@example.org``.
        Raises ``UsageError`` if the folder is not writable or holds articles, or if a format has an unknown field.

        >>> db.write_site("site").dossiers
        2
        """
        from quotetrack.report.site import write_site

        return write_site(self._store, Path(folder), citation, mistakes)

    def write_dossier(
        self, speaker: str, path: str | Path | None = None, citation: str | None = None, mistakes: str | None = None
    ) -> Path:
        """Write the dossier of one speaker, given by id, name, alias or part of the name, as one self-contained HTML file.

        ``path`` is by default the name with the suffix ``.html``; the other parameters are those of ``write_site``. Returns
        the path. Raises ``UsageError`` if no speaker or several match, or if the file is not writable.

            db.write_dossier("Ruth Vale", "vale.html")
        """
        from quotetrack.report.single_file import write_dossier

        return write_dossier(self._store, speaker, Path(path) if path is not None else None, citation, mistakes)

    def export(
        self, path: str | Path | Output, format: str | None = None, template: str | Path | None = None, **filters: Any
    ) -> int:
        """Write quotations to a file; ``filters`` are the parameters of ``quotations``. docs/export.md describes the formats.

        Args:
            path: The file or, for brat and months, the folder to write; for text formats also an open text file.
            format: ``csv``, ``xlsx``, ``jsonl``, ``parquet``, ``months``, ``docx``, ``jsonld``, ``webannotation``, ``brat`` or ``gqg``. By
                default the suffix of ``path`` selects it.
            template: A Word document to use instead of the included template of the dossier (``docx``).

        Returns the number of quotations written. The same database gives the same bytes. Raises ``UsageError`` for a filter that cannot match, an unknown format, or a path that cannot be written.

        >>> db.export("vale.csv", speaker="Ruth Vale")
        2
        >>> db.export("dawn.jsonld", about="dawn")
        1
        """
        from quotetrack.export import export_quotations

        chosen = Path(template) if template is not None else None
        return export_quotations(self._store, path, Filters(**filters), format, chosen).written

    def sql(self, query: str, *values: object) -> duckdb.DuckDBPyRelation:
        """Run a SQL query and return a DuckDB relation; read it with ``.fetchall()``, ``.df()``, ``.pl()`` or ``.arrow()``.

        ``values`` replace the ``?`` placeholders. The view ``who_said_what`` answers most questions. The relation keeps the
        file open until it is garbage-collected. Queries cannot read or write other files, use variables of the program as
        tables, load extensions or change settings, because a database that somebody sent may hold views that do so.

        >>> db.sql("SELECT speaker, quotation FROM who_said_what WHERE kind = ? AND speaker = ?", "direct", "Ruth Vale").fetchall()
        [('Ruth Vale', '“We sail at dawn,”')]
        """
        # Use a separate cursor: a relation that is not read to its end would block later queries.
        cursor = self._store.connection.cursor()
        return cursor.sql(query, params=list(values)) if values else cursor.sql(query)
