"""Full-text conditions: what a query asks for, and the SQL that finds and ranks it.

Every word must occur in the quotation, in the title of its article, or in a name or role of its speaker. A word finds all of its
inflected forms; words in quotation marks must be adjacent, in the form given; ``ferr*`` finds words that begin with ``ferr``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any, NamedTuple

from quotetrack.cluster.windows import information
from quotetrack.cluster.wordings import encode
from quotetrack.errors import UsageError
from quotetrack.store import Store
from quotetrack.text.indexed import indexed, lemmas_of
from quotetrack.text.passages import joined, keys_of
from quotetrack.text.words import WORD, plain

_PART = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]|([^\s"“”„«»]+)')
# "What did Vale say about the ferry?" asks for words of the ferry, said by Vale.
_QUESTION = re.compile(
    r"what\s+(?:(?:did|does|do|has|have)\s+)?(.+?)\s+(?:say|says|said)\s+(?:about|on)\s+(.+?)\s*\?*", re.IGNORECASE
)
_COMMON = 8.5  # bits; words that carry less, such as "the" and "about", are in almost every text
# BM25 (Robertson and Zaragoza 2009). The average length is a constant, so that an article that comes in does not change the
# order of the others; the information of words in general English replaces their frequency in the database for the same reason.
_K1, _B, _AVERAGE = 1.2, 0.75, 20.0
_SPEAKER, _TITLE = 0.6, 0.4  # of the weight of a word in the quotation itself
_TOGETHER = 0.5  # added for two words in the order of the query, of their smaller weight


# Without names printed less than once in twenty times, which may be slips of linking, such as "Vale/Lund" for Vale. Names from
# corrections and files of known speakers have no mentions, and count.
_ALIASES = "SELECT speaker_id, name FROM aliases QUALIFY mentions = 0 OR mentions * 20 >= sum(mentions) OVER (PARTITION BY speaker_id)"


class Term(NamedTuple):
    """A word, a phrase or the beginning of a word.

    ``column`` is ``lemmas`` or ``words`` of the tables ``quotation_words`` and ``title_words``, ``sought`` what it must contain;
    ``weight`` is the information in bits.
    """

    typed: str
    column: str
    sought: str
    weight: float
    by: bool = False  # must occur in a name or role of the speaker


class Query(NamedTuple):
    """The terms of a query, all of which must occur, and the words that were left out because they are in almost every text."""

    terms: tuple[Term, ...]
    left_out: tuple[str, ...]


def parsed(text: str) -> Query:
    """Read a query. Raises ``UsageError`` if it has no words.

    >>> query = parsed('the "old yard" ferries')
    >>> [(term.typed, term.sought) for term in query.terms], query.left_out
    ([('old yard', ' old yard '), ('ferries', ' ferry ')], ('the',))
    >>> [(term.typed, term.by) for term in parsed("What did Vale say about ferries?").terms]
    [('Vale', True), ('ferries', False)]
    """
    question = _QUESTION.fullmatch(text.strip())
    parts = [(question[1], True), (question[2], False)] if question else [(text, False)]
    terms, common = list[Term](), list[Term]()
    for part, by in parts:
        for term in _terms(part):
            is_common = term.column == "lemmas" and term.weight <= _COMMON
            (common if is_common else terms).append(term._replace(by=by))
    if not terms and not common:
        raise UsageError(f"'{text}' contains no words to search for.")
    left_out = tuple(dict.fromkeys(term.typed for term in common)) if terms else ()
    return Query(tuple(dict.fromkeys(terms or common)), left_out)


def _terms(text: str) -> Iterator[Term]:
    for found in _PART.finditer(text):
        phrase, word = found[1], found[2]
        keys = keys_of(phrase if word is None else word)
        if not keys:
            continue
        weight = float(information([encode(" ".join(keys))])[0])
        if word is None:
            yield Term(" ".join(phrase.split()), "words", joined(keys), weight)
        elif word.endswith("*"):
            yield Term(word, "words", joined(keys)[:-1], weight)
        else:
            yield Term(word.strip(".,;:?!()"), "lemmas", joined(lemmas_of(keys)), weight)


def with_beginning(query: Query) -> Query:
    """Let the last term, if it is a word, stand for all words that begin with it, as while somebody types."""
    last = query.terms[-1]
    keys = keys_of(last.typed)
    if last.column != "lemmas" or len(keys) != 1 or len(keys[0]) < 2:
        return query
    beginning = last._replace(typed=f"{last.typed}*", column="words", sought=joined(keys)[:-1])
    return query._replace(terms=(*query.terms[:-1], beginning))


class Matching(NamedTuple):
    """SQL for a query: a condition on ``corrected_quotations q``, and a score, which also uses ``articles a`` and ``quotation_words w``.

    ``values`` are the parameters of the condition; the score needs these and ``more``.
    """

    condition: str
    values: dict[str, Any]
    score: str
    more: dict[str, Any]


def matching(store: Store, query: Query) -> Matching:
    """Return the SQL for a query."""
    values, more = dict[str, Any](), dict[str, Any]()
    conditions, scores = [], []
    for number, term in enumerate(query.terms):
        name = f"term_{number}"
        speakers = _speakers(store, term)
        (more if term.by else values)[name] = term.sought
        titles = f"(SELECT article_id FROM title_words WHERE contains({term.column}, ${name}))"
        inside = f"contains(w.{term.column}, ${name})"
        places = [] if term.by else [inside, f"w.article_id IN {titles}"]
        said = "false"
        if speakers or term.by:
            values[f"speakers_{number}"] = speakers
            whose = f"speaker_id IN (SELECT unnest($speakers_{number}::VARCHAR[]))"
            sources = f"(SELECT source_id FROM source_speakers WHERE {whose})"
            said = f"coalesce(q.source_id IN {sources}, false)"
            places.append(
                f"w.quotation_id IN (SELECT quotation_id FROM corrected_quotations WHERE source_id IN {sources})"
            )
        conditions.append(f"({' OR '.join(places)})")
        outside = f"CASE WHEN {said} THEN {_SPEAKER} WHEN a.article_id IN {titles} THEN {_TITLE} ELSE 0 END"
        scores.append(f"{term.weight} * CASE WHEN {inside} THEN {_saturated(term, name)} ELSE {outside} END")
    for number, (first, second) in enumerate(zip(query.terms, query.terms[1:], strict=False)):
        if first.column == second.column == "lemmas" and first.by == second.by:
            more[f"pair_{number}"] = first.sought + second.sought.lstrip(" ")
            weight = _TOGETHER * min(first.weight, second.weight)
            scores.append(f"CASE WHEN contains(w.lemmas, $pair_{number}) THEN {weight} ELSE 0 END")
    condition = f"q.quotation_id IN (SELECT quotation_id FROM quotation_words w WHERE {' AND '.join(conditions)})"
    return Matching(condition, values, " + ".join(scores), more)


def _saturated(term: Term, name: str) -> str:
    """Return SQL for the frequency of a term in a quotation, saturated and normalised by length."""
    times = (
        f"((length(w.{term.column}) - length(replace(w.{term.column}, ${name}, ' '))) / {float(len(term.sought) - 1)})"
    )
    words = "(length(w.words) - length(replace(w.words, ' ', '')) - 1)"
    longer = f"greatest(1, {words} / {_AVERAGE})"  # a fragment of a few words is not better for being short
    return f"({times} * {_K1 + 1} / ({times} + {_K1} * ({1 - _B} + {_B} * {longer})))"


def _speakers(store: Store, term: Term) -> list[str]:
    """Return the speakers with the term in a name, or in a role unless it is a person's surname: ``Vale's deputy`` is not Vale."""
    first, typed = term.sought.split()[0], keys_of(term.typed)[0]
    beginning = _common_beginning(first, typed)  # of all forms of the word, mostly; they are compared below
    found = store.connection.execute(
        "SELECT speaker_id, name, kind FROM (SELECT speaker_id, name, type AS kind FROM speakers WHERE type NOT IN ('unnamed', 'document') "
        f"UNION ALL SELECT speaker_id, n.name, 'alias' FROM ({_ALIASES}) n JOIN speakers p USING (speaker_id) "
        "WHERE p.type NOT IN ('unnamed', 'document') UNION ALL SELECT speaker_id, role, 'role' FROM roles) "
        "WHERE contains(strip_accents(lower(name)), ?)",
        [beginning],
    ).fetchall()
    having = [
        (key, kind, forms) for key, name, kind in found if term.sought in (forms := getattr(indexed(name), term.column))
    ]
    is_surname = any(
        kind == "person" and forms.strip() != term.sought.strip() and forms.endswith(term.sought)
        for _, kind, forms in having
    )
    return sorted({key for key, kind, _ in having if kind != "role" or not is_surname})


def _common_beginning(first: str, second: str) -> str:
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False))
    return "".join(letter for letter, _ in pairs)


def highlighted(text: str, query: Query) -> list[tuple[str, bool]]:
    """Cut ``text`` into pieces, each with whether it is one of the words that the query asks for.

    >>> highlighted("“The ferries sail.”", parsed("ferry"))
    [('“The ', False), ('ferries', True), (' sail.”', False)]
    """
    words = list(WORD.finditer(text))
    forms = {"words": [plain(word[0]) for word in words], "lemmas": lemmas_of([plain(word[0]) for word in words])}
    marked: set[int] = set()
    for term in query.terms:
        marked |= _places(forms[term.column], term)
    pieces: list[tuple[str, bool]] = []
    at = 0
    for number in sorted(marked):
        start, end = words[number].span()
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [piece for piece in (*pieces, (text[at:], False)) if piece[0]]


def _places(forms: Sequence[str], term: Term) -> set[int]:
    """Return the numbers of the words of a text that a term stands for."""
    sought, whole = term.sought.split(), term.sought.endswith(" ")
    size = len(sought)
    found: set[int] = set()
    for first in range(len(forms) - size + 1):
        here = forms[first : first + size]
        if here == sought or (not whole and here[:-1] == sought[:-1] and here[-1].startswith(sought[-1])):
            found.update(range(first, first + size))
    return found
