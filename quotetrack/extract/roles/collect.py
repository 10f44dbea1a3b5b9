"""What the text says a person is: a title before the name, an apposition, a relative clause, an affiliation.

Every role is a stretch of the text beside a mention of the name, found by the words around it. The role a quotation
gives is the one nearest before it in its article: the role its speaker held there.
"""

from __future__ import annotations

from quotetrack.extract.people.someone import Someone
from quotetrack.extract.reading import Reading
from quotetrack.extract.roles.appositions import apposition_after, relative_clause
from quotetrack.extract.roles.fronted import apposition_before
from quotetrack.extract.roles.offices import office_of
from quotetrack.extract.roles.titles import title_before, title_cut_off, title_shared
from quotetrack.model import Span

# What somebody is to another; a party or nation before it ("Democratic rival") does not say to whom.
_RELATIONS = {
    "rival", "opponent", "challenger", "competitor", "adversary", "foe", "colleague", "counterpart", "friend", "ally", "neighbor",
    "neighbour", "partner", "wife", "husband", "son", "daughter", "father", "mother", "brother", "sister", "aunt", "uncle",
    "cousin", "fellow", "winner", "loser",
}  # fmt: skip


def roles_of(reading: Reading, someone: Someone) -> list[Span]:
    """Every role the text gives ``someone``, in text order. Empty for bodies."""
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
    """The role at a quotation: inside or beside its own source phrase, else the nearest before, else the first after. What
    the person is to somebody whom the role does not name (``rival``, ``wife``) only where nothing else is told.
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
