"""Linking article by article, in any order, gives what linking all at once gives."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotetrack.jobs.refresh import refresh_speakers
from quotetrack.model import Article, Quotation, Span, Speaker, SpeakerType
from quotetrack.store import Store

NAMES: list[tuple[str, SpeakerType]] = [
    ("Ann Vale", "person"), ("Ann B. Vale", "person"), ("Ann C. Vale", "person"), ("Annie Vale", "person"), ("A. Vale", "person"),
    ("Vale", "person"), ("Mr. Vale", "person"), ("Vale Ann", "person"), ("Anton Vale", "person"), ("Ann Vale-Osei", "person"),
    ("Osei", "person"), ("Bill Osei", "person"), ("William Osei", "person"), ("Samir Halvane", "person"), ("Samer Halvan", "person"),
    ("Harbour Workers Union", "organisation"), ("HWU", "organisation"), ("a spokesman", "unnamed"), ("the government", "organisation"),
    ("U.S.", "place"), ("United States", "organisation"),
]  # fmt: skip
ROLES = ["", "senator", "striker", "president of Peru", "Peruvian President", "resident"]
speakers = st.tuples(st.sampled_from(NAMES), st.sampled_from(ROLES))
articles = st.lists(
    st.tuples(
        st.lists(speakers, min_size=1, max_size=4),
        st.sampled_from(["2026-01-02", "2026-01-20", "1999-01-01"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=7,
)


def article(
    number: int, who: list[tuple[tuple[str, SpeakerType], str]], day: str, joint: bool = False
) -> tuple[Article, list[Quotation]]:
    """An article in which each of ``who`` says something, a role before the name; if ``joint``, together with the next."""
    text, quotations = "", []
    for index, ((name, kind), role) in enumerate(who):
        said = f"Item {number} is matter {index}"
        following = who[(index + 1) % len(who)][0]
        together = joint and following != (name, kind) and "unnamed" not in (kind, following[1])
        speaker = Speaker(name, kind)
        if together:
            name = f"{name} and {following[0]}"
            speaker = Speaker(name, "joint", (speaker, Speaker(*following)))
        at = len(text) + len(said) + 7
        text += f"{said}, said {role}|{name}. "
        quotations.append(
            Quotation(
                "indirect",
                (Span.of(text, at - 7 - len(said), at - 7),),
                source=Span.of(text, at + len(role) + 1, at + len(role) + 1 + len(name)),
                speaker=speaker,
                role=Span.of(text, at, at + len(role)) if role else None,
                method="name",
            )
        )
    return Article(text, url=f"https://post.example/{number}", outlet=f"Outlet {number % 2}", published=day), quotations


def outcome(store: Store) -> list[tuple[object, ...]]:
    """All that linking decides, in an order of its own."""
    query = (
        "SELECT a.url, s.start_char, p.speaker_id, p.name, p.type, ss.joint FROM source_speakers ss "
        "JOIN sources s USING (source_id) JOIN articles a USING (article_id) JOIN speakers p USING (speaker_id) ORDER BY ALL"
    )
    names = store.connection.execute("SELECT * FROM aliases ORDER BY ALL").fetchall()
    return store.connection.execute(query).fetchall() + names


def test_who_spoke_with_somebody_keeps_the_statement() -> None:
    """An article about one of two joint speakers leaves the other one as a speaker of their statement."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "joint.db") as store:
        pair: list[tuple[tuple[str, SpeakerType], str]] = [(("Ann Vale", "person"), ""), (("Bill Osei", "person"), "")]
        store.put([article(0, pair, "2026-01-02", joint=True)], "m")
        refresh_speakers(store)
        before = {row for row in outcome(store) if "Bill Osei" in row}
        store.put([article(1, pair[:1], "2026-01-03")], "m")
        refresh_speakers(store)
        assert before and before <= set(outcome(store))


# Each example refreshes up to nine times, at 0.2 s each; other examples are tried in every run.
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=articles, order=st.randoms(use_true_random=False), replaced=st.integers(0, 6))
def test_order_and_portions_leave_no_trace(data, order, replaced) -> None:  # type: ignore[no-untyped-def]
    """One by one in a random order, one article first stored with other speakers: the same as all at once."""
    made = [article(number, *one) for number, one in enumerate(data)]
    with tempfile.TemporaryDirectory() as folder:
        with Store.open(Path(folder) / "whole.db") as store:
            store.put(made, "m")
            refresh_speakers(store)
            whole = outcome(store)
        with Store.open(Path(folder) / "parts.db") as store:
            if replaced < len(made):
                store.put([article(replaced, [(NAMES[replaced], "senator")], "2026-01-02")], "m")
                refresh_speakers(store)
            shuffled = list(made)
            order.shuffle(shuffled)
            for one in shuffled:
                store.put([one], "m")
                refresh_speakers(store)
            assert outcome(store) == whole


@settings(max_examples=20, deadline=None)
@given(data=articles)
def test_every_source_has_its_speakers(data) -> None:  # type: ignore[no-untyped-def]
    """No named source is lost and none stands for two, and persons named differently in one article stay apart from bodies."""
    made = [article(number, *one) for number, one in enumerate(data)]
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "all.db") as store:
        store.put(made, "m")
        refresh_speakers(store)
        rows = store.connection.execute(
            "SELECT source_id, count(DISTINCT speaker_id), coalesce(len(any_value(members)), 1) FROM sources "
            "LEFT JOIN source_speakers USING (source_id) WHERE name IS NOT NULL GROUP BY source_id"
        ).fetchall()
        assert rows and all(1 <= count <= members for _, count, members in rows)
        kinds = store.connection.execute(
            "SELECT speaker_id, count(DISTINCT s.type = 'person') FROM source_speakers JOIN sources s USING (source_id) "
            "WHERE NOT joint GROUP BY 1"
        ).fetchall()
        assert all(count == 1 for _, count in kinds)
