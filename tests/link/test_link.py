"""Sources to speakers: what is one, what stays two."""

from __future__ import annotations

from quotetrack.link import link
from quotetrack.model import Article, Speaker, SpeakerType
from quotetrack.store import Store
from tests.conftest import said


def speakers(store: Store, *sources: tuple[str, SpeakerType]) -> list[str]:
    """One article for each source; the names of the speakers that come out."""
    for number, (name, kind) in enumerate(sources):
        a = Article(
            f"“It holds number {number},” said {name}.", url=f"https://post.example/{number}", published="2026-03-02"
        )
        store.put([(a, [said(a, a.text.split(" said")[0], source=name, speaker=Speaker(name, kind))])], "m")
    link(store)
    return [r[0] for r in store.connection.execute("SELECT name FROM speakers ORDER BY name").fetchall()]


def test_full_names_join(store: Store) -> None:
    """Accents, case, particles and one middle name do not make another person."""
    assert speakers(store, ("Bashir al-Asadi", "person"), ("Bashír el-Asadi", "person")) == ["Bashir al-Asadi"]
    assert len(speakers(store, ("Ruth B. Vale", "person"), ("Ruth Vale", "person"))) == 1


def test_two_of_one_surname_stay_two(store: Store) -> None:
    """A surname alone joins nobody: two dossiers are better than a wrong one."""
    assert speakers(store, ("Ruth Vale", "person"), ("Anton Vale", "person"), ("Vale", "person")) == [
        "Anton Vale",
        "Ruth Vale",
        "Vale",
    ]


def test_middle_names_that_differ(store: Store) -> None:
    """Two different middle names are two persons; the bare name is then nobody's."""
    assert len(speakers(store, ("Ann B. Vale", "person"), ("Ann C. Vale", "person"), ("Ann Vale", "person"))) == 3


def test_bodies_and_short_forms(store: Store) -> None:
    """A body is one by name; the known short forms of states are the state."""
    assert len(speakers(store, ("the United States", "place"), ("U.S.", "place"), ("US", "organisation"))) == 1


def test_unnamed_are_never_merged(store: Store) -> None:
    """A spokesman in one article is not the spokesman in another."""
    assert len(speakers(store, ("a spokesman", "unnamed"), ("a spokesman", "unnamed"))) == 2


def test_joint_members(store: Store) -> None:
    """Each member of a joint source is a speaker of its own, and marked."""
    a = Article("France and Italy said “no deal”.")
    joint = Speaker("France and Italy", "joint", (Speaker("France", "place"), Speaker("Italy", "place")))
    store.put([(a, [said(a, "“no deal”", source="France and Italy", speaker=joint)])], "m")
    assert link(store) == 2
    assert store.connection.execute("SELECT DISTINCT joint FROM source_speakers").fetchall() == [(True,)]


def test_names_in_other_forms(store: Store) -> None:
    """Nickname, double surname, one spelling for another in the same company, and `Ben` that is no particle."""
    assert len(speakers(store, ("Bill Vale", "person"), ("William Vale", "person"))) == 1
    assert speakers(store, ("Rosa María Lanza Ortuño", "person"), ("Lanza Ortuño", "person")) == [
        "Rosa María Lanza Ortuño"
    ]
    assert speakers(store, ("Ben Osei", "person"), ("Ben Osei", "person")) == ["Ben Osei"]
    assert len(speakers(store, ("Jel Varga", "person"), ("John Ellis Varga", "person"))) == 2
    assert len(speakers(store, ("Jev Varga", "person"), ("John Ellis Varga", "person"))) == 1


def test_father_and_son(store: Store) -> None:
    """`Jr.` is another person unless the same office says otherwise."""
    assert len(speakers(store, ("Anton Lund", "person"), ("Anton Lund Jr.", "person"))) == 2
