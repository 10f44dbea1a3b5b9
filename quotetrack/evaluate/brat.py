"""Brat's standoff annotation: ``.ann`` files whose lines point at characters of a text beside them.

``T3<tab>Content 10 42;50 61<tab>the words`` is a span, in pieces or not. Its label is Source, Cue, Content or Discard; other
labels are left alone. ``E1<tab>Attribution:T4 Source:T2 Cue:T1 Content:T3`` ties spans into one attribution, as PolNeAR does;
``R1<tab>Said Arg1:T3 Arg2:T2`` ties two of them, for those who annotate with relations.

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
_TIES = re.compile(r"\S+:\S+(?: \S+:\S+)*")


@dataclass(frozen=True, slots=True)
class _Marked:
    label: str
    ranges: tuple[Range, ...]


def read_ann(path: Path, text: str) -> tuple[tuple[Attribution, ...], tuple[Range, ...]]:
    """The attributions that ``path`` annotates in ``text``, and the discarded stretches.

    Attributions without content (a source and a cue alone) are left out. Raises ``InputError``, with file and line,
    for a line that is not brat's, an offset outside the text and a tie to a span that is not there.
    """
    try:
        lines = path.read_bytes().decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: the file is not UTF-8 text.") from error
    except OSError as error:
        raise InputError(f"{path}: the file cannot be read: {error.strerror or error}.") from error
    spans: dict[str, _Marked] = {}
    events: list[tuple[str, str]] = []
    relations: list[tuple[str, str]] = []
    for number, raw in enumerate(lines, 1):
        line = raw.rstrip("\r")
        where = f"{path}, line {number}"
        if not _LINE.match(line):
            # The text of a span may run over lines; what comes before the first span cannot be that.
            if line.strip() and not spans:
                raise InputError(f"{where}: this is not a line of brat's standoff format: {line[:40]!r}.")
            continue
        key, rest = line.split("\t", 1)
        if key[0] == "T":
            spans[key] = _span(rest, text, where)
        elif key[0] in "ER":
            if not _TIES.fullmatch(rest.strip() if key[0] == "E" else rest.partition(" ")[2].strip()):
                raise InputError(f"{where}: this line ties no spans together; it should read like 'Cue:T1 Content:T2'.")
            (events if key[0] == "E" else relations).append((where, rest.strip()))
    found = [*_from_events(events, spans, text), *_from_relations(relations, spans, text)]
    discard = [piece for one in spans.values() if one.label == "discard" for piece in one.ranges]
    return tuple(one for one in found if one.content), tuple(sorted(discard))


def _span(rest: str, text: str, where: str) -> _Marked:
    match = _SPAN.match(rest)
    if match is None:
        raise InputError(f"{where}: this span has no offsets; it should read like 'Content 10 42'.")
    pieces = [piece.split() for piece in match[1].split(";")]
    ranges = checked(text, ((int(start), int(end)) for start, end in pieces), where)
    return _Marked(rest.split()[0].lower(), ranges)


def _from_events(events: Iterable[tuple[str, str]], spans: dict[str, _Marked], text: str) -> Iterator[Attribution]:
    for where, line in events:
        gathered: dict[str, list[Range]] = defaultdict(list)
        for argument in line.split():
            role, _, key = argument.partition(":")
            if key not in spans:
                raise InputError(f"{where}: there is no span {key} in this file.")
            # A second content of the same event is called Content2.
            gathered[role.lower().rstrip("0123456789")] += spans[key].ranges
        yield _attribution(gathered)


def _from_relations(
    relations: Iterable[tuple[str, str]], spans: dict[str, _Marked], text: str
) -> Iterator[Attribution]:
    """Contents tied to a cue or source, directly or by way of their cue; contents of one cue are pieces of one."""
    tied: dict[str, set[str]] = defaultdict(set)
    for where, line in relations:
        ends = [argument.partition(":")[2] for argument in line.split()[1:]]
        for key in ends:
            if key not in spans:
                raise InputError(f"{where}: there is no span {key} in this file.")
        for key in ends:
            tied[key] |= {end for end in ends if end != key}

    def of(label: str, keys: Iterable[str]) -> set[str]:
        return {other for key in keys for other in tied[key] if spans[other].label == label}

    done: set[str] = set()
    for key in [k for k in tied if spans[k].label == "content"]:
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
