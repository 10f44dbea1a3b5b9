"""Run all steps of linking for the articles that have changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from quotetrack.link import sql as linking
from quotetrack.link.appearances import Appearance, Person
from quotetrack.link.bodies import bodies, body_blocks, nameless, office_of
from quotetrack.link.facts import Facts, facts
from quotetrack.link.known import Known, load_known
from quotetrack.link.names import blocks, body_key, person_name, printed_name
from quotetrack.link.persons import persons
from quotetrack.store import Store
from quotetrack.store.write import identifier

_LINKER = "8"  # version of linking; articles linked by another version are linked again
_TEXTS = 500  # articles whose texts are in memory at a time
_AT_ONCE = 50_000  # appearances in memory at a time, unless one component has more


def link(store: Store) -> list[str]:
    """Link the sources of all articles that have changed since they were last linked; returns the speakers that changed.

    A change of the known speakers affects all articles. The result is in the tables ``linked_*``; corrections are applied
    afterwards (``quotetrack.jobs.refresh``). Requires an open transaction.
    """
    connection = store.connection
    removed, added = linking.changed(connection, _LINKER)
    if not (removed or added):
        return []
    touched = {key for keys in linking.stored_blocks(connection, removed) for key in keys}
    linking.remove(connection, removed)
    linking.add_articles(connection, added)
    for portion in _batched(_appearing(store, [article for article, _ in added])):
        touched |= {key for one in portion for key in one.keys}
        linking.add_appearances(connection, [_row(one) for one in portion])
    known = load_known(store)
    component = _components(_connected(store, touched, known), touched)
    relinked = set(linking.unlink(connection, removed))
    for keys in _portions(component, linking.frequencies(connection, sorted(component))):
        appearances = [_appearance(row) for row in linking.appearances_under(connection, keys)]
        here = {key: component[key] for key in keys}
        relinked.update(linking.relink(connection, keys, _rows(_persons(appearances, here, known))))
    return sorted(relinked)


def _batched(appearances: Iterator[Appearance]) -> Iterator[list[Appearance]]:
    return iter(lambda: list(islice(appearances, _AT_ONCE)), [])


def _portions(component: dict[str, str], frequencies: dict[str, int]) -> Iterator[list[str]]:
    """Yield the keys of whole components with about ``_AT_ONCE`` appearances, given the number of appearances by first key."""
    groups: dict[str, list[str]] = defaultdict(list)
    for key in sorted(component):
        groups[component[key]].append(key)
    portion: list[str] = []
    size = 0
    for _, keys in sorted(groups.items()):
        portion += keys
        size += sum(frequencies.get(key, 0) for key in keys)
        if size >= _AT_ONCE:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def is_linked(store: Store) -> bool:
    """Whether no article and no known speaker has changed since the last call of ``link``."""
    return linking.changed(store.connection, _LINKER) == ([], [])


def _appearing(store: Store, articles: Sequence[str]) -> Iterator[Appearance]:
    """Yield the speakers of ``articles`` with their blocking keys and all evidence from their articles."""
    for start in range(0, len(articles), _TEXTS):
        portion = articles[start : start + _TEXTS]
        evidence: dict[tuple[str, str, str], list[tuple[Any, ...]]] = defaultdict(list)
        for source, article, text, name, kind, *rest in linking.evidence(store.connection, portion):
            evidence[article, name, kind].append((source, text, *rest))
        rows = linking.sources_of(store.connection, portion)
        for _, together in groupby(rows, itemgetter(0)):
            yield from _of_article([_found(row, evidence[row[0], row[3], row[4]]) for row in together])


def _of_article(found: list[Appearance]) -> list[Appearance]:
    """Add to each speaker of one article who else speaks there."""
    named = {
        _in_company(one.name, one.type)
        for one in found
        if not (nameless(one.name, one.type) or (one.type == "person" and one.person.bare))
    }
    for one in found:
        one.company = frozenset(named - {_in_company(one.name, one.type)})
    return found


def _found(row: tuple[Any, ...], evidence: Sequence[tuple[Any, ...]]) -> Appearance:
    """Return the speaker of a row of ``sources_of``, with what the text says and the ``evidence`` of its sources."""
    article, url, text, name, kind, places = row
    said = facts(text, url, name, kind, places)
    kind = "organisation" if said.organisation else kind
    keys = {key for one in (name, *said.other_names) for key in _blocks(one, kind, article)}
    if " " not in name:  # a renamed company may be taken for a person
        keys |= {key for one in said.other_names for key in body_blocks(one)}
    found = Appearance(article, name, kind, keys=tuple(sorted(keys)), facts=said)
    for source, phrase, joint, outlet, day, roles in evidence:
        found.sources.append((source, joint))
        if not joint:
            found.printed[phrase] += 1
            found.roles = tuple(sorted({*found.roles, *roles}))
        found.outlet, found.day = outlet, day
    return found


def _row(one: Appearance) -> tuple[object, ...]:
    """Return the row of the table ``appearances``."""
    sources = [{"source_id": source, "joint": joint} for source, joint in one.sources]
    evidence = (sources, sorted(one.printed.elements()), list(one.roles), sorted(one.company), one.outlet, one.day)
    return (one.article, one.name, one.type, list(one.keys), one.keys[0], asdict(one.facts), *evidence)


def _appearance(row: tuple[Any, ...]) -> Appearance:
    """Return the appearance of a row of ``appearances_under``."""
    article, name, kind, keys, said, sources, printed, roles, company, outlet, day = row
    return Appearance(
        article, name, kind, [(one["source_id"], one["joint"]) for one in sources], Counter(printed), tuple(roles),
        frozenset(company), outlet, day, tuple(keys), Facts(**{**said, "other_names": tuple(said["other_names"])}),
    )  # fmt: skip


def _blocks(name: str, kind: str, article: str) -> set[str]:
    if kind == "person":
        return blocks(person_name(name))
    if kind == "unnamed" and (office := office_of(name)):
        return {f"u:{office}"}
    if nameless(name, kind):
        return {f"n:{article} {body_key(name)}"}
    return body_blocks(name)


def _connected(store: Store, touched: set[str], known: list[Known]) -> list[tuple[str, ...]]:
    """Return the combinations of keys, of stored names and of known speakers, that may connect the ``touched`` keys."""
    seeds = [tuple(sorted({key for name in k.names for key in _blocks(name, k.type, "")})) for k in known]
    together = _components(seeds, {key for keys in seeds for key in keys})
    groups: dict[str, list[str]] = defaultdict(list)
    for key, name in together.items():
        groups[name].append(key)
    return sorted(
        linking.connected_keys(store.connection, touched, {key: groups[name] for key, name in together.items()})
    )


def _components(combinations: Iterable[Sequence[str]], touched: set[str]) -> dict[str, str]:
    """Map each key to its component, named by its smallest key, for the components that contain a key of ``touched``."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for keys in combinations:
        first = root(keys[0])
        for key in keys[1:]:
            parent[root(key)] = first
    wanted = {root(key) for key in touched}
    members: dict[str, list[str]] = defaultdict(list)
    for key in parent:
        if root(key) in wanted:
            members[root(key)].append(key)
    return {key: min(group) for group in members.values() for key in group}


def _in_company(name: str, kind: str) -> str:
    return person_name(name).key if kind == "person" else body_key(name)


def _persons(appearances: list[Appearance], component: dict[str, str], known: list[Known]) -> list[Person]:
    groups: dict[str, list[Appearance]] = defaultdict(list)
    for one in appearances:
        groups[component[one.keys[0]]].append(one)
    seeds: dict[str, dict[str, Known]] = defaultdict(dict)
    for seed in known:
        for name in seed.names:
            for key in _blocks(name, seed.type, ""):
                if key in component:
                    seeds[component[key]][seed.known_id] = seed
    found: list[Person] = []
    for name, group in sorted(groups.items()):
        _correct_types(group)
        for kind, link_kind in (("person", persons), ("organisation", bodies)):
            of_kind = [s for s in seeds[name].values() if (s.type == "person") == (kind == "person")]
            found += link_kind([one for one in group if (one.type == "person") == (kind == "person")], of_kind)
    return found


def _correct_types(group: list[Appearance]) -> None:
    """Make single names organisations if one of their other names is an organisation's."""
    named = {body_key(one.name) for one in group if one.type == "organisation"}
    for one in group:
        if one.type == "person" and one.person.bare and named & {body_key(name) for name in one.facts.other_names}:
            one.type = "organisation"


def _rows(found: list[Person]) -> dict[str, list[tuple[object, ...]]]:
    """Convert the linked speakers to rows of the tables ``linked_*``."""
    rows: dict[str, list[tuple[object, ...]]] = defaultdict(list)
    for person in found:
        speaker = identifier("speaker", *person.key)
        known, appearances = person.known, person.appearances
        types = Counter(one.type for one in appearances)
        names: Counter[str] = Counter()
        printed: Counter[str] = Counter()
        sources: dict[tuple[str, str], tuple[bool, str]] = {}
        for one in appearances:
            names[one.name] += len(one.sources)
            for text, count in one.printed.items():
                if alias := printed_name(text):
                    printed[alias] += count
            for source, joint in one.sources:
                before, key = sources.get((source, one.article), (True, one.keys[0]))
                sources[source, one.article] = joint and before, min(key, one.keys[0])
        name = known.name if known else _display(names)
        rows["linked_speakers"].append((speaker, name, known.type if known else _most(types)))
        rows["linked_sources"] += [
            (source, speaker, joint, article, key) for (source, article), (joint, key) in sorted(sources.items())
        ]
        rows["linked_aliases"] += [(speaker, alias, count) for alias, count in sorted((names | printed).items())]
        if known:
            rows["linked_known"].append((speaker, known.known_id))
    return rows


def _display(names: Counter[str]) -> str:
    """Choose the display name: among names with at least a tenth of the mentions, the one with the most parts, then the
    most frequent, then the first in alphabetical order."""
    common = {n: c for n, c in names.items() if 10 * c >= names.total()}
    return min(common or names, key=lambda n: (-min(len(n.split()), 4), n.isupper(), -names[n], n))


def _most(types: Counter[str]) -> str:
    return min(types, key=lambda kind: (-types[kind], kind))
