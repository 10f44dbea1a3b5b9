"""Whom sources stand for, held against answers given by hand: within an article, and across articles.

    python -m benchmarks.speakers sources POLNEAR [--errors]
    python -m benchmarks.speakers identity DATABASE [--errors]

``sources`` extracts the articles of ``tests/gold/speakers/sources.jsonl`` (PolNeAR, pronouns and nominals) and counts, for each
gold source that came out as a source, whether it got a name that is right. ``identity`` reads a database into which PolNeAR
was ingested and gives B-cubed (Bagga and Baldwin 1998) over the mentions of ``identity.jsonl``.

A name is right if it is an answer's, or a longer or shorter form of one: the same last name, and first names, where both
have them, the same or an initial of each other; for bodies, the same name without article. Who names nobody is neither right nor wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from quotetrack.extract.names import fold
from quotetrack.link.names import body_key
from quotetrack.model import Quotation

GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold" / "speakers"


def main() -> None:
    """Measure one of the two and print a Markdown table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("what", choices=("sources", "identity"))
    options.add_argument("place", type=Path)
    options.add_argument("--errors", action="store_true")
    given = options.parse_args()
    (sources if given.what == "sources" else identity)(given.place, given.errors)


def gold(name: str) -> list[dict[str, Any]]:
    """The rows of a gold file."""
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


def right_name(given: str, answers: Iterable[str]) -> bool:
    """Whether ``given`` is one of ``answers`` or another form of one (the head of the module says which)."""
    return any(_same(fold(given), fold(answer)) or body_key(given) == body_key(answer) for answer in answers)


def _same(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    if a[-1] != b[-1]:
        return len(a) > 1 and len(b) > 1 and (a[: len(b)] == b or b[: len(a)] == a)
    if len(a) == 1 or len(b) == 1:
        return True
    return a[0] == b[0] or (a[0][0] == b[0][0] and 1 in (len(a[0]), len(b[0]))) or a[0] in b or b[0] in a


def sources(polnear: Path, errors: bool) -> None:
    """Accuracy on those with a named antecedent, and wrong names over all."""
    from quotetrack.extract import extract
    from quotetrack.parse.pipeline import Parser

    rows = gold("sources.jsonl")
    articles = sorted({row["article"] for row in rows})
    texts = [(polnear / "data" / "dev" / "text" / f"{name}.txt").read_bytes().decode("utf-8") for name in articles]
    found = dict(zip(articles, map(extract, Parser(threads=1).parse_all(texts)), strict=True))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        outcome, given = judge(row, found[row["article"]])
        for key in ("all", row["type"]):
            counts[key][outcome] += 1
        if errors and outcome not in ("right", "rightly none", "not extracted"):
            print(
                f"{outcome:8} {row['article']} {row['start']}: {given or '—'}; should be {row['answers']}",
                file=sys.stderr,
            )
    print(
        "| sources | with a name | right | none | wrong | accuracy | without a name | named all the same | wrong names | not extracted |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for key, c in counts.items():
        named, bare = c["right"] + c["wrong"] + c["none"], c["rightly none"] + c["named"]
        print(
            f"| {key} | {named} | {c['right']} | {c['none']} | {c['wrong']} | {c['right'] / named:.1%} | {bare} | {c['named']} | "
            f"{(c['wrong'] + c['named']) / (named + bare):.1%} | {c['not extracted']} |"
        )


def judge(row: dict[str, Any], quotations: list[Quotation]) -> tuple[str, str]:
    """What became of a gold source (``right``, ``wrong``, ``none``, ``rightly none``, ``named``, ``not extracted``), and the name given."""
    at = [q for q in quotations if q.source and q.source.start < row["end"] and row["start"] < q.source.end]
    exact = [q for q in at if q.source and q.source.end - q.source.start <= 2 * (row["end"] - row["start"]) + 4]
    if not exact:
        return "not extracted", ""
    speaker = exact[0].speaker
    unnamed = speaker is None or speaker.type in ("unnamed", "document") or exact[0].method == "none"
    members = row.get("members")
    wanted = bool(row["answers"] or members)
    if unnamed or (speaker is not None and speaker.type == "organisation" and speaker.name.islower()):
        return ("none" if wanted else "rightly none"), ""
    assert speaker is not None
    if not wanted:
        return (
            "rightly none" if exact[0].method == "nominal" and _describes(speaker.name, exact[0]) else "named"
        ), speaker.name
    if members:
        given = [m.name for m in speaker.members] or [speaker.name]
        fits = all(any(right_name(g, [m]) for g in given) for m in members)
        return ("right" if fits else "wrong"), speaker.name
    return ("right" if right_name(speaker.name, row["answers"]) else "wrong"), speaker.name


def _describes(name: str, quotation: Quotation) -> bool:
    """Whether the name is the source phrase itself: kept as described, nobody named."""
    return quotation.source is not None and body_key(name) == body_key(quotation.source.text)


def identity(database: Path, errors: bool) -> None:
    """B-cubed over the gold mentions that are sources in the database."""
    from quotetrack.store import Store

    gold_of: dict[str, str] = {}
    system: dict[str, str] = {}
    missing = 0
    with Store.open(database, read_only=True) as store:
        for number, row in enumerate(gold("identity.jsonl")):
            found = store.connection.execute(
                "SELECT s.source_id, ss.speaker_id, p.name FROM sources s JOIN articles a USING (article_id) "
                "LEFT JOIN source_speakers ss USING (source_id) LEFT JOIN speakers p USING (speaker_id) "
                "WHERE ends_with(a.location, ?) AND s.start_char < ? AND ? < s.end_char AND NOT coalesce(ss.joint, false) "
                "ORDER BY abs(s.start_char - ?) + abs(s.end_char - ?), ss.speaker_id NULLS LAST LIMIT 1",
                [f"/{row['article']}.txt", row["end"], row["start"], row["start"], row["end"]],
            ).fetchone()
            if found is None:
                missing += 1
                continue
            gold_of[str(number)] = row["entity"]
            system[str(number)] = f"{found[1]} {found[2]}" if found[1] else f"none {number}"
    precision, recall, f1 = b_cubed(gold_of, system)
    print("| mentions | found | entities | B-cubed precision | recall | F1 |\n|---|---|---|---|---|---|")
    print(
        f"| {len(gold_of) + missing} | {len(gold_of)} | {len(set(gold_of.values()))} | {precision:.1%} | {recall:.1%} | {f1:.1%} |"
    )
    if errors:
        _show(gold_of, system)


def b_cubed(gold_of: dict[str, str], system: dict[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the clusters ``system`` (mention to cluster) against ``gold_of``, over the same mentions."""
    by_gold, by_system = _clusters(gold_of), _clusters(system)
    precision = recall = 0.0
    for mention, entity in gold_of.items():
        mine, true = by_system[system[mention]], by_gold[entity]
        both = len(mine & true)
        precision += both / len(mine)
        recall += both / len(true)
    precision, recall = precision / max(1, len(gold_of)), recall / max(1, len(gold_of))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _clusters(of: dict[str, str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for mention, cluster in of.items():
        found[cluster].add(mention)
    return found


def _show(gold_of: dict[str, str], system: dict[str, str]) -> None:
    for title, one, other in (("mixed", system, gold_of), ("split", gold_of, system)):
        for cluster, mentions in sorted(_clusters(one).items(), key=lambda item: -len(item[1])):
            counts = Counter(other[m] for m in mentions)
            if len(counts) > 1:
                print(f"{title} {cluster}: {counts.most_common(6)}", file=sys.stderr)


if __name__ == "__main__":
    main()
