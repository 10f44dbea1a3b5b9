"""Whose words a frame reports where its subject is not who spoke: the hearer, the reader, the one who quotes.

``Haan was told by the judge`` is the judge, ``the agency quoted the minister as saying`` the minister, ``the clerk read out a letter
from Casimir Thule`` Thule. Also takes in the rest of a source phrase of which only a part was proposed.
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

# Verbs whose passive has the hearer for its subject.
_HEARD = {
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
# What nobody reads out as their own.
_OF_OTHERS = {"letter", "email", "e-mail", "diary", "poem", "postcard", "verse", "telegram", "note"}


def settle_voice(reading: Reading, draft: Draft) -> None:
    """Give the draft the source whose words it reports, and its content without that source."""
    if draft.cue is None:
        return
    before = draft.source
    anchor = _anchor(reading, draft.cue)
    if anchor < 0:
        return
    heard = _heard(reading, draft, anchor)
    told = heard or _quoted(reading, draft, anchor) or _read_out(reading, draft, anchor)
    if told is not None:
        draft.source = told[0]
    if heard is not None and (hearer := _phrase_span(reading, _passive_subject(reading, anchor))) is not None:
        draft.content = _cut(reading, draft.content, hearer)
    if draft.source is not None:
        draft.source = _with_role(reading, draft, _whole(reading, draft.source))
    if draft.source != before:
        draft.content = _without(reading, draft, anchor)


def _anchor(reading: Reading, cue: Span) -> int:
    inside = reading.words_between(cue.start, cue.end)
    verbs = [i for i in inside if reading.words[i].upos == "VERB"]
    return next((i for i in verbs if reading.head[i] not in inside), verbs[0] if verbs else -1)


def _lemma(reading: Reading, index: int) -> str:
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
    """Who did it, in the passive: the noun after ``by``."""
    for child in reading.children[verb]:
        if not reading.words[child].deprel.startswith("obl"):
            continue
        if any(reading.words[c].deprel == "case" and reading.lower[c] == "by" for c in reading.children[child]):
            return child
    return -1


def _source(reading: Reading, head: int, verb: int) -> Source | None:
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


def _heard(reading: Reading, draft: Draft, verb: int) -> tuple[Source | None] | None:
    """``Haan was told``: nobody's words by name, unless somebody is named behind ``by``."""
    if _lemma(reading, verb) not in _HEARD:
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
    """The phrase outside marks that ``head`` heads; nothing where all of it is quoted."""
    inside = [i for i in reading.subtree(head) if not reading.is_quoted(i)]
    if not inside:
        return None
    start, end = reading.words[inside[0]].start, reading.words[inside[-1]].end
    return Span(start, end, reading.text[start:end])


def _quoted(reading: Reading, draft: Draft, anchor: int) -> tuple[Source | None] | None:
    """``X was quoted by the Echo as saying``, ``the Echo quoted X as saying``, ``quoting X: “…”``: X."""
    quoting = _lemma(reading, anchor) in _QUOTING or _as_saying(reading, anchor)
    verb = anchor if quoting else _quoting_before(reading, draft)
    if verb < 0:
        return None
    if _lemma(reading, verb) == "cite" and not _as_saying(reading, verb):
        return None
    subject = _passive_subject(reading, verb)
    if subject >= 0:
        return (_source(reading, subject, verb),)
    # Behind the content the parser takes both for subjects: "“…,” the Echo quoted Vale as saying".
    two = any(reading.words[i].deprel == "nsubj" and i < verb for i in reading.children[verb])
    objects = ("obj", "iobj", "nsubj") if two else ("obj", "iobj")
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
    """Whether the content stands right behind the phrase, or behind its end: ``quoted the admiral Jon Sorrel: “…”``."""
    starts = [piece.start for piece in draft.content] + [q.start for q in draft.quoted]
    return any(span.end <= start and not reading.text[span.end : start].strip(" :,") for start in starts)


def _quoting_before(reading: Reading, draft: Draft) -> int:
    """The verb of ``Quay ended by quoting Jon Sorrel: “…”``, right before the content; or -1."""
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
    """Whether the verb goes on with ``as saying``, or with ``saying`` where it means quoting by itself."""
    quoting = _lemma(reading, verb) in _QUOTING
    return any(
        reading.lower[i] in _AS_SAYING and (reading.lower[i - 1] == "as" or quoting)
        for i in reading.children[verb]
        if i > verb
    )


def _names_somebody(reading: Reading, index: int) -> bool:
    """Whether the word heads a phrase for a person or names one."""
    word = reading.words[index]
    named = reading.entities_in(word.start, word.end, "PERSON", "PER", "ORG", "ORGANIZATION")
    return bool(named) or is_role_noun(word.text) or word.text.lower() in BODIES | {"family"}


def _read_out(reading: Reading, draft: Draft, anchor: int) -> tuple[Source | None] | None:
    """``read out a letter from the owner, Casimir Thule: “…”``: its writer's."""
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
    own = whose is not None and reading.words[whose].upos == "PRON"
    return (None,) if reading.lower[document] in _OF_OTHERS and not own else None


def _writer(reading: Reading, clause: int) -> Source | None:
    """Whom a relative clause says a document to be by: ``a note that the captain had left``."""
    subject = reading.child(clause, "nsubj")
    if reading.words[clause].lemma.lower() not in _WRITING or subject is None or not _names_somebody(reading, subject):
        return None
    return _source(reading, subject, clause)


def _whole(reading: Reading, source: Source) -> Source:
    """``the clerk`` with the name that follows in apposition: ``the clerk, Hedda Lom``."""
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
    apart = any(reading.words[i].deprel.split(":")[0] in ("nsubj", "conj", "obj", "obl") for i in name)
    if apart or not re.match(r"[,:.]|\s?$|\s\w+", reading.text[entity.end : entity.end + 12]):
        return source
    return Source(Span.of(reading.text, span.start, entity.end), source.head, source.certain)


def _with_role(reading: Reading, draft: Draft, source: Source) -> Source:
    """``According to Elin Marsh`` with the role behind the name, where that was taken for the beginning of what she says."""
    span, content = source.span, draft.content[0]
    if reading.text[span.end : content.start].strip(" \n") != "," or content.start - span.end > 3:
        return source
    names = [e for e in reading.entities_in(span.start, span.end, "PERSON", "PER") if e.end == span.end]
    role = apposition_after(reading, Mention(names[0].start, names[0].end, names[0].text, names[0])) if names else None
    if role is None or role.end > content.end or reading.text[role.end : role.end + 1] != ",":
        return source
    return Source(Span.of(reading.text, span.start, role.end), source.head, source.certain)


def _without(reading: Reading, draft: Draft, verb: int) -> list[Span]:
    """The content without the words of the source and without ``as saying``; what was said, where nothing else were left."""
    if draft.source is None:
        return draft.content
    if all(draft.source.span.start <= s.start and s.end <= draft.source.span.end for s in draft.content):
        return _complement(reading, verb) or draft.content
    left = _cut(reading, draft.content, draft.source.span)
    plain = [span for part in left if (span := _without_lead(reading, part)) is not None]
    quoted = [span for span in plain if reading.quoted_in(span.start, span.end)]
    return quoted or plain or draft.content


def _complement(reading: Reading, verb: int) -> list[Span]:
    """``that the town had fallen`` behind ``cited the colonel as saying``."""
    for saying in reading.children[verb]:
        clause = reading.child(saying, "ccomp") if reading.lower[saying] in _AS_SAYING else None
        if clause is not None:
            inside = reading.subtree(clause)
            span = reading.span(reading.words[inside[0]].start, reading.words[inside[-1]].end)
            return [span] if span is not None else []
    return []


def _cut(reading: Reading, content: list[Span], taken: Span) -> list[Span]:
    """The content without the words of ``taken``; all of it where nothing else were left."""
    left: list[Span] = []
    for piece in content:
        if not piece.overlaps(taken):
            left.append(piece)
            continue
        for start, end in ((piece.start, min(piece.end, taken.start)), (max(piece.start, taken.end), piece.end)):
            if start < end and (span := reading.span(start, end)) is not None:
                left.append(span)
    return left or content


def _without_lead(reading: Reading, span: Span) -> Span | None:
    """The stretch without ``as saying``, or without the report that a colon parts from its marks (``had left behind: “…”``)."""
    found = re.match(r"as (?:saying|telling \w+)[,:]?\s|[^“”\"«»„]+:\s(?=[“\"«„])", span.text)
    return reading.span(span.start + found.end(), span.end) if found else span
