"""Speakers inferred in one article and named in another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from quotetrack.cluster.wordings import encode
from quotetrack.corrections import decisions
from quotetrack.jobs.refresh import refresh
from quotetrack.model import Article, Quotation, Speaker
from quotetrack.read.printing import Printing
from quotetrack.read.printings import printings
from quotetrack.repair import combined, mentioned, same_words, words_of_names
from quotetrack.report.labels import repair_note
from quotetrack.store import Store
from tests.conftest import said

WORDS = "“The sluice gates were left open for eleven hours because nobody had signed the winter roster.”"
OWN = (
    "\n\nThe council met for six hours in the old customs hall. The ferry left the quay at noon with sixty passengers. "
    "Inspectors had cleared the vessel for service only two days before. A second tug was sent from the naval harbour."
)
Report = tuple[Article, list[Quotation]]


def report(
    outlet: str,
    name: str,
    method: str = "name",
    mentions: str = "",
    kind: str = "person",
    confidence: float = 0.95,
    own: str = "",
) -> Report:
    """An article of ``outlet`` in which ``name`` said ``WORDS``; inferred by ``method`` from a pronoun unless named."""
    phrase = name if method == "name" else "he"
    text = f"{mentions} spoke first. {WORDS} {phrase} said in {outlet}.{own}"
    article = Article(text, url=f"https://{outlet.lower()}.example/1", outlet=outlet, published="2031-03-01")
    quotation = said(article, WORDS, source=phrase, speaker=Speaker(name, kind))  # type: ignore[arg-type]
    return article, [replace(quotation, method=method, speaker_confidence=confidence)]  # type: ignore[arg-type]


def shown(store: Store, *reports: Report) -> dict[str, Printing]:
    """The printings after ingest of ``reports``, by outlet."""
    store.put(reports, "m")
    refresh(store)
    return {str(one.outlet): one for one in printings(store).values()}


INFERRED = report("Courier", "Anton Lund", "pronoun", "Ruth Vale and Anton Lund", confidence=0.8)


def test_a_name_replaces_an_inferred_speaker(store: Store) -> None:
    """Where another article names the speaker of the same words, an inferred speaker is replaced by the name."""
    found = shown(store, report("Post", "Ruth Vale"), INFERRED)["Courier"]
    assert (found.speakers, found.method, found.source) == (("Ruth Vale",), "report", "he")
    assert 0.5 < found.speaker_confidence < 0.95
    assert found.repair is not None and found.repair.to_dict() == {
        "outcome": "replaced",
        "machine_speaker": "Anton Lund",
        "named_speaker": "Ruth Vale",
        "quotation_id": next(one.quotation_id for one in printings(store).values() if one.outlet == "Post"),
        "outlet": "Post",
    }
    assert repair_note(found.repair) == (
        "Post names Ruth Vale as the speaker; this article does not, and suggested Anton Lund"
    )


def test_a_person_whom_the_article_does_not_mention_is_not_added(store: Store) -> None:
    """If the article does not mention the named person, the quotation is left without a speaker."""
    inferred = report("Courier", "Anton Lund", "pronoun", "Anton Lund", confidence=0.8)
    found = shown(store, report("Post", "Ruth Vale"), inferred)["Courier"]
    assert (found.speakers, found.method, found.source) == ((), "none", "he")
    assert found.repair is not None and found.repair.outcome == "withdrawn"
    assert "whom this article does not mention" in repair_note(found.repair)


def test_agreement_raises_the_confidence(store: Store) -> None:
    """An independent report that names the inferred speaker raises speaker_confidence, and nothing else changes."""
    inferred = report("Courier", "Ruth Vale", "pronoun", "Ruth Vale", confidence=0.7)
    found = shown(store, report("Post", "Ruth Vale"), inferred)["Courier"]
    assert (found.speakers, found.method) == (("Ruth Vale",), "pronoun")
    assert found.speaker_confidence == pytest.approx(combined([0.7, 0.95]))
    assert found.repair is not None and found.repair.outcome == "confirmed"


def test_a_copy_does_not_raise_the_confidence(store: Store) -> None:
    """A copy of the same article is not an independent report, so its agreement does not raise the confidence."""
    inferred = report("Courier", "Ruth Vale", "pronoun", "Ruth Vale", confidence=0.7, own=OWN)
    found = shown(store, report("Post", "Ruth Vale", own=OWN), inferred)["Courier"]
    assert found.report_id == next(one.report_id for one in printings(store).values() if one.outlet == "Post")
    assert (found.speaker_confidence, found.repair) == (0.7, None)


UNDECIDED = {
    "the names disagree": [report("Post", "Ruth Vale"), report("Echo", "Mabel Quist")],
    "the name is uncertain": [report("Post", "Ruth Vale", confidence=0.8)],
    "a body is named": [report("Post", "Ruth Vale Harbour Company", kind="organisation")],
    "more reports infer the same": [
        report("Post", "Ruth Vale"),
        report("Echo", "Anton Lund", "pronoun", "Anton Lund", confidence=0.8),
    ],
    "nothing is named": [report("Post", "Ruth Vale", "pronoun", "Ruth Vale")],
}


@pytest.mark.parametrize("others", UNDECIDED.values(), ids=UNDECIDED)
def test_an_inferred_speaker_stays_without_clear_evidence(store: Store, others: list[Report]) -> None:
    """Reports that disagree, that are uncertain, that name a body, or that are outnumbered change nothing."""
    found = shown(store, *others, INFERRED)["Courier"]
    assert (found.speakers, found.method, found.repair) == (("Anton Lund",), "pronoun", None)
    assert len(found.claims) == 1


def test_a_named_speaker_is_never_repaired(store: Store) -> None:
    """A speaker whom an article names next to the quotation stays, whatever others print."""
    found = shown(store, report("Post", "Ruth Vale"), report("Courier", "Anton Lund", confidence=0.6))["Courier"]
    assert (found.speakers, found.repair) == (("Anton Lund",), None)


def test_a_correction_wins_over_a_repair_and_its_undoing_restores_it(store: Store) -> None:
    """A corrected quotation has the speaker that the correction gives; after the correction is undone, it is repaired."""
    before = shown(store, report("Post", "Ruth Vale"), INFERRED)["Courier"]
    number = decisions.reassign(store, before.quotation_id, "Mabel Quist", why="Video", by="me", new=True)
    refresh(store)
    corrected = printings(store)[before.quotation_id]
    assert (corrected.speakers, corrected.method, corrected.repair) == (("Mabel Quist",), "person", None)
    decisions.undo(store, number, by="me")
    refresh(store)
    assert printings(store)[before.quotation_id] == before


def test_a_correction_is_evidence(store: Store) -> None:
    """A speaker set by a correction in one article repairs the inferred speaker of another."""
    other = report("Post", "Anton Lund", "pronoun", "Ruth Vale and Anton Lund", confidence=0.8)
    found = shown(store, other, INFERRED)
    assert found["Courier"].speakers == ("Anton Lund",)
    decisions.reassign(store, found["Post"].quotation_id, "Ruth Vale", why="Video", by="me", new=True)
    refresh(store)
    assert printings(store)[found["Courier"].quotation_id].speakers == ("Ruth Vale",)


def test_repairs_do_not_change_claims(store: Store) -> None:
    """A second refresh after a repair changes neither claims nor repairs."""
    shown(store, report("Post", "Ruth Vale"), INFERRED)
    tables = ("claims", "claim_quotations", "repairs", "repaired", "source_speakers", "clustered_sources")
    before = [store.connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall() for table in tables]
    refresh(store)
    assert before == [store.connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall() for table in tables]
    assert before[2]


def test_a_repair_ends_with_its_evidence(store: Store) -> None:
    """When the article that named the speaker no longer does, the inferred speaker is shown again."""
    shown(store, report("Post", "Ruth Vale"), INFERRED)
    article, _ = report("Post", "Ruth Vale")
    found = shown(store, (replace(article, text=article.text + " Corrected."), []))
    assert found["Courier"].speakers == ("Anton Lund",)


def test_a_person_is_mentioned_by_both_names_and_a_body_by_all_its_words() -> None:
    """A mention of a person needs first name and surname, of a body all capitalised words of a name or an alias."""
    words = words_of_names("Ruth Vale’s boat sank near the Harbour Board office of Anton Quist.")
    assert mentioned(["Ruth Vale", "Vale"], "person", words)
    assert mentioned(["Quist"], "person", words)
    assert not mentioned(["Mabel Vale", "Vale"], "person", words)
    assert not mentioned(["Ruth Lund"], "person", words)
    assert mentioned(["Harbour Board"], "organisation", words)
    assert mentioned(["Lund Port Authority", "Harbour Board"], "organisation", words)
    assert not mentioned(["Harbour Board of Lund"], "organisation", words)
    assert not mentioned(["Ruth Vale"], "person", words_of_names("the vale was green"))


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2)])
def test_repairs_do_not_depend_on_the_order_of_ingest(store: Store, tmp_path: Path, order: tuple[int, ...]) -> None:
    """Articles ingested one by one in any order have the repairs of one ingest of all."""
    reports = [
        report("Post", "Ruth Vale"),
        INFERRED,
        report("Echo", "Ruth Vale", confidence=0.92),
        report("Bell", "Ruth Vale", "pronoun", "Ruth Vale", confidence=0.6),
    ]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("quotetrack.cluster.clustering._REBUILD_SHARE", 100.0)
        for number in order:
            store.put([reports[number]], "m")
            refresh(store)
    with Store.open(tmp_path / "once.duckdb") as once:
        once.put(reports, "m")
        refresh(once)
        for query in ("SELECT * FROM repairs ORDER BY ALL", "SELECT * FROM source_speakers ORDER BY ALL"):
            found = once.connection.execute(query).fetchall()
            assert found and store.connection.execute(query).fetchall() == found


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (
            "a gate left open for eleven hours overnight",
            "they left the gate left open for eleven hours overnight",
            True,
        ),
        ("a swindle on crews", "this merger is a swindle on crews", False),
        ("it is what it is and it was", "and it is what it is and it was", False),
        ("the gate was left open overnight", "for eleven hours nobody signed the roster", False),
    ],
)
def test_only_words_that_identify_an_utterance_are_evidence(a: str, b: str, expected: bool) -> None:
    """Two quotations are evidence for each other only with a common run of five words that is informative enough."""
    assert same_words(encode(a), encode(b)) is expected


def test_scattered_words_confirm_nobody(store: Store) -> None:
    """A few words that join a statement only because the speaker is the same do not raise the confidence in this speaker."""
    statement = "“You cannot run a shipyard like a casino, and this merger is a swindle on the crews.”"
    reports = []
    for outlet, name, method, content, kind in (
        ("Post", "Ruth Vale", "name", statement, "direct"),
        ("Echo", "he", "pronoun", "the merger was a “swindle”", "mixed"),
    ):
        article = Article(f"{name} said {content}.", outlet=outlet, published="2031-03-01")
        quotation = said(article, content, source=name, speaker=Speaker("Ruth Vale", "person"), kind=kind)
        reports.append((article, [replace(quotation, method=method, speaker_confidence=0.95)]))
    found = shown(store, *reports)["Echo"]
    assert len(store.connection.execute("SELECT * FROM claims").fetchall()) == 1
    assert (found.repair, found.speaker_confidence) == (None, 0.95)


def test_a_stopped_repair_is_completed_and_a_current_one_is_not_repeated(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that stops before repairing is completed by the next refresh; if nothing changed, no printing is compared again."""
    store.put([report("Post", "Ruth Vale"), INFERRED], "m")
    with pytest.MonkeyPatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("quotetrack.repair.sql.comparable_printings", _stop)
        refresh(store)
    assert store.connection.execute("SELECT count(*) FROM repairs").fetchall() == [(0,)]
    refresh(store)
    assert store.connection.execute("SELECT outcome FROM repairs").fetchall() == [("replaced",)]
    monkeypatch.setattr("quotetrack.repair.sql.comparable_printings", _stop)
    refresh(store)


def _stop(*_: object) -> None:
    raise KeyboardInterrupt
