"""Take the pictures of the documentation from the samples: ``python -m docs.tools.screenshots`` (needs Chromium).

Ingests the samples into a scratch folder, writes the report, checks the draft of the tutorial, starts the desk, and saves the
pictures to docs/images.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "images"
WIDTH = 1000
HEIGHTS = {"dossier": 1000, "article": 760, "desk": 760, "checked-draft": 900}


def main() -> None:
    """Take all pictures."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        tutorial = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
        draft = re.search(r"<!-- file: draft\.md -->\n```markdown\n(.*?)```", tutorial, re.DOTALL)
        assert draft is not None
        (folder / "draft.md").write_text(draft[1], encoding="utf-8")
        shutil.copytree(ROOT / "samples", folder / "samples")
        run(folder, "ingest", "samples")
        run(folder, "report", "--out", "site")
        run(folder, "check", "--file", "draft.md", "--html", "checked.html", "--fail-on", "none")
        [dossier] = (folder / "site" / "speakers").glob("ruth-vale-*.html")
        articles = [
            p for p in (folder / "site" / "articles").rglob("*.html") if "Eleven rescued" in p.read_text("utf-8")
        ]
        with sync_playwright() as playwright, desk(folder) as address:
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": WIDTH, "height": 800}, color_scheme="light")
            take(page, dossier.as_uri(), "dossier")
            take(page, articles[0].as_uri(), "article")
            take(page, address, "desk")
            take(page, (folder / "checked.html").as_uri(), "checked-draft")
            browser.close()


def run(folder: Path, *arguments: str) -> None:
    """Run quotetrack in ``folder``."""
    subprocess.run([sys.executable, "-m", "quotetrack", *arguments], cwd=folder, env=environment(), check=True)


def environment() -> dict[str, str]:
    """The environment of the commands: this checkout, one database."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "QUOTETRACK_DB": "news.duckdb", "QUOTETRACK_USER": "desk"}


@contextmanager
def desk(folder: Path) -> Iterator[str]:
    """The address of ``quotetrack serve`` while it runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "quotetrack", "serve", "--write", "--port", str(port)]
    with subprocess.Popen(command, cwd=folder, env=environment()) as server:
        try:
            for _ in range(600):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def chromium() -> str:
    """The browser that is installed."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        sys.exit("Chromium is not installed.")
    return found


def take(page: Page, address: str, name: str) -> None:
    """Save the top of the page as a picture."""
    page.set_viewport_size({"width": WIDTH, "height": HEIGHTS[name]})
    page.goto(address)
    page.wait_for_timeout(500)
    page.screenshot(path=IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
