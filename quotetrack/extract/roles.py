"""What the text says a person is: a title before the name, an apposition, a relative clause, an affiliation.

Every role is a stretch of the text beside a mention of the name, found by the words around it. The role a quotation
gives is the one nearest before it in its article: the role its speaker held there.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from quotetrack.extract.names import HONORIFICS
from quotetrack.extract.reading import Reading
from quotetrack.extract.someone import Mention, Someone
from quotetrack.model import Span

_MONTH_OR_AGE = re.compile(r"^\d{1,3}$")
_LONGEST = 16
_COMMAS = {",", "—", "–", "--"}
_SUFFIX = re.compile(
    r"(?:man|woman|person|ist|ologist|ian|ator|itor|eer|ographer|smith|ant|master|maker|keeper|holder)$"
)
_ORGANISATION_NOUNS = {
    "institute", "university", "think", "tank", "centre", "center", "group", "foundation", "party", "agency", "ministry",
    "department", "council", "company", "firm", "bank", "association", "union", "committee", "school", "college", "hospital",
    "society", "network", "office", "authority", "commission", "organisation", "organization", "institution", "charity",
    "newspaper", "programme", "program", "observatory", "club", "church", "laboratory", "board", "federation", "service",
}  # fmt: skip
_LEADING = {
    "head",
    "heads",
    "headed",
    "lead",
    "leads",
    "led",
    "run",
    "runs",
    "ran",
    "chair",
    "chairs",
    "chaired",
    "direct",
    "directs",
    "directed",
    "represent",
    "represents",
    "represented",
    "founded",
    "teaches",
    "manages",
    "oversees",
    "commands",
    "edits",
    "studies",
}


@lru_cache(maxsize=1)
def role_nouns() -> frozenset[str]:
    """Nouns for what a person is or does (``data/roles.txt``)."""
    source = files("quotetrack.extract").joinpath("data/roles.txt").read_text(encoding="utf-8")
    return frozenset(word for line in source.splitlines() if not line.startswith("#") for word in line.split())


def is_role_noun(word: str) -> bool:
    """Whether ``word`` (any number, any case) heads a description of a person."""
    lowered = word.lower().rstrip(".")
    nouns = role_nouns()
    return (
        lowered in nouns
        or (lowered.endswith("s") and lowered[:-1] in nouns)
        or lowered.endswith(("men", "women"))
        or bool(len(lowered) > 6 and _SUFFIX.search(lowered))
    )


# Nouns that news changes about for one office.
_ALIKE = [
    {"judge", "justice"}, {"lawyer", "attorney"}, {"chairman", "chairwoman", "chairperson", "chair"},
    {"spokesman", "spokeswoman", "spokesperson"}, {"physician", "doctor"}, {"executive", "ceo"},
    {"candidate", "nominee", "contender", "hopeful"}, {"reporter", "journalist", "correspondent", "anchor"},
    {"actor", "actress", "star"}, {"comedian", "comic"},
    {"surgeon", "neurosurgeon"}, {"front-runner", "frontrunner", "favorite"}, {"pastor", "minister", "reverend", "preacher"},
    {"officer", "policeman", "policewoman"}, {"billionaire", "businessman", "businesswoman", "mogul", "tycoon"},
    {"senator", "sen", "lawmaker"}, {"representative", "rep", "congressman", "congresswoman", "lawmaker"},
    {"governor", "gov"}, {"president", "pres"}, {"detective", "det"}, {"ex-wife", "wife"}, {"ex-husband", "husband"},
    {"father", "dad"}, {"mother", "mom", "mum"},
]  # fmt: skip
# What may be called so as well: a president is a leader, a leader need be no president.
_WIDER = {
    "leader": {"president", "premier", "chancellor", "king", "dictator"},
    "head": {"chairman", "chairwoman", "chair", "director"},
}


def holds(noun: str, role: str) -> bool:
    """Whether ``role`` makes of its holder what ``noun`` (in lower case and singular) says: by what it is a role of, not by
    any word in it (``the president's wife`` is no president), and in a like word."""
    alike = {noun}.union(*(words for words in _ALIKE if noun in words), _WIDER.get(noun, set()))
    if noun == "leader" and "prime minister" in role.lower():
        return True
    for part in re.split(r",|/|\band\b", role.lower()):
        words = re.findall(r"[\w'’-]+", re.split(r"\b(?:of|for|in|at|to|from|with|on|who|under|by)\b", part)[0])
        if words and {words[-1], words[-1].split("-")[0], words[-1].removesuffix("s")} & alike:
            return True
    return False


def roles_of(reading: Reading, someone: Someone) -> list[Span]:
    """Every role the text gives ``someone``, in text order. Empty for bodies."""
    if someone.type != "person":
        return []
    found: dict[int, Span] = {}
    for mention in someone.mentions:
        for role in (
            _before(reading, mention) or _cut_off(reading, mention) or _shared(reading, mention),
            _after(reading, mention),
            _apposition_before(reading, mention),
            _relative(reading, mention),
        ):
            if role is not None:
                found.setdefault(role.start, role)
    return [found[start] for start in sorted(found)]


def role_at(roles: list[Span], position: int, source: Span | None) -> Span | None:
    """The role at a quotation: inside or beside its own source phrase, else the nearest before, else the first after."""
    if not roles:
        return None
    if source is not None:
        beside = [r for r in roles if r.start < source.end + 3 and source.start - 3 < r.end]
        if beside:
            return max(beside, key=lambda r: r.end - r.start)
    before = [r for r in roles if r.end <= position]
    return before[-1] if before else roles[0]


def _words(reading: Reading, mention: Mention) -> tuple[int, int]:
    inside = reading.words_between(mention.start, mention.end)
    return (inside.start, inside.stop) if inside else (-1, -1)


def _before(reading: Reading, mention: Mention) -> Span | None:
    """``Syrian President Bashar al-Assad``, ``former ferry captain Ruth Vale``, ``Sen. Ruth Vale``."""
    first, _ = _words(reading, mention)
    if first < 0:
        return None
    sentence = reading.sentence_range(first)
    index = first - 1
    if index in sentence and reading.words[index].text.lower().rstrip(".") in HONORIFICS - role_nouns():
        index -= 1  # "British diplomat Sir Anton Quist"
    if index not in sentence or reading.words[index].text in _COMMAS:
        return None
    if not is_role_noun(reading.words[index].text) or reading.words[index].upos not in ("NOUN", "PROPN", "ADJ", "X"):
        return None
    start = index
    while start - 1 in sentence and index - start < 7:
        word = reading.words[start - 1]
        hyphen = word.text in ("-", "&")
        possessive = word.text in ("'s", "’s", "'", "’")
        if (
            word.upos not in ("NOUN", "PROPN", "ADJ")
            and not hyphen
            and not possessive
            and word.text.lower() not in ("former", "then", "acting")
        ):
            break
        if reading.is_quoted(start - 1) != reading.is_quoted(index) or (
            word.text.lower().endswith("day") and word.upos == "PROPN"
        ):
            break
        start -= 1
    while start < index and reading.words[index].text[:1].isupper() and _is_colour(reading.words[start].text):
        start += 1  # "a subdued Prime Minister": the title begins at its capital
    span = reading.span(reading.words[start].start, reading.words[index].end)
    return span if span and span.text.lower().rstrip(".") not in ("mr", "mrs", "ms", "dr") else None


_CUT_OFF = re.compile(r"(?:[A-Z][\w’'-]+\s){0,3}(?:Sen|Gov|Rep|Lt|Gen|Col|Capt|Sgt|Adm|Atty|Prof|Rev|Supt|Det)\.\s$")


def _cut_off(reading: Reading, mention: Mention) -> Span | None:
    """``Oregon Sen. Ruth Vale``, where the parse ends a sentence at the full stop."""
    start = max(0, mention.start - 60)
    found = _CUT_OFF.search(reading.text[start : mention.start])
    return reading.span(start + found.start(), start + found.end() - 1) if found else None


_SHARED = re.compile(
    r"\b((?:Sens|Reps|Govs)\.|Senators|Representatives|Governors|Presidents|Mayors|Justices|Professors|Prime Ministers)\s"
    r"(?:[A-Z][\w.'’-]*(?:\s|,\s)|\([^)\s]{1,10}\),?\s|and\s){2,}$"
)


def _shared(reading: Reading, mention: Mention) -> Span | None:
    """``Sens. Ruth Vale (Ore.) and Anton Quist``: the title of the first is that of the second."""
    start = max(0, mention.start - 90)
    found = _SHARED.search(reading.text[start : mention.start])
    return reading.span(start + found.start(1), start + found.end(1)) if found else None


def _is_colour(word: str) -> bool:
    return word.islower() and word not in (
        "former",
        "then",
        "acting",
        "interim",
        "outgoing",
        "incoming",
        "deputy",
        "vice",
        "state",
    )


def _after(reading: Reading, mention: Mention) -> Span | None:
    """``Rami Rahmane, head of the OSDH`` and ``Aron Lund, of the Century think tank,``."""
    _, stop = _words(reading, mention)
    if stop < 0 or stop >= len(reading.words) or reading.words[stop].text not in _COMMAS:
        return None
    sentence = reading.sentence_range(stop)
    start = stop + 1
    if start in sentence and _MONTH_OR_AGE.match(reading.words[start].text):
        # "Vale, 52, a ferry captain,": the age goes, what follows it stays
        if start + 1 in sentence and reading.words[start + 1].text == ",":
            start += 2
        else:
            return None
    if start not in sentence:
        return None
    end = start
    while end in sentence and end - start < _LONGEST and not _ends_apposition(reading, start, end):
        end += 1
    if end == start or end - start >= _LONGEST:
        return None
    words = [reading.words[i] for i in range(start, end)]
    first = words[0]
    if first.upos in ("VERB", "AUX"):
        return None  # "The party's leader, Ruth Vale, urged members to wait": the sentence goes on
    if first.text.lower() in ("of", "from", "with", "at"):
        if len(words) < 2:
            return None
        if any(w.text.lower() in _ORGANISATION_NOUNS for w in words[1:]) or _names_body(
            reading, words[1].start, words[-1].end
        ):
            return reading.span(
                words[1].start if words[1].upos != "DET" or len(words) < 3 else words[2].start, words[-1].end
            )
        return None
    if first.upos not in ("DET", "NOUN", "ADJ", "PROPN", "NUM", "ADV", "X", "VERB") or first.text.lower() in (
        "and",
        "but",
        "he",
        "she",
        "who",
    ):
        return None
    core = list(words[: _first_preposition(words)])
    if not core or not any(is_role_noun(w.text) for w in core):
        return None
    drop = 1 if first.upos == "DET" and first.text.lower() in ("a", "an", "the") and len(words) > 1 else 0
    return reading.span(words[drop].start, words[-1].end)


def _first_preposition(words: list) -> int:  # type: ignore[type-arg]
    for index, word in enumerate(words):
        if index and word.upos in ("ADP", "SCONJ") and word.text.lower() not in ("-",):
            return index
    return len(words)


def _ends_apposition(reading: Reading, start: int, index: int) -> bool:
    word = reading.words[index]
    if reading.is_quoted(index) and not reading.is_quoted(start):
        return True
    if word.text in (".", ";", ":", "!", "?", "(", ")", "—", "–", "--", '"', "“", "”") or word.text.lower() in (
        "who",
        "which",
        "whose",
        "that",
    ):
        return True
    if word.text == ",":
        return not _continues_list(reading, index)
    if word.upos in ("VERB", "AUX") and (
        "VerbForm=Fin" in word.feats or word.text.lower() in ("said", "told", "says", "added")
    ):
        return index > start or word.text.lower() in ("said", "told", "says", "added")
    return False


def _continues_list(reading: Reading, comma: int) -> bool:
    """``minister of trade, industry and ports``: a comma inside a role is followed by a noun and ``and``."""
    words = reading.words
    if comma + 2 >= len(words):
        return False
    return (
        words[comma + 1].upos in ("NOUN", "PROPN")
        and words[comma + 2].text.lower() == "and"
        and not is_role_noun(words[comma + 1].text)
    )


def _names_body(reading: Reading, start: int, end: int) -> bool:
    return any(e.type.upper() in ("ORG", "ORGANIZATION") and start <= e.start < end for e in reading.parsed.entities)


def _apposition_before(reading: Reading, mention: Mention) -> Span | None:
    """``the head of Iran's diplomacy, Abbas Araghchi,``: the phrase that ends in the comma before the name."""
    first, stop = _words(reading, mention)
    if first < 2 or reading.words[first - 1].text != "," or first - 2 not in reading.sentence_range(first):
        return None
    after = reading.words[stop].text if stop < len(reading.words) else "."
    if after not in (",", ".", "—", "–", ";", ")") and not reading.words[stop].upos.startswith("V"):
        return None
    sentence = reading.sentence_range(first)
    end = first - 1
    start = None
    for index in range(end - 1, max(sentence.start, end - _LONGEST) - 1, -1):
        word = reading.words[index]
        if word.text in (",", ";", ":", '"') or "VerbForm=Fin" in word.feats or word.upos == "PRON":
            break
        if (word.upos == "DET" and word.text.lower() in ("the", "a", "an")) or index == sentence.start:
            following = [reading.words[i] for i in range(index, end)]
            core = following[: _first_preposition(following)]
            if core and is_role_noun(core[-1].text):
                start = index
                break
    if start is None:
        return None
    if reading.words[start].upos == "DET":
        start += 1
    return reading.span(reading.words[start].start, reading.words[end - 1].end)


def _relative(reading: Reading, mention: Mention) -> Span | None:
    """``Vale, who heads the port authority,``: the clause without ``who``."""
    _, stop = _words(reading, mention)
    if stop < 0 or stop + 2 >= len(reading.words) or reading.words[stop].text != ",":
        return None
    if reading.words[stop + 1].text.lower() != "who" or reading.words[stop + 2].text.lower() not in _LEADING:
        return None
    sentence = reading.sentence_range(stop)
    end = stop + 2
    while end in sentence and end - stop < _LONGEST and reading.words[end].text not in (",", ".", ";", "—"):
        end += 1
    return reading.span(reading.words[stop + 2].start, reading.words[end - 1].end)
