"""The wheel is complete: it works in an empty environment, away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_the_wheel_works_alone(tmp_path: Path) -> None:
    """Built, installed by itself, it ingests and reports: models, templates, SQL and word lists are inside."""

    def call(*command: str | Path, folder: Path = tmp_path) -> str:
        environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
        done = subprocess.run(
            [str(c) for c in command], cwd=folder, env=environment, capture_output=True, text=True, timeout=900
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        return done.stdout

    call(sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path / "dist", ROOT)
    [wheel] = (tmp_path / "dist").glob("*.whl")
    assert wheel.stat().st_size <= 95_000_000
    call(sys.executable, "-m", "venv", tmp_path / "venv")
    python = tmp_path / "venv" / "bin" / "python"
    pip = (python, "-m", "pip", "install", "--quiet", "--constraint", ROOT / "constraints.txt")
    call(*pip, "torch==2.13.0")
    call(*pip, wheel)
    (tmp_path / "article.txt").write_text("“We sail at dawn,” said Ruth Vale, the minister.", encoding="utf-8")
    command = tmp_path / "venv" / "bin" / "quotetrack"
    assert "1 new" in call(command, "ingest", "article.txt")
    assert "index.html" in call(command, "report", "--out", "site")
    assert "Ruth Vale" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
