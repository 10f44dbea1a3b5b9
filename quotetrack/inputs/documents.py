"""Convert documents with markup to plain text: Word (.docx), Markdown and HTML."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lxml import html as lxml_html

from quotetrack.errors import InputError
from quotetrack.inputs.page import decoded_page, text_of_fragment

_HIDDEN = ("script", "style", "template", "head", "del", "noscript")
_CODE = ("pre",)
# Attributes of the links between a text and its notes, in what mammoth writes.
_NOTE = re.compile(r"#?(?:footnote|endnote|comment)(?:-ref)?-")
_FRONT_MATTER = re.compile(r"\A---\s*\n.*?\n(?:---|\.\.\.)\s*(?:\n|\Z)", re.DOTALL)
# Each alternative ends at the end of the text or at the next tag, so that unclosed tags cost no time. The markup of HTML and the targets of Markdown links, whose words are not in the text.
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<hidden>script|style|head|del|template)\b.*?(?:</(?P=hidden)\s*>|\Z)|<[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_TARGET = re.compile(r"(?<=\])\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_LONGEST_MARKDOWN = 1_000_000  # characters
_IMAGE_RATIO = 5  # unpacked to packed
_LARGEST = 10_000_000  # bytes of the XML of a .docx file, which takes twenty times as much memory


@dataclass(frozen=True, slots=True)
class Readable:
    """The text of a document, with one empty line between blocks.

    ``source`` is the file with markup replaced by spaces, line for line; ``notes`` say what was left out.
    """

    text: str
    source: str
    notes: tuple[str, ...] = ()


def read_html(data: bytes) -> Readable:
    """Convert an HTML document. Raises ``InputError`` if it is malformed.

    All text is kept, unlike in ``read_page``, which looks for the article of a web page.
    """
    page = decoded_page(data)
    deleted = len(re.findall(r"<del\b", page, re.IGNORECASE))
    notes = (_counted(deleted, "deletion", "is left out", "are left out"),) if deleted else ()
    return Readable(_text(page), _blank(_MARKUP, page), notes)


def read_markdown(source: str) -> Readable:
    """Convert a Markdown document (CommonMark with tables and strikethrough); code blocks are left out.

    Raises ``InputError`` if it is longer than 1,000,000 characters, which would take over 15 seconds.
    """
    if len(source) > _LONGEST_MARKDOWN:
        raise InputError(f"The Markdown file has more than {_LONGEST_MARKDOWN:,} characters.")
    from markdown_it import MarkdownIt

    converter = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    page = converter.render(_blank(_FRONT_MATTER, source))
    blocks = len(re.findall(r"<pre\b", page))
    notes = (_counted(blocks, "code block", "is left out", "are left out"),) if blocks else ()
    masked = _blank(_TARGET, _blank(_MARKUP, _blank(_FRONT_MATTER, source)))
    return Readable(_text(page.replace("<s>", "<del>").replace("</s>", "</del>"), _CODE), masked, notes)


def read_docx(data: bytes) -> Readable:
    """Convert a Word document: paragraphs, tables, text boxes, footnotes and endnotes, in this order.

    Tracked changes are read as accepted: insertions are kept and deletions left out. Comments are left out. Both are
    counted in ``notes``. Raises ``InputError`` if ``data`` is not a Word document.
    """
    import mammoth

    try:
        notes = _left_out(data)
        # Images are not converted; without this option they would be embedded in the page.
        no_images: Callable[[Any], list[Any]] = lambda image: []  # noqa: E731
        result = mammoth.convert_to_html(io.BytesIO(data), convert_image=no_images)
        return Readable(_text(result.value), "", notes)
    except InputError:
        raise
    except Exception as error:  # zipfile, expat and mammoth raise many kinds of errors on damaged files
        raise InputError("This is not a Word document (.docx), or it is damaged.") from error


def _left_out(data: bytes) -> tuple[str, ...]:
    """Say how many comments and tracked deletions a Word document has."""
    comments = deletions = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        # The sizes can be trusted: zipfile unpacks no more than they say. Images, which compress little, are not unpacked.
        if sum(part.file_size for part in archive.infolist() if _is_text(part)) > _LARGEST:
            raise InputError(f"The text of the Word document is larger than {_LARGEST // 1_000_000} MB when unpacked.")
        for name in archive.namelist():
            if name == "word/comments.xml":
                comments = len(re.findall(rb"<w:comment\s", archive.read(name)))
            elif re.fullmatch(r"word/(?:document|footnotes|endnotes)\.xml", name):
                deletions += len(re.findall(rb"<w:del\s(?=[^>]*[^/]>)", archive.read(name)))
    found = [
        (comments, "comment", "was not checked", "were not checked"),
        (deletions, "tracked deletion", "is left out", "are left out"),
    ]
    return tuple(_counted(*one) for one in found if one[0])


def _is_text(part: zipfile.ZipInfo) -> bool:
    return part.filename.endswith((".xml", ".rels")) or part.file_size > _IMAGE_RATIO * part.compress_size


def _counted(number: int, noun: str, one: str, several: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'} {one if number == 1 else several}."


def _text(page: str, also_hidden: tuple[str, ...] = ()) -> str:
    """Return the text of a page, without deletions and without links to notes, which would stand inside words."""
    try:
        tree: Any = lxml_html.document_fromstring(
            page.encode(), parser=lxml_html.HTMLParser(encoding="utf-8", remove_comments=True)
        )
    except Exception as error:  # such as an empty document
        if not page.strip():
            return ""
        raise InputError("The HTML is malformed and cannot be read.") from error
    for element in list(tree.iter(*_HIDDEN, *also_hidden)):
        element.drop_tree()
    for link in list(tree.iter("a")):
        if _NOTE.match(link.get("href", "")):
            link.drop_tree()
    body = tree.find("body")
    return text_of_fragment(lxml_html.tostring(body if body is not None else tree, encoding="unicode"))


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """Replace what matches by spaces; line ends stay."""
    return pattern.sub(lambda found: re.sub(r"[^\n\r]", " ", found[0]), text)
