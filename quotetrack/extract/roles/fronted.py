"""Find roles before a name and a comma: ``the head of Iran's diplomacy, Abbas Araghchi,``."""

from __future__ import annotations

from quotetrack.extract.people.someone import Mention
from quotetrack.extract.reading import Reading
from quotetrack.extract.roles.noun_phrases import (
    LONGEST,
    first_preposition,
    for_one_person,
    head_of,
    names_person,
    start_of_word,
    words_of,
)
from quotetrack.extract.roles.offices import OFFICE_MODIFIERS
from quotetrack.model import Span
from quotetrack.text.names import HONORIFICS
from quotetrack.text.role_nouns import is_role_noun

# Parts of speech that end a noun phrase to the left.
_EDGES = {"ADP", "SCONJ", "CCONJ", "PUNCT", "PRON", "VERB", "AUX", "DET"}


def apposition_before(reading: Reading, mention: Mention) -> Span | None:
    """Return the noun phrase before the comma before a name as a role, without its article.

    ``the head of Iran's diplomacy, Abbas Araghchi,`` gives ``head of Iran's diplomacy``.
    """
    first, stop = words_of(reading, mention)
    while first > 2 and reading.lower[first - 1].rstrip(".") in HONORIFICS:
        first -= 1  # "the head of the clinic, Dr. Jonas Weil"
    if first < 2 or reading.words[first - 1].text != "," or first - 2 not in reading.sentence_range(first):
        return None
    after = reading.words[stop].text if stop < len(reading.words) else "."
    if after not in (",", ".", "—", "–", ";", ")") and not reading.words[stop].upos.startswith("V"):
        return None
    sentence = reading.sentence_range(first)
    end = first - 1
    start = _start_of_phrase(reading, sentence.start, end)
    start_by_parse = _start_by_parse(reading, mention, sentence.start, end)
    if (
        start is None
        or not _describes_name(reading, mention, start, end)
        or (start_by_parse is not None and start_by_parse < start - 1)
    ):
        start = start_by_parse
    if start is None:
        return None
    if start + 1 < end and reading.words[start].upos == "DET":
        start += 1
    elif start + 1 < end and start == sentence.start and reading.lower[start] == "as":
        start += 2 if reading.words[start + 1].upos == "DET" and start + 2 < end else 1
    if reading.lower[start - 1] in ("my", "our", "your") and start > sentence.start:
        return None
    span = reading.span(start_of_word(reading, reading.words[start].start), reading.words[end - 1].end)
    head = head_of(reading, start, end)
    if span is not None and ("," in span.text and names_person(reading, start, end)):
        return None  # "the pilot, Uma Sand, rather than the owner, Gil Frost"
    if span is None or head is None:
        return span
    if head != end - 1:  # "one of the leaders of the party, Anton Quist": the plural is not the role of one person
        return None if "Number=Plur" in reading.words[head].feats else span
    return for_one_person(reading, mention, span)


def _start_of_phrase(reading: Reading, opening: int, end: int) -> int | None:
    """The index of the first word of the role that ends before word ``end``.

    ``opening`` is the first word of the sentence. ``None`` if no noun phrase for a person ends there.
    """
    start = None
    for index in range(end - 1, max(opening, end - LONGEST) - 1, -1):
        word = reading.words[index]
        if word.text in (",", ";", ":", '"') or "VerbForm=Fin" in word.feats or word.upos == "PRON":
            break
        if (word.upos == "DET" and word.text.lower() in ("the", "a", "an")) or index == opening:
            following = [reading.words[i] for i in range(index, end)]
            core = following[: first_preposition(following)]
            if core and is_role_noun(core[-1].text):
                start = index
                if index == opening or reading.lower[index - 1] != "of":
                    break  # otherwise "the president of the club and mayor" starts further left
    return start


def _describes_name(reading: Reading, mention: Mention, start: int, end: int) -> bool:
    """Whether the phrase before the comma describes the name and is not part of the clause before it.

    It does if one depends on the other, if the name is an apposition between commas, and in ``As mayor, Vale …`` and
    ``Now the mayor, Vale …``. It does not in ``Asked about the mayor, Vale said``.
    """
    name = head_of(reading, *words_of(reading, mention))
    head = head_of(reading, start, end)
    if name is None or head is None:
        return False
    if name in reading.subtree(head):
        return True
    words = [reading.words[i] for i in range(start, end)]
    relation = reading.words[name].deprel.split(":")[0]
    if relation in ("appos", "vocative"):
        return head == start + first_preposition(words) - 1
    if relation != "nsubj" or reading.head[head] not in (reading.head[name], name):
        return False
    if reading.words[head].deprel == reading.words[name].deprel:
        return True  # "but the mayor, Anton Quist, surprised the hall"
    first = reading.sentence_range(start).start
    case = reading.child(head, "case", "mark")
    if case is not None and reading.lower[case] == "according":
        return reading.text[mention.end : mention.end + 1] == ","
    if case is not None or reading.words[head].deprel == "mark":
        return "as" in (reading.lower[start], reading.lower[max(first, start - 1)])
    opens = start <= first or (start == first + 1 and reading.lower[first] in ("now", "then", "once", "today", "also"))
    return opens and reading.child(head, "nsubj", "cop") is None


def _start_by_parse(reading: Reading, mention: Mention, first: int, end: int) -> int | None:
    """The index of the first word of the noun phrase that the name is in apposition to, by the parse."""
    name = head_of(reading, *words_of(reading, mention))
    if name is None or reading.words[name].deprel != "appos":
        return None
    head = reading.head[name]
    while reading.words[head].deprel == "conj" and first <= reading.head[head] < head:
        head = reading.head[head]
    if not first <= head < end or not is_role_noun(reading.words[head].text):
        return None
    last = reading.words[end - 1]
    if end - 1 != head and is_role_noun(last.text) and last.deprel != "conj" and "Number=Plur" not in last.feats:
        return None  # "the son of the former president, Ines Vale": ambiguous
    subtree = set(reading.subtree(head))
    if end - head > LONGEST or not subtree.issuperset(range(head, end)):
        return None
    if names_person(reading, head, end):
        return None  # "his assistant, Anton Quist, and his widow, Ines Vale"
    start = head
    while (
        start - 1 in subtree
        and start > first
        and (reading.words[start - 1].upos not in _EDGES or reading.lower[start - 1] in OFFICE_MODIFIERS)
    ):
        start -= 1
    return start
