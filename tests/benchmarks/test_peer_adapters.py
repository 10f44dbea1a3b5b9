"""What the adapters of other systems make of their output.

The output of the Gender Gap Tracker was recorded on an invented text; that of the others is in the form of their sources.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks.peers.adapters import answered, citron, corenlp, gender_gap_tracker, quotetrack, spacy_names, textacy
from quotetrack.model import Quotation, Span, Speaker


def test_an_exception_of_an_adapter_is_an_answer() -> None:
    """An adapter answers with the error of its system and goes on with the next article."""

    def refuse(text: str) -> list[dict[str, Any]]:
        raise ValueError("7 quotation marks found")

    assert answered({"id": "a", "text": ""}, refuse) == {"id": "a", "error": "ValueError: 7 quotation marks found"}


def tokens(doc: Any, *words: tuple[str, int]) -> list[SimpleNamespace]:
    """Tokens with the attributes of spaCy's that the adapters read."""
    return [SimpleNamespace(text=word, idx=start, i=i, conjuncts=(), doc=doc) for i, (word, start) in enumerate(words)]


class Doc:
    """A text with entities, whose slices are spans with a root, as in spaCy."""

    def __init__(self, *ents: tuple[int, int, str, str]) -> None:
        self.ents = [SimpleNamespace(start=s, end=e, label_=label, text=text) for s, e, label, text in ents]
        self.words: list[SimpleNamespace] = []
        self.root = 0

    def __getitem__(self, part: slice) -> SimpleNamespace:
        return SimpleNamespace(start=part.start, end=part.stop, doc=self, root=self.words[self.root])


def test_textacy_triples() -> None:
    """Content, verb with auxiliaries and speaker of a triple become ranges; the entity at the speaker's head is the name."""
    doc = Doc((1, 3, "PERSON", "Ida Moss"))
    doc.words = tokens(doc, ("said", 26), ("Ida", 31), ("Moss", 35))
    doc.root = 2
    content = SimpleNamespace(start_char=0, end_char=25, doc=doc)
    triple = SimpleNamespace(speaker=doc.words[1:], cue=doc.words[:1], content=content)
    assert textacy.quotation(triple) == {
        "content": [(0, 25)], "cue": (26, 30), "source": (31, 39), "speaker": ["Ida Moss"],
    }  # fmt: skip


def test_textacy_by_paragraph() -> None:
    """An unpaired mark costs one paragraph, and offsets count from the start of the article."""

    def extract(text: str) -> list[dict[str, Any]]:
        if text.count('"') % 2:
            raise ValueError("unclosed")
        start = text.index('"')
        return [{"content": [(start, text.rindex('"') + 1)], "cue": (0, 4), "source": None, "speaker": None}]

    text = 'Moss: "We sail at ten."\n\nLund: "Not in this weather.\n \nVale: "Wait."'
    found = textacy.by_paragraph(text, extract)
    assert [text[slice(*one["content"][0])] for one in found] == ['"We sail at ten."', '"Wait."']
    assert [text[slice(*one["cue"])] for one in found] == ["Moss", "Vale"]
    assert found[1]["source"] is None


@pytest.mark.parametrize(
    ("root", "conjuncts", "names"),
    [(0, (), []), (3, (), ["Ida Moss"]), (3, (6,), ["Ida Moss", "Jon Lund"]), (3, (9,), ["Ida Moss"]), (8, (), [])],
)
def test_the_head_of_a_source_decides_on_its_name(root: int, conjuncts: tuple[int, ...], names: Any) -> None:
    """A spokesman for somebody has no name, joint sources have several, and dates and conjuncts outside are no names."""
    doc = Doc(
        (2, 4, "PERSON", "Ida Moss"), (5, 7, "PERSON", "Jon Lund"), (8, 9, "DATE", "Friday"), (9, 10, "ORG", "Holm")
    )
    doc.words = tokens(
        doc, *[(word, 0) for word in ["spokesman", "for", "Ida", "Moss", "and", "Jon", "Lund", "on", "Friday", "Holm"]]
    )
    doc.root = root
    doc.words[root].conjuncts = tuple(doc.words[i] for i in conjuncts)
    assert spacy_names.names_of(doc[0:9]) == names


# What the tracker's cleaning and its extractor made of the text.
TRACKED = (
    "Quarry to close\n\nThe quarry will be closed within a year, said Zoë Vale,  who runs it.\n"
    "“We have nothing left to dig for in these hills,” she told reporters."
)
CLEANED = (
    "Quarry to close.\n .\n The quarry will be closed within a year, said Zoe Vale, who runs it.\n "
    '"We have nothing left to dig for in these hills," she told reporters.'
)
RECORDS = [
    {
        "speaker": "Zoe Vale, who runs it", "speaker_index": "(67,88)", "quote": "The quarry will be closed within a year",
        "quote_index": "(21,60)", "verb": "said", "verb_index": "(62,66)", "quote_token_count": 8, "quote_type": "CVS",
        "is_floating_quote": False,
    },
    {
        "speaker": "", "speaker_index": "(0,0)", "quote": '"We have nothing left to dig for in these hills,"',
        "quote_index": "(91,140)", "verb": "", "verb_index": "", "quote_token_count": 13, "quote_type": "Heuristic",
        "is_floating_quote": False,
    },
]  # fmt: skip


# The entities that spaCy found in the cleaned text.
DOC = SimpleNamespace(
    ents=[
        SimpleNamespace(text="Quarry", label_="PERSON", start_char=0, end_char=6),
        SimpleNamespace(text="a year", label_="DATE", start_char=54, end_char=60),
        SimpleNamespace(text="Zoe Vale", label_="PERSON", start_char=67, end_char=75),
    ]
)


def test_the_tracker_quotes_the_text_as_given() -> None:
    """Offsets in the cleaned text become offsets in the article, across added stops, removed spaces and other marks."""
    origins = gender_gap_tracker.traced(TRACKED, CLEANED)
    found = [gender_gap_tracker.quotation(one, origins, DOC) for one in RECORDS]
    shown = [
        {part: [TRACKED[slice(*r)] for r in (one[part] if part == "content" else [one[part]] if one[part] else [])] for part in ("content", "cue", "source")}
        for one in found
        if one
    ]  # fmt: skip
    assert shown == [
        {"content": ["The quarry will be closed within a year"], "cue": ["said"], "source": ["Zoë Vale,  who runs it"]},
        {"content": ["“We have nothing left to dig for in these hills,”"], "cue": [], "source": []},
    ]


@pytest.mark.parametrize(
    ("place", "name"),
    [((67, 88), "Zoe Vale"), ((0, 88), "Zoe Vale"), ((0, 20), "Quarry"), ((75, 88), None), (None, None)],
)
def test_the_tracker_names_speakers_by_its_own_rule(place: tuple[int, int] | None, name: str | None) -> None:
    """A person with several names in the phrase comes before other entities, and a phrase without entities has no name."""
    assert gender_gap_tracker.name_of(place, DOC) == name


def test_the_tracker_refuses_a_text_it_cannot_trace() -> None:
    """A text whose words were changed is an error, not a quotation of other words."""
    with pytest.raises(ValueError, match="cannot be traced"):
        gender_gap_tracker.traced("A line\\nand more", "A line and more")


def corenlp_annotation() -> dict[str, Any]:
    """The JSON of CoreNLP for two sentences; Java counts the ship as two characters."""
    words = [
        [("🚢", 0, 2), ("``", 3, 4), ("We", 4, 6), ("sail", 7, 11), (",", 11, 12), ("''", 12, 13), ("said", 14, 18), ("Moss", 19, 23), (".", 23, 24)],
        [("``", 25, 26), ("Never", 26, 31), (",", 31, 32), ("''", 32, 33), ("she", 34, 37), ("said", 38, 42), (".", 42, 43)],
    ]  # fmt: skip
    sentences = [
        {"tokens": [{"word": w, "characterOffsetBegin": b, "characterOffsetEnd": e} for w, b, e in sentence]}
        for sentence in words
    ]
    first = {
        "id": 0, "text": '"We sail,"', "beginIndex": 3, "endIndex": 13, "beginToken": 1, "endToken": 5, "beginSentence": 0,
        "endSentence": 0, "mention": "Moss", "mentionBegin": 7, "mentionEnd": 7, "mentionType": "name",
        "mentionSieve": "trigram CVQ", "speaker": "Moss", "speakerSieve": "automatic name", "canonicalSpeaker": "Ida Moss",
    }  # fmt: skip
    second = {
        "id": 1, "text": '"Never,"', "beginIndex": 25, "endIndex": 33, "beginToken": 9, "endToken": 12, "beginSentence": 1,
        "endSentence": 1, "mention": "she", "mentionBegin": 13, "mentionEnd": 13, "mentionType": "pronoun",
        "mentionSieve": "trigram QPV", "speaker": "Unknown", "canonicalSpeaker": "she",
    }  # fmt: skip
    return {"sentences": sentences, "quotes": [first, second]}


def test_corenlp_counts_characters_like_python(tmp_path: Path) -> None:
    """Offsets of Java become characters of the text, mentions are tokens of the document, and ``she`` is no name."""
    text = '🚢 "We sail," said Moss. "Never," she said.'
    (tmp_path / "a.txt.json").write_text(json.dumps(corenlp_annotation()), encoding="utf-8")
    answer = corenlp.from_file({"id": "a", "text": text}, tmp_path)
    shown = [
        (text[slice(*one["content"][0])], text[slice(*one["source"])], one["speaker"]) for one in answer["quotations"]
    ]
    assert shown == [('"We sail,"', "Moss", "Ida Moss"), ('"Never,"', "she", None)]


def test_corenlp_without_attribution_or_file(tmp_path: Path) -> None:
    """A quotation without a mention has neither source nor name; an article without a file is an error."""
    annotation = corenlp_annotation()
    annotation["quotes"] = [
        {
            "id": 0,
            "text": '"We sail,"',
            "beginIndex": 3,
            "endIndex": 13,
            "speaker": "Unknown",
            "canonicalSpeaker": "Unknown",
        }
    ]
    (found,) = corenlp.quotations('🚢 "We sail," said Moss. "Never," she said.', annotation)
    assert (found["source"], found["speaker"]) == (None, None)
    assert "b.json" in corenlp.from_file({"id": "b", "text": ""}, tmp_path)["error"]


def test_citron_quotes() -> None:
    """Interrupted contents are one quotation, and what Citron resolved a pronoun to is the name."""
    doc = Doc((1, 3, "PERSON", "Jon Lund"))
    doc.words = tokens(doc, *[(word, 0) for word in ("he", "Jon", "Lund")])

    def span(start_char: int, end_char: int, first: int = 0, last: int = 0) -> SimpleNamespace:
        own = doc[first : last + 1]
        own.start_char, own.end_char, own.text = (
            start_char,
            end_char,
            " ".join(w.text for w in doc.words[first : last + 1]),
        )
        return own

    quote = SimpleNamespace(
        cue=span(12, 16), sources=[span(9, 11)], contents=[span(0, 8), span(18, 27)], coreferences=[span(60, 68, 1, 2)]
    )
    assert citron.quotation(quote) == {
        "content": [(0, 8), (18, 27)], "cue": (12, 16), "source": (9, 11), "speaker": ["Jon Lund"],
    }  # fmt: skip
    quote.coreferences = None
    assert citron.quotation(quote)["speaker"] == []
    doc.root = 2
    quote.sources = [span(9, 17, 1, 2)]
    assert citron.quotation(quote)["speaker"] == ["Jon Lund"]


@pytest.mark.parametrize(
    ("speaker", "names"),
    [
        (Speaker("Ida Moss and Jon Lund", "joint"), ["Ida Moss", "Jon Lund"]),
        (Speaker("a resident", "unnamed"), []),
        (Speaker("Ida Moss", "person"), ["Ida Moss"]),
        (None, []),
    ],
)
def test_quotetrack_names(speaker: Speaker | None, names: Any) -> None:
    """A joint speaker has several names and an unnamed one none, so that it is scored like the others."""
    found = Quotation("direct", (Span(0, 4, "“No”"),), Span(5, 9, "said"), None, speaker)
    assert quotetrack.quotation(found) == {"content": [(0, 4)], "cue": (5, 9), "source": None, "speaker": names}
