"""What is clustered bit by bit is what would be clustered at once."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotetrack.cluster import candidates, sql
from quotetrack.cluster.clustering import VERSION, cluster
from quotetrack.cluster.sql import find_changes, unclustered
from quotetrack.jobs.refresh import refresh, refresh_speakers
from quotetrack.model import Article, Speaker
from quotetrack.store import Store
from tests.conftest import said

UTTERANCES = [
    "The harbour wall was never built to hold back a storm like that one.",
    "Nobody asked the lock keepers whether the sluice gates would close in time.",
    "We will not sell a single acre of the salt meadows to any developer.",
    "Ferries stay in port until the inspectors have signed every lifeboat certificate.",
    "No comment.",
    "Our thoughts and prayers are with the families tonight.",
]
SPEAKERS = ["Ruth Vale", "Anton Ortiz", "Mabel Quist", "an inspector"]
DAYS = ["2031-03-01", "2031-03-02", "2031-04-20", None]

OWN = (
    "\n\nThe council met for six hours in the old customs hall. The ferry left the quay at noon with sixty passengers. "
    "Inspectors had cleared the vessel for service only two days before. A second tug was sent from the naval harbour."
)
CONTENT = {"direct": "“{}”", "indirect": "{}", "mixed": "it “{}”"}


@st.composite
def printings(draw: st.DrawFn) -> tuple[str, str, str | None, str]:
    """Speaker, wording, date and kind of one printing: an utterance or two run together, cut, and a word changed."""
    chosen = draw(st.lists(st.sampled_from(UTTERANCES), min_size=1, max_size=2, unique=True))
    words = " ".join(chosen).split()
    start = draw(st.integers(0, max(0, len(words) - 6)))
    words = words[start : draw(st.integers(min(start + 5, len(words)), len(words)))]
    if draw(st.booleans()):
        words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(["harsh", "not", "nine", "Then"]))
    if len(words) > 8 and draw(st.integers(0, 4)) == 0:
        words[4:6] = ["…"]
    kind = draw(st.sampled_from(["direct", "direct", "direct", "indirect", "mixed"]))
    if kind == "mixed":
        words = words[: draw(st.integers(2, len(words)))]
    return draw(st.sampled_from(SPEAKERS)), " ".join(words), draw(st.sampled_from(DAYS)), kind


def article(number: int, printed: list[tuple[str, str, str | None, str]]) -> tuple[Article, list]:  # type: ignore[type-arg]
    day = printed[0][2]
    lines = [f"{name} said: {CONTENT[kind].format(wording)}" for name, wording, _, kind in printed]
    text = "\n\n".join(f"{place}. {line}" for place, line in enumerate(lines)) + OWN * (
        number % 3 == 0
    )  # copies of one another
    a = Article(text, url=f"https://post.example/{number}", outlet=f"O{number % 3}", published=day)
    found = []
    for place, (line, (name, wording, _, kind)) in enumerate(zip(lines, printed, strict=True)):
        offset = text.index(f"{place}. {line}")
        speaker = Speaker(name, "person" if name.istitle() else "unnamed")
        quotation = said(a, CONTENT[kind].format(wording), source=name, speaker=speaker, kind=kind, after=offset)
        found.append(replace(quotation, method="pronoun" if number % 2 and speaker.type == "person" else "name"))
    return a, found


def outcome(store: Store) -> list[list[tuple[object, ...]]]:
    return [
        store.connection.execute(query).fetchall()
        for query in (
            "SELECT * FROM claims ORDER BY ALL",
            "SELECT * FROM claim_quotations ORDER BY ALL",
            "SELECT a.code, b.code, contained FROM wording_pairs JOIN wordings a ON a.wording_id = shorter "
            "JOIN wordings b ON b.wording_id = longer ORDER BY ALL",
            "SELECT code FROM wordings ORDER BY ALL",
            'SELECT code, "window" FROM wording_windows JOIN wordings USING (wording_id) ORDER BY ALL',
            "SELECT code, low, high FROM wording_signatures JOIN wordings USING (wording_id) ORDER BY ALL",
            "SELECT core_id, quotation_id, likeness FROM core_quotations ORDER BY ALL",
            "SELECT quotation_id, other_id, code, likeness FROM echoes JOIN wordings USING (wording_id) ORDER BY ALL",
            "SELECT * FROM article_copies ORDER BY ALL",
            "SELECT * FROM article_origins ORDER BY ALL",
            "SELECT * FROM clustered ORDER BY ALL",
            "SELECT article_id FROM clustered_articles ORDER BY ALL",
            "SELECT * FROM clustered_sources ORDER BY ALL",
            "SELECT core_id, utterance_id FROM cores ORDER BY ALL",
            "SELECT * FROM claim_repeats ORDER BY ALL",
            "SELECT * FROM repairs ORDER BY ALL",
            "SELECT quotation_id, source_id, speaker_confidence FROM corrected_quotations ORDER BY ALL",
            "SELECT * FROM source_speakers ORDER BY ALL",
        )
    ]


ARTICLES = st.lists(
    st.tuples(st.integers(0, 7), st.lists(printings(), min_size=1, max_size=3)), min_size=2, max_size=10
)


@pytest.mark.parametrize("limits", [(24, 12, 400, 20_000), (2, 1, 4, 0)], ids=["as shipped", "narrow"])
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_bit_by_bit_is_all_at_once(
    limits: tuple[int, int, int, int], data: st.DataObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Articles that come in any order and portions, and change, leave the claims of one run over what is there at last."""
    for name, value in zip(("ALL", "HEADS", "COMMONEST"), limits[:3], strict=True):
        monkeypatch.setattr(candidates, name, value)
    monkeypatch.setattr("quotetrack.cluster.update._MANY", limits[3])
    monkeypatch.setattr("quotetrack.cluster.clustering._REBUILD_SHARE", 100.0)
    versions = data.draw(ARTICLES)
    with tempfile.TemporaryDirectory() as folder:
        with Store.open(Path(folder) / "bits.db") as bits:
            for number, printed in versions:
                bits.put([article(number, printed)], "m")
                if data.draw(st.booleans()):
                    refresh(bits)
            refresh(bits)
            found = outcome(bits)
        monkeypatch.setattr("quotetrack.cluster.clustering._REBUILD_SHARE", -1.0)
        with Store.open(Path(folder) / "once.db") as once:
            last = dict(versions)
            once.put([article(number, last[number]) for number in data.draw(st.permutations(sorted(last)))], "m")
            refresh(once)
            assert found == outcome(once)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(versions=ARTICLES)
def test_what_two_people_said_need_not_hang_together(
    versions: list[tuple[int, list[tuple[str, str, str | None, str]]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Parted by the pairs that who said them leaves, cores are what they are over all pairs."""
    outcomes = []
    with tempfile.TemporaryDirectory() as folder:
        for name in ("joining", "all"):
            with (
                Store.open(Path(folder) / f"{name}.db") as store,
                monkeypatch.context() as patched,
            ):
                if name == "all":
                    patched.setattr(sql, "joining_pairs", sql.all_pairs)
                store.put([article(number, printed) for number, printed in dict(versions).items()], "m")
                refresh(store)
                outcomes.append(outcome(store))
    assert outcomes[0] == outcomes[1]


@pytest.mark.parametrize("stopped_at", ["likenesses", "found_cores", "claims_of", "group_copies"])
def test_a_stopped_run_is_done_again(tmp_path: Path, stopped_at: str) -> None:
    """Wherever the clustering of everything stops, what is missing is known, and the next run makes up for it."""
    printed = [[(name, wording, DAYS[0], "direct")] for name in SPEAKERS[:2] for wording in UTTERANCES[:3]]

    def filled(name: str) -> Store:
        store = Store.open(tmp_path / name)
        store.put([article(number, one) for number, one in enumerate(printed)], "m")
        refresh_speakers(store)
        return store

    with filled("whole.db") as whole, filled("stopped.db") as stopped:
        assert unclustered(whole.connection) == len(printed)
        cluster(whole)
        with pytest.MonkeyPatch.context() as patched, pytest.raises(KeyboardInterrupt):
            patched.setattr(f"quotetrack.cluster.clustering.{stopped_at}", _stop)
            cluster(stopped)
        assert unclustered(stopped.connection) == len(printed)
        cluster(stopped)
        assert unclustered(stopped.connection) == 0 and outcome(stopped) == outcome(whole)
        assert indexes(stopped) == indexes(whole)


def test_only_what_changed_is_found(store: Store) -> None:
    """An article that came, went or got another date is found, and one whose quotation a person gave to another source."""
    store.put([article(n, [(SPEAKERS[0], UTTERANCES[n % 3], DAYS[0], "direct")]) for n in range(5)], "m")
    refresh(store)
    connection = store.connection
    names = [row[0] for row in connection.execute("SELECT article_id FROM articles ORDER BY url").fetchall()]
    connection.execute("DELETE FROM quotations WHERE article_id = ?", [names[0]])
    connection.execute("UPDATE articles SET published = '2031-03-02' WHERE article_id = ?", [names[1]])
    connection.execute(
        "INSERT INTO decided_sources SELECT quotation_id, source_id, article_id, 0, 0, '', NULL, NULL FROM quotations WHERE article_id = ?",
        [names[2]],
    )
    store.put([article(5, [(SPEAKERS[1], UTTERANCES[0], DAYS[0], "direct")])], "m")
    with store.transaction():
        assert find_changes(connection, VERSION) == (4, 5)
        found = connection.execute("SELECT article_id FROM changed_articles").fetchall()
    assert {row[0] for row in found} - set(names) and {row[0] for row in found} & set(names) == set(names[:3])


def test_indexes_outlive_doing_everything(store: Store) -> None:
    """The indexes dropped while everything is done again are those the migrations make."""
    before = indexes(store)
    store.put([article(0, [(SPEAKERS[0], UTTERANCES[0], DAYS[0], "direct")])], "m")
    refresh(store)
    assert indexes(store) == before


def indexes(store: Store) -> list[tuple[str, ...]]:
    found = store.connection.execute("SELECT table_name, index_name, expressions FROM duckdb_indexes()").fetchall()
    return sorted(tuple(row) for row in found)


def _stop(*_: object) -> None:
    raise KeyboardInterrupt
