"""Find out whether words were cut from a frame that turns their sense.

``I sold the mill`` is not what was said if the sentence is ``It is false that I sold the mill``. A frame is read from the
words of the same sentence before the excerpt (a negation, a denial, a condition, what others claim) and after it (a
condition, a judgement such as ``is a lie``). A negation reaches the excerpt unless another clause begins between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotetrack.check.wordings import Wording
from quotetrack.text.sentences import sentences
from quotetrack.text.words import plain

_NEGATIONS = frozenset(
    [
        "not",
        "no",
        "never",
        "none",
        "nobody",
        "nothing",
        "neither",
        "nor",
        "without",
        "cannot",
        "hardly",
        "scarcely",
        "barely",
        "nowhere",
    ]
)
# What denies or doubts the clause behind it. Under a negation it affirms: `no doubt that`, `I cannot deny that`.
_DENIALS = frozenset(
    [
        "false",
        "untrue",
        "wrong",
        "lie",
        "lies",
        "lying",
        "myth",
        "nonsense",
        "fiction",
        "invention",
        "slander",
        "libel",
        "rubbish",
        "absurd",
        "incorrect",
        "inaccurate",
        "impossible",
        "unlikely",
        "deny",
        "denies",
        "denied",
        "denying",
        "doubt",
        "doubts",
        "doubted",
        "doubting",
        "dispute",
        "disputes",
        "disputed",
        "reject",
        "rejects",
        "rejected",
        "rejecting",
        "refute",
        "refutes",
        "refuted",
        "refuse",
        "refuses",
        "refused",
        "refusing",
        "fail",
        "fails",
        "failed",
        "stop",
        "stopped",
        "prevent",
        "prevented",
        "avoid",
        "forbid",
        "forbids",
        "forbade",
    ]
)
_FAR_FROM = frozenset(["secret", "wonder", "surprise", "coincidence", "question"])  # `it is no secret that`: affirmed
_CONDITIONS = frozenset(["if", "unless", "whether", "provided", "assuming", "supposing", "suppose", "lest"])
_CLAIMS = frozenset(
    [
        "say",
        "says",
        "said",
        "saying",
        "claim",
        "claims",
        "claimed",
        "claiming",
        "allege",
        "alleges",
        "alleged",
        "think",
        "thinks",
        "thought",
        "believe",
        "believes",
        "believed",
        "pretend",
        "pretends",
        "pretended",
        "imagine",
        "imagines",
        "imagined",
        "rumour",
        "rumours",
        "rumor",
        "rumors",
        "accusation",
        "accusations",
        "allegation",
        "allegations",
        "suggestion",
        "idea",
        "notion",
        "story",
        "theory",
        "suspicion",
        "impression",
        "charge",
        "accuse",
        "accuses",
        "accused",
        "insist",
        "insists",
        "insisted",
        "suggest",
        "suggests",
        "suggested",
        "told",
        "tells",
    ]
)
_WISHES = frozenset(["wish", "wishes", "wished", "dream", "dreams", "dreamt", "dreamed", "hope", "hopes", "hoped"])
_FIRST_PERSON = frozenset(["i", "we"])
_LINKS = frozenset(["that", "whether", "if", "why", "how"])
_ASKING = frozenset(["ask", "asks", "asked", "wonder", "wonders", "wondered", "see", "know", "knows", "knew"])
_BOUNDARY = re.compile(
    r"[;:]|[—–]|\s-\s|,?\s\b(?:but|yet|because|although|though|while|whereas)\b|,\s*(?:and|so|or|who|which)\b|\b(?:and|so)\b(?=\s+(?:i|we|he|she|they|it|you|the|that)\b)",
    re.IGNORECASE,
)
_STRONG_BOUNDARY = re.compile(r"[;]|,?\s\bbut\b", re.IGNORECASE)
_JUDGED = re.compile(
    r"^\W*(?:is|are|was|were|would be|’s|'s)\s+(?:(?:a|an|simply|just|plainly|completely|totally|absolutely|quite|pure|utterly|the)\s+){0,2}(\w+)",
    re.IGNORECASE,
)
_NOT_JUDGED = re.compile(r"^\W*(?:(?:is|are|was|were)(?:n['’]t| not)|never)\b", re.IGNORECASE)
_IF_AFTER = re.compile(
    r"\b(?:if|unless|provided(?: that)?|as long as|on (?:the )?condition that|assuming|only when)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SHOWN = 90  # characters of a frame


def frame_of(printed: Wording, first: int, end: int, asks: bool) -> str | None:
    """Return the printed words that turn the sense of tokens ``first`` to ``end``, or ``None``.

    ``asks`` is whether the wording itself ends with a question mark.
    """
    start, stop = printed.tokens[first].start, printed.tokens[end - 1].end
    begin = next((s for s, e in reversed(sentences(printed.text)) if s <= start), 0)
    close = next((e for s, e in sentences(printed.text) if e >= stop), len(printed.text))
    before, after = printed.text[begin:start], printed.text[stop:close]
    if _turned_before(before):
        return f"{_shortened_left(before)} …"
    if _turned_after(after):
        return f"… {_shortened_right(after)}"
    if not asks and after.rstrip(" ”\"’'»)]").endswith("?"):
        return f"{_shortened_left(before)} … {_shortened_right(after)}".strip()
    return None


def framed_outside(text: str) -> str | None:
    """Return the end of ``text``, the article's words of the sentence before a quotation, if it denies what follows.

    Only a denial directly before the quotation counts: `It is not true that “…”`; other words are the reporter's.
    """
    words = _words(text)
    tail = words[-5:]
    if not tail or tail[-1] not in _LINKS:
        return None
    if _denied(tail[:-1]):
        return f"{_shortened_left(text)} …"
    return None


def _turned_before(text: str) -> bool:
    if not _words(text):
        return False
    condition = _STRONG_BOUNDARY.split(text)[-1]
    if _conditional(_words(condition)):
        return True
    clause = _BOUNDARY.split(_without_parentheses(text))[-1]
    words = _words(clause)
    return _denied(words) or _others_claim(words) or bool(_WISHES & set(words[-3:]))


def _denied(words: Sequence[str]) -> bool:
    """Whether a negation or denial is left when those that cancel each other are taken away."""
    denials = [i for i, word in enumerate(words) if word in _DENIALS]
    negations = [i for i, word in enumerate(words) if word in _NEGATIONS or word.endswith("n't")]
    if negations and words[negations[0] + 1 : negations[0] + 2] == ["only"]:
        negations = negations[1:]  # not only
    for place in list(negations):
        paired = next((d for d in denials if 0 < d - place <= 2), None)
        if paired is not None:
            denials.remove(paired)
            negations.remove(place)
        elif _FAR_FROM & set(words[place + 1 : place + 3]):
            negations.remove(place)
    return bool(denials or negations)


def _conditional(words: Sequence[str]) -> bool:
    return any(
        word in _CONDITIONS and words[i - 1 : i] not in (["even"], ["matter"]) if i else word in _CONDITIONS
        for i, word in enumerate(words)
    )


def _others_claim(words: Sequence[str]) -> bool:
    """Whether the words end with what somebody else is said to say: `They claim that`."""
    tail = list(words[:-1]) if words and words[-1] in _LINKS else list(words)
    if not tail or tail[-1] not in _CLAIMS:
        return False
    subject = tail[-4:-1]
    return bool(subject) and not _FIRST_PERSON & set(subject)


def _turned_after(text: str) -> bool:
    clause = _BOUNDARY.split(text)[0]
    if _NOT_JUDGED.match(clause):
        return True
    judged = _JUDGED.match(clause)
    if judged and (plain(judged[1]) in _DENIALS or plain(judged[1]) in _NEGATIONS):
        return True
    condition = _IF_AFTER.search(clause)
    if condition is None:
        return False
    words = _words(clause[: condition.start()])
    return not words or not (_ASKING | {"even", "as"}) & set(words[-1:])


def _without_parentheses(text: str) -> str:
    """Remove a parenthesis between two commas directly before the end: `It is false, whatever they print, that`."""
    return re.sub(r",[^,]*,(?=\s*that\b)", "", text)


def _words(text: str) -> list[str]:
    return [plain(word) for word in _WORD.findall(text)]


def _shortened_left(text: str) -> str:
    text = " ".join(text.split()).strip('“”"‘’ ')
    return text if len(text) <= _SHOWN else "… " + text[-_SHOWN:].partition(" ")[2]


def _shortened_right(text: str) -> str:
    text = " ".join(text.split()).strip('“”"‘’ ')
    return text if len(text) <= _SHOWN else text[:_SHOWN].rpartition(" ")[0] + " …"
