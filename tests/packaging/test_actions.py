"""The GitHub Action and the pre-commit hook call the command as it is."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from quotetrack.inputs.drafts import SUFFIXES

ROOT = Path(__file__).resolve().parents[2]


def test_the_hook_reads_every_format() -> None:
    """The pre-commit hook runs the check of drafts on files of all supported formats and on no others."""
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["entry"] == "quotetrack check --file"
    assert all(re.search(hook["files"], f"drafts/a{suffix}") for suffix in SUFFIXES)
    assert not re.search(hook["files"], "drafts/a.py")


@pytest.mark.skipif(shutil.which("bash") is None, reason="the action runs in bash")
def test_the_action_passes_paths_as_they_are(tmp_path: Path) -> None:
    """Each line of the input is one path, also with spaces and characters that mean something to a shell."""
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    step = action["runs"]["steps"][-1]
    assert "${{" not in step["run"]  # nothing from outside becomes part of the script
    stub = tmp_path / "quotetrack"
    stub.write_text('#!/bin/sh\nfor one in "$@"; do echo "$one"; done\n', encoding="utf-8")
    stub.chmod(0o755)
    given = {"DRAFTS": "my drafts\n\n$(touch x).md\n", "FAIL_ON": "missing", "HTML": "out.html"}
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", **given}, cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    expected = ["check", "--file", "--fail-on", "missing", "--html", "out.html", "--", "my drafts", "$(touch x).md"]
    assert done.stdout.splitlines() == expected and not (tmp_path / "x").exists()
