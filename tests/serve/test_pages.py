"""Inbox, search, speakers, dossiers, articles and claims in the desk: complete, escaped, and no traceback."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html

from quotetrack.corrections import decisions
from quotetrack.errors import DatabaseError, DatabaseInUse
from quotetrack.jobs.correct import correct
from quotetrack.serve.database import Databases, require_readable
from quotetrack.store import Store
from tests.serve.conftest import EVIL, client_of, token_in


def links(client: TestClient, address: str, start: str) -> list[str]:
    """The links of a page that begin with ``start``."""
    return [one for one in html.fromstring(client.get(address).text).xpath("//a/@href") if one.startswith(start)]


def test_the_inbox_lists_what_came_in(client: TestClient) -> None:
    """Articles with their quotations, failed inputs with their reasons, and claims with two speakers are listed, escaped."""
    text = client.get("/inbox").text
    contradicted = text.partition("<h2>Contradicted claims</h2>")[2].partition("</section>")[0]
    assert "We will close the old yard in June" in contradicted and "Ada Kvist, Olle Brandt" in contradicted
    assert "two speakers" in contradicted and "welders" not in contradicted
    assert "articles/&lt;b&gt;broken&lt;/b&gt;.html" in text and "The page has no article text." in text
    assert len(links(client, "/inbox", "/articles/")) == 3 and "Nobody asked the welders" in text
    assert EVIL not in text
    assert "No more articles." in client.get("/inbox?start=50").text


@pytest.mark.parametrize("address", ["/inbox", "/search?q=the", "/speakers"])
def test_every_link_leads_to_a_page(client: TestClient, address: str) -> None:
    """Each internal link of inbox, search and speakers is answered, and nothing foreign is markup on what it leads to."""
    found = {one.partition("#")[0] for one in links(client, address, "/")}
    assert len(found) > 5
    for one in found:
        response = client.get(one)
        assert response.status_code == 200, one
        if response.headers["content-type"].startswith("text/html"):
            assert EVIL not in response.text


def test_search(client: TestClient) -> None:
    """Words and speaker narrow the result, a denial is labelled, and each result links to its place in the article."""
    text = client.get("/search", params={"q": "yard", "speaker": "ada kvist"}).text
    assert "1 quotation" in text and "Olle Brandt" not in text
    [link] = links(client, "/search?q=yard&speaker=ada+kvist", "/articles/")
    assert f'id="{link.partition("#")[2]}"' in client.get(link.partition("#")[0]).text
    assert 'class="stance denied">denied' in client.get("/search?q=mill").text
    assert "No speaker found for &#39;nobody&#39;" in client.get("/search?speaker=nobody").text
    assert "Invalid date" in client.get("/search?since=yesterday").text
    assert "0 quotations" in client.get("/search?q=zebra").text


def test_an_article_shows_its_quotations_in_the_text(client: TestClient) -> None:
    """The text is complete, each quotation is marked in it and listed with its speaker."""
    address = links(client, "/search?q=welders", "/articles/")[0].partition("#")[0]
    tree = html.fromstring(client.get(address).text)
    [text] = tree.xpath("//article[contains(@class, 'text-of-article')]")
    marks = [one.text_content() for one in text.iter("mark")]
    for reference in text.xpath(".//a[contains(@class, 'ref')]"):
        reference.drop_tree()
    words = " ".join(text.text_content().split())
    assert words.startswith("“We will close the old yard in June,” said Olle Brandt. “Nobody asked")
    assert marks == [
        "“We will close the old yard in June,”",
        "“Nobody asked the welders at all,”",
    ]


def test_speakers_are_searched(client: TestClient) -> None:
    """The list is narrowed by name and type; a name that nobody has says so."""
    assert len(links(client, "/speakers?q=brandt", "/speakers/")) == 2
    assert links(client, "/speakers?type=organisation", "/speakers/") == []
    assert "No speaker found for “zebra”" in client.get("/speakers?q=zebra").text


def test_a_dossier_and_the_data_of_its_filters(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dossier is served with its feed, and the file that its filters read is a script of the desk."""
    monkeypatch.setattr("quotetrack.report.dossier_page._FEWEST_FILTERED", 1)
    [address] = links(client, "/speakers?q=ada+kvist", "/speakers/")
    text = client.get(address).text
    assert "<h1>Ada Kvist</h1>" in text and "/feeds/speakers/" in text and "We will close the old yard" in text
    source = html.fromstring(text).get_element_by_id("dossier").get("data-source")
    assert source == f"..{address.removesuffix('.html')}.js"
    response = client.get(f"/{source.removeprefix('../')}")
    assert response.headers["content-type"].startswith("text/javascript") and "welders" not in response.text
    assert response.text.startswith("quotetrackDossier(") and EVIL not in response.text
    assert client.get(address.replace(".html", "-9.html")).status_code == 404


def test_pages_follow_the_database(database: Path) -> None:
    """What another program changes is on the next page, although lists are kept between requests."""
    desk = client_of(database)
    assert "Olle Brandt" in desk.get("/speakers").text
    with Store.open(database) as store:
        correct(store, decisions.rename, "Olle Brandt", "Olof Brandt", "w", "ann")
    text = desk.get("/speakers").text
    assert "Olof Brandt" in text and "Olle Brandt" not in text


@pytest.mark.parametrize("address", ["/speakers/x-0000000000000000.html", "/speakers/x.html", "/articles/x-0000000000000000.html", "/claims/0000000000000000.html", "/check/1", "/check/x", "/nothing", "/feeds/speakers/x.atom"])  # fmt: skip
def test_what_does_not_exist_is_a_page(client: TestClient, address: str) -> None:
    """An unknown address is answered with a page that says so."""
    response = client.get(address)
    assert response.status_code == 404 and "<h1>" in response.text


def hold(path: Path) -> subprocess.Popen[str]:
    """Another program that has the database open for writing until its input ends."""
    code = "import sys; from pathlib import Path; from quotetrack.store import Store\nwith Store.open(Path(sys.argv[1])): print('open', flush=True); sys.stdin.read()"
    running = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert running.stdout and running.stdout.readline() == "open\n"
    return running


def test_while_an_ingest_runs(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages answer 503, say that an ingest is running and reload themselves; a correction is not recorded and says so."""
    monkeypatch.setattr("quotetrack.serve.database.PATIENCE", 0.3)
    desk = client_of(database, write=True)
    token = token_in(desk, "/review")
    running = hold(database)
    try:
        require_readable(database)
        response = desk.get("/inbox")
        assert response.status_code == 503 and response.headers["retry-after"] == "5"
        assert '<meta http-equiv="refresh" content="5">' in response.text and "An ingest is running" in response.text
        assert desk.get("/check").status_code == 200
        response = desk.post("/review/reject", data={"token": token, "quotation": "x", "why": "w"})
        assert (
            response.status_code == 503 and "nothing was recorded" in response.text and "refresh" not in response.text
        )
    finally:
        running.communicate()
    assert desk.get("/inbox").status_code == 200


def test_the_file_is_free_between_requests(database: Path) -> None:
    """After a page has been sent, another program can open the database for writing."""
    desk = client_of(database)
    assert desk.get("/inbox").status_code == 200
    hold(database).communicate()


def test_a_correction_waits_for_readers(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within the desk, writing begins only when no page is being read, and reading waits for it."""
    monkeypatch.setattr("quotetrack.serve.database.PATIENCE", 0.2)
    databases = Databases(database)
    with databases.reading(), databases.reading(), pytest.raises(DatabaseInUse), databases.writing():
        pass
    with databases.writing() as store:
        store.connection.execute("DELETE FROM failures")
        with pytest.raises(DatabaseInUse), databases.reading():
            pass
    with databases.reading() as store:
        assert store.connection.execute("SELECT count(*) FROM failures").fetchall() == [(0,)]


def test_an_unexpected_error_is_a_page(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake of the desk gives a page with the usual headers and without details."""
    monkeypatch.setattr("quotetrack.serve.inbox.arrivals", lambda *_: 1 / 0)
    response = client.get("/inbox")
    assert response.status_code == 500 and "division" not in response.text and "Traceback" not in response.text
    assert "frame-ancestors" in response.headers["content-security-policy"]


def test_a_file_that_is_no_database_is_refused(tmp_path: Path, record: Path) -> None:
    """A missing file, and a file that is no database, are refused before the desk starts."""
    (tmp_path / "x.duckdb").write_bytes(b"no database")
    for path in (tmp_path / "missing.duckdb", tmp_path / "x.duckdb"):
        with pytest.raises(DatabaseError):
            require_readable(path)
    shutil.copy(record, tmp_path / "old.duckdb")
    with Store.open(tmp_path / "old.duckdb") as store:
        store.connection.execute("DELETE FROM schema_version WHERE number > 13")
    with pytest.raises(DatabaseError, match="older version"):
        require_readable(tmp_path / "old.duckdb")
