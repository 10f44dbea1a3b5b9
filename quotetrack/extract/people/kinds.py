"""Find the common nouns that can refer to a body, such as ``the bureau`` or ``the group``.

There are two kinds of evidence: words of the name (rules in ``data/kinds.txt``) and what the article says, beside the
name (``the snack giant Velga``, ``Velga, a charity``) or as a predicate (``Velga is a charity``).
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from quotetrack.extract.people.someone import Someone
from quotetrack.extract.reading import Reading

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


# Nouns that refer to the body itself when they follow its name: "the Velga group", but not "the Velga board".
_SAME_BODY_NOUNS = {
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
def _name_rules() -> tuple[tuple[frozenset[str], frozenset[str], frozenset[str]], ...]:
    """The rules of ``data/kinds.txt``: nouns, words in names, and full names that these nouns can refer to."""
    source = files("quotetrack.extract").joinpath("data/kinds.txt").read_text(encoding="utf-8")
    parts = (line.split(" :") for line in source.splitlines() if line and line[0] not in "#<>")
    return tuple((frozenset(a.split()), frozenset(b.split()), frozenset(c.split())) for a, b, c in parts)


@lru_cache(maxsize=1)
def _general_nouns() -> dict[str, frozenset[str]]:
    """For each noun, the more general nouns for the same body: ``operator`` is also ``company``."""
    source = files("quotetrack.extract").joinpath("data/kinds.txt").read_text(encoding="utf-8")
    pairs = [line[1:].split(" < ") for line in source.splitlines() if line.startswith("<")]
    found: dict[str, frozenset[str]] = {}
    for narrow, wider in pairs:
        for noun in narrow.split():
            found[noun] = found.get(noun, frozenset()) | frozenset(wider.split())
    return found


@lru_cache(maxsize=1)
def _nouns_by_possession() -> dict[str, frozenset[str]]:
    """For each noun, the nouns for bodies that have one: a body with ``shareholders`` is a ``company``."""
    source = files("quotetrack.extract").joinpath("data/kinds.txt").read_text(encoding="utf-8")
    pairs = [line[1:].split(" > ") for line in source.splitlines() if line.startswith(">")]
    return {noun: frozenset(called.split()) for called, had in pairs for noun in had.split()}


@lru_cache(maxsize=1)
def nouns() -> frozenset[str]:
    """Return every noun that can refer to a body, including nouns for places."""
    return frozenset(noun for called, _, _ in _name_rules() for noun in called) | PLACES


@lru_cache(maxsize=4096)
def called_by_name(name: str) -> frozenset[str]:
    """Return the nouns that can refer to a body with this name; empty if the name does not say.

    For example, ``Calder Savings Bank`` gives ``bank`` and ``lender`` among others.
    """
    words = [w.strip(",.()'’") for w in re.sub(r"['’]s\b", "", name.lower()).split()]
    joined, is_short = "-".join(words), len(words) < 3
    words = words[words[:1] == ["united"] :]  # "united" is also a word for clubs, but not in "United Nations"
    found: set[str] = set()
    site = {".com"} if name.lower().endswith((".com", ".org")) else set()
    for called, name_words, full_names in _name_rules():
        if (
            name_words & {*words, *site}
            or joined in full_names
            or name.lower() in full_names
            or (is_short and full_names & set(words))
        ):
            found |= called
    return frozenset(found)


def called_in(reading: Reading, someone: Someone) -> frozenset[str]:
    """Return the nouns that the article uses for the body, with their more general nouns.

    Covers appositions, predicates, compounds, lists (``Velga and other unions``), nouns such as ``shareholders`` and
    the text just before and after each mention.
    """
    found: set[str] = set()
    for mention in someone.mentions:
        inside = reading.words_between(mention.start, mention.end)
        for index in inside:
            head = reading.head[index]
            if head not in inside:
                found |= _apposed_or_predicate_noun(reading, index, head) | _nouns_by_head(
                    reading, someone, index, head
                )
                found |= _nouns_by_list(reading, index)
            for child in reading.children[index]:
                word = reading.words[child]
                if child not in inside and word.upos == "NOUN" and word.deprel in ("appos", "compound", "nmod:desc"):
                    found.add(word.lemma.lower())
        if match := re.match(
            r"\s(?:is|was)\sone of (?:the\s)?(?:[\w'’-]+\s){1,3}?([\w-]+?)s\b",
            reading.text[mention.end : mention.end + 60],
        ):
            found.add(match[1].lower())
        if match := re.match(
            r"\)?,\s(?:an?|the)\s(?:[\w'’-]+\s){0,5}?([\w-]+)(?=,|\s(?:that|which|of|for|based|founded|led|run|to)\b|\.)",
            reading.text[mention.end : mention.end + 90],
        ):
            found.add(match[1].lower())
        if match := re.search(r"\b(\w+)\sof\s$", reading.text[max(0, mention.start - 20) : mention.start]):
            found |= {match[1].lower()} & PLACES  # "the state of Selby"
        if match := re.search(
            r"([a-z][\w-]+)\s(?:called\s|named\s|known as\s)?$",
            reading.text[max(0, mention.start - 40) : mention.start],
        ):
            found.add(match[1])
    found |= {wider for noun in found for wider in _general_nouns().get(noun, ())}
    return frozenset(found & nouns())


def _apposed_or_predicate_noun(reading: Reading, index: int, head: int) -> set[str]:
    """The noun that the name at ``index`` is in apposition to, or that is its predicate."""
    if head < 0 or reading.words[head].upos != "NOUN":
        return set()
    relation = reading.words[index].deprel
    if relation in ("appos", "flat", "flat:name", "nmod:desc"):
        return {reading.words[head].lemma.lower()}
    if relation.startswith("nsubj") and reading.child(head, "cop") is not None:
        return {reading.words[head].lemma.lower()}
    return set()


def _nouns_by_head(reading: Reading, someone: Someone, index: int, head: int) -> frozenset[str]:
    """The nouns implied by the noun that the name at ``index`` modifies.

    ``the Velga group`` gives ``group``; ``Velga shareholders`` and ``a student at Velga`` give the nouns for bodies
    that have shareholders or students. Only for organisations whose name does not say what they are.
    """
    relation = reading.words[index].deprel if head >= 0 else ""
    is_known = someone.type != "organisation" or bool(called_by_name(someone.name))
    if is_known or relation not in ("compound", "nmod:poss", "nmod"):
        return frozenset()
    noun = reading.words[head].lemma.lower()
    if noun in _SAME_BODY_NOUNS and relation == "compound" and head == index + 1:
        return frozenset({noun})
    return _nouns_by_possession().get(noun, frozenset())


def _nouns_by_list(reading: Reading, index: int) -> set[str]:
    """The noun for a list the name belongs to: ``unions including Velga and Norra``, ``Velga and other unions``."""
    found = {
        reading.words[child].lemma.lower()
        for child in reading.children[index]
        if reading.words[child].deprel == "conj" and any(reading.lower[i] == "other" for i in reading.children[child])
    }
    first = index
    for above in reading.above(index):
        if reading.words[first].deprel != "conj":
            break
        first = above
    head = reading.head[first]
    if head >= 0 and "Number=Plur" in reading.words[head].feats:
        listed = {reading.lower[i] for i in reading.children[first] if reading.words[i].deprel in ("case", "mark")}
        if listed & {"including", "such", "like"}:
            found.add(reading.words[head].lemma.lower())
    return found
