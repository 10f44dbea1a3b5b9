"""The role, the principal and the confidence of a speaker that a correction set are those of the new speaker."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from quotetrack.corrections import decisions
from quotetrack.export import export_quotations
from quotetrack.jobs.refresh import refresh_speakers
from quotetrack.model import Article, Speaker
from quotetrack.read.dossiers import dossiers
from quotetrack.read.filters import Filters
from quotetrack.read.quotations import find_quotations
from quotetrack.read.speakers import find_speaker
from quotetrack.report.labels import both_sure
from quotetrack.store import Store
from tests.conftest import said

TEXT = (
    "“The dam will hold,” said Ruth Vale, the harbour master. “We open on Monday,” said Anton Lund, the engineer. "
    "“Nobody asked the crew,” she said."
)
VALE, LUND = Speaker("Ruth Vale", "person"), Speaker("Anton Lund", "person")


@pytest.fixture
def dam(store: Store) -> str:
    """One article with two speakers and their roles; the identifier of the quotation by Ruth Vale, for the port."""
    a = Article(TEXT, outlet="The Post", url="https://post.example/1", published="2026-03-02")
    quotations = [
        said(a, "“The dam will hold,”", source="Ruth Vale", speaker=VALE, role="harbour master"),
        said(a, "“We open on Monday,”", source="Anton Lund", speaker=LUND, role="engineer"),
        said(a, "“Nobody asked the crew,”", source="she", speaker=VALE),
    ]
    store.put([(a, [replace(quotations[0], on_behalf_of="the port"), *quotations[1:]])], "m")
    refresh_speakers(store)
    return identifier(store, "“The dam will hold,”")


def identifier(store: Store, text: str) -> str:
    [(found,)] = store.connection.execute("SELECT quotation_id FROM quotations WHERE text = ?", [text]).fetchall()
    return str(found)


def shown(store: Store, quotation: str) -> tuple[object, ...]:
    """What the view says about a quotation."""
    [row] = store.connection.execute(
        "SELECT speaker, role, on_behalf_of, speaker_confidence, method FROM who_said_what WHERE quotation_id = ?",
        [quotation],
    ).fetchall()
    return tuple(row)


@contextmanager
def undone(store: Store, number: int) -> Iterator[None]:
    yield
    decisions.undo(store, number, "ann")


def test_a_new_speaker_does_not_get_the_role_of_the_extracted_one(store: Store, dam: str) -> None:
    """After a reassignment, the extracted role and principal are shown nowhere, and come back when it is undone."""
    before = shown(store, dam)
    assert before == ("Ruth Vale", "harbour master", "the port", 0.9, "name")
    with undone(store, decisions.reassign(store, dam, "Mara Osei", "heard it", "ann", new=True)):
        assert shown(store, dam) == ("Mara Osei", None, None, 1.0, "person")
        assert find_speaker(store, "Mara Osei").roles == ()
        [one] = [d for d in dossiers(store) if d.name == "Mara Osei"]
        assert (one.role, one.printings[0].role, one.printings[0].on_behalf_of) == (None, None, None)
        assert not find_quotations(store, Filters(role="harbour master"))
    assert shown(store, dam) == before


def test_a_new_speaker_has_the_role_that_the_article_gives(store: Store, dam: str) -> None:
    """If the article gives the new speaker a role in another quotation, the reassigned quotation has that role."""
    decisions.reassign(store, dam, "Anton Lund", "heard it", "ann")
    assert shown(store, dam) == ("Anton Lund", "engineer", None, 1.0, "person")


def test_a_role_is_not_taken_from_a_quotation_of_somebody_else(store: Store, dam: str) -> None:
    """A quotation that was itself reassigned or rejected gives no role to its extracted speaker."""
    other = identifier(store, "“We open on Monday,”")
    for act in (
        lambda: decisions.reassign(store, other, "Mara Osei", "heard it", "ann", new=True),
        lambda: decisions.reject(store, other, "a headline", "ann"),
    ):
        number = decisions.reassign(store, dam, "Anton Lund", "heard it", "ann")
        with undone(store, number), undone(store, act()):
            assert shown(store, dam)[:3] == ("Anton Lund", None, None)


def test_a_confirmed_speaker_keeps_the_role(store: Store, dam: str) -> None:
    """Confirming a quotation, also after its speaker was merged, keeps role and principal and makes the speaker certain."""
    decisions.confirm(store, dam, "recording", "ann")
    assert shown(store, dam) == ("Ruth Vale", "harbour master", "the port", 1.0, "person")
    decisions.merge(store, "Anton Lund", "Ruth Vale", "one person", "ann")
    assert shown(store, dam) == ("Anton Lund", "harbour master", "the port", 1.0, "person")


def test_exports_and_labels_agree(store: Store, dam: str, tmp_path: Path) -> None:
    """JSON lines, CSV and the text on pages and in the terminal give no extracted role and say that a person set the speaker."""
    decisions.reassign(store, dam, "Mara Osei", "heard it", "ann", new=True)
    wanted = Filters(text="dam will hold")
    found = find_quotations(store, wanted)
    export_quotations(store, tmp_path / "q.jsonl", wanted)
    export_quotations(store, tmp_path / "q.csv", wanted)
    line = json.loads((tmp_path / "q.jsonl").read_text(encoding="utf-8"))
    keys = ("role", "on_behalf_of", "speaker_confidence", "method")
    assert tuple(line[key] for key in keys) == (None, None, 1.0, "person")
    with (tmp_path / "q.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    assert tuple(row[key] for key in keys) == ("", "", "1.0", "person")
    assert both_sure(found[0]) == "confidence 90 of 100; speaker set manually"
