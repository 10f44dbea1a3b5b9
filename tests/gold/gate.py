"""The gate: figures on the gold set may not fall under their floors, and neither gold nor floors change in silence.

``floors.json`` holds a hash of the gold set and, for each view, the least F1 of each measure. ``python -m tests.gold.update``
writes it: it raises floors to what is reached now and refuses to lower one unless told to.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotetrack.evaluate import Result, compare, from_models, read_corpus, result_of
from quotetrack.parse.models import choose

FOLDER = Path(__file__).resolve().parent
FLOORS = FOLDER / "floors.json"
# How many sources are right among the contents found is not held: finding one more hard quotation may lower it. What
# counts is both together.
MEASURES = ("exact", "begin", "overlap", "both")
VIEWS = ("all", "direct", "indirect", "mixed", "speech")

# F1 in per cent: view (all, direct, …), measure (exact, …), figure.
Figures = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Floors:
    """What ``floors.json`` says."""

    gold: str
    figures: Figures

    @classmethod
    def read(cls, path: Path = FLOORS) -> Floors:
        loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return cls(loaded["gold_sha256"], loaded["floors"])

    def write(self, path: Path = FLOORS) -> None:
        text = json.dumps({"gold_sha256": self.gold, "floors": self.figures}, indent=1, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")


def gold_hash(folder: Path = FOLDER) -> str:
    """A hash of every text and annotation of the gold set, names included; line ends as they are."""
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("*.txt"), *folder.glob("*.ann")]):
        for part in (path.name.encode(), path.read_bytes()):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def measured(folder: Path = FOLDER) -> Result:
    """Extraction with the embedded models on the gold set; raises ``RuntimeError`` if any of it cannot be read."""
    articles, unread = read_corpus(folder)
    found, failed = from_models(articles, choose(None, None), workers=1)
    if unread or failed:
        raise RuntimeError("; ".join(f"{one.location}: {one.reason}" for one in [*unread, *failed]))
    return result_of([compare(article, found[article.name]) for article in articles])


def figures(result: Result) -> Figures:
    """The F1 of every measure by view; outlets have no floors, they are too small."""
    rows = [row for row in result.rows if row.name in VIEWS]
    return {row.name: {measure: getattr(row, measure).f1 for measure in MEASURES} for row in rows}


def fallen(now: Figures, floors: Figures) -> list[str]:
    """A sentence for each figure that is under its floor or gone, worst first."""
    found = []
    for view, least in floors.items():
        for measure, floor in least.items():
            reached = now.get(view, {}).get(measure, 0.0)
            if reached < floor:
                found.append((reached - floor, f"{view}, {measure}: {reached} is under its floor of {floor}."))
    return [sentence for _, sentence in sorted(found)]


def update(now: Figures, gold: str, before: Floors | None, allow_lower: bool) -> tuple[Floors, list[str]]:
    """New floors and what is said of them. Raises ``ValueError``, naming each, where a floor would go down unasked."""
    lower = fallen(now, before.figures) if before else []
    if lower and not allow_lower:
        raise ValueError("Floors would be lowered; say --allow-lower if that is meant:\n" + "\n".join(lower))
    said = [f"lowered: {sentence}" for sentence in lower]
    old = before.figures if before else {}
    for view, reached in now.items():
        for measure, figure in reached.items():
            floor = old.get(view, {}).get(measure)
            if floor is None or figure > floor:
                said.append(f"raised: {view}, {measure}: {floor if floor is not None else 'none'} to {figure}")
    if before and before.gold != gold:
        said.append("the gold set has changed")
    return Floors(gold, now), said
