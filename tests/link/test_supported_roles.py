"""Which roles describe a speaker: those that two articles give, or one beside the name."""

from __future__ import annotations

import pytest

from quotetrack.jobs.refresh import refresh_speakers
from quotetrack.model import Article, Speaker
from quotetrack.store import Store
from tests.conftest import said

_FAR = "A federal judge read the long list of names aloud to the whole crowded room. “We will sail,” Ruth Vale said"
_ELSEWHERE = "The federal judge stayed for a very long time in the crowded room and slept. “We sailed,” Ruth Vale said"
_TITLE = "“We will sail,” said federal judge Ruth Vale"
_APPOSITION = "Ruth Vale, a federal judge, spoke. “We will sail,” Vale said"


def _roles(store: Store, *texts: str) -> list[str]:
    """Store articles in which Ruth Vale is called a federal judge, link them, and return her roles."""
    for number, text in enumerate(texts):
        article = Article(text, outlet="Post", url=f"https://post.example/{number}", published=f"2024-05-0{number + 1}")
        words = "We will sail" if "We will sail" in text else "We sailed"
        speaker = Speaker("Ruth Vale", "person")
        store.put([(article, [said(article, words, source="Vale", speaker=speaker, role="federal judge")])], "test")
    refresh_speakers(store)
    return [role for (role,) in store.connection.execute("SELECT role FROM roles").fetchall()]


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        ((_FAR,), []),
        ((_FAR, _ELSEWHERE), ["federal judge"]),
        ((_TITLE,), ["federal judge"]),
        ((_APPOSITION,), ["federal judge"]),
    ],
)
def test_a_role_needs_support(store: Store, texts: tuple[str, ...], shown: list[str]) -> None:
    """A role of one article describes the speaker only as a title or an apposition beside the name; two articles suffice without."""
    assert _roles(store, *texts) == shown
