"""Who an article names, and by which of their names: by the real parser, on invented texts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotetrack.model import Quotation
from quotetrack.text.names import fold, is_title, strip_title
from tests.extract.test_structure import check, name

Extract = Callable[[str], list[Quotation]]


@pytest.mark.parametrize(
    ("printed", "bare"),
    [
        ("Dr.Franklin Osei", "Franklin Osei"),
        ("Tan Sri Wong Mei Lan", "Wong Mei Lan"),
        ("Datuk Seri Lim Boon Hock", "Lim Boon Hock"),
        ("Dato’ Sri Rahim Osman", "Rahim Osman"),
        ("Samdech Techo Chan Dara", "Chan Dara"),
        ("Maj Gen (retd) Iqbal Saroar", "Iqbal Saroar"),
        ("Lt. Col. (ret.) Marek Zorn", "Marek Zorn"),
        ("H.E. Faisal Al Marri", "Faisal Al Marri"),
        ("H E Faisal Al Marri", "Faisal Al Marri"),
        ("Her Highness Sheikha Noura bint Saif", "Noura bint Saif"),
        ("Eng. Tariq Alidi", "Tariq Alidi"),
        ("Prime Minister Sheikh Salem Al-Khaled", "Salem Al-Khaled"),
    ],
)
def test_titles_of_many_countries(printed: str, bare: str) -> None:
    """A title before a name is no part of it, of several words, with a bracket or glued to the name as well."""
    assert strip_title(printed)[0] == bare


@pytest.mark.parametrize(
    "printed",
    ["Tan Wei Ming", "He Wei", "Eng Soo", "H.E. Bates", "J.D. Vale", "Sri Mulyasari", "Seri Noor", "Shriya Vale"],
)
def test_names_that_look_like_titles(printed: str) -> None:
    """A name that only shares letters with a title is kept whole."""
    assert strip_title(printed)[0] == printed


def test_titles_alone() -> None:
    """``is_title`` holds for titles only, not for an office with its field and not for a name."""
    assert is_title("Maj. Gen. (retd)") and is_title("the Rev.") and is_title("Tan Sri")
    assert not is_title("Ruth") and not is_title("head of") and not is_title("Vale’s daughter")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Former surgeon Dr.Franklin Osei said it was late.", "Franklin Osei"),
        ("Security analyst Maj Gen (retd) Iqbal Saroar said it was late.", "Iqbal Saroar"),
        ("Harbour Group Chief Executive H E Faisal Al Marri said it was late.", "Faisal Al Marri"),
        ("Harbour Board of Selby (HBS) chief Arvo Tamm said it was late.", "Arvo Tamm"),
        ("Additional DIG Karim Sarkar of Selby range police said it was late.", "Karim Sarkar"),
        ("Deputy director of the Department of Forests in Rangamat Nur Hossain said it was late.", "Nur Hossain"),
        ("A manager named Brook said it was late.", "Brook"),
        ("A man who gave his name as Moss said it was late.", "Moss"),
        ("Lt. Col. (ret.) Marek Zorn, the commander, arrived. The commander, known only as Falke, said it was late.", "Falke"),
        ("A widow, Carol-Ann, said it was late.", "Carol-Ann"),
        ("Omar Quist is ill. Sami Quist is abroad. Quist’s daughter Mara Quist said it was late.", "Mara Quist"),
    ],
    ids=lambda value: str(value)[:24],
)  # fmt: skip
def test_the_name_in_the_phrase(quotations: Extract, text: str, speaker: str) -> None:
    """A source phrase that holds its speaker's name gives that name, whatever titles, brackets and bodies stand before it."""
    check(quotations, text, {"t was late": speaker})


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Datuk Seri Lim Boon Hock opened the school. Lim said it was late.", "Lim Boon Hock"),
        ("Tan Sri Wong Mei Lan opened the school. Tan Sri Wong said it was late.", "Wong Mei Lan"),
        ("Somchai Rattanakul, president of the hotel guild, spoke. Mr Somchai said it was late.", "Somchai Rattanakul"),
        ("Anna Jonsdottir, who runs the school, spoke. Ms. Anna said it was late.", "Anna Jonsdottir"),
        ("Crown Prince Khalid bin Rashid opened the line. Prince KBR said it was late.", "Khalid bin Rashid"),
        ("Admiral Yusuf Al Darwi visited the port. Admiral al-Darwi said it was late.", "Yusuf Al Darwi"),
        ("H.E. Faisal Al Marri opened the port. Al Marri said it was late.", "Faisal Al Marri"),
        ("Mohammed ElSabbagh met Lena Kurt. Mr. Alsabbagh said it was late.", "Mohammed ElSabbagh"),
        ("Sheikh Nasira opened the bridge. Sheikh Nasria said it was late. Later Sheikh Nasira left.", "Nasira"),
        ("Marion Kettle, better known as Rex Dalby, sang. Dalby said it was late.", "Marion Kettle"),
        ("Marion Kettle (also known as Rex Dalby) sang. Rex Dalby said it was late.", "Marion Kettle"),
        ("Premier Aslam Qazi met envoys. Former prime minister Qazi said it was late. Omar Qazi, a cousin, came.", "Aslam Qazi"),
    ],
    ids=lambda value: str(value)[:24],
)  # fmt: skip
def test_one_person_of_several_names(quotations: Extract, text: str, speaker: str) -> None:
    """A shorter, abbreviated or misspelled form of a name that the article prints in full is the person of the full name."""
    check(quotations, text, {"t was late": speaker})


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Scott Harlow, a clerk, met Ruth Vale. Harlow left. Mr. Scott said it was late.", "Scott"),
        ("Mr. James Scott met Ruth Vale. Scott Harlow left. Mr. Scott said it was late.", "James Scott"),
        ("Governor Ida Halvane and her brother Anton Halvane met. President Halvane said it was late.", "Halvane"),
        ("Khalid bin Rashid opened the line. The KBS director Ola Kvist said it was late.", "Ola Kvist"),
        ("Hanna Marlow met Ruth Vale. Harlow said it was late.", "Harlow"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_somebody_else(quotations: Extract, text: str, speaker: str) -> None:
    """A name that merely resembles another one is somebody else."""
    check(quotations, text, {"t was late": speaker})


def test_who_of_one_surname_goes_on_speaking(quotations: Extract) -> None:
    """Of two of one surname it stands for the only one who has spoken, if the article has called the other by no surname."""
    check(
        quotations,
        "Park Min-ho, a clerk, died at sea in May. Park’s older brother, Park Sung-ho, said the family would sue. “We want the "
        "truth,” Park said on Friday. Park told the Echo that he would go on.",
        {"the family would sue": "Park Sung-ho", "We want": "Park Sung-ho", "he would go on": "Park Sung-ho"},
    )


def test_nobody_of_one_surname(quotations: Extract) -> None:
    """Of two of one surname nobody is named where the article has called the silent one by it as well."""
    check(
        quotations,
        "Helen Trask, the wife of Daniel Trask, spoke. Daniel Trask met envoys. Trask signed a bill. Trask left for Lisbon. "
        "Helen Trask said she was glad. “It is a good bill,” Trask said.",
        {"she was glad": "Helen Trask", "It is a good bill": None},
    )


_HOLDERS = (
    "Ruth Vale is a professor of law. Anton Quist is the minister. Ida Halvane coaches Rovers. Per Lund is a clerk. "
)


@pytest.mark.parametrize(
    "source",
    [
        "the professor Xqir Bnaal",
        "The minister, Gloam Hatch,",
        "Rovers coach Storm Winter",
        "The coach, Summer Fields,",
        "the clerk, known only as Wren,",
        "Councillor Tiv",
        "minister Dawit Paris-Moon",
        "the professor, Dr.Zebulon Quarth,",
        "Security chief Brig. (retd) Oyelaran Tikk",
        "The minister identified as Commander Ramo Rocas",
        "The clerk identified by police as Lotta Beck",
        "The coach, who introduced himself as Mr. Grell,",
    ],
)
def test_a_name_in_the_phrase_beats_all_outside(quotations: Extract, source: str) -> None:
    """Where the source phrase holds a person's name, the speaker's name shares a word with the phrase, or nobody is named."""
    found = quotations(f"{_HOLDERS}{source[0].upper()}{source[1:]} said that the road was shut.")
    given = [name(q) for q in found if "the road was shut" in q.text]
    assert given and all(who is None or set(fold(who)) & set(fold(source)) for who in given)


def test_whom_somebody_quotes(quotations: Extract) -> None:
    """Words that one person quotes another as saying are the other's, before and behind the words."""
    check(
        quotations,
        "General Rashid Bahari met envoys. “We should take our chances and make threats less effective,” Amoui quoted Bahari as "
        "saying. Amoui quoted Rashid Bahari as saying that the border was calm.",
        {"We should": "Rashid Bahari", "the border was calm": "Rashid Bahari"},
    )
