"""Reported speech: cues with a clause, ``according to``, phrases that hold quoted words, nouns that announce a clause."""

from __future__ import annotations

from quotetrack.extract.contents import clause_content
from quotetrack.extract.cues import classes_of
from quotetrack.extract.draft import Draft, kind_of
from quotetrack.extract.edges import close_marks, right_edge
from quotetrack.extract.phrases import MONTHS_AND_DAYS, NOMINAL, Source, phrase
from quotetrack.extract.reading import Reading
from quotetrack.extract.roles import is_role_noun
from quotetrack.extract.sources import is_passive, source_of
from quotetrack.model import Span

VERBAL = {"VERB", "AUX", "NOUN", "ADJ", "X"}


def reported_speech(reading: Reading, taken: set[int]) -> list[Draft]:
    """Drafts of every report outside the marks whose cue is not in ``taken``, in text order."""
    drafts: list[Draft] = []
    for index, word in enumerate(reading.words):
        if index in taken or reading.is_quoted(index):
            continue
        if word.text.lower() == "according":
            draft = _according(reading, index)
        elif word.upos not in VERBAL:
            continue
        else:
            letters = classes_of(reading, index)
            if not letters:
                continue
            draft = _nominal(reading, index) if letters == {"n"} else _verbal(reading, index, letters)
        if draft is not None:
            drafts.append(draft)
    return drafts


def _verbal(reading: Reading, cue: int, letters: frozenset[str]) -> Draft | None:
    word = reading.words[cue]
    source = source_of(reading, cue)
    content: list[Span] = []
    found_by = "clause"
    if letters & set("sbei"):
        content = clause_content(reading, cue, letters, source)
        if (len(content) == 1 and content[0].end <= word.start) or len(content) > 1:
            found_by = "fronted"
        elif content and letters.isdisjoint("s"):
            found_by = "belief" if "b" in letters else "evidence" if "e" in letters else "infinitive"
    if not content and letters & set("op"):
        content = _with_quoted_words(reading, cue)
        found_by = "phrase"
        if source is None or kind_of(reading, content) == "indirect":
            return None
    if not content:
        return None
    if source is not None and any(s.overlaps(source.span) for s in content):
        inside = [s for s in content if s.contains(source.span)]
        if inside:
            return None
    if source is None and letters.isdisjoint("s") and found_by != "phrase":
        return None
    if source is None and not is_passive(reading, cue) and found_by != "phrase":
        return None
    return Draft(content, Span(word.start, word.end, word.text), source, found_by)


def _with_quoted_words(reading: Reading, cue: int) -> list[Span]:
    """The object or prepositional phrase of a cue, where it holds words between marks: ``stressed "the need"``."""
    words = reading.words
    sentence = reading.sentence_range(cue)
    opening = next(
        (q for q in reading.quoted if q.start >= words[cue].end and q.start <= words[sentence.stop - 1].end), None
    )
    if opening is None:
        return []
    between = list(reading.words_between(words[cue].end, opening.start))
    if len(between) > 14 or any(words[i].text in (",", ";", ":") or _finite(reading, i) for i in between):
        return []
    if any(classes_of(reading, i) & set("so") and words[i].upos == "VERB" for i in between):
        return []
    first = between[0] if between else reading.words_between(opening.start, opening.end)[0]
    first = _past_time(reading, first, opening.start)
    while (
        between
        and words[first].text.lower() in ("also", "once", "repeatedly", "again", "publicly")
        and first + 1 < sentence.stop
    ):
        first += 1
    end = right_edge(reading, cue, None, first)
    end_char = max(words[end - 1].end, opening.end) if end > first else opening.end
    tail = list(reading.words_between(opening.end, end_char))
    if tail and (words[tail[0]].text in (",", ";", "—", "–", "-") or _finite_before_mark(reading, tail)):
        end_char = opening.end
    span = close_marks(reading, min(words[first].start, opening.start), end_char)
    return [span] if span else []


def _past_time(reading: Reading, first: int, limit: int) -> int:
    """Past ``on Sunday`` or ``last week`` between the cue and its phrase."""
    words = reading.words
    index = first
    if words[index].text.lower() in ("on", "last", "this", "late", "early"):
        index += 1
    if words[index].text.lower() in MONTHS_AND_DAYS and words[index].start < limit and words[index + 1].start < limit:
        return index + 1
    return first


def _finite(reading: Reading, index: int) -> bool:
    return reading.words[index].upos in ("VERB", "AUX") and "VerbForm=Fin" in reading.words[index].feats


def _finite_before_mark(reading: Reading, tail: list[int]) -> bool:
    return any(_finite(reading, i) for i in tail if not reading.is_quoted(i))


def _according(reading: Reading, index: int) -> Draft | None:
    """``According to X, …`` and ``…, according to X``: all of the sentence that is not the frame."""
    words = reading.words
    sentence = reading.sentence_range(index)
    if index + 2 not in sentence or words[index + 1].text.lower() != "to":
        return None
    source = _according_source(reading, index + 2, sentence)
    if source is None:
        return None
    cue = Span.of(reading.text, words[index].start, words[index + 1].end)
    after = reading.words_between(source.span.end, words[sentence.stop - 1].end + 1)
    lead = range(sentence.start, index)
    lead = range(lead.start, lead.stop - 1) if lead and words[lead.stop - 1].text in (",", "—", "–", "-", "(") else lead
    rest = range(after.start, sentence.stop)
    while rest and words[rest.start].upos == "PUNCT":
        rest = range(rest.start + 1, rest.stop)
    spans: list[Span | None] = []
    if len(lead) >= 3:
        start = _clause_start(reading, index, lead)
        spans.append(close_marks(reading, words[start].start, words[lead.stop - 1].end))
        following = words[after.start].text if after.start < sentence.stop else "."
        if len(rest) >= 3 and following in (",", "—", "–") and _is_remainder(reading, rest, index):
            spans.append(close_marks(reading, words[rest.start].start, words[rest.stop - 1].end))
    elif len(rest) >= 2:
        end = rest.stop
        while end > rest.start and words[end - 1].upos == "PUNCT" and not reading.is_quoted(end - 1):
            end -= 1
        if end > rest.start:
            spans.append(close_marks(reading, words[rest.start].start, words[end - 1].end))
    content = [_without_stop(reading, s) for s in spans if s]
    return Draft(content, cue, source, "according") if content else None


def _without_stop(reading: Reading, span: Span) -> Span:
    if (
        span.text.endswith(".")
        and reading.quoted_at(span.end - 1) is None
        and not span.text.endswith(("U.S.", "a.m.", "p.m."))
    ):
        return Span.of(reading.text, span.start, span.end - 1)
    return span


def _according_source(reading: Reading, first: int, sentence: range) -> Source | None:
    """The phrase after ``according to``: up to the comma or the end, an apposition or relative clause taken along."""
    words = reading.words
    end = _phrase_end(reading, first, sentence)
    if end + 1 in sentence and words[end + 1].text == ",":
        second = _phrase_end(reading, end + 2, sentence) if end + 2 in sentence else end
        inserted = range(end + 2, second + 1)
        closes = second + 1 in sentence and words[second + 1].text in (",", ".", ";")
        if (
            closes
            and 0 < len(inserted) <= 14
            and (
                words[inserted.start].text.lower() in ("who", "which") or not any(_finite(reading, i) for i in inserted)
            )
            and (
                words[inserted.start].upos in ("DET", "PRON")
                or words[inserted.start].text.lower() in ("of", "from", "at")
                or any(is_role_noun(words[i].text) for i in inserted)
            )
            and (second + 2 < sentence.stop or first - 2 > sentence.start)
        ):
            end = second
    span = reading.span(words[first].start, words[end].end)
    if span is None:
        return None
    inside = range(first, end + 1)
    head = next((i for i in inside if words[i].upos in NOMINAL and reading.head[i] not in inside), None)
    if head is None:
        head = next((i for i in inside if words[i].upos in NOMINAL), first)
    return Source(span, head)


def _phrase_end(reading: Reading, first: int, sentence: range) -> int:
    words = reading.words
    stop = first
    while stop + 1 in sentence:
        following = words[stop + 1]
        if following.text in (",", ";", "—", "–", ":", "--") or (following.text == "." and stop + 2 >= sentence.stop):
            break
        if (following.text == ")" and "(" not in [words[i].text for i in range(first, stop + 1)]) or reading.is_quoted(
            stop + 1
        ):
            break
        if (
            following.text.lower() != "think"
            and following.upos in ("VERB", "AUX")
            and _finite(reading, stop + 1)
            and not any(words[i].text.lower() in ("who", "which", "that") for i in range(first, stop + 1))
        ):
            break
        stop += 1
    return stop


def _clause_start(reading: Reading, index: int, lead: range) -> int:
    words = reading.words
    start = lead.start
    while start < lead.stop - 1 and (
        words[start].upos == "CCONJ" or (words[start].upos == "PUNCT" and not reading.is_quoted(start))
    ):
        start += 1
    return start


def _is_remainder(reading: Reading, rest: range, index: int) -> bool:
    first = reading.words[rest.start].text.lower()
    return first not in ("but", "while", "although", "though", "who", "which", "as")


def _nominal(reading: Reading, noun: int) -> Draft | None:
    """``her claim that the dam held``: a noun that announces a clause, and whose it is."""
    words = reading.words
    clause = next(
        (
            c
            for c in reading.children[noun]
            if c > noun
            and words[c].deprel in ("acl", "ccomp", "acl:relcl", "advcl")
            and any(
                words[m].text.lower() == "that" and words[m].deprel == "mark" and m < c for m in reading.children[c]
            )
        ),
        None,
    )
    if noun + 2 >= len(words) or words[noun + 1].text.lower() != "that":
        return None
    source = _possessor(reading, noun)
    if source is None:
        return None
    end = _clause_end(reading, noun + 2, clause)
    if end - noun < 4:
        return None
    span = close_marks(reading, words[noun + 1].start, words[end - 1].end)
    if span is None:
        return None
    word = words[noun]
    return Draft([_without_stop(reading, span)], Span(word.start, word.end, word.text), source, "nominal")


def _clause_end(reading: Reading, start: int, clause: int | None) -> int:
    """Where the clause of ``her claim that …`` ends: before the verb that the claim itself is the subject of."""
    words = reading.words
    sentence = reading.sentence_range(start)
    stop = reading.subtree(clause)[-1] + 1 if clause is not None else sentence.stop
    verb: int | None = None
    for index in range(start, stop):
        if _finite(reading, index) and not reading.is_quoted(index):
            between = range(verb + 1, index) if verb is not None else range(0)
            chained = verb is not None and words[verb].upos == "AUX"
            if (
                verb is not None
                and not chained
                and not any(
                    words[i].deprel.startswith("nsubj") or words[i].upos in ("CCONJ", "SCONJ") or words[i].text == ","
                    for i in between
                )
            ):
                return index
        if words[index].upos in ("VERB", "AUX"):
            verb = index
    return stop


def _possessor(reading: Reading, noun: int) -> Source | None:
    words = reading.words
    for child in reading.children[noun]:
        relation = words[child].deprel
        if relation in ("nmod:poss", "compound", "nsubj", "nmod") and child < noun and noun - child <= 2:
            end = words[child].end
            start = words[reading.subtree(child)[0]].start
            span = reading.span(start, end)
            return Source(span, child) if span else None
        if relation == "nmod" and any(
            words[c].text.lower() in ("by", "from", "of") and words[c].deprel == "case" for c in reading.children[child]
        ):
            return phrase(reading, child)
    return None
