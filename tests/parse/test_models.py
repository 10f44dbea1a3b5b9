"""Choosing models: embedded by default, any folder in Stanza's layout on request, plain words where there are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotetrack.errors import ModelsMissing
from quotetrack.parse.models import choose, download, embedded_directory, installed
from quotetrack.parse.pipeline import Parser


def test_embedded_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing given, nothing in the environment: the models inside the package."""
    monkeypatch.delenv("QUOTETRACK_MODEL_DIR", raising=False)
    monkeypatch.delenv("QUOTETRACK_PACKAGE", raising=False)
    assert choose().embedded


def test_a_folder_takes_the_same_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of models laid out Stanza's way loads by option or by environment variable."""
    folder = tmp_path / "models"
    folder.symlink_to(embedded_directory())
    monkeypatch.setenv("QUOTETRACK_MODEL_DIR", str(folder))
    chosen = choose(package="default")
    assert (chosen.directory, chosen.embedded) == (folder, False)
    assert Parser(chosen).parse("Ruth Vale spoke.").entities[0].text == "Ruth Vale"


def test_a_folder_without_models_says_so(tmp_path: Path) -> None:
    """The message names the folder and what to do."""
    with pytest.raises(ModelsMissing, match=r"holds no Stanza models"):
        choose(tmp_path)
    with pytest.raises(ModelsMissing, match=r"has no package 'big'; it has: default|has no package 'big' for 'en'"):
        choose(embedded_directory(), "big")


def test_installed_lists_the_embedded() -> None:
    """The list holds only what is really on the disk."""
    assert any(one.embedded and one.package == "default" and one.size > 1e7 for one in installed())


def test_download_without_a_network_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the network refuses, the reason is given and the embedded models are named as the way on."""
    import stanza

    def refuse(*_: object, **__: object) -> None:
        raise ConnectionError("connection refused")

    monkeypatch.setattr(stanza, "download", refuse)
    with pytest.raises(ModelsMissing, match="connection refused"):
        download("en", "default", tmp_path)
