"""Which quotations are put up for review."""

from __future__ import annotations

from dataclasses import replace

from quotetrack.jobs.refresh import refresh
from quotetrack.model import Article, Speaker
from quotetrack.read.doubts import doubts
from quotetrack.store import Store
from tests.conftest import said


def test_a_description_is_no_doubtful_name(store: Store) -> None:
    """A speaker without a name is not asked about because no name is certain; a low confidence of the quotation is."""
    article = Article(
        "“We sail at dawn,” said a sailor. “The fog is coming,” said a pilot. “Not today,” said Ruth Vale."
    )
    sources = (
        ("“We sail at dawn,”", "a sailor", 0.9),
        ("“The fog is coming,”", "a pilot", 0.4),
        ("“Not today,”", "Ruth Vale", 0.9),
    )
    found = []
    for words, source, confidence in sources:
        speaker = Speaker(source, "person" if source == "Ruth Vale" else "unnamed")
        one = said(article, words, source=source, speaker=speaker)
        found.append(replace(one, confidence=confidence, speaker_confidence=0.1))
    store.put([(article, found)], "m")
    refresh(store)
    questions = [one.question for one in doubts(store)]
    assert questions == [
        "Unknown outlet: said by Ruth Vale? Confidence 0.90, of the speaker 0.10.",
        "Unknown outlet: said by a pilot? Confidence 0.40.",
    ]
