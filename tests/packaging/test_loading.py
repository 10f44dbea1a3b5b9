"""Files are loaded as data, never as code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "quotetrack"
# Modules whose loaders run code of the file that they load.
EXECUTING = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve"}
FORBIDDEN = {"eval", "exec", "torch.jit.load", "torch.hub.load", "yaml.load", "numpy.load", "np.load"}


def unsafe(source: str) -> Iterator[str]:
    """What in ``source`` may run code of a file: such modules and calls, and ``torch.load`` without ``weights_only=True``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [name.name for name in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            yield from (name for name in names if name.split(".")[0] in EXECUTING)
            if isinstance(node, ast.ImportFrom) and node.module == "torch":
                yield from (f"torch.{name.name}" for name in node.names if name.name == "load")
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in FORBIDDEN or (called == "torch.load" and not _weights_only(node)):
                yield called


def _weights_only(call: ast.Call) -> bool:
    return any(
        given.arg == "weights_only" and isinstance(given.value, ast.Constant) and given.value.value is True
        for given in call.keywords
    )


def test_no_module_loads_code_from_files() -> None:
    """Model files are loaded with ``weights_only=True``, and nothing else in the package can run what a file contains."""
    found = {
        str(file.relative_to(PACKAGE)): names
        for file in sorted(PACKAGE.rglob("*.py"))
        if (names := list(unsafe(file.read_text(encoding="utf-8"))))
    }
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        "torch.load(path)",
        "torch.load(path, weights_only=False)",
        "torch.load(path, weights_only=chosen)",
        "from torch import load",
        "import pickle",
        "eval(text)",
    ],
)
def test_unsafe_loading_is_found(source: str) -> None:
    """The test above sees each of these ways."""
    assert len(list(unsafe(source))) == 1
