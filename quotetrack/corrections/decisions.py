"""What people decide about speakers and quotations: recorded with who, when and why, replayed after every ingest, undoable.

Each function here records one decision and settles the database anew; each returns the number of the correction. A wrong
identifier or name raises ``UsageError``. What the machine found is never changed (``quotetrack.corrections.settle``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from quotetrack.corrections import sql as tables
from quotetrack.corrections.references import Reference, new_speaker, quotation_reference, speaker_reference
from quotetrack.corrections.settle import settle
from quotetrack.errors import UsageError
from quotetrack.jobs.refresh import refresh
from quotetrack.read.corrections import Correction, corrections
from quotetrack.read.speakers import SpeakerLine, find_speaker
from quotetrack.store import Store

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def merge(store: Store, speaker: str, other: str, why: str, by: str) -> int:
    """``other`` is ``speaker``: one dossier from now on, for what is ingested later too."""
    one, two = find_speaker(store, speaker, in_part=False), find_speaker(store, other, in_part=False)
    if one.speaker_id == two.speaker_id:
        raise UsageError(f"'{speaker}' and '{other}' are one speaker already: {one.name} ({one.speaker_id}).")
    details = {"speaker": _of(store, one), "other": _of(store, two)}
    return _record(store, "merge", f"{two.name} is {one.name}", details, why, by)


def split(
    store: Store, speaker: str, into: str, articles: Sequence[str], quotations: Sequence[str], why: str, by: str
) -> list[int]:
    """What ``speaker`` says in these articles, and these quotations, is by another person: ``into``, a name of its own."""
    one = find_speaker(store, speaker, in_part=False)
    if not articles and not quotations:
        raise UsageError("Say what leaves the dossier: --article ID or --quotation ID, as often as needed.")
    for article in articles:
        found = store.connection.execute(
            "SELECT 1 FROM source_speakers JOIN corrected_sources USING (source_id) WHERE speaker_id = ? AND article_id = ?",
            [one.speaker_id, article],
        ).fetchone()
        if not found:
            raise UsageError(f"{one.name} says nothing in an article with the id '{article}'; 'show' lists the ids.")
    made = new_speaker(_name(into))
    references = [_quotation(store, key) for key in quotations]
    for key in quotations:
        if one.speaker_id not in [speaker_id for speaker_id, _ in _speakers_of(store, key)]:
            raise UsageError(f"The quotation '{key}' is not one of {one.name}.")
    numbers = []
    if articles:
        summary = f"{one.name} is {into} in {len(articles)} article{'s' if len(articles) > 1 else ''}"
        details: Reference = {"speaker": _of(store, one), "into": made, "articles": list(articles)}
        numbers.append(_record(store, "split", summary, details, why, by))
    for reference in references:
        summary = f"“{_short(reference['text'])}” is by {into}, not {one.name}"
        numbers.append(_record(store, "reassign", summary, {"quotation": reference, "speaker": made}, why, by))
    return numbers


def rename(store: Store, speaker: str, name: str, why: str, by: str) -> int:
    """Show ``speaker`` under another name."""
    one = find_speaker(store, speaker, in_part=False)
    details = {"speaker": _of(store, one), "name": _name(name)}
    return _record(store, "rename", f"{one.name} is called {name}", details, why, by)


def add_alias(store: Store, speaker: str, name: str, why: str, by: str) -> int:
    """``speaker`` also goes by ``name``: found under it from now on."""
    one = find_speaker(store, speaker, in_part=False)
    details = {"speaker": _of(store, one), "name": _name(name)}
    return _record(store, "alias", f"{one.name} is also {name}", details, why, by)


def add_role(store: Store, speaker: str, role: str, start: str | None, end: str | None, why: str, by: str) -> int:
    """``speaker`` held ``role`` from ``start`` to ``end`` (ISO 8601 dates, a year or a month too; either may be open)."""
    one = find_speaker(store, speaker, in_part=False)
    for date in (start, end):
        if date and not _DATE.fullmatch(date):
            raise UsageError(f"'{date}' is no date; write 2024, 2024-12 or 2024-12-08.")
    details = {"speaker": _of(store, one), "role": _name(role), "from": start, "to": end}
    when = f" ({start or ''} to {end or ''})" if start or end else ""
    return _record(store, "role", f"{one.name} was {role}{when}", details, why, by)


def reassign(store: Store, quotation: str, speaker: str, why: str, by: str) -> int:
    """``quotation`` was said by ``speaker``: one there is, by id or name, or a new one by that name."""
    reference = _quotation(store, quotation)
    whose = speaker_or_new(store, speaker)
    summary = f"“{_short(reference['text'])}” is by {whose['name']}"
    return _record(store, "reassign", summary, {"quotation": reference, "speaker": whose}, why, by)


def reject(store: Store, quotation: str, why: str, by: str) -> int:
    """``quotation`` is none: it leaves all dossiers, claims and checks."""
    reference = _quotation(store, quotation)
    summary = f"“{_short(reference['text'])}” is no quotation"
    return _record(store, "reject", summary, {"quotation": reference}, why, by)


def confirm(store: Store, quotation: str, why: str, by: str) -> int:
    """``quotation`` and its speaker are right as they are; the machine changes neither from now on."""
    reference = _quotation(store, quotation)
    rows = _speakers_of(store, quotation)
    if len(rows) != 1:
        raise UsageError(
            f"The quotation '{quotation}' has no single speaker to vouch for; 'quotetrack quotations reassign' gives it one."
        )
    details: Reference = {"quotation": reference, "speaker": speaker_or_new(store, rows[0][0])}
    return _record(store, "confirm", f"“{_short(reference['text'])}” by {rows[0][1]} is right", details, why, by)


def apart(store: Store, speaker: str, other: str, why: str, by: str) -> int:
    """The two are different, near as their names may be; review asks no more."""
    one, two = find_speaker(store, speaker, in_part=False), find_speaker(store, other, in_part=False)
    details = {"speaker": _of(store, one), "other": _of(store, two)}
    return _record(store, "apart", f"{two.name} is not {one.name}", details, why, by)


def undo(store: Store, number: int, by: str) -> Correction:
    """Take back a correction. Raises ``UsageError`` where there is none of that number, or it is undone already."""
    found = next((c for c in corrections(store) if c.number == number), None)
    if found is None:
        raise UsageError(f"There is no correction {number}; 'quotetrack corrections' lists them.")
    if found.undone_at:
        raise UsageError(f"Correction {number} was undone by {found.undone_by} on {found.undone_at:%Y-%m-%d}.")
    with store.transaction():
        tables.undo(store.connection, number, by)
        settle(store)
    refresh(store)
    return found


def speaker_or_new(store: Store, wanted: str) -> Reference:
    """A reference to the speaker of that id, name or alias; to a new one where none is called so.

    Raises ``UsageError`` where several are: a person must say which.
    """
    exact = store.connection.execute(
        "SELECT DISTINCT speaker_id FROM speakers LEFT JOIN aliases USING (speaker_id) "
        "WHERE speaker_id = ? OR lower(speakers.name) = lower(?) OR lower(aliases.name) = lower(?)",
        [wanted, wanted, wanted],
    ).fetchall()
    if not exact:
        return new_speaker(_name(wanted))
    one = find_speaker(store, wanted, in_part=False)
    return _of(store, one)


def _speakers_of(store: Store, quotation: str) -> list[tuple[str, str]]:
    return store.connection.execute(
        "SELECT speaker_id, name FROM corrected_quotations JOIN source_speakers USING (source_id) JOIN speakers USING (speaker_id) "
        "WHERE quotation_id = ?",
        [quotation],
    ).fetchall()


def _of(store: Store, one: SpeakerLine) -> Reference:
    made = store.connection.execute("SELECT 1 FROM linked_speakers WHERE speaker_id = ?", [one.speaker_id]).fetchone()
    return speaker_reference(store, one.speaker_id, one.name) if made else new_speaker_like(one)


def new_speaker_like(one: SpeakerLine) -> Reference:
    """A reference to a speaker that exists by a person's word alone."""
    return {"id": one.speaker_id, "name": one.name, "made": True, "places": []}


def _quotation(store: Store, key: str) -> Reference:
    reference = quotation_reference(store, key)
    if reference is None:
        raise UsageError(f"There is no quotation with the id '{key}'; 'quotetrack show' and the dossiers give the ids.")
    return reference


def _name(text: str) -> str:
    plain = " ".join(text.split())
    if not plain:
        raise UsageError("A name or a role must not be empty.")
    return plain


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57].rsplit(" ", 1)[0] + " …"


def _record(store: Store, kind: str, summary: str, details: Reference, why: str, by: str) -> int:
    if not why.strip():
        raise UsageError('Say why, for those who come after you: --why "…".')
    text = json.dumps(details, ensure_ascii=False)
    with store.transaction():  # a kill leaves the decision with its effect, or neither
        number = tables.record(store.connection, kind, summary, text, why.strip(), by)
        settle(store)
    refresh(store)
    return number
