"""Examine the words before a name in a source phrase: titles, honorifics, offices, a comma."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotetrack.extract.people.register import Register
from quotetrack.extract.people.someone import Mention
from quotetrack.extract.reading import Reading
from quotetrack.extract.roles.offices import follows_body, is_bare, office_before
from quotetrack.model import Span
from quotetrack.text.names import HONORIFICS, POST_NOMINALS, TITLES, is_address, is_title
from quotetrack.text.role_nouns import is_role_noun

_RANKS = {
    "general", "gen", "colonel", "col", "captain", "capt", "major", "maj", "admiral", "adm", "lieutenant", "brigadier", "marshal",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class BeforeName:
    """Tests on the words before the names of one article.

    ``opens`` is always the index of the first word of the source phrase.
    """

    reading: Reading
    register: Register

    def opens(self, opens: int, stop: int) -> bool:
        """Whether only an article and titles precede the name, whose first word is ``stop``."""
        start, end = (self.reading.words[i].start for i in (opens, stop))
        before = re.sub(r"[\"“]|\b(?:[Tt]he|late)\b|^who\b", "", self.reading.text[start:end])
        is_rank = re.fullmatch(r"[A-Z]{2,4}", before.strip()) and not self.register.at(start, end)  # "DS Vale"
        return (
            not before.strip(" .")
            or bool(is_rank)
            or is_title(before)
            or all(is_address(word) or word.lower().rstrip(".") in TITLES for word in before.split())
        )

    def words_of(self, mention: Mention) -> range:
        """Return the word indexes of a name, including a first word that also holds a title (``Dr.Ruth Vale``)."""
        words = self.reading.words_between(mention.start, mention.end)
        glued = words.start > 0 and self.reading.words[words.start - 1].end > mention.start
        return range(words.start - glued, words.stop)

    def comma_before(self, opens: int, start: int) -> int:
        """Return the index of the comma or other mark before the name and its titles, or -1.

        Example: ``the head of the clinic, Dr. Jonas Weil``. ``start`` is the first word of the name.
        """
        at = start - 1
        while at > opens and (
            self.reading.lower[at].rstrip(".") in HONORIFICS | TITLES | {""} or self._is_capitalised_role_noun(at)
        ):
            at -= 1
        return at if at > opens and self.reading.lower[at] in (",", "(", "—", "–", "--") else -1

    def _is_capitalised_role_noun(self, index: int) -> bool:
        """Whether the word is a capitalised noun for a person: ``the head of the board, Counselor Jonas Weil``."""
        text = self.reading.words[index].text
        return text[:1].isupper() and is_role_noun(text)

    def ends(self, mention: Mention, span: Span) -> bool:
        """Whether the name ends the phrase ``span``, apart from an aside."""
        after = self.reading.text[mention.end : span.end]
        after = POST_NOMINALS.sub("", after)
        return not after.strip(" ,.)") or after[:1] == "," or re.match(r"\s?\(|\s?[—–]", after) is not None

    def behind_office(self, opens: int, name: range, head: int) -> bool:
        """Whether the words before the name are its office: ``minister of mines and energy Paulus Amukoto``.

        ``name`` has the words of the name and ``head`` is the head of the phrase. The answer is no in ``a spokesman for
        Mayor Vale``.
        """
        words = self.reading.words
        at = self.before_titles(opens, name.start)
        before = words[at]
        if is_role_noun(before.text) and follows_body(self.reading, self.register, opens, at):
            return True
        bodies = self.register.at(words[opens].start, words[at].end, ("organisation",))
        prepositions = [
            i
            for i in range(opens, at)
            if words[i].upos in ("ADP", "SCONJ")
            and words[i].text != "-"
            and not any(m.start < words[i].start < m.end for m, _ in bodies)
        ]
        is_mistagged = (
            at == opens and before.text[:1].isupper() and is_role_noun(before.text)
        )  # "Advocate Nazrul" tagged as a verb
        if not is_mistagged and before.upos in ("ADP", "CCONJ", "PART", "PRON", "VERB", "AUX", "DET", "PUNCT", "SCONJ"):
            return False
        if is_role_noun(before.text) or (before.upos == "ADJ" and before.text.islower()):
            if not prepositions:
                return is_role_noun(before.text) or head in name or words[name.start].deprel in ("appos", "flat")
            if head >= at and not any(is_role_noun(words[i].text) for i in range(opens, prepositions[0])):
                return True
            # "secretary to the treasury and bank governor Ola Kvist", but not "secretary to Mayor Vale"
            office = office_before(self.reading, name.start)
            joined = any(words[i].upos == "CCONJ" for i in range(prepositions[-1], at))
            # "Chief of Police General Ola Kvist": the office ends before the rank
            rank = (
                before.text.lower().rstrip(".") in _RANKS
                and words[prepositions[-1]].text == "of"
                and at - prepositions[-1] > 1
            )
            return (joined or rank) and office is not None and is_bare(self.reading, office)
        if not prepositions:
            return head in name and before.upos != "PROPN"
        # "Director of Public Works for the town of Mere Alan Poole": a title has no "a" and starts with its noun.
        office = office_before(self.reading, name.start)
        return office is not None and all(words[i].upos in ("DET", "PRON") for i in range(opens, office.start))

    def before_titles(self, opens: int, start: int) -> int:
        """Return the index of the word before the name, its titles and any brackets or nickname before it."""
        words = self.reading.words
        at = start - 1
        while at > opens:
            if words[at].text == ")":
                at = next((i for i in range(at, opens, -1) if words[i].text == "("), at) - 1
                continue
            title = self.reading.text[words[at].start : words[start].start]
            initials = self.reading.text[words[at - 1].start : words[start].start]
            quoted = words[at].text in ('"', "“", "”", "'")
            if quoted or is_address(words[at].text) or (is_title(title) and not is_role_noun(words[at].text)):
                at -= 1
            elif at - 1 > opens and len(words[at].text) == 1 and is_title(initials):
                at -= 2
            else:
                break
        return at
