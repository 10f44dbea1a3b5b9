"""Which speakers and claims have a page on the site, with the facts that lists of them show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quotetrack.link.bodies import nameless
from quotetrack.link.countries import demonyms
from quotetrack.link.generic import generic_body
from quotetrack.link.names import body_key, is_expanded
from quotetrack.link.timeline import role_now, role_then
from quotetrack.read.proper_names import has_proper_name, is_full_name, repeated_words, words_of_name
from quotetrack.read.speakers import known_roles, timelines
from quotetrack.store import Store

_BATCH = 2000


@dataclass(frozen=True, slots=True)
class ListedSpeaker:
    """A speaker with quotations shown by default, as in lists.

    ``name`` has the adjective of the country added if the name is a common noun: ``Health Ministry (Kenyan)``. ``paged``:
    the speaker has a page. ``quotations``, ``outlets`` and ``reports`` (independent ones) count what is shown by default.
    ``last`` is the last day of publication (ISO 8601), ``existed`` the last day that stands in for one, in words.
    """

    speaker_id: str
    name: str
    type: str
    wikidata: str | None
    quotations: int
    outlets: int
    reports: int
    last: str | None
    existed: str | None = None
    paged: bool = False
    role: str | None = None


_SPEAKERS = """
SELECT p.speaker_id, any_value(p.name), any_value(p.type), any_value(p.wikidata), count(DISTINCT q.quotation_id),
       count(DISTINCT a.outlet), count(DISTINCT coalesce(o.origin_id, a.article_id)), strftime(max(a.published_at), '%Y-%m-%d'),
       max(v.day || ' (' || v.day_from || ')')
FROM speakers p JOIN source_speakers USING (speaker_id) JOIN shown_quotations q USING (source_id) JOIN articles a USING (article_id)
LEFT JOIN article_origins o USING (article_id) LEFT JOIN article_provenance v USING (article_id) GROUP BY p.speaker_id ORDER BY 5 DESC, 2, 1
"""


def listed_speakers(store: Store) -> list[ListedSpeaker]:
    """List all speakers with quotations shown by default, most quoted first.

    Those with a proper name have a page. A single word is one for a person only if the speaker has a Wikidata identifier,
    is in a seed file or was corrected, or speaks in several independent reports and has a role, and nobody else has the same
    name: a surname alone does not say who speaks.
    """
    found = [ListedSpeaker(*row) for row in store.connection.execute(_SPEAKERS).fetchall()]
    known = _known(store)
    countries = _countries(store)
    shared = repeated_words(one.name for one in found if one.type == "person")
    listed = []
    for batch in _batches(found, _BATCH):
        roles = _roles(store, batch)
        for one in batch:
            role, country = roles.get(one.speaker_id), countries.get(one.speaker_id, "")
            paged = one.speaker_id in known or _has_page(one, role, country, shared)
            listed.append(replace(one, name=_displayed(one, country) if paged else one.name, paged=paged, role=role))
    return listed


def _has_page(one: ListedSpeaker, role: str | None, country: str, shared: frozenset[str]) -> bool:
    if is_expanded(body_key(one.name)) and one.type != "person":
        return True
    if not has_proper_name(one.name, one.type, country):
        return False
    if one.type != "person" or is_full_name(one.name):
        return True
    return bool(role) and one.reports > 1 and not {word.lower() for word in words_of_name(one.name)} & shared


def _displayed(one: ListedSpeaker, country: str) -> str:
    """Return the name, with the country of a body whose name is a common noun and does not include one."""
    generic = generic_body(one.name) if one.type != "person" else None
    common = (generic is not None and not generic[1]) or (one.type != "person" and nameless(one.name, ""))
    adjective = demonyms().get(country, "")
    return f"{one.name[:1].upper()}{one.name[1:]} ({adjective})" if common and adjective else one.name


def _known(store: Store) -> frozenset[str]:
    """Return the speakers in a seed file, with a Wikidata identifier, or named by a correction."""
    found = store.connection.execute(
        "SELECT speaker_id FROM speakers WHERE wikidata IS NOT NULL UNION SELECT speaker_id FROM linked_known "
        "UNION SELECT e.speaker_id FROM correction_effects e JOIN corrections c USING (correction_id) "
        "WHERE e.speaker_id IS NOT NULL AND e.quotation_id IS NULL AND c.undone_at IS NULL"
    ).fetchall()
    return frozenset(row[0] for row in found)


def _countries(store: Store) -> dict[str, str]:
    """Return the country of each body, if the articles that name it agree on one."""
    found = store.connection.execute(
        "SELECT ss.speaker_id, any_value(a.facts.country) FROM source_speakers ss JOIN corrected_sources s USING (source_id) "
        "JOIN speakers p USING (speaker_id) JOIN appearances a ON a.article_id = s.article_id AND a.name = s.name "
        "WHERE p.type NOT IN ('person', 'unnamed', 'document') AND a.facts.country <> '' "
        "GROUP BY ss.speaker_id HAVING count(DISTINCT a.facts.country) = 1"
    ).fetchall()
    return dict(found)


def _roles(store: Store, batch: Sequence[ListedSpeaker]) -> dict[str, str]:
    """Return the role to show beside each name: from a seed file for the last day, else from articles."""
    wanted = [one.speaker_id for one in batch]
    known = known_roles(store, wanted)
    held = timelines(store, wanted, known)
    found = {}
    for one in batch:
        role = role_then([], known.get(one.speaker_id, []), one.last)
        if role := role or role_now(held.get(one.speaker_id, [])):
            found[one.speaker_id] = role
    return found


def claims_with_page(store: Store) -> list[str]:
    """Return the claims that have a page: shown by default, and printed several times, disputed or said again."""
    found = store.connection.execute(
        "SELECT claim_id FROM shown_claims WHERE printings > 1 OR two_speakers OR turned "
        "OR claim_id IN (SELECT claim_id FROM claim_repeats) ORDER BY claim_id"
    ).fetchall()
    return [row[0] for row in found]


def _batches(found: Sequence[ListedSpeaker], size: int) -> Iterator[Sequence[ListedSpeaker]]:
    for start in range(0, len(found), size):
        yield found[start : start + size]
