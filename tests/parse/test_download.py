"""``quotetrack models download`` is the real ``stanza.download``: here from a mirror on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import duckdb
import pytest
from stanza.resources.common import DEFAULT_RESOURCES_VERSION
from typer.testing import CliRunner

from quotetrack.cli.main import app
from quotetrack.parse.models import embedded_directory, installed


class Quiet(SimpleHTTPRequestHandler):
    """A file server that writes nothing to the test's output."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[str]:
    """The embedded models laid out as Stanza's server has its own, served on loopback."""
    root = tmp_path / "mirror"
    root.mkdir()
    (root / "models").symlink_to(embedded_directory())
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    address = f"http://127.0.0.1:{server.server_port}"
    listed = json.loads((embedded_directory() / "resources.json").read_text())
    listed["url"] = address + "/models/{lang}/{filename}"
    (root / f"resources_{DEFAULT_RESOURCES_VERSION}.json").write_text(json.dumps(listed))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield address
    server.shutdown()
    server.server_close()


def test_download_then_ingest(mirror: str, tmp_path: Path) -> None:
    """Every file the package needs arrives, encoder included; ingest runs on it and the database says which it was."""
    folder, article = tmp_path / "downloaded", tmp_path / "article.txt"
    runner = CliRunner()
    done = runner.invoke(app, ["models", "download", "en", "--mirror", mirror, "--model-dir", str(folder)])
    assert done.exit_code == 0, done.output
    needed = sorted(embedded_directory().glob("en/*/*.pt"))
    assert needed
    for path in needed:
        assert (folder / path.relative_to(embedded_directory())).read_bytes() == path.read_bytes()
    assert any(one.directory == folder and one.package == "default" for one in installed(folder))
    article.write_text("“We sail at dawn,” said Ruth Vale, the minister.", encoding="utf-8")
    database = tmp_path / "q.duckdb"
    arguments = ["--db", str(database), "--model-dir", str(folder), "--package", "default"]
    done = runner.invoke(app, ["ingest", str(article), *arguments])
    assert done.exit_code == 0, done.output
    with duckdb.connect(str(database), read_only=True) as connection:
        [(models, version)] = connection.execute("SELECT models, extractor FROM articles").fetchall()
        assert connection.execute("SELECT count(*) FROM quotations").fetchall() == [(1,)]
    assert models.startswith("stanza:default:")
    assert version


def test_a_mirror_that_is_not_there(tmp_path: Path) -> None:
    """One sentence, exit code 2 or 1 and no traceback."""
    done = CliRunner().invoke(
        app, ["models", "download", "en", "--mirror", "http://127.0.0.1:9", "--model-dir", str(tmp_path)]
    )
    assert done.exit_code != 0
    assert "Traceback" not in done.output
