"""What nouns a body may be called by: ``the bureau`` by its name, ``the group`` by what the article says it is.

What names tell is data (``data/kinds.txt``); what an article tells stands beside a name (``the snack giant Velga``, ``Velga, a
charity``) or is said of it (``Velga is a charity``).
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from quotetrack.extract.people.someone import Someone
from quotetrack.extract.reading import Reading
from quotetrack.extract.roles.facts import states

PLACES = {
    "city",
    "town",
    "state",
    "country",
    "nation",
    "county",
    "village",
    "province",
    "kingdom",
    "capital",
    "municipality",
    "district",
    "region",
}


# What stands behind the name of what it is: "the Velga group". Behind others stands what is its: "the Velga board".
_AFTER_NAMES = {
    "group",
    "party",
    "company",
    "firm",
    "airline",
    "newspaper",
    "movement",
    "militia",
    "magazine",
    "chain",
    "charity",
}


@lru_cache(maxsize=1)
def _lines() -> tuple[tuple[frozenset[str], frozenset[str], frozenset[str]], ...]:
    source = files("quotetrack.extract").joinpath("data/kinds.txt").read_text(encoding="utf-8")
    parts = (line.split(" :") for line in source.splitlines() if line and line[0] not in "#<>")
    return tuple((frozenset(a.split()), frozenset(b.split()), frozenset(c.split())) for a, b, c in parts)


@lru_cache(maxsize=1)
def _wider() -> dict[str, frozenset[str]]:
    """What a body that is called one thing may be called as well: an operator is a company."""
    source = files("quotetrack.extract").joinpath("data/kinds.txt").read_text(encoding="utf-8")
    pairs = [line[1:].split(" < ") for line in source.splitlines() if line.startswith("<")]
    found: dict[str, frozenset[str]] = {}
    for narrow, wider in pairs:
        for noun in narrow.split():
            found[noun] = found.get(noun, frozenset()) | frozenset(wider.split())
    return found


@lru_cache(maxsize=1)
def _havers() -> dict[str, frozenset[str]]:
    """What a body may be called that has one of these: one with shareholders is a company."""
    source = files("quotetrack.extract").joinpath("data/kinds.txt").read_text(encoding="utf-8")
    pairs = [line[1:].split(" > ") for line in source.splitlines() if line.startswith(">")]
    return {noun: frozenset(called.split()) for called, had in pairs for noun in had.split()}


@lru_cache(maxsize=1)
def nouns() -> frozenset[str]:
    """Every noun that a body may be called by."""
    return frozenset(noun for called, _, _ in _lines() for noun in called) | PLACES


@lru_cache(maxsize=4096)
def called_by_name(name: str) -> frozenset[str]:
    """The nouns that a body of that name may be called by; none where the name does not tell."""
    words = [w.strip(",.()'’") for w in re.sub(r"['’]s\b", "", name.lower()).split()]
    whole, short = "-".join(words), len(words) < 3
    words = words[words[:1] == ["united"] :]  # the United Nations are no club
    found: set[str] = set()
    site = {".com"} if name.lower().endswith((".com", ".org")) else set()
    for called, held, known in _lines():
        if held & {*words, *site} or whole in known or name.lower() in known or (short and known & set(words)):
            found |= called
    if name.lower() in states().values():
        found |= {"state"}
    return frozenset(found)


def called_in(reading: Reading, someone: Someone) -> frozenset[str]:
    """The nouns that the article itself puts beside a body's name or says it is."""
    found: set[str] = set()
    for mention in someone.mentions:
        inside = reading.words_between(mention.start, mention.end)
        for index in inside:
            head = reading.head[index]
            if head not in inside:
                found |= _beside(reading, index, head) | _by_noun_beside(reading, someone, index, head)
                found |= _as_one_of(reading, index)
            for child in reading.children[index]:
                word = reading.words[child]
                if child not in inside and word.upos == "NOUN" and word.deprel in ("appos", "compound", "nmod:desc"):
                    found.add(word.lemma.lower())
        if told := re.match(
            r"\s(?:is|was)\sone of (?:the\s)?(?:[\w'’-]+\s){1,3}?([\w-]+?)s\b", reading.text[mention.end :][:60]
        ):
            found.add(told[1].lower())
        if told := re.match(
            r"\)?,\s(?:an?|the)\s(?:[\w'’-]+\s){0,5}?([\w-]+)(?=,|\s(?:that|which|of|for|based|founded|led|run|to)\b|\.)",
            reading.text[mention.end : mention.end + 90],
        ):
            found.add(told[1].lower())
        if told := re.search(
            r"([a-z][\w-]+)\s(?:called\s|named\s|known as\s)?$",
            reading.text[max(0, mention.start - 40) : mention.start],
        ):
            found.add(told[1])
    found |= {wider for noun in found for wider in _wider().get(noun, ())}
    return frozenset(found & nouns())


def _beside(reading: Reading, index: int, head: int) -> set[str]:
    """The noun that the name at ``index`` is in apposition to, or is said to be."""
    if head < 0 or reading.words[head].upos != "NOUN":
        return set()
    relation = reading.words[index].deprel
    if relation in ("appos", "flat", "flat:name", "nmod:desc"):
        return {reading.words[head].lemma.lower()}
    if relation.startswith("nsubj") and reading.child(head, "cop") is not None:
        return {reading.words[head].lemma.lower()}
    return set()


def _by_noun_beside(reading: Reading, someone: Someone, index: int, head: int) -> frozenset[str]:
    """What the body at ``index`` may be called for the noun behind its name (``the Velga group``) or for what the article says it has (``Velga
    shareholders``, ``a student at Velga``), where its name does not tell. Countries have most of them.
    """
    relation = reading.words[index].deprel if head >= 0 else ""
    told = someone.type != "organisation" or bool(called_by_name(someone.name))
    if told or relation not in ("compound", "nmod:poss", "nmod"):
        return frozenset()
    noun = reading.words[head].lemma.lower()
    if noun in _AFTER_NAMES and relation == "compound" and head == index + 1:
        return frozenset({noun})
    return _havers().get(noun, frozenset())


def _as_one_of(reading: Reading, index: int) -> set[str]:
    """The noun for several of whom the name at ``index`` is one: ``unions including Velga and Norra``, ``Velga and other unions``."""
    found = {
        reading.words[child].lemma.lower()
        for child in reading.children[index]
        if reading.words[child].deprel == "conj" and any(reading.lower[i] == "other" for i in reading.children[child])
    }
    first = index
    while reading.words[first].deprel == "conj" and reading.head[first] >= 0:
        first = reading.head[first]
    head = reading.head[first]
    if head >= 0 and "Number=Plur" in reading.words[head].feats:
        listed = {reading.lower[i] for i in reading.children[first] if reading.words[i].deprel in ("case", "mark")}
        if listed & {"including", "such", "like"}:
            found.add(reading.words[head].lemma.lower())
    return found
