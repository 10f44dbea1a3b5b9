"""What a correction is about, written down so that it is found again when identifiers have changed.

A speaker is kept as its identifier, its name and some of the places where it was named; a quotation as its identifier, its
article and the characters it stands on. The identifier comes first; where it is gone, the name decides, then the places.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from rapidfuzz import fuzz

from quotetrack.store import Store
from quotetrack.store.write import identifier

Reference = dict[str, Any]
_PLACES = 20
_SAME_TEXT = 80  # least likeness, of 100, of a quotation found again at the same place


def speaker_reference(store: Store, speaker_id: str, name: str) -> Reference:
    """A reference to a speaker there is now."""
    rows = store.connection.execute(
        "SELECT s.article_id, s.start_char FROM source_speakers ss JOIN sources s USING (source_id) "
        "WHERE ss.speaker_id = ? AND s.name IS NOT NULL ORDER BY ALL LIMIT ?",
        [speaker_id, _PLACES],
    ).fetchall()
    return {"id": speaker_id, "name": name, "places": [list(row) for row in rows]}


def new_speaker(name: str) -> Reference:
    """A reference to a speaker that a person brings in by name."""
    return {"id": made_id(name), "name": name, "made": True, "places": []}


def made_id(name: str) -> str:
    """The identifier of a speaker that exists by a person's word: one for one name."""
    return identifier("speaker", "by hand", " ".join(name.casefold().split()))


def quotation_reference(store: Store, quotation_id: str) -> Reference | None:
    """A reference to a quotation in the database, rejected or not; ``None`` where there is none of that identifier."""
    row = store.connection.execute(
        "SELECT article_id, text FROM (FROM quotations UNION ALL FROM rejected_quotations) WHERE quotation_id = ?",
        [quotation_id],
    ).fetchone()
    if row is None:
        return None
    spans = store.connection.execute(
        "SELECT start_char, end_char FROM spans WHERE quotation_id = ? AND part = 'content' ORDER BY ALL",
        [quotation_id],
    ).fetchall()
    return {"id": quotation_id, "article": row[0], "text": row[1], "spans": [list(span) for span in spans]}


def find_speaker(store: Store, reference: Reference, by_places: bool = True) -> str | None:
    """The speaker as linking has it now (or one made by hand) that a reference means; ``None`` where none is left.

    The identifier comes first, then the name, then, if ``by_places``, who now stands at most of the places.
    """
    if reference.get("made"):
        return str(reference["id"])
    query = store.connection.execute
    if query("SELECT 1 FROM linked_speakers WHERE speaker_id = ?", [reference["id"]]).fetchone():
        return str(reference["id"])
    named = query("SELECT speaker_id FROM linked_speakers WHERE lower(name) = lower(?)", [reference["name"]]).fetchall()
    if len(named) == 1:
        return str(named[0][0])
    if not by_places:
        return None
    holders: Counter[str] = Counter()
    for article, start in reference["places"]:
        for (speaker_id,) in query(
            "SELECT DISTINCT l.speaker_id FROM linked_sources l JOIN sources s USING (source_id) "
            "WHERE s.article_id = ? AND s.start_char = ?",
            [article, start],
        ).fetchall():
            holders[speaker_id] += 1
    best = min(holders, key=lambda key: (-holders[key], key), default=None)
    return best if best is not None and 2 * holders[best] > len(reference["places"]) else None


def find_quotation(store: Store, reference: Reference) -> str | None:
    """The quotation a reference means: of that identifier, else the one like it at the same place of the same article."""
    query = store.connection.execute
    if query("SELECT 1 FROM quotations WHERE quotation_id = ?", [reference["id"]]).fetchone():
        return str(reference["id"])
    if not reference["spans"]:
        return None
    start, end = min(s for s, _ in reference["spans"]), max(e for _, e in reference["spans"])
    rows = query(
        "SELECT DISTINCT q.quotation_id, q.text FROM quotations q JOIN spans s USING (quotation_id) "
        "WHERE q.article_id = ? AND s.part = 'content' AND s.start_char < ? AND ? < s.end_char",
        [reference["article"], end, start],
    ).fetchall()
    alike = sorted((-fuzz.ratio(text, reference["text"]), key) for key, text in rows)
    return str(alike[0][1]) if alike and -alike[0][0] >= _SAME_TEXT else None
