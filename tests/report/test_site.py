"""The site: safe, the same every time, and only what changed is written."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import html5lib
import pytest

from quotetrack.errors import UsageError
from quotetrack.extract import extract
from quotetrack.inputs import read, survey
from quotetrack.inputs.folders import OWN_PAGE
from quotetrack.inputs.own_pages import GENERATOR
from quotetrack.jobs.refresh import refresh
from quotetrack.link.known import read_known, store_known
from quotetrack.model import Article, Speaker
from quotetrack.parse.pipeline import Parser
from quotetrack.read.context import segments
from quotetrack.read.dossiers import dossiers
from quotetrack.read.printing import web_address
from quotetrack.read.site_pages import ListedSpeaker
from quotetrack.report import site as site_module
from quotetrack.report.lists import SPEAKERS_PER_PAGE, speaker_lists
from quotetrack.report.pages import SiteContext, SiteCounts
from quotetrack.report.paths import speaker_page
from quotetrack.report.site import write_site
from quotetrack.report.templates import Renderer
from quotetrack.store import Store
from tests.conftest import said
from tests.report.small_site import EVIL, NEWS, fill, later


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A small database; tests must not change it."""
    store = Store.open(tmp_path_factory.mktemp("db") / "t.duckdb")
    fill(store)
    return store


@pytest.fixture(scope="module")
def site(filled: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small database; tests must not change it."""
    out = tmp_path_factory.mktemp("site") / "site"
    write_site(filled, out)
    return out


def pages(site: Path) -> dict[str, str]:
    return {p.relative_to(site).as_posix(): p.read_text(encoding="utf-8") for p in sorted(site.rglob("*.html"))}


def contents(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}


class _Links(HTMLParser):
    """Collects the values of attributes by name, and the contents of scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [(tag, name, value or "") for name, value in attrs]


def test_nothing_foreign_is_markup(site: Path) -> None:
    """Titles, outlets, names and texts are escaped in pages and data; an address that is no web address is no link."""
    found = pages(site)
    assert {"index.html", "unnamed.html", "claims.html", "articles.html", "speakers.html"} <= found.keys()
    for data in contents(site).values():
        assert EVIL.encode() not in data
    for page in found.values():
        assert not re.search(r'href="(?!https?://|\.\./|#|[a-z0-9/-]+\.(?:html|css))', page)
    assert web_address("javascript:alert(1)") is None and web_address("http://[bad") is None


def test_every_link_leads_to_a_page_of_the_site(site: Path) -> None:
    """Links between pages name files that exist, and fragments in pages name elements that exist."""
    for path, page in pages(site).items():
        for _, name, value in _Links(page).found:
            if name not in ("href", "src") or re.match(r"https?:|mailto:", value):
                continue
            file, _, fragment = value.partition("#")
            target = (site / path).parent / file.partition("?")[0] if file else site / path
            assert target.is_file(), f"{path} links to {value}"
            if fragment:
                assert f'id="{fragment}"' in target.read_text(encoding="utf-8"), f"{path} links to {value}"


def test_pages_run_no_inline_code_and_load_nothing_from_elsewhere(site: Path) -> None:
    """Every page forbids inline scripts and other hosts, and has neither; each says that quotetrack generated it."""
    for path, page in pages(site).items():
        policy = next(value for _, name, value in _Links(page).found if name == "content" and "default-src" in value)
        assert policy.startswith("default-src 'none'") and "unsafe" not in policy, path
        assert page.index(GENERATOR) < 1000, path
        for script in re.findall(r"<script([^>]*)>", page):
            assert "src=" in script or "application/" in script, path
        for tag, name, value in _Links(page).found:
            assert name != "style" and not name.startswith("on"), (path, tag, name)
            if name == "src" or tag == "link":
                assert "//" not in value, (path, value)


def test_pages_are_valid_html(site: Path) -> None:
    """A strict parser finds no error in any page, and no page uses an id twice or skips to a second main heading."""
    for path, page in pages(site).items():
        html5lib.HTMLParser(strict=True).parse(page)
        ids = Counter(value for _, name, value in _Links(page).found if name == "id")
        assert [one for one, count in ids.items() if count > 1] == [], path
        assert page.count("<h1") == 1 and page.count("<main") == 1, path


def test_same_store_same_bytes(site: Path, filled: Store, tmp_path: Path) -> None:
    """No clock and no chance in the files."""
    write_site(filled, tmp_path / "again")
    assert contents(tmp_path / "again") == contents(site)


def test_only_changed_pages_are_written(filled: Store, store: Store, tmp_path: Path) -> None:
    """A second run on the same database writes no file; after a new article, pages that it does not concern stay."""
    fill(store)
    out = tmp_path / "site"
    first = write_site(store, out)
    before = {p: p.stat().st_mtime_ns for p in first.files}
    assert first.changed == len(first.files)
    second = write_site(store, out)
    assert second.changed == 0 and {p: p.stat().st_mtime_ns for p in second.files} == before
    store.put([later()], "m")
    refresh(store)
    third = write_site(store, out)
    same = [p for p in (out / "articles").iterdir() if p.stat().st_mtime_ns == before.get(p)]
    assert len(same) == len(list((out / "articles").iterdir())) - 1
    assert 0 < third.changed < len(third.files)


def test_the_home_page_says_what_is_new(store: Store, tmp_path: Path) -> None:
    """After a run that found new statements the home page shows those, and keeps them in later runs without new ones."""
    fill(store)
    out = tmp_path / "site"
    write_site(store, out)
    first = (out / "index.html").read_text(encoding="utf-8")
    assert "Newest statements" in first and "New since" not in first
    store.put([later()], "m")
    refresh(store)
    write_site(store, out)
    page = (out / "index.html").read_text(encoding="utf-8")
    section = page.partition('<h2 id="new">')[2].partition("</section>")[0]
    assert "New since the last report" in section and NEWS in section and section.count('<li class="item') == 1
    assert write_site(store, out).changed == 0


def test_a_killed_run_leaves_no_page_behind(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that a killed run has written are removed by the next run if it does not write them, such as those of a
    name that was withdrawn meanwhile."""
    fill(store)
    out = tmp_path / "site"

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(site_module, "search_files", killed)
    with pytest.raises(KeyboardInterrupt):
        write_site(store, out)
    monkeypatch.undo()
    [lund] = (out / "speakers").glob("anton-lund-*.html")
    store.connection.execute(
        "DELETE FROM source_speakers WHERE speaker_id IN (SELECT speaker_id FROM speakers WHERE name = 'Anton Lund')"
    )
    written = write_site(store, out)
    assert not lund.exists() and not list(out.glob("*.part"))
    assert {p.relative_to(out).as_posix() for p in written.files} == contents(out).keys() - {"quotetrack-files.json"}


def test_a_page_that_a_killed_run_did_not_finish_is_written_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run killed while it writes a page leaves part of it, which ``ingest`` does not read and the next run replaces."""
    fill(store)
    out = tmp_path / "site"

    def killed(path: Path, data: bytes) -> int:
        if path.parent.name == "articles":
            with path.open("wb") as file:
                file.write(data[:10])
            raise KeyboardInterrupt
        with path.open("wb") as file:
            return file.write(data)

    with monkeypatch.context() as during, pytest.raises(KeyboardInterrupt):
        during.setattr(Path, "write_bytes", killed)
        write_site(store, out)
    [page] = (out / "articles").iterdir()
    files, _ = survey([out])
    assert page.stat().st_size == 10 and files == []
    write_site(store, out)
    write_site(store, tmp_path / "undisturbed")
    assert contents(out) == contents(tmp_path / "undisturbed")


def test_a_page_of_a_killed_run_is_not_taken_for_that_of_the_run_before(store: Store, tmp_path: Path) -> None:
    """A killed run may have replaced a page by another of the same length; the next run does not trust the size."""
    fill(store)
    out = tmp_path / "site"
    write_site(store, out)
    [page] = (out / "speakers").glob("anton-lund-*.html")
    before = page.read_bytes()
    page.write_bytes(before.replace(b"Lund", b"Lynd"))
    (out / "quotetrack-files.part").write_text(f"{page.relative_to(out).as_posix()}\n", encoding="utf-8")
    write_site(store, out)
    assert page.read_bytes() == before


def test_only_its_own_pages_go(store: Store, tmp_path: Path) -> None:
    """A dossier of a speaker who is no more is removed; a file of somebody else stays, also one outside that a
    manifest names."""
    fill(store)
    out = tmp_path / "site"
    write_site(store, out)
    (out / "speakers" / "mine.notes").write_text("mine")
    (tmp_path / "precious.html").write_text("<meta name='x'>")
    manifest = out / "quotetrack-files.json"
    manifest.write_text(
        manifest.read_text().replace('"files": {', '"files": {"../precious.html": "0", "speakers/mine.notes": "0", ', 1)
    )
    store.connection.execute("DELETE FROM source_speakers")
    write_site(store, out)
    assert [p.name for p in (out / "speakers").iterdir()] == ["mine.notes"] and (tmp_path / "precious.html").exists()


def test_a_folder_with_articles_is_refused(filled: Store, tmp_path: Path) -> None:
    """The site is not written next to files that ingest would read, and the message names one."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "story.txt").write_text("“We sail,” said Ruth Vale.")
    with pytest.raises(UsageError, match=r"story\.txt.*--out"):
        write_site(filled, tmp_path / "news")
    assert [p.name for p in (tmp_path / "news").iterdir()] == ["story.txt"]


def test_ingest_skips_the_site(site: Path) -> None:
    """Reading the folder above the site finds no article in it and lists its pages."""
    files, left_out = survey([site.parent])
    assert files == [] and sum(one.reason == OWN_PAGE for one in left_out) == len(pages(site))


def test_who_has_a_page(site: Path) -> None:
    """Speakers with a proper name have a dossier; the others are listed with their words under unnamed sources."""
    names = {re.sub(r"-[0-9a-f]{16}.*", "", p.name) for p in (site / "speakers").glob("*.html")}
    assert names == {"ruth-vale", "anton-lund"}
    unnamed = pages(site)["unnamed.html"]
    assert "“Residents”" in unnamed and "the pier is too short" in unnamed and "Union of Harbour Pilots" in unnamed


def test_reported_speech_never_looks_verbatim(site: Path) -> None:
    """In lists and in the list beside an article, reported speech is in no quotation element and says what it is."""
    seen = 0
    for page in pages(site).values():
        for item in re.findall(r'<li[^>]*class="(?:item|note)[^"]*indirect[^>]*>.*?</li>', page, re.DOTALL):
            seen += 1
            assert "<q" not in item and "reported speech" in item
    assert seen > 1


def test_what_was_not_said_is_in_no_list(site: Path) -> None:
    """A belief is labelled beside its article and shown nowhere else outside dossiers, neither in lists nor in search data."""
    for path, data in contents(site).items():
        if path.startswith(("speakers/", "claims/")):
            continue
        if path.startswith("articles/") and b"pay for itself" in data:
            aside = data.decode().partition("<aside")[2]
            assert "pay for itself" in aside.partition("Not counted as statements")[2]
            assert "pay for itself" not in aside.partition("Not counted as statements")[0]
            assert "belief, not said" in aside
        else:
            assert b"pay for itself" not in data, path
    assert any("denied" in page and "yard would close" in page for page in pages(site).values())


def test_denials_are_labelled_in_search_data(site: Path) -> None:
    """The row of a denied claim in the search data has the label."""
    data = (site / "data/claims-0.js").read_text(encoding="utf-8")
    assert re.search(r'\["[^"]*yard would close soon","denied; reported speech', data)


def _listed(number: int) -> ListedSpeaker:
    name = f"{chr(65 + number % 26)}nna {chr(65 + number // 26 % 26)}ale{number}"
    return ListedSpeaker(
        f"{number:016x}", name, "person", None, 20_000 - number, 3, 3, "2031-03-02", True, "minister of the harbour"
    )


def test_lists_of_20_000_speakers_stay_small() -> None:
    """Each speaker is on exactly one page by letter, every page is under 300 KB, and all are linked without JavaScript."""
    speakers = [_listed(number) for number in range(20_000)]
    context = SiteContext(
        {one.speaker_id: speaker_page(one.speaker_id, one.name) for one in speakers},
        frozenset(),
        SiteCounts(20_000, 1, 1, 1, 1),
    )
    render = Renderer(context)
    counted: Counter[str] = Counter()
    first, *letters = speaker_lists(speakers, context)
    assert len(letters) > 26
    html = render.page(first).decode()
    assert len(html) < 300_000 and html.count('href="names/') == 26
    for page in letters:
        listed = page.values["speakers"]
        assert isinstance(listed, list) and len(listed) <= SPEAKERS_PER_PAGE
        counted.update(one.speaker_id for one in listed)
    assert set(counted.values()) == {1} and len(counted) == 20_000
    html = render.page(letters[0]).decode()
    assert len(html) < 300_000 and 'href="../names/a-2.html" rel="next"' in html


def test_batches_are_limited() -> None:
    """Dossiers are read in batches of limited numbers of speakers and quotations, so a large database does not fill memory."""
    speakers = [
        replace(_listed(number), quotations=count) for number, count in enumerate([9000, 2000, 900, 200] + [1] * 500)
    ]
    batches = list(site_module._speaker_batches(speakers))
    assert [one for batch in batches for one in batch] == speakers
    assert all(len(batch) <= 400 and (len(batch) == 1 or sum(s.quotations for s in batch) <= 2000) for batch in batches)


def test_segments_are_the_text() -> None:
    """Marked-up context, joined again, is exactly the article."""
    text = "He said “it holds” today."
    cut = segments(text, 0, len(text), [("source", 0, 2), ("cue", 3, 7), ("content", 8, 18), ("content", 5, 12)])
    assert "".join(s.text for s in cut) == text
    assert [(s.label, s.text) for s in cut if s.label == "cue"] == [("cue", "sa"), ("cue", "id")]


@pytest.mark.parametrize(("held", "role"), [("2019..", "harbour master"), ("2019..2024", "minister")])
def test_a_seed_file_says_the_role(store: Store, tmp_path: Path, held: str, role: str) -> None:
    """Beside a name stands what a seed file says of the day of the last quotation; of a day it leaves out, what articles say."""
    a = Article(
        "“The bridge will stand,” Ruth Vale, the minister, said.", url="https://post.example/1", published="2026-03-02"
    )
    vale = said(a, "“The bridge will stand,”", source="Ruth Vale, the minister", speaker=Speaker("Ruth Vale", "person"), role="minister")  # fmt: skip
    store.put([(a, [vale])], "m")
    seeds = tmp_path / "people.csv"
    seeds.write_text(f"name,roles\nRuth Vale,harbour master ({held})\n", encoding="utf-8")
    with store.transaction():
        store_known(store, read_known(seeds))
    refresh(store)
    assert [dossier.role for dossier in dossiers(store)] == [role]


def test_no_local_path_is_published(tmp_path: Path, parser: Parser) -> None:
    """Where on a disk an article came from is nobody's business: pages name no path, and a file only as such if there is no title."""
    folder = tmp_path / "inbox of ann"
    folder.mkdir()
    (folder / "leak-source.txt").write_text("“We sail at dawn,” said Ruth Vale.", encoding="utf-8")
    [article] = read(folder / "leak-source.txt")
    assert isinstance(article, Article) and str(folder) in article.location
    with Store.open(tmp_path / "t.duckdb") as store:
        store.put([(article, extract(parser.parse(article.text)))], "m")
        refresh(store)
        site = write_site(store, tmp_path / "site")
    everything = "".join(path.read_text(encoding="utf-8") for path in site.files)
    assert "We sail at dawn" in everything
    for secret in (str(tmp_path), folder.name):
        assert secret not in everything
    assert article.title == "leak-source.txt (file name)" and "leak-source.txt (file name)" in everything
