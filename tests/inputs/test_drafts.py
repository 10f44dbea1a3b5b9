"""Drafts in every format: the text without markup, and the line or paragraph of each character."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from quotetrack.errors import UsageError
from quotetrack.inputs.drafts import Draft, find_drafts, read_draft
from quotetrack.model import Failure
from tests.check.word_files import deleted, footnote_mark, inserted, paragraph, run, table, write_docx

MARKDOWN = """---
title: “Not read”
---
# The yard

Ada Kvist said: “We will [close](https://yard.example/close-the-yard) the *yard*
in June.” ~~It is gone.~~ She left for Br&ouml;m.

> “We sail at dawn.”

| who | what |
|-----|------|
| Vale | “The crane stays.” |

```
“Code,” said Nobody.
```

- First item
- Second item, the last line
"""
PAGE = """<!doctype html>
<html><head><title>Not read</title><style>p { color: red }</style></head>
<body><!-- “Not read” -->
<h1>The yard</h1>
<p>She said <q>We will <b>close</b> the
yard</q> <del>soon</del>.</p>
<table><tr><td>Vale</td><td>&ldquo;The crane stays.&rdquo;</td></tr></table>
<p>The last line</p></body></html>
"""


def written(folder: Path, name: str, text: str) -> Draft:
    """The draft in a file of this name."""
    (folder / name).write_text(text, encoding="utf-8")
    draft = read_draft(folder / name)
    assert isinstance(draft, Draft)
    return draft


def line_of(source: str, word: str) -> int:
    """The line of the first place of ``word`` in a file."""
    return source[: source.index(word)].count("\n") + 1


@pytest.mark.parametrize(
    ("name", "source", "words"),
    [
        ("a.txt", "One.\r\n\r\nTwo, the last line", ["One", "Two", "last"]),
        ("a.md", MARKDOWN, ["The yard", "“We will", "in June", "“We sail", "“The crane", "Second", "the last"]),
        ("a.html", PAGE, ["The yard", "She said", "“The crane", "The last"]),
    ],
)
def test_offsets_lead_back_to_lines(tmp_path: Path, name: str, source: str, words: list[str]) -> None:
    """A place in the text has the number of the line of the file that it stands in, behind markup of every kind."""
    draft = written(tmp_path, name, source)
    found = source.replace("&ldquo;", "“")
    assert [draft.number(draft.text.index(word)) for word in words] == [line_of(found, word) for word in words]
    assert draft.unit == "line"


def test_markdown_is_read_without_its_marks(tmp_path: Path) -> None:
    """Links, emphasis, tables and lists become text; front matter, struck-out text and code blocks are left out."""
    draft = written(tmp_path, "a.md", MARKDOWN)
    assert "Ada Kvist said: “We will close the yard in June.” She left for Bröm." in draft.text
    assert "Vale\n\n“The crane stays.”" in draft.text
    assert not any(word in draft.text for word in ("Not read", "gone", "Code", "*", "http"))
    assert draft.notes == ("1 code block is left out.",)


def test_html_is_read_as_a_whole(tmp_path: Path) -> None:
    """All text of the body is kept with marks for ``<q>``; scripts, comments and deletions are left out."""
    draft = written(tmp_path, "a.html", PAGE)
    assert (
        draft.text == "The yard\n\nShe said “We will close the yard” .\n\nVale\n\n“The crane stays.”\n\nThe last line"
    )
    assert draft.notes == ("1 deletion is left out.",)


def test_word_documents_have_all_their_parts(tmp_path: Path) -> None:
    """Tracked changes are read as accepted, marks of footnotes do not stand in the text, and tables and notes are read."""
    path = write_docx(
        tmp_path / "a.docx",
        paragraph(run("“We close in "), deleted("June"), inserted("July"), footnote_mark(), run(",” she said.")),
        table(paragraph(run("Left")), paragraph(run("Right & <b>"))),
        footnote="A note.",
        comment="A comment.",
    )
    draft = read_draft(path)
    assert isinstance(draft, Draft)
    assert draft.text.startswith("“We close in July,” she said.\n\nLeft\n\nRight & <b>\n\nA note.")
    assert draft.unit == "paragraph" and draft.number(draft.text.index("Right")) == 3
    assert draft.notes == ("1 comment was not checked.", "1 tracked deletion is left out.")


def test_standard_input_is_plain_text() -> None:
    """``-`` reads text from standard input, without a byte order mark."""
    draft = read_draft("-", io.BytesIO("\ufeffWe sail.".encode()))
    assert isinstance(draft, Draft) and (draft.text, draft.location) == ("We sail.", "-")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", b"no zip", "This is not a Word document (.docx), or it is damaged."),
        ("a.pdf", b"%PDF", "This is not a PDF file, or it is damaged."),
        ("a.odt", b"PK", "Unsupported file type"),
        ("a.txt", b"  \n", "The file contains no text."),
        ("a.md", b"", "The file contains no text."),
        ("a.html", b"", "The file contains no text."),
        ("a.txt", b"\x00\x01\x02" * 50, "This looks like a binary file"),
    ],
)
def test_what_cannot_be_read_is_a_failure(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    """A file that cannot be read gives a failure with one sentence and does not raise."""
    (tmp_path / name).write_bytes(data)
    failure = read_draft(tmp_path / name)
    assert isinstance(failure, Failure) and failure.reason.startswith(reason)


def test_folders_are_searched(tmp_path: Path) -> None:
    """Folders give their drafts in order, without hidden files and lock files; each file is read once."""
    (tmp_path / "sub").mkdir()
    for name in ("b.md", "sub/a.docx", ".hidden.md", "~$b.docx", "picture.png"):
        (tmp_path / name).touch()
    found = find_drafts([str(tmp_path), str(tmp_path / "b.md"), "-"])
    assert found == [tmp_path / "b.md", tmp_path / "sub" / "a.docx", "-"]


@pytest.mark.parametrize(
    ("names", "message"), [(["none.md"], "not found"), (["empty"], "has no drafts"), (["-", "-"], "only once")]
)
def test_what_cannot_be_found_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], message: str
) -> None:
    """A missing path, a folder without drafts and standard input given twice are wrong usage."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=message):
        find_drafts(names)
