"""Build the documentation site with Zensical: ``python -m docs.tools.site [OUT]``, by default into ``build/docs``.

Zensical reads one folder. The pages of ``docs/`` are therefore copied together with those of other folders that belong to the
documentation, and links between them are adapted. A link to a file that is not on the site, such as a program, becomes plain text.
"""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Pages from outside docs/, by their path in the repository, and their path on the site.
ADDED = {
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "CHANGELOG.md": "changelog.md",
    "quotetrack/models/MODEL_CARD.md": "model-card.md",
    "tests/gold/news/README.md": "gold/news.md",
    "tests/gold/speakers/README.md": "gold/speakers.md",
    "tests/gold/claims/README.md": "gold/claims.md",
    "samples/README.md": "samples.md",
    "training/README.md": "training.md",
}
COPIED = (".png", ".svg", ".json")
_LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")
_DIAGRAM = re.compile(r"^```mermaid\n.*?^```\n", re.MULTILINE | re.DOTALL)


def place_of(path: str) -> str | None:
    """The path on the site of a file of the repository; ``None`` if it is not there."""
    if path in ADDED:
        return ADDED[path]
    if path.startswith("docs/") and path.endswith((".md", *COPIED)):
        return path.removeprefix("docs/")
    return None


def with_links(text: str, path: str) -> str:
    """The page ``path`` of the repository with the links that it has on the site."""
    here = posixpath.dirname(place_of(path) or "")

    def link(match: re.Match[str]) -> str:
        label, target = match.groups()
        name, mark, anchor = target.partition("#")
        if "://" in target or target.startswith(("#", "mailto:")):
            return match.group()
        place = place_of(posixpath.normpath(posixpath.join(posixpath.dirname(path), name)))
        return label if place is None else f"[{label}]({posixpath.relpath(place, here or '.')}{mark}{anchor})"

    return _LINK.sub(link, text)


def with_pictures(text: str) -> str:
    """The page with its Mermaid diagram as a picture: browsers would load Mermaid from another host."""
    return _DIAGRAM.sub("![Data flow from inputs to outputs](images/data-flow.svg)\n", text)


def stage(folder: Path) -> None:
    """Copy all pages and pictures of the site into ``folder``."""
    pages = [
        path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*") if path.suffix in (".md", *COPIED)
    ]
    for path in sorted([*pages, *ADDED]):
        target = folder / (place_of(path) or path)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.endswith(".md"):
            text = with_pictures((ROOT / path).read_text(encoding="utf-8"))
            target.write_text(with_links(text, path), encoding="utf-8")
        else:
            shutil.copyfile(ROOT / path, target)
    shutil.copyfile(ROOT / "docs" / "extra.css", folder / "extra.css")


def build(out: Path) -> None:
    """Build the site into ``out``. Raises ``CalledProcessError``, after Zensical has printed why, if a link leads nowhere."""
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        stage(work / "docs")
        shutil.copyfile(ROOT / "zensical.toml", work / "zensical.toml")
        environment = {**os.environ, "NO_COLOR": "1"}
        subprocess.run([sys.executable, "-m", "zensical", "build", "--strict"], cwd=work, env=environment, check=True)
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(work / "site", out)


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "docs")
