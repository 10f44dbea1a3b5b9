"""Doubtful attributions are decided in the desk, as on the command line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from quotetrack.read.corrections import corrections
from quotetrack.read.filters import Filters
from quotetrack.read.quotations import find_quotations
from quotetrack.read.speakers import list_speakers
from quotetrack.store import Store
from tests.serve.conftest import client_of, token_in


@pytest.fixture
def desk(database: Path) -> TestClient:
    """A client of a desk that records corrections."""
    return client_of(database, write=True, author="ann")


def quotation(database: Path, text: str) -> str:
    """The identifier of a quotation."""
    with Store.open(database, read_only=True) as store:
        return find_quotations(store, Filters(text=text))[0].quotation_id


def recorded(database: Path) -> list[tuple[str, str, str, bool]]:
    """Kind, reason, author, and whether undone, of all corrections."""
    with Store.open(database, read_only=True) as store:
        return [(one.kind, one.why, one.made_by, one.undone_at is not None) for one in corrections(store)]


def names(database: Path) -> set[str]:
    """The names of all speakers."""
    with Store.open(database, read_only=True) as store:
        return {one.name for one in list_speakers(store)}


def answer(desk: TestClient, action: str, **form: str) -> str:
    """Send an answer; returns the page that follows."""
    return desk.post(f"/review/{action}", data={"token": token_in(desk, "/review"), **form}).text


def test_a_desk_that_only_reads_says_how_to_write(client: TestClient, record: Path) -> None:
    """Without --write the page names the option, and no answer is accepted even with the token."""
    assert "serve --write" in client.get("/review").text
    token = token_in(client, "/check")
    for action in ("confirm", "reject", "reassign", "merge", "apart", "skip", "undo", "again"):
        form = {"token": token, "quotation": quotation(record, "crane must"), "why": "w"}
        assert client.post(f"/review/{action}", data=form).status_code == 403
    assert client.get("/review/names?q=ada").status_code == 403 and recorded(record) == []


def test_the_case_is_shown_in_context(desk: TestClient) -> None:
    """The words stand in their paragraph with content and source marked, and each candidate has a button."""
    text = desk.get("/review").text
    assert re.search("The same words are attributed to (Ada Kvist and Olle Brandt|Olle Brandt and Ada Kvist)\\.", text)
    assert '<mark class="content">“We will close the old yard in June,”</mark>' in text
    assert re.search(r'<mark class="source">(Ada Kvist|Olle Brandt)</mark>', text)
    assert re.search(r"Confirm (Ada Kvist|Olle Brandt) <kbd>c</kbd>", text) and "<kbd>1</kbd>" in text


@pytest.mark.parametrize(
    ("action", "form", "kind"),
    [
        ("confirm", {}, "confirm"),
        ("reject", {}, "reject"),
        ("reassign", {"speaker": "olle brandt"}, "reassign"),
    ],
)
def test_an_answer_is_a_correction_that_can_be_undone(
    desk: TestClient, database: Path, action: str, form: dict[str, str], kind: str
) -> None:
    """Each answer records what the command line would, and the next page offers to undo exactly that."""
    key = quotation(database, "crane must")
    text = answer(desk, action, quotation=key, why="heard it", **form)
    assert "Recorded: " in text and recorded(database) == [(kind, "heard it", "ann", False)]
    text = answer(desk, "undo", number=re.findall(r'name="number" value="(\d+)"', text)[0])
    assert "Recorded: " not in text and recorded(database) == [(kind, "heard it", "ann", True)]


def test_only_own_corrections_are_undone(desk: TestClient, database: Path) -> None:
    """A browser cannot undo a correction that it did not record."""
    answer(desk, "reject", quotation=quotation(database, "crane must"), why="w")
    desk.cookies.clear()
    assert "no such correction" in answer(desk, "undo", number="1")
    assert recorded(database)[0][3] is False


def test_a_mistyped_name_creates_nobody(desk: TestClient, database: Path) -> None:
    """A name that nobody has is not recorded: similar names are offered first, a new speaker needs a second answer."""
    form = {"quotation": quotation(database, "crane must"), "why": "heard it", "speaker": "Olle Brant"}
    token = token_in(desk, "/review")
    response = desk.post("/review/reassign", data={"token": token, **form})
    assert response.status_code == 409 and "No speaker is called “Olle Brant”" in response.text
    offered = re.findall(
        r'name="speaker" value="([^"]+)">(<input type="hidden" name="new" value="yes">)?', response.text
    )
    assert (
        len(offered) == 2
        and not offered[0][1]
        and offered[1] == ("Olle Brant", '<input type="hidden" name="new" value="yes">')
    )
    assert recorded(database) == [] and "Olle Brant" not in names(database)
    assert "Recorded: " in answer(desk, "reassign", **{**form, "speaker": offered[0][0]})
    assert "Olle Brant" not in names(database)
    answer(desk, "reassign", **form, new="yes")
    assert "Olle Brant" in names(database)


def test_similar_names_are_merged_or_kept_apart(desk: TestClient, database: Path) -> None:
    """The question whether two names are one person shows what each said and takes both answers."""
    for _ in range(5):
        text = desk.get("/review").text
        if "the same person?" in text:
            break
        answer(desk, "skip", case=re.findall(r'name="case" value="([^"]+)"', text)[0])
    assert "the same person?" in text and "The crane must be sold by the spring" in text
    both = dict(
        zip(("speaker", "other"), re.findall(r'name="(?:speaker|other)" value="([0-9a-f]{16})"', text)[:2], strict=True)
    )
    answer(desk, "apart", **both, why="two people")
    answer(desk, "merge", **both, why="one person")
    assert [one[0] for one in recorded(database)] == ["apart", "merge"]


def test_skipped_cases_come_back_when_asked_for(desk: TestClient, database: Path) -> None:
    """A skipped case is not shown again until all are, and nothing is recorded."""
    shown = []
    while keys := re.findall(r'name="case" value="([^"]+)"', text := desk.get("/review").text):
        shown.append(keys[0])
        answer(desk, "skip", case=keys[0])
    assert len(shown) == len(set(shown)) > 1 and f"{len(shown)} were skipped" in text
    desk.post("/review/again", data={"token": token_in(desk, "/review")})
    assert shown[0] in desk.get("/review").text and recorded(database) == []


@pytest.mark.parametrize(
    ("action", "form", "status"),
    [
        ("confirm", {"quotation": "nonsense", "why": "w"}, 400),
        ("reject", {"quotation": "nonsense", "why": " "}, 422),
        ("reassign", {"quotation": "nonsense", "speaker": "Ada Kvist", "why": "w"}, 409),
        ("rename", {"why": "w"}, 404),
    ],
)
def test_wrong_answers_are_refused(
    desk: TestClient, database: Path, action: str, form: dict[str, str], status: int
) -> None:
    """Unknown quotations, missing reasons and unknown actions are refused with a page, and nothing is recorded."""
    response = desk.post(f"/review/{action}", data={"token": token_in(desk, "/review"), **form})
    assert response.status_code == status and "Traceback" not in response.text and recorded(database) == []


def test_names_are_completed(desk: TestClient) -> None:
    """The beginning of a name gives the speakers with role and number of quotations."""
    found = desk.get("/review/names", params={"q": "kvist"}).json()
    assert [(one["name"], one["role"], one["quotations"]) for one in found] == [("Ada Kvist", "the mayor", 2)]
    assert desk.get("/review/names", params={"q": ""}).json() == []
