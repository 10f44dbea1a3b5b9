"""Decide what an answer of ``check`` means for a quotation of a draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quotetrack.check.classes import word_class
from quotetrack.check.draft_records import Outcome, worst
from quotetrack.check.frames import framed_outside
from quotetrack.check.matching import NOT_SAID
from quotetrack.check.records import Answer, Change, ChangeKind
from quotetrack.model import Stance
from quotetrack.text.passages import keys_of
from quotetrack.text.words import plain

# A change of these kinds in reported speech is no paraphrase.
_SERIOUS: tuple[ChangeKind, ...] = ("negation", "number", "date", "name", "quantity")
# Pairs of modals that only differ in tense: reported speech turns the first into the second.
_TENSES = {("would", "will"), ("could", "can"), ("might", "may"), ("should", "shall"), ("had to", "must")}
_PRONOUNS = {"i", "we", "he", "she", "it", "they", "me", "us", "him", "her", "them", "my", "our", "his", "its", "their"}
_SAID = ("stated", "requested")
_CHANGES = 3  # named in a reason
_FRAME = "cut from a sentence"


@dataclass(frozen=True, slots=True)
class Drafted:
    """How the draft presents the words.

    Attributes:
        marked: Whether it has them as a quotation, word for word.
        said_by: The speaker it names.
        source: The phrase that names the speaker.
        sure: Whether the name is certain: printed beside the words, and a name rather than a description.
        stance: The stance that it gives to the speaker.
        before: Its own words of the same sentence before the quotation.
    """

    marked: bool
    said_by: str | None
    source: str | None
    sure: bool
    stance: Stance = "stated"
    before: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer with its outcome, all faults and the reasons for them."""

    outcome: Outcome
    faults: tuple[Outcome, ...]
    reasons: tuple[str, ...]
    answer: Answer


def judge(answer: Answer, drafted: Drafted) -> Judged:
    """Return the outcome for an answer. ``right`` requires that the speaker was compared.

    >>> judge(answer, Drafted(True, "Ruth Vale", "Vale", True)).outcome
    'right'
    """
    faults = [*_of_sense(answer, drafted), *_of_words(answer, drafted)]
    found = worst(fault for fault, _ in faults)
    if found in ("right", "changed"):
        faults += _of_speaker(answer, drafted)
    names = tuple(dict.fromkeys(fault for fault, _ in faults))
    return Judged(worst(names), names, tuple(reason for _, reason in faults if reason), answer)


def _of_sense(answer: Answer, drafted: Drafted) -> Iterator[tuple[Outcome, str]]:
    """What turns the sense of the words although they agree."""
    printing = answer.matches[0].printing if answer.matches else None
    stance = printing.stance if printing else None
    agrees = stance in NOT_SAID and drafted.stance == stance  # both say that it was denied, asked …
    for warning in answer.warnings:
        frame = warning.startswith(_FRAME) and (agrees or _has_frame(drafted.before, warning))
        if not frame and not (agrees and warning == NOT_SAID[stance or ""]):
            yield "changed", _sentence(warning)
    if answer.words not in ("missing", "common", "earlier") and stance in _SAID and not answer.warnings:
        if drafted.stance == "denied":
            yield "changed", "The draft says that the speaker denied it; it is printed as said."


def _has_frame(before: str, warning: str) -> bool:
    """Whether the draft has the frame of the warning too, in the same words or as a denial of its own."""
    frame = keys_of(warning.partition("“")[2])
    return framed_outside(before) is not None or (bool(frame) and keys_of(before)[-len(frame) :] == frame)


def _of_words(answer: Answer, drafted: Drafted) -> Iterator[tuple[Outcome, str]]:
    match answer.words:
        case "shortened" if not all(change.elided for change in answer.changes) and drafted.marked:
            yield "changed", f"Words are left out without an ellipsis: {_described(answer.changes)}."
        case "changed" if drafted.marked:
            yield "changed", _sentence(_described(answer.changes))
        case "changed":
            yield from _of_paraphrase(answer)
        case "reported" if drafted.marked:
            yield "changed", "Printed only as reported speech, not between quotation marks."
        case "printed" if answer.matches[0].in_marks:
            yield "unconfirmed", "Printed between quotation marks, but not recognised as anybody’s quotation."
        case "printed":
            reason = "An article has these words as its own, not as anybody’s."
            yield ("changed" if drafted.marked else "unconfirmed"), reason
        case "earlier":
            yield ("changed" if drafted.marked else "unconfirmed"), f"{_of_earlier(answer)}."
        case "common":
            yield "unconfirmed", "Words so common that they do not identify a statement."
        case "missing" if drafted.marked:
            searched = answer.searched
            articles = f"{searched.articles:,} article{'' if searched.articles == 1 else 's'}"
            yield (
                "missing",
                f"No similar statement in {articles} of {searched.outlets:,} outlet{'' if searched.outlets == 1 else 's'}.",
            )
        case "missing":
            yield "unconfirmed", "Reported speech without a similar statement in the record; it may be a paraphrase."


def _of_earlier(answer: Answer) -> str:
    """Say where the words were printed: ``Printed in an earlier version of an article (Harbour Post, first seen …), not in the current one``."""
    one = answer.earlier[0]
    outlet = f"{one.outlet}, " if one.outlet else ""
    return f"Printed in an earlier version of an article ({outlet}{one.days}), not in the current one"


def _of_paraphrase(answer: Answer) -> Iterator[tuple[Outcome, str]]:
    """Reported speech may use other words, but not another number, date, name or quantity, nor another negation."""
    serious = tuple(change for change in answer.changes if change.kind in _SERIOUS and not _is_same_sense(change))
    if serious:
        yield "changed", _sentence(_described(serious))
    elif not all(change.kind == "function" or _is_tense(change) or _is_pronoun(change) for change in answer.changes):
        yield "unconfirmed", f"Reported in other words: {_described(answer.changes)}."


def _of_speaker(answer: Answer, drafted: Drafted) -> Iterator[tuple[Outcome, str]]:
    match = answer.matches[0] if answer.matches else None
    recorded = " and ".join(match.printing.speakers) if match and match.printing else ""
    if answer.speaker == "differs":
        named = (recorded, *match.printing.speakers) if match and match.printing else ()
        if drafted.said_by in named or (not drafted.sure and _same_source(answer, drafted)):
            return
        if drafted.sure:
            yield "speaker", f"The record gives the words to {recorded}, not to {answer.said_by}."
        else:
            yield "unconfirmed", f"The record gives the words to {recorded}; compare “{drafted.source}” in the draft."
    elif answer.speaker == "disputed":
        names = sorted({name for one in (match.printings if match else ()) for name in one.speakers})
        yield "unconfirmed", f"The record disagrees on who said it: {', '.join(names)}."
    elif answer.speaker == "unknown":
        yield "unconfirmed", "No printing names the speaker."
    elif answer.speaker == "not given" and answer.words not in ("missing", "common", "printed", "earlier"):
        who = f"the record gives the words to {recorded}" if recorded else "no printing does either"
        yield "unconfirmed", f"The draft does not name the speaker; {who}."


def _same_source(answer: Answer, drafted: Drafted) -> bool:
    """Whether a speaker without a name is described in the same words."""
    printed = answer.matches[0].printing
    return bool(printed and printed.source and drafted.source and plain(printed.source) == plain(drafted.source))


def _is_same_sense(change: Change) -> bool:
    """Whether a pronoun becomes a name, or one negation another: ``not true`` for ``false``."""
    negating = word_class("negation", "denial")
    both = change.asked and change.printed
    return _is_pronoun(change) or bool(
        both and all(negating & set(plain(span.text).split()) for span in (change.asked, change.printed) if span)
    )


def _is_tense(change: Change) -> bool:
    return bool(change.asked and change.printed and (plain(change.asked.text), plain(change.printed.text)) in _TENSES)


def _is_pronoun(change: Change) -> bool:
    """Whether a name in the draft stands for a pronoun in the record, or one pronoun for another."""
    return bool(change.asked and change.printed and set(plain(change.printed.text).split()) <= _PRONOUNS)


def _described(changes: tuple[Change, ...]) -> str:
    """Name the most serious changes: ``“Monday” is printed as “Friday”; “never” is left out``."""
    found = [_one(change) for change in changes[:_CHANGES]]
    more = len(changes) - len(found)
    return "; ".join([*found, *([f"{more} more"] if more else [])])


def _one(change: Change) -> str:
    if change.asked and change.printed:
        return f"“{change.asked.text}” is printed as “{change.printed.text}”"
    if change.asked:
        return f"“{change.asked.text}” is not printed"
    left_out = f"“{change.printed.text}” is left out" if change.printed else ""
    hidden = change.elided and change.kind == "negation"
    return f"an ellipsis hides a negation: {left_out}" if hidden else left_out


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
