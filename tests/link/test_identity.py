"""Who is one speaker: what the texts of articles say about bodies and namesakes."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks import identities

from quotetrack.extract import extract
from quotetrack.link.appearances import Appearance
from quotetrack.link.bodies import bodies, office_of
from quotetrack.link.countries import dateline, domain_country, main_country, mentions
from quotetrack.link.facts import Facts, country_of, facts
from quotetrack.link.fields import far_apart
from quotetrack.link.generic import generic_body
from quotetrack.link.names import likeness, person_name, romanised
from quotetrack.link.persons import persons
from quotetrack.link.roles import role_words
from quotetrack.parse.pipeline import Parser

_DAY = 19_000


def _one(article: str, name: str = "Ana Prelog", day: int = _DAY, kind: str = "person", **given: object) -> Appearance:
    roles = tuple(given.pop("roles", ()))  # type: ignore[call-overload]
    company = frozenset(given.pop("company", ()))  # type: ignore[call-overload]
    return Appearance(
        article,
        name,
        kind,
        [(f"s-{article}", False)],
        roles=roles,
        company=company,
        day=day,
        facts=Facts(**given),  # type: ignore[arg-type]
    )


def _groups(*appearances: Appearance) -> list[str]:
    """Return the articles of each speaker, as strings such as ``ac``."""
    kind = appearances[0].type
    found = (persons if kind == "person" else bodies)(list(appearances), [])
    return sorted("".join(sorted(one.article for one in person.appearances)) for person in found)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Interior Ministry", ("ministry interior", "")),
        ("Ministry of the Interior", ("ministry interior", "")),
        ("Estonian Interior Ministry", ("ministry interior", "EE")),
        ("electoral commission of Uganda", ("commission electoral", "UG")),
        ("U.S. Supreme Court", ("court supreme", "US")),
        ("Tarnwick Police", None),
        ("World Health Organization", None),
        ("Orbia", None),
        ("City Council", None),
        ("National Assembly", ("assembly national", "")),
        ("China’s foreign ministry", ("ministry foreign", "CN")),
    ],
)
def test_generic_bodies(name: str, key: tuple[str, str] | None) -> None:
    """A state body's name without a proper name is generic, whatever the order of its words; its country is split off."""
    assert generic_body(name) == key


def test_countries_in_text() -> None:
    """Countries are found by name, adjective and capital, but not in the names of people."""
    text = "Ana Jordan and Chad Osei met South Korean envoys in Nairobi; the U.S. and Peru did not come."
    assert [one.country for one in mentions(text)] == ["KR", "KE", "US", "PE"]


def test_the_country_of_an_article() -> None:
    """The dateline and the country named most decide; two countries named alike leave the article without one."""
    assert dateline("NAIROBI, Kenya — The court ruled.") == "KE"
    assert dateline("Kenya and Peru — two coasts.") == ""
    assert main_country("Peru closed two crossings. Peruvian guards left.") == "PE"
    assert main_country("Peru met Chile.") == ""
    assert domain_country("https://news.example.pe/1") == "PE"
    assert domain_country("https://news.example.io/1") == domain_country(None) == ""


def test_the_country_of_a_body() -> None:
    """A country directly before the body decides, then the dateline, the article's only country, and the url's domain."""
    text = "Peru and Chile met. Kenya's Supreme Court ruled. The Interior Ministry said no."
    at = text.index("Supreme")
    assert country_of(text, None, [(at, at + 13)]) == "KE"
    assert country_of(text, None, [(text.index("Interior"), len(text))]) == ""
    assert country_of(text, "https://a.example.cl/", [(text.index("Interior"), len(text))]) == "CL"
    assert country_of("The ministry said no.", "https://a.example.cl/", [(0, 12)]) == "CL"
    assert country_of("Peru said no.", "https://a.example.cl/", [(0, 4)]) == ""


def test_generic_bodies_of_two_countries() -> None:
    """A generic body is one per country, and one per article where the country is unknown."""
    assert _groups(
        _one("a", "Interior Ministry", kind="organisation", country="PE"),
        _one("b", "Ministry of Interior", kind="organisation", country="PE"),
        _one("c", "Interior Ministry", kind="organisation", country="EE"),
        _one("d", "Interior Ministry", kind="organisation"),
        _one("e", "Interior Ministry", kind="organisation"),
    ) == ["ab", "c", "d", "e"]


def test_an_abbreviation_belongs_to_its_own_article() -> None:
    """An abbreviation stands for the body its own article introduces, and else for the only one of its country."""
    coast, reef = "National Reform Party", "New Reef Party"
    assert _groups(
        _one("a", coast, kind="organisation", country="GH"),
        _one("b", reef, kind="organisation", country="FJ"),
        _one("a", "NRP", kind="organisation", country="GH"),
        _one("b", "NRP", kind="organisation", country="FJ"),
        _one("c", "NRP", kind="organisation", country="FJ"),
        _one("d", "NRP", kind="organisation", country="PE"),
    ) == ["aa", "bbc", "d"]


def test_renamed_bodies() -> None:
    """A body and the name that a text says it had before are one speaker."""
    assert _groups(
        _one("a", "Facelink", kind="organisation"),
        _one("b", "Orbia", kind="organisation", other_names=("Facelink",)),
    ) == ["ab"]


def test_ages() -> None:
    """Ages that give different years of birth keep namesakes apart; a year more a year later does not."""
    assert _groups(_one("a", age=19), _one("b", age=71), _one("c", age=20, day=_DAY + 365)) == ["ac", "b"]


def test_a_stray_age() -> None:
    """One of many appearances with a contradicting age is an error of extraction and splits nothing."""
    many = [_one(letter, age=40) for letter in "abcdefghijk"]
    assert _groups(*many, _one("z", age=71)) == ["abcdefghijkz"]


def test_one_office_in_two_places() -> None:
    """The same political office in two places keeps namesakes apart, unless they share company."""
    elmford, saltby = _one("a", roles=["mayor of Elmford"]), _one("b", roles=["mayor of Saltby"])
    assert _groups(elmford, saltby, _one("c", roles=["Elmford Mayor"])) == ["ac", "b"]
    assert _groups(_one("a", roles=["Zambian Finance Minister"]), _one("b", roles=["Zimbabwe's finance minister"])) == [
        "a",
        "b",
    ]
    together = {"company": ["ivo roth"]}
    assert _groups(
        _one("a", roles=["mayor of Elmford"], **together), _one("b", roles=["mayor of Saltby"], **together)
    ) == ["ab"]


def test_occupations_that_hardly_go_together() -> None:
    """Occupations of fields that one person hardly works in keep namesakes apart; a former one does not."""
    assert far_apart({"medicine"}, {"sport"}) and not far_apart({"medicine"}, {"politics"})
    assert _groups(_one("a", roles=["heart surgeon"]), _one("b", roles=["striker"])) == ["a", "b"]
    assert _groups(_one("a", roles=["senator"]), _one("b", roles=["former striker"])) == ["ab"]
    assert _groups(_one("a", roles=["lawyer"]), _one("b", roles=["senator"])) == ["ab"]


def test_a_relative_of_the_same_name() -> None:
    """Where a text says that a relative has the same name, no two appearances are joined by the name alone."""
    text = "Boatbuilder Anders Holm retired. His son, also named Anders Holm, takes over."
    assert facts(text, None, "Anders Holm", "person", []).namesake
    assert not facts("He also called Anders Holm a liar.", None, "Anders Holm", "person", []).namesake
    assert _groups(_one("a", namesake=True), _one("b"), _one("c")) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Ana Prelog, 19, swam.", 19),
        ("Ana Prelog (71) swam.", 71),
        ("Prelog, an 81-year-old farmer, swam.", 81),
        ("The 34-year-old miller Ana Prelog swam.", 34),
        ("Ana Prelog, 3, swam.", None),
        ("Ana Prelog, 25 percent behind, swam.", None),
    ],
)
def test_ages_in_text(text: str, age: int | None) -> None:
    """An age beside the name is read; a number that is no age is not."""
    assert facts(text, None, "Ana Prelog", "person", []).age == age


def test_other_names_in_text() -> None:
    """Former names and new names are read; a surname gets the first name."""
    assert facts("Lena Moreno, née Falk, ran.", None, "Lena Moreno", "person", []).other_names == ("Lena Falk",)
    text = "Facelink said it would change its name to Orbia."
    assert facts(text, None, "Facelink", "person", []) == Facts(organisation=True, other_names=("Orbia",))


def test_a_company_with_a_persons_name() -> None:
    """An apposition with a noun for organisations makes the name a company's; one with a noun for people does not."""
    assert facts("Harlan Price, the furniture chain, closed.", None, "Harlan Price", "person", []).organisation
    assert not facts("Harlan Price, the founder, is angry.", None, "Harlan Price", "person", []).organisation
    assert not facts("Harlan Price, the party’s founder, is angry.", None, "Harlan Price", "person", []).organisation


@pytest.mark.parametrize(
    ("names", "roles"),
    [
        (("Lena Falk", "Lena Falk-Moreno"), ("sprinter", "sprinter")),
        (("Than Zaw", "Ma Than Zaw"), ("chairman of the Rice Board", "chairman of the Rice Board")),
        (("Carlos Ruiz Ortega", "Carlos Ruiz"), ("Governor", "governor")),
        (("Sergei Zhukovsky", "Sergey Zhukovskiy"), ("Railway chief", "head of the railway")),
        (("Yevgeny Lipsky", "Evgeniy Lipskiy"), ("stationmaster", "stationmaster")),
        (("R.Subramani", "R. Subramani"), ("director of the rocket centre", "director of the rocket centre")),
        (("Suryanto", "Suryanto"), ("city's police chief", "Police chief")),
        (("Kezu", "Kezu"), ("drummer", "drummer")),
    ],
)
def test_one_person_under_two_names(names: tuple[str, str], roles: tuple[str, str]) -> None:
    """Married names, honorifics, double surnames, single names and other spellings join where role and date agree, and only there."""
    first = _one("a", names[0], roles=[roles[0]])
    assert _groups(first, _one("b", names[1], roles=[roles[1]])) == ["ab"]
    if names[0] != names[1] and "." not in names[0]:
        assert _groups(first, _one("b", names[1], roles=["beekeeper"], day=_DAY + 400)) == ["a", "b"]


def test_a_single_name_with_another_occupation() -> None:
    """A single name with another occupation, or long after, is another person."""
    assert _groups(_one("a", "Kezu", roles=["drummer"]), _one("b", "Kezu", roles=["potter"])) == ["a", "b"]
    assert _groups(_one("a", "Kezu", roles=["drummer"]), _one("b", "Kezu", roles=["drummer"], day=_DAY + 400)) == [
        "a",
        "b",
    ]


def test_spellings() -> None:
    """Romanisations of one name have one spelling; different surnames do not."""
    assert romanised("dmitri") == romanised("dmitry") and romanised("ostrovskiy") == romanised("ostrovsky")
    assert romanised("ostrovsky") != romanised("orlovsky")
    assert likeness(person_name("Teresa Lima Barros"), person_name("Teresa Lima Prado")) <= 0
    assert role_words("Railway chief") == role_words("head of the railway")


def test_an_american_body_abroad() -> None:
    """A body that is known by a short American name stays American in an article about another country that names the USA."""
    text = "Libya asked for aid. Libya and Libyans wait for U.S. help. The State Department said no."
    at = text.index("State")
    assert facts(text, None, "State Department", "organisation", [(at, at + 16)]).country == "US"


def test_an_abbreviation_of_another_country() -> None:
    """An abbreviation is not given to a body of another country only because an article printed that body's abbreviation."""
    first = _one("a", "United Farmers' Front", kind="organisation", country="ZM")
    first.printed["the UFF"] = 1
    assert _groups(
        first,
        _one("b", "Union of Free Fishermen", kind="organisation", country="IS"),
        _one("c", "UFF", kind="organisation", country="IS"),
    ) == ["a", "bc"]


def test_local_police() -> None:
    """The police of a place is one body in its usual wordings, and that of another place another."""
    assert _groups(
        _one("a", "Police in Tarnwick", kind="organisation"),
        _one("b", "Tarnwick police", kind="organisation"),
        _one("c", "Tarnwick Police Department", kind="organisation"),
        _one("d", "Ostrand police", kind="organisation"),
    ) == ["abc", "d"]


def test_holders_of_an_office() -> None:
    """Nobody but the only holder of a local or national office is one speaker across articles without a name, and only for 60 days."""
    assert office_of("The mayor of Norvale") == "mayor norvale"
    others = ("the mayor", "a former mayor of Norvale", "the minister of Finance", "the governor of the Central Bank")
    assert not any(map(office_of, others))
    unnamed = [
        _one(a, "the mayor of Norvale", kind="unnamed", day=d) for a, d in zip("abc", (10, 40, 400), strict=True)
    ]
    assert _groups(*unnamed) == ["ab", "c"]
    assert _groups(unnamed[0], _one("d", "the mayor of Dunmoor", kind="unnamed", day=10)) == ["a", "d"]


def test_single_names_with_roles_of_several_words() -> None:
    """Single names join where their roles of several words agree, also with a verb, and not across another person's article."""
    assert _groups(
        _one("a", "Suparno", roles=["head of the observatory at Mount Kelang"]),
        _one("b", "Suparno", roles=["noodle seller"], day=_DAY + 1),
        _one("c", "Suparno", roles=["heads the observatory at Mount Kelang"], day=_DAY + 2),
    ) == ["ac", "b"]


def test_burmese_honorifics() -> None:
    """``U`` and ``Daw`` before a Burmese name are no part of it; an initial is."""
    assert person_name("U Kyaw Min Htet").parts == person_name("Kyaw Min Htet").parts
    assert person_name("Daw Thida Lwin").parts == ("thida", "lwin")
    assert person_name("U. Selvam").parts == ("u", "selvam")


def test_surnames_in_the_middle() -> None:
    """The first or the last of several surnames may stand for all; one in the middle may not."""
    assert likeness(person_name("José Luis Ferrer Quintana"), person_name("José Ferrer")) > 0
    assert likeness(person_name("João Reis de Castro Lobo"), person_name("João Castro")) <= 0


def test_a_place_after_a_name() -> None:
    """A place behind a full name is no part of the name."""
    assert person_name("Paul Reyes of Norte").parts == ("paul", "reyes")


def test_a_country_decides_between_namesakes() -> None:
    """An office without its country belongs to the namesake of the country the article is about."""
    assert _groups(
        _one("a", roles=["Laotian trade minister"]),
        _one("b", roles=["Chad's trade minister"]),
        _one("c", roles=["Trade Minister"], country="LA"),
    ) == ["ac", "b"]


def test_a_namesake_among_relatives() -> None:
    """The grandchild of somebody of the same name, told apart as the younger one, is a person of its own."""
    text = "The pianist Anton Reuss plays. He is the grandson of the pianist Anton Reuss. “No,” the younger Reuss said."
    assert facts(text, None, "Anton Reuss", "person", []).namesake
    assert not facts(text.replace("the younger ", ""), None, "Anton Reuss", "person", []).namesake


def test_a_company_that_was_founded() -> None:
    """A name described as founded in a year is a company's."""
    assert facts("Conrad Uhl, the piano maker founded in 1890, moves.", None, "Conrad Uhl", "person", []).organisation


@pytest.mark.parametrize(
    ("file", "right", "wrong", "missed"), [(identities.FILES[0], 20, 2, 5), (identities.FILES[1], 10, 1, 9)]
)
def test_the_identity_sets(parser: Parser, file: Path, right: int, wrong: int, missed: int) -> None:
    """The identity sets, from text to speaker, stay at least as good as when the figures of docs/benchmarks.md were taken."""
    score, _ = identities.scored(identities.read(file), lambda texts: [extract(one) for one in parser.parse_all(texts)])
    assert score.right >= right and score.wrong <= wrong and score.missed <= missed
