"""The Word dossier, opened with python-docx."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE

from quotetrack.errors import UsageError
from quotetrack.export import docx as dossier
from quotetrack.export import export_quotations
from quotetrack.read.filters import Filters
from quotetrack.read.quotations import find_quotations
from quotetrack.report.templates import templates_directory
from quotetrack.store import Store


def paragraphs(path: Path) -> list[tuple[str, str]]:
    """Style and text of every paragraph."""
    return [(str(one.style.name if one.style else ""), one.text) for one in docx.Document(str(path)).paragraphs]


def test_a_dossier(news: Store, tmp_path: Path) -> None:
    """The document has title, speaker, roles and, for each quotation, words, place, role, how it was found and its characters."""
    export_quotations(news, tmp_path / "x.docx", Filters(speaker="Ruth Vale", outlet="The Post"))
    found = paragraphs(tmp_path / "x.docx")
    texts = [text for _, text in found]
    assert found[0] == ("Title", "Quotations of Ruth Vale")
    assert ("Heading 1", "Ruth Vale") in found and "Wikidata Q42" in texts
    assert [text for style, text in found if style == "Quotation"] == [
        "1  “We sail at dawn whatever the harbour office says,” […] “Nobody <b>panicked</b> & left.”",
        "2  “=1+1 is what we paid, and more,”",
        "3  denied: the port was shut",
    ]
    assert 'The Post, 2026-03-02: =HYPERLINK("https://x.example") (verbatim)' in texts
    [one] = find_quotations(news, Filters(about="panicked"))
    places = ", ".join(f"{span.start}–{span.end}" for span in one.content)
    assert "harbour master" in texts
    assert f"Characters {places} of the text with SHA-256 {one.sha256[:16]}…; id {one.quotation_id}" in texts
    assert not [text for text in texts if "{{" in text or "{%" in text]


def test_text_is_no_template_and_no_markup(news: Store, tmp_path: Path) -> None:
    """Template expressions, markup and control characters in articles stay text, and script addresses are no links."""
    export_quotations(news, tmp_path / "x.docx", Filters())
    texts = [text for _, text in paragraphs(tmp_path / "x.docx")]
    assert any("stay at home {{ 7*7 }}" in text for text in texts)
    assert any("the dam would hold �[31mfor ever" in text for text in texts)
    document = docx.Document(str(tmp_path / "x.docx"))
    links = {one.target_ref for one in document.part.rels.values() if one.reltype == RELATIONSHIP_TYPE.HYPERLINK}
    assert links == {"https://post.example/ferry?a=1&b=2"}


def test_speakers_are_sections(news: Store, tmp_path: Path) -> None:
    """Without a speaker, each speaker is a section, the most quoted first, and numbers run through."""
    export_quotations(news, tmp_path / "x.docx", Filters(bare=True))
    found = paragraphs(tmp_path / "x.docx")
    headings = [text for style, text in found if style == "Heading 1"]
    assert headings[0] == "Ruth Vale" and headings[-1] == "Unknown speaker"
    assert set(headings[1:-1]) == {"Anton Lund", "Anton Lund and Ruth Vale", "Port Authority"}
    assert [text.split()[0] for style, text in found if style == "Quotation"] == [
        str(number) for number in range(1, 10)
    ]


def test_no_clock_in_the_file(news: Store, tmp_path: Path) -> None:
    """The archive and the document's properties have fixed dates."""
    export_quotations(news, tmp_path / "x.docx", Filters())
    with zipfile.ZipFile(tmp_path / "x.docx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
    assert docx.Document(str(tmp_path / "x.docx")).core_properties.modified.year == 2000  # type: ignore[union-attr]


def own_template(path: Path, *lines: str) -> Path:
    """A template made by a newsroom."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def test_a_newsroom_can_replace_the_template(news: Store, tmp_path: Path) -> None:
    """A template of one's own gets the same values."""
    template = own_template(
        tmp_path / "ours.docx", "{%p for section in sections %}", "{%p for one in section.quotations %}",
        "{{ section.name }}|{{ one.text }}|{{ one.outlet }}|{{ one.published }}|{{ one.url }}", "{%p endfor %}", "{%p endfor %}",
    )  # fmt: skip
    export_quotations(news, tmp_path / "x.docx", Filters(stance="denied"), template=template)
    [(_, text)] = paragraphs(tmp_path / "x.docx")
    assert text == "Ruth Vale|the port was shut|The Post|2026-03-02|https://post.example/ferry?a=1&b=2"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("{{ titel }}",), "'titel' is undefined"),
        (("{% for x in y %}",), "cannot be used"),
        (("{{ title.__class__.__mro__ }}",), "cannot be used"),
    ],
)
def test_a_wrong_template_is_an_error(news: Store, tmp_path: Path, lines: tuple[str, ...], message: str) -> None:
    """An unknown name, a broken tag or a forbidden expression is an error that names the template, and no file is written."""
    template = own_template(tmp_path / "ours.docx", *lines)
    with pytest.raises(UsageError, match=message):
        export_quotations(news, tmp_path / "x.docx", Filters(), template=template)
    assert not (tmp_path / "x.docx").exists()


def test_a_template_that_is_none(news: Store, tmp_path: Path) -> None:
    """A missing template, or a file of another kind, is an error in words."""
    (tmp_path / "text.docx").write_text("no archive")
    with zipfile.ZipFile(tmp_path / "zip.docx", "w") as archive:
        archive.writestr("a.txt", "a")
    for name, message in (
        ("none.docx", "does not exist"),
        ("text.docx", "not a Word document"),
        ("zip.docx", "not a Word document"),
    ):
        with pytest.raises(UsageError, match=message):
            export_quotations(news, tmp_path / "x.docx", Filters(), template=tmp_path / name)


def test_too_many_quotations_are_an_error(news: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More quotations than a document can hold are an error that says how to narrow it down."""
    monkeypatch.setattr(dossier, "MOST_QUOTATIONS", 3)
    with pytest.raises(UsageError, match="at most 3 quotations; narrow it down"):
        export_quotations(news, tmp_path / "x.docx", Filters())


def test_the_template_has_styles_for_every_part() -> None:
    """The included template has the styles that docs/export.md names."""
    names = {style.name for style in docx.Document(str(templates_directory() / "dossier.docx")).styles}
    assert {"Title", "Heading 1", "Quotation", "Printed in", "Evidence", "Hyperlink"} <= names
