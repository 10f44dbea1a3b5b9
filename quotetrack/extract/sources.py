"""Which phrase of the text names the source of a cue.

The subject of the reporting verb, reached through coordinations, participles and relative clauses; the agent of a
passive; the noun a participle hangs on (``a statement saying``). Where the parse gives none, the words beside the verb
decide, and where those do not, there is no source: a missing attribution is better than a wrong one.
"""

from __future__ import annotations

from dataclasses import dataclass

from quotetrack.extract.reading import Reading
from quotetrack.model import Span

NOMINAL = {"NOUN", "PROPN", "PRON", "NUM"}
RELATIVE = {"who", "which", "that", "whom", "whose"}
_INSIDE_NAME = {"det", "amod", "compound", "flat", "nummod", "appos", "nmod", "case", "conj", "cc", "punct", "fixed", "goeswith", "advmod"}
LONGEST_SOURCE = 30
_NOT_SOURCES = {"it", "there", "this", "that", "what", "which", "these", "those", "something", "nothing", "everything", "whatever", "here"}
MONTHS_AND_DAYS = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "tomorrow",
    "tonight", "january", "february", "march", "april", "june", "july", "august", "september", "october",
    "november", "december",
}  # fmt: skip


_NAMED = {"PERSON", "PER", "ORG", "ORGANIZATION"}


@dataclass(frozen=True, slots=True)
class Source:
    """A source phrase and the word that heads it. ``certain`` is false where the parse did not name it."""

    span: Span
    head: int
    certain: bool = True


def source_of(reading: Reading, cue: int) -> Source | None:
    """The source of the verb at ``cue``, from the parse, else from the words beside it."""
    head = _subject(reading, cue, 0)
    if head is not None and not _acceptable(reading, head):
        return None if _is_expletive(reading, head) else _beside(reading, cue)
    if head is not None:
        return phrase(reading, head, cue)
    if is_passive(reading, cue):
        return None
    return _beside(reading, cue)


def is_passive(reading: Reading, verb: int) -> bool:
    """Whether ``verb`` is in the passive voice: its subject then is not who speaks."""
    return any(
        reading.words[c].deprel in ("aux:pass", "nsubj:pass", "csubj:pass") for c in reading.children[verb]
    )


def _subject(reading: Reading, verb: int, depth: int) -> int | None:
    words = reading.words
    if depth > 4:
        return None
    if is_passive(reading, verb) and depth == 0:
        return _agent(reading, verb)
    subjects = [c for c in reading.children[verb] if words[c].deprel.split(":")[0] == "nsubj"]
    head = reading.head[verb]
    relation = words[verb].deprel
    if subjects:
        subject = min(subjects, key=lambda c: abs(c - verb)) if len(subjects) > 1 else subjects[0]
        if words[subject].text.lower() in RELATIVE and words[subject].upos in ("PRON", "DET", "SCONJ"):
            antecedent = _antecedent(reading, verb, subject)
            return antecedent if antecedent is not None else None
        return subject
    if head < 0:
        return None
    if relation.startswith("acl") and words[head].upos in NOMINAL:
        return head
    if relation.split(":")[0] in ("conj", "xcomp", "advcl", "parataxis", "acl", "ccomp") and (
        words[head].upos in ("VERB", "AUX", "ADJ", "NOUN")
    ):
        finite = "VerbForm=Fin" in words[verb].feats
        if relation.split(":")[0] in ("advcl", "ccomp", "parataxis") and finite and depth == 0:
            return None
        return _subject(reading, head, depth + 1)
    return None


def _antecedent(reading: Reading, verb: int, pronoun: int) -> int | None:
    """What a relative pronoun stands for: the noun its clause hangs on, else the noun just before it."""
    node = verb
    for _ in range(4):
        if node >= 0 and reading.words[node].deprel == "acl:relcl":
            return reading.head[node]
        node = reading.head[node] if node >= 0 else -1
        if node < 0:
            break
    for index in range(pronoun - 1, reading.sentence_range(pronoun).start - 1, -1):
        if reading.words[index].upos in ("NOUN", "PROPN"):
            while reading.words[index].deprel in ("flat", "compound", "appos") and reading.head[index] >= 0:
                index = reading.head[index]
            return index
        if reading.words[index].upos != "PUNCT":
            return None
    return None


def _agent(reading: Reading, verb: int) -> int | None:
    for child in reading.children[verb]:
        if reading.words[child].deprel.startswith("obl") and any(
            reading.words[c].deprel == "case" and reading.words[c].text.lower() == "by"
            for c in reading.children[child]
        ):
            return child
    return None


def _is_expletive(reading: Reading, head: int) -> bool:
    return reading.words[head].text.lower() in ("it", "there", "this", "that", "what", "which")


def _acceptable(reading: Reading, head: int) -> bool:
    word = reading.words[head]
    lowered = word.text.lower()
    if lowered in _NOT_SOURCES or lowered in MONTHS_AND_DAYS:
        return False
    return not reading.is_quoted(head) and (word.upos in NOMINAL or word.text[:1].isupper() or word.upos in ("ADJ", "DET"))


def phrase(reading: Reading, head: int, cue: int | None = None) -> Source | None:
    """The whole phrase headed by ``head``: its subtree as far as it hangs together around the head.

    It never reaches into the cue or into quoted words, nor beyond ``LONGEST_SOURCE`` words.
    """
    words = reading.words
    barred = set() if cue is None else {cue}
    subtree = set(reading.subtree(head)) - barred
    if cue is not None and cue in reading.subtree(head):
        subtree -= set(reading.subtree(cue))  # "the man who said": the phrase stops before the clause of its cue
        subtree.add(head)
    case = [c for c in reading.children[head] if words[c].deprel in ("case", "cc", "mark", "discourse") and c < head]
    subtree -= set(case)
    first = last = head
    sentence = reading.sentence_range(head)

    def allowed(index: int) -> bool:
        return index in sentence and index != cue and (index in subtree) and not _speech(reading, index)

    while allowed(first - 1):
        first -= 1
    while allowed(last + 1):
        last += 1
    if last - first >= LONGEST_SOURCE:
        first, last = _core(reading, head)
    first = _leftwards(reading, first)
    last = _balanced(reading, first, last)
    span = reading.span(words[first].start, words[last].end)
    return Source(span, head) if span else None


def _leftwards(reading: Reading, first: int) -> int:
    """Take along an honorific the parser cut off, and the earlier members of a list of names (``A, B and C``)."""
    words = reading.words
    start = reading.sentence_range(first).start
    if first - 1 >= start and words[first - 1].text.rstrip(".").lower() in ("mr", "mrs", "ms", "dr", "miss", "sir"):
        first -= 1
    ends = {e.end: e for e in reading.parsed.entities if e.type.upper() not in ("DATE", "TIME", "MONEY", "CARDINAL", "PERCENT")}
    reached = first
    while True:
        index = reached - 1
        joined = False
        while index >= start and (words[index].text in (",", "and") or words[index].text.lower() == "the"):
            joined = joined or words[index].text in (",", "and")
            index -= 1
        if not joined or index < start or words[index].end not in ends or (reached == first and words[first - 1].text != "and"):
            return reached
        entity = ends[words[index].end]
        if reading.is_quoted(index) or entity.start < words[start].start:
            return reached
        reached = reading.words_between(entity.start, entity.end).start
        if reached - 1 >= start and words[reached - 1].text.lower() == "the":
            reached -= 1


def _speech(reading: Reading, index: int) -> bool:
    """Quoted words that are more than a nickname or a title inside a name."""
    quoted = reading.quoted_at(reading.words[index].start)
    return quoted is not None and len(reading.text[quoted.start : quoted.end].split()) > 3


def _core(reading: Reading, head: int) -> tuple[int, int]:
    first = last = head
    while first - 1 in reading.sentence_range(head) and reading.words[first - 1].deprel in ("det", "amod", "compound", "flat", "nummod"):
        first -= 1
    while last + 1 in reading.sentence_range(head) and reading.words[last + 1].deprel in ("flat", "compound"):
        last += 1
    return first, last


def _balanced(reading: Reading, first: int, last: int) -> int:
    """Take the closing bracket along where the phrase opens one."""
    text = reading.text[reading.words[first].start : reading.words[last].end]
    following = last + 1
    if text.count("(") > text.count(")") and following < len(reading.words) and reading.words[following].text == ")":
        return following
    return last


def _beside(reading: Reading, cue: int) -> Source | None:
    """The phrase right after the verb (``said Ruth Vale``) or right before it, by parts of speech alone."""
    words = reading.words
    sentence = reading.sentence_range(cue)
    start = cue + 1
    if start in sentence and _starts_phrase(reading, start):
        end = start
        while end + 1 in sentence and words[end + 1].upos in ("PROPN", "NOUN", "ADJ", "NUM", "DET") or (
            end + 1 in sentence and words[end + 1].deprel in ("flat", "compound")
        ):
            end += 1
        heads = [i for i in range(start, end + 1) if words[i].upos in NOMINAL]
        named = words[start].upos == "PRON" or any(words[i].upos == "PROPN" for i in heads) or (
            words[start].upos == "DET" and heads
        )
        after = words[end + 1].text if end + 1 in sentence else "."
        if heads and named and after in {".", ",", ";", ":", "—", "-", "(", '"', "”", "?", "!"} and _acceptable(reading, heads[-1]):
            span = reading.span(words[start].start, words[end].end)
            if span and words[heads[-1]].text.lower() not in ("him", "her", "them", "us", "me", "reporters"):
                return Source(span, heads[-1], certain=False)
    return _left_of(reading, cue)


def _left_of(reading: Reading, cue: int) -> Source | None:
    words = reading.words
    sentence = reading.sentence_range(cue)
    end = cue - 1
    while end in sentence and words[end].upos in ("AUX", "ADV", "PART"):
        end -= 1
    if end in sentence and words[end].text == ",":
        return _before_aside(reading, sentence, end)
    if end not in sentence or not _acceptable(reading, end) or words[end].upos not in ("PROPN", "PRON", "NOUN"):
        return None
    if words[end].upos == "PRON" and words[end].text.lower() not in ("he", "she", "they", "we", "i", "you"):
        return None
    if words[end].upos == "PRON":
        return Source(Span(words[end].start, words[end].end, words[end].text), end, certain=False)
    start = end
    while start - 1 in sentence and words[start - 1].upos in ("PROPN", "NOUN", "ADJ", "DET", "NUM") and not reading.is_quoted(start - 1):
        start -= 1
    if start - 2 in sentence and words[start - 1].text.lower() in ("with", "in", "of", "for", "from", "at", "on"):
        return _postmodified(reading, sentence, start - 2, end)
    if words[end].upos == "NOUN" and words[start].upos not in ("DET",) and words[end].text.lower() not in ("officials", "police", "sources", "authorities"):
        return None
    span = reading.span(words[start].start, words[end].end)
    return Source(span, end, certain=False) if span else None


def _postmodified(reading: Reading, sentence: range, before: int, end: int) -> Source | None:
    """``People familiar with the matter``: the noun right before ``with`` heads the phrase, not the one after it."""
    words = reading.words
    start = before
    while start in sentence and words[start].upos in ("PROPN", "NOUN", "ADJ", "DET", "NUM") and not reading.is_quoted(start):
        start -= 1
    start += 1
    head = next((i for i in range(before, start - 1, -1) if words[i].upos in ("NOUN", "PROPN")), None)
    if head is None or start > before or start - 1 in sentence and words[start - 1].upos in ("VERB", "AUX", "ADP"):
        return None
    span = reading.span(words[start].start, words[end].end)
    return Source(span, head, certain=False) if span else None


def _before_aside(reading: Reading, sentence: range, comma: int) -> Source | None:
    """``Greta Holm, a nurse, said``: the name that an aside between commas follows, the aside taken along."""
    words = reading.words
    opening = next((i for i in range(comma - 1, max(sentence.start, comma - 16), -1) if words[i].text == ","), None)
    if opening is None:
        return None
    inserted = next((e for e in reading.parsed.entities if e.start == words[opening + 1].start and e.end == words[comma].start), None)
    if inserted is not None and inserted.type.upper() in ("PERSON", "PER") and opening - 1 in sentence:
        # "Its leader, Samira Doust, said": the name itself stands between the commas
        start = opening - 1
        while start - 1 in sentence and words[start].upos in ("PROPN", "NOUN", "ADJ") and words[start - 1].text != ",":
            start -= 1
        span = reading.span(words[start].start, words[comma - 1].end)
        return Source(span, reading.words_between(inserted.start, inserted.end).start, certain=False) if span else None
    entity = next((e for e in reading.parsed.entities if e.end == words[opening].start and e.type.upper() in _NAMED), None)
    if entity is None or entity.start < words[sentence.start].start:
        return None
    name = reading.words_between(entity.start, entity.end)
    start = name.start
    while start - 1 in sentence and words[start - 1].upos in ("PROPN", "NOUN", "ADJ") and not reading.is_quoted(start - 1):
        start -= 1
    span = reading.span(words[start].start, words[comma - 1].end)
    return Source(span, name.start, certain=False) if span else None


def _starts_phrase(reading: Reading, index: int) -> bool:
    word = reading.words[index]
    return word.upos in ("PROPN", "DET", "NOUN", "ADJ") or (
        word.upos == "PRON" and word.text.lower() in ("he", "she", "they", "we", "i")
    )
