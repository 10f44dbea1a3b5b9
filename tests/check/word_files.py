"""Write Word documents for tests, with the parts that a draft can have."""

from __future__ import annotations

import zipfile
from html import escape
from pathlib import Path

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def run(text: str) -> str:
    """A run of text."""
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def inserted(text: str) -> str:
    """A tracked insertion."""
    return f'<w:ins w:id="1" w:author="Editor" w:date="2026-03-08T10:00:00Z">{run(text)}</w:ins>'


def deleted(text: str) -> str:
    """A tracked deletion."""
    kept = f'<w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r>'
    return f'<w:del w:id="2" w:author="Editor" w:date="2026-03-08T10:00:00Z">{kept}</w:del>'


def footnote_mark() -> str:
    """The reference to the footnote."""
    return '<w:r><w:footnoteReference w:id="1"/></w:r>'


def paragraph(*parts: str) -> str:
    """A paragraph of runs."""
    return f"<w:p>{''.join(parts)}</w:p>"


def table(*cells: str) -> str:
    """A table of one row; each cell is a paragraph."""
    row = "".join(f"<w:tc>{cell}</w:tc>" for cell in cells)
    return f"<w:tbl><w:tr>{row}</w:tr></w:tbl>"


def write_docx(path: Path, *blocks: str, footnote: str | None = None, comment: str | None = None) -> Path:
    """Write a document of ``blocks``, with at most one footnote and one comment."""
    notes = f'<w:footnote w:id="1">{paragraph(run(footnote))}</w:footnote>' if footnote else ""
    comments = f'<w:comment w:id="0" w:author="Editor">{paragraph(run(comment))}</w:comment>' if comment else ""
    names = ["document", *(["footnotes"] if footnote else []), *(["comments"] if comment else [])]
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{"document.main" if name == "document" else name}+xml"/>'
        for name in names
    )
    links = "".join(
        f'<Relationship Id="r{i}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>' for i, name in enumerate(names[1:])
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{links}</Relationships>',
        "word/document.xml": f"<w:document {_W}><w:body>{''.join(blocks)}</w:body></w:document>",
        **({"word/footnotes.xml": f"<w:footnotes {_W}>{notes}</w:footnotes>"} if footnote else {}),
        **({"word/comments.xml": f"<w:comments {_W}>{comments}</w:comments>"} if comment else {}),
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path
