"""Write JSON Schemas for what commands print as JSON: ``python -m docs.tools.json_schemas``.

They are made from the tables in docs/commands.md, which are written by hand: one file in docs/schemas/ for each command.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parents[1]
FOLDER = DOCS / "schemas"
_PLAIN = ("string", "integer", "number", "boolean")
Objects = dict[str, list[tuple[str, str, str]]]


def objects() -> Objects:
    """Title of each object, in lower case, with its keys: name, type, meaning."""
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    found: Objects = {}
    for title, table in re.findall(r"^### (.+?)\n\n((?:\|.*\n)+)", page, re.MULTILINE):
        rows = re.findall(r"^\| `(\w+)` \| ([^|]+?) \| (.+) \|$", table, re.MULTILINE)
        found[title.lower()] = rows
    return found


def file_name(title: str) -> str:
    """The name of the schema file of a command, such as ``check-file.schema.json``."""
    words = title.removeprefix("quotetrack ").replace("--json", "").replace("--", "").split()
    return "-".join(words) + ".schema.json"


def schemas() -> dict[str, str]:
    """File name to text of each schema."""
    known = objects()
    return {file_name(title): _text(title, known) for title in known if title.startswith("quotetrack ")}


def _text(title: str, known: Objects) -> str:
    used: set[str] = set()
    body = _object(title, known, used)
    defined: dict[str, Any] = {}
    while missing := sorted(used - set(defined)):
        for name in missing:
            defined[name] = _object(name, known, used)
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Output of {title}" + (" (one line)" if "--json" not in title else ""),
        **body,
        **({"$defs": {_key(name): defined[name] for name in sorted(defined)}} if defined else {}),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _object(title: str, known: Objects, used: set[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, _, _ in known[title]],
        "properties": {
            name: {**_type(kind, used), "description": meaning.replace("`", "")} for name, kind, meaning in known[title]
        },
    }


def _type(kind: str, used: set[str]) -> dict[str, Any]:
    if kind.endswith(" or null"):
        inner = _type(kind.removesuffix(" or null"), used)
        return {"type": [inner["type"], "null"]} if set(inner) == {"type"} else {"anyOf": [inner, {"type": "null"}]}
    if kind.startswith("list of "):
        return {"type": "array", "items": _type(kind.removeprefix("list of "), used)}
    if kind in _PLAIN:
        return {"type": kind}
    used.add(kind)
    return {"$ref": f"#/$defs/{_key(kind)}"}


def _key(name: str) -> str:
    return name.removeprefix("quotetrack ").replace(" --json", "").replace("--", "").replace(" ", "_")


if __name__ == "__main__":
    for name, text in schemas().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
