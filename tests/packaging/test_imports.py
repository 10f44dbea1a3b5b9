"""Folders import only folders that come before them in the data flow; the exceptions are listed here."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "quotetrack"
# Lowest first, as in the table of docs/architecture.md; folders in one tuple do not import each other.
LEVELS = (
    ("errors", "version", "notebook"), ("model",), ("text",), ("inputs", "parse", "extract", "store", "shards"), ("link",), ("corrections",),
    ("cluster",), ("repair",), ("read",), ("report",), ("export",), ("check",), ("evaluate",), ("jobs",), ("api", "serve"), ("cli",), ("__init__",), ("__main__",),
)  # fmt: skip
LEVEL = {name: number for number, names in enumerate(LEVELS) for name in names}
EXCEPTIONS = {
    ("cluster", "jobs"): {"quotetrack.jobs.workers"},
    ("corrections", "read"): {
        "quotetrack.read.corrections",
        "quotetrack.read.near_names",
        "quotetrack.read.speakers",
    },
    ("evaluate", "jobs"): {"quotetrack.jobs.analysis"},
}


def imported(source: str) -> Iterator[str]:
    """Names of the modules of this package that ``source`` imports, also inside functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith("quotetrack"))
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("quotetrack"):
            yield from (
                [f"{node.module}.{name.name}" for name in node.names] if node.module == "quotetrack" else [node.module]
            )


def upward(folder: str, source: str) -> dict[tuple[str, str], set[str]]:
    """The imports from ``folder`` that lead to the same or a higher level, by folders."""
    found: dict[tuple[str, str], set[str]] = {}
    for module in imported(source):
        other = module.split(".")[1]
        if other != folder and LEVEL[other] >= LEVEL[folder]:
            found.setdefault((folder, other), set()).add(module)
    return found


def test_imports_point_one_way() -> None:
    """No folder imports one that comes after it in the data flow, except for the modules listed, all of which are needed."""
    found: dict[tuple[str, str], set[str]] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        place = file.relative_to(PACKAGE)
        folder = place.parts[0] if len(place.parts) > 1 else place.stem
        for pair, modules in upward(folder, file.read_text(encoding="utf-8")).items():
            found.setdefault(pair, set()).update(modules)
    assert found == EXCEPTIONS


@pytest.mark.parametrize(
    "source",
    ["from quotetrack.jobs.refresh import refresh", "def f() -> None:\n    import quotetrack.jobs.correct", "from quotetrack import jobs"],
)  # fmt: skip
def test_corrections_that_call_a_job_would_be_found(source: str) -> None:
    """Each way of importing a job counts as an upward import of the corrections."""
    assert set(upward("corrections", source)) == {("corrections", "jobs")}
