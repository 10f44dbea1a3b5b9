"""Find roles after a name and a comma: appositions, affiliations and relative clauses."""

from __future__ import annotations

import re

from quotetrack.extract.people.someone import Mention
from quotetrack.extract.reading import Reading
from quotetrack.extract.roles.noun_phrases import (
    ADJECTIVES,
    COMMAS,
    LONGEST,
    ORGANISATION_NOUNS,
    first_preposition,
    for_one_person,
    head_of,
    words_of,
)
from quotetrack.model import Span
from quotetrack.text.names import POST_NOMINALS
from quotetrack.text.role_nouns import is_role_noun

_MONTH_OR_AGE = re.compile(r"^\d{1,3}$")
LEADING = {  # verbs that start a relative clause about a role: "who heads the agency"
    "head", "heads", "headed", "lead", "leads", "led", "run", "runs", "ran", "chair", "chairs", "chaired", "direct", "directs",
    "directed", "represent", "represents", "represented", "founded", "teaches", "manages", "oversees", "commands", "edits",
    "studies",
}  # fmt: skip
# Adverbs that can start an apposition, unlike those in "where the mayor …" and "already a presence".
_OPENING_ADVERBS = {
    "now",
    "then",
    "currently",
    "formerly",
    "previously",
    "once",
    "also",
    "longtime",
    "long",
    "twice",
    "most",
}
# Words removed from the start of a role: "also a lawyer", "two outsider candidates", "another aide".
_NOT_IN_ROLE = {"a", "an", "the", "also", "another", "one", "two", "three", "four", "both"}
_CLAUSE_OPENERS = {"who", "which", "whose", "that", "whom", "where", "when", "because", "while", "although"}
_NOT_AT_END = {"ADP", "DET", "CCONJ", "SCONJ", "PRON", "PART", "PUNCT"}
# Participles whose agent belongs to the role: "a judge appointed by the mayor".
_APPOINTING = {
    "appointed",
    "nominated",
    "elected",
    "named",
    "hired",
    "chosen",
    "picked",
    "employed",
    "ordained",
    "commissioned",
}


def _after_age(reading: Reading, comma: int) -> int | None:
    """The index of the first word after the comma, an age and academic degrees; ``None`` for a date."""
    sentence = reading.sentence_range(comma)
    start = comma + 1
    if start in sentence and _MONTH_OR_AGE.match(reading.words[start].text):
        # "Vale, 52, a ferry captain,": skip the age
        if start + 1 not in sentence or reading.words[start + 1].text != ",":
            return None
        start += 2
    while start + 2 in sentence and _is_degree(reading.words[start].text) and reading.words[start + 1].text == ",":
        start += 2  # "Haan, PhD, director of the lock"
    return start if start in sentence else None


def apposition_after(reading: Reading, mention: Mention) -> Span | None:
    """Return the apposition after a name as a role, without its article.

    ``Rami Rahmane, head of the OSDH`` gives ``head of the OSDH``; ``Aron Lund, of the Century think tank,`` gives
    ``Century think tank``.
    """
    _, stop = words_of(reading, mention)
    if stop < 0 or stop >= len(reading.words) or reading.words[stop].text not in COMMAS:
        return None
    sentence = reading.sentence_range(stop)
    start = _after_age(reading, stop)
    if start is None:
        return None
    end = start
    while end in sentence and end - start < LONGEST and not _ends_apposition(reading, start, end):
        end += 1
    if end == start or end - start >= LONGEST:
        return None
    words = [reading.words[i] for i in range(start, end)]
    first = words[0]
    acting = first.text.lower() == "acting"  # "Vale, acting head of the office," is tagged as a verb
    if first.upos in ("VERB", "AUX") and not acting:
        return None  # "The party's leader, Ruth Vale, urged members to wait": a predicate
    if first.text.lower() in ("of", "from", "with", "at"):
        return _affiliation(reading, start, end, aged=start > stop + 1)
    if not acting and first.upos not in ("DET", "NOUN", "ADJ", "PROPN", "NUM", "ADV", "X"):
        return None
    if first.text.lower() in ("and", "but", "he", "she", "who") or (
        first.upos == "ADV" and first.text.lower() not in _OPENING_ADVERBS
    ):
        return None
    end = _without_agent(reading, start, _without_clause(reading, start, end))
    before_marks = end < len(reading.words) and reading.is_quoted(end)
    while end > start and (
        reading.words[end - 1].upos in _NOT_AT_END - {"PART"}
        or (before_marks and reading.lower[end - 1] in ("'s", "’s"))
    ):
        end -= 1 + (
            reading.lower[end - 1] in ("'s", "’s")
        )  # "the author of “The Ferry”", "a star of television's “Ferry”"
    words = words[: max(0, end - start)]
    core = words[: first_preposition(words)]
    if (
        not core
        or not any(is_role_noun(w.text) for w in core)
        or not _describes(reading, mention, start, end, len(core))
    ):
        return None
    skipped = 0
    while skipped + 1 < len(core) and words[skipped].text.lower() in _NOT_IN_ROLE and words[skipped + 1].text != "-":
        skipped += 1
    span = reading.span(words[skipped].start, words[-1].end)
    head = head_of(reading, start, end)
    if span is None or head is None or "Number=Plur" not in reading.words[head].feats:
        return span
    return for_one_person(reading, mention, span) if head == end - 1 else None


def _is_degree(word: str) -> bool:
    """Whether the word is an academic degree or another abbreviation used after names."""
    return POST_NOMINALS.fullmatch(f" {word}") is not None


def _affiliation(reading: Reading, start: int, end: int, aged: bool) -> Span | None:
    """The body after ``of``, ``from``, ``with`` or ``at``: ``of the Century think tank``, without the preposition.

    After an age (``aged``), a single name is taken as a place of residence and skipped.
    """
    words = [reading.words[i] for i in range(start + 1, end)]
    if len(words) > 2 and words[0].upos == "DET":
        words = words[1:]
    if not words or words[0].upos == "VERB" or words[-1].upos == "DET":
        return None
    core = words[: first_preposition(words)]  # "at the launch of the company's report" names no body
    noun = any(w.text.lower() in ORGANISATION_NOUNS for w in core)
    named = _names_body(reading, words[0].start, words[-1].end) and words[-1].text[:1].isupper()
    if not noun and (not named or (aged and len(words) == 1)):
        return None
    return reading.span(words[0].start, words[-1].end)


def _describes(reading: Reading, mention: Mention, start: int, end: int, core: int) -> bool:
    """Whether the words from ``start`` to ``end`` describe the person named before them.

    Their head must be a noun for persons that is not the subject of the rest of the sentence, and they must not name
    another person: ``Vale, Mayor Anton Quist and …`` is a list. ``core`` is the number of words before a preposition.
    """
    head = head_of(reading, start, end)
    if head is None:
        return False
    name = head_of(reading, *words_of(reading, mention))
    if reading.words[head].deprel.split(":")[0] in ("nsubj", "csubj"):
        # A subject, unless the name has the same function ("As Ruth Vale, a lawyer, put it") or the phrase continues
        # as a description ("For Vale, a lawyer who …").
        follows = reading.lower[end] if end < len(reading.words) else ""
        noun = reading.words[head]
        bare = noun.upos == "NOUN" and is_role_noun(noun.text) and reading.child(head, "det", "nmod:poss") is None
        if follows == "," and bare and "Number=Plur" not in noun.feats:
            return True  # "According to Vale, head of the clinic, …": a subject would have an article
        if reading.lower[start] in ("a", "an") and follows in ("who", ","):
            return True
        return name is not None and (reading.head[name], reading.words[name].deprel) == (
            reading.head[head],
            reading.words[head].deprel,
        )
    if not (is_role_noun(reading.words[head].text) or is_role_noun(reading.words[start + core - 1].text)):
        return False
    if reading.words[head].upos == "ADJ" and reading.lower[head] in ADJECTIVES:
        return False
    for i in range(start + 1, end):
        if reading.lower[i].rstrip(".") in ("dr", "mr", "mrs", "ms") and reading.words[i - 1].upos in ("NOUN", "PROPN"):
            return False  # "Vale, director of the Academy of Sciences Dr. Anton Quist": the role of the next person
    last = reading.words[start + core - 1]
    for entity in reading.entities_in(reading.words[start].start, reading.words[end - 1].end + 4, "PERSON", "PER"):
        if entity.start < mention.end:
            continue
        if entity.start < last.end <= entity.end or entity.start <= reading.words[head].start < entity.end:
            return False
        title = reading.words[end - 1]
        stop = r"\.?\s" if len(title.text) < 5 else r"\s"
        if title.text[:1].isupper() and re.fullmatch(stop, reading.text[title.end : entity.start]):
            return False  # "Vale, Ohio Gov. Anton Quist": the title of the next person
    return True


def _without_clause(reading: Reading, start: int, end: int) -> int:
    """The end of the phrase before the subject of a following verb: ``minister at the time the tax`` was introduced."""
    head = head_of(reading, start, end)
    for i in range(start + 1, end):
        if i != head and reading.words[i].deprel.startswith("nsubj") and reading.head[i] >= end:
            end = max(start + 1, min(reading.subtree(i)))
            return end - 1 if reading.words[end - 1].upos == "VERB" else end
    return end


def _without_agent(reading: Reading, start: int, end: int) -> int:
    """The end of the phrase before a participle with an agent: ``governor challenged by Quist 30 years ago``."""
    for i in range(start + 1, end - 1):
        has_participle = reading.words[i].upos == "VERB" and "VerbForm=Part" in reading.words[i].feats
        if has_participle and reading.lower[i + 1] == "by" and reading.lower[i] not in _APPOINTING:
            return i
    return end


def _ends_apposition(reading: Reading, start: int, index: int) -> bool:
    """Whether the word at ``index`` ends the apposition."""
    word = reading.words[index]
    if reading.is_quoted(index) and not reading.is_quoted(start):
        return True
    if word.text in (".", ";", ":", "!", "?", "(", ")", "—", "–", "--", '"', "“", "”"):
        return True
    if word.text.lower() in _CLAUSE_OPENERS:
        return True
    if word.text == ",":
        return not _continues_list(reading, index)
    if word.upos in ("VERB", "AUX") and (
        "VerbForm=Fin" in word.feats or word.text.lower() in ("said", "told", "says", "added")
    ):
        return index > start or word.text.lower() in ("said", "told", "says", "added")
    return False


def _continues_list(reading: Reading, comma: int) -> bool:
    """Whether the comma is inside a role: ``minister of trade, industry and ports``."""
    words = reading.words
    if comma + 2 >= len(words):
        return False
    return (
        words[comma + 1].upos in ("NOUN", "PROPN")
        and words[comma + 2].text.lower() == "and"
        and not is_role_noun(words[comma + 1].text)
    )


def _names_body(reading: Reading, start: int, end: int) -> bool:
    """Whether an organisation is named in the characters ``start:end``."""
    return any(start <= e.start for e in reading.entities_in(start, end, "ORG", "ORGANIZATION"))


def relative_clause(reading: Reading, mention: Mention) -> Span | None:
    """Return a relative clause about a role, without ``who``: ``Vale, who heads the port authority,``."""
    _, stop = words_of(reading, mention)
    if stop < 0 or stop + 2 >= len(reading.words) or reading.words[stop].text != ",":
        return None
    if reading.words[stop + 1].text.lower() != "who" or reading.words[stop + 2].text.lower() not in LEADING:
        return None
    sentence = reading.sentence_range(stop)
    end = stop + 2
    while end in sentence and end - stop < LONGEST and not _ends_relative(reading, stop, end):
        end += 1
    complement = range(stop + 3, end)
    if not complement or (reading.words[complement.start].upos == "ADP" and reading.lower[stop + 2] != "teaches"):
        return None  # "who leads in the polls", "who ran for mayor"
    if reading.lower[stop + 2].startswith("represent") and not any(
        reading.words[i].upos == "PROPN" for i in complement
    ):
        return None  # "who represents a kind of past"
    return reading.span(reading.words[stop + 2].start, reading.words[end - 1].end)


def _ends_relative(reading: Reading, comma: int, index: int) -> bool:
    """Whether the word at ``index`` ends the relative clause."""
    return reading.words[index].text in (",", ".", ";", "—", "–", "--") or (
        reading.is_quoted(index) != reading.is_quoted(comma)
    )
