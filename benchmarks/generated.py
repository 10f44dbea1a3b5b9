"""Quotations made up by the million: utterances of many speakers, printed by many outlets, their wording drifting.

Words follow each other as in a folder of real articles: a chain over pairs of words that now and then jumps, so that
generated text repeats runs of words about as often as real text does (``benchmarks/claims.py`` prints both). Which
utterance a quotation prints, and how it drifted, is known; the database made is an ordinary quotetrack database.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotetrack.cluster.sql import add, add_rows
from quotetrack.store import Store
from quotetrack.store.fill import marked_stretches
from quotetrack.store.moments import moment
from quotetrack.store.write import identifier

TYPES = (
    "identical", "marks", "truncated", "ellipsis", "insertion", "altered", "split", "run together", "half paraphrase", "reported",
)  # fmt: skip
STOCK = [
    "No comment",
    "Our thoughts and prayers are with the families",
    "We are looking into it",
    "I have nothing to add at this time",
    "This is a great day for our country",
    "We will not be intimidated",
    "The investigation is ongoing and I cannot comment further",
    "I look forward to working with all of them",
]
_JUMP = 0.3  # of words that follow none in particular
_SHIFT = {"i": "he", "my": "his", "me": "him", "we": "they", "our": "their", "us": "them", "will": "would", "can": "could",
          "am": "was", "is": "was", "are": "were", "have": "had", "has": "had"}  # fmt: skip


Truth = list[tuple[str, int, str]]  # quotation, utterance, drift


@dataclass(slots=True)
class Quoted:
    """One generated printing of utterance ``utterance``. ``drift`` is one of ``TYPES`` or ``first`` or ``stock``."""

    utterance: int
    drift: str
    speaker: int
    day: int
    kind: str
    pieces: tuple[str, ...]


class Chain:
    """The words of the texts in a folder, and which follows which."""

    def __init__(self, folder: Path) -> None:
        numbers: dict[str, int] = {}
        read: list[int] = []
        for path in sorted(folder.rglob("*.txt")):
            for word in re.findall(r"[A-Za-z]+(?:['’][A-Za-z]+)?", path.read_text(encoding="utf-8", errors="replace")):
                read.append(numbers.setdefault(word.lower(), len(numbers)))
        if not read:
            raise SystemExit(f"There are no .txt files with words in {folder}.")
        self.words = list(numbers)
        self._read = np.array(read, dtype=np.int32)
        order = np.argsort(self._read[:-1], kind="stable")
        self._following = self._read[1:][order]
        self._bounds = np.searchsorted(self._read[:-1][order], np.arange(len(self.words) + 1))

    def utterances(self, count: int, seed: int) -> list[list[str]]:
        """``count`` utterances as lists of words, 4 to 60, half of them under 14."""
        chance = np.random.default_rng(seed)
        lengths = np.clip(np.round(np.exp(chance.normal(np.log(14), 0.55, count))), 4, 60).astype(int)
        grid = np.empty((count, int(lengths.max())), dtype=np.int32)
        here = chance.choice(self._read, count)
        for column in range(grid.shape[1]):
            grid[:, column] = here
            here = self._next(here, chance)
        words = self.words
        return [[words[w] for w in row[:n]] for row, n in zip(grid.tolist(), lengths.tolist(), strict=True)]

    def _next(self, here: NDArray[np.int32], chance: np.random.Generator) -> NDArray[np.int32]:
        start, end = self._bounds[here], self._bounds[here + 1]
        step = self._following[np.minimum(start + (chance.random(len(here)) * (end - start)).astype(int), end - 1)]
        return np.where((chance.random(len(here)) < _JUMP) | (end == start), chance.choice(self._read, len(here)), step)


def printings(chain: Chain, count: int, seed: int, chunk: int = 100_000) -> Iterator[Quoted]:
    """``count`` printings: two utterances of three printed once, the others twice to fifty times in drifting wordings."""
    chance = random.Random(seed)
    made = utterance = 0
    while made < count:
        for words in chain.utterances(chunk, chance.randrange(1 << 30)):
            times = 1 if chance.random() < 0.67 else min(50, int(chance.paretovariate(1.1)) + 1)
            speaker, day = int(200_000 * chance.random() ** 3), chance.randrange(365)
            if chance.random() < 0.01:
                words = chance.choice(STOCK).split()
                times, drift, speaker = 1, "stock", 200_000 + made  # each by another person
            else:
                drift = "first"
            yield Quoted(utterance, drift, speaker, day, "direct", (sentence(words),))
            made += 1
            for _ in range(min(times - 1, count - made)):
                yield varied(words, utterance, speaker, day, chance.choice(TYPES), chain, chance)
                made += 1
            utterance += 1
            if made >= count:
                return


def sentence(words: list[str]) -> str:
    """Words as a sentence."""
    text = " ".join(words)
    return text[:1].upper() + text[1:] + "."


def varied(
    words: list[str], utterance: int, speaker: int, day: int, drift: str, chain: Chain, chance: random.Random
) -> Quoted:
    """``words`` as another outlet prints them. Utterances of under 8 words are printed as they are."""
    kind, size = "direct", len(words)
    pieces: tuple[str, ...]
    other = lambda n: [chain.words[int(w)] for w in (chance.choice(_common(chain)) for _ in range(n))]  # noqa: E731
    if drift == "identical" or size < 8:
        pieces, drift = (sentence(words),), "identical"
    elif drift == "marks":
        pieces = (
            sentence(words).upper() if chance.random() < 0.3 else ", ".join([" ".join(words[:3]), " ".join(words[3:])]),
        )
    elif drift == "truncated":
        keep = max(6, round(size * chance.uniform(0.4, 0.9)))
        start = chance.choice([0, size - keep, chance.randrange(size - keep + 1)])
        pieces = (" ".join(words[start : start + keep]),)
    elif drift == "ellipsis":
        cut = chance.randrange(4, size - 3)
        pieces = (sentence(words[:cut])[:-1] + " … " + " ".join(words[min(cut + chance.randrange(1, 4), size - 4) :]),)
    elif drift == "insertion":
        place = chance.randrange(1, size)
        pieces = (sentence([*words[:place], f"[{' '.join(other(2))}]", *words[place:]]),)
    elif drift == "altered":
        changed = list(words)
        for place in chance.sample(range(size), 1 if size < 14 else 2):
            changed[place] = other(1)[0]
        pieces = (sentence(changed),)
    elif drift == "split":
        cut = chance.randrange(3, size - 3)
        pieces = (sentence(words[:cut])[:-1] + ",", " ".join(words[cut:]) + ".")
    elif drift == "run together":
        pieces = (sentence(words) + " " + sentence(other(chance.randrange(6, 15))),)
    elif drift == "half paraphrase":
        keep = max(7, size // 2 + 1)
        start = chance.randrange(size - keep + 1)
        kind = "mixed"
        pieces = (" ".join(other(max(2, keep // 2))) + " “" + " ".join(words[start : start + keep]) + "”",)
    else:
        kind, pieces = "indirect", (" ".join(_SHIFT.get(w, w) for w in words),)
    return Quoted(utterance, drift, speaker, min(364, day + chance.randrange(3)), kind, pieces)


def _common(chain: Chain) -> list[int]:
    if not hasattr(chain, "_sample"):
        chain._sample = np.random.default_rng(3).choice(chain._read, 20_000).tolist()  # type: ignore[attr-defined]
    return chain._sample  # type: ignore[attr-defined, no-any-return]


def fill(store: Store, quoted: Iterator[Quoted], outlets: int = 200, per_article: int = 10) -> Truth:
    """Put printings into the empty ``store``, ten to an article; returns quotation, utterance and drift of each.

    The printings of one utterance go to different articles, as they come in ``quoted`` one after another.
    """
    connection = store.connection
    truth: Truth = []
    speakers: set[int] = set()
    made = 0
    with store.transaction():
        while block := list(islice(quoted, 50_000)):
            groups = _articles(block, per_article)
            rows = _rows(groups, made, outlets, truth, speakers)
            made += len(groups)
            for table, columns in rows.items():
                add_rows(connection, table, columns)
        add(
            connection,
            "speakers",
            speaker_id=[f"s{n}" for n in speakers],
            name=[f"Speaker Number {n}" for n in speakers],
            type=["person"] * len(speakers),
            wikidata=[None] * len(speakers),
        )
    return truth


def _articles(block: list[Quoted], per_article: int) -> list[list[Quoted]]:
    """Printings of one day, of different utterances as far as possible, to each article."""
    days: dict[int, list[Quoted]] = {}
    for one in block:
        days.setdefault(one.day, []).append(one)
    groups = []
    for day in days.values():
        count = max(1, len(day) // per_article)
        groups += [day[start::count] for start in range(count)]
    return groups


def _rows(
    groups: list[list[Quoted]], first: int, outlets: int, truth: Truth, speakers: set[int]
) -> dict[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = {
        name: [] for name in ("articles", "sources", "quotations", "spans", "source_speakers", "marked_stretches")
    }
    now = np.datetime64("2032-01-01T00:00:00", "us")
    for number, group in enumerate(groups, first):
        article_id = identifier("generated", number)
        published = (date(2031, 1, 1) + timedelta(days=group[0].day)).isoformat()
        text = ""
        for position, one in enumerate(group):
            quotation_id, source_id = identifier(article_id, position), identifier(article_id, position, "source")
            speakers.add(one.speaker)
            name = f"Speaker Number {one.speaker}"
            start = len(text)
            text += f"{name} said: "
            found["sources"].append(
                (source_id, article_id, start, start + len(name), name, name, "person", None, "name")
            )
            found["source_speakers"].append((source_id, f"s{one.speaker}", False))
            contents = [f"“{p}”" if one.kind == "direct" else p for p in one.pieces]
            for ordinal, content in enumerate(contents):
                found["spans"].append((quotation_id, "content", ordinal, len(text), len(text) + len(content), content))
                text += content + (" he said " if ordinal + 1 < len(contents) else "\n\n")
            found["quotations"].append(
                (
                    quotation_id,
                    article_id,
                    position,
                    one.kind,
                    " […] ".join(contents),
                    source_id,
                    None,
                    0.9,
                    "stated",
                    None,
                    0.9,
                    False,
                )
            )
            truth.append((quotation_id, one.utterance, one.drift))
        found["articles"].append(
            (article_id, f"Outlet {number % outlets}", f"https://outlet.example/{number}", f"Article {number}", None,
             published, "en", "generated", text, sha256(text.encode()).hexdigest(), "none", "generated", now,
             *moment(published))
        )  # fmt: skip
        found["marked_stretches"] += [(article_id, *place) for place in marked_stretches(text)]
    return found
