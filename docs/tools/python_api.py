"""Write docs/python.md, the reference of the Python API, from docstrings: ``python -m docs.tools.python_api``."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import griffe

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "python.md"
BEFORE = """# Python API

`import quotetrack` is fast; models and database are loaded on first use.

```python
import quotetrack

for quotation in quotetrack.extract("“We sail at dawn,” said Ruth Vale."):
    print(quotation.speaker.name, quotation.kind, quotation.text)

with quotetrack.open_database("news.duckdb", read_only=True) as db:
    for quotation in db.quotations(speaker="Ruth Vale", kind="direct", limit=2):
        print(quotation.published, quotation.outlet)
```

```text
Ruth Vale direct “We sail at dawn,”
2026-03-15 Coast & Country
2026-03-15 Coast & Country
```

In the examples below, `db` is a small database with two articles about Ruth Vale and Anton Lund. They run in
`tests/api/test_api.py`. This page is generated from the docstrings by `python -m docs.tools.python_api`.
"""
SECTIONS: list[tuple[str, list[str]]] = [
    ("Functions", ["api.extractor.extract", "api.extractor.load", "api.database.open_database"]),
    ("Classes", ["api.extractor.Extractor", "api.database.Database"]),
    (
        "What extraction returns",
        ["model.Quotation", "model.Span", "model.Speaker", "model.Article", "model.Failure", "model.Parsed", "model.Sentence", "model.Word", "model.Entity"],
    ),
    (
        "What a database returns",
        ["read.printing.Printing", "read.found.Found", "read.speakers.SpeakerLine", "read.claims.Claim", "check.Answer", "check.draft_records.DraftReport", "jobs.ingest.IngestSummary"],
    ),
    (
        "Errors",
        ["errors.QuotetrackError", "errors.UsageError", "errors.InputError", "errors.DatabaseError", "errors.ModelsMissing"],
    ),
]  # fmt: skip


def page() -> str:
    """The page for this version."""
    logging.getLogger("griffe").setLevel(logging.CRITICAL)  # one docstring entry for several parameters is meant
    package = griffe.load("quotetrack", search_paths=[ROOT], docstring_parser="google", resolve_aliases=True)
    parts = [BEFORE]
    for title, paths in SECTIONS:
        parts.append(f"\n## {title}\n")
        for path in paths:
            parts += _documented(_target(package[path]), level=3)
    return re.sub(r"\n{3,}", "\n\n", "".join(parts)).rstrip() + "\n"


def _target(found: Any) -> Any:
    return found.final_target if found.is_alias else found


def _documented(found: Any, level: int, prefix: str = "") -> Iterator[str]:
    """The heading, the signature and the docstring of an object, then its public methods and properties."""
    yield f"\n{'#' * level} {prefix}{found.name}\n\n"
    if found.is_function:
        yield f"<!-- not run: a signature -->\n```python\n{_signature(found)}\n```\n\n"
    elif found.is_class and (fields := [m for m in found.members.values() if _is_field(m)]):
        yield "| field | type |\n|---|---|\n" + "".join(_field(member) for member in fields) + "\n"
    if found.docstring:
        yield from _sections(found.docstring.parsed)
    if found.is_class:
        for name, member in found.members.items():
            if not name.startswith("_") and member.docstring and not _is_field(member):
                yield from _documented(member, level + 1, f"{found.name}.")


def _is_field(member: Any) -> bool:
    return member.is_attribute and "property" not in member.labels and not member.name.startswith("_")


def _field(member: Any) -> str:
    kind = str(member.annotation).replace("|", r"\|")
    return f"| `{member.name}` | `{kind}` |\n"


def _signature(function: Any) -> str:
    given = [
        f"{parameter.name}: {parameter.annotation}" + (f" = {parameter.default}" if parameter.default else "")
        for parameter in function.parameters
        if parameter.name != "self"
    ]
    starred = [
        ("**" if parameter.kind is griffe.ParameterKind.var_keyword else "*" if parameter.kind is griffe.ParameterKind.var_positional else "")
        for parameter in function.parameters
        if parameter.name != "self"
    ]  # fmt: skip
    names = [
        star + re.sub(r" = (?:\(\)|\{\})$", "", one) if star else one for star, one in zip(starred, given, strict=True)
    ]
    returns = f" -> {function.returns}" if function.returns else ""
    line = f"{function.name}({', '.join(names)}){returns}"
    return line if len(line) <= 100 else f"{function.name}(\n    " + ",\n    ".join(names) + f",\n){returns}"


def _sections(sections: Iterable[Any]) -> Iterator[str]:
    for section in sections:
        if section.kind.value == "text":
            yield _text(section.value)
        elif section.kind.value in ("parameters", "attributes"):
            yield f"{section.kind.value.capitalize()}:\n\n"
            yield "".join(f"- `{_names(one.name)}`: {_line(one.description)}\n" for one in section.value) + "\n"
        elif section.kind.value == "returns":
            yield "Returns: " + " ".join(_line(one.description) for one in section.value) + "\n\n"
        elif section.kind.value == "raises":
            yield "Raises:\n\n"
            yield "".join(f"- `{one.annotation}`: {_line(one.description)}\n" for one in section.value) + "\n"
        elif section.kind.value == "examples":
            for _, example in section.value:
                yield _text(example)


def _names(names: str) -> str:
    return "`, `".join(names.split(", "))


def _line(text: str) -> str:
    return _code(" ".join(text.split()))


def _code(text: str) -> str:
    return text.replace("``", "`")


def _text(text: str) -> str:
    """Paragraphs; examples become blocks that name the test they run in."""
    parts = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        if paragraph.startswith(">>>"):
            parts.append(f"<!-- tested by: tests/api/test_api.py -->\n```pycon\n{paragraph}\n```")
        elif paragraph.startswith("    "):
            parts.append(
                f"<!-- tested by: tests/api/test_api.py -->\n```python\n{re.sub('^    ', '', paragraph, flags=re.M)}\n```"
            )
        else:
            parts.append(
                _code(paragraph)
                .replace("<", "&lt;")
                .replace("docs/export.md", "[Export](export.md)")
                .replace("docs/inputs.md", "[Inputs](inputs.md)")
            )
    return "\n\n".join(parts) + "\n\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
