"""Whom ``her husband`` or ``his wife`` means: the one person whom the article calls so, or of the same surname."""

from __future__ import annotations

from quotetrack.extract.facts import Facts
from quotetrack.extract.gender import gender_of
from quotetrack.extract.people import Register
from quotetrack.extract.someone import Someone
from quotetrack.model import Span

KIN = {
    "wife", "husband", "ex-wife", "ex-husband", "widow", "father", "mother", "dad", "mom", "mum", "son", "daughter", "brother",
    "sister", "fiancé", "fiancée", "grandfather", "grandmother", "uncle", "aunt", "boyfriend", "girlfriend",
}  # fmt: skip


def relative_named(register: Register, facts: Facts, span: Span, lemma: str, owner: Someone | None) -> Someone | None:
    """``her husband``: the one person whom the article calls a husband, or one of the surname of ``owner``, who ``her`` is."""
    found = [s for s in register.persons() if facts.has_role(s, lemma) and s is not owner]
    if found or span.text.split()[0].lower() not in ("his", "her"):
        return found[0] if len(found) == 1 else None
    if owner is None or " " not in owner.name:
        return None
    family = owner.name.split()[-1]
    found = [s for s in register.persons() if s is not owner and s.name.split()[-1] == family]
    gender = gender_of(lemma)
    return found[0] if len(found) == 1 and " " in found[0].name and gender in (found[0].gender, "") else None
