"""The dossiers: safe, honest about kinds, the same every time, and alive in a browser."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from quotetrack.extract import extract
from quotetrack.inputs import read
from quotetrack.jobs.refresh import refresh
from quotetrack.link.known import read_known, store_known
from quotetrack.model import Article, Speaker
from quotetrack.parse.pipeline import Parser
from quotetrack.read.claims import claim_facts
from quotetrack.read.context import segments
from quotetrack.read.dossiers import dossiers
from quotetrack.read.printing import web_address
from quotetrack.report.claims import differences, shown_claims
from quotetrack.report.labels import VARIANTS
from quotetrack.report.site import write_site
from quotetrack.store import Store
from tests.conftest import said

EVIL = "<script>alert(1)</script>"


@pytest.fixture
def site(store: Store, tmp_path: Path) -> Path:
    """A small site: two outlets, three kinds, a hostile title, url and name."""
    vale = Speaker("Ruth Vale", "person")
    texts = [
        "“We will rebuild the bridge within a single year from now,” Ruth Vale, the minister, said. Ruth Vale said the port would stay shut.",
        f"“We will rebuild the bridge within a year…,” Ruth Vale told {EVIL}. “Never,” said {EVIL}.",
    ]
    a = Article(texts[0], outlet="The Post", url="https://post.example/1", title=EVIL, published="2026-03-02")
    b = Article(texts[1], outlet=EVIL, url="javascript:alert(1)", title="B", published="2026-03-04")
    store.put(
        [
            (a, [said(a, "“We will rebuild the bridge within a single year from now,”", source="Ruth Vale, the minister", speaker=vale, role="minister"),
                 said(a, "the port would stay shut", source="Ruth Vale", speaker=vale, kind="indirect")]),
            (b, [said(b, "“We will rebuild the bridge within a year…,”", source="Ruth Vale", speaker=vale),
                 said(b, "“Never,”", source=EVIL, speaker=Speaker(EVIL, "person"))]),
        ],
        "m",
    )  # fmt: skip
    refresh(store)
    out = tmp_path / "site"
    write_site(store, out)
    return out


def pages(site: Path) -> dict[str, str]:
    return {str(p.relative_to(site)): p.read_text(encoding="utf-8") for p in sorted(site.rglob("*.html"))}


def test_nothing_foreign_is_markup(site: Path) -> None:
    """Titles, outlets, names and texts reach the page escaped; an address that is no web address is no link."""
    found = pages(site)
    assert len(found) > 2
    for page in found.values():
        assert EVIL not in page
        assert not re.search(r'href="(?!https?://|\.\./|#|speakers/|[a-z]+\.(?:html|css))', page)
    assert web_address("javascript:alert(1)") is None and web_address("http://[bad") is None


def test_reported_speech_never_looks_verbatim(site: Path) -> None:
    """Indirect speech stands in no blockquote and says what it is."""
    page = next(p for n, p in pages(site).items() if "ruth-vale" in n)
    block = re.search(r'<article class="claim indirect".*?</article>', page, re.DOTALL)
    assert block and "<blockquote" not in block[0] and "reported speech" in block[0]
    assert 'class="reported">the port would stay shut' in block[0]


def test_every_quotation_says_how_its_speaker_was_found(store: Store, tmp_path: Path) -> None:
    """Named, described, a pronoun or taken over from beside: in words, and low confidence in words, variants included."""
    text = "“Never again, not in this town,” she said. The mayor said it was late. “We go on as we always have done.” He left."
    vale = Speaker("Ruth Vale", "person")
    a, b = (
        Article(text, outlet=outlet, published=f"2026-03-0{day}") for day, outlet in ((1, "The Post"), (2, "The Wire"))
    )
    cases = [
        ("“Never again, not in this town,”", "she", "pronoun", 0.85),
        ("it was late", "The mayor", "nominal", 0.72),
        ("“We go on as we always have done.”", "The mayor", "neighbour", 0.4),
    ]
    said_by = [
        (one, [replace(said(one, content, source=source, speaker=vale), method=method, confidence=sure) for content, source, method, sure in cases])
        for one in (a, b)
    ]  # fmt: skip
    store.put(said_by, "m")
    refresh(store)
    write_site(store, tmp_path / "site")
    page = next(p for n, p in pages(tmp_path / "site").items() if "ruth-vale" in n)
    for words, times in (
        ("“she” (resolved pronoun) · Confidence 85 of 100", 2),
        ("“The mayor” (described in the text) · Confidence 72 of 100", 2),
        ("“The mayor” (from an adjacent quotation or sentence) · Low confidence (40 of 100)", 2),
        (">low confidence (40 of 100)<", 2),
    ):
        assert page.count(words) == times, words


def test_variants_and_provenance(site: Path) -> None:
    """A claim of two outlets shows the other wording with what differs, and where each stands."""
    page = next(p for n, p in pages(site).items() if "ruth-vale" in n)
    assert "2 outlets" in page and "<del>" in page
    assert "0–59" in page and re.search(r"[0-9a-f]{64}", page)


def test_same_store_same_bytes(site: Path, store: Store, tmp_path: Path) -> None:
    """No clock and no chance in the pages."""
    write_site(store, tmp_path / "again")
    assert pages(tmp_path / "again") == pages(site)


def test_only_its_own_pages_go(site: Path, store: Store) -> None:
    """A dossier of a speaker who is no more is removed; a file of somebody else's stays."""
    (site / "speakers" / "mine.html").write_text("mine")
    store.connection.execute("DELETE FROM source_speakers")
    store.connection.execute("DELETE FROM aliases")
    store.connection.execute("DELETE FROM roles")
    store.connection.execute("DELETE FROM speakers")
    write_site(store, site)
    assert [p.name for p in (site / "speakers").iterdir()] == ["mine.html"]


def test_segments_are_the_text() -> None:
    """Marked-up context, joined again, is exactly the article."""
    text = "He said “it holds” today."
    cut = segments(text, 0, len(text), [("source", 0, 2), ("cue", 3, 7), ("content", 8, 18), ("content", 5, 12)])
    assert "".join(s.text for s in cut) == text
    assert [(s.label, s.text) for s in cut if s.label == "cue"] == [("cue", "sa"), ("cue", "id")]


def test_difference_ignores_marks() -> None:
    """Marks and case are no change of words."""
    assert differences("“We had four.”", '"we had four"') == ()
    assert [d.kind for d in differences("we had four", "we had five")] == ["equal", "changed"]


BROWSER = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--virtual-time-budget=4000",
]  # fmt: skip


def dump(chromium: str, address: str, profile: Path) -> str:
    done = subprocess.run(
        [chromium, *BROWSER, f"--user-data-dir={profile}", "--dump-dom", address],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return done.stdout


def test_search_works_from_a_file(site: Path, chromium: str, tmp_path: Path) -> None:
    """The index opens from file://, counts what it shows, and a link may carry a search."""
    index = (site / "index.html").as_uri()
    assert ">2 speakers<" in dump(chromium, index, tmp_path / "p1")
    dom = dump(chromium, index + "#q=VÁLE", tmp_path / "p2")
    assert ">1 speaker<" in dom
    assert len(re.findall(r'<tr data-type="person" hidden', dom)) == 1


def test_fits_a_phone(site: Path, chromium: str, tmp_path: Path) -> None:
    """Nothing sticks out of a screen 360 pixels wide."""
    frames = "".join(
        f'<iframe src="{p.as_uri()}" width="360" height="900"></iframe>' for p in sorted(site.rglob("*.html"))
    )
    script = (
        "addEventListener('load', () => { document.title = Array.from(document.querySelectorAll('iframe'), f => "
        "f.contentDocument.documentElement.scrollWidth).join(' '); })"
    )
    (tmp_path / "phone.html").write_text(f"<title></title><body>{frames}<script>{script}</script>", encoding="utf-8")
    done = subprocess.run(
        [chromium, *BROWSER, "--allow-file-access-from-files", f"--user-data-dir={tmp_path / 'p'}", "--dump-dom", (tmp_path / "phone.html").as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    widths = [int(w) for w in re.search(r"<title>([\d ]+)</title>", done.stdout)[1].split()]  # type: ignore[index]
    assert widths and max(widths) <= 360


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


def test_what_was_not_said_is_kept_apart(store: Store, tmp_path: Path) -> None:
    """A denial is labelled where it stands; what was believed or asked is folded away, labelled, and counts nowhere."""
    vale, lund = Speaker("Ruth Vale", "person"), Speaker("Anton Lund", "person")
    a = Article(
        "Ruth Vale denied that the yard would close soon. Ruth Vale hopes the ferry will pay for itself. Anton Lund fears a very long strike.",
        outlet="The Post", url="https://post.example/9",
    )  # fmt: skip
    found = [
        said(a, "that the yard would close soon", source="Ruth Vale", speaker=vale, kind="indirect", stance="denied"),
        said(a, "the ferry will pay for itself", source="Ruth Vale", speaker=vale, kind="indirect", stance="believed"),
        said(a, "a very long strike", source="Anton Lund", speaker=lund, kind="indirect", stance="believed"),
    ]
    store.put([(a, found)], "m")
    refresh(store)
    [dossier] = dossiers(store)
    assert (dossier.name, len(dossier.printings), len(dossier.unsaid)) == ("Ruth Vale", 1, 1)
    out = tmp_path / "site"
    write_site(store, out)
    [page] = [p.read_text(encoding="utf-8") for p in (out / "speakers").iterdir()]
    shown, folded = page.split('<section class="unsaid">')
    assert (
        '<span class="stance denied">denied</span>' in shown
        and "pay for itself" not in shown.split("Show in context")[0]
    )
    assert "<details><summary>1 passage" in folded and '<span class="stance believed">belief, not said</span>' in folded
    assert "Anton Lund" not in (out / "index.html").read_text(encoding="utf-8")


def test_no_local_path_is_published(tmp_path: Path, parser: Parser) -> None:
    """Where on a disk an article came from is nobody's business: no page names the folder or the file."""
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
    for secret in (str(tmp_path), folder.name, "leak-source"):
        assert secret not in everything


def test_the_type_of_a_variant_is_the_one_clustering_stored(site: Path, store: Store, tmp_path: Path) -> None:
    """Pages show what is stored and do not compare wordings again."""
    store.connection.execute("UPDATE claim_quotations SET variant = 'insertion' WHERE variant <> 'shown'")
    write_site(store, tmp_path / "again")
    assert VARIANTS["insertion"] not in "".join(pages(site).values())
    assert VARIANTS["insertion"] in "".join(pages(tmp_path / "again").values())


def test_variants_of_a_claim_shown_by_another_speaker(store: Store, tmp_path: Path) -> None:
    """In the dossier of one who is not the claim's shown speaker the type compares the two wordings that stand there."""
    vale, lund = Speaker("Ruth Vale", "person"), Speaker("Anton Lund", "person")
    words = "We will rebuild the bridge over the western sound within a single year from now"
    for number, (speaker, quoted) in enumerate(
        [(vale, f"“{words} at last,”"), (lund, f"“{words},”"), (lund, "“We will rebuild the bridge over the western sound within a single year,”")]
    ):  # fmt: skip
        a = Article(f"{quoted} {speaker.name} said.", outlet=f"Post {number}", url=f"https://post.example/{number}")
        store.put([(a, [said(a, quoted, source=speaker.name, speaker=speaker)])], "m")
    refresh(store)
    [dossier] = [d for d in dossiers(store) if d.name == "Anton Lund"]
    [claim] = shown_claims(dossier.printings, claim_facts(store))
    assert (claim.shown.text, [v.type for v in claim.variants]) == (f"“{words},”", ["truncated"])
