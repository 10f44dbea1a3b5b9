"""Quotations to claims: the printings of one utterance, found however their wording drifted.

Candidates share a run of words (containment survives truncation, which MinHash does not); they are verified by
rapidfuzz over words. A claim grows around a root, its fullest printing within reach, in the manner of MemeTracker
(Leskovec et al. 2009): every member resembles the root itself, so nothing is chained through a third quotation, and a
long quotation that runs two utterances together belongs to both without joining them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from rapidfuzz import fuzz

from quotetrack.cluster.words import Alphabet, words_of
from quotetrack.store import Store
from quotetrack.store.write import identifier

SHINGLE = 4  # words in a run that two candidates share
COMMONEST = 200  # a run in more quotations than this is a phrase of the language, no evidence
_STOCK = 5  # quotations of fewer words are one claim only when the same speaker said them
_SPOKEN = {"direct", "mixed"}


@dataclass(slots=True)
class Item:
    """A quotation to be clustered. ``speakers`` are speaker identifiers, empty where nobody is known."""

    quotation_id: str
    words: list[str]
    code: str
    kind: str
    speakers: frozenset[str]
    unnamed: bool
    published: str
    outlet: str
    text: str


def cluster(store: Store) -> int:
    """Write claims and their members anew; returns how many claims there are."""
    items = _read(store)
    groups = claims_of(items)
    claims: list[tuple[object, ...]] = []
    members: list[tuple[object, ...]] = []
    for root, group in groups:
        claim_id = identifier("claim", root.quotation_id)
        dates = [i.published for i, _ in group if i.published]
        shown = _shown(group)
        kinds = {i.kind for i, _ in group}
        kind = next(k for k in ("direct", "mixed", "indirect") if k in kinds)
        claims.append(
            (
                claim_id, shown.text, kind, min(dates, default=None), max(dates, default=None),
                len({i.outlet for i, _ in group if i.outlet}), len({i.code for i, _ in group}), len(group),
            )
        )  # fmt: skip
        members += [(claim_id, item.quotation_id, round(similarity, 4)) for item, similarity in group]
    store.replace({"claims": sorted(claims, key=str), "claim_quotations": sorted(members, key=str)})
    return len(claims)


def _read(store: Store) -> list[Item]:
    rows = store.connection.execute(
        "SELECT q.quotation_id, q.text, q.kind, coalesce(list(ss.speaker_id) FILTER (ss.speaker_id IS NOT NULL), []), "
        "coalesce(bool_or(p.type IN ('unnamed', 'document')), false), coalesce(a.published, ''), "
        "coalesce(a.outlet, a.article_id) "
        "FROM quotations q JOIN articles a USING (article_id) LEFT JOIN source_speakers ss USING (source_id) "
        "LEFT JOIN speakers p USING (speaker_id) GROUP BY ALL ORDER BY q.quotation_id"
    ).fetchall()
    alphabet = Alphabet()
    items = []
    for quotation_id, text, kind, speakers, unnamed, published, outlet in rows:
        words = words_of(text)
        items.append(
            Item(
                quotation_id, words, alphabet.encode(words), kind, frozenset(speakers), unnamed, published, outlet, text
            )
        )
    return items


def claims_of(items: list[Item]) -> list[tuple[Item, list[tuple[Item, float]]]]:
    """Each claim as its root and its members (the root first) with their similarity to it. Every item is in one at least.

    Roots are taken short to long among what resembles each other: the common core of an utterance gathers its longer
    printings; a printing longer than its root by another utterance is gathered by both roots.
    """
    ordered = sorted(items, key=lambda i: (len(i.words), i.quotation_id))
    near = _neighbours(ordered)
    placed: set[int] = set()
    groups: list[tuple[Item, list[tuple[Item, float]]]] = []
    for index, item in enumerate(ordered):
        if index in placed:
            continue
        # The shortest free item would make a truncated stub the root; its closest equals and longer ones gather here.
        group = [(item, 1.0)]
        placed.add(index)
        for other, similarity in sorted(near[index], key=lambda pair: (-pair[1], pair[0])):
            if len(ordered[other].words) >= len(item.words) or other not in placed:
                group.append((ordered[other], similarity))
                placed.add(other)
        groups.append((item, group))
    return groups


def _neighbours(items: list[Item]) -> list[list[tuple[int, float]]]:
    postings: dict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        for shingle in _shingles(item.code):
            postings[shingle].append(index)
    near: list[list[tuple[int, float]]] = [[] for _ in items]
    for index, item in enumerate(items):
        shared: Counter[int] = Counter()
        for shingle in _shingles(item.code):
            found = postings[shingle]
            if len(found) <= COMMONEST:
                shared.update(i for i in found if i > index)
        for other in shared:
            similarity = same_utterance(item, items[other])
            if similarity:
                near[index].append((other, similarity))
                near[other].append((index, similarity))
    return near


def _shingles(code: str) -> set[str]:
    if len(code) < SHINGLE:
        return {code} if code else set()
    return {code[i : i + SHINGLE] for i in range(len(code) - SHINGLE + 1)}


def same_utterance(a: Item, b: Item) -> float:
    """How alike two wordings are if they are printings of one utterance, in 0..1; 0 where they are not.

    The shorter must stand in the longer almost word for word. The fewer words, and the less it is known that one
    speaker said both, the closer; reported speech needs the more.
    """
    short, long = (a, b) if len(a.code) <= len(b.code) else (b, a)
    length = len(short.code)
    if not length:
        return 0.0
    known = bool(a.speakers and b.speakers) and not (a.unnamed or b.unnamed)
    same = bool(a.speakers & b.speakers)
    partial = fuzz.partial_ratio(short.code, long.code) / 100
    whole = fuzz.ratio(short.code, long.code) / 100
    spoken = a.kind in _SPOKEN and b.kind in _SPOKEN
    if known and not same:
        # Two speakers for the same words: one utterance only when it is long and word for word the same.
        return partial if length >= 8 and partial >= 0.97 and spoken else 0.0
    if length < _STOCK:
        return whole if same and (whole == 1.0 or (partial == 1.0 and length >= SHINGLE and spoken)) else 0.0
    if length < 8:
        limit = 0.86 if same else 0.99
    else:
        limit = 0.8 if same else 0.9
    if not spoken:
        # The article's words: close throughout, not only where the shorter one lies.
        return whole if whole >= max(0.8, limit) and length >= 6 else 0.0
    return partial if partial >= limit else 0.0


def _shown(group: list[tuple[Item, float]]) -> Item:
    """The wording a claim is shown by: between marks rather than not, printed most often, then the fullest."""
    printed = Counter(item.code for item, _ in group)
    order = {"direct": 0, "mixed": 1, "indirect": 2}
    return min(
        (item for item, _ in group),
        key=lambda i: (order[i.kind], -printed[i.code], -len(i.words), i.published or "9", i.quotation_id),
    )
