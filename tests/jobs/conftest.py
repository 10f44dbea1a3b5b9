"""Models that load in no time, for tests in which the quotations do not matter."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from quotetrack.jobs import analysis
from quotetrack.model import Parsed
from quotetrack.parse import pipeline
from quotetrack.parse.models import ModelChoice


class FakeParser:
    """Stands for loaded models of any kind; finds no words."""

    def __init__(self, models: ModelChoice, language: str = "en", threads: int | None = None) -> None:
        self.models, self.language, self.threads = models, language, threads

    def parse_all(self, texts: Sequence[str]) -> list[Parsed]:
        return [Parsed(text, (), (), (), ()) for text in texts]


@pytest.fixture
def without_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put ``FakeParser`` in place of the models."""
    monkeypatch.setattr(pipeline, "Parser", FakeParser)
    monkeypatch.setattr(analysis, "_parser", None)
