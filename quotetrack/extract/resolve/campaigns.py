"""Resolve bodies and polls named after somebody: ``the campaign`` after ``the Vale campaign``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from quotetrack.extract.people.named_after import named_after
from quotetrack.extract.people.someone import Someone
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.described import DOCUMENTS
from quotetrack.model import Span, Speaker
from quotetrack.text.role_nouns import is_role_noun

WHOSE = {"his", "her", "their", "my"}
# Nouns for things named after a person or body, and the nouns of the phrases that can be their antecedents.
_ANTECEDENT_NOUNS = {
    "campaign": ("campaign",), "team": ("campaign", "team", "transition"), "camp": ("campaign", "camp"),
    "administration": ("administration",), "poll": ("poll",), "survey": ("survey", "poll"), "foundation": ("foundation", "Foundation"),
}  # fmt: skip


def is_named_after(reading: Reading, span: Span, lemma: str) -> bool:
    """Whether the phrase states the owner itself: ``the Vale campaign``, ``the nominee's campaign``."""
    if lemma not in _ANTECEDENT_NOUNS:
        return False
    own = next(named_after(reading, span.end, (lemma,), span.start), None)
    return own is not None or re.search(r"['’]s?\s", span.text) is not None


def campaign_or_poll(
    reading: Reading, span: Span, lemma: str, owner: Callable[[int], Someone | None]
) -> Speaker | None:
    """Return the campaign or poll that ``the campaign`` or ``the poll`` stands for; ``None`` if it is unclear.

    ``owner`` resolves a possessive pronoun, given its offset. ``the campaign`` after ``the Vale campaign`` gives ``Vale
    campaign``.
    """
    if lemma not in _ANTECEDENT_NOUNS or " and " in span.text:
        return None
    own = [name.split()[-1] for _, name, _ in named_after(reading, span.end, (lemma,), span.start)]
    if any(is_role_noun(name) for name in own):
        return None
    if span.text.split()[0].lower() in WHOSE:
        whose = owner(span.start)
        if whose is None or len(span.text.split()) > 2:
            return None
        own = [whose.name.split()[-1]]
    if lemma not in ("poll", "survey") and not own:
        return None  # left to the ranker
    found = [
        (start, name, noun)
        for start, name, noun in named_after(reading, span.start, _ANTECEDENT_NOUNS[lemma])
        if not own or name.split()[-1] == own[0]
    ]
    near = [one for one in found if span.start - one[0] < 600]
    for some in (found, near):
        if some and len({name.split()[-1] for _, name, _ in some}) == 1:
            most_frequent = Counter(f"{name} {noun}" for _, name, noun in some).most_common(1)[0][0]
            return Speaker(most_frequent, "document" if lemma in DOCUMENTS else "organisation")
    return Speaker(f"{own[0]} campaign", "organisation") if own and lemma in ("campaign", "camp", "team") else None
