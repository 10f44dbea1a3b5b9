"""Articles are analysed only if they are in the language of the models."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from quotetrack.jobs import analysis
from quotetrack.jobs.analysis import Analyser
from quotetrack.jobs.extract import extract_files
from quotetrack.jobs.ingest import ingest
from quotetrack.model import Article, Failure
from quotetrack.parse.models import ModelChoice, choose
from quotetrack.store import Store
from tests.jobs.conftest import FakeParser

pytestmark = pytest.mark.usefixtures("without_models")
REASON = "The article's language is 'fr', but the models read only 'en'."


@pytest.fixture(params=[True, False], ids=["embedded", "others"])
def models(request: pytest.FixtureRequest) -> ModelChoice:
    """The embedded models, or others."""
    chosen = choose()
    return ModelChoice(chosen.directory, chosen.package, embedded=request.param)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """An English and a French article in one file."""
    lines = [{"text": "The port is shut."}, {"text": "Le port est fermé.", "language": "fr"}]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_ingest_records_articles_in_another_language(store: Store, articles: Path, models: ModelChoice) -> None:
    """Whatever models are used, an article in another language is not stored but recorded as a failure with the reason."""
    summary = ingest(store, [articles], models=models, workers=1)
    assert summary.new == 1 and [failure.reason for failure in summary.failures] == [REASON]
    assert store.connection.execute("SELECT text FROM articles").fetchall() == [("The port is shut.",)]
    assert store.connection.execute("SELECT reason FROM failures").fetchall() == [(REASON,)]


def test_extract_reports_articles_in_another_language(articles: Path, models: ModelChoice) -> None:
    """Whatever models are used, extraction gives the reason in place of the quotations."""
    english, french = extract_files([str(articles)], models, io.BytesIO(), workers=1)
    assert isinstance(english, dict) and english["text"] == "The port is shut."
    assert isinstance(french, Failure) and french.reason == REASON


def test_the_language_of_the_models_decides(models: ModelChoice) -> None:
    """With models of another language, articles in it are readable, English ones are not, and the models are loaded for it."""
    english, french = Article("The port is shut."), Article("Le port est fermé.", language="fr")
    with Analyser[None](models, 1, language="fr") as analyser:
        assert analyser.readable(french) is french
        assert isinstance(analyser.readable(english), Failure)
        assert list(analyser.all([(None, [french.text])])) == [(None, [(0, [], "")])]
    assert isinstance(analysis._parser, FakeParser) and analysis._parser.language == "fr"
