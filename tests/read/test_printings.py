"""One record of a quotation, whoever asks for it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from quotetrack.cluster.sql.verbatim import find_verbatim
from quotetrack.corrections.references import new_speaker, quotation_reference
from quotetrack.corrections.sql import record as record_correction
from quotetrack.jobs.refresh import refresh, refresh_speakers
from quotetrack.model import Article, Speaker
from quotetrack.read.claims import claim_facts, list_claims
from quotetrack.read.counts import count
from quotetrack.read.filters import Filters
from quotetrack.read.printing import Printing, newest_first
from quotetrack.read.printings import printings
from quotetrack.read.quotations import find_quotations
from quotetrack.read.search import printings_of
from quotetrack.read.speakers import find_speaker, list_speakers
from quotetrack.store import Store
from tests.conftest import said

VALE = Speaker("Ruth Vale", "person")
MIXED = "the plan was “a gift to nobody” and “dead, quite dead, since Monday” or so"


@pytest.fixture(scope="module")
def filled_file(tmp_path_factory: pytest.TempPathFactory, new_databases: None) -> Path:
    """One speaker in three time zones, and a quotation whose content begins and ends between marks."""
    path = tmp_path_factory.mktemp("printings") / "filled.duckdb"
    with Store.open(path) as store:
        fill(store)
    return path


@pytest.fixture
def filled(filled_file: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of ``filled_file``."""
    with Store.open(Path(shutil.copy(filled_file, tmp_path / "filled.duckdb"))) as store:
        yield store


def fill(store: Store) -> None:
    for number, published in enumerate(
        ("2026-03-03T01:30:00+09:00", "2026-03-02T23:59:00-05:00", "2026-03-02T17:00:00Z", None)
    ):
        a = Article(
            f"Ruth Vale, the minister, said {MIXED}. It was day {number}.", outlet=f"Post {number}", url=f"https://post.example/{number}",
            published=published,
        )  # fmt: skip
        content = ("gift to nobody” and", "“dead, quite") if number == 0 else (MIXED,)
        quotation = said(a, *content, source="Ruth Vale", speaker=VALE, role="minister", kind="mixed")
        store.put([(a, [replace(quotation, method="name")])], "m")
    refresh(store)


def test_some_are_as_among_all(filled: Store) -> None:
    """A printing that is read alone, or of a claim, is the one that is read with all."""
    everything = printings(filled)
    assert len(everything) == 4
    for key, one in everything.items():
        assert printings(filled, [key]) == {key: one}
        assert one in printings_of(filled, [one.claims[0].claim_id], {})[one.claims[0].claim_id]
    assert find_quotations(filled, Filters("Ruth Vale")) == newest_first(everything.values())


def test_offsets_say_what_stands_there(filled: Store) -> None:
    """Content and verbatim stretches are the article's characters, and pages cut the content along them without loss."""
    texts = dict(filled.connection.execute("SELECT article_id, text FROM articles").fetchall())
    found = printings(filled, surroundings=True)
    assert len(found) == 4
    for one in found.values():
        assert one.content and one.verbatim
        for span in (*one.content, *one.verbatim):
            assert texts[one.article_id][span.start : span.end] == span.text
        assert ["".join(s.text for s in part) for part in one.parts] == [span.text for span in one.content]
        assert "".join(s.text for s in one.context) in texts[one.article_id]


def test_verbatim_stretches_end_with_the_content(filled: Store) -> None:
    """What stands between marks beyond the content is not part of the quotation; clustering and reading cut alike."""
    found = printings(filled)
    whole = ["“a gift to nobody”", "“dead, quite dead, since Monday”"]
    cut = ["gift to nobody”", "“dead, quite"]
    assert sorted([v.text for v in one.verbatim] for one in found.values()) == sorted([cut, whole, whole, whole])
    find_verbatim(filled.connection, "SELECT quotation_id FROM quotations")
    stored = dict(filled.connection.execute("SELECT quotation_id, stretches FROM temp.verbatim").fetchall())
    assert stored == {key: [v.text for v in one.verbatim] for key, one in found.items()}


def test_time_zones_do_not_turn_the_order(filled: Store) -> None:
    """Newest first by the moment, whatever the clocks on the wall said; undated last. First and last are found likewise."""
    order = newest_first(printings(filled).values())
    assert [one.published for one in order] == [
        "2026-03-02T23:59:00-05:00", "2026-03-02T17:00:00Z", "2026-03-03T01:30:00+09:00", None,
    ]  # fmt: skip
    one = find_speaker(filled, "Ruth Vale")
    ends = ("2026-03-03T01:30:00+09:00", "2026-03-02T23:59:00-05:00")
    assert (one.first, one.last) == (one.roles[0].first, one.roles[0].last) == ends
    assert list_speakers(filled) == [replace(one, roles=())]


def test_a_printing_as_a_dictionary(filled: Store) -> None:
    """It names the claim, the speaker and the moment, and no folder of this machine."""
    one: Printing = newest_first(printings(filled).values())[0]
    shown = one.to_dict()
    assert shown["speakers"] == [{"speaker_id": one.speaker_ids[0], "name": "Ruth Vale"}]
    assert shown["published_at"] == "2026-03-03T04:59:00+00:00" and shown["published_precision"] == "minute"
    assert {c["claim_id"] for c in shown["claims"]} <= {
        row[0] for row in filled.connection.execute("SELECT claim_id FROM claims").fetchall()
    }
    assert "location" not in shown
    with pytest.raises(KeyError):
        one.in_claim("another")


def test_counts(filled: Store) -> None:
    """Each count is of what its name says."""
    counts = count(filled)
    assert (counts.articles, counts.outlets, counts.quotations, counts.mixed, counts.with_speaker) == (4, 4, 4, 4, 4)
    assert (counts.direct, counts.not_shown, counts.persons, counts.failures) == (0, 0, 1, 0)


def test_what_people_decide_is_what_is_read(filled: Store) -> None:
    """A rejected quotation is in no list and no count, and a reassigned one is its new speaker's, even before claims are
    made again; what the machine found is still there."""
    rejected, reassigned, *others = sorted(printings(filled))
    vale = find_speaker(filled, "Ruth Vale").speaker_id
    decided = [
        ("reject", {"quotation": quotation_reference(filled, rejected)}),
        ("reassign", {"quotation": quotation_reference(filled, reassigned), "speaker": new_speaker("Anton Lund")}),
    ]
    for kind, details in decided:
        record_correction(filled.connection, kind, "s", json.dumps(details), "why", "ann")
    refresh_speakers(filled)
    lund = find_speaker(filled, "Anton Lund").speaker_id
    everything = printings(filled)
    assert sorted(everything) == sorted([reassigned, *others])
    assert (everything[reassigned].speakers, everything[reassigned].method) == (("Anton Lund",), "person")
    assert {one.quotation_id for one in find_quotations(filled, Filters(vale))} == set(others)
    assert [one.quotation_id for one in find_quotations(filled, Filters(lund))] == [reassigned]
    [claim] = list_claims(filled, speaker_id=lund)
    assert {one.quotation_id for one in printings_of(filled, [claim.claim_id], {})[claim.claim_id]} == set(everything)
    assert claim_facts(filled)[claim.claim_id].articles == 3
    counts = count(filled)
    assert (counts.quotations, counts.with_speaker, counts.not_shown, counts.persons) == (3, 3, 0, 2)
    assert filled.connection.execute("SELECT count(*) FROM quotations").fetchall() == [(4,)]
