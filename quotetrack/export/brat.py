"""brat standoff: a folder with the text of each article, its annotations and the configuration of the annotation tool.

``quotetrack evaluate`` reads the same files. Format: https://brat.nlplab.org/standoff.html
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from quotetrack.export.selection import Selection
from quotetrack.model import Span
from quotetrack.read.printing import Printing
from quotetrack.read.printings import spans_of

_PARTS = {"source": "Source", "cue": "Cue", "content": "Content"}
_CONFIGURATION = """\
[entities]
Source
Cue
Content

[relations]

[events]
Attribution Content+:Content, Cue?:Cue, Source?:Source

[attributes]
Stance Arg:Attribution, Value:stated|denied|requested|asked|declined|hypothetical|believed
Kind Arg:Attribution, Value:direct|indirect|mixed
"""


def write(selection: Selection, folder: Path) -> None:
    """Write ``ARTICLE_ID.txt``, ``ARTICLE_ID.ann`` and ``annotation.conf`` into ``folder``."""
    (folder / "annotation.conf").write_bytes(_CONFIGURATION.encode())
    for article, found in selection.by_article():
        spans = spans_of(selection.store, [one.quotation_id for one in found])
        (folder / f"{article.article_id}.txt").write_bytes(article.text.encode())
        (folder / f"{article.article_id}.ann").write_bytes("".join(_annotations(found, spans)).encode())


def _annotations(found: list[Printing], spans: dict[str, list[tuple[str, Span]]]) -> Iterator[str]:
    """Yield the lines: text-bound annotations, then the event that links them, its attributes and a note on the speaker."""
    number = 0
    for event, one in enumerate(found, 1):
        links = []
        held = {part: [span for name, span in spans[one.quotation_id] if name == part] for part in _PARTS}
        for part, label in _PARTS.items():
            if pieces := [piece for span in held[part] for piece in _pieces(span)]:
                number += 1
                links.append(f"{label}:T{number}")
                yield _text_bound(number, label, pieces)
        number += 1
        # An event needs a trigger of its own type; as in PolNeAR, it covers the cue. Without one, the content.
        trigger = held["cue"] or held["content"]
        yield _text_bound(number, "Attribution", [piece for span in trigger for piece in _pieces(span)])
        yield f"E{event}\tAttribution:T{number} {' '.join(links)}\n"
        yield f"A{2 * event - 1}\tStance E{event} {one.stance}\n"
        yield f"A{2 * event}\tKind E{event} {one.kind}\n"
        if one.speakers:
            names = " ".join("; ".join(one.speakers).split())
            yield f"#{event}\tAnnotatorNotes E{event}\t{names} (confidence {one.speaker_confidence:.2f})\n"


def _text_bound(number: int, label: str, pieces: list[Span]) -> str:
    ranges = ";".join(f"{piece.start} {piece.end}" for piece in pieces)
    return f"T{number}\t{label} {ranges}\t{' '.join(piece.text for piece in pieces)}\n"


def _pieces(span: Span) -> Iterator[Span]:
    """Split a span at line ends, which brat does not allow inside one."""
    start = span.start
    for line in span.text.splitlines(keepends=True):
        text = line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        if text:
            yield Span(start, start + len(text), text)
        start += len(line)
