"""Word: a dossier made from a template that a newsroom can replace (docs/export.md lists the names it can use)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotetrack.errors import UsageError
from quotetrack.export.described import CHECK_NOTE, described
from quotetrack.export.files import fix_zip_times
from quotetrack.export.selection import Selection
from quotetrack.read.printing import Printing
from quotetrack.read.speakers import SpeakerLine, find_speaker
from quotetrack.report.labels import KINDS, STANCES, both_sure, how_found
from quotetrack.report.templates import templates_directory
from quotetrack.version import __version__

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

# Word opens longer documents slowly, and the whole document is in memory while it is made.
MOST_QUOTATIONS = 2000
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write(selection: Selection, target: Path, template: Path | None = None) -> None:
    """Write the dossier to ``target``.

    Raises ``UsageError`` if there are more than ``MOST_QUOTATIONS`` quotations, or if the template cannot be used.
    """
    from docx.opc.exceptions import PackageNotFoundError
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    path = template or templates_directory() / "dossier.docx"
    if not path.is_file():
        raise UsageError(f"The template {path} does not exist.")
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        document = DocxTemplate(str(path))
        document.render(_values(selection, document), environment, autoescape=True)
        document.save(str(target))
    except TemplateError as error:
        raise UsageError(f"The template {path} cannot be used: {error}.") from error
    except (PackageNotFoundError, KeyError, ValueError) as error:  # what python-docx raises for other files
        raise UsageError(f"The template {path} is not a Word document (.docx).") from error
    fix_zip_times(target)


def _values(selection: Selection, document: DocxTemplate) -> dict[str, Any]:
    sections: dict[tuple[str, ...], list[Printing]] = {}
    for number, one in enumerate(selection.printings(), 1):
        if number > MOST_QUOTATIONS:
            raise UsageError(
                f"A Word dossier holds at most {MOST_QUOTATIONS:,} quotations; narrow it down with --speaker, --since or --limit."
            )
        sections.setdefault(one.speaker_ids, []).append(one)
    numbers = iter(range(1, selection.written + 1))
    return {
        "title": _title(selection, sections),
        "filters": [{"label": label, "value": _plain(value)} for label, value in described(selection.filters)],
        "quotations": selection.written,
        "sections": [_section(selection, found, numbers, document) for found in _largest_first(sections)],
        "note": CHECK_NOTE,
        "version": __version__,
    }


def _title(selection: Selection, sections: dict[tuple[str, ...], list[Printing]]) -> str:
    asked = selection.filters.speaker
    return f"Quotations of {_plain(find_speaker(selection.store, asked).name)}" if asked is not None else "Quotations"


def _largest_first(sections: dict[tuple[str, ...], list[Printing]]) -> list[list[Printing]]:
    """Speakers with the most quotations first; those without a speaker last."""
    return [sections[key] for key in sorted(sections, key=lambda key: (not key, -len(sections[key]), key))]


def _section(
    selection: Selection, found: list[Printing], numbers: Iterator[int], document: DocxTemplate
) -> dict[str, Any]:
    first = found[0]
    line = find_speaker(selection.store, first.speaker_ids[0]) if len(first.speaker_ids) == 1 else None
    return {
        "name": _plain(" and ".join(first.speakers)) or "Unknown speaker",
        "roles": _roles(line),
        "wikidata": line.wikidata if line else None,
        "quotations": [_quotation(one, next(numbers), document) for one in found],
    }


def _roles(line: SpeakerLine | None) -> list[dict[str, str]]:
    return [{"role": _plain(role.role), "when": role.when} for role in line.roles] if line else []


def _quotation(one: Printing, number: int, document: DocxTemplate) -> dict[str, Any]:
    from docxtpl import RichText

    address = one.link
    where = ", ".join(part for part in (one.outlet_name, one.dated) if part)
    return {
        "number": number,
        "text": _plain(one.text),
        "stance": STANCES[one.stance],
        "kind": KINDS[one.kind],
        "role": _plain(one.role or one.role_then or ""),
        "on_behalf_of": _plain(one.on_behalf_of or ""),
        "where": _plain(where),
        "outlet": _plain(one.outlet_name),
        "published": one.published or one.dated,
        "title": _plain(one.title or ""),
        "url": _plain(one.url or ""),
        "link": RichText(address, url_id=document.build_url_id(address), style="Hyperlink") if address else "",
        "how": _plain(how_found(one.source, one.method)),
        "confidence": both_sure(one, bool(one.speakers)),
        "quotation_id": one.quotation_id,
        "characters": ", ".join(f"{span.start}–{span.end}" for span in one.content),
        "sha256": one.sha256,
    }


def _plain(text: str) -> str:
    """Replace characters that XML cannot hold, and line ends, which the template sets."""
    return " ".join(_NOT_IN_XML.sub("�", text).split())
