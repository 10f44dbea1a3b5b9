"""Draw queries for ``benchmarks.check_verdicts`` from a database by rule.

    python -m benchmarks.check_verdicts --db FILE --draw --texts FOLDER…

A query is stored as pieces: text of our own, or a range of an article (the first digits of the hash of its text, start and
end), so that no text of a corpus is part of the repository. Each kind of query has its rule, and the verdicts follow from
the rule. Verdicts that a person mended after reading the query have a note.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from benchmarks.check_edits import EDITS, OTHER_WORDS, Edit
from benchmarks.check_held import Held, Piece, articles_words, held, interrupted, reported
from quotetrack.store import Store

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_TOPIC = re.compile(r"\bthe ([a-z]{6,})\b")

TWEETS = (
    "RT @thedesk: {name}: “{words}” #breaking",
    "“{words}” – {name} https://news.example/1",
    "{name}: “{words}”",
)
PARAGRAPHS = (
    "The hall was full long before the debate began. “{words},” {name} said after the vote. The second row stayed in its seats.",
    "Rain had fallen since the early morning. {name} said: “{words}.” Then the lights in the corridor went out.",
)
INVENTED = (
    "We will have to sell the {0} before anybody looks at the {1} again",
    "I told my cousins years ago that the {0} would never survive the {1}",
    "Give me three weeks with the {0} and you will not recognise the {1}",
    "My grandmother understood more about the {0} than they do about the {1}",
    "There is not a single honest person left who would defend the {0} or the {1}",
    "The {0} is a beautiful ship, but the {1} is its iceberg",
    "Whoever invented the {0} must have slept through every lesson on the {1}",
    "We could rebuild the {0} by spring if the {1} paid half of it",
    "I have carried the {0} in my pocket ever since the {1} burned down",
    "You can paint the {0} any colour, it still smells of the {1}",
)
INVENTED_BRIEFLY = (
    "The {0} ate my {1}",
    "Nobody will miss the {0}",
    "We lost the {0} again",
    "Forget the {0} and the {1}",
    "The {0} belongs to the {1}",
    "I would rather marry the {0}",
    "We cannot eat the {0}",
    "They are hiding behind the {0}",
    "Who paid for the {0}",
    "I will never sell the {0}",
    "That is the whole {0}",
    "The {0} has a future",
)


@dataclass(frozen=True, slots=True)
class Query:
    """A query with the verdicts that are right.

    Attributes:
        kind: What was done to the quotation.
        part: ``dev``, or ``held`` for articles that are only used for the figures.
        pieces: The query, or ``way`` says what is done to them: ``upper`` case or ``mojibake``.
        said_by: Pieces of the name given beside the query.
        words: Verdicts on the words that are right.
        speaker: The verdict on the speaker that is right; ``None`` where several are.
        clear: Whether an all-clear would be right.
        at: Article and range of the words that the first match must have; ``None`` if there are none.
        note: Why a person mended the verdicts.
    """

    kind: str
    part: str
    pieces: tuple[Piece, ...]
    said_by: tuple[Piece, ...] | None
    words: tuple[str, ...]
    speaker: str | None
    clear: bool
    at: tuple[str, int, int] | None
    way: str | None = None
    note: str | None = None


@dataclass
class Draw:
    """The quotations to draw from, in an order that depends on nothing but the seed."""

    held: list[Held]
    chance: random.Random
    used: dict[str, set[str]] = field(default_factory=dict)

    def take(self, kind: str, count: int, make: Callable[[Held], Query | None]) -> Iterator[Query]:
        """Make up to ``count`` queries of a kind, each of another article; ``make`` returns ``None`` if it cannot."""
        done: set[str] = set()
        for one in self.chance.sample(self.held, len(self.held)):
            if len(done) == count:
                return
            if one.article not in done and (query := make(one)):
                done.add(one.article)
                yield replace(query, kind=kind)


def part_of(article: str) -> str:
    """Half of the articles are held out."""
    return "held" if int(article[0], 16) % 2 else "dev"


def query(one: Held, pieces: Sequence[Piece], words: str, **more: Any) -> Query:
    """A query about a quotation. By default nobody is named, an all-clear is wrong and the quotation must be found."""
    at = (one.article, one.start, one.end)
    given = {"said_by": None, "speaker": "not given", "clear": False, "at": at, **more}
    return Query("", part_of(one.article), tuple(pieces), words=tuple(words.split()), **given)


def draw(store: Store, hashes: set[str], seed: int) -> list[Query]:
    """Draw all queries."""
    chance = random.Random(seed)
    everything = Draw(held(store, hashes), chance)
    named = Draw([one for one in everything.held if one.name], chance)
    found: list[Query] = []

    def add(kind: str, count: int, make: Callable[[Held], Query | None], of: Draw = everything) -> None:
        found.extend(of.take(kind, count, make))

    add("as printed", 20, lambda one: query(one, [one.piece()], "verbatim", said_by=(one.named(),), speaker="same", clear=True), named)  # fmt: skip
    add("upper case", 10, lambda one: query(one, [one.piece()], "marks", way="upper", clear=True))
    add("without commas", 10, _without_commas)
    for percent in (40, 60, 80):
        add(f"cut to {percent}%", 14, lambda one, percent=percent: _cut(one, chance, percent))  # type: ignore[misc]
    add("three to six words", 20, lambda one: _cut(one, chance, 0))
    for kind, (count, edit, words) in EDITS.items():
        add(kind, count, lambda one, edit=edit, words=words: _edited(one, edit(one.words, chance), words))  # type: ignore[misc]
    add("mojibake", 12, _mojibake)
    add("given to another, by option", 14, lambda one: _to_another(one, chance, "{words}", True), named)
    add("given to another, in the text", 12, lambda one: _to_another(one, chance, "“{words},” said {name}.", False), named)  # fmt: skip
    add("attributed in the text", 20, lambda one: _within(one, chance.choice(("“{words},” {name} said.", "{name}: {words}", "“{words},” said {name}.", "{name} said, “{words}.”"))), named)  # fmt: skip
    add("in a tweet", 14, lambda one: _within(one, chance.choice(TWEETS)), named)
    add("in a paragraph", 14, lambda one: _within(one, chance.choice(PARAGRAPHS)), named)
    add("spliced", 18, lambda one: _spliced(one, chance, everything.held))
    add("invented on the topic", 24, lambda one: _invented(one, chance))
    add("cut from a frame", 24, lambda one: _framed(one, chance))
    both = Draw(interrupted(store, hashes), chance)
    add("interrupted", 14, lambda one: query(one, [one.piece(), " ", (one.article, *one.second)], "verbatim marks", said_by=(one.named(),), speaker="same", clear=True), both)  # type: ignore[attr-defined]  # fmt: skip
    add("sentence under an ellipsis", 14, _sentence_left_out)
    brief = Draw(held(store, hashes, 4, 7), chance)
    add(
        "four to seven words, as printed",
        16,
        lambda one: query(one, [one.piece()], "verbatim common", clear=True),
        brief,
    )
    add("four to seven words, one exchanged", 20, lambda one: _brief(one, chance, False), brief)
    add("the same with the name", 14, lambda one: _brief(one, chance, True), Draw([one for one in brief.held if one.name], chance))  # fmt: skip
    add("three to seven words, invented", 20, lambda one: _invented(one, chance, INVENTED_BRIEFLY))
    outside, indirect = articles_words(store, hashes), reported(store, hashes)
    add("printed, no quotation", 18, lambda one: query(one, [one.piece()], "printed"), Draw(outside, chance))
    add("reported speech", 14, lambda one: query(one, [one.piece()], "reported"), Draw(indirect, chance))
    return found


def _without_commas(one: Held) -> Query | None:
    commas = [(found.start(), found.end(), "") for found in re.finditer(",(?= )", one.words)]
    return query(one, one.edited(*commas), "marks", clear=True) if commas else None


def _cut(one: Held, chance: random.Random, percent: int) -> Query | None:
    """A run of words; where a frame before it may turn it, a person decided."""
    words = list(_WORD.finditer(one.words))
    size = max(3, len(words) * percent // 100) if percent else chance.randrange(3, 7)
    if len(words) <= size:
        return None
    first = chance.randrange(len(words) - size + 1)
    start, end = words[first].start(), words[first + size - 1].end()
    at = (one.article, one.start + start, one.start + end)
    return query(one, [one.piece(start, end)], "verbatim" if percent else "verbatim common", clear=True, at=at)


def _edited(one: Held, edits: Sequence[Edit] | None, words: str) -> Query | None:
    return query(one, one.edited(*edits), words) if edits else None


def _mojibake(one: Held) -> Query | None:
    if one.words.isascii() or damaged(one.words) is None:
        return None
    return query(one, [one.piece()], "verbatim", way="mojibake", clear=True)


def damaged(text: str) -> str | None:
    """The text as it looks if its UTF-8 is read as Windows-1252; ``None`` if that is no text."""
    try:
        return text.encode("utf-8").decode("cp1252")
    except UnicodeError:
        return None


def filled(template: str, **pieces: Piece) -> list[Piece]:
    """The pieces of a template."""
    parts = re.split(r"\{(\w+)\}", template)
    return [pieces[part] if number % 2 else part for number, part in enumerate(parts) if part]


def _to_another(one: Held, chance: random.Random, template: str, option: bool) -> Query | None:
    if not one.others:
        return None
    name = (one.article, *chance.choice(one.others))
    pieces = filled(template, words=one.piece(), name=name)
    return query(one, pieces, "verbatim", said_by=(name,) if option else None, speaker="differs")


def _within(one: Held, template: str) -> Query:
    if one.words.endswith("?"):
        template = re.sub(r"(\{words\})[,.]", r"\1", template)
    return query(one, filled(template, words=one.piece(), name=one.named()), "verbatim", speaker="same", clear=True)


def _spliced(one: Held, chance: random.Random, others: Sequence[Held]) -> Query | None:
    other = chance.choice([each for each in others if part_of(each.article) == part_of(one.article) and each.article != one.article])  # fmt: skip
    ours, theirs = list(_WORD.finditer(one.words)), list(_WORD.finditer(other.words))
    first, second = one.piece(0, ours[len(ours) // 2].end()), other.piece(theirs[len(theirs) // 2].start())
    return query(one, [first, " ", second], "changed missing", at=None)


def _invented(one: Held, chance: random.Random, sentences: Sequence[str] = INVENTED) -> Query | None:
    topics = list({found[1]: found for found in _TOPIC.finditer(one.text)}.values())
    if len(topics) < 2:
        return None
    places = [(one.article, *found.span(1)) for found in chance.sample(topics, 2)]
    pieces = filled(chance.choice(sentences).replace("{0}", "{a}").replace("{1}", "{b}"), a=places[0], b=places[1])
    return query(one, pieces, "missing", at=None)


def _sentence_left_out(one: Held) -> Query | None:
    """A complete sentence left out under an ellipsis; if it negates, an all-clear is wrong."""
    stops = [found.end() for found in re.finditer(r"(?<=[a-z]{3})[.!?] (?=[A-Z])", one.words)]
    if len(stops) < 2:
        return None
    first, second = stops[:2]
    negates = re.search(r"\b(?:not|no|never|nobody|nothing|none|neither|cannot|without)\b|n['’]t\b", one.words[first:second], re.IGNORECASE)  # fmt: skip
    return query(one, one.edited((first, second - 1, "…")), "shortened", clear=not negates)


def _brief(one: Held, chance: random.Random, named: bool) -> Query | None:
    """A short quotation with one word exchanged. With few telling words left, it cannot be recognised with certainty."""
    words = list(_WORD.finditer(one.words))
    places = [word for word in words if len(word[0]) > 4]
    if not 4 <= len(words) <= 7 or not places:
        return None
    place = chance.choice(places)
    others = {"said_by": (one.named(),), "speaker": None} if named else {}
    new = chance.choice(OTHER_WORDS)
    if sum(len(word[0]) > 4 for word in words if word is not place) < 2:
        return query(one, one.edited((*place.span(), new)), "changed missing", at=None, **others)
    return query(one, one.edited((*place.span(), new)), "changed", **others)


def _framed(one: Held, chance: random.Random) -> Query | None:
    """Words cut from behind a negation, denial or condition, up to the next mark; a person decided which are turned."""
    frames = re.finditer(
        r"\b(?:(?:do|does|did|would|could|should|must|will|can|is|are|was|were)(?:n['’]t| not)|cannot|never|nobody|no one|deny|denied|doubt|false|if|unless|whether)\b\s+",
        one.words,
        re.IGNORECASE,
    )
    for frame in frames:
        behind = list(_WORD.finditer(re.split(r"[,.;:?!—–]", one.words[frame.end() :])[0]))
        if len(behind) >= 5:
            skipped = chance.choice((0, 1, 1, 2)) if len(behind) > 7 else chance.choice((0, 1))
            start, end = frame.end() + behind[skipped].start(), frame.end() + behind[-1].end()
            at = (one.article, one.start + start, one.start + end)
            return query(one, [one.piece(start, end)], "verbatim", at=at)
    return None


def write(path: Path, queries: Sequence[Query]) -> None:
    """Write one query a line."""
    lines = (json.dumps({k: v for k, v in asdict(one).items() if v is not None}, ensure_ascii=False) for one in queries)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def load(path: Path) -> list[Query]:
    """Read the queries that ``write`` wrote."""
    return [_read(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def _read(row: dict[str, Any]) -> Query:
    def pieces(key: str) -> tuple[Piece, ...] | None:
        return tuple(one if isinstance(one, str) else tuple(one) for one in row[key]) if key in row else None

    at = tuple(row["at"]) if "at" in row else None
    return Query(row["kind"], row["part"], pieces("pieces") or (), pieces("said_by"), tuple(row["words"]), row.get("speaker"), row["clear"], at, row.get("way"), row.get("note"))  # type: ignore[arg-type]  # fmt: skip
