"""Every object that a command prints as JSON has the keys and types that docs/commands.md lists, and fits its JSON Schema."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from docs.tools.json_schemas import file_name
from tests.cli.test_commands import ROOT, run
from tests.evaluate.test_corpus import EVENT, SPANS, TEXT

DOCUMENT = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
_PLAIN = {"string": str, "integer": int, "number": (int, float), "boolean": bool}
ARTICLE = (
    "Outlet: The Post\nPublished: 2026-03-02\n\n“We will close the port before the winter is over,” said Ruth Vale, the harbour "
    "master.\n\nVale said the plan was “a gift to nobody at all” and that the dam would hold.\n"
)


def documented() -> dict[str, dict[str, str]]:
    """Name of each object in lower case to its keys with their types."""
    found: dict[str, dict[str, str]] = {}
    for title, table in re.findall(r"^### (.+?)\n\n((?:\|.*\n)+)", DOCUMENT, re.MULTILINE):
        rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", table, re.MULTILINE)
        found[title.lower()] = {key: kind.strip() for key, kind in rows}
    return found


OBJECTS = documented()


def check(value: Any, kind: str, where: str, seen: set[str]) -> None:
    """Assert that ``value`` is of the documented ``kind``; ``seen`` gathers the objects met."""
    if kind.endswith(" or null"):
        if value is not None:
            check(value, kind.removesuffix(" or null"), where, seen)
    elif kind.startswith("list of "):
        assert isinstance(value, list), where
        for number, one in enumerate(value):
            check(one, kind.removeprefix("list of "), f"{where}[{number}]", seen)
    elif kind in _PLAIN:
        assert isinstance(value, _PLAIN[kind]), where  # type: ignore[arg-type]
        assert kind == "boolean" or not isinstance(value, bool), where
    else:
        keys = OBJECTS[kind]
        assert isinstance(value, dict) and list(value) == list(keys), where
        seen.add(kind)
        if kind.startswith("quotetrack "):
            schema = json.loads((ROOT / "docs" / "schemas" / file_name(kind)).read_text(encoding="utf-8"))
            jsonschema.validate(value, schema)
        for key, inner in keys.items():
            check(value[key], inner, f"{where}.{key}", seen)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small database with a correction, and annotated gold of which one file is broken."""
    place = tmp_path_factory.mktemp("json")
    (place / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (place / "b.txt").write_text(ARTICLE.replace("The Post", "The Wire").replace("winter", "long winter"), "utf-8")
    (place / "empty.html").write_text("", encoding="utf-8")
    assert run("ingest", "a.txt", "b.txt", folder=place).returncode == 0
    assert run("speakers", "alias", "Ruth Vale", "La Vale", "--why", "abroad", folder=place).returncode == 0
    (place / "gold").mkdir()
    for name in ("post_a", "wire_b"):
        (place / "gold" / f"{name}.txt").write_text(TEXT, encoding="utf-8")
        (place / "gold" / f"{name}.ann").write_text(SPANS + EVENT, encoding="utf-8")
    (place / "gold" / "c.txt").write_text(TEXT, encoding="utf-8")
    (place / "gold" / "c.ann").write_text("T1\tContent 0 999\tx\n", encoding="utf-8")
    return place


@pytest.mark.parametrize(
    ("arguments", "name", "inside"),
    [
        (["articles", "list"], "quotetrack articles list --json", {"article"}),
        (["speakers"], "quotetrack speakers --json", {"speaker"}),
        (["show", "Ruth Vale"], "quotetrack show --json", {"speaker", "role", "quotation", "span", "place in a claim", "speaker named"}),
        (["show", "Ruth Vale", "--roles"], "quotetrack show --json", {"role"}),
        (["search", "port"], "quotetrack search --json", {"facets", "value", "found quotation"}),
        (["corrections"], "quotetrack corrections --json", {"correction"}),
        (["stats"], "quotetrack stats --json", set()),
        (["ingest", "a.txt", "empty.html"], "quotetrack ingest --json", {"failure"}),
        (["failures"], "quotetrack failures --json", {"failure"}),
        (["reread"], "quotetrack reread --json", set()),
        (["export", "vale.csv"], "quotetrack export --json", set()),
        (["models"], "quotetrack models --json", {"package of models"}),
        (["verify"], "quotetrack verify --json", set()),
        (["report", "--out", "site"], "quotetrack report --json", set()),
        (["report", "--single-file", "Ruth Vale"], "quotetrack report --json", set()),
        (["check", "We will close the port before the summer is over"], "quotetrack check --json", {"match", "piece", "place", "change", "quotation", "searched", "span"}),
        (["check", "“We will close the port before summer.” “Cats run this harbour, sir.” The dam would hold."], "quotetrack check --json", {"match"}),
        (["check", "The port and the plan"], "quotetrack check --json", {"searched"}),
        (["evaluate", "gold"], "quotetrack evaluate --json", {"result", "row", "share", "failure"}),
    ],
    ids=lambda value: " ".join(value)[:30] if isinstance(value, list) else "",
)  # fmt: skip
def test_keys_and_types(folder: Path, arguments: list[str], name: str, inside: set[str]) -> None:
    """One object that fits its schema, with just the documented keys in their order, down to the last one."""
    done = run(*arguments, "--json", folder=folder)
    seen: set[str] = set()
    check(json.loads(done.stdout), name, arguments[0], seen)
    assert seen >= {name, *inside}


def test_checked_drafts(folder: Path) -> None:
    """Drafts and failures in one object, with the documented keys down to the last one."""
    draft = "“We will close the port before the summer is over,” said Ruth Vale.\n"
    (folder / "draft.md").write_text(draft, encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    done = run("check", "--file", "draft.md", "empty.txt", "--json", folder=folder)
    seen: set[str] = set()
    check(json.loads(done.stdout), "quotetrack check --json --file", "check --file", seen)
    assert seen >= {"draft", "counts", "draft quotation", "failure", "span", "quotetrack check --json", "match"}


def test_lines_of_extract(folder: Path) -> None:
    """One object an article, a line each."""
    lines = run("extract", "a.txt", "b.txt", folder=folder).stdout.splitlines()
    seen: set[str] = set()
    for line in lines:
        check(json.loads(line), "quotetrack extract", "extract", seen)
    assert len(lines) == 2 and seen == {"quotetrack extract", "extracted quotation", "extracted speaker", "span"}


def test_every_json_is_documented() -> None:
    """A command that has ``--json`` has its object in the document, and nothing is documented that no command prints."""
    helped = set(re.findall(r"^## (quotetrack [\w -]+)\n\n```\n(?:(?!^```$).*\n)*? *--json ", DOCUMENT, re.MULTILINE))
    objects = {title.removesuffix(" --json") for title in OBJECTS if title.endswith("--json")}
    assert helped == objects
    kinds = {re.sub(r"^list of | or null$", "", kind) for keys in OBJECTS.values() for kind in keys.values()}
    assert kinds - set(_PLAIN) <= set(OBJECTS)
    assert {title for title in OBJECTS if not title.startswith("quotetrack ")} <= kinds
