"""Read brat standoff annotations: ``.ann`` files with character offsets into a text file.

``T3<tab>Content 10 42;50 61<tab>the words`` is a span of one or more pieces with the label Source, Cue, Content or Discard;
other labels are ignored. ``E1<tab>Attribution:T4 Source:T2 Cue:T1 Content:T3`` links spans to one attribution, as in
PolNeAR; ``R1<tab>Said Arg1:T3 Arg2:T2`` links two spans by a relation.

Format: https://brat.nlplab.org/standoff.html
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from quotetrack.errors import InputError
from quotetrack.evaluate.items import Attribution, Range, checked

PARTS = ("content", "cue", "source")
_LINE = re.compile(r"(?:[TERAMN]\d+|#\d*|\*)\t")
_SPAN = re.compile(r"\S+ (\d+ \d+(?:;\d+ \d+)*)")
_LINKS = re.compile(r"\S+:\S+(?: \S+:\S+)*")


@dataclass(frozen=True, slots=True)
class _Marked:
    label: str
    ranges: tuple[Range, ...]


def read_ann(path: Path, text: str) -> tuple[tuple[Attribution, ...], tuple[Range, ...]]:
    """Return the attributions in ``path`` for ``text``, and the discarded ranges.

    Attributions without content are skipped. Raises ``InputError`` with file and line for an invalid line, an offset outside
    the text, or a link to a missing span.
    """
    try:
        lines = path.read_bytes().decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: the file is not UTF-8 text.") from error
    except OSError as error:
        raise InputError(f"{path}: cannot read the file: {error.strerror or error}.") from error
    spans: dict[str, _Marked] = {}
    events: list[tuple[str, str]] = []
    relations: list[tuple[str, str]] = []
    for number, raw in enumerate(lines, 1):
        line = raw.rstrip("\r")
        where = f"{path}, line {number}"
        if not _LINE.match(line):
            # The text of a span may continue on further lines, but not before the first span.
            if line.strip() and not spans:
                raise InputError(f"{where}: not a line in brat standoff format: {line[:40]!r}.")
            continue
        key, rest = line.split("\t", 1)
        if key[0] == "T":
            spans[key] = _span(rest, text, where)
        elif key[0] in "ER":
            if not _LINKS.fullmatch(rest.strip() if key[0] == "E" else rest.partition(" ")[2].strip()):
                raise InputError(f"{where}: no linked spans found; expected a line such as 'Cue:T1 Content:T2'.")
            (events if key[0] == "E" else relations).append((where, rest.strip()))
    found = [*_from_events(events, spans, text), *_from_relations(relations, spans, text)]
    discard = [piece for one in spans.values() if one.label == "discard" for piece in one.ranges]
    return tuple(one for one in found if one.content), tuple(sorted(discard))


def _span(rest: str, text: str, where: str) -> _Marked:
    match = _SPAN.match(rest)
    if match is None:
        raise InputError(f"{where}: the span has no offsets; expected a line such as 'Content 10 42'.")
    pieces = [piece.split() for piece in match[1].split(";")]
    ranges = checked(text, ((int(start), int(end)) for start, end in pieces), where)
    return _Marked(rest.split()[0].lower(), ranges)


def _from_events(events: Iterable[tuple[str, str]], spans: dict[str, _Marked], text: str) -> Iterator[Attribution]:
    for where, line in events:
        gathered: dict[str, list[Range]] = defaultdict(list)
        for argument in line.split():
            role, _, key = argument.partition(":")
            if key not in spans:
                raise InputError(f"{where}: the span {key} does not exist in this file.")
            # Further arguments of the same role are numbered, as in Content2.
            gathered[role.lower().rstrip("0123456789")] += spans[key].ranges
        yield _attribution(gathered)


def _from_relations(
    relations: Iterable[tuple[str, str]], spans: dict[str, _Marked], text: str
) -> Iterator[Attribution]:
    """Build attributions from contents linked to a cue or source, directly or via the cue; contents of one cue are merged."""
    linked: dict[str, set[str]] = defaultdict(set)
    for where, line in relations:
        ends = [argument.partition(":")[2] for argument in line.split()[1:]]
        for key in ends:
            if key not in spans:
                raise InputError(f"{where}: the span {key} does not exist in this file.")
        for key in ends:
            linked[key] |= {end for end in ends if end != key}

    def of(label: str, keys: Iterable[str]) -> set[str]:
        return {other for key in keys for other in linked[key] if spans[other].label == label}

    done: set[str] = set()
    for key in [k for k in linked if spans[k].label == "content"]:
        if key in done:
            continue
        cues = of("cue", [key])
        contents = {key} | of("content", cues)
        done |= contents
        sources = of("source", contents | cues)
        groups = {"content": contents, "cue": cues, "source": sources}
        yield _attribution({part: [r for k in keys for r in spans[k].ranges] for part, keys in groups.items()})


def _attribution(gathered: dict[str, list[Range]]) -> Attribution:
    return Attribution(*(tuple(sorted(set(gathered.get(part, [])))) for part in PARTS))
