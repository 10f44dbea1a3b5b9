"""Articles of any length that are dense in one thing: names, one surname, pronouns, quotations, marks, labels.

Each kind is a short opening and one passage. The passage is parsed once by the models and then repeated with new names of
the same length, so that a parse of megabytes takes moments and extraction can be measured alone.

>>> print(repeated(parse("Ann Tavoso left.\\n\\n", parser), 2).text)  # doctest: +SKIP
Ann Tavoso left.
<BLANKLINE>
Ann Kerimu left.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from quotetrack.model import Entity, Parsed, Proposal, Sentence, Span, Word

if TYPE_CHECKING:
    from quotetrack.parse.pipeline import Parser

# Words that every repetition replaces by other letters: given names in -elo, surnames in -oso and bodies in -iva.
_REPLACED = re.compile(r"\b(?:Tarelo|Tavoso|Tameva|TAVOSO|TARELO)\b")

PASSAGES = {
    "prose": (
        "The harbour of the old town stayed shut for a third day, and the boats of the fishing crews lay idle at the pier. "
        "Tarelo Tavoso, who runs the ferry, said that the storm had torn a gate from its hinges. “We wait for the crane,” "
        "he said. Nobody was hurt when the wall gave way on Monday night.\n\n"
    ),
    "names": "Tarelo Tavoso, Tarelo Tavoso and Tarelo Tavoso met Tarelo Tavoso at the harbour on Monday.\n\n",
    "one surname": "Tarelo Vale said the harbour would close. Vale said the ferry would stop on Monday.\n\n",
    "two namesakes": "Anton Vale said the harbour would close. Ruth Vale said no. Vale said the ferry would stop on Monday.\n\n",
    "speakers": "Tarelo Tavoso said the harbour would close on Monday. Tavoso said that the ferry would stop.\n\n",
    "pronouns": "He said the harbour would close. She said the ferry would stop, and they said the port was safe.\n\n",
    "quotations": "“The harbour must close,” said Tarelo Tavoso. “We need more time,” he added.\n\n",
    "nested marks": "“The ‘old “harbour” line’ is shut,” said Tarelo Tavoso, who called it “a ‘sad’ end”.\n\n",
    "unclosed marks": "“The “old “harbour “line “is “shut “said “Tarelo “Tavoso “on “Monday “and “left.\n\n",
    "marks in one paragraph": "“The “old “harbour “line “is ‘shut “said “it “on “Monday “and “left. ",
    "quoted paragraphs": "“The harbour must close, and the ferry must stop on Monday until the port is safe.\n\n",
    "long statement": "“The harbour must close, and the ferry must stop on Monday until the port is safe.\n\n",
    "labels": "TARELO TAVOSO: The harbour must close on Monday.\n\nMR TAVOSO: We need more time to mend the port.\n\n",
    "two labels": "VALE: The harbour must close on Monday.\n\nQUIST: We need more time to mend the port.\n\n",
    "interview": "Q: When will the harbour close?\n\nA: It will close on Monday, and the ferry will stop.\n\n",
    "bold questions": "Will the harbour close?\n\nIt will close on Monday, and the ferry will stop.\n\n",
    "bodies": "The Tameva Harbour Board said the port was safe. The Tameva Ferry Union said it would strike.\n\n",
    "noun phrases": "The minister said the harbour would close. The mayor said the ferry would stop. A union said no.\n\n",
    "documents": "The report said the harbour was unsafe. The letter said the ferry should stop on Monday.\n\n",
    "offices": "Tarelo Tavoso, a lawyer for the port, said it was safe. The lawyer said the harbour would close.\n\n",
    "offices of bodies": "Tarelo Tavoso, director of the Tameva Bank (TB), said no. The Tameva Bank director said it would sue.\n\n",
}  # fmt: skip
OPENINGS = {
    "long statement": "Marek Halvane, the port minister, said: “The harbour has been unsafe since the storm on Friday.\n\n",
    "pronouns": "Port minister Marek Halvane and mayor Elin Sorrel met the Calder Harbour Board on Monday.\n\n",
    "noun phrases": "Port minister Marek Halvane and Elin Sorrel, the mayor, met the Ferry Union on Monday.\n\n",
    "documents": "Marek Halvane wrote a report and Elin Sorrel wrote a letter about the harbour.\n\n",
    "bold questions": "Marek Halvane, the port minister, spoke to Elin Sorrel about the harbour.\n\n",
    "interview": "Marek Halvane, the port minister, spoke to Elin Sorrel about the harbour.\n\n",
}


def article(kind: str, length: int, parser: Parser) -> Parsed:
    """The parse of an article of about ``length`` characters that is dense in ``kind``, a key of ``PASSAGES``."""
    passage = parser.parse(PASSAGES[kind])
    opening = parser.parse(OPENINGS[kind]) if kind in OPENINGS else None
    return joined(passage, max(1, length // len(PASSAGES[kind])), opening)


def joined(passage: Parsed, times: int, opening: Parsed | None = None) -> Parsed:
    """``opening``, then ``passage`` with other names each time."""
    parts = ([opening] if opening else []) + [renamed(passage, number) for number in range(times)]
    places, sentences, entities, proposals = [], [], [], []
    start = 0
    for part in parts:
        paragraph = len(places)
        places += [(first + start, last + start) for first, last in part.paragraphs]
        sentences += [_sentence(sentence, start, paragraph) for sentence in part.sentences]
        entities += [replace(e, start=e.start + start, end=e.end + start) for e in part.entities]
        proposals += [_proposal(proposal, start) for proposal in part.proposals]
        start += len(part.text)
    text = "".join(part.text for part in parts)
    if not passage.text.endswith("\n"):
        first = len(opening.paragraphs) if opening else 0
        places = [*places[:first], (places[first][0], places[-1][1])]
        sentences = [replace(s, paragraph=min(s.paragraph, first)) for s in sentences]
    return Parsed(text, tuple(places), tuple(sentences), tuple(entities), tuple(proposals))


def renamed(parsed: Parsed, number: int) -> Parsed:
    """``parsed`` with other names of the same length, which depend only on ``number``."""
    text = _REPLACED.sub(lambda found: name(found[0], number, found.start()), parsed.text)

    def span(old: Span) -> Span:
        return Span(old.start, old.end, text[old.start : old.end])

    def word(old: Word) -> Word:
        lemma = text[old.start : old.end] if _REPLACED.fullmatch(old.lemma) else old.lemma
        return replace(old, text=text[old.start : old.end], lemma=lemma)

    return replace(
        parsed,
        text=text,
        sentences=tuple(replace(s, words=tuple(word(w) for w in s.words)) for s in parsed.sentences),
        entities=tuple(Entity(e.start, e.end, e.type, text[e.start : e.end]) for e in parsed.entities),
        proposals=tuple(
            replace(
                p, cue=span(p.cue), source=span(p.source) if p.source else None, content=tuple(map(span, p.content))
            )
            for p in parsed.proposals
        ),
    )


def name(old: str, number: int, place: int) -> str:
    """A name of six letters for ``old``, spread so that neighbouring numbers do not look like misspellings.

    >>> name("Tavoso", 1, 0), name("TAVOSO", 1, 0)
    ('Rerime', 'RERIME')
    """
    left = (number * 7919 + place * 104_729 + sum(map(ord, old.upper())) * 31) * 2_654_435_761 % 512_000
    letters = ""
    for _ in range(3):
        left, consonant = divmod(left, 16)
        left, vowel = divmod(left, 5)
        letters += "bdfghjklmnprstvz"[consonant] + "aeiou"[vowel]
    return letters.upper() if old.isupper() else letters.capitalize()


def _sentence(sentence: Sentence, start: int, paragraph: int) -> Sentence:
    words = tuple(replace(word, start=word.start + start, end=word.end + start) for word in sentence.words)
    return Sentence(words, sentence.start + start, sentence.end + start, sentence.paragraph + paragraph)


def _proposal(proposal: Proposal, start: int) -> Proposal:
    def moved(span: Span) -> Span:
        return Span(span.start + start, span.end + start, span.text)

    source = moved(proposal.source) if proposal.source else None
    return replace(proposal, cue=moved(proposal.cue), source=source, content=tuple(map(moved, proposal.content)))
