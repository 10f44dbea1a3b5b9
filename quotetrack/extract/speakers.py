"""From a source phrase to whom it stands for in its article, or to nobody.

Names look themselves up in the register; a pronoun takes the speaker it most plainly refers to; a definite noun takes
the person whose role it repeats or the body just named. Where two could be meant there is no speaker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotetrack.extract.described import BODIES, described, singular
from quotetrack.extract.draft import Draft
from quotetrack.extract.people import Mention, Register, Someone, fold, strip_title
from quotetrack.extract.reading import Reading
from quotetrack.extract.roles import is_role_noun, roles_of
from quotetrack.model import Method, Span, Speaker, SpeakerType

_PRONOUNS = {
    "he": "m",
    "him": "m",
    "his": "m",
    "she": "f",
    "her": "f",
    "they": "p",
    "them": "p",
    "their": "p",
    "it": "n",
    "its": "n",
}
_SELF = {"i", "we", "you", "us", "me", "my", "our", "one"}
_DEFINITE = {"the", "this", "that", "these", "those"}
# Bodies that are spoken of without a name: one named nearby is another.
_NO_NAME = {
    "government", "army", "police", "military", "cabinet", "administration", "parliament", "regime", "court", "navy",
    "prosecution", "tribunal", "presidency", "coastguard",
}  # fmt: skip
_WINDOW = 1500  # characters back that a pronoun may reach


@dataclass(frozen=True, slots=True)
class Resolution:
    """Whom a source stands for and how that was found. ``someone`` is set where the article names them."""

    speaker: Speaker | None
    method: Method
    someone: Someone | None = None
    sure: bool = True


class Resolver:
    """Resolves the sources of one article in text order; remembers who spoke last."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.register = Register(reading)
        self.roles: dict[int, list[Span]] = {
            id(s): roles_of(reading, s) for s in self.register.everyone if s.type == "person"
        }
        self._last: list[tuple[int, Someone]] = []
        self._reporters: list[tuple[Span, Someone]] = []  # whose each cue so far turned out to be

    def resolve(self, draft: Draft) -> Resolution:
        """The speaker of ``draft``."""
        source = draft.source
        if source is None:
            return Resolution(None, "none")
        span = source.span
        lowered = re.sub(r"^[^\w]+|[^\w]+$", "", span.text.lower())
        first = lowered.split()[0] if lowered else ""
        if lowered in _PRONOUNS or (first in _PRONOUNS and len(lowered.split()) == 1):
            resolution = self._pronoun(span, _PRONOUNS[lowered], draft.content)
        elif lowered in _SELF or lowered in (
            "who",
            "which",
            "that",
            "some",
            "many",
            "others",
            "all",
            "most",
            "both",
            "people",
            "those",
            "someone",
            "everyone",
            "anyone",
            "nobody",
        ):
            resolution = Resolution(None, "none")
        else:
            resolution = self._phrase(span, source.head)
        if resolution.someone is not None:
            self._last.append((draft.start, resolution.someone))
            if draft.cue is not None:
                self._reporters.append((draft.cue, resolution.someone))
        return resolution

    def _phrase(self, span: Span, head: int) -> Resolution:
        reading = self.reading
        members = self._joint(span, head)
        if members:
            name = ", ".join(m.name for m in members[:-1]) + " and " + members[-1].name
            return Resolution(Speaker(name, "joint", members), "name")
        inside = [pair for pair in self.register.at(span.start, span.end) if pair[1].name.lower() not in BODIES]
        found = self._heading(inside, span, head)
        if found is not None:
            kind: SpeakerType = found.type
            return Resolution(Speaker(_display(found), kind), "name", found)
        word = reading.words[head] if 0 <= head < len(reading.words) else None
        noun = word.text.lower() if word is not None else span.text.split()[-1].lower()
        lemma = singular(noun)
        determiner = span.text.split()[0].lower()
        if word is not None and word.upos == "PROPN" and (known := self._untagged(span)) is not None:
            return Resolution(Speaker(_display(known), "person"), "name", known)
        if determiner in _DEFINITE or determiner in ("his", "her", "its", "their"):
            if (referent := self._nominal(span, lemma)) is not None:
                return Resolution(Speaker(_display(referent), referent.type), "nominal", referent)
        return Resolution(
            described(reading.text, span, noun, lemma, determiner, word.upos if word else "NOUN"), "nominal"
        )

    def _untagged(self, span: Span) -> Someone | None:
        """The person a bare name stands for where the entity tagger passed it over."""
        parts = fold(strip_title(span.text)[0])
        if not 1 <= len(parts) <= 3:
            return None
        same = [
            s
            for s in self.register.persons()
            if fold(s.name)[-1] == parts[-1] and (len(parts) == 1 or fold(s.name)[0] == parts[0])
        ]
        return same[0] if len(same) == 1 else None

    def _heading(self, inside: list[tuple[Mention, Someone]], span: Span, head: int) -> Someone | None:
        """The named one a phrase is about: a name at its head, in apposition to it, or all there is of it."""
        reading = self.reading
        if not inside:
            return None
        word = reading.words[head] if 0 <= head < len(reading.words) else None
        persons = [pair for pair in inside if pair[1].type == "person"]
        owners = [
            pair
            for pair in inside
            if reading.text[pair[0].end : pair[0].end + 2] in ("'s", "’s") and pair[0].end < span.end - 2
        ]
        if owners and len(owners) < len(inside):
            inside = [pair for pair in inside if pair not in owners]  # "Sky's Mr Saunders" is not Sky
        if len(persons) == 1:
            mention, someone = persons[0]
            name = reading.words_between(mention.start, mention.end)
            opens = reading.words_between(span.start, span.end).start
            before = reading.words[name.start - 1].text if name and name.start > opens else ""
            if mention.end >= span.end - 1 and is_role_noun(before) and not self._of_another(opens, name.start):
                return someone
        if word is not None:
            for mention, someone in inside:
                if mention.start <= word.start < mention.end:
                    return someone
            first_words = reading.words_between(span.start, span.end)
            for mention, someone in inside:
                # `the head of the OSDH, Rami Rahmane`: a person's name that stands in apposition
                if someone.type != "person":
                    continue
                name = reading.words_between(mention.start, mention.end)
                before = reading.words[name.start - 1].text if name and name.start > first_words.start else ""
                linked = any(reading.words[i].deprel in ("appos", "flat") and reading.head[i] == head for i in name)
                if (
                    linked
                    or (before == "," and mention.end >= span.end - 1)
                    or (name and name.start == first_words.start)
                ):
                    return someone
                if (
                    name
                    and name.start > first_words.start
                    and is_role_noun(before)
                    and reading.words[name.start - 1].deprel in ("compound", "amod", "nmod", "flat", "nsubj", "obl")
                ):
                    if not self._of_another(first_words.start, name.start):
                        return someone
        covered = sum(m.end - m.start for m, _ in inside)
        rest = re.sub(r"\b(?:the|mr|mrs|ms)\b|\W", "", span.text.lower())
        if len(inside) == 1 and covered >= 0.75 * max(1, len(rest)):
            return inside[0][1]
        return None

    def _of_another(self, start: int, stop: int) -> bool:
        """``a spokesman for Mayor Vale`` is not Mayor Vale."""
        return any(
            self.reading.words[i].text.lower() in ("for", "of", "to", "by", "with", "at", "from")
            for i in range(start, stop)
        )

    def _joint(self, span: Span, head: int) -> tuple[Speaker, ...]:
        """The members of ``the United States, France and Germany``; empty unless all of them are named."""
        if " and " not in span.text:
            return ()
        parts = [p.strip() for p in re.split(r",\s*(?:and\s+)?|\s+and\s+", span.text) if p.strip(" ,")]
        if not 2 <= len(parts) <= 8:
            return ()
        members: list[Speaker] = []
        known: list[SpeakerType] = []
        position = span.start
        for part in parts:
            start = self.reading.text.index(part, position)
            position = start + len(part)
            inside = self.register.at(start, position)
            if len(inside) > 1:
                return ()
            if not inside:
                bare = re.sub(r"^[Tt]he\s+", "", part)
                if not all(w[:1].isupper() for w in bare.split()) or len(bare.split()) > 3:
                    return ()
                members.append(Speaker(bare, "place"))
                continue
            mention, someone = inside[0]
            spare = re.sub(r"\b(?:the|mr|mrs|ms)\b|[^\w]", "", part.lower())
            if len(re.sub(r"\W", "", mention.name)) < 0.5 * len(spare) and someone.type != "person":
                return ()
            known.append(someone.type)
            members.append(Speaker(_display(someone), someone.type))
        if not known:
            return ()
        # A name the tagger passed over is of the kind of the others it stands with.
        members = [m if m.type != "place" or known.count("place") else Speaker(m.name, known[0]) for m in members]
        if len({m.name for m in members}) < 2 or len({m.type == "person" for m in members}) > 1:
            return ()
        return tuple(members)

    def _pronoun(self, span: Span, gender: str, content: list[Span]) -> Resolution:
        if gender in ("p", "n"):
            return self._they(span, gender)
        candidates: list[tuple[float, Someone]] = []
        start = span.start
        paragraph = self._paragraph_start(start)
        sentence_start = self._sentence_start(start)
        at, last = next(((a, s) for a, s in reversed(self._last) if s.type == "person"), (0, None))
        for someone in self.register.persons():
            if someone.gender and someone.gender != gender:
                continue
            # "He said Vale would go": who is named in what he said is not he.
            if any(
                s.start <= m.start < s.end and self.reading.quoted_at(m.start) is None
                for m in someone.mentions
                for s in content
            ):
                continue
            before = [m for m in someone.mentions if m.end <= start and self.reading.quoted_at(m.start) is None]
            if not before:
                continue
            mention = before[-1]
            distance = start - mention.end
            if distance > _WINDOW and someone is not last:
                continue
            score = 3.0 * max(0.0, 1 - distance / _WINDOW)
            score += 1.0 if someone.gender == gender else 0.0
            score += 2.0 if self._is_subject(mention, someone) else 0.0
            if someone is last:
                score += 1.5 if at >= paragraph or not self._named_between(paragraph, start, gender) else 0.5
            score += 1.5 if mention.start >= paragraph else 0.0
            score += 0.5 if mention.start >= sentence_start else 0.0
            score -= 1.5 if self._is_possessive(mention) else 0.0
            score += min(0.5, 0.1 * len(before))
            candidates.append((score, someone))
        candidates.sort(key=lambda pair: -pair[0])
        if not candidates or candidates[0][0] < 2.0:
            return Resolution(None, "none")
        best, someone = candidates[0]
        sure = len(candidates) == 1 or best - candidates[1][0] >= 0.75
        if not sure and best - candidates[1][0] < 0.15:
            return Resolution(None, "none")
        return Resolution(Speaker(_display(someone), "person"), "pronoun", someone, sure)

    def _named_between(self, start: int, end: int, gender: str) -> bool:
        """Whether the paragraph has named a person the pronoun could mean before it."""
        return any(
            s.gender in (gender, "") and self.reading.quoted_at(m.start) is None
            for m, s in self.register.at(start, end, ("person",))
        )

    def _they(self, span: Span, gender: str) -> Resolution:
        """``it`` and ``they``: the body that spoke last or is the subject of the sentence before, if close by."""
        wanted = ("organisation", "place", "group")
        start = span.start
        for at, someone in reversed(self._last):
            if someone.type in wanted and 0 <= start - at < 400:
                return Resolution(Speaker(_display(someone), someone.type), "pronoun", someone, sure=False)
            break
        subjects = [
            (m, s)
            for m, s in self.register.at(max(0, start - 300), start, wanted)
            if self._is_subject(m, s) and m.end <= start
        ]
        if len({id(s) for _, s in subjects}) == 1 and gender == "n":
            someone = subjects[-1][1]
            return Resolution(Speaker(_display(someone), someone.type), "pronoun", someone, sure=False)
        return Resolution(None, "none")

    def _nominal(self, span: Span, lemma: str) -> Someone | None:
        """Whom ``the senator`` or ``this NGO`` repeats: the one person with that role, the body named just before."""
        start = span.start
        tail = " ".join(span.text.lower().split()[1:])
        if is_role_noun(lemma) and lemma not in ("man", "woman"):
            if len(tail.split()) > 3:
                return None
            holders = [
                s
                for s in self.register.persons()
                if any(lemma in re.findall(r"[\w-]+", r.text.lower()) for r in self.roles.get(id(s), []))
                and any(m.start < start for m in s.mentions)
            ]
            if len(holders) == 1:
                return holders[0]
            recent = [s for s in holders if any(0 < start - m.end < 500 for m in s.mentions)]
            return recent[0] if len(recent) == 1 else None
        plain = re.split(r"\s(?:which|that|who)\s", tail)[0]
        if lemma in BODIES and len(plain.split()) == 1:
            if lemma in _NO_NAME:
                return None
            near = [
                (m, s) for m, s in self.register.at(max(0, start - 450), start, ("organisation",)) if m.end <= start
            ]
            # Only one body close by, or the one that spoke last and was named last: with two it could be either.
            last = next((one for _, one in reversed(self._last)), None)
            if near and (
                len({id(one) for _, one in near}) == 1
                or near[-1][1] is last
                or (span.text[:5].lower() == "this " and start - near[-1][0].end < 80)
            ):
                return near[-1][1]
            if not near and last is not None and last.type == "organisation" and start - self._last[-1][0] < 900:
                return last
        return None

    def _is_subject(self, mention: Mention, someone: Someone) -> bool:
        """Whether the parse has the mention for a subject, of no verb that turned out to report another's words."""
        words = self.reading.words
        for index in self.reading.words_between(mention.start, mention.end):
            if words[index].deprel.split(":")[0] == "nsubj":
                verb = words[self.reading.head[index]]
                return all(s is someone or not c.start <= verb.start < c.end for c, s in self._reporters)
        return False

    def _is_possessive(self, mention: Mention) -> bool:
        return self.reading.text[mention.end : mention.end + 2] in ("'s", "’s")

    def _paragraph_start(self, position: int) -> int:
        return max((s for s, _ in self.reading.parsed.paragraphs if s <= position), default=0)

    def _sentence_start(self, position: int) -> int:
        return max((s.start for s in self.reading.parsed.sentences if s.start <= position), default=0)


def _display(someone: Someone) -> str:
    return re.sub(r"\s+", " ", someone.name).strip()
