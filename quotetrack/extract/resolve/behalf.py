"""For whom a spokesperson, a lawyer or an agent speaks: ``a spokesman for the prime minister``, ``police spokesman Jon Berg``."""

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
# "a spokesman for X", "lawyers representing X"; "a lawyer in Mere" speaks for nobody.
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
# What stands before a spokesman and is nobody.
_MODIFIERS = {
    "the", "a", "an", "former", "chief", "senior", "deputy", "lead", "official", "acting", "another", "one", "company", "long-time",
    "longtime", "national", "regional", "local", "top", "main", "her", "his", "their", "its", "then", "press", "new", "two", "several",
}  # fmt: skip
_NO_PRINCIPAL = re.compile(r"\b(?:district|state|attorney|prosecuting|general|fbi|real|estate|secret|special)$", re.I)
Whose = Callable[[Span, str], str | None]


def on_behalf_of(reading: Reading, register: Register, phrase: Span, owner: Whose) -> str | None:
    """Whom the speaker described by ``phrase`` (a source or a role) speaks for; ``owner`` tells whose ``his`` is."""
    text = phrase.text
    if found := _PRONOUN.search(text):
        start = phrase.start + found.start("whom")
        return owner(Span(start, start + len(found["whom"]), found["whom"]), found["whom"].lower())
    patterns = (_BEHALF, _FOR, _WHOSE, _COMPOUND, _REPRESENTING) if _ANY_AGENT.search(text) else (_BEHALF,)
    for pattern in patterns:
        if found := pattern.search(text):
            return _called(reading, register, phrase.start + found.start("whom"), found["whom"], pattern is _COMPOUND)
    return None


def _called(reading: Reading, register: Register, start: int, whom: str, compound: bool) -> str | None:
    """The principal by the fullest name the article has, else as printed without its article."""
    stop = re.search(r"\s(?:said|says|who|told|in|at|on)\b(?=\s|$)", whom)
    if stop is not None and not compound and not whom[stop.start() :].startswith((" in ", " at ", " on ")):
        whom = whom[: stop.start()]
    words = whom.split()
    while words and words[0].lower() in _MODIFIERS:
        start += whom.index(words[0]) + len(words[0])
        whom = whom[whom.index(words[0]) + len(words[0]) :]
        start += len(whom) - len(whom.lstrip())
        whom = whom.lstrip()
        words = words[1:]
    whom = whom.rstrip()
    if not words or _NO_PRINCIPAL.search(whom):
        return None
    end = start + len(whom)
    inside = [(m, s) for m, s in register.at(start, end) if s.type != "group"]
    for mention, someone in inside:
        if mention.end - mention.start >= 0.75 * len(whom) or (mention.end == end and someone.type == "person"):
            return displayed(someone)
    comma = reading.text[end : end + 2]
    apposed = [s for m, s in register.at(end, end + 3, ("person",)) if m.start == end + 2] if comma == ", " else []
    if apposed and not compound and _is_unnamed_office(whom):
        return displayed(apposed[0])  # "a spokesman for the prime minister, David Brook,"
    plain = re.sub(r"\s+", " ", whom)
    return plain[:1].lower() + plain[1:] if compound and not inside and plain[1:].islower() else plain


def _is_unnamed_office(whom: str) -> bool:
    return is_role_noun(re.split(r"\s(?:of|for|in)\s", whom)[0].split()[-1])
