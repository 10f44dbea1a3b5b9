"""Find opinions without a verb: ``For the lawyer, the minister has broken the law``."""

from __future__ import annotations

from collections.abc import Iterator

from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.source_phrases import Source
from quotetrack.extract.find.span_sets import ClaimedSpans
from quotetrack.extract.reading import Reading
from quotetrack.model import Span
from quotetrack.text.role_nouns import is_role_noun

_PRONOUNS = {"him", "her"}
_THIRD_PERSON = {"he", "she", "his", "her", "him", "himself", "herself"}


def opinions(reading: Reading, drafts: list[Draft]) -> Iterator[Draft]:
    """Yield a draft for each sentence that opens with the holder of its opinion and that no draft overlaps."""
    claimed = ClaimedSpans(drafts)
    words = reading.words
    for number, sentence in enumerate(reading.parsed.sentences):
        opening = reading.first_word[number]
        if words[opening].text != "For" or claimed.overlaps(sentence.start, sentence.end):
            continue
        holder = reading.head[opening]
        comma = _comma_after(reading, holder) if _can_hold_opinion(reading, holder) else None
        if comma is None:
            continue
        last = reading.sentence_range(opening).stop - 1
        span = reading.span(words[comma].end, words[last].start if words[last].text == "." else words[last].end)
        holder_span = reading.span(words[opening].end, words[comma].start)
        if span is None or holder_span is None or reading.is_quoted(opening):
            continue
        if _THIRD_PERSON & set(reading.lower[comma:last]):
            continue  # `For Vale, her return has been a relief` tells what happened to her
        cue = Span(words[opening].start, words[opening].end, words[opening].text)
        yield Draft([span], cue, Source(holder_span, holder), "clause", quoted=reading.quoted_within([span]))


def _comma_after(reading: Reading, holder: int) -> int | None:
    """Return the comma between the holder of the opinion and a clause with its own subject and verb, or ``None``."""
    words = reading.words
    clause = reading.head[holder]
    if words[holder].deprel != "obl" or clause < holder or words[clause].deprel not in ("root", "ccomp"):
        return None
    subject = reading.child(clause, "nsubj", "csubj")
    if subject is None or subject < holder:
        return None
    comma = min(reading.subtree(subject)) - 1
    return comma if words[comma].text == "," else None


def _can_hold_opinion(reading: Reading, holder: int) -> bool:
    """Whether the phrase is one person: a person's name, ``him`` or ``her``, or a singular role noun with a determiner."""
    word = reading.words[holder]
    if word.upos == "PRON":
        return reading.lower[holder] in _PRONOUNS
    if any(e.start <= word.start < e.end for e in reading.entities_in(word.start, word.end, "PERSON", "PER")):
        return True
    return (
        word.upos == "NOUN"
        and is_role_noun(word.text)
        and not word.text.endswith("s")
        and reading.child(holder, "det") is not None
    )
