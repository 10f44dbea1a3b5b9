"""Corrections of speakers and quotations, recorded with author, time and reason.

Each function records one correction, applies it to speakers and quotations and returns the number of the correction.
``why`` is the reason and ``by`` the author. An unknown identifier or name, or an empty reason, raises ``UsageError``.
``quotetrack.jobs.correct`` calls these functions and updates the claims in the same transaction. Corrections are reapplied after every
ingest and can be undone; the extracted data is never changed (``quotetrack.corrections.settle``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from quotetrack.corrections import sql as tables
from quotetrack.corrections.references import (
    Reference,
    article_reference,
    new_speaker,
    quotation_reference,
    speaker_reference,
)
from quotetrack.corrections.settle import settle_corrections
from quotetrack.errors import UnknownSpeaker, UsageError
from quotetrack.read.corrections import Correction, corrections
from quotetrack.read.near_names import near_names
from quotetrack.read.speakers import SpeakerLine, find_speaker
from quotetrack.store import Store, versions
from quotetrack.store.moments import moment


def merge(store: Store, speaker: str, other: str, why: str, by: str) -> int:
    """Merge ``other`` into ``speaker``, including quotations that are ingested later."""
    one, two = find_speaker(store, speaker, in_part=False), find_speaker(store, other, in_part=False)
    if one.speaker_id == two.speaker_id:
        raise UsageError(f"'{speaker}' and '{other}' are already the same speaker: {one.name} ({one.speaker_id}).")
    details = {"speaker": _of(store, one), "other": _of(store, two)}
    return _record(store, "merge", f"{two.name} is {one.name}", details, why, by)


def split(
    store: Store,
    speaker: str,
    into: str,
    articles: Sequence[str],
    quotations: Sequence[str],
    why: str,
    by: str,
    new: bool = False,
) -> list[int]:
    """Move all quotations of ``speaker`` in ``articles``, and single ``quotations``, to a new speaker named ``into``.

    Without ``new``, a name like that of another speaker raises ``UsageError``; the name of an earlier split does not.
    """
    one = find_speaker(store, speaker, in_part=False)
    if not articles and not quotations:
        raise UsageError("Nothing to split: give at least one --article ID or --quotation ID.")
    for article in articles:
        found = store.connection.execute(
            "SELECT 1 FROM source_speakers JOIN corrected_sources USING (source_id) WHERE speaker_id = ? AND article_id = ?",
            [one.speaker_id, article],
        ).fetchone()
        if not found:
            raise UsageError(
                f"{one.name} has no quotations in an article with the id '{article}'; 'quotetrack show --json' lists the ids."
            )
    made = _name_of_its_own(store, one, into, new)
    references = [_quotation(store, key) for key in quotations]
    for key in quotations:
        if one.speaker_id not in [speaker_id for speaker_id, _ in _speakers_of(store, key)]:
            raise UsageError(f"The quotation '{key}' is not attributed to {one.name}.")
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
    """Change the display name of ``speaker``."""
    one = find_speaker(store, speaker, in_part=False)
    details = {"speaker": _of(store, one), "name": _name(name)}
    return _record(store, "rename", f"{one.name} is called {name}", details, why, by)


def add_alias(store: Store, speaker: str, name: str, why: str, by: str) -> int:
    """Add the alias ``name`` to ``speaker``."""
    one = find_speaker(store, speaker, in_part=False)
    details = {"speaker": _of(store, one), "name": _name(name)}
    return _record(store, "alias", f"{one.name} is also {name}", details, why, by)


def add_role(store: Store, speaker: str, role: str, start: str | None, end: str | None, why: str, by: str) -> int:
    """Add a ``role`` of ``speaker`` with optional ``start`` and ``end`` (ISO 8601 dates, months or years)."""
    one = find_speaker(store, speaker, in_part=False)
    _check_period(start, end)
    details = {"speaker": _of(store, one), "role": _name(role), "from": start, "to": end}
    when = f" ({start or ''} to {end or ''})" if start or end else ""
    return _record(store, "role", f"{one.name} was {role}{when}", details, why, by)


def reassign(store: Store, quotation: str, speaker: str, why: str, by: str, new: bool = False) -> int:
    """Attribute ``quotation`` to ``speaker``: an existing id, name or alias, or with ``new`` the name of a new speaker.

    Without ``new``, a name that nobody has raises ``UnknownSpeaker`` with the names that are similar.
    """
    reference = _quotation(store, quotation)
    whose = _speaker(store, speaker, new)
    summary = f"“{_short(reference['text'])}” is by {whose['name']}"
    return _record(store, "reassign", summary, {"quotation": reference, "speaker": whose}, why, by)


def reject(store: Store, quotation: str, why: str, by: str) -> int:
    """Mark ``quotation`` as not a quotation; it is removed from dossiers, claims and checks."""
    reference = _quotation(store, quotation)
    summary = f"“{_short(reference['text'])}” is not a quotation"
    return _record(store, "reject", summary, {"quotation": reference}, why, by)


def confirm(store: Store, quotation: str, why: str, by: str) -> int:
    """Confirm ``quotation`` and its speaker; later runs change neither."""
    reference = _quotation(store, quotation)
    rows = _speakers_of(store, quotation)
    if len(rows) != 1:
        raise UsageError(
            f"The quotation '{quotation}' does not have exactly one speaker; set one with 'quotetrack quotations reassign'."
        )
    details: Reference = {"quotation": reference, "speaker": _speaker(store, rows[0][0], new=False)}
    return _record(store, "confirm", f"“{_short(reference['text'])}” by {rows[0][1]} is correct", details, why, by)


def apart(store: Store, speaker: str, other: str, why: str, by: str) -> int:
    """Record that two speakers with similar names are different; ``review`` no longer asks about them."""
    one, two = find_speaker(store, speaker, in_part=False), find_speaker(store, other, in_part=False)
    details = {"speaker": _of(store, one), "other": _of(store, two)}
    return _record(store, "apart", f"{two.name} is not {one.name}", details, why, by)


def remove(store: Store, article: str, why: str, by: str) -> int:
    """Take the article with this identifier out of everything shown. Its texts are kept, and ``ingest`` does not read it again."""
    reference = article_reference(store, article)
    if reference is None:
        raise UsageError(f"No article with the id '{article}'; 'quotetrack articles list' lists the ids.")
    name = f"“{_short(reference['title'])}”" if reference["title"] else f"The article {reference['id']}"
    where = ", ".join(part for part in (reference["outlet"], (reference["published"] or "")[:10]) if part)
    summary = f"{name}{f' ({where})' if where else ''} is removed"
    with store.transaction():
        number = _record(store, "remove", summary, {"article": reference}, why, by)
        versions.supersede(store.connection, article, removed=True)
    return number


def undo(store: Store, number: int, by: str) -> Correction:
    """Undo a correction. Raises ``UsageError`` if the number does not exist or the correction is already undone."""
    found = next((c for c in corrections(store) if c.number == number), None)
    if found is None:
        raise UsageError(f"No correction with the number {number}; 'quotetrack corrections' lists all numbers.")
    if found.undone_at:
        raise UsageError(f"Correction {number} was already undone by {found.undone_by} on {found.undone_at:%Y-%m-%d}.")
    with store.transaction():
        tables.undo(store.connection, number, by)
        if found.kind == "remove":
            versions.restore(store.connection, json.loads(tables.details_of(store.connection, number))["article"]["id"])
        settle_corrections(store)
    return found


def _speaker(store: Store, wanted: str, new: bool) -> Reference:
    """Return a reference to the speaker with this id, name or alias, or with ``new`` to a new speaker if there is none.

    Raises ``UnknownSpeaker`` if there is none, and ``UsageError`` if several match.
    """
    name = _name(wanted)
    exact = store.connection.execute(
        "SELECT DISTINCT speaker_id FROM speakers LEFT JOIN aliases USING (speaker_id) "
        "WHERE speaker_id = $1 OR lower(speakers.name) = lower($1) OR lower(aliases.name) = lower($1)",
        [name],
    ).fetchall()
    if exact:
        return _of(store, find_speaker(store, name, in_part=False))
    if not new:
        raise UnknownSpeaker(name, [(one.speaker_id, one.name) for one in near_names(store, name)])
    return new_speaker(name)


def _name_of_its_own(store: Store, one: SpeakerLine, wanted: str, new: bool) -> Reference:
    """Return a reference to a new speaker, split from ``one``. Unless ``new``, raises ``UsageError`` if the name is like another."""
    made = new_speaker(_name(wanted))
    alike = [
        near
        for near in near_names(store, made["name"])
        if near.speaker_id != one.speaker_id or near.name.lower() == made["name"].lower()
    ]
    if new or not alike or made["id"] in [near.speaker_id for near in alike]:
        return made
    listed = " or ".join(f"{near.name} ({near.speaker_id})" for near in alike)
    raise UsageError(
        f"The new name '{made['name']}' is like that of {listed}. "
        "To move quotations to an existing speaker, use 'quotetrack quotations reassign'; to create this one, add --new."
    )


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
    """Return a reference to a speaker that was created by a correction."""
    return {"id": one.speaker_id, "name": one.name, "made": True, "places": []}


def _quotation(store: Store, key: str) -> Reference:
    reference = quotation_reference(store, key)
    if reference is None:
        raise UsageError(f"No quotation with the id '{key}'; 'quotetrack show' and the dossiers list the ids.")
    return reference


def _check_period(start: str | None, end: str | None) -> None:
    """Raise ``UsageError`` if a date does not exist or the end is before the start."""
    for date in (start, end):
        if date and moment(date)[1] not in ("year", "month", "day"):
            raise UsageError(f"Invalid date '{date}'; use YYYY, YYYY-MM or YYYY-MM-DD.")
    if start and end and end < start[: len(end)]:
        raise UsageError(f"The role ends ({end}) before it starts ({start}); exchange --from and --to.")


def _name(text: str) -> str:
    plain = " ".join(text.split())
    if not plain:
        raise UsageError("Names and roles must not be empty.")
    return plain


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57].rsplit(" ", 1)[0] + " …"


def _record(store: Store, kind: str, summary: str, details: Reference, why: str, by: str) -> int:
    if not why.strip():
        raise UsageError('A reason is required: --why "…".')
    text = json.dumps(details, ensure_ascii=False)
    with store.transaction():  # record the correction and its effect together, or neither
        number = tables.record(store.connection, kind, summary, text, why.strip(), by)
        settle_corrections(store)
    return number
