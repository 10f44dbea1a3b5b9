"""Wire copy told from independent reports."""

from __future__ import annotations

import pytest

from quotetrack.cluster.clustering import cluster
from quotetrack.model import Article, Speaker
from quotetrack.read.claims import claim_facts
from quotetrack.store import Store
from tests.conftest import said

OWN = [
    "The ferry left the quay at noon with sixty passengers and a crew of nine.",
    "Inspectors had cleared the vessel for service only two days before.",
    "A second tug was sent from the naval harbour when the engine failed.",
    "The company has cancelled all sailings until the end of the week.",
    "Relatives waited in the old customs hall for word of the passengers.",
]
QUOTED = "“The pumps never stopped, not for a single minute of that night,” said Ruth Vale."


def put(store: Store, *texts: str) -> list[str | None]:
    """Store articles that all print the same quotation; returns the report of each."""
    for number, text in enumerate(texts):
        a = Article(text, url=f"https://post.example/{number}", outlet=f"O{number}")
        content = QUOTED.split(" said")[0]
        store.put([(a, [said(a, content, source="Ruth Vale", speaker=Speaker("Ruth Vale", "person"))])], "m")
    cluster(store)
    return [
        row[0]
        for row in store.connection.execute(
            "SELECT report_id FROM articles LEFT JOIN article_copies USING (article_id) ORDER BY url"
        ).fetchall()
    ]


def test_copies_are_one_report(store: Store) -> None:
    """An article printed again, cut or with a sentence changed, is the same report; another one on the event is not."""
    whole = " ".join([*OWN, QUOTED])
    cut = " ".join([*OWN[:4], "Our own reporter was there when they came ashore.", QUOTED])
    independent = (
        "Passengers of the stricken ferry came ashore after dark. Their luggage followed on a lorry in the morning. "
        "Nobody was hurt, the harbour master told us by telephone. The line runs twice a day in summer. " + QUOTED
    )
    a, b, c = put(store, whole, cut, independent)
    assert a and a == b and c is None
    [(printings, reports)] = store.connection.execute(
        "SELECT count(*), count(DISTINCT report_id) FROM claim_printings"
    ).fetchall()
    assert (printings, reports) == (3, 2)


def test_a_shared_quotation_makes_no_copy(store: Store) -> None:
    """Articles that share quotations and nothing else are reports of their own."""
    assert put(store, QUOTED, QUOTED + " Rain fell on the town for the rest of that long day.") == [None, None]


def test_an_article_that_changes_leaves_its_group(store: Store) -> None:
    """A url whose text is another now is no copy any more, and neither is what it was a copy of."""
    whole = " ".join([*OWN, QUOTED])
    a, b = put(store, whole, whole)
    assert a and a == b
    assert put(store, whole, QUOTED + " The town band played in the square as it does on every feast day.") == [
        None,
        None,
    ]


@pytest.mark.parametrize(("copied", "expected"), [(True, 1), (False, 2)])
def test_copies_need_less_evidence(store: Store, copied: bool, expected: int) -> None:
    """In copies of one article the same few words are one claim though nobody is known to have said them."""
    for number in range(2):
        own = OWN if copied or number else [sentence.replace("the", "that") for sentence in OWN]
        a = Article(
            " ".join([*own, "Some called it “plain bad luck”."]),
            url=f"https://post.example/{number}",
            outlet=f"O{number}",
        )
        store.put([(a, [said(a, "“plain bad luck”")])], "m")
    cluster(store)
    assert store.connection.execute("SELECT count(*) FROM claims").fetchall() == [(expected,)]


def _report(shared: int, kind: str) -> str:
    """A report of ten sentences, of which ``shared`` are those of ``OWN``."""
    own = [f"The {kind} witness number {number} saw the boat from the old stone pier." for number in range(10 - shared)]
    return " ".join([*OWN[:shared], *own, QUOTED])


@pytest.mark.parametrize(("shared", "independent"), [(4, 1), (3, 2), (0, 2)])
def test_rewritten_reports_are_not_independent(store: Store, shared: int, independent: int) -> None:
    """Articles that share at least four sentences and a fifth of the shorter one are one independent report, though no copies."""
    assert put(store, _report(shared, "first"), _report(shared, "second")) == [None, None]
    [facts] = claim_facts(store).values()
    assert (facts.articles, facts.reports) == (2, independent)


def test_dependent_articles_change_with_their_texts(store: Store) -> None:
    """When an article no longer shares sentences with another, both are independent reports again."""
    put(store, _report(4, "first"), _report(4, "second"))
    put(store, _report(4, "first"), _report(0, "third"))
    [facts] = claim_facts(store).values()
    assert (facts.articles, facts.reports) == (2, 2)
