"""Uncertain cases for manual review: low confidence, one wording with two speakers, similar names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from quotetrack.corrections.sql import in_force
from quotetrack.link.names import likeness, person_name
from quotetrack.model import LOW_CONFIDENCE
from quotetrack.read.context import Segment, around
from quotetrack.store import Store

Kind = Literal["unsure", "two speakers", "near names"]
_ACTS = {"stated": "said", "denied": "denied", "requested": "requested"}
_NEAR_NAMES = 85  # minimum similarity of names (0..100)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One uncertain case. ``key`` is a stable identifier.

    ``quotation_id`` is set for the kinds ``unsure`` and ``two speakers``, ``speakers`` (id and name) for ``two speakers``
    and ``near names``.
    """

    key: str
    kind: Kind
    question: str
    context: tuple[Segment, ...] = ()
    quotation_id: str | None = None
    speakers: tuple[tuple[str, str], ...] = ()


def doubts(store: Store) -> Iterator[Doubt]:
    """Yield all undecided cases, alternating between the kinds, most uncertain first."""
    kinds = [_two_speakers(store), _near_names(store), _unsure(store)]
    while kinds:
        for kind in list(kinds):
            case = next(kind, None)
            if case is None:
                kinds.remove(kind)
            else:
                yield case


def _decided(store: Store) -> set[str]:
    return {
        row[0]
        for row in store.connection.execute(
            "SELECT quotation_id FROM correction_effects WHERE quotation_id IS NOT NULL"
        ).fetchall()
    }


def _unsure(store: Store) -> Iterator[Doubt]:
    done = _decided(store)
    rows = store.connection.execute(
        "SELECT q.quotation_id, q.confidence, q.speaker_confidence, q.stance, list(p.name ORDER BY p.name) FILTER (p.name IS NOT NULL), a.outlet, "
        "coalesce(bool_or(p.type <> 'unnamed'), false) "
        "FROM shown_quotations q JOIN articles a USING (article_id) LEFT JOIN source_speakers USING (source_id) "
        "LEFT JOIN speakers p USING (speaker_id) WHERE q.confidence < $low OR (p.type <> 'unnamed' AND q.speaker_confidence < $low) "
        "GROUP BY ALL",
        {"low": LOW_CONFIDENCE},
    ).fetchall()
    rows.sort(key=lambda row: (min(row[1], row[2] if row[6] else 1.0), row[0]))
    for quotation, confidence, of_speaker, stance, names, outlet, named in rows:
        if quotation not in done:
            who = ", ".join(names) if names else "an unnamed speaker"
            sure = f"{confidence:.2f}, of the speaker {of_speaker:.2f}" if named else f"{confidence:.2f}"
            question = f"{outlet or 'Unknown outlet'}: {_ACTS[stance]} by {who}? Confidence {sure}."
            yield Doubt(f"unsure {quotation}", "unsure", question, _context(store, quotation), quotation)


def _two_speakers(store: Store) -> Iterator[Doubt]:
    done = _decided(store)
    rows = store.connection.execute(
        "SELECT cq.claim_id, list(DISTINCT (p.speaker_id, p.name)) AS who, min(q.quotation_id ORDER BY q.confidence, q.quotation_id) "
        "FROM claim_quotations cq JOIN corrected_quotations q USING (quotation_id) JOIN source_speakers ss USING (source_id) "
        "JOIN speakers p USING (speaker_id) WHERE NOT ss.joint AND p.type <> 'unnamed' AND q.kind <> 'indirect' "
        "GROUP BY cq.claim_id HAVING count(DISTINCT p.speaker_id) > 1 ORDER BY cq.claim_id"
    ).fetchall()
    for claim, who, quotation in rows:
        if quotation not in done:
            speakers = tuple(
                sorted(
                    (str(i), str(name)) for i, name in (tuple(w.values()) if isinstance(w, dict) else w for w in who)
                )
            )
            question = (
                f"The same words are attributed to {' and '.join(name for _, name in speakers)}. Who said them here?"
            )
            yield Doubt(f"two {claim}", "two speakers", question, _context(store, quotation), quotation, speakers)


def _near_names(store: Store) -> Iterator[Doubt]:
    """Yield pairs of persons with similar names that are not linked and not recorded as different."""
    rows = store.connection.execute(
        "SELECT p.speaker_id, p.name, count(*) FROM speakers p JOIN source_speakers USING (speaker_id) "
        "WHERE p.type = 'person' GROUP BY ALL ORDER BY p.name, p.speaker_id"
    ).fetchall()
    by_last: dict[str, list[tuple[str, str, int]]] = {}
    for row in rows:
        by_last.setdefault(person_name(row[1]).last, []).append(row)
    different = {
        frozenset((one["speaker"]["id"], one["other"]["id"]))
        for _, kind, details in in_force(store.connection)
        if kind == "apart"
        for one in [json.loads(details)]
    }
    pairs = []
    for group in by_last.values():
        for at, one in enumerate(group[:200]):
            for other in group[at + 1 : 200]:
                a, b = person_name(one[1]), person_name(other[1])
                close = a.bare or b.bare or likeness(a, b) > 0
                if close and (a.bare or b.bare or fuzz.ratio(a.key, b.key) >= _NEAR_NAMES or likeness(a, b) >= 1.5):
                    pairs.append((-min(one[2], other[2]), one, other))
    for _, one, other in sorted(pairs):
        if frozenset((one[0], other[0])) in different:
            continue
        question = f"Are {one[1]} ({one[2]} sources) and {other[1]} ({other[2]} sources) the same person?"
        key = f"near {' '.join(sorted((one[0], other[0])))}"
        yield Doubt(key, "near names", question, speakers=((one[0], one[1]), (other[0], other[1])))


def _context(store: Store, quotation: str) -> tuple[Segment, ...]:
    row = store.connection.execute(
        "SELECT text FROM articles WHERE article_id = (SELECT article_id FROM corrected_quotations WHERE quotation_id = ?)",
        [quotation],
    ).fetchone()
    spans = store.connection.execute(
        "SELECT part, start_char, end_char FROM spans WHERE quotation_id = ? AND part IN ('content', 'cue', 'source') ORDER BY ALL",
        [quotation],
    ).fetchall()
    return tuple(around(row[0], [(part, start, end) for part, start, end in spans])) if row and spans else ()
