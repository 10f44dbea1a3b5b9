"""The wheel is complete: it works in an environment with its dependencies only, away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_the_wheel_works_alone(tmp_path: Path) -> None:
    """Built, installed with its dependencies only, it ingests and reports: models, templates, SQL and word lists are inside.

    The dependencies, and theirs, are linked from the environment of the tests, because installing them takes two minutes.
    """

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
    call(sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv")
    python = tmp_path / "venv" / "bin" / "python"
    call(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel)
    [packages] = (tmp_path / "venv" / "lib").glob("python*/site-packages")
    [installed] = distributions(name="quotetrack", path=[str(packages)])
    link_dependencies(installed, packages)
    found = call(python, "-c", "import quotetrack; print(quotetrack.__file__)")
    assert Path(found.strip()).is_relative_to(packages)
    (tmp_path / "article.txt").write_text("“We sail at dawn,” said Ruth Vale, the minister.", encoding="utf-8")
    command = tmp_path / "venv" / "bin" / "quotetrack"
    assert "1 new" in call(command, "ingest", "article.txt")
    assert "index.html" in call(command, "report", "--out", "site")
    assert "Ruth Vale" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


def link_dependencies(installed: Distribution, packages: Path) -> None:
    """Link what ``installed`` requires, directly and indirectly, into ``packages``, and check the versions."""
    waiting = requirements(installed)
    done: set[tuple[str, str]] = set()
    while waiting:
        wanted = waiting.pop()
        found = distribution(wanted.name)
        assert wanted.specifier.contains(found.version, prereleases=True), f"{wanted}, not {found.version}"
        for extra in ("", *wanted.extras):
            if (key := (canonicalize_name(wanted.name), extra)) not in done:
                done.add(key)
                waiting += requirements(found, extra)
        for top in {file.parts[0] for file in found.files or []} - {"..", "__pycache__"}:
            link = packages / top
            if link.suffix != ".pth" and not link.exists():
                link.symlink_to(Path(str(found.locate_file(top))))


def requirements(of: Distribution, extra: str = "") -> list[Requirement]:
    """What a distribution requires here, with one of its extras or none."""
    found = [Requirement(text) for text in of.requires or []]
    return [one for one in found if not one.marker or one.marker.evaluate({"extra": extra})]
