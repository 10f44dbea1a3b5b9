"""Complements that are not statements: topics, things shown, states of affairs, thoughts, addressees."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotetrack.extract import extract
from quotetrack.model import Quotation, is_shown
from quotetrack.parse.pipeline import Parser

Extract = Callable[[str], list[Quotation]]


@pytest.fixture(scope="module")
def shown(parser: Parser) -> Extract:
    """Return a function that extracts the quotations shown by default."""

    def of(text: str) -> list[Quotation]:
        (parsed,) = parser.parse_all([text])
        return [q for q in extract(parsed) if is_shown(q.stance, q.bare, q.kind, q.confidence)]

    return of


@pytest.mark.parametrize(
    "text",
    [
        "The mayors discussed the future of the old ferry line between Holm and Brevik.",
        "Ylva Strand spoke about the new budget of the harbour on Monday evening.",
        "The harbour board referred the whole plan back to the ministry.",
        "Nils Ek agreed to a price of forty crowns for the boat.",
        "The council offered several grants to fishermen who had lost their nets.",
        "The minister briefed lawmakers on a range of issues pertaining to the harbour.",
        "The panel identified the need to provide sailors with better maps of the coast.",
    ],
)
def test_topics_and_deeds(shown: Extract, text: str) -> None:
    """A noun phrase that only names what was discussed, handed over or done is not shown as a statement."""
    assert shown(text) == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("The mayors agreed that the ferry line was too old to be saved.", "too old"),
        ("Ylva Strand referred to the new bridge as a gift to smugglers.", "gift to smugglers"),
        ("Nils Ek identified the drowned man as a fisherman from Brevik.", "fisherman"),
        ("Nils Ek agreed to pay forty crowns for the boat.", "pay forty crowns"),
        ("A study of the harbour showed a sharp rise in the number of broken nets.", "sharp rise"),
        ("The harbour board has unveiled plans for a bridge across the whole bay.", "bridge across"),
        ("Ylva Strand spoke of “a quiet disaster” in the harbour.", "a quiet disaster"),
    ],
)
def test_the_same_verbs_with_words_to_report(shown: Extract, text: str, part: str) -> None:
    """The same verb reports a statement with a clause, with ``as``, with a document as subject or with marked words."""
    assert any(part in q.text for q in shown(text)), shown(text)


def test_participles_of_speech_beside_another_cue(shown: Extract) -> None:
    """``referring to`` and ``speaking about`` beside a quotation are not a second quotation."""
    text = "“We lost every net we had,” Ylva Strand said, referring to the storm that hit the harbour in May."
    assert [q.text for q in shown(text)] == ["“We lost every net we had,”"]


@pytest.mark.parametrize(
    "text",
    [
        "The new fence ensured that no goose would land on the lake again.",
        "It is worth mentioning that the lake was founded by a brewer as a park for his guests.",
        "The skippers are blind to the fact that the harbour is slowly filling with sand.",
    ],
)
def test_states_of_affairs(shown: Extract, text: str) -> None:
    """A clause about what something causes or what the writer finds worth mentioning is nobody's statement."""
    assert shown(text) == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Ylva Strand sought to obtain a permit that would allow her to sell eels.", "permit"),
        ("When he opened the cabin, Nils Ek found that he had neither a lamp nor a radio.", "neither"),
        ("Ylva Strand finds it difficult to sell her eels without a stall.", "difficult"),
        ("The skippers of Brevik were alarmed by the fact that the harbour had not been dredged.", "dredged"),
        ("Nils Ek agreed to be filmed by the museum.", "filmed"),
    ],
)
def test_thoughts_and_intentions(shown: Extract, quotations: Extract, text: str, part: str) -> None:
    """What somebody tried, noticed or tolerated may be believed, but is not shown as a statement."""
    assert [q for q in shown(text) if part in q.text] == []
    assert all(q.stance == "believed" for q in quotations(text) if part in q.text)


@pytest.mark.parametrize(
    ("text", "part", "stance"),
    [
        ("A survey by the harbour board found that half of all nets were torn.", "half of all nets", "stated"),
        ("The harbour board determined that the crane had rusted through.", "rusted", "stated"),
        ("Ylva Strand sought a review of the harbour's accounts by an outside auditor.", "review", "requested"),
        ("Ylva Strand advocated for a ban on night fishing in the bay.", "ban on night fishing", "requested"),
        ("Ylva Strand asked the harbour board for compensation for her torn nets.", "compensation", "requested"),
        ("Ylva Strand questioned the fairness of the new rules for eel fishermen.", "fairness", "asked"),
        ("Asked about his plans for the old crane, Nils Ek left the room.", "plans for the old crane", "asked"),
        ("Nils Ek did not mention the owners of the sunken trawler in his speech.", "owners", "declined"),
        ("Ylva Strand convinced her neighbours to sign the petition against the bridge.", "sign", "requested"),
    ],
)
def test_stances_that_the_complement_decides(quotations: Extract, text: str, part: str, stance: str) -> None:
    """The same verb states, requests or asks depending on its complement."""
    assert [q.stance for q in quotations(text) if part in q.text] == [stance], quotations(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("The skipper's widow taught her nephew how to mend a net by candlelight.", "mend"),
        ("Prince Ulrik sent a letter of thanks to the harbour master of Brevik.", "harbour master"),
        ("Nils Ek congratulated the rowers of Brevik.", "rowers"),
        ("That and many other claims the skipper raised against her went unanswered in court.", "raised"),
    ],
)
def test_hearers_and_skills(shown: Extract, text: str, part: str) -> None:
    """Addressees, skills taught and clauses that identify a claim are not statements."""
    assert [q for q in shown(text) if q.text.startswith(part) or part in q.text] == []
