"""The container image: built and started where a Docker daemon runs, checked by its parts everywhere."""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.packaging.locked import locked_packages

ROOT = Path(__file__).resolve().parents[2]
LINES = [
    line for line in (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
]


def arguments(instruction: str) -> list[str]:
    """What follows each use of an instruction."""
    return [line.partition(" ")[2] for line in LINES if line.startswith(instruction + " ")]


@functools.cache
def docker_runs() -> bool:
    """Whether a Docker daemon answers that can fetch the base image."""
    if shutil.which("docker") is None:
        return False
    return subprocess.run(["docker", "info"], capture_output=True, timeout=60).returncode == 0


def test_the_base_image_is_fixed() -> None:
    """Every stage starts from one exact version of Python that the package supports."""
    images = {line.split()[0] for line in arguments("FROM")}
    [image] = images
    version = re.fullmatch(r"python:(\d+)\.(\d+)\.\d+-slim-\w+", image)
    assert version and (int(version[1]), int(version[2])) >= (3, 11)


def test_the_image_runs_the_command_as_an_ordinary_user() -> None:
    """The entry point is the script that the package installs, and the last user is not root."""
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    [entry] = arguments("ENTRYPOINT")
    assert entry == '["/opt/quotetrack/bin/quotetrack"]' and "quotetrack" in scripts
    assert arguments("USER")[-1] not in ("root", "0")


def test_the_image_installs_as_the_documentation_says() -> None:
    """torch is installed first, with the option that docs/installing.md names, then the package with the versions of constraints.txt."""
    first, second = [line for line in arguments("RUN") if "uv pip install" in line]
    page = (ROOT / "docs" / "installing.md").read_text(encoding="utf-8")
    assert "--torch-backend cpu" in first and "uv pip install --torch-backend cpu" in page
    assert first.endswith(f" torch=={locked_packages()['torch'][0]}")
    assert second.endswith(" --constraint /source/constraints.txt /source")


def test_only_what_the_package_needs_is_sent_to_the_build() -> None:
    """Every path that is copied exists and is allowed by .dockerignore, which leaves out everything else."""
    allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    copied = [path for line in arguments("COPY") if not line.startswith("--from") for path in line.split()[:-1]]
    assert allowed[0] == "*" and {line.removeprefix("!") for line in allowed if line.startswith("!")} == set(copied)
    assert [path for path in copied if not (ROOT / path).exists()] == []


def test_the_image_has_no_secrets() -> None:
    """Nothing is passed as a build argument or environment variable, and nothing is fetched but packages."""
    assert arguments("ARG") + arguments("ENV") + arguments("ADD") == []
    assert not re.search(r"(?i)password|secret|token|curl|wget", "\n".join(LINES))


@pytest.mark.slow
@pytest.mark.skipif(not docker_runs(), reason="no Docker daemon runs here")
def test_the_image_reads_the_samples(tmp_path: Path) -> None:
    """The image can be built, and ingests the samples into a database on a mounted folder."""
    name = "quotetrack-test"
    subprocess.run(["docker", "build", "--quiet", "--tag", name, str(ROOT)], check=True, timeout=1800)
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    tmp_path.chmod(0o777)
    command = ["docker", "run", "--rm", "--network", "none", "--volume", f"{tmp_path}:/work", name]
    done = subprocess.run(
        [*command, "ingest", "samples", "--db", "news.duckdb"], capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0 and "14 new" in done.stdout, done.stdout + done.stderr
