"""Bodies and papers that go by the name of another: ``the campaign`` after ``the Vale campaign``, ``the poll`` by its makers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from quotetrack.extract.described import DOCUMENTS, singular
from quotetrack.extract.holders import Holders
from quotetrack.extract.pronouns import GENDERS, Discourse
from quotetrack.extract.roles import is_role_noun
from quotetrack.extract.someone import Someone
from quotetrack.model import Span, Speaker

WHOSE = {"his", "her", "their", "my"}
# What goes by the name of a person or body before it, and by which nouns the article may have called it then.
_GIVEN_NAMES = {
    "campaign": ("campaign",), "team": ("campaign", "team", "transition"), "camp": ("campaign", "camp"),
    "administration": ("administration",), "poll": ("poll",), "survey": ("survey", "poll"), "foundation": ("foundation", "Foundation"),
}  # fmt: skip
_BETWEEN = {"presidential", "national", "new", "statewide", "2016", "latest", "tracking", "election", "re-election"}
_NO_OWNER = {
    "republican",
    "democratic",
    "gop",
    "national",
    "presidential",
    "white house",
    "exit",
    "u.s.",
    "us",
    "senate",
    "house",
}


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

    def repeated(self, span: Span, lemma: str) -> Speaker | None:
        """``the campaign`` after ``the Trump campaign``, ``the poll`` after ``a Vale University poll``: the one of that kind
        which the article has given a name to, or the one it spoke of just now."""
        if lemma not in _GIVEN_NAMES or " and " in span.text:
            return None
        own = [name.split()[-1] for _, name, _ in self._given_names(span.end, (lemma,), span.start)]
        if (holder := self._owner(span, lemma)) is not None:
            own = [holder.name.split()[-1]]
        elif any(is_role_noun(name) for name in own):
            return None
        if (whose := span.text.split()[0].lower()) in WHOSE:
            owner = self.discourse.personal(span, GENDERS.get(whose, ""), [], None) if whose in ("his", "her") else None
            if owner is None or not owner.sure or len(span.text.split()) > 2:
                return None
            own = [owner.someone.name.split()[-1]]
        if len(span.text.split()) > 2 and not own:
            return None
        found = [
            (start, name, noun)
            for start, name, noun in self._given_names(span.start, _GIVEN_NAMES[lemma])
            if not own or name.split()[-1] == own[0]  # "the Trump team" is the Trump campaign
        ]
        # "Trump" and "Donald Trump" have one campaign.
        near = [one for one in found if span.start - one[0] < 600]
        for some in (found, near):
            if some and len({name.split()[-1] for _, name, _ in some}) == 1:
                longest = Counter(f"{name} {noun}" for _, name, noun in some).most_common(1)[0][0]
                return Speaker(longest, "document" if lemma in DOCUMENTS else "organisation")
        return Speaker(f"{own[0]} {lemma}", "organisation") if own and lemma in ("campaign", "camp", "team") else None

    def _given_names(self, stop: int, nouns: tuple[str, ...], start: int = 0) -> Iterator[tuple[int, str, str]]:
        """Where between ``start`` and ``stop`` one of ``nouns`` follows a name, the name, and the noun."""
        reading = self.discourse.reading
        words = reading.words
        for index in reading.words_between(start, stop):
            if re.sub(r"['’]s?$", "", words[index].text.lower()) not in nouns or index == 0:
                continue
            first = last = index - 1
            while first > 0 and (words[first].text.lower() in _BETWEEN or words[first].text in ("'s", "’s", "'", "’")):
                first, last = first - 1, last - 1
            while first > 0 and words[first - 1].end >= words[first].start - 1 and self._named(first - 1):
                first -= 1
            if self._named(last) and reading.sentence_of[first] == reading.sentence_of[index]:
                name = reading.text[words[first].start : words[last].end].strip("-/ ")
                if name.lower() not in _NO_OWNER and "\n" not in name:
                    yield words[first].start, name, re.sub(r"['’]s?$", "", words[index].text)

    def _named(self, index: int) -> bool:
        word = self.discourse.reading.words[index]
        inside = self.discourse.reading.sentence_range(index).start < index
        return (
            word.upos == "PROPN"
            or word.text in ("-", "/", "&")
            or (word.upos in ("ADJ", "NOUN") and word.text[:1].isupper() and inside)
        )
