"""The texts of a module are parsed in one batch, which takes a tenth of the time of parsing them one by one."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from quotetrack.parse.pipeline import Parser

_SHORTEST = 25  # characters; shorter strings are names or parts of sentences


@pytest.fixture(scope="module", autouse=True)
def parsed_together(request: pytest.FixtureRequest) -> None:
    """Parse the texts in the parameters and literals of this module; the parser caches the parses of paragraphs.

    oneDNN compiles its kernels for each new shape of a batch, which takes longer than parsing a short text.
    """
    items = [
        item for item in request.session.items if isinstance(item, pytest.Function) and item.module is request.module
    ]
    if not any({"parser", "quotations"} & set(item.fixturenames) for item in items):
        return
    parser: Parser = request.getfixturevalue("parser")
    texts = {text for item in items if hasattr(item, "callspec") for text in _strings(item.callspec.params.values())}
    source = request.path.read_text("utf-8")
    texts.update(
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    parser.parse_all(sorted(text for text in texts if len(text) > _SHORTEST and " " in text))


def _strings(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from _strings(value.values())
        elif isinstance(value, list | tuple):
            yield from _strings(value)
