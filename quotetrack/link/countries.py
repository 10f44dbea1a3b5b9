"""Find countries in text: names, adjectives and capitals, from the package countryinfo (``training/countries.py``)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from quotetrack.link.roles import data_lines
from quotetrack.text.names import first_names
from quotetrack.text.urls import split_url

# Domains of countries that are sold to anyone, after Google's list of generic country domains.
_GENERIC_DOMAINS = {
    "ad", "ai", "as", "bz", "cc", "cd", "co", "dj", "fm", "io", "la", "me", "ms", "nu", "sc", "sr", "su", "tv", "tk", "ws",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_](?:[\w-]|\.(?=\w))*")
_DATELINE = re.compile(r"\s*(?:\([^)\n]*\)\s*)?[A-Z][^\n.]{1,60}?\s*(?:—|–|-{1,2}|\()")
_LONGEST = 4  # words of a country's name


@dataclass(frozen=True, slots=True)
class Mention:
    """A country named in a text, by its ISO 3166 code, and where."""

    country: str
    start: int
    end: int


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """Map names, adjectives and capitals of countries, in lower case, to the code of the country.

    >>> countries()["kenyan"], countries()["nairobi"]
    ('KE', 'KE')
    """
    found: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    for line in data_lines("countries.tsv"):
        code, own, people, capital, _ = line.split("\t")
        names |= {_plain(name): code for name in own.split(";")}
        for name in re.split("[;,]", f"{own};{people};{capital}"):
            if name:
                found.setdefault(_plain(name), set()).add(code)
    for line in data_lines("demonyms.txt"):
        place, _, adjectives = line.partition(":")
        if code := names.get(place.strip(), ""):
            first = place.split()[0]
            for word in adjectives.split():
                forms = {word.lstrip("+")} if " " not in place else {f"{first} {word.lstrip('+')}"}
                forms |= {word} if " " in place and not word.startswith("+") else set()
                for form in forms:
                    found[form] = {code}
    return {name: next(iter(codes)) for name, codes in found.items() if len(codes) == 1}


@lru_cache(maxsize=64)
def mentions(text: str, persons: bool = True) -> tuple[Mention, ...]:
    """Return the countries named in ``text``, in order.

    A person called after a country (``Ana Jordan``) does not count, unless ``persons`` is false because the text names none.
    """
    words = list(_WORD.finditer(text))
    found: list[Mention] = []
    index = 0
    while index < len(words):
        if not words[index][0][0].isupper():
            index += 1
            continue
        length, code = _longest(text, words, index)
        if code and not (persons and _is_person(text, words, index, length)):
            found.append(Mention(code, words[index].start(), words[index + length - 1].end()))
        index += length
    return tuple(found)


def dateline(text: str) -> str:
    """Return the country of a dateline at the start of ``text`` (``NAIROBI, Kenya —``), or an empty string."""
    match = _DATELINE.match(text)
    if not match or not re.match(r"[A-Z]{3}", text.strip()):
        return ""
    inside = {one.country for one in mentions(text) if one.end <= match.end()}
    return next(iter(inside)) if len(inside) == 1 else ""


def main_country(text: str) -> str:
    """Return the country an article is about: the only one it names, or one named more than twice as often as any other."""
    count = Counter(one.country for one in mentions(text)).most_common(2)
    if not count or (len(count) > 1 and count[0][1] <= 2 * count[1][1]):
        return ""
    return count[0][0]


def domain_country(url: str | None) -> str:
    """Return the country of the top-level domain of ``url``, or an empty string; domains sold to anyone do not count.

    >>> domain_country("https://news.example.pe/1"), domain_country("https://news.example.io/1")
    ('PE', '')
    """
    host = split_url(url).hostname or ""
    domain = host.rpartition(".")[2]
    return "" if domain in _GENERIC_DOMAINS else _domains().get(domain, "")


@lru_cache(maxsize=1)
def _domains() -> dict[str, str]:
    rows = [line.split("\t") for line in data_lines("countries.tsv")]
    return {domain.lstrip("."): code for code, *_, domain in rows}


def _longest(text: str, words: list[re.Match[str]], index: int) -> tuple[int, str]:
    """Return the number of words of the longest name of a country that begins at a word, and its code."""
    word = words[index][0]
    if word.isascii() and word.lower().replace(".", "") not in _first_words():
        return 1, ""
    for length in range(min(_LONGEST, len(words) - index), 0, -1):
        phrase = text[words[index].start() : words[index + length - 1].end()]
        code = countries().get(_plain(phrase))
        if code and (len(phrase) > 3 or phrase.isupper()):
            return length, code
    return 1, ""


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    return frozenset({"the", *(name.partition(" ")[0] for name in countries())})


def _is_person(text: str, words: list[re.Match[str]], index: int, length: int) -> bool:
    """Whether the name stands between parts of a person's name."""
    known = first_names()
    before = words[index - 1][0] if index and text[words[index - 1].end() : words[index].start()] == " " else ""
    if before[:1].isupper() and before.lower() in known and before.lower() not in countries():
        return True
    name = words[index][0].lower()
    last = index + length
    after = words[last][0] if last < len(words) and text[words[last - 1].end() : words[last].start()] == " " else ""
    return length == 1 and name in known and after[:1].isupper()


def _plain(name: str) -> str:
    folded = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()
    return re.sub(r"^the\s+", "", " ".join(folded.replace(".", "").split()))


@lru_cache(maxsize=1)
def demonyms() -> dict[str, str]:
    """Map ISO 3166 codes of countries to their adjectives, where known.

    >>> demonyms()["KE"]
    'Kenyan'
    """
    columns = (line.split("\t") for line in data_lines("countries.tsv"))
    return {code: re.split("[;,]", people)[0] for code, _, people, *_ in columns if people}
