"""Learn whom pronouns and noun phrases stand for, from sources read by hand.

    python -m training.antecedents --polnear DIR --out quotetrack/extract/data/antecedents.json

``DIR`` holds PolNeAR's ``data``. Learns from ``sources.jsonl``, ``learning.jsonl`` and the halves A of ``random.jsonl``
and ``drawn.jsonl`` in tests/gold/speakers, never from a half B or ``fresh.jsonl``. What was said before tells of what comes
next, so articles are gone through again with the weights of the round before, each source that was read answered as it
was read. Prints what weights learnt on nine tenths of the articles make of the tenth.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from quotetrack.extract.antecedents import KINDS, Answer, Question, QuestionKind, answer

from benchmarks.speaker_measures import judged
from benchmarks.speakers import GOLD, records, text_of
from quotetrack.extract import drafts
from quotetrack.extract.someone import Someone
from quotetrack.model import Parsed
from quotetrack.parse.pipeline import Parser

# How the gold sets call what each kind of question is asked of.
TYPES: dict[QuestionKind, str] = {"pronoun": "pronoun", "nominal": "nominal", "body": "nominal"}
LEARNT_FROM = ("sources", "learning", "random", "drawn")
ROUNDS = 2
FOLDS = 10
STEPS = 600
# Strength of the pull towards no weight at all, per example: the fewer there are, the stronger.
RIDGE: dict[QuestionKind, float] = {"pronoun": 0.005, "nominal": 0.005, "body": 0.02}
Weights = dict[str, dict[str, float]]
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """A question and which candidate it was read to mean; ``None`` for nobody among them."""

    document: str
    question: Question
    right: int | None


def main() -> None:
    """Read the options, learn, write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--polnear", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    given = options.parse_args()
    gold = [one for name in LEARNT_FROM for one in records(GOLD / f"{name}.jsonl") if one.get("half") != "B"]
    places = sorted({(one["part"], one["document"]) for one in gold})
    parser = Parser()
    parsed = dict(zip(places, parser.parse_all([text_of(given.polnear, *place) for place in places]), strict=True))
    weights = learnt(gold, parsed)
    given.out.write_text(json.dumps(weights, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def learnt(gold: Sequence[Record], parsed: Mapping[tuple[str, str], Parsed]) -> Weights:
    """The weights, with what they are worth printed."""
    weights: Weights = {kind: {} for kind in KINDS}
    for _ in range(ROUNDS):
        found = examples(gold, parsed, weights)
        weights = {kind: fit([one for one in found if one.question.kind == kind]) for kind in weights}
    for kind in weights:
        report(kind, [one for one in found if one.question.kind == kind])
    return weights


def examples(gold: Sequence[Record], parsed: Mapping[tuple[str, str], Parsed], weights: Weights) -> list[Example]:
    """The questions that extraction asks about the sources of ``gold``, each with its answer."""
    read: dict[tuple[str, str], dict[int, Record]] = defaultdict(dict)
    for one in gold:
        read[one["part"], one["document"]][one["start"]] = one
    found: list[Example] = []
    for place, article in parsed.items():
        known = read[place]
        asked: set[int] = set()

        def choose(
            question: Question,
            place: tuple[str, str] = place,
            known: dict[int, Record] = known,
            asked: set[int] = asked,
        ) -> Answer:
            one = known.get(question.span.start)
            if one is None or one["type"] != TYPES[question.kind] or abs(question.span.end - one["end"]) > 2:
                return answer(question, weights[question.kind])
            candidates = [someone for someone, _ in question.candidates]
            right = _which(candidates, one["answers"], one.get("members", []))
            allowed = _which(candidates, one.get("also", []), []) is not None
            if question.span.start not in asked and (right is not None or not allowed):
                asked.add(question.span.start)
                found.append(Example(place[1], question, right))
            return Answer(None, 1.0) if right is None else Answer(question.candidates[right][0], 1.0)

        for _ in drafts(article, choose):
            pass
    return found


def _which(candidates: Sequence[Someone], answers: Sequence[str], members: Sequence[Sequence[str]]) -> int | None:
    for index, someone in enumerate(candidates):
        given = [one.name for one in someone.members] or [someone.name]
        if judged(given, answers, members) == "right":
            return index
    return None


def fit(found: Sequence[Example]) -> dict[str, float]:
    """The weights that make the right answers likeliest, by gradient ascent with momentum (Adam)."""
    names = sorted({name for one in found for features in _options(one) for name in features})
    column = {name: at for at, name in enumerate(names)}
    rows = [(number, features) for number, one in enumerate(found) for features in _options(one)]
    table = np.zeros((len(rows), len(names)))
    for row, (_, features) in enumerate(rows):
        for name, value in features.items():
            table[row, column[name]] = value
    first = np.cumsum([0, *(len(_options(one)) for one in found)])
    right = table[
        [
            at + (len(_options(one)) - 1 if one.right is None else one.right)
            for at, one in zip(first, found, strict=False)
        ]
    ]
    owner = np.array([number for number, _ in rows])
    weights, mean, square = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):
        scores = table @ weights
        scores -= np.maximum.reduceat(scores, first[:-1])[owner]
        powers = np.exp(scores)
        shares = powers / np.add.reduceat(powers, first[:-1])[owner]
        slope = (right.sum(axis=0) - shares @ table) / len(found) - RIDGE[found[0].question.kind] * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        weights = weights + 0.05 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return {name: round(float(weights[at]), 3) for name, at in column.items()}


def _options(one: Example) -> list[Mapping[str, float]]:
    return [*(features for _, features in one.question.candidates), one.question.nobody]


def report(kind: str, found: Sequence[Example]) -> None:
    """Print how articles that were held out come out at some thresholds."""
    judged: list[tuple[float, bool, bool]] = []
    for fold in range(FOLDS):
        inside = [one for one in found if zlib.crc32(one.document.encode()) % FOLDS == fold]
        weights = fit([one for one in found if zlib.crc32(one.document.encode()) % FOLDS != fold])
        for one in inside:
            given = answer(one.question, weights)
            named = one.right is not None
            right = named and given.someone is one.question.candidates[one.right or 0][0]
            judged.append((given.probability if given.someone is not None else 0.0, right, named))
    named = sum(one[2] for one in judged)
    print(f"{kind}: {len(judged)} sources, {named} with a candidate that is right")
    for least in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        chosen = [one for one in judged if one[0] >= least]
        right = sum(one[1] for one in chosen)
        wrong = len(chosen) - right
        print(f"  at {least}: {100 * right / named:.1f} % right, {100 * wrong / len(judged):.1f} % wrong names")


if __name__ == "__main__":
    main()
