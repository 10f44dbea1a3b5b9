"""Opens pages of a database in which every field is hostile in Chromium, for ``benchmarks.hostile``.

Each payload stands in the title, outlet, author and address of an article, in a quotation, in the name and the role of its
speaker, and in the name of a failed file. The pages of ``report``, a dossier as a single file and the desk of ``serve`` are
opened. A payload has run if it set ``window.hostile``, opened a dialog, wrote to the console or asked for another address.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.hostile_texts import ADDRESSES, PAYLOADS
from quotetrack.jobs.refresh import refresh
from quotetrack.model import Article, Failure, Quotation, Span, Speaker
from quotetrack.read.speakers import list_speakers
from quotetrack.report.single_file import write_dossier
from quotetrack.report.site import write_site
from quotetrack.serve.app import create_app
from quotetrack.serve.server import listen
from quotetrack.store import Store

# Addresses that a browser would run or load, outside of the pages themselves.
_UNSAFE = """() => [...document.querySelectorAll('*')].flatMap(e => [...e.attributes]
    .filter(a => a.name.startsWith('on') || (['href', 'src', 'action', 'formaction', 'srcdoc', 'data', 'xlink:href'].includes(a.name)
        && /^[\\\\s\\\\x00-\\\\x20]*(javascript|data|vbscript|file):/i.test(a.value)))
    .map(a => e.tagName + ' ' + a.name + '=' + a.value.slice(0, 60)))"""


@dataclass(slots=True)
class Opened:
    """The pages of one kind that were opened, and what ran in them."""

    group: str
    runs: int = 0
    problems: list[str] = field(default_factory=list)


def fill(store: Store, payloads: Sequence[str] = PAYLOADS) -> None:
    """Store two articles for each payload, with the payload in every field and the same words in both."""
    batch = [one for number, payload in enumerate(payloads) for one in _articles(number, payload)]
    store.put(batch, "generated")
    store.fail([Failure(f"folder/{payload}.html", f"The page {payload} has no text.") for payload in payloads])
    refresh(store)


def _articles(number: int, payload: str) -> Iterator[tuple[Article, list[Quotation]]]:
    plain = " ".join(payload.split())
    words = f"“The ferry number {number} must wait {plain} until the storm has passed,”"
    for copy, address in enumerate((ADDRESSES[number % len(ADDRESSES)], f"https://post.example/{number}?{payload}")):
        text = f"{words} said {plain}, the {plain}. {plain} said that the pier number {number} is {plain} closed."
        source = Span.of(text, len(words) + 6, len(words) + 6 + len(plain))
        role = Span.of(text, source.end + 6, source.end + 6 + len(plain))
        start = text.index(" said that ") + 6
        who = Speaker(plain, "person") if number % 2 else Speaker(f"Ruth Vale {plain}", "person")
        common = {
            "source": source,
            "speaker": who,
            "role": role,
            "method": "name",
            "confidence": 0.9,
            "speaker_confidence": 0.9,
        }
        direct = Quotation(kind="direct", content=(Span.of(text, 0, len(words)),), **common)  # type: ignore[arg-type]
        stance = "denied" if copy else "stated"
        indirect = Quotation(kind="indirect", content=(Span.of(text, start, len(text) - 1),), stance=stance, **common)  # type: ignore[arg-type]
        yield (
            Article(text, outlet=f"{plain} {copy}", url=address, title=payload, author=payload, published=f"2026-03-0{copy + 1}", location=payload),
            [direct, indirect],
        )  # fmt: skip


@contextlib.contextmanager
def watched(chromium: str) -> Iterator[tuple[Any, list[str]]]:
    """A tab of Chromium, and a list to which everything is added that runs in its pages or asks for another address."""
    from playwright.sync_api import sync_playwright

    seen: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = browser.new_page()
        tab.set_default_timeout(60_000)
        tab.on("dialog", lambda dialog: (seen.append(f"dialog {dialog.message}"), dialog.dismiss()))
        tab.on("console", lambda message: seen.append(f"console: {message.text[:150]}"))
        tab.on("pageerror", lambda error: seen.append(f"error: {str(error)[:150]}"))
        tab.on(
            "request", lambda request: None if _is_own(request.url) else seen.append(f"request for {request.url[:100]}")
        )
        tab.on("popup", lambda _: seen.append("a window was opened"))
        yield tab, seen
        browser.close()


def _is_own(address: str) -> bool:
    return address.startswith(("file:", "http://127.0.0.1:", "data:image/"))


def visit(tab: Any, seen: list[str], addresses: Sequence[str], group: str, typed: Sequence[str] = ()) -> Opened:
    """Open pages and note what runs in them; on the first, type each of ``typed`` into the search."""
    opened = Opened(group)
    for number, address in enumerate(addresses):
        tab.goto(address, wait_until="load")
        for words in typed if number == 0 else ():
            tab.locator("input[type=search]").first.fill(words)
            tab.wait_for_timeout(20)
        problems = [*seen, *(f"unsafe: {one}" for one in tab.evaluate(_UNSAFE))]
        if tab.evaluate("window.hostile !== undefined"):
            problems.append("window.hostile is set")
        opened.problems += [f"{address.rpartition('/')[2]}: {one}" for one in problems]
        opened.runs += 1
        seen.clear()
    return opened


def open_pages(work: Path, seed: int) -> list[dict[str, Any]]:
    """Write and open all pages of a hostile database; returns a row for each kind of page."""
    import shutil

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        return []
    database = work / f"pages{seed}.duckdb"
    with Store.open(database) as store:
        fill(store)
        write_site(store, work / "hostile-site")
        speakers = [one.speaker_id for one in list_speakers(store, None, None, 200)]
        files = [write_dossier(store, key, work / "mailed" / f"{key}.html") for key in speakers[:20]]
    site = sorted((work / "hostile-site").rglob("*.html"), key=lambda path: (path.name != "index.html", path))
    with watched(chromium) as (tab, seen), served(database) as address:
        groups = [
            visit(tab, seen, [path.as_uri() for path in site], "pages of the site", PAYLOADS),
            visit(tab, seen, [path.as_uri() for path in files], "single files"),
            visit(
                tab, seen, [f"{address}{path}" for path in desk_paths(site, work / "hostile-site")], "pages of the desk"
            ),
        ]
    return [{"group": one.group, "runs": one.runs, "problems": one.problems} for one in groups]


def desk_paths(site: Sequence[Path], root: Path) -> list[str]:
    """The addresses of the desk: a third of those of the site that it also has, and a search and a check for each payload."""
    from urllib.parse import quote

    kinds = ("speakers/", "articles/", "claims/")
    same = [f"/{path.relative_to(root)}" for path in site if str(path.relative_to(root)).startswith(kinds)]
    asked = [f"/{page}={quote(one)}" for one in PAYLOADS for page in ("search?q", "check?text")]
    return ["/check", "/inbox", "/review", "/speakers", *same[::3], *asked]


@contextlib.contextmanager
def served(database: Path) -> Iterator[str]:
    """The address of a desk that runs while the block does."""
    import uvicorn

    with listen("127.0.0.1", 0) as listening:
        server = uvicorn.Server(uvicorn.Config(create_app(database), log_level="error", ws="none", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening.socket]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield listening.address.rstrip("/")
        finally:
            server.should_exit = True
            thread.join(10)
