"""Read from the text of an article what distinguishes a speaker from namesakes, and other names the text gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotetrack.link.countries import dateline, domain_country, main_country, mentions
from quotetrack.link.generic import generic_body, organisation_nouns
from quotetrack.link.names import abbreviation, body_key, initials, is_expanded

_NAME = r"[A-Z][\w.'’-]*(?:\s+(?:(?:de|da|al|el|van|von|bin)\s+)?[A-Z][\w.'’-]*){0,3}"
_OTHER_NAME = re.compile(
    r"(?:,?\s+(?:formerly|previously|n[ée]e|born|also known as|better known as|now known as)\s+"
    r"|,?\s+who\s+(?:writes|wrote|performs|performed|competes|competed)\s+as\s+"
    r"|,?\s+who\s+was\s+(?=[^.,;]{3,40}\s+(?:until|before)\b)"
    r"|\s[^.!?\n]{0,60}?\b(?:chang\w+\s+(?:its|his|her|their)\s+name\s+to|renam\w+\s+(?:itself|himself|herself))\s+)"
    rf"({_NAME})"
)
_AGE_AFTER = re.compile(
    r",\s+(?:aged\s+|who\s+(?:is|was|turns|turned)\s+)?(\d{1,3})\s*[,.;)]|\s+\((?:aged?\s+)?(\d{1,3})\)"
    r"|,\s+an?\s+(\d{1,3})-year-old\b"
)
_AGE_BEFORE = re.compile(r"\b(\d{1,3})-year-old(?:\s+[\w-]+){0,3}?\s+$")
_SAME_NAME = re.compile(
    r"\b(?:son|daughter|father|mother|brother|sister|cousin|nephew|niece|uncle|aunt|grandson|grandfather),?\s+"
    r"(?:(?:who\s+is|who\s+was)\s+)?(?:also|likewise)\s+(?:named|called)\s+$"
)
_RELATIVE_OF = re.compile(
    r"\b(?:son|daughter|grandson|granddaughter|nephew|niece|father|mother|grandfather|grandmother|uncle|aunt)\s+of\s+"
    r"(?:the\s+)?(?:[a-z][\w-]*\s+){0,3}$"
)
_FOUNDED = re.compile(r",\s+(?:the|an?)\s+(?:[\w-]+\s+){0,3}?(?:founded|established|headquartered)\s+in\b")
_APPOSITION = re.compile(
    r",\s+(?:the|an?)\s+(?:[a-z][\w-]*\s+){0,3}?([a-z]\w*)(?=[,.;]|\s+(?:of|that|which|in|from|with|for)\b)"
)
_BEFORE = 60  # characters looked at before a name


@dataclass(frozen=True, slots=True)
class Facts:
    """What one article says about one speaker.

    ``country`` is the ISO 3166 code of the country of a generic body or one with an abbreviation, and for a person that of the
    article; ``age`` is in years; ``namesake`` says that a relative has the same name; ``organisation`` says that the name, printed like a person's, is a company's.
    """

    country: str = ""
    age: int | None = None
    namesake: bool = False
    organisation: bool = False
    other_names: tuple[str, ...] = ()


def facts(text: str, url: str | None, name: str, kind: str, places: Sequence[tuple[int, int]]) -> Facts:
    """Read the facts about a speaker; ``places`` are the spans of its sources in ``text``."""
    if kind == "person":
        return Facts(
            country=dateline(text) or main_country(text), age=_age(text, name), namesake=_namesake(text, name), organisation=_is_organisation(text, name),
            other_names=_other_names(text, name),
        )  # fmt: skip
    if kind in ("unnamed", "document"):
        return Facts()
    generic = generic_body(body_key(name)) or generic_body(name)
    country = generic[1] if generic else ""
    if generic or abbreviation(name) or initials(body_key(name)):
        country = country or country_of(text, url, places)
    if (
        is_expanded(body_key(name))
        and not (generic and generic[1])
        and any(one.country == "US" for one in mentions(text))
    ):
        country = "US"  # data/bodies.txt means the American ones, also in an article about another country
    return Facts(country=country, other_names=_other_names(text, name))


def country_of(text: str, url: str | None, places: Sequence[tuple[int, int]]) -> str:
    """Return the country of a body whose sources are at ``places``; an empty string if the article leaves it open.

    A country directly before the source decides, then the dateline, then the country the article is about. The country of
    the url decides if the article names it, or names no country.
    """
    named = mentions(text)
    for start, _ in places:
        for one in named:
            if one.end <= start and re.fullmatch(r"(?:['’]s?)?\s+", text[one.end : start]):
                return one.country
    own, published_in = main_country(text), domain_country(url)
    if dated := dateline(text):
        return dated
    if own and (not published_in or own == published_in):
        return own
    countries = {one.country for one in named}
    if published_in and (not countries or published_in in countries):
        return published_in
    return own if sum(one.country == own for one in named) > 2 else ""


def _places(text: str, name: str) -> Iterator[tuple[int, int]]:
    start = text.find(name)
    while start >= 0:
        yield start, start + len(name)
        start = text.find(name, start + 1)


def _age(text: str, name: str) -> int | None:
    found = [match for _, end in _places(text, name.split()[-1]) if (match := _AGE_AFTER.match(text, end))]
    found += [m for start, _ in _places(text, name) if (m := _AGE_BEFORE.search(text[max(0, start - _BEFORE) : start]))]
    ages = [int(next(filter(None, match.groups()))) for match in found]
    return next((age for age in ages if _YOUNGEST <= age <= _OLDEST), None)


def _namesake(text: str, name: str) -> bool:
    """Whether the text says that somebody else has the same name.

    ``His son, also named Anders Holm``; or ``the grandson of the pianist Anders Holm`` beside ``the younger Holm``.
    """
    before = [text[max(0, start - _BEFORE) : start] for start, _ in _places(text, name)]
    if any(_SAME_NAME.search(words) for words in before):
        return True
    if len(before) < 2 or not any(_RELATIVE_OF.search(words) for words in before):
        return False
    return re.search(rf"\b(?:younger|elder|older)\s+{re.escape(name.split()[-1])}\b", text) is not None


def _is_organisation(text: str, name: str) -> bool:
    """Whether the text says that the name is a company's: ``Harlan Price, the furniture chain``; ``change its name``."""
    for _, end in _places(text, name):
        if (renamed := _OTHER_NAME.match(text, end)) and re.search(r"\b(?:its\s+name|itself)\b", renamed[0]):
            return True
        if _FOUNDED.match(text, end) or ((match := _APPOSITION.match(text, end)) and match[1] in organisation_nouns()):
            return True
    return False


def _other_names(text: str, name: str) -> tuple[str, ...]:
    """Return the names given as former or other names, or as the new name of a body; a surname gets the first name."""
    found = {match[1] for _, end in _places(text, name) if (match := _OTHER_NAME.match(text, end))}
    cleaned = {re.sub(r"[.,'’]+s?$", "", other) for other in found}
    return tuple(sorted(f"{name.split()[0]} {o}" if " " in name and " " not in o else o for o in cleaned if o != name))


_YOUNGEST, _OLDEST = 5, 115  # other numbers behind a name are rarely ages
