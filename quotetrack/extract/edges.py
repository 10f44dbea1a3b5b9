"""Where a reported content ends: at the end of its sentence, unless another report cuts it off; never inside marks."""

from __future__ import annotations

from quotetrack.extract.cues import classes_of
from quotetrack.extract.reading import Reading
from quotetrack.model import Span

_REPORTERS_OWN = {"while", "whereas", "as", "after", "before", "when", "although", "though", "amid", "despite", "since"}


def right_edge(reading: Reading, cue: int, complement: int | None, start: int) -> int:
    """Number of the word before which a content that begins at word ``start`` ends."""
    words = reading.words
    end = reading.sentence_range(cue).stop
    inside = set(reading.subtree(complement)) if complement is not None else set()
    for child in reading.children[cue]:
        if child <= start or child == complement or child in inside:
            continue
        first = reading.subtree(child)[0]
        if first <= start:
            continue
        relation = words[child].deprel.split(":")[0]
        if relation == "conj" and words[child].upos in ("VERB", "AUX"):
            end = min(end, first)
        elif relation in ("advcl", "parataxis") and words[first - 1].text in (",", ";", "—", "–", "-", "--"):
            marker = words[first].text.lower()
            if classes_of(reading, child) & set("sob") or marker in _REPORTERS_OWN:
                end = min(end, first)
    end = min(end, _trailing_frame(reading, start, end))
    for index in range(start + 1, end):
        # ", adding that …" and "and said …" open a report of their own, wherever the parser hung them.
        if (
            words[index].text.lower()
            in ("adding", "saying", "noting", "insisting", "calling", "citing", "warning", "arguing", "according")
            and words[index - 1].text == ","
            and not reading.is_quoted(index)
        ):
            end = min(end, index)
        if (
            words[index].text.lower() in ("while", "whereas")
            and words[index - 1].text == ","
            and any(
                classes_of(reading, i) & set("so") and words[i].upos == "VERB"
                for i in range(index + 1, min(index + 8, end))
            )
        ):
            end = min(end, index)
    while end > start and (words[end - 1].upos in ("PUNCT", "CCONJ", "SYM") and not _closes_mark(reading, end - 1)):
        end -= 1
    return end


def _trailing_frame(reading: Reading, start: int, end: int) -> int:
    """Where ``, officials said`` at the end of the sentence begins: it reports the whole, and belongs to no content."""
    words = reading.words
    for index in range(end - 1, start, -1):
        if words[index].text != "," or reading.is_quoted(index):
            continue
        verbs = [i for i in range(index + 1, end) if words[i].upos in ("VERB", "AUX")]
        framed = (
            len(verbs) == 1
            and classes_of(reading, verbs[0]) & set("s")
            and end - verbs[0] <= 6
            and verbs[0] - index > 1
        )
        if (
            framed
            and reading.child(verbs[0], "nsubj") is not None
            and words[index + 1].text.lower() not in ("which", "who", "as")
        ):
            return index
        return end
    return end


def _closes_mark(reading: Reading, index: int) -> bool:
    quoted = reading.quoted_at(reading.words[index].start)
    return quoted is not None


def close_marks(reading: Reading, start: int, end: int) -> Span | None:
    """The span made whole: a quoted stretch that begins inside it belongs to it to the end, marks included.

    A quotation goes on beyond the sentence that begins it; a content never holds half of one.
    """
    opening = reading.quoted_at(start)
    if opening is not None and start > opening.start and opening.end < len(reading.text):
        start = opening.start
    closing = reading.quoted_at(end - 1) if end > start else None
    if closing is not None and closing.start >= start:
        end = max(end, closing.end)
    following = reading.quoted_at(end)
    if following is not None and following.end == end + 1:
        end += 1
    return reading.span(start, end)
