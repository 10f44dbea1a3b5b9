"""``quotetrack evaluate``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotetrack.cli.common import AsJson, ModelDirectory, Package, console, notes, print_json, progress

if TYPE_CHECKING:
    from quotetrack.evaluate.figures import Row

_LEGEND = (
    "exact: the same words; begin: the same first word; overlap: half of the tokens or more (Jaccard);\n"
    "source: where the content overlaps, the source is right; both: content and source (end to end).\n"
    "Each: precision, recall, F1 in per cent."
)


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: quotetrack evaluate gold/ --errors errors.html")(evaluate)


def evaluate(
    corpus: Annotated[
        Path,
        typer.Argument(
            metavar="CORPUS_DIR",
            help="A folder of annotated articles: .txt files with brat's .ann beside them (spans Source, Cue, Content and "
            "Discard, tied by E or R lines) or, as PolNeAR has them, in a folder 'attributions' next to 'text'; or .json "
            "or .jsonl files as 'extract' writes them, the text in each record's 'text' or in the file its 'doc' names, "
            "beside them.",
        ),
    ],
    predictions: Annotated[
        Path | None,
        typer.Option(help="What 'extract' wrote for these texts; unless given, the articles are read now."),
    ] = None,
    outlets: Annotated[
        Path | None,
        typer.Option(
            help="A table with tabs and the columns 'filename' and 'outlet' (or 'publisher'). Unless given, metadata.tsv "
            "in the folder or beside it, else the folder an article lies in or its name before the first underscore."
        ),
    ] = None,
    errors: Annotated[
        Path | None,
        typer.Option(metavar="FILE.html", help="Write a page that shows every error in its article."),
    ] = None,
    model_dir: ModelDirectory = None,
    package: Package = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes to use; each needs about a gigabyte.")] = None,
    json: AsJson = False,
) -> None:
    """Measure extraction against gold annotation: precision, recall and F1 of contents and sources."""
    from quotetrack.errors import UsageError
    from quotetrack.evaluate import compare, from_file, from_models, read_corpus, result_of, write_errors
    from quotetrack.parse.models import choose

    if predictions and (model_dir or package or workers):
        raise UsageError("With --predictions nothing is read anew; leave out --model-dir, --package and --workers.")
    articles, failures = read_corpus(corpus, outlets)
    if predictions:
        found, failed = from_file(predictions, articles)
    else:
        with progress("Reading articles") as update:
            found, failed = from_models(articles, choose(model_dir, package), workers, update)
    failures += failed
    comparisons = [compare(article, found.get(article.name, ())) for article in articles]
    result = result_of(comparisons)
    if json:
        print_json({"result": result, "failures": failures})
    else:
        _print_rows([*result.rows], f"{result.articles} articles")
        if result.outlets:
            _print_rows(result.outlets, "by outlet")
        console.print(f"\n{_LEGEND}", soft_wrap=True)
    if errors:
        shown = write_errors(errors, comparisons, result)
        notes.print(f"{shown} errors written. Open {errors}", soft_wrap=True)
    for failure in failures:
        notes.print(f"quotetrack: {failure.location}: {failure.reason}", markup=False, soft_wrap=True)
    if failures:
        raise typer.Exit(1)


def _print_rows(rows: Sequence[Row], head: str) -> None:
    """Lines of fixed columns: a table of a library would fold the figures on a narrow screen."""
    from quotetrack.evaluate.figures import MEASURES

    width = max(len(head), *(len(row.name) for row in rows))
    console.print(f"\n{head:<{width}}  gold found" + "".join(f"  {m:^17}" for m in MEASURES).rstrip(), soft_wrap=True)
    for row in rows:
        shares = [getattr(row, measure) for measure in MEASURES]
        figures = "".join(f"  {s.precision:5.1f} {s.recall:5.1f} {s.f1:5.1f}" for s in shares)
        console.print(f"{row.name:<{width}} {row.gold:5} {row.found:5}{figures}", markup=False, soft_wrap=True)
