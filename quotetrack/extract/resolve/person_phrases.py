"""Noun phrases for one person: determiner, modifiers and head."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotetrack.extract.roles.facts import plain
from quotetrack.model import Span

_DETERMINERS = {"the", "this", "that", "these", "those", "a", "an", "his", "her", "their", "its", "my", "our"}
# Modifiers that say when or how long somebody held a role, not which role.
_TIMES = {"former", "then", "late", "veteran", "new", "current", "own"}
AGED = re.compile(r"\b(\d{1,3})[- ]years?[- ]old\b|\baged (\d{1,3})\b")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase for one person.

    Attributes:
        span: The phrase in the article's text.
        lemma: Its head in the singular.
        determiner: Its article, demonstrative or possessive in lower case; empty if there is none.
        modifiers: The words between determiner and head.
        tail: Whether anything follows the head: ``the senator who left``.
    """

    span: Span
    lemma: str
    determiner: str
    modifiers: tuple[str, ...]
    tail: bool

    @classmethod
    def of(cls, span: Span, lemma: str) -> Phrase:
        """Split the phrase ``span``, whose head is ``lemma``."""
        whole = re.split(r"\s(?:which|that|who|of|for|in|from|at|with)\s|,", span.text)
        words = whole[0].split()
        determiner = words[0].lower() if words and words[0].lower() in _DETERMINERS else ""
        return cls(span, lemma, determiner, tuple(words[bool(determiner) : -1]), len(whole) > 1)

    @property
    def wanted(self) -> set[str]:
        """What the phrase says of the person: its modifiers, and the place after its head (``the senator from Oregon``)."""
        place = re.search(r"\s(?:from|of)\s((?:[A-Z][\w.]*\s?)+)", self.span.text)
        words = [*self.modifiers, *(place[1].split() if place else [])]
        return {plain(re.sub(r"['’]s?$", "", word)) for word in words} - _TIMES

    @property
    def age(self) -> str:
        """The age that the phrase gives, in digits; empty if none."""
        match = AGED.search(self.span.text)
        return (match[1] or match[2]) if match else ""
