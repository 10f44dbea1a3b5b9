"""The tables of ``docs/benchmarks.md`` about subjects, sites, web pages, killed runs, and the time of an ingest and its growth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.markdown import Results, field, measured, table
from benchmarks.news_subjects import COLUMNS


def site(results: Results) -> str:
    """Time, memory and size of the site of many speakers."""
    columns = [
        ("run", field("run")), ("dossiers", field("dossiers", ",")), ("files", field("files", ",")), ("written", field("written", ",")),
        ("processor time, s", field("processor_seconds", ",")), ("peak memory, MB", field("peak_mb", ",")),
        ("site, MB", field("site_mb", ",")), ("home page, KB", field("home_kb", ",")),
    ]  # fmt: skip
    return measured(results.read("site"), columns, results.read("site")["figures"])


def growth_texts(results: Results) -> str:
    """How the time of extraction and linking grows with inputs that are dense in one thing."""
    record = results.read("growth-texts")
    columns = [("dense in", field("kind")), ("time, s", _by_size), ("exponent", field("exponent", ".2f"))]
    return measured(record, columns, record["figures"])


def _by_size(row: dict[str, Any]) -> str:
    return ", ".join(f"{int(size):,} {row['unit']}: {seconds:.2f}" for size, seconds in row["seconds"].items())


def pages(results: Results) -> str:
    """What is read from saved web pages, by halves of the outlets."""
    record = results.read("pages")
    counted = ("title", "title_shown", "date", "authors", "outlet", "outlet_named")
    rows = [{**row, **{name: f"{row[name]} of {row['pages']}" for name in counted}} for row in record["figures"]]
    columns = [
        ("outlets", field("part")), ("pages", field("pages")), ("title as annotated", field("title")),
        ("or as shown", field("title_shown")), ("date", field("date")), ("authors", field("authors")),
        ("outlet as annotated", field("outlet")), ("or as the page names it", field("outlet_named")),
        ("paragraphs", field("paragraphs")),
        ("of these found, %", field("found_percent")), ("on a line of their own", field("paragraphs_apart")),
    ]  # fmt: skip
    return measured(record, columns, rows)


def kills(results: Results) -> str:
    """Kills by step, and how many left a state between or another end."""
    record = results.read("kills")
    figures = record["figures"]
    rows = [{"step": step, "kills": count} for step, count in figures["by_step"].items()]
    rows.append({"step": "all", "kills": figures["kills"]})
    ends = {"between": len(figures["states_between"]), "different": len(figures["different_at_the_end"])}
    rows[-1] |= ends
    columns = [
        ("step", field("step")), ("kills", field("kills")), ("states between two steps", field("between")),
        ("other tables at the end", field("different")),
    ]  # fmt: skip
    return measured(record, columns, rows)


def hostile(results: Results) -> str:
    """Hostile inputs by kind, then commands and pages, with what fell short."""
    record = results.read("hostile")
    figures = record["figures"]
    columns = [
        ("kind", field("kind")), ("inputs", field("inputs", ",")), ("articles", field("articles", ",")), ("failures", field("failures", ",")),
        ("not read", field("not_read", ",")), ("slowest, s", field("seconds", ".1f")), ("largest, MB", field("megabytes", ",")), ("problems", _problems),
    ]  # fmt: skip
    whole = {
        name: sum(row[name] for row in figures["kinds"]) for name in ("inputs", "articles", "failures", "not_read")
    }
    whole |= {name: max(row[name] for row in figures["kinds"]) for name in ("seconds", "megabytes")}
    whole |= {"kind": "all", "problems": [problem for row in figures["kinds"] for problem in row["problems"]]}
    rows = [{"group": f"ingest and verification of all {figures['inputs']:,} inputs", "runs": 1, **figures["ingest"]}]
    rows += [*figures["commands"], *figures["pages"]]
    others = [("commands and pages", field("group")), ("runs", field("runs", ",")), ("problems", _problems)]
    return f"{measured(record, columns, [*figures['kinds'], whole])}\n\n{table(others, rows)}"


def _problems(row: dict[str, Any]) -> str:
    return str(len(row["problems"]))


def breakdown(results: Results) -> str:
    """Processor time of an ingest by step."""
    record = results.read("breakdown")
    total = sum(row["ms"] for row in record["figures"])
    rows = [{**row, "share": 100 * row["ms"] / total} for row in record["figures"]]
    columns = [
        ("step", field("step")), ("articles measured", field("articles", ",")), ("ms an article", field("ms", ",.1f")),
        ("share, %", field("share", ".1f")),
    ]  # fmt: skip
    return measured(record, columns, rows)


_STEPS = ("put", "link", "corrections", "cluster", "repair", "snapshot", "count", "all")


def scale_batch(results: Results) -> str:
    """Time of a batch of articles in databases of several sizes."""
    return _batch(results, "scale-batch")


def scale_batch_before(results: Results) -> str:
    """The same before decision 23."""
    return _batch(results, "scale-batch-before")


def _batch(results: Results, name: str) -> str:
    record = results.read(name)
    columns = [("quotations", field("quotations", ",")), *((step, field(step, ".2f")) for step in _STEPS)]
    return measured(record, columns, record["figures"])


def scale_build(results: Results) -> str:
    """Time of computing everything for generated databases."""
    record = results.read("scale-build")
    columns = [
        ("quotations", field("quotations", ",")), ("articles", field("articles", ",")),
        *((step, field(step, ".1f")) for step in ("link", "corrections", "cluster", "repair")),
        ("peak memory, MB", field("peak_mb", ",")), ("database, MB", field("database_mb", ",")),
    ]  # fmt: skip
    return measured(record, columns, record["figures"])


def soak(results: Results) -> str:
    """Memory and time of one process over many rounds of ingest."""
    columns = [
        ("articles", field("articles", ",")), ("quotations", field("quotations", ",")), ("memory after the round, MB", field("main_mb", ",")),
        ("processor time of the round, s", field("seconds")), ("database, MB", field("database_mb", ",")),
    ]  # fmt: skip
    record = results.read("soak")
    return measured(record, columns, record["figures"]["rounds"])


def news_subjects(results: Results) -> str:
    """Accuracy on diverse news by subject."""
    record = results.read("news-subjects")
    return measured(record, COLUMNS, record["figures"])


RUN_TABLES: dict[str, Callable[[Results], str]] = {
    "breakdown": breakdown, "growth-texts": growth_texts, "hostile": hostile, "kills": kills, "news-subjects": news_subjects, "pages": pages, "scale-batch": scale_batch,
    "scale-batch-before": scale_batch_before, "scale-build": scale_build, "site": site, "soak": soak,
}  # fmt: skip
