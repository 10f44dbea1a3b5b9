"""References to speakers and quotations that stay valid when identifiers change.

A reference to a speaker stores its identifier, its name and some of the places where it is named; a reference to a
quotation stores its identifier, article, text and offsets. Lookups try the identifier first, then name and places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from rapidfuzz import fuzz

from quotetrack.store import Store
from quotetrack.store.write import identifier
from quotetrack.text.words import changes_sense, words_of

Reference = dict[str, Any]
_MAX_PLACES = 20
_ENOUGH_WORDS = 5  # to be found again where an edit moved them
_SAME_TEXT = 80  # minimum similarity (0..100) for a quotation found at the same place


def speaker_reference(store: Store, speaker_id: str, name: str) -> Reference:
    """Return a reference to an existing speaker."""
    rows = store.connection.execute(
        "SELECT s.article_id, s.start_char FROM source_speakers ss JOIN sources s USING (source_id) "
        "WHERE ss.speaker_id = ? AND s.name IS NOT NULL ORDER BY ALL LIMIT ?",
        [speaker_id, _MAX_PLACES],
    ).fetchall()
    return {"id": speaker_id, "name": name, "places": [list(row) for row in rows]}


def new_speaker(name: str) -> Reference:
    """Return a reference to a new speaker, created by name."""
    return {"id": made_id(name), "name": name, "made": True, "places": []}


def made_id(name: str) -> str:
    """Identifier of a speaker that is created by a correction; the same name gives the same identifier."""
    return identifier("speaker", "by hand", " ".join(name.casefold().split()))


def quotation_reference(store: Store, quotation_id: str) -> Reference | None:
    """Return a reference to a quotation, rejected or not; ``None`` if the identifier does not exist."""
    row = store.connection.execute(
        "SELECT article_id, text FROM quotations WHERE quotation_id = ?",
        [quotation_id],
    ).fetchone()
    if row is None:
        return None
    spans = store.connection.execute(
        "SELECT start_char, end_char FROM spans WHERE quotation_id = ? AND part = 'content' ORDER BY ALL",
        [quotation_id],
    ).fetchall()
    return {"id": quotation_id, "article": row[0], "text": row[1], "spans": [list(span) for span in spans]}


def article_reference(store: Store, article_id: str) -> Reference | None:
    """Return a reference to an article; ``None`` if the identifier does not exist."""
    row = store.connection.execute(
        "SELECT article_id, title, outlet, published, url FROM articles WHERE article_id = ?", [article_id]
    ).fetchone()
    return dict(zip(("id", "title", "outlet", "published", "url"), row, strict=True)) if row else None


def find_speaker(
    store: Store, reference: Reference, by_places: bool = True, now: Callable[[str], str] = str
) -> str | None:
    """Resolve a reference to the identifier of a linked or manually created speaker; ``None`` if there is none.

    ``now`` gives the speaker that a linked speaker has been merged into: the places of a merged speaker are those of several
    linked ones.

    Candidates, in this order: the speaker with the identifier, unless most of the places now belong to another speaker
    (a namesake may have taken over the identifier); the speaker of that name at the places, or the only speaker of that
    name; and with ``by_places`` the speaker at the places, if at least half of that speaker's own places are among them.
    """
    if reference.get("made"):
        return str(reference["id"])
    query = store.connection.execute
    holders: Counter[str] = Counter()
    for article, start in reference["places"]:
        for (speaker_id,) in query(
            "SELECT DISTINCT l.speaker_id FROM linked_sources l JOIN sources s USING (source_id) "
            "WHERE s.article_id = ? AND s.start_char = ?",
            [article, start],
        ).fetchall():
            holders[now(speaker_id)] += 1
    exists = query("SELECT 1 FROM linked_speakers WHERE speaker_id = ?", [reference["id"]]).fetchone() is not None
    if exists and 2 * holders[reference["id"]] >= holders.total():
        return str(reference["id"])
    best = min(holders, key=lambda key: (-holders[key], key), default=None)
    most = best is not None and 2 * holders[best] > holders.total()
    named = [
        row[0]
        for row in query(
            "SELECT speaker_id FROM linked_speakers WHERE lower(name) = lower(?)", [reference["name"]]
        ).fetchall()
    ]
    if most and best in named:
        return best
    if len(named) == 1 and not exists:
        return str(named[0])
    if not (by_places and most and best is not None):
        return None
    own = query(
        "SELECT count(DISTINCT (s.article_id, s.start_char)) FROM linked_sources l JOIN sources s USING (source_id) "
        "WHERE l.speaker_id = ?",
        [best],
    ).fetchone()
    return best if own and own[0] <= 2 * holders[best] else None


def find_quotation(store: Store, reference: Reference) -> str | None:
    """Resolve a reference to a quotation: by identifier, by a similar text at the same place, or by its words elsewhere in the article.

    The texts must be similar and have the same negations and numbers, because the article may have changed. Elsewhere, where an
    edit may have moved them, the words must be the same, at least five, and stand in one quotation only.
    """
    query = store.connection.execute
    same = query("SELECT text FROM quotations WHERE quotation_id = ?", [reference["id"]]).fetchone()
    if same and _same_words(same[0], reference["text"]):
        return str(reference["id"])
    if not reference["spans"]:
        return None
    start, end = min(s for s, _ in reference["spans"]), max(e for _, e in reference["spans"])
    rows = query(
        "SELECT q.quotation_id, q.text, bool_or(s.start_char < ? AND ? < s.end_char) FROM quotations q JOIN spans s USING (quotation_id) "
        "WHERE q.article_id = ? AND s.part = 'content' GROUP BY ALL",
        [end, start, reference["article"]],
    ).fetchall()
    similar = sorted(
        (-fuzz.ratio(text, reference["text"]), key)
        for key, text, here in rows
        if here and _same_words(text, reference["text"])
    )
    if similar:
        return str(similar[0][1])
    words = words_of(reference["text"])
    moved = [key for key, text, _ in rows if len(words) >= _ENOUGH_WORDS and words_of(text) == words]
    return str(moved[0]) if len(moved) == 1 else None


def _same_words(a: str, b: str) -> bool:
    critical = [sorted(word for word in words_of(text) if changes_sense(word)) for text in (a, b)]
    return critical[0] == critical[1] and fuzz.ratio(a, b) >= _SAME_TEXT
