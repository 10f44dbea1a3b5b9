"""``quotetrack evaluate``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotetrack.cli.common import (
    AsJson,
    ModelDirectory,
    Package,
    WorkerNumber,
    console,
    notes,
    one_line,
    print_json,
    progress,
)

if TYPE_CHECKING:
    from quotetrack.evaluate.figures import Row

_LEGEND = (
    "exact: same words; begin: same first word; overlap: Jaccard index of the tokens at least 0.5;\n"
    "source: correct source, where the content overlaps; both: content and source (end to end).\n"
    "Each measure: precision, recall, F1 in percent."
)


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: quotetrack evaluate gold/ --errors errors.html")(evaluate)


def evaluate(
    corpus: Annotated[
        Path,
        typer.Argument(
            metavar="CORPUS_DIR",
            help="Folder of annotated articles. Either .txt files with brat .ann files next to them, or in the PolNeAR layout "
            "(folders 'text' and 'attributions'), with spans Source, Cue, Content and Discard linked by E or R lines; "
            "or .json or .jsonl files in the format of 'extract', with the text in the field 'text' or in the file named "
            "by 'doc'.",
        ),
    ],
    predictions: Annotated[
        Path | None,
        typer.Option(help="Output of 'extract' for these texts. Default: run the extraction now."),
    ] = None,
    outlets: Annotated[
        Path | None,
        typer.Option(
            help="Tab-separated table with the columns 'filename' and 'outlet' (or 'publisher'). Default: metadata.tsv in "
            "the folder or its parent, otherwise the article's subfolder or its file name up to the first underscore."
        ),
    ] = None,
    errors: Annotated[
        Path | None,
        typer.Option(metavar="FILE.html", help="Write an HTML page that shows every error in context."),
    ] = None,
    model_dir: ModelDirectory = None,
    package: Package = None,
    workers: WorkerNumber = None,
    json: AsJson = False,
) -> None:
    """Evaluate extraction against gold annotations: precision, recall and F1 of contents and sources."""
    from quotetrack.errors import UsageError
    from quotetrack.evaluate import compare, from_file, from_models, read_corpus, result_of, write_errors
    from quotetrack.parse.models import choose

    if predictions and (model_dir or package or workers):
        raise UsageError("--predictions cannot be combined with --model-dir, --package or --workers.")
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
        notes.print(f"{shown} errors written to {errors}", soft_wrap=True)
    for failure in failures:
        notes.print(f"quotetrack: {one_line(failure.location)}: {one_line(failure.reason)}", soft_wrap=True)
    if failures:
        raise typer.Exit(1)


def _print_rows(rows: Sequence[Row], head: str) -> None:
    """Print lines with fixed columns; a Rich table would wrap the figures on a narrow screen."""
    from quotetrack.evaluate.figures import MEASURES

    width = max(len(head), *(len(row.name) for row in rows))
    console.print(f"\n{head:<{width}}  gold found" + "".join(f"  {m:^17}" for m in MEASURES).rstrip(), soft_wrap=True)
    for row in rows:
        shares = [getattr(row, measure) for measure in MEASURES]
        figures = "".join(f"  {s.precision:5.1f} {s.recall:5.1f} {s.f1:5.1f}" for s in shares)
        console.print(f"{row.name:<{width}} {row.gold:5} {row.found:5}{figures}", soft_wrap=True)
