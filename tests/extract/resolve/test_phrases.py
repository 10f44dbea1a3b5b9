"""Noun phrases resolved by context: documents, pairs, relatives, persons named later."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotetrack.extract.people.register import Register
from quotetrack.extract.people.someone import Someone
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.document_authors import DocumentAuthors
from quotetrack.extract.resolve.documents import Documents
from quotetrack.extract.resolve.fits import PersonFits
from quotetrack.extract.resolve.kin import relative_named
from quotetrack.extract.resolve.named_later import named_next
from quotetrack.extract.resolve.pairs import Pairs
from quotetrack.extract.resolve.person_phrases import Phrase
from quotetrack.extract.resolve.structure import Structure
from quotetrack.extract.resolve.tracks import Track
from quotetrack.extract.roles.facts import Facts
from quotetrack.model import Quotation, Span
from tests.extract.resolve.conftest import Read

Extract = Callable[[str], list[Quotation]]


def span_of(reading: Reading, text: str) -> Span:
    """The last stretch ``text``."""
    start = reading.text.rindex(text)
    return Span.of(reading.text, start, start + len(text))


def author_of(
    reading: Reading, register: Register, source: str, who: Callable[[int], Someone | None]
) -> Someone | None:
    """The author of the document that the last ``source`` stands for."""
    structure = Structure(reading, register, Facts(reading, register))
    documents = Documents(reading, DocumentAuthors(reading, register, structure, who))
    span = span_of(reading, source)
    head = reading.words_between(span.start, span.end)[-1]
    return documents.named(span, head) or documents.repeated(span, head)


@pytest.mark.parametrize(
    ("text", "source", "author"),
    [
        ("A Lantern Institute study came out on Monday. The study said herons sleep.", "The study", "Lantern Institute"),
        ("A study by the Lantern Institute came out. The report said herons sleep.", "The report", "Lantern Institute"),
        ("Ruth Vale spoke of it in a statement. The statement said herons sleep.", "The statement", "Ruth Vale"),
        ("Ruth Vale sent a letter. A study said herons sleep.", "A study", None),
        ("Ruth Vale spoke of it in a statement. The verdict said herons sleep.", "The verdict", None),
        ("The study said herons sleep. The Lantern Institute statement came later.", "The study", None),
    ],
)  # fmt: skip
def test_a_document_speaks_for_its_author(read: Read, text: str, source: str, author: str | None) -> None:
    """A document resolves to the author stated before it; court documents have no author."""
    reading = read(text)
    found = author_of(reading, Register(reading), source, lambda word: None)
    assert (found.name if found else None) == author


def test_whose_statement_a_pronoun_says(read: Read) -> None:
    """``she said in a statement``: of whomever ``she`` stands for."""
    reading = read("Ruth Vale left. She spoke of it in a statement. The statement said herons sleep.")
    register = Register(reading)
    vale = next(iter(register.persons()))
    found = author_of(reading, register, "The statement", lambda word: vale if reading.lower[word] == "she" else None)
    assert found is vale


@pytest.mark.parametrize(
    ("text", "source", "members"),
    [
        ("Ruth Vale and Jon Lund met in Selby. The two left.", "The two", ["Ruth Vale", "Jon Lund"]),
        ("Ruth Vale and Jon Lund met in Selby. Both candidates left.", "Both candidates", ["Ruth Vale", "Jon Lund"]),
        ("Ruth Vale spoke to Jon Lund. The two left.", "The two", ["Ruth Vale", "Jon Lund"]),
        ("Ruth Vale spoke to Jon Lund about Ida Moss. The two left.", "The two", None),
        ("Either Ruth Vale or Jon Lund will win. Ida Moss knows. The two left.", "The two", None),
        ("Ruth Vale and Jon Lund met in Selby. The two ferries left.", "The two ferries", None),
    ],
)
def test_the_two(read: Read, text: str, source: str, members: list[str] | None) -> None:
    """Those named together, or the only two there are; not two of three, one or the other, nor two things."""
    reading = read(text)
    register = Register(reading)
    found = Pairs(reading, register, Facts(reading, register)).referent(span_of(reading, source))
    assert ([member.name for member in found.members] if found else None) == members


def test_they_after_other_people(read: Read) -> None:
    """``They`` are the pair before, unless other people have come in since."""
    for text, is_pair in (
        ("Ruth Vale and Jon Lund met in Selby. They left.", True),
        ("Ruth Vale and Jon Lund met in Selby. The voters waited. They left.", False),
    ):
        reading = read(text)
        register = Register(reading)
        found = Pairs(reading, register, Facts(reading, register)).for_they(span_of(reading, "They"), -1)
        assert (found is not None) is is_pair, text


@pytest.mark.parametrize(
    ("text", "phrase", "lemma", "possible"),
    [
        ("Mayor Ruth Vale left.", "The mayor", "mayor", True),
        ("Ruth Vale, a baker, left.", "The mayor", "mayor", False),
        ("Mayor Ruth Vale left.", "The governor", "governor", False),
        ("Florida Gov. Ruth Vale left.", "The Oregon governor", "governor", False),
        ("Florida Gov. Ruth Vale left.", "The Florida governor", "governor", True),
        ("The French minister Ruth Vale left.", "The German minister", "minister", False),
        ("The French minister Ruth Vale left.", "The French minister", "minister", True),
        ("Ruth Vale, the Democratic candidate, left.", "The Republican candidate", "candidate", False),
        ("Judge Ruth Vale left.", "The nominee", "nominee", False),
        ("Sen. Ruth Vale left.", "The nominee", "nominee", True),
        ("Ruth Vale left.", "The surgeon", "surgeon", True),
    ],
)
def test_what_rules_a_person_out(read: Read, text: str, phrase: str, lemma: str, possible: bool) -> None:
    """Another office, the same office of another country, place or party; what the article does not tell rules nobody out."""
    reading = read(f"{text}\n\n{phrase} said the sea was high.")
    register = Register(reading)
    fits = PersonFits(reading, register, Facts(reading, register))
    vale = next(one for one in register.persons() if "Vale" in one.name)
    assert fits.possible(Track(vale, vale.gender), Phrase.of(span_of(reading, phrase), lemma)) is possible


def test_whose_husband(read: Read) -> None:
    """The one who is called so, or the one of the same surname; nobody where there are two."""
    reading = read("Ruth Vale and Anton Vale opened the hall with Jon Lund. Her husband left.")
    register = Register(reading)
    vale = next(one for one in register.persons() if one.name == "Ruth Vale")
    found = relative_named(register, Facts(reading, register), span_of(reading, "Her husband"), "husband", vale)
    assert found is not None and found.name == "Anton Vale"
    assert relative_named(register, Facts(reading, register), span_of(reading, "Her husband"), "husband", None) is None


def test_named_next(read: Read) -> None:
    """A headline's ``the harbour master`` is the one named below; nobody where two of them are."""
    one = "The coroner left early. But Coroner Ruth Vale said the sea was high."
    two = f"{one} Coroner Jon Lund said it was not."
    for text, name in ((one, "Ruth Vale"), (two, None)):
        reading = read(text)
        register = Register(reading)
        span = Span.of(text, 0, len("The coroner"))
        found = named_next(reading, register, Facts(reading, register), Phrase.of(span, "coroner"))
        assert (found.name if found else None) == name
