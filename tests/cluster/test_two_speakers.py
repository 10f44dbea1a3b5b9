"""Claims that independent reports attribute to different speakers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from quotetrack.cluster.claims import Printed, two_speakers
from quotetrack.corrections import decisions
from quotetrack.jobs.refresh import refresh
from quotetrack.model import Article, Speaker
from quotetrack.read.claims import claim_facts
from quotetrack.store import Store
from tests.conftest import said

WORDS = "“The sluice gates were left open for eleven hours because nobody had signed the winter roster.”"
OWN = (
    "\n\nThe council met for six hours in the old customs hall. The ferry left the quay at noon with sixty passengers. "
    "Inspectors had cleared the vessel for service only two days before. A second tug was sent from the naval harbour."
)


def flagged(store: Store, *printed: tuple[str, dict[str, Any]], own: str = "") -> bool:
    """Whether the one claim of ``WORDS`` is flagged, printed once by each speaker with changes to the quotation."""
    for number, (name, changes) in enumerate(printed):
        text = f"{WORDS} {name} said.{own}"
        article = Article(text, url=f"https://post{number}.example/1", outlet=f"Post {number}", published="2031-03-01")
        kind = changes.pop("type", "person")
        quotation = said(article, WORDS, source=name, speaker=Speaker(name, kind))
        store.put([(article, [replace(quotation, **changes)])], "m")
    refresh(store)
    [(found,)] = store.connection.execute("SELECT two_speakers FROM claims").fetchall()
    return bool(found)


BODY = {"type": "organisation"}
JOINT = Speaker(
    "Anton Lund and Mabel Quist", "joint", (Speaker("Anton Lund", "person"), Speaker("Mabel Quist", "person"))
)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("Ruth Vale", {}), ("Anton Lund", {}), True),
        (("Harbour Board of Lund", BODY), ("Coast Guard of Quist", BODY), True),
        (("Ruth Vale", {}), ("Anton Lund", {"method": "pronoun"}), False),
        (("Ruth Vale", {}), ("Anton Lund", {"method": "nominal"}), False),
        (("Ruth Vale", {}), ("Anton Lund", {"on_behalf_of": "Ruth Vale"}), False),
        (("Ruth Vale", {}), ("Harbour Board", BODY), False),
        (("Ruth Vale", {}), ("Anton Lund and Mabel Quist", {"speaker": JOINT}), False),
        (("Ruth Vale", {}), ("Vale", {}), False),
        (("Ruth Vale", {}), ("Ruth Vale", {}), False),
    ],
)
def test_only_names_of_different_speakers_are_a_dispute(
    store: Store, first: tuple[str, dict[str, Any]], second: tuple[str, dict[str, Any]], expected: bool
) -> None:
    """Two persons or two bodies named by two reports are flagged; inferred speakers, spokespersons, joint sources, a
    body beside a person and names with a common word are not."""
    pair = [(name, dict(changes)) for name, changes in (first, second)]
    assert flagged(store, *pair) is expected


def test_copies_of_one_report_are_no_dispute(store: Store) -> None:
    """Copies of one article that name different speakers are not independent, so the claim is not flagged."""
    assert flagged(store, ("Ruth Vale", {}), ("Anton Lund", {}), own=OWN) is False


def test_a_speaker_set_by_a_correction_counts_as_named(store: Store) -> None:
    """A correction of an inferred speaker can make a claim disputed, and its undoing ends that."""
    assert not flagged(store, ("Ruth Vale", {}), ("Anton Lund", {"method": "pronoun"}))
    [(quotation,)] = store.connection.execute(
        "SELECT quotation_id FROM quotations JOIN articles USING (article_id) WHERE outlet = 'Post 1'"
    ).fetchall()
    number = decisions.reassign(store, quotation, "Mabel Quist", why="Video", by="me", new=True)
    refresh(store)
    [(claim, two)] = store.connection.execute("SELECT claim_id, two_speakers FROM claims").fetchall()
    assert two
    assert claim_facts(store)[claim].speakers == (("Mabel Quist", ("Post 1",)), ("Ruth Vale", ("Post 0",)))
    decisions.undo(store, number, by="me")
    refresh(store)
    assert store.connection.execute("SELECT two_speakers FROM claims").fetchall() == [(False,)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Reckless Lund! ‘The sluice gates were left open for eleven hours.’ Shame!”", False),
        ("\"Reckless Lund! 'The sluice gates were left open for eleven hours.' Shame!\"", False),
        ("“Reckless! The sluice gates were left open for eleven hours.”", True),
        ("“Reckless!” […] “The sluice gates were left open for eleven hours.”", True),
        ("''Reckless,'' […] ''the boys' gates weren't closed for eleven hours, and I'm told so.''", True),
    ],
    ids=["inner marks", "straight marks", "no inner marks", "pieces", "apostrophes"],
)
def test_quoting_somebody_else_is_no_dispute(text: str, expected: bool) -> None:
    """A statement with another person's words in marks inside its own does not dispute who said these words."""
    printed = [
        Printed("c", name, 1.0, words, "direct", "stated", None, None, name, [name], [], name, name, "person")
        for name, words in (("Ruth Vale", text), ("Anton Lund", WORDS))
    ]
    assert two_speakers(printed) is expected
