"""The tables of ``docs/benchmarks.md``, one per topic, from the result files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.check_tables import check, check_queries, check_queries_blind
from benchmarks.markdown import Column, Results, Row, field, measured, pair, table
from benchmarks.run_tables import growth_texts, hostile, kills, pages, site

# Target F1 on PolNeAR's development part: exact, overlap, content and source.
POLNEAR_TARGETS = {
    "all": (56, 72, 66), "direct": (85, 95, 91), "indirect": (48, 63, 56), "mixed": (66, 82, 76), "speech": (64, 78, 74),
}  # fmt: skip
MODEL_TARGETS = {
    "Tokens": 99.3, "Sentences": 91, "UPOS": 95, "Lemmas": 96.5, "LAS": 82, "entities, annotated tokens given": 84,
    "entities, as printed": 84,
}  # fmt: skip
SPEED_TARGETS = {
    "quotetrack, 1 process / spaCy, 1 process": 1.0,
    "quotetrack, 2 processes / quotetrack, 1 process": 1.8,
}
SYSTEMS = {
    "spacy": "spaCy", "textacy": "textacy", "stanza": "`stanza.Pipeline`", "datasketch": "datasketch (MinHash LSH)",
    "rensa": "rensa (MinHash LSH)", "cdist": "rapidfuzz `cdist`, all pairs",
}  # fmt: skip


def polnear(results: Results) -> str:
    """F1 on PolNeAR's development part with the targets and the agreement of two annotators."""
    record, people = results.read("polnear-dev"), results.figures("polnear-annotators")["kinds"]
    rows = [
        {
            "kind": kind, **figures, "target": " / ".join(map(str, POLNEAR_TARGETS[kind])),
            "people": " / ".join(f"{people[kind][measure]:.1f}" for measure in ("exact", "overlap", "both")),
        }
        for kind, figures in record["figures"]["kinds"].items()
    ]  # fmt: skip
    columns = [
        ("quotations", field("kind")), *_f1_columns(), ("target", field("target")), ("two annotators", field("people")),
    ]  # fmt: skip
    return measured(record, columns, rows)


def _f1_columns() -> list[Column]:
    return [
        ("exact", field("exact", ".1f")),
        ("overlap", field("overlap", ".1f")),
        ("content and source", field("both", ".1f")),
    ]


def confidence(results: Results) -> str:
    """The share of correct quotations by their confidence."""
    record = results.read("polnear-dev")
    columns = [
        ("confidence", lambda row: f"{row['from']:.2f} to {row['to']:.2f}"),
        ("quotations", field("quotations", ",")),
        ("content and source correct, %", field("right", ".1f")),
    ]
    return measured(record, columns, record["figures"]["confidence"])


def gold_set(results: Results) -> str:
    """F1 on the invented articles of ``tests/gold``."""
    record = results.read("gold-set")
    rows = [{"kind": kind, **figures} for kind, figures in record["figures"]["kinds"].items()]
    return measured(record, [("quotations", field("kind")), *_f1_columns()], rows)


def news(results: Results) -> str:
    """Speakers and stances on news of many kinds, before the present version and now."""
    record = results.read("news-held")
    runs = {name: results.figures(f"news-{name}") for name in ("held-before", "test-before", "dev-before")}
    runs |= {part: results.read(f"news-{part}")["figures"] for part in ("held", "test", "dev")}
    outcome = pair(field("right of all", ".1f"), field("wrong of all", ".1f"))
    measures: list[tuple[str, Callable[[Any], str | None], str | None]] = [
        ("shown by default although not a statement", field("shown, no statement", ".1f"), "4"),
        ("shown by default: speaker correct / wrong", lambda all_: outcome(all_["shown, speaker"]), "90 / 2"),
        ("direct, speaker named: correct / wrong", lambda all_: outcome(all_["direct, named"]), "95 / 2"),
        ("pronouns with a named antecedent: correct / wrong", lambda all_: outcome(all_["pronouns, named"]), "95 / 2"),
        (
            "noun phrases with a named antecedent: correct / wrong",
            lambda all_: outcome(all_["nominals, named"]),
            "85 / 3",
        ),
        ("sources that print the name: correct / wrong", lambda all_: outcome(all_["names"]), None),
        ("names with a confidence of 0.9 or more: correct", _sure, "97"),
        ("stance correct", field("stance", ".1f"), None),
    ]
    rows = [
        {"measure": name, "target": target, **{run: value(figures) for run, figures in runs.items()}}
        for name, value, target in measures
    ]
    columns = [
        ("%", field("measure")), ("target", field("target")),
        ("held, 0.1.0", field("held-before")), ("held, now", field("held")),
        ("test, 0.1.0", field("test-before")), ("test, first score", field("test")),
        ("dev, 0.1.0", field("dev-before")), ("dev, now", field("dev")),
    ]  # fmt: skip
    return measured(record, columns, rows)


def _sure(figures: Any) -> str:
    bands = [band for band in figures["by confidence"] if band["from"] >= 0.9]
    names = sum(band["names"] for band in bands)
    return f"{sum(band['names'] * band['right'] for band in bands) / names:.1f} of {names}"


UNSEEN = ("speakers-fresh", "speakers-random-b", "speakers-drawn-b")
SEEN = ("speakers-random-a", "speakers-drawn-a", "speakers-learning", "speakers-sources")


def speakers(results: Results) -> str:
    """Accuracy of the antecedents of pronouns and noun phrases on each gold set."""
    rows: list[dict[str, Any]] = []
    for name in UNSEEN + SEEN:
        record = results.read(name)
        figures, sources = record["figures"], record["figures"]["sources"]
        title = f"`{figures['set']}`" + (f", half {figures['half']}" if figures["half"] else "")
        by_type = {kind: sources[kind]["right"] for kind in ("pronoun", "nominal") if kind in sources}
        rows.append(
            {**sources["all"], **by_type, "set": title, "seen": "yes" if name in SEEN else "no", "date": record["date"]}
        )
    rows.insert(len(UNSEEN), {"set": "the three unseen sets", "seen": "no", **_total(rows[: len(UNSEEN)])})
    columns = [
        ("gold set", field("set")), ("used in development", field("seen")), ("sources found", field("found")),
        ("with a named antecedent", field("named_found")), ("accuracy, %", field("right", ".1f")),
        ("pronouns", field("pronoun", ".1f")), ("noun phrases", field("nominal", ".1f")),
        ("wrong names, %", field("wrong_names", ".1f")), ("date", field("date")),
    ]  # fmt: skip
    record = {
        **results.read(UNSEEN[0]),
        "command": "python -m benchmarks.speakers sources polnear --set SET [--half HALF]",
    }
    record["date"] = "see the table"
    return measured(record, columns, rows)


def _total(rows: Sequence[Row]) -> dict[str, Any]:
    """The counts and percentages of several gold sets together."""
    found, named = sum(row["found"] for row in rows), sum(row["named_found"] for row in rows)
    right = sum(round(row["right"] * row["named_found"] / 100) for row in rows)
    wrong = sum(round(row["wrong_names"] * row["found"] / 100) for row in rows)
    return {
        "found": found, "named_found": named, "right": 100 * right / named, "wrong_names": 100 * wrong / found,
        "date": max(row["date"] for row in rows),
    }  # fmt: skip


def identity(results: Results) -> str:
    """B-cubed of speakers across articles."""
    record = results.read("speakers-identity")
    rows = [{"group": group, **figures} for group, figures in record["figures"]["mentions"].items()]
    columns = [
        ("mentions", field("group")), ("number", field("mentions")), ("precision", field("precision", ".3f")),
        ("recall", field("recall", ".3f")), ("F1", field("f1", ".3f")),
        ("speakers in the database", lambda row: f"{record['figures']['speakers_in_database']:,}"),
    ]  # fmt: skip
    return measured(record, columns, rows)


def identities(results: Results) -> str:
    """Pairs of quotations in invented sets that linking joined wrongly or missed."""
    record = results.read("identities")
    columns = [
        ("file", field("file")), ("held out", lambda row: "yes" if row["held_out"] else "no"), ("sets", field("sets")),
        ("sets right", field("right")), ("wrong joins", lambda row: f"{row['wrong']} of {row['apart']}"),
        ("missed", lambda row: f"{row['missed']} of {row['together']}"),
    ]  # fmt: skip
    return measured(record, columns, record["figures"])


def linking(results: Results) -> str:
    """Time, memory and precision of linking generated sources."""
    record = results.read("linking")
    columns = [
        ("sources", field("sources", ",")), ("speakers generated", field("speakers_generated", ",")),
        ("speakers found", field("speakers_found", ",")), ("linking, s", field("link_seconds", ".1f")),
        ("10 more articles, s", field("update_seconds", ".2f")), ("pairs correct, %", field("pair_precision", ".2f")),
        ("peak memory, MB", field("peak_mb", ",")),
    ]  # fmt: skip
    return measured(record, columns, record["figures"])


def claims_planted(results: Results) -> str:
    """Recall of generated variants by the kind of their change."""
    record = results.read("claims-planted")
    columns = [
        ("change", field("drift")),
        ("printings", field("printings", ",")),
        ("recall", field("found", ".4f")),
    ]
    return measured(record, columns, record["figures"][-1]["drifts"])


def claims_gold(results: Results) -> str:
    """Precision, recall and F1 on pairs judged by people."""
    record = results.read("claims-gold")
    figures = record["figures"]
    rows = [{"pairs judged": f"similarity of {row['least']} or more", **row} for row in reversed(figures["likeness"])]
    rows += [{"pairs judged": f"`{name}.jsonl`", **row} for name, row in figures["files"].items()]
    rows.append({"pairs judged": "B-cubed, quotations of `clusters.jsonl`", **figures["b_cubed"]})
    columns = [
        ("pairs judged", field("pairs judged")), ("number", field("pairs")), ("same utterance", field("same")),
        ("precision", field("precision", ".3f")), ("recall", field("recall", ".3f")), ("F1", field("f1", ".3f")),
    ]  # fmt: skip
    return measured(record, columns, rows)


def claims_speed(results: Results) -> str:
    """Time and memory of clustering databases of generated quotations."""
    record = results.read("claims-speed")
    columns = [
        ("quotations", field("quotations", ",")), ("pairs of wordings", field("wording_pairs", ",")),
        ("claims", field("claims", ",")), ("time, s", field("seconds", ",.1f")),
        ("ms per 1,000", field("ms_per_thousand")), ("peak memory of all processes, MB", field("peak_mb", ",")),
        ("database, MB", field("database_mb", ",")),
    ]  # fmt: skip
    return measured(record, columns, record["figures"])


def claims_one(results: Results) -> str:
    """Time of clustering after one more article."""
    record = results.read("claims-one")
    columns = [
        ("quotations in the database", field("quotations", ",")), ("articles added", field("articles")),
        ("median, s", field("median_seconds", ".2f")), ("maximum, s", field("worst_seconds", ".2f")),
    ]  # fmt: skip
    return measured(record, columns, [record["figures"]])


def claims_peers(results: Results) -> str:
    """Clustering compared with MinHash LSH and the comparison of all pairs."""
    record = results.read("claims-peers")
    columns = [
        ("quotations", field("quotations", ",")), ("system", _system), ("time, s", field("seconds", ".1f")),
        ("peak memory, MB", field("peak_mb", ",")), ("recall, truncated", field("truncated_recall", ".3f")),
        ("recall, altered", field("altered_recall", ".3f")), ("recall, all changes", field("recall", ".3f")),
        ("precision of pairs", field("pair_precision", ".4f")),
    ]  # fmt: skip
    return measured(record, columns, record["figures"])


def _system(row: Row) -> Any:
    return SYSTEMS.get(row["system"], row["system"])


def models(results: Results) -> str:
    """F1 of the embedded models on the test parts."""
    record = results.read("models")
    rows = [
        {"measure": name, "f1": value, "target": MODEL_TARGETS.get(name)} for name, value in record["figures"].items()
    ]
    columns = [("measure", field("measure")), ("F1", field("f1", ".2f")), ("target", field("target"))]
    return measured(record, columns, rows)


def speed(results: Results) -> str:
    """Throughput compared with spaCy and textacy, and the ratios within rounds."""
    record = results.read("speed")
    columns = [
        ("system", _system), ("processes", field("processes")),
        ("articles/s (median)", field("articles_per_second", ".2f")),
        ("range", lambda row: f"{row['lowest']:.2f} to {row['highest']:.2f}"),
        ("characters/s", field("characters_per_second", ",")), ("peak memory per process, MB", field("peak_mb", ",")),
    ]  # fmt: skip
    rows = [{"name": _ratio_name(row), **row} for row in record["figures"]["ratios"]]
    ratios = [
        ("throughput ratio within a round", field("name")), ("median", field("median", ".2f")),
        ("target", lambda row: SPEED_TARGETS.get(row["name"])),
        ("rounds", lambda row: ", ".join(f"{value:.2f}" for value in row["rounds"]) or None),
    ]  # fmt: skip
    systems = measured(record, columns, record["figures"]["systems"])
    return f"{systems}\n\n{table(ratios, rows)}"


def _ratio_name(row: Row) -> str:
    return " / ".join(
        f"{SYSTEMS.get(system, system)}, {count} process{'es' if count > 1 else ''}"
        for system, count in (row["numerator"], row["denominator"])
    )


def speed_stanza(results: Results) -> str:
    """Time compared with ``stanza.Pipeline`` with the same models."""
    record = results.read("speed-stanza")
    columns = [("system", _system), ("articles", field("articles")), ("time, s", field("seconds", ".1f"))]
    return measured(record, columns, record["figures"])


def growth(results: Results) -> str:
    """Throughput and memory of ingesting more and more articles."""
    record = results.read("growth")
    columns = [
        ("articles", field("articles", ",")), ("characters", field("characters", ",")),
        ("quotations", field("quotations", ",")), ("time, s", field("seconds", ",")),
        ("articles/s", field("articles_per_second", ".2f")),
        ("peak memory of a worker, MB", field("worker_peak_mb", ",")),
        ("peak memory of the main process, MB", field("main_peak_mb", ",")),
    ]  # fmt: skip
    return measured(record, columns, record["figures"])


def memory(results: Results) -> str:
    """Peak memory of each stage at the largest size measured, taken from the other results."""
    ingest, linked, clustered = (results.read(name) for name in ("growth", "linking", "claims-speed"))
    rows = [
        {
            "stage": f"ingest of {ingest['figures'][-1]['articles']:,} articles, one worker",
            "mb": max(row["worker_peak_mb"] for row in ingest["figures"]), "target": 1500,
        },
        {
            "stage": f"ingest of {ingest['figures'][-1]['articles']:,} articles, main process",
            "mb": max(row["main_peak_mb"] for row in ingest["figures"]),
        },
        {
            "stage": f"linking of {linked['figures'][-1]['sources']:,} sources",
            "mb": linked["figures"][-1]["peak_mb"],
        },
        {
            "stage": f"clustering of {clustered['figures'][-1]['quotations']:,} quotations, all processes",
            "mb": clustered["figures"][-1]["peak_mb"], "target": 12_000,
        },
    ]  # fmt: skip
    columns = [
        ("stage", field("stage")), ("peak memory, MB", field("mb", ",")), ("target", field("target", ",")),
    ]  # fmt: skip
    return f"Commands, machine and dates: as in the sections on growth, linking and claims.\n\n{table(columns, rows)}"


def manual(results: Results) -> str:
    """Samples that a person read against the articles."""
    record = results.read("manual")
    columns = [
        ("checked", field("checked")), ("sample", field("sample")), ("correct", field("right")), ("date", field("date")),
    ]  # fmt: skip
    return measured(record, columns, record["figures"])


TABLES: dict[str, Callable[[Results], str]] = {
    "polnear": polnear, "confidence": confidence, "gold-set": gold_set, "news": news, "speakers": speakers,
    "identity": identity, "identities": identities, "linking": linking, "claims-planted": claims_planted, "claims-gold": claims_gold,
    "claims-speed": claims_speed, "claims-one": claims_one, "claims-peers": claims_peers, "check": check, "check-queries": check_queries,
    "check-queries-blind": check_queries_blind,
    "models": models, "speed": speed, "speed-stanza": speed_stanza, "growth": growth, "growth-texts": growth_texts, "site": site, "memory": memory, "manual": manual,
    "pages": pages, "kills": kills, "hostile": hostile,
}  # fmt: skip
