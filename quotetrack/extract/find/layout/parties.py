"""Find who asks and who answers in an interview, from the text before its first question."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from quotetrack.extract.find.layout.common import PERSON, entities_in, persons_in, surname
from quotetrack.extract.reading import Reading
from quotetrack.model import Entity, Span
from quotetrack.text.names import fold

# The subject of these verbs asks. `talked` and `spoke` are ambiguous.
_ASKING_VERBS = {
    "question", "interview", "ask", "cross-examine", "examine", "re-examine", "press", "grill", "quiz", "meet", "visit", "sit",
    "catch", "challenge",
}  # fmt: skip
_ASKING_FORMS = {
    form: verb
    for verb in _ASKING_VERBS
    for form in (verb, f"{verb}s", f"{verb}ed", f"{verb}d", f"{verb}ing", f"{verb.removesuffix('e')}ing")
} | {
    "met": "meet",
    "meets": "meet",
    "meeting": "meet",
    "sat": "sit",
    "sitting": "sit",
    "caught": "catch",
    "quizzed": "quiz",
}
# The subject of these verbs answers.
_ANSWERING_FORMS = {
    "speak", "speaks", "spoke", "talk", "talks", "talked", "share", "shares", "shared", "tell", "tells", "told", "discuss",
    "discusses", "discussed", "explain", "explains", "explained", "reflect", "reflects", "reflected", "answer", "answers",
    "answered",
}  # fmt: skip
_INTERVIEWED = re.compile(
    r"(?:(?:cross-)?question(?:s|ed)|interview(?:s|ed)?|conversation|q&a|quizz?(?:es|ed)|(?:sp(?:eaks|oke)|talk(?:s|ed)|shares?d?))$"
)
_ASKERS = re.compile(
    r"\b(?:prosecut(?:or|ing|ion)|lawyer|counsel|attorney|barrister|solicitor|advocate|KC|QC|for the (?:Crown|defen[cs]e|state"
    r"|prosecution|plaintiff|claimant)|reporter|interviewer|journalist|correspondent|editor|host|presenter|moderator)\b"
)
_ANSWERERS = re.compile(r"\b(?:witness|defendant|accused|plaintiff|claimant|interviewee|guest)\b")
_BYLINE = re.compile(r"(?:^|\n|\b[Ii]nterview(?:ed)? )(?:[Bb]y|BY|[Ww]ords:|[Tt]ext:)\s+$")
_BODY = {"ORG", "ORGANIZATION"}
_OUTLET = re.compile(r"(?:[A-Z][\w.-]*)['’]s?\s$")


@dataclass(frozen=True, slots=True)
class Parties:
    """Mentions of the interviewer and the interviewee, ``None`` if not named.

    ``interview_mentioned`` is true if the text says that somebody was interviewed.
    """

    asks: Span | None
    answers: Span | None
    interview_mentioned: bool = False


def find_parties(reading: Reading, before: int) -> Parties:
    """Return who asks and who answers, from the text before the offset ``before``. Ambiguous roles are ``None``."""
    named: dict[str, list[Entity]] = {}
    for entity in persons_in(reading, 0, before):
        named.setdefault(surname(entity.text), []).append(entity)
    if not named:
        return Parties(None, None)
    asking, answering = _by_verbs(reading, named)
    if not asking and not answering:
        asking, answering = _by_description(reading, named)
    interview_mentioned = _mentions_interview(reading, before)
    asking -= answering
    remaining = set(named) - asking
    if not answering and len(remaining) == 1:
        answering = remaining
    elif not answering:
        answering = _most_named(named, remaining)
    if (
        not asking
        and len(set(named) - answering) == 1
        and len(named) == 2
        and answering
        and _is_asker(reading, named, answering)
    ):
        asking = set(named) - answering
    answers = _mention(named, answering)
    asks = _mention(named, asking) or (_outlet(reading, before) if answers is not None else None)
    return Parties(asks, answers, interview_mentioned)


def _outlet(reading: Reading, before: int) -> Span | None:
    """Return the one organisation that conducted the interview, or ``None``.

    Examples: ``The Echo met Vale``, ``the interview she gave to The Echo``.
    """
    found: dict[tuple[str, ...], Entity] = {}
    for body in entities_in(reading, 0, before):
        if body.type.upper() in _BODY and (_interview_role(reading, body) == "asks" or _was_addressee(reading, body)):
            found.setdefault(fold(body.text), body)
    if len(found) != 1:
        return None
    body = next(iter(found.values()))
    return Span(body.start, body.end, body.text)


def _was_addressee(reading: Reading, mention: Entity) -> bool:
    """Whether somebody spoke ``to`` or ``with`` the organisation, or was interviewed ``by`` it."""
    inside = reading.words_between(mention.start, mention.end)
    index = next((i for i in inside if reading.head[i] not in inside), -1)
    case = reading.child(index, "case") if index >= 0 else None
    if case is None or reading.lower[case] not in ("to", "with", "by"):
        return False
    words = [reading.lower[i] for i in itertools.islice(reading.above(index), 3)]
    return any(word in _ANSWERING_FORMS or word in _ASKING_FORMS or _INTERVIEWED.match(word) for word in words)


def _mentions_interview(reading: Reading, before: int) -> bool:
    """Whether the text mentions an interview: ``interviewed``, ``spoke to``, ``shares her thoughts with``."""
    return any(_INTERVIEWED.match(form) for form in reading.lower[: reading.words_between(0, before).stop])


def _mention(named: dict[str, list[Entity]], keys: set[str]) -> Span | None:
    """Return the longest mention if there is exactly one person in ``keys``."""
    if len(keys) != 1:
        return None
    longest = max(named[next(iter(keys))], key=lambda e: e.end - e.start)
    return Span(longest.start, longest.end, longest.text)


def _by_verbs(reading: Reading, named: dict[str, list[Entity]]) -> tuple[set[str], set[str]]:
    """Return the surnames of those who ask and those who answer according to the verbs around their names."""
    asking: set[str] = set()
    answering: set[str] = set()
    for key, mentions in named.items():
        for mention in mentions:
            role = _interview_role(reading, mention)
            if role:
                (asking if role == "asks" else answering).add(key)
    return asking, answering


def _interview_role(reading: Reading, mention: Entity) -> str:
    """Return ``asks`` or ``answers`` if the mention is subject or object of such a verb, else an empty string.

    Appositions are followed to their head: ``the witness, Piet Haan``.
    """
    inside = reading.words_between(mention.start, mention.end)
    index = next((i for i in inside if reading.head[i] not in inside), -1)
    for above in (*reading.above(index), -1) if index >= 0 else ():
        relation = reading.words[index].deprel.split(":")[0]
        if relation == "conj":
            return ""
        if relation not in ("appos", "flat", "compound"):
            break
        index = above
    if index < 0 or (verb := reading.head[index]) < 0:
        return ""
    relation, form = reading.words[index].deprel, reading.lower[verb]
    if form in _ANSWERING_FORMS and relation == "nsubj" and not _has_other_person(reading, verb):
        return "answers"
    if form not in _ASKING_FORMS:
        return ""
    case = reading.child(index, "case")
    by = case is not None and reading.lower[case] == "by"
    needs_with = _ASKING_FORMS[form] in ("sit", "catch")  # `sat down with`, `caught up with`
    if needs_with and not any(
        reading.lower[i] == "with" for i in reading.words_between(*_rest_of_sentence(reading, verb))
    ):
        return ""
    if relation == "obl":
        return "answers" if needs_with and case is not None and reading.lower[case] == "with" else "asks" if by else ""
    if relation in ("nsubj:pass", "obj", "iobj") or (relation == "nsubj" and _has_first_person_object(reading, verb)):
        return "answers"
    return "asks" if relation == "nsubj" or by else ""


def _has_first_person_object(reading: Reading, verb: int) -> bool:
    """Whether the object of the verb is the outlet, so that its subject is the interviewee.

    Examples: ``met us in her garden``, ``sat down with me``, ``meets our correspondent``.
    """
    for child in reading.children[verb]:
        if reading.words[child].deprel.split(":")[0] in ("obj", "iobj", "obl"):
            owner = reading.child(child, "nmod:poss")
            if reading.lower[child] in ("us", "me") or (owner is not None and reading.lower[owner] == "our"):
                return True
    return False


def _rest_of_sentence(reading: Reading, verb: int) -> tuple[int, int]:
    """Return the range from the end of the verb to the end of its sentence."""
    sentence = reading.sentence(verb)
    return reading.words[verb].end, sentence.end


def _has_other_person(reading: Reading, verb: int) -> bool:
    """Whether the verb has a person besides its subject. If two people talk to each other, either may be the one who
    asks.
    """
    others = [c for c in reading.children[verb] if reading.words[c].deprel.split(":")[0] in ("obj", "iobj", "obl")]
    ranges = [(reading.words[i].start, reading.words[i].end) for c in others for i in reading.subtree(c)]
    return any(persons_in(reading, start, end) or _inside_person(reading, start, end) for start, end in ranges)


def _inside_person(reading: Reading, start: int, end: int) -> bool:
    return any(e.end >= end and e.type.upper() in PERSON for e in reading.entities_in(start, start + 1))


def _by_description(reading: Reading, named: dict[str, list[Entity]]) -> tuple[set[str], set[str]]:
    """Return the surnames of those who ask and those who answer according to their descriptions, such as ``counsel`` or
    ``witness``.
    """
    asking = {key for key, mentions in named.items() if any(_described_as(reading, m, _ASKERS) for m in mentions)}
    answering = {key for key, mentions in named.items() if any(_described_as(reading, m, _ANSWERERS) for m in mentions)}
    asking |= {key for key, mentions in named.items() if any(_writes_for_outlet(reading, m) for m in mentions)}
    return asking - answering, answering


def _described_as(reading: Reading, mention: Entity, nouns: re.Pattern[str]) -> bool:
    """Whether one of the nouns is right before the name or in the apposition after it."""
    before = re.search(r"(?:^|[,;.(])?\s*([^,;.(\n]*?),?\s*$", reading.text[max(0, mention.start - 60) : mention.start])
    after = re.match(r",\s([^,;.:\n]{1,50})(?=[,;.:\n])", reading.text[mention.end : mention.end + 60])
    close = before[1].split()[-4:] if before else []
    return bool(nouns.search(" ".join(close)) or (after and nouns.search(after[1]) and "and the" not in after[1]))


def _writes_for_outlet(reading: Reading, mention: Entity) -> bool:
    """Whether the person writes for the outlet: a byline, or ``The Echo’s Jory Tamm``."""
    before = reading.text[max(0, mention.start - 40) : mention.start]
    return bool(_BYLINE.search(before) or _OUTLET.search(before))


def _is_asker(reading: Reading, named: dict[str, list[Entity]], answering: set[str]) -> bool:
    """Whether the other one of two people is described as asking or writing."""
    other = next(iter(set(named) - answering))
    return any(_writes_for_outlet(reading, m) or _described_as(reading, m, _ASKERS) for m in named[other])


def _most_named(named: dict[str, list[Entity]], remaining: set[str]) -> set[str]:
    """Return the only person named more than once, or nobody."""
    often = {key for key in remaining if len(named[key]) > 1}
    return often if len(often) == 1 else set()
