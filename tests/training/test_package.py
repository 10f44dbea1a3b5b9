"""What ships does not tell where it was trained."""

from __future__ import annotations

from pathlib import Path

import torch
from training.package import without_places

MODELS = Path(__file__).resolve().parents[2] / "quotetrack" / "models" / "en"


def test_places_are_taken_out(tmp_path: Path) -> None:
    """Folders go, the names of files and everything else stay."""
    path = tmp_path / "news.pt"
    torch.save({"config": {"train_file": "/home/someone/train.txt", "lang": "en"}, "model": {}}, path)
    without_places(path)
    assert torch.load(path, weights_only=True)["config"] == {"train_file": "train.txt", "lang": "en"}


def test_the_models_that_ship_tell_no_places() -> None:
    """Neither in their settings nor elsewhere in the files."""
    paths = sorted(MODELS.glob("*/news.pt"))
    assert paths
    for path in paths:
        settings = torch.load(path, map_location="cpu", weights_only=True).get("config", {})
        assert not [value for value in settings.values() if isinstance(value, str) and value.startswith("/")], path
