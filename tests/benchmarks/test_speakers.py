"""The measures of who speaks count as they say, on invented names."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from benchmarks import speakers
from benchmarks.speaker_measures import b_cubed, best_overlap, folded, judged, mixed_groups, same_name, tally

from quotetrack.jobs.refresh import refresh_speakers
from quotetrack.model import Article, Speaker
from quotetrack.store import Store
from tests.conftest import said


def test_folding_keeps_what_tells_names_apart() -> None:
    """Case, accents, marks, honorifics and possessives go; initials and all other words stay."""
    assert folded("the Society’s Mr. Édouard O'Neil") == ("society", "edouard", "oneil")
    assert folded("J.P. Thorne") == ("jp", "thorne")
    assert folded("The President") == ("the", "president")


@pytest.mark.parametrize(
    ("given", "answer", "right"),
    [
        ("Agnes M. Thorne", "Agnes Thorne", True),
        ("AGNES THORNE", "Agnes Thorne", True),
        ("Mayor Agnes Thorne", "Agnes Thorne", True),
        ("Lydia Thorne", "Thorne", False),
        ("Agnes Thorne campaign", "Agnes Thorne", False),
        ("Thorne", "Agnes Thorne", False),
        ("Thorne Agnes", "Agnes Thorne", False),
        ("", "Agnes Thorne", False),
    ],
)
def test_a_longer_form_of_a_full_name_is_right(given: str, answer: str, right: bool) -> None:
    """Middle names may be added; another first name, a campaign or half the name is not the same."""
    assert same_name(given, answer) is right


def test_outcomes() -> None:
    """Right, wrong, allowed and nobody, with and without an antecedent."""
    assert judged(["Agnes Thorne"], ["Agnes Thorne"]) == "right"
    assert judged(["Lydia Thorne"], ["Agnes Thorne"]) == "wrong"
    assert judged([], ["Agnes Thorne"]) == "unnamed"
    assert judged(["Agnes Thorne"], []) == "wrong"
    assert judged(["the harbour board"], [], source="The harbour board") == "unnamed"
    assert judged(["Harbour Board"], [], also=["Harbour Board"], source="the statement") == "allowed"


def test_joint_antecedents_need_every_member() -> None:
    """Both in any order is right; one of two, a third or one twice is wrong."""
    members = [["Agnes Thorne", "Thorne"], ["Bela Kiss"]]
    assert judged(["Bela Kiss", "Thorne"], [], members) == "right"
    assert judged(["Bela Kiss"], [], members) == "wrong"
    assert judged(["Bela Kiss", "Bela Kiss"], [], members) == "wrong"
    assert judged(["Bela Kiss", "Thorne", "Ada Orr"], [], members) == "wrong"
    assert judged([], [], members) == "unnamed"


def test_overlap_prefers_the_closest_span() -> None:
    """The same span before a longer one; spans that only touch do not overlap."""
    assert best_overlap(10, 12, [(0, 30), (10, 12), (12, 20)]) == (10, 12)
    assert best_overlap(10, 12, [(0, 10), (12, 20)]) is None


def test_tally() -> None:
    """Accuracy is of those with an antecedent; wrong names are of all, and a source not found is neither."""
    counted = tally([(True, "right"), (True, "wrong"), (True, None), (False, "wrong"), (False, "unnamed")])
    assert (counted.accuracy, round(counted.accuracy_of_all, 1)) == (50.0, 33.3)
    assert (counted.wrong_names, counted.wrong_of_all) == (50.0, 40.0)
    assert tally([]).accuracy == 0.0


def test_b_cubed() -> None:
    """One cluster for all has full recall, singletons have full precision; a worked example in between."""
    entities = {"a": 1, "b": 1, "c": 2}
    assert b_cubed(entities, {"a": "x", "b": "x", "c": "y"}).f1 == 1
    lumped = b_cubed(entities, {"a": "x", "b": "x", "c": "x"})
    assert (lumped.precision, lumped.recall) == (pytest.approx(5 / 9), 1)
    alone = b_cubed(entities, {"a": "x", "b": "y", "c": "z"})
    assert (alone.precision, alone.recall) == (1, pytest.approx(2 / 3))
    assert b_cubed({}, {}).f1 == 0


def test_torn_groups_by_weight() -> None:
    """Only groups with more than one part, the heaviest first, with the pairs that are wrongly together."""
    entities = {"a": 1, "b": 1, "c": 2, "d": 3, "e": 4}
    clusters = {"a": "x", "b": "x", "c": "x", "d": "y", "e": "y"}
    assert mixed_groups(entities, clusters) == [(2, "x", [["a", "b"], ["c"]]), (1, "y", [["d"], ["e"]])]


def test_names_of_speakers() -> None:
    """An unnamed speaker has no name; a joint one the names of its members."""
    agnes = Speaker("Agnes Thorne", "person")
    assert speakers.names_of(None) == speakers.names_of(Speaker("a clerk", "unnamed")) == []
    assert speakers.names_of(
        Speaker("Agnes Thorne and Bela Kiss", "joint", (agnes, Speaker("Bela Kiss", "person")))
    ) == [
        "Agnes Thorne",
        "Bela Kiss",
    ]


def test_identity_on_a_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mentions are found by the article's text and place; what is no source is not counted, only reported missing."""
    text = "Agnes Thorne said it rains. “It pours,” Ms. Thorne said. Bela Kiss slept."
    folder = tmp_path / "corpus" / "data" / "dev" / "text"
    folder.mkdir(parents=True)
    (folder / "post_rain.txt").write_bytes(text.encode())
    article = Article(text, outlet="Post")
    person = Speaker("Agnes Thorne", "person")
    found = [
        said(article, "it rains", source="Agnes Thorne", speaker=person, kind="indirect"),
        said(article, "It pours", source="Ms. Thorne", speaker=person),
    ]
    with Store.open(tmp_path / "one.db") as store:
        store.put([(article, found)], "invented")
        refresh_speakers(store)
        assert store.connection.execute("SELECT sha256 FROM articles").fetchone() == (
            hashlib.sha256(text.encode()).hexdigest(),
        )
    lines = []
    for words, entity in (("Agnes Thorne", "thorne"), ("Ms. Thorne", "thorne"), ("Bela Kiss", "kiss")):
        start = text.index(words)
        where = {"document": "post_rain", "part": "dev", "start": start, "end": start + len(words)}
        lines.append(json.dumps({**where, "entity": entity, "kind": "person"}))
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "identity.jsonl").write_text("\n".join(lines), encoding="utf-8")
    arguments = ["speakers", "identity", str(tmp_path / "one.db"), str(tmp_path / "corpus"), "--gold", str(gold)]
    monkeypatch.setattr("sys.argv", arguments)
    assert speakers.main() == 0
    printed = capsys.readouterr().out
    assert "2 of 3 mentions found" in printed and "| all | 2 | 1 | 1.000 | 1.000 | 1.000 |" in printed
    monkeypatch.setattr("sys.argv", [*arguments[:3], str(tmp_path / "nowhere"), *arguments[4:]])
    assert speakers.main() == 2
    assert "has no article post_rain" in capsys.readouterr().err
