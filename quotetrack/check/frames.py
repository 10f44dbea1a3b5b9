"""Find out whether words were cut from a frame, words around them that change their meaning.

``I sold the mill`` is not what was said if the sentence is ``It is false that I sold the mill``. A frame is read from the
words of the same sentence before the excerpt (a negation, a denial, a condition, what others claim) and after it (a
condition, a judgement such as ``is a lie``). A negation reaches the excerpt unless another clause begins between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotetrack.check.classes import word_class
from quotetrack.check.grades import expanded
from quotetrack.check.wordings import Wording
from quotetrack.text.passages import keys_of
from quotetrack.text.words import plain

_LINKS = frozenset({"that", "whether", "if", "why", "how"})
# A conjunction begins another clause if a subject follows it; `not close the yard and sell the crane` is one clause.
_SUBJECT = r"(?:i|we|he|she|it|they|you|that|this|these|those|there|the|a|an|my|our|his|her|its|their|your|no|who|which)(?:['’]\w+)?"
_BOUNDARY = re.compile(
    r"[;:—–]|\s-\s|,?\s\b(?:but|yet|because|although|though|while|whereas)\b|,\s*(?:and|so|or|who|which|as|since)\b"
    r"|,\s*(?=(?:i|we|he|she|it|they|you|there)(?:['’]\w+)?\b)"
    rf"|\b(?:and|so|or)\b(?=\W+(?:{_SUBJECT}\b|(?-i:[A-Z])))",
    re.IGNORECASE,
)
_STRONG_BOUNDARY = re.compile(r"[;]|,?\s\bbut\b", re.IGNORECASE)
_JUDGED = re.compile(
    r"^\W*(?:is|are|was|were|would be|’s|'s)\s+(?:(?:a|an|simply|just|plainly|completely|totally|absolutely|quite|pure|utterly|the)\s+){0,2}(\w+)",
    re.IGNORECASE,
)
_NOT_JUDGED = re.compile(r"^\W*(?:(?:is|are|was|were)(?:n['’]t| not)|never)\b", re.IGNORECASE)
_NOT_BEHIND = re.compile(r"^\s+(?:not|never)\b(?!\s+(?:only|just|merely)\b)", re.IGNORECASE)
_IF_AFTER = re.compile(
    r"\b(?:if|unless|provided(?: that)?|as long as|on (?:the )?condition that|assuming|only when)\b", re.IGNORECASE
)
_IDIOM = re.compile(
    r"\bif (?:need be|needs be|necessary|anything|at all|you (?:will|like|ask me)|i (?:may|might)|i(?:'m| am) honest)\b"
)
_AS_LONG_AS = re.compile(r"\b(?:as long as|on (?:the )?condition that|in case|in the event)\b")
_INSTEAD = re.compile(r"\b(?:rather than|instead of|far from|anything but)\b")
_TAIL = 2  # words behind a comma that add nothing to the clause before: `I'm not stupid, okay.`
_SHOWN = 90  # characters of a frame


def frame_of(printed: Wording, first: int, end: int, asks: bool) -> str | None:
    """Return the printed words that turn the sense of tokens ``first`` to ``end``, or ``None``.

    ``asks`` is whether the wording itself ends with a question mark.
    """
    start, stop = printed.tokens[first].start, printed.tokens[end - 1].end
    begin = next((s for s, e in reversed(printed.sentences) if s <= start), 0)
    close = next((e for s, e in printed.sentences if e >= stop), len(printed.text))
    before, after = printed.text[begin:start], printed.text[stop:close]
    if not _is_tail(printed, first, end, before) and _turned_before(
        before, printed.text[start : printed.tokens[first].end]
    ):
        return f"{_shortened_left(before)} …"
    negated = _NOT_BEHIND.match(after) and word_class("auxiliary", "modal") & set(expanded(printed.keys[end - 1]))
    if negated or _turned_after(after):
        return f"… {_shortened_right(after)}"
    if not asks and _STRONG_BOUNDARY.split(after)[0].rstrip(" ”\"’'»)]").endswith("?"):
        return f"{_shortened_left(before)} … {_shortened_right(after)}".strip()
    return None


def _is_tail(printed: Wording, first: int, end: int, before: str) -> bool:
    """Whether the excerpt begins with the last one or two words of a sentence, behind a comma, and goes on with another."""
    if not before.rstrip().endswith(","):
        return False
    stop = next((e for _, e in printed.sentences if e > printed.tokens[first].start), len(printed.text))
    words = sum(printed.tokens[i].start < stop for i in range(first, end))
    return words <= _TAIL and first + words < end


def framed_outside(text: str) -> str | None:
    """Return the end of ``text``, the article's words of the sentence before a quotation, if it denies what follows.

    Only a denial directly before the quotation counts: `It is not true that “…”`; other words are the reporter's.
    """
    words = keys_of(text)
    tail = words[-5:]
    if not tail or tail[-1] not in _LINKS:
        return None
    if _denied(tail[:-1]):
        return f"{_shortened_left(text)} …"
    return None


def _turned_before(before: str, opening: str) -> bool:
    """Whether the words before an excerpt that begins with ``opening`` turn its sense."""
    if not keys_of(before):
        return False
    if _conditional(keys_of(_STRONG_BOUNDARY.split(before)[-1])):
        return True
    clause = _BOUNDARY.split(_without_parentheses(f"{before} {opening}"))[-1]
    words = keys_of(clause)[:-1]
    opening = plain(opening)
    if words[-1:] == ["less"] or _INSTEAD.search(" ".join(words)):
        return True  # `less safe`, `rather than sell`
    asked = words[-1:] in (["why"], ["how"]) and bool(word_class("asking") & set(words))
    return asked or _denied(words, opening) or _others_claim(words) or bool(word_class("wish") & set(words[-3:]))


def _denied(words: Sequence[str], following: str = "") -> bool:
    """Whether a negation or denial is left when those that cancel each other are taken away.

    ``following`` is the word behind ``words``. A verb such as `fail` cancels a negation only before another verb: the children of
    `We must not fail the children` are part of a negated sentence.
    """
    behind = [*words[1:], following]
    denials = [i for i, word in enumerate(words) if word in word_class("denial") and not _is_thing(words, i)]
    negations = [i for i, word in enumerate(words) if word in word_class("negation") or word.endswith("n't")]
    if negations and words[negations[0] + 1 : negations[0] + 2] == ["only"]:
        negations = negations[1:]  # not only
    for place in list(negations):
        paired = next((d for d in denials if 0 < d - place <= 2 and _cancels(words[d], behind[d])), None)
        if paired is not None:
            denials.remove(paired)
            negations.remove(place)
        elif word_class("assured") & set(words[place + 1 : place + 3]):
            negations.remove(place)
        elif list(behind[place : place + 2]) in (["believe", "how"], ["believe", "what"]):
            negations.remove(place)  # `I cannot believe how good it is` says that it is good
    return bool(denials or negations)


def _is_thing(words: Sequence[str], place: int) -> bool:
    """Whether a word of denial is part of a noun phrase that does not judge what follows: `the dispute`, `a failed state`.

    It judges as the last word, as a predicate (`is a lie`), or before a clause (`the lie that`).
    """
    if words[-1] in _LINKS or place + 1 == len(words):
        return False
    if not word_class("determiner") & set(words[max(0, place - 1) : place]):
        return False
    return not _JUDGED.match(" ".join(words[max(0, place - 2) : place + 1]))


def _cancels(denial: str, following: str) -> bool:
    return denial not in word_class("preventing") or following in ("to", "from") or following.endswith("ing")


def _conditional(words: Sequence[str]) -> bool:
    if _AS_LONG_AS.search(" ".join(words)):
        return True
    return any(
        word in word_class("condition") and words[i - 1 : i] not in (["even"], ["matter"])
        if i
        else word in word_class("condition")
        for i, word in enumerate(words)
    )


def _others_claim(words: Sequence[str]) -> bool:
    """Whether the words end with what somebody else is said to say: `They claim that`."""
    tail = list(words[:-1]) if words and words[-1] in _LINKS else list(words)
    if not tail or tail[-1] not in word_class("claim"):
        return False
    subject = tail[-4:-1]
    if subject[-1:] == ["to"] and any(word in ("it", "it's") for word in tail):
        return False  # `it is fair to say that`
    return bool(subject) and not {"i", "we"} & set(subject)


def _turned_after(text: str) -> bool:
    clause = _BOUNDARY.split(text)[0]
    if _NOT_JUDGED.match(clause):
        return True
    judged = _JUDGED.match(clause)
    if judged and (plain(judged[1]) in word_class("denial") or plain(judged[1]) in word_class("negation")):
        return True
    clause = _IDIOM.sub("", clause.lower())
    condition = _IF_AFTER.search(clause)
    if condition is None:
        return False
    words = keys_of(clause[: condition.start()])
    return not words or not (word_class("asking") | {"even", "as"}) & set(words[-1:])


def _without_parentheses(text: str) -> str:
    """Remove a parenthesis between two commas directly before the end: `It is false, whatever they print, that`."""
    return re.sub(r",[^,]*,(?=\s*that\b)", "", text)


def _shortened_left(text: str) -> str:
    text = " ".join(text.split()).strip('“”"‘’ ')
    return text if len(text) <= _SHOWN else "… " + text[-_SHOWN:].partition(" ")[2]


def _shortened_right(text: str) -> str:
    text = " ".join(text.split()).strip('“”"‘’ ')
    return text if len(text) <= _SHOWN else text[:_SHOWN].rpartition(" ")[0] + " …"
