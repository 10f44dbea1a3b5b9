"""Find the principal of a spokesperson, lawyer or agent: ``a spokesman for the prime minister``."""

from __future__ import annotations

import re
from collections.abc import Callable

from quotetrack.extract.people.register import Register
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.joint import displayed
from quotetrack.model import Span
from quotetrack.text.role_nouns import is_role_noun

_SPOKES = r"spokes(?:man|woman|person|men|women|people|persons)|press (?:secretary|officer)"
_AGENT = rf"{_SPOKES}|lawyer|attorney|solicitor|barrister|counsel|agent|publicist|representative|advocate"
_PLURAL = r"(?:s|es)?"
# "a spokesman for X", "lawyers representing X"; "a lawyer in Mere" has no principal.
_FOR = re.compile(
    rf"\b(?:{_AGENT}){_PLURAL}\s(?:(?:at|with)\s[^,]{{2,40}}\s)?(?:for|representing|acting for|of)\s(?P<whom>[^,;()“”\"—–]+)",
    re.I,
)
_WHOSE = re.compile(rf"(?P<whom>[^,;()“”\"—–]+?)(?:['’]s?)\s(?:[\w-]+\s){{0,3}}?(?:{_AGENT}){_PLURAL}\b", re.I)
_PRONOUN = re.compile(rf"(?:^|\s)(?P<whom>his|her|their|its)\s(?:[\w-]+\s){{0,3}}?(?:{_AGENT}){_PLURAL}\b", re.I)
_COMPOUND = re.compile(rf"(?P<whom>[^,;()“”\"—–]+?)\s(?:{_SPOKES}){_PLURAL}\b", re.I)
_ANY_AGENT = re.compile(rf"\b(?:{_AGENT}){_PLURAL}\b", re.I)
_REPRESENTING = re.compile(
    r"\b(?:representing|acting for|who (?:represents|is representing|acts for))\s(?P<whom>[^,;()“”\"—–]+)"
)
_BEHALF = re.compile(r"\bon behalf of\s(?P<whom>[^,;()“”\"—–]+)", re.I)
# Words before "spokesman" that are no principal.
_MODIFIERS = {
    "the", "a", "an", "former", "chief", "senior", "deputy", "lead", "official", "acting", "another", "one", "company", "long-time",
    "longtime", "national", "regional", "local", "top", "main", "her", "his", "their", "its", "then", "press", "media", "communications",
    "new", "two", "several",
}  # fmt: skip
_NO_PRINCIPAL = re.compile(r"\b(?:district|state|attorney|prosecuting|general|fbi|real|estate|secret|special)$", re.I)
Whose = Callable[[Span, str], str | None]


def on_behalf_of(reading: Reading, register: Register, phrase: Span, owner: Whose) -> str | None:
    """Return the principal of the speaker described by ``phrase``, a source or a role; ``None`` if it states none.

    ``owner`` resolves a possessive pronoun, given its span and its text. ``police spokesman Jon Berg`` gives
    ``police``.
    """
    text = phrase.text
    if found := _PRONOUN.search(text):
        start = phrase.start + found.start("whom")
        return owner(Span(start, start + len(found["whom"]), found["whom"]), found["whom"].lower())
    patterns = (_BEHALF, _FOR, _WHOSE, _COMPOUND, _REPRESENTING) if _ANY_AGENT.search(text) else (_BEHALF,)
    for pattern in patterns:
        if found := pattern.search(text):
            return _principal_name(
                reading, register, phrase.start + found.start("whom"), found["whom"], pattern is _COMPOUND
            )
    return None


def _principal_name(reading: Reading, register: Register, start: int, principal: str, compound: bool) -> str | None:
    """The principal's full name if the article names them, otherwise the text without words such as ``the``.

    ``compound`` says that the text comes from a compound such as ``police spokesman``.
    """
    stop = re.search(r"\s(?:said|says|who|told|in|at|on)\b(?=\s|$)", principal)
    if stop is not None and not compound and not principal[stop.start() :].startswith((" in ", " at ", " on ")):
        principal = principal[: stop.start()]
    words = principal.split()
    while words and words[0].lower() in _MODIFIERS:
        start += principal.index(words[0]) + len(words[0])
        principal = principal[principal.index(words[0]) + len(words[0]) :]
        start += len(principal) - len(principal.lstrip())
        principal = principal.lstrip()
        words = words[1:]
    principal = _without_field(reading, start, principal.rstrip()) if compound else principal.rstrip()
    if not words or _NO_PRINCIPAL.search(principal):
        return None
    end = start + len(principal)
    inside = [(m, s) for m, s in register.at(start, end) if s.type != "group"]
    for mention, someone in inside:
        if mention.end - mention.start >= 0.75 * len(principal) or (mention.end == end and someone.type == "person"):
            return displayed(someone)
    comma = reading.text[end : end + 2]
    names_after_comma = (
        [s for m, s in register.at(end, end + 3, ("person",)) if m.start == end + 2] if comma == ", " else []
    )
    if names_after_comma and not compound and _is_unnamed_office(principal):
        return displayed(names_after_comma[0])  # "a spokesman for the prime minister, David Brook,"
    plain = re.sub(r"\s+", " ", principal)
    return plain[:1].lower() + plain[1:] if compound and not inside and plain[1:].islower() else plain


def _without_field(reading: Reading, start: int, principal: str) -> str:
    """Remove what kind of spokesperson it is after the name: ``Unity Party national`` becomes ``Unity Party``."""
    words = reading.words_between(start, start + len(principal))
    last = words.stop - 1
    while last > words.start and (reading.words[last].upos == "ADJ" or reading.lower[last] in _MODIFIERS):
        last -= 1
    is_name = any(reading.words[i].text[:1].isupper() for i in range(words.start, last + 1))
    if not words or last == words.stop - 1 or not is_name or not reading.words[last + 1].text.islower():
        return principal
    return reading.text[start : reading.words[last].end]


def _is_unnamed_office(text: str) -> bool:
    """Whether the text starts with a noun phrase for a person, such as ``prime minister of Merland``."""
    return is_role_noun(re.split(r"\s(?:of|for|in)\s", text)[0].split()[-1])
