"""Check a quotation: are these the words, and is this the speaker?

Two verdicts, one on the words and one on the speaker. Nothing that differs in a word is called the same, and no speaker
is called right who was not compared. docs/check.md explains what each verdict means.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from quotetrack.check.asked import Part, mostly_unmarked, read, unmarked, without_quotations
from quotetrack.check.earlier import earlier_printings
from quotetrack.check.matching import Candidate, Found, claim_of, common_claims, find, fits
from quotetrack.check.records import Answer, Change, Match, Place, Searched, SpeakerVerdict, WordsVerdict
from quotetrack.check.speakers import Named, office_fits, verdict
from quotetrack.check.wordings import Wording
from quotetrack.cluster.windows import information
from quotetrack.cluster.wordings import encode
from quotetrack.errors import UsageError
from quotetrack.read.articles import extent
from quotetrack.read.counts import count_unsearched
from quotetrack.read.printing import Printing
from quotetrack.read.record import Record
from quotetrack.read.search import printings_of, required_bits
from quotetrack.read.speakers import Names, names_of, namesakes
from quotetrack.store import Store
from quotetrack.text.passages import keys_of
from quotetrack.text.repair import repaired

__all__ = ["Answer", "Change", "Match", "Place", "Searched", "check"]

_COMMON = 5  # claims; if more have the same few words, the words do not identify one of them
_NEAREST = 3
_MIN_OUTSIDE = 3  # words of a statement outside the quotation marks within it
_ORDER: tuple[WordsVerdict, ...] = (
    "verbatim",
    "marks",
    "shortened",
    "reported",
    "printed",
    "changed",
    "common",
    "earlier",
    "missing",
)
_SAME: tuple[WordsVerdict, ...] = ("verbatim", "marks", "shortened", "reported")


def check(store: Store, text: str, said_by: str | None = None, limit: int = 5) -> Answer:
    """Compare ``text`` with everything in the database and return the verdicts with at most ``limit`` matches.

    If ``text`` attributes the words itself (``“We will rebuild,” said Mayor Kvist.``), that name is compared unless
    ``said_by`` is given. A text of several quotations or sentences is looked up as a whole and part by part.

    Raises ``UsageError`` if ``text`` contains no words.

    >>> answer = check(store, "We will rebuild", said_by="Ada Kvist")
    >>> answer.words, answer.speaker, answer.right
    ('verbatim', 'same', True)
    """
    text = repaired(text).strip()
    if not keys_of(text):
        raise UsageError("The text contains no words; give the quotation as one argument, in quotation marks.")
    searched = searched_in(store)
    parts = read(text)
    quoted = [part for part in parts if part.quoted]
    alone = len(parts) == 1 and keys_of(parts[0].text) == keys_of(text)
    whole = _look_up(store, parts[0].text if alone else text, said_by, limit, searched)
    if whole.words in _SAME and (alone or whole.words != "shortened"):
        return whole
    part = unmarked(text) if not quoted or mostly_unmarked(text, parts) else None
    if part is not None:
        answer = _answer(store, part, said_by, limit, searched)
        if answer.words not in _SAME and (whole.words == "printed" or _prints_attribution(text, part, whole)):
            return whole
        if answer.words in _SAME or (len(parts) == 1 and not any(one.said_by for one in quoted)):
            return answer
    if alone:
        return whole
    # A quotation may itself quote a title or a word: then these marks are not those of what is to be checked.
    recognised = whole.words in ("changed", "shortened", "earlier") or not any(part.said_by for part in quoted)
    outside = whole.words != "printed" and _goes_on_outside(text, whole)
    if quoted and ((recognised and mostly_unmarked(text, parts)) or outside):
        return whole
    if len(quoted) == 1 and len(parts) == 1:
        return _answer(store, quoted[0], said_by, limit, searched)
    answers = tuple(_answer(store, part, said_by, limit, searched) for part in parts)
    return _together(whole, [one for one, part in zip(answers, parts, strict=True) if part.quoted], answers)


def _goes_on_outside(text: str, whole: Answer) -> bool:
    """Whether the best match has words that stand outside the quotation marks of ``text``: then the marks do not enclose all of it."""
    return _unchanged(without_quotations(text), whole) >= _MIN_OUTSIDE


def _prints_attribution(text: str, part: Part, whole: Answer) -> bool:
    """Whether the best match has the words that seem to attribute ``part``: `The board demands respect` may be what was said."""
    attribution = text[: text.rindex(part.text)]
    return _unchanged(attribution, whole) == len(keys_of(attribution)) > 0


def _unchanged(text: str, whole: Answer) -> int:
    """Number of words of ``text``, a version or the beginning of ``whole.asked``, that the best match has."""
    pieces = whole.matches[0].diff if whole.matches else ()
    equal = (text[piece.asked.start : piece.asked.end] for piece in pieces if piece.kind == "equal")
    return sum(len(keys_of(part)) for part in equal)


def check_wording(store: Store, wording: str, said_by: str | None, limit: int, searched: Searched) -> Answer:
    """Compare one wording, without reading quotations or names in it; ``searched`` is what ``searched_in`` returns."""
    return _look_up(store, repaired(wording).strip(), said_by, limit, searched)


def searched_in(store: Store) -> Searched:
    """Return what there is to search."""
    return store.once(_searched)


def _searched(store: Store) -> Searched:
    return Searched(*extent(store), count_unsearched(store))


def _answer(store: Store, part: Part, said_by: str | None, limit: int, searched: Searched) -> Answer:
    return _look_up(store, part.text, said_by or part.said_by, limit, searched)


def _together(whole: Answer, quoted: list[Answer], answers: tuple[Answer, ...]) -> Answer:
    """The answer for a longer text. If it has quotations, these decide: the worst verdict on words and on the speaker."""
    if not quoted:
        return replace(whole, passages=answers)
    order: tuple[SpeakerVerdict, ...] = ("same", "not given", "unknown", "not compared", "disputed", "differs")
    return replace(
        whole,
        words=max((one.words for one in quoted), key=_ORDER.index),
        speaker=max((one.speaker for one in quoted), key=order.index),
        warnings=tuple(dict.fromkeys(warning for one in quoted for warning in one.warnings)),
        changes=tuple(change for one in quoted for change in one.changes),
        matches=(),
        nearest=(),
        claims=0,
        passages=answers,
    )


def _look_up(store: Store, text: str, said_by: str | None, limit: int, searched: Searched) -> Answer:
    asked, given = Wording(text), Named.of(said_by) if said_by else None
    found = find(store, asked, given)
    by_recognition: dict[bool, list[Candidate]] = {True: [], False: []}
    for candidate in found.candidates:
        by_recognition[candidate.recognisable or candidate.words != "changed"].append(candidate)
    matches = _matches(store, by_recognition[True], found, given, limit)
    claims = common_claims(by_recognition[True])
    if claims > max(_COMMON, limit) and not (
        matches and matches[0].speaker == "same" and matches[0].words == "verbatim"
    ):
        if information([encode(text)])[0] < store.once(required_bits):
            return Answer(text, said_by, "common", _not_compared(given), (), (), tuple(matches), (), searched, claims)
    words: WordsVerdict = matches[0].words if matches else "missing"
    earlier = earlier_printings(store, asked) if words in ("changed", "missing") else ()
    if not matches or earlier:
        nearest = _matches(store, by_recognition[False], found, given, min(limit, _NEAREST)) if not matches else []
        words, changes = "earlier" if earlier else words, matches[0].changes if matches else ()
        found_words = tuple(matches), tuple(nearest)
        return Answer(text, said_by, words, _not_compared(given), (), changes, *found_words, searched, earlier=earlier)
    best = matches[0]
    speaker = best.speaker if best.printing else _not_compared(given)
    return Answer(text, said_by, best.words, speaker, best.warnings, best.changes, tuple(matches), (), searched)


def _not_compared(given: Named | None) -> SpeakerVerdict:
    return "not compared" if given else "not given"


def _matches(store: Store, candidates: list[Candidate], found: Found, given: Named | None, limit: int) -> list[Match]:
    """Group candidates by claim and rank the claims as a fact-checker would.

    The same words by the person named come first, then the same words by another, then the closest wording by the person
    named, then the closest wording.
    """
    claims = claim_of(candidates)
    groups: dict[str, list[Candidate]] = defaultdict(list)
    for one in candidates:
        groups[claims[one.printing.quotation_id] if one.printing else one.article.article_id].append(one)

    def rank(one: Candidate) -> tuple[object, ...]:
        tier = 0 if one.words in _SAME else 1 if one.words == "printed" else 2
        printing = one.printing
        # Of equal wordings, those that were said come first, then the earliest.
        moment = printing.published_at if printing else None
        return (
            tier, not fits(one, given, found.names), bool(one.warnings) if tier == 0 else 0, _ORDER.index(one.words), -one.comparison.score,
            moment is None, moment.timestamp() if moment else 0.0, one.article.article_id, one.start,
        )  # fmt: skip

    leads = sorted((min(group, key=rank) for group in groups.values()), key=rank)
    leads = _without_repetitions(leads)[:limit]
    printed = printings_of(store, [claims[one.printing.quotation_id] for one in leads if one.printing], found.printings)
    named = {key for group in printed.values() for p in group for key in p.speaker_ids} if given else ()
    names = {**found.names, **store.once(Record).names(named)}
    used = {one.printing.quotation_id for one in leads if one.printing}
    result = []
    for one in leads:
        claim = claims[one.printing.quotation_id] if one.printing else ""
        others = tuple(p for p in printed.get(claim, ()) if p.quotation_id not in used)
        used |= {p.quotation_id for p in others}
        result.append(_match(store, one, others, given, names))
    return result


def _without_repetitions(leads: list[Candidate]) -> list[Candidate]:
    """Drop a passage outside quotations if the article is shown with the words in a quotation already."""
    quoted = {one.article.article_id for one in leads if one.printing and one.words in _SAME}
    return [one for one in leads if one.printing or one.article.article_id not in quoted]


def _match(
    store: Store, one: Candidate, others: tuple[Printing, ...], given: Named | None, names: dict[str, Names]
) -> Match:
    before, after = one.around()
    speaker: SpeakerVerdict = _not_compared(given)
    if one.printing:
        speaker = verdict(given, one.printing, others, names)
        if speaker == "same" and given and _another_holds_office(store, given, one.printing, names):
            speaker = "differs"
    return Match(
        one.words, speaker, one.warnings, one.excerpt, one.in_marks, before, after, one.comparison.changes,
        one.comparison.diff, one.place, one.printing, others, one.comparison.score,
    )  # fmt: skip


def _another_holds_office(store: Store, given: Named, printing: Printing, names: dict[str, Names]) -> bool:
    """Whether ``Mayor Kvist`` is another Kvist: this one has other roles, and another is known as mayor."""
    if not given.office or not given.name or printing.speaker_ids == ():
        return False
    own = [names[key] for key in printing.speaker_ids]
    if any(not held.roles or office_fits(given, held) for held in own):
        return False
    rivals = names_of(store, set(namesakes(store, given.name.split()[-1])) - set(printing.speaker_ids))
    return any(office_fits(given, held) for held in rivals.values())
