"""What is found in a folder is read or listed with the reason why not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quotetrack.inputs import survey
from quotetrack.inputs.folders import NotRead


def test_everything_in_a_folder_is_read_or_listed(tmp_path: Path) -> None:
    """Files of other types, hidden and lock files, own pages, links and special files are each listed with a reason."""
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("x")
    for name in ("b.txt", "sub/a.md", "photo.PNG", "noname", ".hidden.txt", "~$draft.docx", "README.md"):
        (folder / name).write_text("x")
    (folder / ".git").mkdir()
    (folder / "page.html").write_text('<html><head><meta name="generator" content="quotetrack"></head></html>')
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "in.txt").symlink_to(folder / "b.txt")
    (folder / "gone.txt").symlink_to(folder / "nothing")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    files, left_out = survey([folder])
    assert [path.relative_to(folder).as_posix() for path in files] == ["b.txt", "sub/a.md"]
    assert {Path(one.location).name: one.reason for one in left_out} == {
        "photo.PNG": "unsupported type (.png)", "noname": "unsupported type (no suffix)", ".hidden.txt": "hidden",
        "~$draft.docx": "lock file of a word processor", "README.md": "README or licence", ".git": "hidden",
        "page.html": "page that 'quotetrack report' wrote", "out.txt": "link out of the folder", "in.txt": "link within the folder",
        "gone.txt": "link to nothing", "loop": "link within the folder", "pipe.txt": "not a regular file",
    }  # fmt: skip


def test_an_unreadable_folder_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A subfolder that cannot be listed is named with the reason, and the others are read."""
    (tmp_path / "closed").mkdir()
    (tmp_path / "open").mkdir()
    (tmp_path / "open" / "a.txt").write_text("x")
    scan = os.scandir

    def refusing(path: Path) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr("quotetrack.inputs.folders.os.scandir", refusing)
    files, left_out = survey([tmp_path])
    assert [path.name for path in files] == ["a.txt"]
    assert left_out == [NotRead(str(tmp_path / "closed"), "unreadable folder (Permission denied)")]


def test_named_files_are_always_tried(tmp_path: Path) -> None:
    """A file given by name is tried whatever its type, and listed once."""
    (tmp_path / "photo.png").write_bytes(b"x")
    assert survey([tmp_path / "photo.png", tmp_path / "photo.png"]) == ([tmp_path / "photo.png"], [])
