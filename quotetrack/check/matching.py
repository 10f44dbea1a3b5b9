"""Find the printings that a wording can be compared with, and judge each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from quotetrack.check.asked import pieces
from quotetrack.check.compare import Comparison, closest, compare_at
from quotetrack.check.frames import frame_of, framed_outside
from quotetrack.check.records import Place, WordsVerdict
from quotetrack.check.speakers import Named, name_fits, printing_fits
from quotetrack.check.wordings import Wording
from quotetrack.read.articles import ArticleText, marked_stretches
from quotetrack.read.printing import Printing
from quotetrack.read.record import Record
from quotetrack.read.search import Hit, exact, required_bits, similar
from quotetrack.read.short_sentences import one_changed
from quotetrack.read.speakers import Names, names_of, speakers_in
from quotetrack.store import Store
from quotetrack.text.paragraphs import paragraphs
from quotetrack.text.passages import OVERLAP, keys_of
from quotetrack.text.sentences import sentence_before

_MAX_HITS = 300  # passages with the exact words
_MAX_HITS_NAMED = 20_000  # if somebody is named, who may speak in the last of them
_MAX_ARTICLES = 30  # read for them
_MAX_OCCURRENCES = 5  # in one text
_SAID = ("stated", "requested")
NOT_SAID = {
    "denied": "printed as something the speaker denied",
    "asked": "printed as a question, not as a statement",
    "declined": "printed as something the speaker declined to say",
    "hypothetical": "printed as something that might be said, or is announced",
    "believed": "printed as a belief, hope or fear, not as a statement",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A printed wording compared with the one asked for. ``printing`` is ``None`` outside any quotation."""

    words: WordsVerdict
    comparison: Comparison
    printing: Printing | None
    article: ArticleText
    start: int
    end: int
    in_marks: bool
    excerpt: bool
    recognisable: bool
    warnings: tuple[str, ...]

    @property
    def place(self) -> Place:
        """Where the words stand."""
        a = self.article
        text = a.text[self.start : self.end]
        return Place(a.article_id, self.start, self.end, text, a.outlet, a.title, a.url, a.published, a.sha256, a.dated)

    def around(self) -> tuple[str, str]:
        """Return the printed words of the same paragraph before and after."""
        text = self.article.text
        first, last = next(((a, b) for a, b in paragraphs(text) if a <= self.start < b), (self.start, self.end))
        return text[first : self.start], text[self.end : max(last, self.end)]


@dataclass(slots=True)
class Found:
    """Candidates of one wording, with what was read for them; ``names`` only if somebody is named."""

    candidates: list[Candidate] = field(default_factory=list)
    printings: dict[str, Printing] = field(default_factory=dict)
    texts: dict[str, ArticleText] = field(default_factory=dict)
    names: dict[str, Names] = field(default_factory=dict)


def find(store: Store, asked: Wording, given: Named | None) -> Found:
    """Find all places that have the words of ``asked``, and the quotations with similar ones."""
    hits = _hits(store, asked, given)
    quotations = {quotation for hit in hits for quotation in hit.quotations.split()}
    found = Found()
    required, record = store.once(required_bits), store.once(Record)
    _add(record, found, asked, given, quotations, required)
    if not any(
        one.words in ("verbatim", "marks") and (given is None or fits(one, given, found.names))
        for one in found.candidates
    ):
        close = {*similar(store, asked.text), *one_changed(store.connection, asked.text)}
        _add(record, found, asked, given, close - quotations, required)
    keys = sorted({hit.article_id for hit in hits})
    found.texts |= record.articles(keys)
    outside: list[Candidate] = []
    for key in keys:
        held = [c.printing for c in found.candidates if c.printing and c.article.article_id == key]
        outside += _outside(asked, found.texts[key], [hit for hit in hits if hit.article_id == key], held)
    marked = marked_stretches(store, {one.article.article_id for one in outside})
    found.candidates += [
        replace(one, in_marks=any(a <= one.start and one.end <= b for a, b in marked.get(one.article.article_id, ())))
        for one in outside
    ]
    return found


def _add(
    record: Record, found: Found, asked: Wording, given: Named | None, quotations: set[str], required: float
) -> None:
    """Compare with these quotations and add the candidates."""
    shown = record.printings(quotations)
    found.texts |= record.articles({printing.article_id for printing in shown.values()})
    if given is not None:
        found.names |= record.names({key for printing in shown.values() for key in printing.speaker_ids})
    found.printings |= shown
    for printing in shown.values():
        named = given is not None and printing_fits(given, printing, found.names)
        candidate = _in_quotation(asked, printing, found.texts[printing.article_id], required, named)
        if candidate is not None:
            found.candidates.append(candidate)


def _hits(store: Store, asked: Wording, given: Named | None) -> list[Hit]:
    """Return the passages to read that have the longest part of the wording in a row."""
    longest = max((keys_of(piece)[:OVERLAP] for piece in pieces(asked.text)), key=len)
    hits = exact(store, longest, _MAX_HITS_NAMED if given else _MAX_HITS)
    keys = list(dict.fromkeys(hit.article_id for hit in hits))
    if len(keys) <= _MAX_ARTICLES:
        return hits
    if given is not None:
        # Those in which the person named speaks are read first.
        pairs = speakers_in(store, keys)
        names = names_of(store, {speaker for _, speaker in pairs})
        speaking = {article for article, speaker in pairs if speaker in names and name_fits(given, names[speaker])}
        keys.sort(key=lambda key: key not in speaking)
    kept = set(keys[:_MAX_ARTICLES])
    return [hit for hit in hits if hit.article_id in kept]


def _in_quotation(
    asked: Wording, printing: Printing, article: ArticleText, required: float, named: bool
) -> Candidate | None:
    """Compare with a quotation: at each place that has the words, or else at the most similar one."""
    printed = Wording.of_spans(printing.content, article.text)
    recognisable = True
    places = printed.occurrences(asked.keys)[:_MAX_OCCURRENCES]
    if not places:
        nearest = closest(asked, printed, required, named)
        if nearest is None:
            return None
        first, end, recognisable = nearest
        places = [(first, end)]
    candidates = [_judged(asked, printed, printing, article, *place, recognisable) for place in places]
    return min(candidates, key=lambda one: len(one.warnings))


def _judged(
    asked: Wording, printed: Wording, printing: Printing, article: ArticleText, first: int, end: int, recognisable: bool
) -> Candidate:
    comparison = compare_at(asked, printed, first, end)
    ranges = printed.ranges(first, end)
    in_marks = printing.kind == "direct" or all(
        any(span.start <= start and stop <= span.end for span in printing.verbatim) for start, stop in ranges
    )
    words: WordsVerdict = comparison.agreement
    if not in_marks and words != "changed":
        words = "reported"
    warnings = []
    if printing.stance not in _SAID:
        warnings.append(NOT_SAID[printing.stance])
    asks = asked.text.rstrip(" ”\"’'").endswith("?")
    if frame := frame_of(printed, first, end, asks) or _frame_in_article(printing, article, ranges[0][0], first):
        warnings.append(f"cut from a sentence that changes its meaning: “{frame}”")
    warnings += [
        f"the ellipsis leaves out a sentence with a negation: “{text}”" for text in comparison.elided_sentences
    ]
    excerpt = first > 0 or end < len(printed.tokens)
    return Candidate(
        words,
        comparison,
        printing,
        article,
        ranges[0][0],
        ranges[-1][1],
        in_marks,
        excerpt,
        recognisable,
        tuple(warnings),
    )


def _frame_in_article(printing: Printing, article: ArticleText, start: int, first: int) -> str | None:
    """A denial in the article's own words directly before a quotation."""
    if first > 0:
        return None
    return framed_outside(sentence_before(article.text, start))


def _outside(asked: Wording, article: ArticleText, hits: Sequence[Hit], held: Sequence[Printing]) -> list[Candidate]:
    """The first place of the exact words in an article that no quotation of ``held`` covers, if there is one."""
    covered = [(span.start, span.end) for printing in held for span in printing.content]
    margin = 2 * len(asked.text)  # the passage has only the longest part of the wording
    for hit in hits:
        if hit.quotation_id or any(a <= hit.start and hit.end <= b for a, b in covered):
            continue
        first_char = max(0, hit.start - margin)
        printed = Wording(article.text[first_char : hit.end + margin], ((0, first_char),))
        for first, end in printed.occurrences(asked.keys):
            [(start, stop)] = printed.ranges(first, end)
            comparison = compare_at(asked, printed, first, end)
            if comparison.changes or any(a <= start and stop <= b for a, b in covered):
                continue
            return [Candidate("printed", comparison, None, article, start, stop, False, False, True, ())]
    return []


def common_claims(candidates: Iterable[Candidate]) -> int:
    """Number of claims that have the exact words."""
    held = [c.printing for c in candidates if c.printing and c.words in ("verbatim", "marks", "reported")]
    return len({p.claims[0].claim_id if p.claims else p.quotation_id for p in held})


def claim_of(candidates: Sequence[Candidate]) -> dict[str, str]:
    """Assign each quotation to one of its claims, the one with the most candidates; without a claim, to itself."""
    sizes = Counter(c.claim_id for one in candidates if one.printing for c in one.printing.claims)
    found = {}
    for one in candidates:
        if one.printing is not None:
            claims = [c.claim_id for c in one.printing.claims]
            found[one.printing.quotation_id] = min(
                claims, key=lambda claim: (-sizes[claim], claim), default=one.printing.quotation_id
            )
    return found


def fits(candidate: Candidate, given: Named | None, names: dict[str, Names]) -> bool:
    """Whether the person named is a speaker of this printing."""
    return given is not None and candidate.printing is not None and printing_fits(given, candidate.printing, names)
