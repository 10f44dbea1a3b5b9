"""Whom ``her husband`` or ``his wife`` means: the one person whom the article calls so, or of the same surname."""

from __future__ import annotations

from quotetrack.extract.facts import Facts
from quotetrack.extract.gender import gender_of
from quotetrack.extract.pronouns import GENDERS, Discourse
from quotetrack.extract.someone import Someone
from quotetrack.model import Span

_KIN = {
    "wife", "husband", "ex-wife", "ex-husband", "widow", "father", "mother", "dad", "mom", "mum", "son", "daughter", "brother",
    "sister", "fiancé", "fiancée", "grandfather", "grandmother", "uncle", "aunt", "boyfriend", "girlfriend",
}  # fmt: skip


def relation(discourse: Discourse, facts: Facts, span: Span, lemma: str) -> Someone | None:
    """``her husband``: the one person whom the article calls a husband."""
    if lemma not in _KIN or len(span.text.split()) > 2:
        return None
    found = [s for s in discourse.register.persons() if facts.has_role(s, lemma)]
    if found or (whose := span.text.split()[0].lower()) not in ("his", "her"):
        return found[0] if len(found) == 1 else None
    # "her husband" where the article names one man of her surname
    owner = discourse.personal(span, GENDERS[whose], [], None)
    if owner is None or not owner.sure or " " not in owner.someone.name:
        return None
    family = owner.someone.name.split()[-1]
    found = [s for s in discourse.register.persons() if s is not owner.someone and s.name.split()[-1] == family]
    gender = gender_of(lemma)
    return found[0] if len(found) == 1 and " " in found[0].name and gender in (found[0].gender, "") else None
