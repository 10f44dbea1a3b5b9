"""Bodies and papers that go by the name of another: ``the campaign`` after ``the Vale campaign``, ``the poll`` by its makers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from quotetrack.extract.described import DOCUMENTS, singular
from quotetrack.extract.holders import Holders
from quotetrack.extract.named_after import named_after
from quotetrack.extract.pronouns import GENDERS, Discourse
from quotetrack.extract.role_nouns import is_role_noun
from quotetrack.extract.someone import Someone
from quotetrack.model import Span, Speaker

WHOSE = {"his", "her", "their", "my"}
# What goes by the name of a person or body before it, and by which nouns the article may have called it then.
_GIVEN_NAMES = {
    "campaign": ("campaign",), "team": ("campaign", "team", "transition"), "camp": ("campaign", "camp"),
    "administration": ("administration",), "poll": ("poll",), "survey": ("survey", "poll"), "foundation": ("foundation", "Foundation"),
}  # fmt: skip
_THEIR_CAMPAIGN = re.compile(r"\b(?:[Hh]is|[Hh]er)\s(?:own\s|presidential\s)?campaign\b")


@dataclass(slots=True)
class GivenNames:
    """Where one article gives a campaign or a poll a name."""

    discourse: Discourse
    holders: Holders

    def _owner(self, span: Span, lemma: str) -> Someone | None:
        """Whose campaign ``the Democratic nominee's campaign`` is."""
        match = re.fullmatch(rf"(the [\w\s-]+?)['’]s? {lemma}", span.text, re.I)
        if match is None:
            return None
        inner = Span(span.start, span.start + len(match[1]), match[1])
        noun = singular(match[1].split()[-1].lower())
        return self.holders.referent(inner, noun) if is_role_noun(noun) else None

    def _last_owner(self, start: int) -> Someone | None:
        """Whose campaign was spoken of last, in this paragraph or the one before: ``her campaign … the campaign``."""
        salience, text = self.discourse.salience, self.discourse.reading.text
        found = [
            match
            for match in _THEIR_CAMPAIGN.finditer(text, max(0, start - 1000), start)
            if salience.paragraph(match.start()) >= salience.paragraph(start) - 1
            and self.discourse.reading.quoted_at(match.start()) is None
        ]
        return salience.standing_at(found[-1].start()) if found else None

    def is_named(self, span: Span, lemma: str) -> bool:
        """Whether the phrase says itself whose it is: ``the Vale campaign``, ``the nominee's campaign``."""
        if lemma not in _GIVEN_NAMES:
            return False
        own = next(named_after(self.discourse.reading, span.end, (lemma,), span.start), None)
        return own is not None or re.search(r"['’]s?\s", span.text) is not None

    def repeated(self, span: Span, lemma: str) -> Speaker | None:
        """``the campaign`` after ``the Trump campaign``, ``the poll`` after ``a Vale University poll``: the one of that kind
        which the article has given a name to, or the one it spoke of just now."""
        if lemma not in _GIVEN_NAMES or " and " in span.text:
            return None
        own = [name.split()[-1] for _, name, _ in named_after(self.discourse.reading, span.end, (lemma,), span.start)]
        if (holder := self._owner(span, lemma)) is not None:
            own = [holder.name.split()[-1]]
        elif any(is_role_noun(name) for name in own):
            return None
        if (whose := span.text.split()[0].lower()) in WHOSE:
            owner = self.discourse.personal(span, GENDERS.get(whose, ""), [], None) if whose in ("his", "her") else None
            if owner is None or not owner.sure or len(span.text.split()) > 2:
                return None
            own = [owner.someone.name.split()[-1]]
        if lemma in ("campaign", "camp") and not own and (last := self._last_owner(span.start)) is not None:
            own = [last.name.split()[-1]]
        if lemma not in ("poll", "survey") and not own:
            return None  # the bodies that go by no name are chosen among in ``called.py``
        found = [
            (start, name, noun)
            for start, name, noun in named_after(self.discourse.reading, span.start, _GIVEN_NAMES[lemma])
            if not own or name.split()[-1] == own[0]  # "the Trump team" is the Trump campaign
        ]
        # "Trump" and "Donald Trump" have one campaign.
        near = [one for one in found if span.start - one[0] < 600]
        for some in (found, near):
            if some and len({name.split()[-1] for _, name, _ in some}) == 1:
                longest = Counter(f"{name} {noun}" for _, name, noun in some).most_common(1)[0][0]
                return Speaker(longest, "document" if lemma in DOCUMENTS else "organisation")
        return Speaker(f"{own[0]} campaign", "organisation") if own and lemma in ("campaign", "camp", "team") else None
