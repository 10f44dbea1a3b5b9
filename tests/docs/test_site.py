"""The documentation site builds without a complaint, loads nothing from other hosts, and shows every page."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from lxml import html

from docs.tools.site import ADDED, place_of, stage, with_links
from tests.docs.conftest import ROOT

_LOADING = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src", "video": "src"}
_RELATIONS_THAT_LOAD = {"stylesheet", "icon", "preload", "prefetch", "preconnect", "modulepreload", "manifest"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as ``make docs`` does."""
    out = tmp_path_factory.mktemp("site") / "docs"
    done = subprocess.run(
        [sys.executable, "-m", "docs.tools.site", str(out)], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning" not in (done.stdout + done.stderr).lower()
    return out


def test_every_page_is_on_the_site(site: Path) -> None:
    """Each page of docs/ and each added page is built, and each but the single decisions is in the navigation."""
    places = [place_of(path.relative_to(ROOT).as_posix()) for path in (ROOT / "docs").rglob("*.md")]
    places += list(ADDED.values())
    built = [str(place).replace("README.md", "index.html").replace(".md", ".html") for place in places]
    assert [name for name in built if not (site / name).exists()] == []
    navigation = str(tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))["project"]["nav"])
    assert [p for p in places if f"'{p}'" not in navigation and not re.match(r"decisions/\d", str(p))] == []


def test_nothing_is_loaded_from_other_hosts(site: Path) -> None:
    """No page and no style sheet refers to a font, script, style or picture of another host."""
    outside = []
    for page in site.rglob("*.html"):
        for element in html.parse(str(page)).iter(*_LOADING):
            address = element.get(_LOADING[str(element.tag)]) or ""
            loads = element.tag != "link" or _RELATIONS_THAT_LOAD & set((element.get("rel") or "").split())
            if loads and re.match(r"(https?:)?//", address):
                outside.append(address)
        assert 'class="mermaid"' not in page.read_text(encoding="utf-8")  # it would be drawn by a script from a CDN
    for style in site.rglob("*.css"):
        outside += re.findall(r"url\(\s*['\"]?((?:https?:)?//[^)]+)", style.read_text(encoding="utf-8"))
    assert outside == []


def test_links_of_the_site_lead_somewhere(site: Path) -> None:
    """Every relative link and picture of a built page leads to a file, and every anchor to a heading."""
    anchors: dict[Path, set[str]] = {}
    broken = []
    for page in site.rglob("*.html"):
        if page.name == "404.html":
            continue
        tree = html.parse(str(page))
        for address in tree.xpath("//article//a/@href | //article//img/@src"):
            name, _, anchor = str(address).partition("#")
            if ":" in name:
                continue
            target = (page.parent / name).resolve() if name else page.resolve()
            target = target / "index.html" if target.is_dir() else target
            if not target.exists():
                broken.append(f"{page.name}: {address}")
            elif anchor and target.suffix == ".html":
                if target not in anchors:
                    anchors[target] = set(map(str, html.parse(str(target)).xpath("//@id")))
                if anchor not in anchors[target]:
                    broken.append(f"{page.name}: {address}")
    assert broken == []


def test_links_between_folders_are_adapted() -> None:
    """A link from docs/ to a page of another folder leads to its place on the site, and one to a program becomes text."""
    page = "[a](../CONTRIBUTING.md#rules) [b](../templates/dossier.docx) [c](decisions/README.md) [d](https://a.example) ![e](x.png)"
    assert with_links(page, "docs/export.md") == (
        "[a](contributing.md#rules) b [c](decisions/README.md) [d](https://a.example) ![e](x.png)"
    )
    assert with_links("[g](../../../docs/stance.md)", "tests/gold/news/README.md") == "[g](../stance.md)"


def test_a_broken_link_stops_the_build(tmp_path: Path) -> None:
    """Zensical ends with an error if a page links to one that does not exist."""
    stage(tmp_path / "docs")
    (tmp_path / "docs" / "index.md").write_text("# Home\n\n[nowhere](nowhere.md)\n", encoding="utf-8")
    (tmp_path / "zensical.toml").write_bytes((ROOT / "zensical.toml").read_bytes())
    done = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict"], cwd=tmp_path, capture_output=True, timeout=300
    )
    assert done.returncode != 0


def test_the_diagram_has_the_words_of_the_page() -> None:
    """The picture that the site shows in place of the diagram in docs/architecture.md names the same stages and results."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    labels = re.findall(r'"([^"]+)"', page[page.index("```mermaid") : page.index("```\n", page.index("```mermaid"))])
    drawn = html.fromstring((ROOT / "docs" / "images" / "data-flow.svg").read_bytes()).xpath("string()")
    words = " ".join(str(drawn).split())
    assert len(labels) > 10
    assert [label for label in labels if " ".join(label.split()) not in words] == []
