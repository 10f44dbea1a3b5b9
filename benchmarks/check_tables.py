"""Tables of ``docs/benchmarks.md`` about ``quotetrack check``."""

from __future__ import annotations

from benchmarks.markdown import Results, field, measured

CHECK_TARGETS = {"as printed": 0.98, "altered": 0.98, "invented": 0.99}


def check(results: Results) -> str:
    """Accuracy and latency of ``quotetrack check``."""
    record = results.read("check")
    rows = [{**row, "target": CHECK_TARGETS.get(row["queries"])} for row in record["figures"]["queries"]]
    columns = [
        ("queries", field("queries")), ("number", field("number", ",")), ("correct", field("right", ".3f")),
        ("target", field("target")), ("median, ms", field("median_ms")), ("95th percentile, ms", field("p95_ms")),
        ("maximum, ms", field("worst_ms")),
    ]  # fmt: skip
    return measured(record, columns, rows)


def check_queries(results: Results) -> str:
    """Verdicts of ``quotetrack check`` on fixed queries, both halves."""
    record = results.read("check-queries")
    rows = []
    for dev, held in zip(record["figures"]["dev"], record["figures"]["held"], strict=True):
        row = {"queries": dev["queries"], "false_clear": dev["false_clear"] + held["false_clear"]}
        row["false_alarm"] = dev["false_alarm"] + held["false_alarm"]
        for key in ("words_right", "speaker_right", "first"):
            row[key] = f"{dev[key]}/{dev['number']}, {held[key]}/{held['number']}"
        rows.append(row)
    columns = [
        ("queries", field("queries")), ("verdict on words right", field("words_right")),
        ("on the speaker", field("speaker_right")), ("right claim first", field("first")),
        ("false all-clears", field("false_clear")), ("false alarms", field("false_alarm")),
    ]  # fmt: skip
    return measured(record, columns, rows)


def check_queries_blind(results: Results) -> str:
    """Verdicts of ``quotetrack check`` on queries that were drawn and labelled before it was asked."""
    record = results.read("check-queries-blind")
    rows = [
        {key: one[key] if key == "queries" else one[key] + other[key] for key in one}
        for one, other in zip(record["figures"]["dev"], record["figures"]["held"], strict=True)
    ]
    columns = [
        ("queries", field("queries")), ("number", field("number")), ("verdict on words right", field("words_right")),
        ("on the speaker", field("speaker_right")), ("right claim first", field("first")),
        ("false all-clears", field("false_clear")), ("false alarms", field("false_alarm")),
    ]  # fmt: skip
    return measured(record, columns, rows)
