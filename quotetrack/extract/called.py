"""Which body ``the bank``, ``the appeals court`` or ``the small watchdog group`` repeats; or none."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from quotetrack.extract.pronouns import Discourse
from quotetrack.extract.someone import Mention, Someone
from quotetrack.model import Span

# Bodies that are spoken of without a name: one named nearby is another.
_NO_NAME = {
    "government", "army", "police", "military", "cabinet", "administration", "parliament", "regime", "court", "navy",
    "prosecution", "tribunal", "presidency", "coastguard",
}  # fmt: skip
# What an article may be about throughout: such a noun without a name then means it.
_CONCERNS = {
    "bank", "company", "firm", "network", "newspaper", "airline", "retailer", "operator", "manufacturer", "university",
    "charity", "club", "corporation", "group", "organisation", "organization", "fund", "ngo", "watchdog", "union", "association",
}  # fmt: skip
# What a body must have in its name, or must not be, to be called so.
_NEEDS = {"campaign": ("campaign",), "court": ("court",), "union": ("union", "workers", "federation", "brotherhood", "association"),
          "party": ("party", "republicans", "democrats"), "team": ("team", "campaign")}  # fmt: skip
_NO_COMPANY = {
    "group",
    "company",
    "firm",
    "network",
    "airline",
    "retailer",
    "manufacturer",
    "newspaper",
    "charity",
    "club",
}
_PUBLIC = {
    "gop",
    "democrats",
    "republicans",
    "university",
    "college",
    "school",
    "hospital",
    "court",
    "police",
    "department",
    "ministry",
    "committee",
    "senate",
}
_OFFICIAL = {"bureau", "agency", "department", "commission", "committee", "council", "court", "ministry", "board"}
_MEDIA = {
    "news",
    "times",
    "post",
    "journal",
    "tribune",
    "herald",
    "press",
    "radio",
    "magazine",
    "cnn",
    "nbc",
    "abc",
    "cbs",
    "bbc",
}
_ANY_BODY = {"agency", "group", "body", "organisation", "organization", "institution", "charity", "office", "watchdog"}
# What an article calls a body it has named, with whatever words before the noun (``the conservative-leaning newspaper``).
_REPEATED = _NO_COMPANY | {
    "organisation",
    "organization",
    "paper",
    "outlet",
    "bank",
    "watchdog",
    "agency",
    "service",
    "chain",
}
# Before a body's noun these say that it is another than the one named.
_SAID_OF_OTHERS = {"other", "rival", "second", "same", "parent", "new", "first", "whole", "entire", "local", "last"}
_LAWMAKING = {
    "congress",
    "senate",
    "house",
    "parliament",
    "court",
    "assembly",
    "commons",
    "lords",
    "bundestag",
    "knesset",
}


@dataclass(slots=True)
class Called:
    """The bodies of one article as what nouns call them."""

    discourse: Discourse

    def body(self, span: Span, lemma: str) -> Someone | None:
        """The body that the phrase repeats, if it can be only one."""
        start = span.start
        tail = re.sub(r"['’]s$", "", " ".join(span.text.split()[1:]))
        plain = re.split(r"\s(?:which|that|who)\s", tail)[0]
        this = span.text[:5].lower() == "this "
        earlier = [(m, s) for m, s in self.discourse.register.at(0, start, ("organisation",)) if m.end <= start]
        words = set(plain.lower().split())
        if len(words) > 1:
            called = {id(s): s for _, s in earlier if words <= {w.lower() for w in s.name.split()}}
            if (
                called
                or len(words) > 4
                or "and" in words
                or not plain.islower()
                or lemma not in _REPEATED
                or words & _SAID_OF_OTHERS
            ):
                return next(iter(called.values())) if len(called) == 1 else None
        if lemma in _NO_NAME:
            return None
        earlier = [(m, s) for m, s in earlier if _may_be_called(lemma, s.name)]
        near = [(m, s) for m, s in earlier if m.start >= start - 450]
        near = [one for before, one in zip([None, *near], near, strict=False) if not self._part_of(before, one[0])]
        last = next((one for _, one in reversed(self.discourse.last)), None)
        # Only one body close by, or the one that spoke last and was named last: with two it could be either.
        if near and (
            len({id(one) for _, one in near}) == 1 or near[-1][1] is last or (this and start - near[-1][0].end < 80)
        ):
            return near[-1][1]
        if not near and last is not None and last.type == "organisation" and start - self.discourse.last[-1][0] < 900:
            return last if _may_be_called(lemma, last.name) else None
        if near and (leading := self._subject_before(start, near)) is not None:
            return leading
        # Or the one the article is about: named half as often again as any other.
        if lemma in _CONCERNS:
            often = Counter(id(s) for _, s in earlier).most_common(2)
            if often and often[0][1] >= 4 and (len(often) == 1 or 2 * often[0][1] >= 3 * often[1][1]):
                return next(s for _, s in earlier if id(s) == often[0][0])
            # Or the only one in its headline, if it goes on to speak of it.
            headline = self.discourse.reading.parsed.paragraphs[0][1]
            titular = [s for m, s in earlier if m.end <= headline and s.type == "organisation"]
            if len({id(s) for s in titular}) == 1 and len(titular[0].mentions) >= 4:
                return titular[0]
        return None

    def _subject_before(self, start: int, near: list[tuple[Mention, Someone]]) -> Someone | None:
        """The one of ``near`` that is the subject of the sentence before, or of this one so far."""
        reading, salience = self.discourse.reading, self.discourse.salience
        number = salience.sentence(start)
        for sentence in (number, number - 1):
            found = {
                id(s): s
                for m, s in near
                if salience.sentence(m.start) == sentence
                and reading.quoted_at(m.start) is None
                and self.discourse.is_subject(m, s)
            }
            if found:
                return next(iter(found.values())) if len(found) == 1 else None
        return None

    def _part_of(self, before: tuple[Mention, Someone] | None, mention: Mention) -> bool:
        """``Harbour Inspection, a division of the Port Authority,``: the second only says what the first is."""
        if before is None:
            return False
        between = self.discourse.reading.text[before[0].end : mention.start]
        return bool(re.fullmatch(r",\s(?:an?|the)\s(?:[\w-]+\s){1,3}(?:of|at|in|for)\s(?:the\s)?", between))


def _may_be_called(noun: str, name: str) -> bool:
    words = set(name.lower().split())
    if noun in _OFFICIAL and words & _MEDIA:
        return False
    if noun not in _ANY_BODY and name.lower().split()[-1] in (_OFFICIAL | {"foundation", "university", "party"}) - {
        noun
    }:
        return False  # "the bureau" is no department
    if noun in _NEEDS and not any(need in words for need in _NEEDS[noun]):
        return False
    if noun in _NO_COMPANY and words & _PUBLIC:
        return False
    return not words & _LAWMAKING or noun in words or noun in ("chamber", "body")
