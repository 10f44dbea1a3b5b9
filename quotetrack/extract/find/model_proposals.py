"""Turn the proposals of the attribution model into drafts.

The model labels words; quotation marks and punctuation decide where a content exactly begins and ends.
"""

from __future__ import annotations

from quotetrack.extract.find.according_to import without_statements_of_others
from quotetrack.extract.find.cues import is_capital_within_sentence
from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.source_names import (
    content_without_source,
    whole_source,
    with_cue_after_name,
    with_inserted_frame,
    with_source_after_cue,
)
from quotetrack.extract.find.source_phrases import NOMINAL, Source, extend_left
from quotetrack.extract.find.subjects import source_of
from quotetrack.extract.find.subordinate_subjects import subject_beside, subordinate_subject
from quotetrack.extract.reading import Reading
from quotetrack.model import Proposal, Span
from quotetrack.text.cells import Cells
from quotetrack.text.quoted import DOUBLE, Quoted

# Proposals with a lower score are ignored. Chosen on the development part of PolNeAR.
MIN_SCORE = 0.5
# A proposal with this score takes precedence over those inside its content.
MIN_SCORE_OF_WHOLE = 0.95
# A quoted stretch is taken whole if this share of its words was proposed, and left out otherwise.
MIN_SHARE_OF_STRETCH = 0.5


def drafts_from_proposals(reading: Reading, min_score: float = MIN_SCORE) -> list[Draft]:
    """Return a draft for each proposal with a score of at least ``min_score``, in text order and without overlapping
    contents.
    """
    drafts = []
    for proposal in (
        with_source_after_cue(reading, with_inserted_frame(reading, with_cue_after_name(reading, raw)))
        for raw in reading.parsed.proposals
    ):
        if (
            proposal.score >= min_score
            and not _is_part_of_name(reading, proposal.cue)
            and (draft := _draft(reading, proposal)) is not None
        ):
            drafts.append(without_statements_of_others(reading, draft))
    return sorted(_without_overlaps(reading, drafts), key=lambda d: (d.start, d.end))


def _is_part_of_name(reading: Reading, cue: Span) -> bool:
    """Whether the cue is part of a person's name, such as the surname in ``Nils Ask, said`` or a first name in a list:
    ``the consul, Said Haddad, and others``.
    """
    words = reading.words_between(cue.start, cue.end)
    if words and is_capital_within_sentence(reading, words.start):
        return True
    return any(
        e.start < cue.start and cue.end <= e.end for e in reading.entities_in(cue.start, cue.end, "PERSON", "PER")
    )


def _without_overlaps(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts, most certain first, without the words that a more certain draft already has.

    Drafts whose cue is inside such a draft, and drafts that lose more than half of their content, are dropped.
    """
    kept: list[Draft] = []
    contents: Cells[Draft] = Cells()
    cues: Cells[Draft] = Cells()
    for draft in _most_certain_first(drafts):
        if draft.cue and contents.any_over(draft.cue.start, draft.cue.end):
            continue
        free = [
            span
            for span in draft.content
            if not contents.any_over(span.start, span.end) and not cues.any_over(span.start, span.end)
        ]
        if sum(len(s.text) for s in free) * 2 < sum(len(s.text) for s in draft.content):
            continue
        draft.content = free
        draft.quoted = reading.quoted_within(free)
        kept.append(draft)
        for span in free:
            contents.add(span.start, span.end, draft)
        if draft.cue:
            cues.add(draft.cue.start, draft.cue.end, draft)
    return kept


def _most_certain_first(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts by their certainty, but those that contain others before these.

    In ``Vale called for help, and the council gave it, Lund said`` all is Lund's, also where the network is less certain
    of that content because it has two speakers.
    """
    cues = Cells((d.cue.start, d.cue.end, d) for d in drafts if d.cue)
    rank = {id(d): _mean_score(d) for d in drafts}
    for draft in drafts:
        if draft.proposal is None or draft.proposal.score < MIN_SCORE_OF_WHOLE:
            continue
        for span in draft.content:
            inside = [
                d
                for d in cues.over(span.start, span.end)
                if d is not draft and span.start <= d.start and d.end <= span.end
            ]
            rank[id(draft)] = max([rank[id(draft)], *(rank[id(d)] + 0.01 for d in inside)])
    return sorted(drafts, key=lambda d: rank[id(d)], reverse=True)


def _mean_score(draft: Draft) -> float:
    """Return the score of the cue times the mean certainty of the content spans."""
    if draft.proposal is None:
        return 0.0
    return draft.proposal.score * sum(draft.proposal.certainty) / len(draft.proposal.certainty)


def _draft(reading: Reading, proposal: Proposal) -> Draft | None:
    """Return the draft of a proposal, or ``None`` if its content is empty or only a pronoun."""
    pieces = _whole_stretches(reading, [(span.start, span.end) for span in proposal.content])
    spans = [span for start, end in pieces if (span := _trimmed(reading, start, end)) is not None]
    spans = [span for span in spans if not _is_in_next_clause(reading, span, spans[0], proposal.cue)]
    if not spans or not _has_content(reading, spans):
        return None
    source = _source(reading, proposal)
    overlap = source is not None and any(span.overlaps(source.span) for span in spans)
    if source is not None and overlap and _takes_words_of_content(reading, proposal.source, source.span):
        spans = content_without_source(reading, content_without_source(reading, spans, source.span), proposal.cue)
        # `“We go, Vale said on the steps.`: what follows the cue is part of the frame.
        spans = [s for s in spans if s.start < proposal.cue.start or _has_finite_verb(reading, s)] or spans
    quoted = reading.quoted_within(spans)
    return Draft(spans, proposal.cue, source, "model", quoted=quoted, proposal=proposal)


def _has_finite_verb(reading: Reading, span: Span) -> bool:
    """Whether a finite verb is in the span."""
    return any("VerbForm=Fin" in reading.words[i].feats for i in reading.words_between(span.start, span.end))


def _takes_words_of_content(reading: Reading, proposed: Span | None, source: Span) -> bool:
    """Whether words that the source has and the network did not propose for it are taken out of the content.

    Words after the proposed source stay in the content: ``Vale, of Merland, Africa`` may be followed by ``needs help``.
    """
    return proposed is None or source.start < proposed.start or not _has_word(reading, proposed.end, source.end)


def _is_in_next_clause(reading: Reading, piece: Span, first: Span, cue: Span) -> bool:
    """Whether a later quoted piece stands in a new sentence that begins with other words, not with the piece:
    ``"We go," Vale said. Her song "Oh, No!" was played.``
    """
    if not first.end <= cue.start <= piece.start or reading.quoted_at(piece.start) is None:
        return False
    number = reading.sentence_at(piece.start)
    start = reading.parsed.sentences[number].start
    same_paragraph = reading.paragraph_at(piece.start) == reading.paragraph_at(cue.start)
    return same_paragraph and number > reading.sentence_at(cue.end - 1) and _has_word(reading, start, piece.start)


def _source(reading: Reading, proposal: Proposal) -> Source | None:
    """Return the proposed source, corrected by the parse tree.

    If the model proposes no source, the parse may still name one (``…, adding that``).
    """
    cue = anchor_of(reading, proposal.cue)
    if cue < 0:
        return None
    if proposal.source is None:
        if reading.words[cue].upos != "VERB" or reading.words[cue].deprel not in ("advcl", "conj", "parataxis"):
            return None
        found = source_of(reading, cue)
        return found if found is not None and not _is_in_content(proposal, found.span) else None
    if (beside := subject_beside(reading, proposal.source, cue)) is not None:
        return beside
    nearer = subordinate_subject(reading, proposal.source, proposal.cue)
    proposed_span = nearer or whole_source(reading, proposal.source, proposal.cue, cue)
    if proposed_span is None:
        return None
    span = _last_person(reading, proposed_span, proposal.cue)
    span = reading.span(span.start, span.end) or span
    inside = reading.words_between(span.start, span.end)
    first = inside.start
    if inside and reading.words[first].deprel == "conj" and (joined := extend_left(reading, first)) < first:
        # The model left out the first of two sources.
        span = reading.span(reading.words[joined].start, span.end) or span
    subject = next((i for i in inside if reading.head[i] == cue and reading.words[i].deprel.startswith("nsubj")), None)
    return Source(span, head_of(reading, span) if subject is None else subject)


def _last_person(reading: Reading, source: Span, cue: Span) -> Span:
    """Return the last person of a source that joins an adjunct and the subject of the cue.

    In ``Receiving Ms. Vale, Mr. Hale said`` the source is ``Mr. Hale``.
    """
    inside = reading.entities_in(source.start, source.end, "PERSON", "PER")
    persons = [e for e in inside if source.start <= e.start and e.end <= source.end]
    if len(persons) < 2 or source.end > cue.start:
        return source
    between = reading.text[persons[-2].end : persons[-1].start]
    comma = between.rfind(",")
    # Between the two may be a title (`, Mr. `), but not `and`, `who replaced` or `along with her lawyer,`.
    if comma < 0 or not all(word[0].isupper() for word in between[comma + 1 :].split()):
        return source
    opening = reading.words[reading.words_between(source.start, source.end).start]
    is_possessive = any(reading.text[person.end : person.end + 2] in ("'s", "’s") for person in persons[-2:])
    if is_possessive or ("," in between[:comma] and opening.upos not in ("VERB", "ADP", "SCONJ")):
        return source
    return reading.span(persons[-2].end + comma + 1, source.end) or source


def _has_content(reading: Reading, spans: list[Span]) -> bool:
    """Whether the spans contain more than function words. ``this`` in ``she announced this`` does not."""
    words = [reading.words[i] for span in spans for i in reading.words_between(span.start, span.end)]
    return any(word.upos not in ("PRON", "DET", "ADP", "PUNCT", "SCONJ", "PART") for word in words)


def _is_in_content(proposal: Proposal, span: Span) -> bool:
    return any(span.overlaps(content) for content in proposal.content)


def anchor_of(reading: Reading, cue: Span) -> int:
    """Return the number of the word that heads the cue, or -1 if no word begins in it."""
    inside = reading.words_between(cue.start, cue.end)
    return next((i for i in inside if reading.head[i] not in inside), inside[-1] if inside else -1)


def _whole_stretches(reading: Reading, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the pieces with each quoted stretch either complete or left out, and pieces joined that only punctuation
    separates.

    A stretch is kept if ``MIN_SHARE_OF_STRETCH`` of its words were proposed.
    """
    first, last = pieces[0][0], pieces[-1][1]
    for quoted in reading.quoted_in(first, last):
        inside = reading.words_between(quoted.inner_start, quoted.inner_end)
        covered = [i for i in inside if any(s < reading.words[i].end and reading.words[i].start < e for s, e in pieces)]
        if not covered:
            pieces = [part for piece in pieces for part in _outside(piece, quoted)]  # not even its quotation marks
        elif len(covered) >= MIN_SHARE_OF_STRETCH * len(inside):
            pieces = [(s, e) for s, e in pieces if not (quoted.start <= s and e <= quoted.end)]
            pieces.append((quoted.start, quoted.end))
        else:
            pieces = [part for piece in pieces for part in _outside(piece, quoted)]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(pieces):
        if joined and (start <= joined[-1][1] or not _has_word(reading, joined[-1][1], start)):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _outside(piece: tuple[int, int], quoted: Quoted) -> list[tuple[int, int]]:
    """Return the parts of ``piece`` before and after the quoted stretch."""
    parts = [(piece[0], min(piece[1], quoted.start)), (max(piece[0], quoted.end), piece[1])]
    return [(start, end) for start, end in parts if start < end]


def _has_word(reading: Reading, start: int, end: int) -> bool:
    """Whether ``start:end`` contains a letter or digit."""
    return any(character.isalnum() for character in reading.text[start:end])


def _trimmed(reading: Reading, start: int, end: int) -> Span | None:
    """Return the span of ``start:end`` without the punctuation around it, or ``None`` if no word is left.

    A final full stop is kept only between the quotation marks of the content.
    """
    while start < end and (reading.text[start] in DOUBLE or reading.text[start].isspace()):
        if reading.quoted_at(start) is not None:
            break
        start += 1  # a stray mark
    span = reading.span(start, end)
    if span is None or not any(character.isalnum() for character in span.text):
        return None
    if span.text.endswith(".") and reading.quoted_at(span.end - 1) is None:
        words = reading.words_between(span.end - 1, span.end)
        if words and reading.words[words[0]].text == ".":
            return Span.of(reading.text, span.start, span.end - 1)
    return span


def head_of(reading: Reading, span: Span) -> int:
    """Return the number of the word that heads the phrase, preferably a noun, name or pronoun; -1 for a phrase without
    words.
    """
    inside = reading.words_between(span.start, span.end)
    if not inside:
        return -1
    for index in inside:
        if reading.words[index].upos in NOMINAL and reading.head[index] not in inside:
            return index
    return next((i for i in inside if reading.words[i].upos in NOMINAL), inside[0])
