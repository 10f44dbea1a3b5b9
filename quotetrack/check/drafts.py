"""Check the quotations of a draft: those that extraction finds, and all other words in quotation marks."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quotetrack.check import check_wording, searched_in
from quotetrack.check.draft_records import Checked, DraftReport, Outcome, worst
from quotetrack.check.outcomes import Drafted, Judged, judge
from quotetrack.check.records import Answer, Searched
from quotetrack.check.speakers import Named, office_fits
from quotetrack.inputs.drafts import Draft
from quotetrack.model import LOW_CONFIDENCE, Quotation, Span, is_shown
from quotetrack.read.speakers import names_of
from quotetrack.store import Store
from quotetrack.text.paragraphs import paragraphs
from quotetrack.text.passages import keys_of
from quotetrack.text.quoted import Quoted, quoted_stretches
from quotetrack.text.sentences import sentence_before

_MIN_WORDS = 4  # between quotation marks with nobody named; fewer are a term, a title or a scare quote
_TOO_SHORT = "Up to three words in quotation marks, not attributed to anybody by name."
_TITLE = "It looks like a title, and is not in the record."
_LIMIT = 3  # matches of each answer
_PRONOUNS = frozenset(
    [
        "i",
        "we",
        "you",
        "he",
        "she",
        "it",
        "they",
        "one",
        "who",
        "him",
        "her",
        "them",
        "himself",
        "herself",
        "themselves",
        "this",
        "that",
        "these",
        "those",
    ]
)
_THAT = re.compile(r"^that\s+", re.IGNORECASE)
_NO_NAMES = ("unnamed", "group", "place", "document")


@dataclass(frozen=True, slots=True)
class _Record:
    """What a draft is compared with."""

    store: Store
    searched: Searched

    def answer(self, wording: str, said_by: str | None) -> Answer:
        return check_wording(self.store, wording, said_by, _LIMIT, self.searched)


def check_quotations(store: Store, draft: Draft, quotations: Sequence[Quotation]) -> DraftReport:
    """Check the ``quotations`` that extraction finds in ``draft``, and the other words between quotation marks.

    Words between marks are compared strictly: a change of any word counts. Reported speech may paraphrase, so only a
    changed negation, number, date, name or quantity counts. A quotation within another one is checked as part of that.
    """
    record = _Record(store, searched_in(store))
    stretches = quoted_stretches(draft.text, paragraphs(draft.text))
    outer = _outermost(quotations)
    topics = [one for one in outer if one.kind == "indirect" and one.bare]
    unlikely = [one for one in outer if not is_shown("stated", False, one.kind, one.confidence)]
    found = [_checked(record, draft, one, stretches) for one in outer if one not in topics and one not in unlikely]
    for stretch in stretches:
        if not any(span.start < stretch.end and stretch.start < span.end for one in outer for span in one.content):
            found.append(_unattributed(record, draft, stretch))
    found.sort(key=lambda one: (one.spans[0].start, one.spans[-1].end))
    return DraftReport(draft, tuple(found), (*draft.notes, *_left_out(topics, unlikely)))


def _left_out(topics: Sequence[Quotation], unlikely: Sequence[Quotation]) -> Iterator[str]:
    """Say what was not checked because it is no statement."""
    if topics:
        yield f"Not checked, only topics: {_listed(topics)}."
    if others := [one for one in unlikely if one not in topics]:
        yield f"Not checked, unlikely to be anybody’s statement: {_listed(others)}."


def _listed(quotations: Sequence[Quotation]) -> str:
    return ", ".join(f"“{' '.join(one.text.split())}”" for one in quotations)


def _outermost(quotations: Sequence[Quotation]) -> list[Quotation]:
    """Drop quotations whose content lies within that of a longer one."""

    def within(one: Quotation, other: Quotation) -> bool:
        longer = sum(len(span.text) for span in other.content) > sum(len(span.text) for span in one.content)
        return longer and all(
            any(outer.start <= span.start and span.end <= outer.end for outer in other.content) for span in one.content
        )

    return [one for one in quotations if not any(within(one, other) for other in quotations)]


def _checked(record: _Record, draft: Draft, quotation: Quotation, stretches: Sequence[Quoted]) -> Checked:
    names, drafted = _presented(quotation)
    base = Checked(
        quotation.content,
        draft.number(quotation.content[0].start),
        quotation.kind,
        " and ".join(names) or None,
        quotation.role.text if quotation.role else None,
        "unchecked",
        ("unchecked",),
        (),
        (),
        (),
    )
    marked = [draft.text[one.start : one.end] for one in _marked_parts(draft.text, quotation.content, stretches)]
    if not names and marked and all(len(keys_of(part)) < _MIN_WORDS for part in marked):
        return replace(base, reasons=(_TOO_SHORT,))
    judged = _judged(record, draft, quotation, names, drafted, stretches)
    if marked and all(one.outcome == "missing" for one in judged) and all(_is_title(part) for part in marked):
        return replace(base, reasons=(_TITLE,))
    faults = tuple(dict.fromkeys(fault for one in judged for fault in one.faults))
    reasons = dict.fromkeys(
        reason for one in sorted(judged, key=lambda one: one.outcome != worst(faults)) for reason in one.reasons
    )
    return replace(
        base,
        outcome=worst(faults),
        faults=faults,
        reasons=tuple(reasons),
        notes=_notes(record, base, judged),
        answers=tuple(one.answer for one in judged),
    )


def _presented(quotation: Quotation) -> tuple[list[str], Drafted]:
    """Return the names that the draft gives the words to, and how it presents them."""
    speaker, source = quotation.speaker, quotation.source.text if quotation.source else None
    names: list[str] = []
    if speaker is not None:
        names = [member.name for member in speaker.members] or [speaker.name]
        if len(names) == 1 and len(speaker.name.split()) == 1 and quotation.role:
            names = [f"{speaker.name}, {quotation.role.text}"]  # a surname alone may have namesakes
    elif source and set(keys_of(source)) - _PRONOUNS:
        names = [source]
    inferred = quotation.method in ("pronoun", "neighbour") and quotation.speaker_confidence < LOW_CONFIDENCE
    sure = speaker is not None and speaker.type not in _NO_NAMES and not inferred
    return names, Drafted(quotation.kind != "indirect", names[0] if names else None, source, sure, quotation.stance)


def _judged(
    record: _Record, draft: Draft, quotation: Quotation, names: list[str], drafted: Drafted, stretches: Sequence[Quoted]
) -> list[Judged]:
    """Judge each part of a quotation: between marks strictly, the rest as reported speech."""
    if quotation.kind == "direct":
        drafted = replace(drafted, before=sentence_before(draft.text, quotation.content[0].start))
        return _direct(record, draft.text, quotation.content, names, drafted)
    reported = _by_each(record, quotation.content, names, replace(drafted, marked=False))
    if quotation.kind == "indirect":
        return [reported]
    marked = [
        _by_each(record, [span], names, replace(drafted, before=sentence_before(draft.text, span.start)))
        for span in _marked_parts(draft.text, quotation.content, stretches)
    ]
    # The words around the marked ones are the writer's; only a change of sense counts there.
    return [*marked, reported] if reported.outcome == "changed" or not marked else marked


def _marked_parts(text: str, content: Sequence[Span], stretches: Sequence[Quoted]) -> list[Span]:
    """The parts of ``content`` between quotation marks."""
    return [
        Span.of(text, max(span.start, one.inner_start), min(span.end, one.inner_end))
        for span in content
        for one in stretches
        if max(span.start, one.inner_start) < min(span.end, one.inner_end)
    ]


def _direct(record: _Record, text: str, content: Sequence[Span], names: list[str], drafted: Drafted) -> list[Judged]:
    """Judge an interrupted quotation as a whole; if it is not printed so, sentence group by sentence group."""
    whole = _by_each(record, content, names, drafted)
    groups = list(_groups(text, content))
    if len(groups) == 1 or whole.answer.words in ("verbatim", "marks"):
        return [whole]
    return [_by_each(record, group, names, drafted) for group in groups]


def _groups(text: str, content: Sequence[Span]) -> Iterator[list[Span]]:
    """Join the spans that an attribution interrupts within a sentence."""
    group = [content[0]]
    for before, after in itertools.pairwise(content):
        ended = before.text.rstrip(" ”\"’'»").endswith((".", "!", "?", "…"))
        if ended or any(mark in text[before.end : after.start] for mark in ".!?\n"):
            yield group
            group = []
        group.append(after)
    yield group


def _by_each(record: _Record, content: Sequence[Span], names: list[str], drafted: Drafted) -> Judged:
    """Compare the words with what each of the speakers said, and return the worst result."""
    wording = _joined(content) if drafted.marked else _THAT.sub("", _joined(content))
    speakers: Sequence[str | None] = names or [None]
    judged = [judge(record.answer(wording, name), replace(drafted, said_by=name)) for name in speakers]
    outcome = worst(one.outcome for one in judged)
    return next(one for one in judged if one.outcome == outcome)


def _joined(content: Sequence[Span]) -> str:
    """Join the spans of an interrupted quotation, without the marks and commas of the interruption."""
    parts = [span.text.strip().strip('“”"„«»‘’') for span in content]
    return " ".join([*(part.rstrip(",") for part in parts[:-1]), parts[-1]])


def _unattributed(record: _Record, draft: Draft, stretch: Quoted) -> Checked:
    """Check words in quotation marks that nobody is said to have said."""
    span = Span.of(draft.text, stretch.start, stretch.end)
    inner = draft.text[stretch.inner_start : stretch.inner_end]
    base = Checked(
        (span,), draft.number(span.start), None, None, None, "unchecked", ("unchecked",), (), (), ()
    )  # fmt: skip
    if len(keys_of(inner)) < _MIN_WORDS:
        return replace(base, reasons=(_TOO_SHORT,))
    judged = judge(record.answer(inner, None), Drafted(True, None, None, False))
    if judged.outcome == "missing" and _is_title(inner):
        return replace(base, reasons=(_TITLE,))
    return replace(base, outcome=judged.outcome, faults=judged.faults, reasons=judged.reasons, answers=(judged.answer,))


def _is_title(text: str) -> bool:
    """Whether all words of four letters or more begin with a capital letter, and it does not end like a sentence."""
    longer = [word for word in text.split() if len(word) > 3]
    return len(longer) > 1 and all(word[:1].isupper() for word in longer) and text.rstrip()[-1:] not in ".!"


def _notes(record: _Record, base: Checked, judged: Sequence[Judged]) -> tuple[str, ...]:
    """Note a role that the record does not have for the speaker."""
    printing = next((one.answer.matches[0].printing for one in judged if one.answer.matches), None)
    outcomes: set[Outcome] = {one.outcome for one in judged}
    if base.role is None or printing is None or "speaker" in outcomes:
        return ()
    held = names_of(record.store, printing.speaker_ids).values()
    roles = list(dict.fromkeys(role for names in held for role in names.roles))
    if not roles or any(office_fits(Named("", base.role), names) for names in held):
        return ()
    return (f"The draft calls the speaker “{base.role}”; the record has “{printing.role or roles[0]}”.",)
