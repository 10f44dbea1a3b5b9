"""Accuracy of speakers within articles and across articles, compared with ``tests/gold/speakers``.

    python -m benchmarks.speakers sources polnear/ [--set fresh] [--half B] [--errors] [--workers 1] [--json FILE]
    python -m benchmarks.speakers identity DATABASE polnear/ [--errors] [--json FILE]

``polnear/`` is PolNeAR as published, with ``data/dev/text`` and ``data/train/text``. ``sources`` extracts from the
articles of the gold set and evaluates the antecedent of each annotated pronoun and nominal; the set ``fresh`` is not
used in development. ``identity`` takes a database into which both text folders were ingested, and evaluates whether
mentions of one person or body have the same speaker.

For when a name is correct, see ``benchmarks.speaker_measures.same_name``. A speaker of the type ``unnamed``, and a
name that only repeats the words of the source, count as no name. A source is found if an extracted source overlaps
it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import record
from benchmarks.speaker_measures import Outcome, Tally, b_cubed, best_overlap, judged, mixed_groups, tally
from quotetrack.errors import UsageError
from quotetrack.jobs.analysis import Analyser
from quotetrack.model import Quotation, Speaker
from quotetrack.parse.models import choose
from quotetrack.store import Store

GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold" / "speakers"
SETS = ("sources", "fresh", "random", "drawn", "learning")
Record = dict[str, Any]


def main() -> int:
    """Run the given part; returns 2 if the corpus is missing."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = options.add_subparsers(dest="part", required=True)
    within = parts.add_parser("sources", help="antecedents of pronouns and nominals within their article")
    within.add_argument("corpus", type=Path)
    within.add_argument("--set", choices=SETS, default="sources", help="the gold set")
    within.add_argument(
        "--half", choices=("A", "B"), help="half of the sets random and drawn: A for development, B for evaluation"
    )
    within.add_argument("--workers", type=int, default=1)
    within.add_argument("--model-dir", type=Path)
    across = parts.add_parser("identity", help="speakers across articles, in a database")
    across.add_argument("database", type=Path)
    across.add_argument("corpus", type=Path)
    for part in (within, across):
        part.add_argument("--gold", type=Path, default=GOLD, help="folder of the gold sets")
        part.add_argument("--errors", action="store_true", help="list errors")
        record.add_option(part)
    given = options.parse_args()
    try:
        if given.part == "sources":
            sources(given)
        else:
            identity(given)
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def records(path: Path) -> list[Record]:
    """The lines of a gold set."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def text_of(corpus: Path, part: str, document: str) -> str:
    """The text of an article, with line ends as annotated. Raises ``UsageError`` if it is missing."""
    for folder in (corpus / "data" / part / "text", corpus / part / "text"):
        if (path := folder / f"{document}.txt").is_file():
            return path.read_bytes().decode("utf-8")
    raise UsageError(f"{corpus} has no article {document} in its part {part}; give the folder that holds 'data'.")


def sources(given: argparse.Namespace) -> None:
    """Print the accuracy of antecedents: overall, by type, by word and by method."""
    gold = [one for one in records(given.gold / f"{given.set}.jsonl") if given.half in (None, one.get("half"))]
    texts = {(one["part"], one["document"]): "" for one in gold}
    texts = {key: text_of(given.corpus, *key) for key in texts}
    found = extracted(texts, given.workers, given.model_dir)
    rows: list[tuple[Record, Quotation | None, Outcome | None]] = []
    for one in gold:
        quotation = quotation_at(one["start"], one["end"], found[one["part"], one["document"]])
        rows.append((one, quotation, outcome_of(one, quotation) if quotation else None))
    print("| sources | gold | found | named, found | right | right of all named | wrong names | wrong of all gold |")
    print("|---|---|---|---|---|---|---|---|")
    groups: dict[str, list[tuple[bool, Outcome | None]]] = defaultdict(list)
    for one, quotation, outcome in rows:
        word = texts[one["part"], one["document"]][one["start"] : one["end"]].lower()
        judgement = (named(one), outcome)
        for group in ("all", one["type"], f"“{word}”" if one["type"] == "pronoun" else None, _method(quotation)):
            if group:
                groups[group].append(judgement)
    fixed = ["all", "pronoun", "nominal"]
    for group in fixed + sorted(groups.keys() - set(fixed), key=lambda name: (name[0] != "“", -len(groups[name]))):
        print(_row(group, tally(groups[group])))
    record.write(given.json, {"set": given.set, "half": given.half, "sources": source_figures(groups)})
    if given.errors:
        print("\nWrong names, then missing names (document, offsets, source, answers, given):")
        for kind in ("wrong", "unnamed"):
            for one, quotation, outcome in rows:
                if outcome == kind and (kind == "wrong" or named(one)):
                    said = texts[one["part"], one["document"]][one["start"] : one["end"]]
                    wanted = one["answers"] or [names[0] for names in one.get("members", [])]
                    given_names = names_of(quotation.speaker) if quotation else []
                    print(f"{kind}\t{one['document']}\t{one['start']}-{one['end']}\t{said}\t{wanted}\t{given_names}")


def source_figures(groups: Mapping[str, Sequence[tuple[bool, Outcome | None]]]) -> dict[str, dict[str, float]]:
    """The counts and percentages of each group of sources, for ``--json``."""
    figures = {}
    for name, judgements in groups.items():
        of = tally(judgements)
        figures[name] = {
            "gold": of.total, "found": of.found, "named_found": of.named_found, "right": round(of.accuracy, 1),
            "right_of_all_named": round(of.accuracy_of_all, 1), "wrong_names": round(of.wrong_names, 1),
            "wrong_of_all_gold": round(of.wrong_of_all, 1),
        }  # fmt: skip
    return figures


def _row(name: str, of: Tally) -> str:
    return (
        f"| {name} | {of.total} | {of.found} | {of.named_found} | {of.accuracy:.1f} % | {of.accuracy_of_all:.1f} % "
        f"| {of.wrong_names:.1f} % | {of.wrong_of_all:.1f} % |"
    )


def named(one: Record) -> bool:
    """Whether the article names the antecedent of this gold source."""
    return bool(one["answers"] or one.get("members"))


def _method(quotation: Quotation | None) -> str | None:
    return f"method {quotation.method}" if quotation else None


def extracted(
    texts: dict[tuple[str, str], str], workers: int, model_dir: Path | None
) -> dict[tuple[str, str], list[Quotation]]:
    """The quotations of every text. Raises ``UsageError`` if one cannot be analysed, which would distort the figures."""
    analyser = Analyser(choose(model_dir), workers)
    keys = sorted(texts)
    batches: list[list[tuple[str, str]]] = [
        keys[start : start + analyser.batch] for start in range(0, len(keys), analyser.batch)
    ]
    result: dict[tuple[str, str], list[Quotation]] = {}
    for batch, analysed in analyser.all((batch, [texts[key] for key in batch]) for batch in batches):
        for key, (_, quotations, _) in zip(batch, analysed, strict=True):
            if isinstance(quotations, str):
                raise UsageError(f"{key[1]}: {quotations}")
            result[key] = quotations
    analyser.close()
    return result


def quotation_at(start: int, end: int, quotations: Sequence[Quotation]) -> Quotation | None:
    """The quotation whose source overlaps ``start:end`` best."""
    by_span = {(q.source.start, q.source.end): q for q in reversed(quotations) if q.source}
    span = best_overlap(start, end, by_span)
    return by_span[span] if span else None


def outcome_of(one: Record, quotation: Quotation) -> Outcome:
    """The outcome of the speaker of ``quotation`` for the gold source ``one``."""
    assert quotation.source is not None
    return judged(
        names_of(quotation.speaker), one["answers"], one.get("members", ()), one.get("also", ()), quotation.source.text
    )


def names_of(speaker: Speaker | None) -> list[str]:
    """The names of a speaker: none if it is unnamed, one for each member of a joint speaker."""
    if speaker is None or speaker.type == "unnamed":
        return []
    return [name for member in speaker.members for name in names_of(member)] or [speaker.name]


def identity(given: argparse.Namespace) -> None:
    """Print B-cubed of the gold mentions that are sources in the database, and the number of these."""
    gold = records(given.gold / "identity.jsonl")
    with Store.open(given.database, read_only=True) as store:
        clusters = dict(clusters_of(gold, given.corpus, store))
        names = dict(store.connection.execute("SELECT speaker_id, name FROM speakers").fetchall())
    figures: dict[str, Any] = {"gold_mentions": len(gold), "speakers_in_database": len(names), "mentions": {}}
    found = {key: one for key, one in ((key_of(one), one) for one in gold) if key in clusters}
    entities: dict[str, Hashable] = {key: one["entity"] for key, one in found.items()}
    print(f"{len(found)} of {len(gold)} mentions found as sources ({100 * len(found) / max(1, len(gold)):.1f} %)\n")
    print("| mentions | number | entities | precision | recall | F1 |\n|---|---|---|---|---|---|")
    for group in ("all", *(kind for kind, _ in Counter(one["kind"] for one in found.values()).most_common())):
        # Clusters are not restricted to one type: a person among mentions of a body is an error for that person, too.
        inside = {key for key, one in found.items() if group in ("all", one["kind"])}
        score = b_cubed({k: entities[k] for k in inside}, clusters)
        distinct = len({entities[k] for k in inside})
        print(f"| {group} | {len(inside)} | {distinct} | {score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f} |")
        figures["mentions"][group] = {
            "mentions": len(inside), "entities": distinct, "precision": round(score.precision, 3),
            "recall": round(score.recall, 3), "f1": round(score.f1, 3),
        }  # fmt: skip
    record.write(given.json, figures)
    if given.errors:
        print("\nMixed clusters (pairs wrongly together, speaker, entities):")
        for pairs, cluster, parts in mixed_groups(entities, clusters):
            print(
                f"{pairs}\t{_label(cluster, names)}\t"
                + "; ".join(f"{entities[part[0]]}: {', '.join(part)}" for part in parts)
            )
        print("\nSplit entities (pairs wrongly apart, entity, speakers):")
        for pairs, entity, parts in mixed_groups({key: clusters[key] for key in entities}, entities):
            said = "; ".join(f"{_label(clusters[part[0]], names)}: {', '.join(part)}" for part in parts)
            print(f"{pairs}\t{entity}\t{said}")


def _label(cluster: Hashable, names: dict[str, str]) -> str:
    return " + ".join(names.get(one, str(one)) for one in cluster) if isinstance(cluster, tuple) else "nobody"


def key_of(one: Record) -> str:
    """The key of a gold mention: its position."""
    return f"{one['part']}/{one['document']}:{one['start']}-{one['end']}"


def clusters_of(gold: Sequence[Record], corpus: Path, store: Store) -> Iterator[tuple[str, Hashable]]:
    """The cluster of each gold mention in the database: its speakers, or the mention itself if it has none."""
    rows = store.connection.execute(
        "SELECT a.sha256, s.start_char, s.end_char, list_sort(list(DISTINCT ss.speaker_id) FILTER (ss.speaker_id IS NOT NULL)) "
        "FROM sources s JOIN articles a USING (article_id) LEFT JOIN source_speakers ss USING (source_id) GROUP BY ALL "
        "ORDER BY ALL"
    ).fetchall()
    by_article: dict[str, dict[tuple[int, int], list[str]]] = defaultdict(dict)
    for sha256, start, end, speakers in rows:
        by_article[sha256][start, end] = speakers or []
    hashes: dict[tuple[str, str], str] = {}
    for one in gold:
        document = (one["part"], one["document"])
        if document not in hashes:
            hashes[document] = hashlib.sha256(text_of(corpus, *document).encode("utf-8")).hexdigest()
        spans = by_article.get(hashes[document], {})
        span = best_overlap(one["start"], one["end"], spans)
        if span:
            yield key_of(one), tuple(spans[span]) or key_of(one)


if __name__ == "__main__":
    sys.exit(main())
