"""Marks made plain for the parser; paragraphs; and what the parser promises of offsets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotetrack.parse.pipeline import Parser
from quotetrack.text.marks import normalise
from quotetrack.text.paragraphs import paragraphs


@given(st.text())
def test_one_character_for_one_character(text: str) -> None:
    """Offsets into the plain text are offsets into the original."""
    assert len(normalise(text)) == len(text)


def test_odd_marks_become_plain() -> None:
    """Whatever marks an outlet uses, the parser sees ASCII ones, at the side of the words they enclose."""
    assert normalise("“a» «b“ ‘c’ ``d'' ''e''") == '"a" "b" \'c\'  "d"   "e" '


@given(st.text(alphabet="ab \n\r\u2028.", max_size=60))
def test_paragraphs_cover_all_but_space(text: str) -> None:
    """No character but white space is outside a paragraph, and paragraphs neither overlap nor carry edge space."""
    ranges = paragraphs(text)
    outside = text
    for start, end in reversed(ranges):
        assert text[start:end] == text[start:end].strip() != ""
        outside = outside[:start] + outside[end:]
    assert not outside.strip()


def test_single_line_ends_separate_paragraphs() -> None:
    """Many outlets end a paragraph with one line end."""
    assert len(paragraphs("One is here.\nTwo is there.\nThree.")) == 3


def test_folded_lines_are_one_paragraph() -> None:
    """Old wire texts fold lines inside paragraphs; only an empty line ends one there."""
    line = "the minister said on Monday that the dam would hold for a year and\n"
    assert (
        len(paragraphs("In the long text of a wire that folds its lines so that they fit,\n" + line * 4 + "\nNext."))
        == 2
    )


def test_words_are_where_they_say(parser: Parser) -> None:
    """Contractions, marks and characters outside the BMP: a word's text stands at its offsets."""
    text = "“We won’t 🙂 leave»,\r\nshe said.\n\nIt's over."
    parsed = parser.parse(text)
    for sentence in parsed.sentences:
        for word in sentence.words:
            assert text[word.start : word.end] == word.text
    assert len(parsed.paragraphs) == 3


def test_together_as_one_by_one(parser: Parser) -> None:
    """Parsing several texts at once gives what each gives alone."""
    texts = ["Ruth Vale said the port would close.", "", "\n \n", "“No,” he said.\nThe end."]
    assert parser.parse_all(texts) == [parser.parse(text) for text in texts]


def test_monsters_do_not_stop_it(parser: Parser) -> None:
    """An endless word or a paragraph without a full stop costs time, not the run."""
    parsed = parser.parse("x" * 3000 + " " + "word " * 6000)
    assert parsed.sentences
