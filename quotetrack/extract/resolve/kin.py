"""Resolve kinship terms with a possessive: ``her husband``, ``his wife``."""

from __future__ import annotations

from quotetrack.extract.people.gender import gender_of
from quotetrack.extract.people.register import Register
from quotetrack.extract.people.someone import Someone
from quotetrack.extract.roles.facts import Facts
from quotetrack.model import Span

KIN = {
    "wife", "husband", "ex-wife", "ex-husband", "widow", "father", "mother", "dad", "mom", "mum", "son", "daughter", "brother",
    "sister", "fiancé", "fiancée", "grandfather", "grandmother", "uncle", "aunt", "boyfriend", "girlfriend",
}  # fmt: skip
_GENDERS = {"his": "m", "her": "f"}


def relative_named(register: Register, facts: Facts, span: Span, lemma: str, owner: Someone | None) -> Someone | None:
    """Return the relative that a phrase such as ``her husband`` means, if exactly one person fits.

    A person with that role comes first, then one with the surname of ``owner``, the person ``her`` stands for.
    ``lemma`` is the noun of the phrase.
    """
    owner_gender = _GENDERS.get(span.text.split()[0].lower(), "")
    if owner is not None and owner.gender and owner_gender and owner.gender != owner_gender:
        owner = None
    found = [s for s in facts.holders(lemma) if s is not owner]
    if found or span.text.split()[0].lower() not in ("his", "her"):
        return found[0] if len(found) == 1 else None
    if owner is None or " " not in owner.name:
        return None
    family = owner.name.split()[-1]
    found = [s for s in register.persons_by_surname(family) if not _is_same_name(s, owner)]
    gender = gender_of(lemma)
    return found[0] if len(found) == 1 and " " in found[0].name and gender in (found[0].gender, "") else None


def _is_same_name(one: Someone, other: Someone) -> bool:
    """Whether one name contains the other: ``Ida Vale`` and ``Ida Maria Vale`` can be one person."""
    parts = set(one.name.split()), set(other.name.split())
    return one is other or parts[0] <= parts[1] or parts[1] <= parts[0]
