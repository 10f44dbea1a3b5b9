"""The verdict on the speaker: nobody is called right who was not compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quotetrack.check import check
from quotetrack.check.speakers import Named
from quotetrack.store import Store
from tests.check.printed import line, put, refresh

WORDS = "We will close the yard before the winter of 2027"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A record of a mayor, a welder with the same surname, a body and somebody unnamed."""
    path: Path = tmp_path_factory.mktemp("speakers") / "t.duckdb"
    with Store.open(path) as store:
        put(
            store,
            f"“{WORDS},” said Ada Kvist, the mayor of Halden.",
            line(f"“{WORDS},”", by="Ada Kvist", role="mayor of Halden"),
        )
        put(store, "“The cranes are older than my father,” said Olle Kvist, a welder.", line("“The cranes are older than my father,”", by="Olle Kvist", role="welder"))  # fmt: skip
        put(store, "“No ship left the harbour without papers,” the Halden Port Authority said.", line("“No ship left the harbour without papers,”", by="Halden Port Authority", type="organisation"))  # fmt: skip
        put(
            store,
            "“Somebody will have to pay for this one day,” he said.",
            line("“Somebody will have to pay for this one day,”"),
        )
        for outlet, name, day in (("The Post", "Nora Lind", "2026-03-02"), ("The Echo", "Per Dahl", "2026-03-02")):
            put(store, f"“Not one of the lifeboats was ready on that morning,” said {name}.", line("“Not one of the lifeboats was ready on that morning,”", by=name), outlet=outlet, day=day)  # fmt: skip
        refresh(store)
        yield store


@pytest.mark.parametrize(
    "name",
    ["Ada Kvist", "Kvist", "A. Kvist", "Mayor Kvist", "Mayor Ada Kvist", "Ms Kvist", "ada kvist", "Ada Kvist, the mayor of Halden", "the mayor of Halden"],
)  # fmt: skip
def test_names_that_are_the_speaker(record: Store, name: str) -> None:
    """A full name, a surname, an initial, an office with a name and an office alone confirm the speaker."""
    answer = check(record, WORDS, said_by=name)
    assert (answer.words, answer.speaker, answer.right, answer.as_asked) == ("verbatim", "same", True, True)


@pytest.mark.parametrize(
    "name",
    ["Olle Brandt", "Olle Kvist", "O. Kvist", "Ada", "Ada Lind", "Kvistgaard", "Halden Port Authority", "the welder", "Welder Kvist"],
)  # fmt: skip
def test_names_that_are_not_the_speaker(record: Store, name: str) -> None:
    """Another name, another first name or initial, or the office of a namesake is never ``same``."""
    answer = check(record, WORDS, said_by=name)
    assert answer.words == "verbatim"
    assert (answer.speaker == "differs" and not answer.right and not answer.as_asked) or name == "Welder Kvist"


@pytest.mark.parametrize("name", ["Halden Port Authority", "the Halden Port Authority", "HPA"])
def test_bodies_and_their_abbreviations(record: Store, name: str) -> None:
    """A body is compared by its name or its abbreviation."""
    assert check(record, "No ship left the harbour without papers", said_by=name).speaker == "same"


def test_without_a_name_nothing_is_compared(record: Store) -> None:
    """A query that names nobody gets ``not given``; the words may still be printed as asked, but are not called right."""
    answer = check(record, WORDS)
    assert (answer.speaker, answer.right, answer.as_asked) == ("not given", False, True)


def test_a_speaker_nobody_names_is_unknown(record: Store) -> None:
    """If no printing names a speaker, a given name is not confirmed."""
    answer = check(record, "Somebody will have to pay for this one day", said_by="Ada Kvist")
    assert (answer.words, answer.speaker, answer.as_asked) == ("verbatim", "unknown", False)


def test_printings_that_disagree_are_a_dispute(record: Store) -> None:
    """If one outlet gives the words of one claim to somebody else, the speaker is ``disputed``, and both are shown."""
    answer = check(record, "Not one of the lifeboats was ready on that morning", said_by="Nora Lind")
    assert (answer.speaker, answer.as_asked) == ("disputed", False)
    match = answer.matches[0]
    assert match.printing is not None and match.printing.speakers == ("Nora Lind",)
    assert [p.speakers for p in match.contrary] == [("Per Dahl",)] and match.reports == 2


@pytest.mark.parametrize(("asked", "words"), [("before the ships of the line were", "missing"), ("Halden", "printed")])
def test_a_speaker_is_not_compared_without_words(record: Store, asked: str, words: str) -> None:
    """If the words are missing or no quotation, the speaker is ``not compared``."""
    answer = check(record, asked, said_by="Ada Kvist")
    assert (answer.words, answer.speaker, answer.as_asked) == (words, "not compared", False)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"Kvist: “{WORDS}”", "Kvist"),
        (f"“{WORDS},” said Mayor Kvist.", "Mayor Kvist"),
        (f"“{WORDS},” Ada Kvist told reporters on Monday.", "Ada Kvist"),
        (f"Ada Kvist said: “{WORDS}.”", "Ada Kvist"),
        (f"According to Ada Kvist, “{WORDS}.”", "Ada Kvist"),
        (f"“{WORDS}” — Ada Kvist", "Ada Kvist"),
        (f"BREAKING: Mayor Kvist says “{WORDS}” 🚢 #yard", "Mayor Kvist"),
        (f"Ada Kvist, mayor of Halden, told Per Dahl “{WORDS}.”", "Ada Kvist"),
        (f"Kvist: {WORDS}", "Kvist"),
        (f"“{WORDS},” Ada J. Kvist said.", "Ada J. Kvist"),
        (f"The mayor of Halden: “{WORDS}.”", "The mayor of Halden"),
        (f"Kvist said that {WORDS.lower()}", "Kvist"),
        (f"The mayor of Halden said that {WORDS.lower()}", "The mayor of Halden"),
    ],
)
def test_a_name_in_the_text_is_compared(record: Store, text: str, name: str) -> None:
    """A text that says itself who said it is answered on that name."""
    answer = check(record, text)
    assert (answer.said_by, answer.words, answer.speaker) == (name, "verbatim", "same")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"“{WORDS},” said Ada Kvist’s lawyer.", "Ada Kvist’s lawyer"),
        (f"Ada Kvist’s spokesman later told reporters: “{WORDS}.”", "Ada Kvist’s spokesman"),
        (f"Friday’s affidavit said: “{WORDS}.”", "Friday’s affidavit"),
        (f"Kvist’s lawyer said that {WORDS.lower()}", "Kvist’s lawyer"),
        (f"“{WORDS},” said the captain on Monday.", "the captain"),
        (f"A letter from a man who claimed to have met Kvist said, “{WORDS}.”", "A letter from a man"),
    ],
)
def test_a_description_is_not_the_person_it_mentions(record: Store, text: str, name: str) -> None:
    """The lawyer, spokesman or letter of somebody is not that person, and a description behind the verb is compared."""
    answer = check(record, text)
    assert (answer.said_by, answer.words, answer.speaker) == (name, "verbatim", "differs")


@pytest.mark.parametrize(
    "text",
    [
        f"“{WORDS},” said the mayor of Halden on Monday.",
        f"“{WORDS},” said Halden mayor Ada Kvist.",
        f"“{WORDS},” said the mayor, Ada Kvist.",
        f"The mayor also said: “{WORDS}.”",
        f"Ada Kvist said: “{WORDS}.” Then the lights in the hall went out.",
        f"Ada Kvist said, “{WORDS}.” Olle Brandt claimed the opposite.",
        f"“{WORDS},” Ada Kvist, who chairs the council, admitted.",
        f"Ada “Addie” Kvist said: “{WORDS}.”",
        f"“{WORDS},” said Ada “Addie” Kvist.",
    ],
)
def test_attributions_of_many_forms(record: Store, text: str) -> None:
    """A description with a name, a sentence behind the quotation and a nickname in marks do not hide who is named."""
    answer = check(record, text)
    assert (answer.words, answer.speaker, answer.as_asked) == ("verbatim", "same", True)


def test_what_looks_like_an_attribution_may_be_what_was_said(store: Store) -> None:
    """Words of the statement itself, of a condition or of a sentence of the article are not taken for a speaker's name."""
    said = "“The Halden Council demands respect for the law and the release of the crew,”"
    put(
        store,
        f"{said} said Ada Kvist. Brandt agreed to pay a fee of two percent to the owners.",
        line(said, by="Ada Kvist"),
    )
    refresh(store)
    changed = check(store, "The Halden Council demands respect for the law and the arrest of the crew")
    assert (changed.words, changed.speaker) == ("changed", "not given")
    assert check(store, "If Kvist thinks the cranes can sail").said_by is None
    printed = check(store, "Brandt agreed to pay a fee of two percent to the owners")
    assert (printed.words, printed.speaker) == ("printed", "not given")


def test_a_wrong_name_in_the_text_is_noticed(record: Store) -> None:
    """The words of one given to another are never an all-clear."""
    answer = check(record, f"“{WORDS},” said Olle Brandt.")
    assert (answer.words, answer.speaker, answer.as_asked) == ("verbatim", "differs", False)


def test_a_pronoun_is_no_name(record: Store) -> None:
    """A text that only says `he said` names nobody, and a described speaker is compared by the role."""
    assert check(record, f"He said “{WORDS}”").said_by is None
    assert check(record, f"On Monday the mayor of Halden said: “{WORDS}.”").speaker == "same"
    assert check(record, f"Yesterday Kvist said: “{WORDS}.”").said_by == "Kvist"
    assert check(record, "We told the owners that the yard needs a new crane by spring").said_by is None


def test_a_label_before_several_sentences_or_a_title_is_a_name(store: Store) -> None:
    """A name and a colon attribute all that follows, of several sentences and with marks around a title or a word."""
    put(store, "“The ‘Marisol’ must not sail again. Her crew deserves better,” said Ada Kvist.",
        line("“The ‘Marisol’ must not sail again. Her crew deserves better,”", by="Ada Kvist"))  # fmt: skip
    refresh(store)
    for words in ("The ‘Marisol’ must not sail again", "The Marisol must not sail again. Her crew deserves better"):
        answer = check(store, f"Ada Kvist: {words}")
        assert (answer.said_by, answer.speaker) == ("Ada Kvist", "same") and answer.words in ("verbatim", "marks")


def test_the_name_given_beats_the_one_in_the_text(record: Store) -> None:
    """``said_by`` is compared instead of a name in the text."""
    assert check(record, f"“{WORDS},” said Olle Brandt.", said_by="Ada Kvist").speaker == "same"


def test_the_named_speaker_comes_first(store: Store) -> None:
    """The same words by the person named come before the same words by others, and before closer wordings."""
    for name, day in (("Ada Kvist", "2026-03-02"), ("Olle Brandt", "2026-05-02"), ("Nora Lind", "2026-07-02")):
        put(store, f"“This town has waited long enough,” said {name}.", line("“This town has waited long enough,”", by=name), day=day)  # fmt: skip
    put(
        store,
        "“This town has waited far too long,” said Per Dahl.",
        line("“This town has waited far too long,”", by="Per Dahl"),
    )
    refresh(store)
    answer = check(store, "This town has waited long enough", said_by="Nora Lind")
    assert answer.matches[0].printing is not None and answer.matches[0].printing.speakers == ("Nora Lind",)
    assert {m.printing.speakers for m in answer.matches if m.printing} == {
        ("Nora Lind",),
        ("Ada Kvist",),
        ("Olle Brandt",),
    }
    shown = [p.quotation_id for match in answer.matches for p in match.printings]
    assert len(shown) == len(set(shown))
    closest = check(store, "This town has waited very long enough", said_by="Olle Brandt").matches[0]
    assert closest.printing is not None and closest.printing.speakers == ("Olle Brandt",)


def test_the_first_printing_leads(store: Store) -> None:
    """Among printings of one claim with the same words, the earliest leads, and the others are counted as reports."""
    for outlet, day in (("The Echo", "2026-03-04"), ("The Post", "2026-03-02"), ("The Wire", "2026-03-03")):
        put(store, f"“{WORDS},” said Ada Kvist. {outlet} spoke to her by the quay.", line(f"“{WORDS},”", by="Ada Kvist"), outlet=outlet, day=day)  # fmt: skip
    refresh(store)
    [match] = check(store, WORDS).matches
    assert (match.place.outlet, [p.outlet for p in match.others], match.reports) == (
        "The Post",
        ["The Wire", "The Echo"],
        3,
    )
    assert match.first is match.printing


def test_a_name_and_an_office_are_taken_apart() -> None:
    """The office may stand before the name or behind a comma, or without a name."""
    assert Named.of("Brennholm mayor Ada Kvist") == Named("Ada Kvist", "Brennholm mayor")
    assert Named.of("the mayor of Brennholm") == Named("", "the mayor of Brennholm")
    assert Named.of("Bank of Halden") == Named("Bank of Halden", "")


def test_a_described_speaker_is_compared_by_the_description(store: Store) -> None:
    """A speaker that the article only describes is the one that the draft describes in the same way."""
    put(store, "The official said: “The pumps failed twice.”", line("“The pumps failed twice.”", by="The official", type="unnamed"))  # fmt: skip
    refresh(store)
    assert check(store, "The official: “The pumps failed twice”").speaker == "same"
    assert check(store, "The captain: “The pumps failed twice”").speaker == "differs"
