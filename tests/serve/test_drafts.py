"""A draft is checked in the desk: pasted, sent as a file, exported, refused, while an ingest runs."""

from __future__ import annotations

import io
import re
import threading
import time

import pytest
from fastapi.testclient import TestClient

from quotetrack.check.draft_records import DraftReport
from quotetrack.inputs.drafts import Draft, draft_of_text
from quotetrack.jobs import analysis
from quotetrack.model import Article, Quotation, Speaker
from quotetrack.parse.pipeline import Parser
from quotetrack.serve import checking
from quotetrack.store import Store
from tests.conftest import said
from tests.serve.conftest import EVIL, token_in

DRAFT = (
    f"Notes on the {EVIL} yard.\n\n“We will close the old yard in May,” said Ada Kvist.\n\n"
    "“Nobody asked the welders at all,” said Ada Kvist. The “night shift” left.\n"
)


def quotations_of(draft: Draft) -> list[Quotation]:
    """What extraction finds in ``DRAFT``."""
    article = Article(draft.text)
    ada = Speaker("Ada Kvist", "person")
    return [
        said(article, one, source="Ada Kvist", speaker=ada)
        for one in ("“We will close the old yard in May,”", "“Nobody asked the welders at all,”")
        if one in draft.text
    ]


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the checker read drafts without the models."""
    monkeypatch.setattr(analysis, "load", lambda *_: None)
    monkeypatch.setattr(checking, "read_quotations", lambda drafts, _: [(one, quotations_of(one)) for one in drafts])
    monkeypatch.setattr(checking, "_PAUSE", 0.01)


def sent(client: TestClient, **form: object) -> str:
    """Send a draft; returns the address that its result will have."""
    files = {"file": form.pop("file")} if "file" in form else None
    data = {"token": token_in(client, "/check"), **form}
    response = client.post("/check", data=data, files=files, follow_redirects=False)  # type: ignore[arg-type]
    assert response.status_code == 303, response.text
    return response.headers["location"]


def finished(client: TestClient, address: str) -> str:
    """The page of a draft when it is no longer being checked."""
    end = time.monotonic() + 60
    while 'http-equiv="refresh"' in (text := client.get(address).text):
        assert time.monotonic() < end, text
        time.sleep(0.02)
    return text


def test_a_pasted_draft(client: TestClient, known: None) -> None:
    """Each quotation is marked with its outcome, words and speaker have verdicts of their own, short ones are listed."""
    text = finished(client, sent(client, text=DRAFT.replace("\n", "\r\n")))
    assert EVIL not in text and '<h1 class="path">Notes on the &lt;script&gt;' in text
    assert re.findall(r'<mark class="([a-z ]+)" id="q\d">', text) == ["changed unconfirmed", "speaker", "unchecked"]
    assert "✗ words changed" in text and "✓ words right" in text and "✗ speaker differs" in text
    assert "The record gives the words to Olle Brandt, not to Ada Kvist." in text
    unchecked = text.partition("<h2>Not checked</h2>")[2]
    assert "“night shift”" in unchecked and "Up to three words in quotation marks" in unchecked


@pytest.mark.parametrize(("name", "shown"), [("notes.txt", "notes.txt"), (r"C:\desk\notes.md", "notes.md"), ("../../x.html", "x.html"), (f"{EVIL}.txt", "script&gt;.txt")])  # fmt: skip
def test_a_file(client: TestClient, known: None, name: str, shown: str) -> None:
    """A file is read by its suffix, and shown by its name without folders, escaped."""
    text = finished(client, sent(client, file=(name, DRAFT.replace(EVIL, "old").encode())))
    assert f"{shown}</h1>" in text and EVIL not in text and "words changed" in text


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("notes.xls", b"\xd0\xcf", "Unsupported file type"),
        ("notes.pdf", b"%PDF", "not a PDF file"),
        ("notes.docx", b"no zip", "not a Word document"),
        ("notes.txt", b" ", "contains no text"),
        ("", b"", "Paste a text or choose a file."),
    ],
)
def test_what_cannot_be_read_is_refused(client: TestClient, name: str, data: bytes, reason: str) -> None:
    """A file that cannot be read, or no text at all, gives the form again with one sentence and keeps the pasted text."""
    form = {"token": token_in(client, "/check"), "text": "" if not name else "A kept text"}
    response = client.post("/check", data=form, files={"file": (name, data)} if name else None)
    assert response.status_code == 422 and reason in response.text
    assert not name or "A kept text</textarea>" in response.text


def test_the_marked_draft_is_saved(client: TestClient, known: None) -> None:
    """The export is one page without scripts or other files, sent as a download."""
    address = sent(client, text=DRAFT)
    finished(client, address)
    response = client.get(f"{address}/marked.html")
    assert response.headers["content-disposition"] == 'attachment; filename="checked-draft-1.html"'
    assert "<script" not in response.text and "<link" not in response.text and "✗ words changed" in response.text
    assert "&lt;script&gt;" in response.text


def test_a_draft_is_shown_only_to_the_browser_that_sent_it(client: TestClient, known: None) -> None:
    """Another browser finds neither the draft nor its export, and does not see it listed."""
    address = sent(client, text=DRAFT)
    finished(client, address)
    assert "1 changed" in client.get("/check").text
    client.cookies.clear()
    assert client.get(address).status_code == client.get(f"{address}/marked.html").status_code == 404
    assert "Earlier drafts" not in client.get("/check").text


def test_states_are_shown(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """While models load the page says so, without blocking other pages; a failure is told on the page of the draft."""
    going = threading.Event()

    def load(*_: object) -> None:
        going.wait(30)
        raise RuntimeError("secret details")

    monkeypatch.setattr(analysis, "load", load)
    address = sent(client, text=DRAFT)
    end = time.monotonic() + 10
    while "Loading the language models" not in client.get(address).text:
        assert time.monotonic() < end
    assert client.get("/speakers").status_code == 200 and "being checked" in client.get("/check").text
    assert client.get(f"{address}/marked.html").status_code == 404
    going.set()
    text = finished(client, address)
    assert "could not be checked (RuntimeError)" in text and "secret details" not in text


def test_a_draft_waits_for_an_ingest(client: TestClient, known: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the database is in use when the draft has been read, the page says so, and the check goes on afterwards."""
    from quotetrack.errors import DatabaseInUse

    real, free = checking.check_quotations, threading.Event()

    def busy(store: Store, draft: Draft, quotations: list[Quotation]) -> DraftReport:
        if not free.is_set():
            raise DatabaseInUse("in use")
        return real(store, draft, quotations)

    monkeypatch.setattr(checking, "check_quotations", busy)
    address = sent(client, text=DRAFT)
    end = time.monotonic() + 10
    while "An ingest is running" not in client.get(address).text:
        assert time.monotonic() < end
    free.set()
    assert "words changed" in finished(client, address)


def test_old_drafts_are_forgotten(client: TestClient, known: None) -> None:
    """The memory that drafts take is bounded: the oldest are dropped."""
    checker = client.app.state.desk.checker  # type: ignore[attr-defined]
    for _ in range(checking._KEPT + 3):
        last = checker.submit("owner", draft_of_text("Nothing said."), "x")
    assert checker.find("owner", 3) is None and checker.find("owner", last) is not None
    assert len(checker.all_of("owner")) == checking._KEPT
    end = time.monotonic() + 60
    while checker.find("owner", last).state != "done":  # its thread must not go on in the next test
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_word_document_with_the_real_parser(client: TestClient, loaded: Parser) -> None:
    """From an uploaded .docx to the outcomes, with the models that the process has loaded once."""
    from docx import Document

    document, data = Document(), io.BytesIO()
    document.add_paragraph("“We will close the old yard in May,” said Ada Kvist, the mayor of Halden.")
    document.add_paragraph("“Nobody asked the welders at all,” Olle Brandt said.")
    document.save(data)
    for _ in range(2):
        text = finished(client, sent(client, file=("notes.docx", data.getvalue())))
        assert "paragraph 1" in text and "“May” is printed as “June”." in text and "✗ words changed" in text
        assert "✓ words right" in text and "✓ speaker right" in text
    assert analysis._parser is loaded


def test_a_page_shows_one_moment(client: TestClient, known: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft that is finished while its page is rendered does not leave a page that neither has a result nor asks again."""
    from quotetrack.serve import drafts

    real = drafts.page

    def late(request: object, template: str, **values: object) -> object:
        if template == "serve/check_progress.html":
            one = client.app.state.desk.checker.find(values["check"].owner, values["check"].number)  # type: ignore[attr-defined]
            one.report, one.state = object(), "done"
        return real(request, template, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(checking.Checker, "_check", lambda *_: None)
    address = sent(client, text=DRAFT)
    monkeypatch.setattr(drafts, "page", late)
    assert 'http-equiv="refresh"' in client.get(address).text
