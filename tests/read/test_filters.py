"""The filters that the API, the terminal and exports share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from quotetrack.errors import UsageError
from quotetrack.jobs.refresh import refresh
from quotetrack.model import Article, Speaker
from quotetrack.read import quotations
from quotetrack.read.filters import Filters
from quotetrack.read.printing import newest_first
from quotetrack.read.printings import printings
from quotetrack.read.quotations import count_quotations, find_quotations, quotation_ids, stream_quotations
from quotetrack.read.speakers import find_speaker, list_speakers
from quotetrack.store import Store
from tests.conftest import said

VALE, LUND = Speaker("Ruth Vale", "person"), Speaker("Anton Lund", "person")
TEXT = (
    "“We sail at dawn,” said Ruth Vale, the harbour master. Lund said the crews’ café would close. "
    "Vale denied that the port was shut. Somebody called for calm. Nobody knows who said it would rain."
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Three articles with the same five quotations: two dated, one without a date."""
    with Store.open(tmp_path_factory.mktemp("filters") / "news.duckdb") as opened:
        for outlet, title, published in (
            ("The Post", "Ferry strike", "2026-03-02"),
            ("The Wire", "Port news", "2026-04-01T09:30:00Z"),
            (None, None, None),
        ):
            article = Article(TEXT, outlet=outlet, title=title, published=published, url=f"https://x.example/{outlet}")
            found = [
                said(article, "“We sail at dawn,”", source="Ruth Vale", speaker=VALE, role="harbour master"),
                said(article, "the crews’ café would close", source="Lund", speaker=LUND, kind="indirect"),
                said(article, "the port was shut", source="Vale", speaker=VALE, kind="indirect", stance="denied"),
                said(article, "calm", source="Somebody", kind="indirect", bare=True),
                replace(said(article, "it would rain", kind="indirect"), confidence=0.4, speaker_confidence=0.0),
            ]
            opened.put([(article, found)], "m")
        refresh(opened)
        yield opened


def test_without_filters_what_is_shown_by_default(store: Store) -> None:
    """Without filters every quotation shown by default is found, in the order of pages, and no other one."""
    shown = newest_first(one for one in printings(store).values() if one.shown)
    assert find_quotations(store, Filters()) == shown and len(shown) == 12


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(speaker="vale"), 6),
        (Filters(speaker="Ruth Vale", stance="denied"), 3),
        (Filters(stance=["denied", "asked"]), 3),
        (Filters(kind=["direct", "mixed"]), 3),
        (Filters(outlet="the post"), 4),
        (Filters(outlet=["The Post", "The Wire"]), 8),
        (Filters(since="2026"), 8),
        (Filters(until="2026-03"), 4),
        (Filters(since="2026-04-01", until="2026-04-01"), 4),
        (Filters(role="HARBOUR"), 3),
        (Filters(text="sail at"), 3),
        (Filters(about="ferry"), 4),
        (Filters(about="ferry dawn"), 1),
        (Filters(about="CAFE"), 3),
        (Filters(about="crews'"), 3),
        (Filters(about="crews’ cafe"), 3),
        (Filters(about="wn"), 0),
        (Filters(about="p.rt"), 0),
        (Filters(confidence=0.3), 12),
        (Filters(confidence=0.5), 9),
        (Filters(bare=True), 15),
        (Filters(limit=2), 2),
    ],
    ids=str,
)
def test_each_filter(store: Store, filters: Filters, expected: int) -> None:
    """Each filter keeps exactly the quotations that its documentation names, and identifiers and quotations agree."""
    found = find_quotations(store, filters)
    assert [one.quotation_id for one in found] == quotation_ids(store, filters)
    assert len(found) == count_quotations(store, filters) == expected


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        (Filters(speaker="Ruth Vael"), "Did you mean 'Ruth Vale'?"),
        (Filters(speaker="Zzz"), "'quotetrack speakers --search'"),
        (Filters(outlet="The Pots"), "Did you mean 'The Post'?"),
        (Filters(kind="direkt"), "use direct, indirect, mixed. Did you mean 'direct' or 'indirect'?"),
        (Filters(stance=["stated", "denid"]), "Did you mean 'denied'?"),
        (Filters(since="last week"), "Invalid date 'last week'"),
        (Filters(since="2026-05", until="2026-04"), "is after the last"),
        (Filters(confidence=70), "a number from 0 to 1"),
        (Filters(about="?!"), "contains no words"),
    ],
    ids=str,
)
def test_a_filter_that_cannot_match_is_an_error(store: Store, filters: Filters, message: str) -> None:
    """An unknown value is an error that names similar values, before any quotation is read."""
    with pytest.raises(UsageError) as error:
        stream_quotations(store, filters)
    assert message in str(error.value)


def test_an_unknown_type_of_speaker_is_an_error(store: Store) -> None:
    """A type of speaker that does not exist is an error and not an empty list."""
    with pytest.raises(UsageError, match="Did you mean 'person'"):
        list_speakers(store, kind="persn")


def test_batches_do_not_change_the_result(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Quotations read in small batches are the same, in the same order, as those read at once, and only a batch is read at a time."""
    whole = find_quotations(store, Filters(bare=True))
    asked: list[int] = []

    def counted(store: Store, wanted: list[str], surroundings: bool) -> object:
        asked.append(len(wanted))
        return printings(store, wanted, surroundings)

    monkeypatch.setattr(quotations, "BATCH", 4)
    monkeypatch.setattr(quotations, "printings", counted)
    read = stream_quotations(store, Filters(bare=True))
    first = next(read)
    assert asked == [4]
    assert [first, *read] == whole and asked == [4, 4, 4, 3]


def test_the_role_at_the_time_is_of_the_speaker_asked_for(store: Store) -> None:
    """A quotation without a role has the role that other articles give at that time, if its speaker was asked for."""
    vale = find_speaker(store, "Ruth Vale")
    assert vale.roles[0].role == "harbour master"
    denied = find_quotations(store, Filters("Ruth Vale", stance="denied", outlet="The Wire"))
    assert [(one.role, one.role_then) for one in denied] == [(None, "harbour master")]
    assert {one.role_then for one in find_quotations(store, Filters(stance="denied"))} == {None}
