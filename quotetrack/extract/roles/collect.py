"""Collect the roles of a person: titles before the name, appositions, relative clauses, affiliations.

Every role is a span of the text next to a mention of the name. A quotation gets the nearest role before it in its article.
"""

from __future__ import annotations

from quotetrack.extract.people.someone import Someone
from quotetrack.extract.reading import Reading
from quotetrack.extract.roles.appositions import apposition_after, relative_clause
from quotetrack.extract.roles.fronted import apposition_before
from quotetrack.extract.roles.offices import office_of
from quotetrack.extract.roles.titles import title_before, title_cut_off, title_shared
from quotetrack.model import Span

# Relations to another person; a party or nation before the noun ("Democratic rival") does not name that person.
_RELATIONS = {
    "rival", "opponent", "challenger", "competitor", "adversary", "foe", "colleague", "counterpart", "friend", "ally", "neighbor",
    "neighbour", "partner", "wife", "husband", "son", "daughter", "father", "mother", "brother", "sister", "aunt", "uncle",
    "cousin", "fellow", "winner", "loser",
}  # fmt: skip


def roles_of(reading: Reading, someone: Someone) -> list[Span]:
    """Return all roles of ``someone`` in text order; an empty list for bodies."""
    if someone.type != "person":
        return []
    found: dict[int, Span] = {}
    for mention in someone.mentions:
        for role in (
            title_before(reading, mention)
            or office_of(reading, reading.words_between(mention.start, mention.end).start)
            or title_cut_off(reading, mention)
            or title_shared(reading, mention),
            apposition_after(reading, mention),
            apposition_before(reading, mention),
            relative_clause(reading, mention),
        ):
            if role is not None:
                found.setdefault(role.start, role)
    return [found[start] for start in sorted(found)]


def role_at(reading: Reading, roles: list[Span], position: int, source: Span | None) -> Span | None:
    """Return the role for a quotation: in or next to its source, else the nearest before, else the first after.

    A relation to a person that the role does not name (``rival``, ``wife``) is used only if there is no other role.
    """
    roles = [role for role in roles if not _is_bare_relation(reading, role)] or roles
    if not roles:
        return None
    if source is not None:
        beside = [r for r in roles if r.start < source.end + 3 and source.start - 3 < r.end]
        if beside:
            return max(beside, key=lambda r: r.end - r.start)
    before = [r for r in roles if r.end <= position]
    return before[-1] if before else roles[0]


def _is_bare_relation(reading: Reading, role: Span) -> bool:
    words = [reading.words[index] for index in reading.words_between(role.start, role.end)]
    if not words or words[-1].text.lower() not in _RELATIONS:
        return False
    return all(word.text.islower() or word.upos == "ADJ" for word in words[:-1])
