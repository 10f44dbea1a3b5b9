"""Suggest speakers for a name that is being typed, or that nobody has."""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz import fuzz, process

from quotetrack.store import Store
from quotetrack.text.words import plain

_MIN_SIMILARITY = 72  # of two names, in 0..100; a wrong letter in a short name costs more than 20


class Suggestion(NamedTuple):
    """A speaker with the role printed most often and the number of quotations shown by default."""

    speaker_id: str
    name: str
    role: str | None
    quotations: int


def near_names(store: Store, wanted: str, limit: int = 5) -> list[Suggestion]:
    """Return the speakers with a name or alias similar to ``wanted``, or of which it is a part, best first.

    >>> [one.name for one in near_names(store, "Rut Vale")]
    ['Ruth Vale']
    """
    sought = plain(wanted)
    words = set(sought.split())
    names = [(key, name, plain(name)) for key, name in _names(store)]
    scores: dict[str, float] = {}
    similar = process.extract(
        sought, [one[2] for one in names], scorer=fuzz.token_sort_ratio, score_cutoff=_MIN_SIMILARITY, limit=None
    )
    for _, score, at in similar:
        scores[names[at][0]] = max(score, scores.get(names[at][0], 0.0))
    for key, _, name in names:
        if words and words <= set(name.split()):
            scores[key] = max(scores.get(key, 0.0), 100.0)
    return _suggestions(store, scores, limit)


def completions(store: Store, typed: str, limit: int = 8) -> list[Suggestion]:
    """Return the speakers of whose name or alias each word of ``typed`` begins a word; if there are none, those with near names."""
    begun = plain(typed).split()
    if not begun:
        return []
    found = {
        key: 1.0
        for key, name in _names(store)
        if all(any(word.startswith(one) for word in plain(name).split()) for one in begun)
    }
    return _suggestions(store, found, limit) if found else near_names(store, typed, limit)


def _names(store: Store) -> list[tuple[str, str]]:
    """Return all names and aliases of speakers with a proper name."""
    return store.connection.execute(
        "SELECT speaker_id, name FROM speakers WHERE type NOT IN ('unnamed', 'document') UNION "
        "SELECT speaker_id, a.name FROM aliases a JOIN speakers p USING (speaker_id) WHERE p.type NOT IN ('unnamed', 'document') "
        "ORDER BY ALL"
    ).fetchall()


def _suggestions(store: Store, scores: dict[str, float], limit: int) -> list[Suggestion]:
    """Return the speakers with the highest scores; of equal ones, the most quoted first."""
    found = store.connection.execute(
        "SELECT p.speaker_id, p.name, (SELECT role FROM roles r WHERE r.speaker_id = p.speaker_id ORDER BY mentions DESC, role LIMIT 1), "
        "count(DISTINCT q.quotation_id) FROM speakers p LEFT JOIN source_speakers USING (speaker_id) "
        "LEFT JOIN shown_quotations q USING (source_id) WHERE p.speaker_id IN (SELECT unnest(?::VARCHAR[])) GROUP BY p.speaker_id, p.name",
        [sorted(scores)],
    ).fetchall()
    ordered = sorted((Suggestion(*row) for row in found), key=lambda one: (-scores[one[0]], -one[3], one[1], one[0]))
    return ordered[:limit]
