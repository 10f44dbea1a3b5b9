"""What readers know of people whom articles need not explain (``data/known.txt``): whom ``the former first lady`` can mean.

Only weighs in the choice of an antecedent. It is never a role that is shown: those stand in the article.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from quotetrack.extract.names import fold
from quotetrack.extract.role_nouns import holds

# Nouns that say little alone: "the minority leader" is not the majority leader.
_TOLD_APART = {
    "leader",
    "minister",
    "secretary",
    "chairman",
    "chair",
    "director",
    "chief",
    "officer",
    "general",
    "lady",
    "head",
}
_FORMER = {"former", "ex", "one-time", "onetime"}


@dataclass(frozen=True, slots=True)
class Known:
    """One person: ``words`` are those of party, places and roles."""

    words: frozenset[str]
    roles: tuple[str, ...]

    def holds(self, noun: str, modifiers: Set[str]) -> bool:
        """Whether ``noun`` with the ``modifiers`` before it says what the person is known as."""
        return any(self._is_meant(role, noun, modifiers) for role in self.roles)

    def _is_meant(self, role: str, noun: str, modifiers: Set[str]) -> bool:
        plain = role.removeprefix("former ")
        if not holds(noun, plain) or (plain != role and not modifiers & _FORMER):
            return False
        return noun not in _TOLD_APART or (modifiers - _FORMER <= self.words and _first_of_two(plain, noun, modifiers))


def _first_of_two(role: str, noun: str, modifiers: Set[str]) -> bool:
    """``majority leader`` is called so or ``leader``, ``first lady`` only so."""
    told = set(role.split()[:-1])
    return bool(told & modifiers) or (not (told and modifiers - _FORMER) and noun != "lady")


@lru_cache(maxsize=1)
def _all() -> dict[tuple[str, ...], Known]:
    source = files("quotetrack.extract").joinpath("data/known.txt").read_text(encoding="utf-8")
    found: dict[tuple[str, ...], Known] = {}
    for line in source.splitlines():
        if line and not line.startswith("#"):
            name, party, places, roles = (part.strip() for part in line.split("|"))
            words = {*party.split(), *places.split(), *roles.replace(",", " ").split()} - {"former"}
            found[fold(name)] = Known(frozenset(words), tuple(role.strip() for role in roles.split(",")))
    return found


def known(name: str) -> Known | None:
    """What is known of who goes by the full ``name``, with or without initials."""
    parts = fold(name)
    return _all().get(parts) or (_all().get((parts[0], parts[-1])) if len(parts) > 2 else None)
