"""Correct the source of drafts whose subject is not the speaker: hearers, readers and those who quote others.

In ``Haan was told by the judge`` the source is the judge, in ``the agency quoted the minister as saying`` the minister,
in ``the clerk read out a letter from Casimir Thule`` Thule. Sources that were only partly proposed are completed.
"""

from __future__ import annotations

import re

from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.source_phrases import NOMINAL, Source, phrase
from quotetrack.extract.people.someone import Mention
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.described import BODIES
from quotetrack.extract.roles.appositions import apposition_after
from quotetrack.model import Span
from quotetrack.text.role_nouns import is_role_noun

# Verbs whose passive subject is the hearer.
_HEARER_VERBS = {
    "tell", "ask", "warn", "inform", "advise", "order", "urge", "assure", "remind", "instruct", "notify", "persuade", "beg", "brief",
    "caution", "command", "request", "question", "reassure", "implore", "counsel", "alert", "admonish", "quiz", "press", "told",
}  # fmt: skip
_QUOTING = {"quote", "cite"}
_AS_SAYING = {"saying", "telling", "stating", "writing", "declaring", "describing", "calling", "claiming", "remarking"}
_READING = {"read", "recite", "release", "publish", "share", "quote", "present", "circulate", "produce"}
_DOCUMENTS = {
    "letter", "statement", "message", "note", "email", "e-mail", "diary", "poem", "text", "testimony", "postcard", "verse", "passage",
    "will", "speech", "telegram", "tweet", "post", "memo", "journal", "confession", "verses", "lines", "extract", "excerpt",
}  # fmt: skip
_WRITING = {"write", "leave", "send", "post", "pen", "dictate", "record", "address", "compose"}
# Documents that are read out by somebody other than the author.
_BY_SOMEBODY_ELSE = {"letter", "email", "e-mail", "diary", "poem", "postcard", "verse", "telegram", "note"}


def settle_voice(reading: Reading, draft: Draft) -> None:
    """Set the source of the draft to whose words it reports, and remove the source from its content."""
    if draft.cue is None:
        return
    before = draft.source
    anchor = _anchor(reading, draft.cue)
    if anchor < 0:
        return
    heard = _source_of_passive(reading, draft, anchor)
    found = heard or _source_of_quoting(reading, draft, anchor) or _source_of_reading(reading, draft, anchor)
    if found is not None:
        draft.source = found[0]
    if heard is not None and (hearer := _phrase_span(reading, _passive_subject(reading, anchor))) is not None:
        draft.content = _subtract(reading, draft.content, hearer)
    if draft.source is not None:
        draft.source = _with_role(reading, draft, _with_apposed_name(reading, draft.source))
    if draft.source != before:
        draft.content = _content_without_source(reading, draft, anchor)


def _anchor(reading: Reading, cue: Span) -> int:
    """The index of the verb of the cue, or -1."""
    inside = reading.words_between(cue.start, cue.end)
    verbs = [i for i in inside if reading.words[i].upos == "VERB"]
    return next((i for i in verbs if reading.head[i] not in inside), verbs[0] if verbs else -1)


def _lemma(reading: Reading, index: int) -> str:
    """The lemma of the word, corrected for forms the tagger confuses."""
    word = reading.words[index]
    return {"told": "tell", "quoted": "quote", "quoting": "quote", "quotes": "quote", "read": "read"}.get(
        word.text.lower(), word.lemma.lower()
    )


def _passive_subject(reading: Reading, verb: int) -> int:
    """The subject of ``verb`` in the passive, or -1: ``Haan was told``, also where the parse misses it."""
    found = reading.child(verb, "nsubj:pass")
    if found is not None and reading.words[found].deprel == "nsubj:pass":
        return found
    if reading.lower[verb].endswith("ing"):
        return -1
    auxiliary = [i for i in reading.children[verb] if reading.words[i].deprel.startswith("aux") and i < verb]
    if not auxiliary or reading.lower[auxiliary[-1]] not in ("was", "were", "been", "being", "is", "are", "be"):
        return -1
    if "Tense=Past" not in reading.words[verb].feats and "VerbForm=Part" not in reading.words[verb].feats:
        return -1
    subject = reading.child(verb, "nsubj")
    return subject if subject is not None else -1


def _agent(reading: Reading, verb: int) -> int:
    """The index of the agent of a passive verb, the noun after ``by``, or -1."""
    for child in reading.children[verb]:
        if not reading.words[child].deprel.startswith("obl"):
            continue
        if any(reading.words[c].deprel == "case" and reading.lower[c] == "by" for c in reading.children[child]):
            return child
    return -1


def _source(reading: Reading, head: int, verb: int) -> Source | None:
    """The source phrase headed by ``head``, up to the first quotation mark; ``None`` if it is no noun phrase."""
    if head < 0 or reading.words[head].upos not in NOMINAL:
        return None
    found = phrase(reading, head, verb)
    if found is None:
        return None
    quoted = reading.quoted_in(found.span.start, found.span.end)
    if quoted and found.span.start < quoted[0].start:
        span = reading.span(found.span.start, quoted[0].start)
        return Source(span, head) if span else None
    return found


def _source_of_passive(reading: Reading, draft: Draft, verb: int) -> tuple[Source | None] | None:
    """The source of a passive such as ``Haan was told``: the agent, or none.

    ``None`` if the rule does not apply, otherwise a tuple with the source or ``None``.
    """
    if _lemma(reading, verb) not in _HEARER_VERBS:
        return None
    hearer = _passive_subject(reading, verb)
    if hearer < 0:
        return None
    agent = _agent(reading, verb)
    if agent >= 0:
        return (_source(reading, agent, verb),)
    source = draft.source
    if source is None or not any(
        source.span.start <= reading.words[i].start < source.span.end for i in (hearer, *reading.subtree(hearer))
    ):
        return None
    return (None,)


def _phrase_span(reading: Reading, head: int) -> Span | None:
    """The part of the phrase headed by ``head`` that is not quoted; ``None`` if all of it is."""
    inside = [i for i in reading.subtree(head) if not reading.is_quoted(i)]
    if not inside:
        return None
    start, end = reading.words[inside[0]].start, reading.words[inside[-1]].end
    return Span(start, end, reading.text[start:end])


def _source_of_quoting(reading: Reading, draft: Draft, anchor: int) -> tuple[Source | None] | None:
    """The source of ``X was quoted by the Echo as saying``, ``the Echo quoted X as saying``, ``quoting X: “…”``: X.

    ``None`` if the rule does not apply, otherwise a tuple with the source or ``None``.
    """
    quoting = _lemma(reading, anchor) in _QUOTING or _as_saying(reading, anchor)
    verb = anchor if quoting else _quoting_before(reading, draft)
    if verb < 0:
        return None
    if _lemma(reading, verb) == "cite" and not _as_saying(reading, verb):
        return None
    subject = _passive_subject(reading, verb)
    if subject >= 0:
        return (_source(reading, subject, verb),)
    # After the content, the parser makes both of them subjects: "“…,” the Echo quoted Vale as saying".
    has_two_subjects = any(reading.words[i].deprel == "nsubj" and i < verb for i in reading.children[verb])
    objects = ("obj", "iobj", "nsubj") if has_two_subjects else ("obj", "iobj")
    quoted = next(
        (
            i
            for i in reading.children[verb]
            if reading.words[i].deprel in objects and i > verb and not reading.is_quoted(i)
        ),
        -1,
    )
    if quoted < 0 or not (_names_somebody(reading, quoted) or _as_saying(reading, verb)):
        return None
    source = _source(reading, quoted, verb)
    if source is None or not (_as_saying(reading, verb) or _leads_into(reading, source.span, draft)):
        return None
    return (source,)


def _leads_into(reading: Reading, span: Span, draft: Draft) -> bool:
    """Whether the content or a quotation follows the phrase directly: ``quoted the admiral Jon Sorrel: “…”``."""
    starts = [piece.start for piece in draft.content] + [q.start for q in draft.quoted]
    return any(span.end <= start and not reading.text[span.end : start].strip(" :,") for start in starts)


def _quoting_before(reading: Reading, draft: Draft) -> int:
    """The index of a quoting verb right before the content, or -1: ``Quay ended by quoting Jon Sorrel: “…”``."""
    content = draft.content[0]
    lead = reading.text[max(0, content.start - 200) : content.start]
    if not lead.rstrip().endswith((":", ",")):
        return -1
    words = reading.words_between(max(0, content.start - 200), content.start)
    if not words:
        return -1
    sentence = reading.sentence_of[words[-1]]
    for index in reversed(words):
        if reading.sentence_of[index] != sentence:
            return -1
        word = reading.words[index]
        if word.upos == "VERB":
            return index if _lemma(reading, index) == "quote" else -1
    return -1


def _as_saying(reading: Reading, verb: int) -> bool:
    """Whether ``as saying`` depends on the verb; after ``quote`` and ``cite``, ``saying`` is enough."""
    quoting = _lemma(reading, verb) in _QUOTING
    return any(
        reading.lower[i] in _AS_SAYING and (reading.lower[i - 1] == "as" or quoting)
        for i in reading.children[verb]
        if i > verb
    )


def _names_somebody(reading: Reading, index: int) -> bool:
    """Whether the word is a name, or a noun for a person or body."""
    word = reading.words[index]
    named = reading.entities_in(word.start, word.end, "PERSON", "PER", "ORG", "ORGANIZATION")
    return bool(named) or is_role_noun(word.text) or word.text.lower() in BODIES | {"family"}


def _source_of_reading(reading: Reading, draft: Draft, anchor: int) -> tuple[Source | None] | None:
    """The author of a document that is read out: ``read out a letter from the owner, Casimir Thule: “…”``.

    ``None`` if the rule does not apply, otherwise a tuple with the source or ``None``.
    """
    if _lemma(reading, anchor) not in _READING:
        return None
    document = next(
        (
            i
            for i in reading.children[anchor]
            if i > anchor and reading.words[i].deprel in ("obj", "obl") and reading.lower[i] in _DOCUMENTS
        ),
        -1,
    )
    if document < 0 or reading.is_quoted(document):
        return None
    for child in reading.children[document]:
        word = reading.words[child]
        case = reading.child(child, "case")
        if word.deprel == "nmod" and case is not None and reading.lower[case] in ("from", "by", "of"):
            source = _source(reading, child, anchor)
            return (source,) if source is not None and _names_somebody(reading, child) else None
        if word.deprel == "nmod:poss" and word.upos != "PRON":
            return (_source(reading, child, anchor),)
        if word.deprel.startswith("acl") and (writer := _writer(reading, child)) is not None:
            return (writer,)
    whose = reading.child(document, "nmod:poss")
    is_own = whose is not None and reading.words[whose].upos == "PRON"
    return (None,) if reading.lower[document] in _BY_SOMEBODY_ELSE and not is_own else None


def _writer(reading: Reading, clause: int) -> Source | None:
    """The author of a document according to a relative clause: ``a note that the captain had left``."""
    subject = reading.child(clause, "nsubj")
    if reading.words[clause].lemma.lower() not in _WRITING or subject is None or not _names_somebody(reading, subject):
        return None
    return _source(reading, subject, clause)


def _with_apposed_name(reading: Reading, source: Source) -> Source:
    """The source with a name in apposition after it: ``the clerk`` + ``, Hedda Lom``."""
    if source.head < 0 or not is_role_noun(reading.words[source.head].text):
        return source
    span = source.span
    beside = reading.entities_in(span.end + 2, span.end + 3, "PERSON", "PER")
    if (
        not beside
        or beside[0].start != span.end + 2
        or reading.text[span.end : span.end + 2] != ", "
        or "Number=Plur" in reading.words[source.head].feats
    ):
        return source
    entity = beside[0]
    name = reading.words_between(entity.start, entity.end)
    has_own_function = any(reading.words[i].deprel.split(":")[0] in ("nsubj", "conj", "obj", "obl") for i in name)
    if has_own_function or not re.match(r"[,:.]|\s?$|\s\w+", reading.text[entity.end : entity.end + 12]):
        return source
    return Source(Span.of(reading.text, span.start, entity.end), source.head, source.certain)


def _with_role(reading: Reading, draft: Draft, source: Source) -> Source:
    """The source with an apposition after the name that was taken as the start of the content.

    Example: ``According to Elin Marsh, head of the clinic, …``.
    """
    span, content = source.span, draft.content[0]
    if reading.text[span.end : content.start].strip(" \n") != "," or content.start - span.end > 3:
        return source
    names = [e for e in reading.entities_in(span.start, span.end, "PERSON", "PER") if e.end == span.end]
    role = apposition_after(reading, Mention(names[0].start, names[0].end, names[0].text, names[0])) if names else None
    if role is None or role.end > content.end or reading.text[role.end : role.end + 1] != ",":
        return source
    return Source(Span.of(reading.text, span.start, role.end), source.head, source.certain)


def _content_without_source(reading: Reading, draft: Draft, verb: int) -> list[Span]:
    """The content without the words of the source and without ``as saying``.

    If the source covers all of the content, the complement of the verb is the content.
    """
    if draft.source is None:
        return draft.content
    if all(draft.source.span.start <= s.start and s.end <= draft.source.span.end for s in draft.content):
        return _complement(reading, verb) or draft.content
    rest = _subtract(reading, draft.content, draft.source.span)
    without_saying = [span for part in rest if (span := _without_saying(reading, part)) is not None]
    quoted = [span for span in without_saying if reading.quoted_in(span.start, span.end)]
    return quoted or without_saying or draft.content


def _complement(reading: Reading, verb: int) -> list[Span]:
    """The clause after ``as saying``: ``that the town had fallen`` in ``cited the colonel as saying that …``."""
    for saying in reading.children[verb]:
        clause = reading.child(saying, "ccomp") if reading.lower[saying] in _AS_SAYING else None
        if clause is not None:
            inside = reading.subtree(clause)
            span = reading.span(reading.words[inside[0]].start, reading.words[inside[-1]].end)
            return [span] if span is not None else []
    return []


def _subtract(reading: Reading, content: list[Span], taken: Span) -> list[Span]:
    """The content without the characters of ``taken``; unchanged if nothing else would be left."""
    rest: list[Span] = []
    for piece in content:
        if not piece.overlaps(taken):
            rest.append(piece)
            continue
        for start, end in ((piece.start, min(piece.end, taken.start)), (max(piece.start, taken.end), piece.end)):
            if start < end and (span := reading.span(start, end)) is not None:
                rest.append(span)
    return rest or content


def _without_saying(reading: Reading, span: Span) -> Span | None:
    """The span without a leading ``as saying``, or without the report before a colon: ``had left behind: “…”``.

    ``None`` if nothing is left.
    """
    found = re.match(r"as (?:saying|telling \w+)[,:]?\s|[^“”\"«»„]+:\s(?=[“\"«„])", span.text)
    return reading.span(span.start + found.end(), span.end) if found else span
