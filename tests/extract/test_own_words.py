"""A name that occurs only inside a quotation is not its speaker."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotetrack.extract import extract
from quotetrack.model import Parsed, Quotation
from quotetrack.parse.pipeline import Parser
from quotetrack.text.names import fold
from quotetrack.text.quoted import quoted_stretches

SENTENCES = [
    "“Ruth Vale sank the ferry,” he said.", "“Ask Jon Lund about the pump,” she said.", "“It is late.”", "A nurse came in.",
    "He told the board: “Ida Moss knows.”", "The captain laughed.", "“We told Ruth Vale,” the captain said.", "Henrik Dahl shrugged.",
    "“Jon Lund paid,” according to him.", "She said that “Ida Moss” had slept.", "“Nobody knows,” she added.", "“Mr. Lund is no fool,” said a clerk.",
    "“Mayor Ida Moss came,” the mayor said.", "They said: “Ruth Vale and Jon Lund left.”", "“Is Ruth Vale here?”", "It was cold.", "\n\n", "\n\n",
]  # fmt: skip


def names_of(quotation: Quotation) -> list[str]:
    """Return the names of the speakers of a quotation."""
    speaker = quotation.speaker
    if speaker is None or speaker.type == "unnamed":
        return []
    return [member.name for member in speaker.members] or [speaker.name]


def outside(parsed: Parsed, quotation: Quotation) -> str:
    """Return the text without the quoted parts of the content."""
    kept = list(parsed.text)
    for stretch in quoted_stretches(parsed.text, parsed.paragraphs):
        for span in quotation.content:
            for place in range(max(stretch.start, span.start), min(stretch.end, span.end)):
                kept[place] = " "
    return "".join(kept)


@settings(max_examples=4, deadline=None)
@example([["The captain laughed.", "“Is Ruth Vale here?”"]])
@given(st.lists(st.lists(st.sampled_from(SENTENCES), max_size=12), min_size=15, max_size=15))
def test_a_speaker_is_named_outside_the_own_words(parser: Parser, texts: list[list[str]]) -> None:
    """Some word of the speaker's name occurs outside the quotation's own words."""
    for parsed in parser.parse_all([" ".join(sentences) for sentences in texts]):
        for quotation in extract(parsed):
            words = set(fold(outside(parsed, quotation)))
            for name in names_of(quotation):
                assert set(fold(name)) & words, (name, quotation.text)
