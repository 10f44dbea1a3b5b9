"""Which speakers and claims get a page on the site."""

from __future__ import annotations

from dataclasses import replace

from quotetrack.jobs.refresh import refresh
from quotetrack.model import Article, Speaker
from quotetrack.read.site_lists import bodies_spoken_for, unnamed_sources
from quotetrack.read.site_pages import claims_with_page, listed_speakers
from quotetrack.store import Store
from tests.conftest import said

_WORDS = ("ferry", "bridge", "pier", "canal", "quay")


def article(number: int, *names: tuple[str, str, str | None]) -> tuple[Article, list]:  # type: ignore[type-arg]
    """An article of an outlet of its own in which each name, with type and role, says something else."""
    sentences = [
        f"“The {_WORDS[number % 5]} will be {place} painted in year {number},” said {f'{role} ' if role else ''}{name}."
        for place, (name, _, role) in enumerate(names)
    ]
    one = Article(
        " ".join(sentences),
        outlet=f"Post {number}",
        url=f"https://post{number}.example/a",
        published="2031-03-02",
    )
    made = []
    for place, (name, kind, role) in enumerate(names):
        words = f"“The {_WORDS[number % 5]} will be {place} painted in year {number},”"
        made.append(said(one, words, source=name, speaker=Speaker(name, kind), role=role))  # type: ignore[arg-type]
    return one, made


def paged(store: Store, *articles: tuple[Article, list]) -> dict[str, bool]:  # type: ignore[type-arg]
    store.put(list(articles), "m")
    refresh(store)
    return {one.name: one.paged for one in listed_speakers(store)}


def test_speakers_without_a_proper_name_have_no_page(store: Store) -> None:
    """Persons and bodies with a proper name have a page; days, numbers, common nouns and unnamed sources have none."""
    found = paged(
        store,
        article(
            1,
            ("Ruth Vale", "person", None),
            ("Sunday", "person", None),
            ("Calder Port Authority", "organisation", None),
        ),
        article(2, ("government", "organisation", None), ("residents", "unnamed", None), ("Calderians", "group", None)),
    )
    assert {name for name, has in found.items() if has} == {"Ruth Vale", "Calder Port Authority"}
    assert {"Sunday", "government", "residents"} <= found.keys()


def test_a_single_word_needs_a_role_in_several_reports(store: Store) -> None:
    """A person of one name has a page only if independent reports give a role and nobody else is called so."""
    role = "minister"
    first = article(1, ("Sukardi", "person", role), ("Lund", "person", None), ("Anton Osei", "person", None))
    second = article(
        2,
        ("Sukardi", "person", role),
        ("Lund", "person", None),
        ("Ruth Osei", "person", None),
        ("Osei", "person", role),
    )
    found = paged(store, first, second)
    assert found["Sukardi"] and not found["Lund"] and not found["Osei"]


def test_a_correction_gives_a_page(store: Store) -> None:
    """Whoever a person has named in a correction has a page, even under one word."""
    before = paged(store, article(1, ("Lund", "person", None)))
    assert not before["Lund"]
    [one] = listed_speakers(store)
    store.connection.execute(
        "INSERT INTO corrections (correction_id, kind, summary, details, why, made_by, made_at) "
        "VALUES (1, 'rename', 'Renamed', '{}', 'x', 'ann', TIMESTAMP '2031-01-01')"
    )
    store.connection.execute("INSERT INTO correction_effects VALUES (1, ?, NULL)", [one.speaker_id])
    assert [one.paged for one in listed_speakers(store)] == [True]


def test_claims_printed_once_have_no_page(store: Store) -> None:
    """A claim has a page if it was printed twice; one printed once is only in the dossier."""
    words = "“The ferry to the western harbour will be painted in the spring of next year,”"
    other = {1: "We are waiting for planks and ropes", 2: "Nobody has told the painters when to come"}
    made = []
    for number in (1, 2):
        one = Article(f"{words} said Ruth Vale. “{other[number]},” she said.", outlet=f"Post {number}",
                      url=f"https://post{number}.example/a", published=f"2031-03-0{number}")  # fmt: skip
        vale = Speaker("Ruth Vale", "person")
        made.append(
            (
                one,
                [
                    said(one, words, source="Ruth Vale", speaker=vale),
                    said(one, f"“{other[number]},”", source="she", speaker=vale),
                ],
            )
        )
    store.put(made, "m")
    refresh(store)
    assert len(claims_with_page(store)) == 1


def test_unnamed_sources_are_listed_by_article_and_by_body(store: Store) -> None:
    """Quotations whose speaker has no page are listed by article; common nouns are not listed as bodies spoken for."""
    text = "“We are on strike until further notice,” a spokesman said. “We hope for a quick end,” a woman said. “It rains,” said Ruth Vale."
    one = Article(text, outlet="Post", url="https://post.example/a", title="Strike")
    spokesman = replace(
        said(
            one,
            "“We are on strike until further notice,”",
            source="a spokesman",
            speaker=Speaker("a spokesman", "unnamed"),
        ),
        on_behalf_of="Union of Harbour Pilots",
    )
    woman = replace(
        said(one, "“We hope for a quick end,”", source="a woman", speaker=Speaker("a woman", "unnamed")),
        on_behalf_of="the family",
    )
    vale = said(one, "“It rains,”", source="Ruth Vale", speaker=Speaker("Ruth Vale", "person"))
    store.put([(one, [spokesman, woman, vale])], "m")
    refresh(store)
    with_page = [line.speaker_id for line in listed_speakers(store) if line.paged]
    [(listed, sources)] = unnamed_sources(store, with_page)
    assert (listed.title, [source.source for source in sources]) == ("Strike", ["a spokesman", "a woman"])
    assert [(body.name, len(body.places)) for body in bodies_spoken_for(store, with_page)] == [
        ("Union of Harbour Pilots", 1)
    ]
