"""Sources to speakers across articles. Careful rather than complete: two dossiers are better than one wrong one.

Persons of the same full name are one speaker; a middle name may be missing. A bare surname has been resolved within
its article by extraction where that could be; left bare, it stays apart, one speaker an article. Bodies and places are
one by name. Unnamed sources are never merged across articles. The outcome depends on what is stored, not on the order
it came in, and a speaker keeps its identifier as articles are added.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from quotetrack.extract.described import BODIES
from quotetrack.extract.people import fold, strip_title
from quotetrack.link.names import body_key, printed_name
from quotetrack.store import Store
from quotetrack.store.write import identifier

Middles = dict[tuple[str, str], set[str]]


@dataclass(slots=True)
class _Entry:
    type: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    printed: Counter[str] = field(default_factory=Counter)


def link(store: Store) -> int:
    """Write speakers, their sources, aliases and roles anew; returns how many speakers there are."""
    rows = store.connection.execute(
        "SELECT source_id, article_id, text, name, type, members FROM sources WHERE name IS NOT NULL "
        "ORDER BY article_id, start_char, source_id"
    ).fetchall()
    named = [
        (source_id, article, text, name, kind, bool(members))
        for source_id, article, text, whole, of, members in rows
        for name, kind in ([(m["name"], m["type"]) for m in members] if members else [(whole, of)])
    ]
    middles = _middle_initials([(name, kind) for _, _, _, name, kind, _ in named])
    entries: dict[str, _Entry] = defaultdict(_Entry)
    pairs: dict[tuple[str, str], bool] = {}
    for source_id, article, text, name, kind, joint in named:
        speaker_id = identifier("speaker", *_key(kind, name, article, middles))
        entry = entries[speaker_id]
        entry.type[kind] += 1
        entry.names[name] += 1
        if not joint and (alias := printed_name(text)):
            entry.printed[alias] += 1
        pairs[(source_id, speaker_id)] = joint
    speakers = [(key, _display(e.names), _most(e.type)) for key, e in sorted(entries.items())]
    aliases = [
        (key, alias, count)
        for key, e in sorted(entries.items())
        for alias, count in sorted((e.names | e.printed).items())
    ]
    store.replace(
        {
            "speakers": list(speakers),
            "source_speakers": [(source, speaker, joint) for (source, speaker), joint in sorted(pairs.items())],
            "aliases": list(aliases),
        }
    )
    store.replace({"roles": _roles(store)})
    return len(speakers)


def _key(kind: str, name: str, article: str, middles: Middles) -> tuple[str, ...]:
    """What makes two sources the same speaker; the article is part of it where the name alone is not enough."""
    if kind == "person":
        parts = fold(strip_title(name)[0] or name)
        if len(parts) < 2:
            return ("person", "bare", article, *parts)
        # `Ann B. Vale` and `Ann C. Vale` are two, and then a plain `Ann Vale` is neither's; with one of them she is that one.
        apart = len(middles[(parts[0], parts[-1])]) > 1
        return ("person", parts[0], parts[-1], _initials(parts) if apart else "")
    if (
        kind in ("unnamed", "document") or name.islower() or body_key(name) in BODIES
    ):  # "the government" is another one in the next article
        return (kind, article, body_key(name))
    return ("body", body_key(name))


def _initials(parts: tuple[str, ...]) -> str:
    return "".join(part[:1] for part in parts[1:-1])


def _middle_initials(names: list[tuple[str, str]]) -> Middles:
    found: Middles = defaultdict(set)
    for name, kind in names:
        parts = fold(strip_title(name)[0] or name)
        if kind == "person" and len(parts) > 2:
            found[(parts[0], parts[-1])].add(_initials(parts))
    return found


def _display(names: Counter[str]) -> str:
    """The name to show: of those printed often enough, the one with most parts, then the commonest, then by alphabet."""
    common = {n: c for n, c in names.items() if 10 * c >= names.total()}
    return min(common or names, key=lambda n: (-min(len(n.split()), 4), n.isupper(), -names[n], n))


def _most(types: Counter[str]) -> str:
    return min(types, key=lambda kind: (-types[kind], kind))


def _roles(store: Store) -> list[tuple[object, ...]]:
    return store.connection.execute(
        "SELECT ss.speaker_id, q.role, min(a.published), max(a.published), count(*) FROM quotations q "
        "JOIN articles a USING (article_id) JOIN source_speakers ss USING (source_id) "
        "WHERE q.role IS NOT NULL AND NOT ss.joint GROUP BY ALL ORDER BY ALL"
    ).fetchall()
