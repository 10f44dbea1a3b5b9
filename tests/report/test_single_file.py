"""One dossier as a file of its own."""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest

from quotetrack.errors import UsageError
from quotetrack.report.single_file import write_dossier
from quotetrack.store import Store
from tests.report.small_site import fill


def test_a_mailed_dossier_is_complete(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file needs no other file: style and script are inside, allowed by their hashes, and no link leads to a page of the
    site. Without a path it is named after the speaker."""
    fill(store)
    monkeypatch.chdir(tmp_path)
    path = write_dossier(store, "vale")
    assert path == Path("ruth-vale.html")
    page = path.read_text(encoding="utf-8")
    for tag in ("script", "style"):
        [inside] = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in unescape(page)
    assert "We will rebuild the bridge" in page and "<link" not in page and "src=" not in page.replace("-src", "")
    assert all(re.match(r"https?://|#|mailto:", address) for address in re.findall(r'href="([^"]*)"', page))


def test_an_unknown_speaker_is_an_error(store: Store, tmp_path: Path) -> None:
    """A name that nobody has, and a speaker of whom nothing is shown, give one sentence and no file."""
    fill(store)
    with pytest.raises(UsageError, match="No speaker found"):
        write_dossier(store, "Nobody", tmp_path / "x.html")
    store.connection.execute("UPDATE quotations SET stance = 'believed'")
    with pytest.raises(UsageError, match="no quotations that are shown"):
        write_dossier(store, "Anton Lund", tmp_path / "x.html")
    assert not list(tmp_path.glob("*.html"))
