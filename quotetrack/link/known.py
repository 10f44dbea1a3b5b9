"""Known speakers, imported from a seed file of names, aliases, Wikidata ids and roles.

The file is CSV with the columns ``name, aliases, wikidata, type, roles`` (aliases and roles separated by ``;``, roles with
optional dates, as in ``President of Syria (2000-07-17..2024-12-08)``), or a JSON list of objects with the same keys, where
``aliases`` is a list and ``roles`` a list of ``{"role": …, "start": …, "end": …}``.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path

from quotetrack.errors import InputError
from quotetrack.link.fields import fields
from quotetrack.store import Store, write
from quotetrack.store.moments import moment
from quotetrack.store.write import identifier

_TYPES = {"person", "organisation", "place", "group", "document"}
_LONGEST_FIELD = 131_072  # characters
_DATE = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_DATED = re.compile(rf"^(?P<role>.*?)\s*\((?P<start>{_DATE})?\s*\.\.\s*(?P<end>{_DATE})?\)\s*$")


@dataclass(frozen=True, slots=True)
class Known:
    """A speaker from a seed file. ``roles`` are tuples of role, start and end, as ISO 8601 dates or ``None``."""

    known_id: str
    name: str
    type: str
    wikidata: str | None = None
    aliases: tuple[str, ...] = ()
    roles: tuple[tuple[str, str | None, str | None], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The name and all aliases."""
        return (self.name, *self.aliases)

    @property
    def fields(self) -> frozenset[str]:
        """The fields of all roles."""
        return frozenset(w for role, _, _ in self.roles for w in fields(role))


def read_known(path: Path) -> list[Known]:
    """Read the speakers of a seed file. Raises ``InputError`` with file and line if the file is missing or invalid.

    >>> read_known(Path("people.csv"))[0].name
    'Ruth Vale'
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise InputError(f"File not found: {path}.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"Cannot read {path} as UTF-8 text: {error}.") from error
    rows = _json_rows(path, text) if path.suffix.lower() == ".json" else _csv_rows(path, text)
    return [_known(path, where, row) for where, row in rows]


def store_known(store: Store, found: list[Known]) -> tuple[int, int]:
    """Store known speakers, replacing those with the same identifier; returns the numbers of added and replaced ones."""
    ids = {k.known_id: k for k in found}
    present = {row[0] for row in store.connection.execute("SELECT known_id FROM known_speakers").fetchall()}
    write.replace_known(
        store.connection,
        [
            (
                k.known_id, k.name, k.type, k.wikidata, list(k.aliases),
                [{"role": role, "start": start, "end": end} for role, start, end in k.roles],
            )
            for k in ids.values()
        ]
    )  # fmt: skip
    replaced = len(present & set(ids))
    return len(ids) - replaced, replaced


def load_known(store: Store) -> list[Known]:
    """Return the known speakers in the database, ordered by identifier."""
    rows = store.connection.execute(
        "SELECT known_id, name, type, wikidata, aliases, roles FROM known_speakers ORDER BY known_id"
    ).fetchall()
    return [
        Known(i, name, kind, wikidata, tuple(aliases), tuple((r["role"], r["start"], r["end"]) for r in roles))
        for i, name, kind, wikidata, aliases, roles in rows
    ]


def _json_rows(path: Path, text: str) -> list[tuple[str, dict[str, object]]]:
    try:
        rows = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"{path}, line {error.lineno}: invalid JSON ({error.msg}).") from error
    except (RecursionError, ValueError) as error:  # nested too deeply, or a number with thousands of digits
        raise InputError(f"{path}: expected a JSON list of objects, one per speaker.") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError(f"{path}: expected a JSON list of objects, one per speaker.")
    return [(f"entry {number}", row) for number, row in enumerate(rows, 1)]


def _csv_rows(path: Path, text: str) -> list[tuple[str, dict[str, object]]]:
    try:
        return _read_csv(path, text)
    except csv.Error as error:  # such as a field of more than 128 kB
        raise InputError(f"{path}: not a CSV file ({error}).") from error


def _read_csv(path: Path, text: str) -> list[tuple[str, dict[str, object]]]:
    csv.field_size_limit(_LONGEST_FIELD)  # one limit for the whole process: reading articles from tables raises it
    reader = csv.DictReader(io.StringIO(text))
    if "name" not in (reader.fieldnames or []):
        raise InputError(f"{path}, line 1: missing the column 'name'; the first line must contain the column names.")
    rows: list[tuple[str, dict[str, object]]] = []
    for row in reader:
        filled: dict[str, object] = {k: v for k, v in row.items() if isinstance(k, str)}
        filled["aliases"] = _split(row.get("aliases"))
        filled["roles"] = [_dated(part) for part in _split(row.get("roles"))]
        rows.append((f"line {reader.line_num}", filled))
    return rows


def _split(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split(";") if part.strip()]


def _dated(text: str) -> dict[str, str | None]:
    match = _DATED.match(text)
    return {"role": match["role"], "start": match["start"], "end": match["end"]} if match else {"role": text}


def _known(path: Path, where: str, row: dict[str, object]) -> Known:
    name = str(row.get("name") or "").strip()
    if not name:
        raise InputError(f"{path}, {where}: the name is missing.")
    kind = str(row.get("type") or "person").strip().lower()
    if kind not in _TYPES:
        raise InputError(f"{path}, {where}: unknown type '{kind}'; use {', '.join(sorted(_TYPES))}.")
    wikidata = str(row.get("wikidata") or "").strip() or None
    if wikidata and not re.fullmatch(r"Q[1-9]\d*", wikidata):
        raise InputError(f"{path}, {where}: invalid Wikidata id '{wikidata}'; use Q followed by digits.")
    aliases, roles = row.get("aliases") or [], row.get("roles") or []
    if not isinstance(aliases, list) or not isinstance(roles, list):
        raise InputError(f"{path}, {where}: aliases and roles must be lists.")
    held = []
    for role in roles:
        role = _dated(role) if isinstance(role, str) else role
        if not isinstance(role, dict) or not role.get("role"):
            raise InputError(f"{path}, {where}: a role has no name; add it under 'role'.")
        dates = [str(role[k]) if role.get(k) else None for k in ("start", "end")]
        for date in dates:
            if date and moment(date)[1] not in ("year", "month", "day"):
                raise InputError(f"{path}, {where}: invalid date '{date}'; use YYYY, YYYY-MM or YYYY-MM-DD.")
        if dates[0] and dates[1] and dates[1] < dates[0][: len(dates[1])]:
            raise InputError(f"{path}, {where}: the role ends ({dates[1]}) before it starts ({dates[0]}).")
        held.append((str(role["role"]), dates[0], dates[1]))
    known_id = identifier("known", wikidata) if wikidata else identifier("known", kind, name)
    return Known(known_id, name, kind, wikidata, tuple(str(a) for a in aliases), tuple(held))
