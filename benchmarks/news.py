"""Accuracy of quotations, speakers and stances on diverse news, compared with ``tests/gold/news``.

    python -m benchmarks.news FOLDER --part dev [--errors] [--predictions extract.jsonl] [--json out.json]

``FOLDER`` holds one text file per article (``ID.txt``), as written by ``training.news``; the gold set contains only
offsets and labels. Each gold quotation is compared with the extracted one that covers most of its words, at least
half. A gold speaker is a name or unnamed; an extracted speaker of the type ``unnamed`` has no name. Use the part
``held`` only for the final evaluation of a change, since repeated use makes it less informative.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.speaker_measures import folded, same_name
from quotetrack import model
from quotetrack.errors import UsageError
from quotetrack.evaluate.measure import Measured
from quotetrack.model import SHOWN

GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold" / "news"
PRONOUNS = {"he", "she", "they", "it", "him", "her", "his", "their", "them"}
BANDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A gold quotation with the extracted one that covers it, or an extracted one without gold (``gold`` is ``None``)."""

    article: str
    text: str
    gold: Record | None
    found: Record | None
    kind: str
    by: str  # kind of the gold source: pronoun, nominal, name, none

    @property
    def named(self) -> bool:
        """Whether the article names the speaker."""
        return self.gold is not None and bool(self.gold["speaker"])

    @property
    def outcome(self) -> str:
        """The extracted speaker: ``right``, ``wrong`` or ``none``; ``missing`` without an extracted quotation."""
        if self.found is None:
            return "missing"
        given = names(self.found)
        wanted = self.gold["speaker"] if self.gold else None
        answers = wanted if isinstance(wanted, list) else [wanted] if wanted else []
        if _all_same(given, answers) or _is_joined(self.found, answers):
            return "right"
        if given and not (self.gold and is_description(given, self.gold, self.text)):
            return "wrong"
        return "none" if answers else "right"


def _all_same(given: Sequence[str], answers: Sequence[str]) -> bool:
    return len(given) == len(answers) and all(any(same(g, a) for g in given) for a in answers)


def _is_joined(found: Record, answers: Sequence[str]) -> bool:
    """Whether the speaker is all of ``answers``, which can contain ``and`` themselves: ``Ports and Ferries and Calder Rail``."""
    return (
        len(answers) > 1
        and bool(found.get("speaker"))
        and found["speaker"]["name"] == f"{', '.join(answers[:-1])} and {answers[-1]}"
    )


def same(given: str, answer: str) -> bool:
    """Whether ``given`` is the same name as ``answer``, a longer form, or one without its middle names or first name."""
    if same_name(given, answer) or same_name(answer, given):
        return True
    one, other = folded(given), folded(answer)
    return (
        bool(one)
        and bool(other)
        and (one == other[: len(one)] or one == other[-len(one) :])
        and len(one) * 2 >= len(other)
    )


def is_description(given: Sequence[str], gold: Record, text: str) -> bool:
    """Whether an extracted name only repeats the words of a source without a name (``the health ministry``)."""
    if gold["source"] is None:
        return False
    source = text[gold["source"][0] : gold["source"][1]]
    if gold["speaker"] and any(word[:1].isupper() for one in given for word in one.split()[1:]):
        return False
    return all(set(folded(one)) <= set(folded(source)) for one in given)


def names(found: Record) -> list[str]:
    """The names of an extracted speaker: none if it is unnamed, one for each member of a joint speaker."""
    speaker = found.get("speaker")
    if not speaker or speaker["type"] == "unnamed":
        return []
    if speaker["type"] == "joint":
        return [name for name in re.split(r", | and ", speaker["name"]) if name]
    return [speaker["name"]]


def gold_of(part: str, gold: Path = GOLD) -> list[Record]:
    """The annotated articles of a part."""
    lines = (gold / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


def text_of(folder: Path, article: Record) -> str:
    """The text of an article. Raises ``UsageError`` if it is missing or differs from the annotated text."""
    path = folder / f"{article['id']}.txt"
    if not path.is_file():
        raise UsageError(f"{folder} has no {article['id']}.txt; write the texts with 'python -m training.news'.")
    text = path.read_bytes().decode("utf-8")
    if hashlib.sha256(text.encode()).hexdigest() != article["sha256"]:
        raise UsageError(f"{path} is not the text that was annotated: its SHA-256 differs.")
    return text


def compared(article: Record, text: str, found: Sequence[Record]) -> Iterator[Row]:
    """The rows of one article."""
    measured = Measured(text)

    def words(spans: Sequence[Sequence[int]]) -> frozenset[int]:
        return measured.words(measured.tokens([(s[0], s[1]) for s in spans]))

    held = [words([(s["start"], s["end"]) for s in one["content"]]) for one in found]
    used = set()
    for gold in article["quotations"]:
        own = words(gold["content"])
        if not own:
            continue
        best = max(range(len(found)), key=lambda i: len(held[i] & own) / max(1, len(held[i] | own)), default=None)
        if best is not None and len(held[best] & own) * 2 < len(own):
            best = max(range(len(found)), key=lambda i: len(held[i] & own))
            best = best if len(held[best] & own) * 2 >= len(own) else None
        used |= {best}
        kind = measured.kind([(s, e) for s, e in gold["content"]])
        yield Row(article["id"], text, gold, found[best] if best is not None else None, kind, source_kind(text, gold))
    covered = [words(gold["content"]) for gold in article["quotations"]]
    for number, one in enumerate(found):
        if number in used or not held[number]:
            continue
        if any(len(held[number] & own) * 2 >= len(held[number]) for own in covered):
            continue  # part of a gold quotation that another extracted one covers better
        yield Row(article["id"], text, None, one, one["kind"], "none")


def source_kind(text: str, gold: Record) -> str:
    """``pronoun``, ``name``, ``nominal`` or ``none``, depending on the words of the gold source."""
    if gold["source"] is None:
        return "none"
    source = text[gold["source"][0] : gold["source"][1]]
    if source.lower().strip() in PRONOUNS | {"who", "which"}:
        return "pronoun"
    speaker = gold["speaker"]
    wanted = speaker if isinstance(speaker, list) else [speaker] if speaker else []
    words = set(folded(source))
    if wanted and all(set(folded(one)) & words for one in wanted):
        return "name"
    return "nominal"


def is_shown(found: Record) -> bool:
    """Whether reports show the quotation by default; predictions of older versions have no stance."""
    return model.is_shown(found.get("stance", "stated"), bool(found.get("bare")), found["kind"], found["confidence"])


def figures(rows: Sequence[Row]) -> dict[str, Any]:
    """All figures of a part."""
    gold = [row for row in rows if row.gold]
    speech = [row for row in gold if row.gold and row.gold["stance"] in SHOWN]
    shown = [row for row in rows if row.found and is_shown(row.found)]
    matched = [row for row in shown if row.gold]
    not_speech = [r for r in shown if r.gold is None or r.gold["stance"] not in SHOWN]
    table = {
        "quotations": len(gold),
        "found": _share(sum(row.found is not None for row in gold), len(gold)),
        "found of statements": _share(sum(row.found is not None for row in speech), len(speech)),
        "shown": len(shown),
        "shown without gold": _share(sum(row.gold is None for row in shown), len(shown)),
        "shown, no statement": _share(len(not_speech), len(shown)),
        "shown, speaker": outcomes(matched),
        "direct, named": outcomes([r for r in gold if r.kind == "direct" and r.named]),
        "pronouns, named": outcomes([r for r in gold if r.by == "pronoun" and r.named]),
        "pronouns": outcomes([r for r in gold if r.by == "pronoun"]),
        "nominals, named": outcomes([r for r in gold if r.by == "nominal" and r.named]),
        "nominals": outcomes([r for r in gold if r.by == "nominal"]),
        "names": outcomes([r for r in gold if r.by == "name"]),
        "no source": outcomes([r for r in gold if r.by == "none"]),
        "stance": _share(sum(r.found.get("stance", "stated") == r.gold["stance"] for r in gold if r.found and r.gold), sum(r.found is not None for r in gold)),
    }  # fmt: skip
    table["by confidence"] = confidence(shown)
    return table


def outcomes(rows: Sequence[Row]) -> dict[str, Any]:
    """The counts, and the shares of all and of found quotations."""
    counts = Counter(row.outcome for row in rows)
    found = len(rows) - counts["missing"]
    return {
        "n": len(rows),
        **counts,
        "right of all": _share(counts["right"], len(rows)),
        "wrong of all": _share(counts["wrong"], len(rows)),
        "right of found": _share(counts["right"], found),
        "wrong of found": _share(counts["wrong"], found),
    }


def confidence(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The numbers of shown and of correct names in each band of ``speaker_confidence``."""
    bands: dict[float, list[bool]] = defaultdict(list)
    for row in rows:
        if row.found and names(row.found):
            value = row.found.get("speaker_confidence", row.found["confidence"])
            low = max(b for b in BANDS if b <= value)
            bands[low].append(row.gold is not None and row.outcome == "right")
    return [{"from": low, "names": len(own), "right": _share(sum(own), len(own))} for low, own in sorted(bands.items())]


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def extracted(articles: Sequence[Record], texts: Mapping[str, str]) -> dict[str, list[Record]]:
    """The quotations extracted from each article, as JSON records."""
    from quotetrack.extract import extract
    from quotetrack.parse.pipeline import Parser

    parser = Parser()
    ids = [article["id"] for article in articles]
    return {
        i: [one.to_dict() for one in extract(p)]
        for i, p in zip(ids, parser.parse_all([texts[i] for i in ids]), strict=True)
    }


def errors(rows: Sequence[Row]) -> Iterator[str]:
    """One line for each gold quotation with a wrong speaker or stance, and for each one shown without gold."""
    for row in rows:
        content = row.found["content"] if row.found else None
        one = (
            content[0]["text"]
            if content
            else row.text[row.gold["content"][0][0] : row.gold["content"][0][1]]
            if row.gold
            else ""
        )
        said = " ".join(one.split())[:90]
        source = row.text[slice(*row.gold["source"])] if row.gold and row.gold["source"] else ""
        if row.gold is None and row.found and is_shown(row.found):
            cue = (row.found.get("cue") or {}).get("text")
            yield f"extra\t{row.article}\t{row.kind}\t{cue}\t{names(row.found)}\t{row.found['confidence']}\t{said}"
        elif row.gold and row.outcome != "right":
            sure = (
                (row.found.get("speaker_confidence", row.found["confidence"]), row.found.get("method"))
                if row.found
                else ""
            )
            given = names(row.found) if row.found else ""
            yield f"{row.outcome}\t{row.article}\t{row.kind}\t{row.by}\t{source[:50]!r}\twant {row.gold['speaker']}\tgot {given}\t{sure}\t{said}"
        if row.gold and row.found and row.found.get("stance", "stated") != row.gold["stance"]:
            cue = row.text[slice(*row.gold["cue"])] if row.gold["cue"] else ""
            yield f"stance\t{row.article}\t{cue}\twant {row.gold['stance']}\tgot {row.found.get('stance')}\t{said}"


def main() -> None:
    """Read the options, compare, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--part", choices=("train", "more", "dev", "check", "test", "held"), default="dev")
    options.add_argument("--predictions", type=Path, help="output of 'quotetrack extract' for the texts")
    options.add_argument("--errors", action="store_true", help="list errors")
    options.add_argument("--json", type=Path)
    options.add_argument("--gold", type=Path, default=GOLD)
    given = options.parse_args()
    articles = gold_of(given.part, given.gold)
    texts = {article["id"]: text_of(given.folder, article) for article in articles}
    if given.predictions:
        lines = map(json.loads, given.predictions.read_text(encoding="utf-8").splitlines())
        found = {Path(line["doc"]).stem: line["quotations"] for line in lines}
    else:
        found = extracted(articles, texts)
    rows = [row for article in articles for row in compared(article, texts[article["id"]], found[article["id"]])]
    result = figures(rows)
    for name, value in result.items():
        print(f"{name:24} {json.dumps(value)}")
    if given.json:
        given.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    if given.errors:
        print(*errors(rows), sep="\n")


if __name__ == "__main__":
    main()
