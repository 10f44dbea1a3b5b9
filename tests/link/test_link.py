"""Sources to speakers: what is one, what stays two."""

from __future__ import annotations

from quotetrack.jobs.refresh import refresh_speakers
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
    refresh_speakers(store)
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
    refresh_speakers(store)
    assert store.connection.execute("SELECT count(*) FROM speakers").fetchone() == (2,)
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


def test_namesakes(store: Store) -> None:
    """One full name with two callings that nobody combines is two speakers; with one calling it is one."""
    roles = ["striker", "senator", "striker", "senator"]
    for number, role in enumerate(roles):
        a = Article(
            f"“It holds number {number},” said the {role} Ruth Vale.",
            url=f"https://post.example/{number}",
            published="2026-03-02",
        )
        quotation = said(
            a, f"“It holds number {number},”", source="Ruth Vale", speaker=Speaker("Ruth Vale", "person"), role=role
        )
        store.put([(a, [quotation])], "m")
    refresh_speakers(store)
    rows = store.connection.execute(
        "SELECT list(q.role ORDER BY q.role) FROM quotations q JOIN source_speakers USING (source_id) GROUP BY speaker_id"
    ).fetchall()
    assert sorted(rows) == [(["senator", "senator"],), (["striker", "striker"],)]


def test_father_and_son(store: Store) -> None:
    """`Jr.` is another person unless the same office says otherwise."""
    assert len(speakers(store, ("Anton Lund", "person"), ("Anton Lund Jr.", "person"))) == 2


def test_campaigns_by_full_name_and_surname(store: Store) -> None:
    """One campaign of a surname is one; with two of that surname the bare one is neither's."""
    campaign: tuple[str, SpeakerType] = ("Ruth Vale campaign", "organisation")
    assert len(speakers(store, campaign, ("the Vale campaign", "organisation"))) == 1


def test_campaigns_of_two_of_one_surname(store: Store) -> None:
    """Nobody can say whose the bare one is."""
    names = ("Ruth Vale campaign", "Anton Vale campaign", "the Vale campaign")
    assert len(speakers(store, *((name, "organisation") for name in names))) == 3


def test_one_pronoun_does_not_part_a_surname_from_its_person(store: Store) -> None:
    """A pronoun may be misread; two or an honorific tell."""
    texts = [f"“It holds {n},” said Anton Vale. “It holds {n + 30},” said Lund." for n in range(21)]
    for number, text in enumerate(texts):
        a = Article(text, url=f"https://post.example/{number}", published="2026-03-02")
        quotations = [
            said(a, f"“It holds {number},”", source="Anton Vale", speaker=Speaker("Anton Vale", "person")),
            said(a, f"“It holds {number + 30},”", source="Lund", speaker=Speaker("Lund", "person")),
        ]
        store.put([(a, quotations)], "m")
    b = Article(
        "“Not yet,” said Vale. “Never,” she said. “No,” said Lund.",
        url="https://post.example/b",
        published="2026-03-02",
    )
    pairs = (("“Not yet,”", "Vale"), ("“Never,”", "she"))
    store.put([(b, [said(b, what, source=who, speaker=Speaker("Vale", "person")) for what, who in pairs])], "m")
    refresh_speakers(store)
    names = [row[0] for row in store.connection.execute("SELECT name FROM speakers ORDER BY name").fetchall()]
    assert [name for name in names if "Vale" in name] == ["Anton Vale"]
