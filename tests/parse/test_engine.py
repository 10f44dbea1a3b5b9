"""The engine gives the results of ``stanza.Pipeline`` for any text and any batch."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from quotetrack.model import Sentence, Word
from quotetrack.parse.engine.layers import best_precision
from quotetrack.parse.engine.search import are_trees, best_paths, best_tree, greedy_is_best
from quotetrack.parse.engine.tags import Tags
from quotetrack.parse.engine.tokens import by_rule
from quotetrack.parse.pipeline import Parser
from quotetrack.text.marks import normalise

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
HARD = [
    "Write to desk.two@harbour-news.example or see http://www.harbour-news.example/a/b?c=1. They won't answer; it's cannot-do.",
    "“We can't,” she said .  “We    won't„ — no .He left!!!!  Did he??!  U.S. officials (Lt. Gov. Hale et al.) didn't.",
    "x" * 400 + " is a word of four hundred letters. Another sentence stands here.",
    "no full stop and no capital letter " * 60,
    "One sentence. " * 150 + "Two.",
    "«Nous verrons», dit-il. 他说：“好的。” Ⅻ — ½ \U0001f600 \u200d\u0301 \x7f end.",
    "A\tB\x0bC\x85D\xa0E\u2028F",
    ", ".join(f"item number {n} of a list that does not end" for n in range(56)) + ".",
]


@pytest.fixture(scope="module")
def exact(parser: Parser) -> Parser:
    """The embedded models in the engine, in 32-bit floats."""
    return parser if best_precision() == torch.float32 else Parser(precision=torch.float32)


@pytest.fixture(scope="module")
def slow() -> Parser:
    """The same models in ``stanza.Pipeline``, with the engine's rule for contractions that the table lacks."""
    found = Parser(engine=False)
    expander = found._pipeline.processors["mwt"].trainer
    table = expander.dict_expansion
    expander.dict_expansion = lambda word: table(word) or " ".join(by_rule(word))
    return found


def _comparable(sentence: Sentence, slow: Parser) -> list[Word]:
    """The words, without lemmas missing from Stanza's table, which only the engine derives by rule."""
    known = slow._pipeline.processors["lemma"].trainer._lookup
    return [w if known(normalise(w.text), w.upos) is not None else replace(w, lemma="") for w in sentence.words]


def test_the_embedded_models_run_in_the_engine(parser: Parser) -> None:
    """The engine supports the embedded models; otherwise parsing would be five times slower without an error."""
    assert parser._engine is not None


@pytest.mark.parametrize("text", HARD, ids=lambda text: text[:20])
def test_hard_texts_come_out_as_from_stanza(text: str, exact: Parser, slow: Parser) -> None:
    """Addresses, adjacent marks, very long words, control characters and sentences longer than the encoder parse as in Stanza."""
    mine, theirs = exact.parse(text), slow.parse(text)
    assert [(s.start, s.end, s.paragraph) for s in mine.sentences] == [
        (s.start, s.end, s.paragraph) for s in theirs.sentences
    ]
    for a, b in zip(mine.sentences, theirs.sentences, strict=True):
        assert _comparable(a, slow) == _comparable(b, slow)


def test_articles_come_out_as_from_stanza(exact: Parser, slow: Parser) -> None:
    """At most one word in a thousand differs from Stanza's analysis, because of rounding."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.rglob("*.txt"))]
    assert texts
    words = different = 0
    for mine, theirs in zip(exact.parse_all(texts), slow.parse_all(texts), strict=True):
        # Stanza's entity model reads "Vale's" as one token, the engine as two words.
        differing = set(mine.entities) ^ set(theirs.entities)
        assert len(differing) <= len(theirs.entities) / 10
        for a, b in zip(mine.sentences, theirs.sentences, strict=True):
            words += len(b.words)
            pairs = zip(_comparable(a, slow), _comparable(b, slow), strict=True)
            different += sum(one != other for one, other in pairs)
    assert different <= words / 1000


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Araghchi's", ("Araghchi", "'s")),
        ("Tizya-Tramm’s", ("Tizya-Tramm", "’s")),
        ("daren't", ("dare", "n't")),
        ("Ortizes'", ("Ortizes", "'")),
        ("who'dve", ("who'dve",)),
        ("1980", ("1980",)),
    ],
)
def test_contractions_the_table_lacks(text: str, words: tuple[str, ...]) -> None:
    """Possessives and common contractions are split by rule, other words stay whole."""
    assert by_rule(text) == words


def test_possessives_of_unknown_names(parser: Parser) -> None:
    """A possessive name is a word of its own, with its tag and offsets."""
    text = "Quistgaard's lawyers said on Monday that Vorontsova’s ferry never left."
    words = {w.text: w for s in parser.parse(text).sentences for w in s.words}
    assert words["Quistgaard"].upos == words["Vorontsova"].upos == "PROPN"
    assert all(text[w.start : w.end] == w.text for w in words.values())


def test_batches_do_not_change_a_parse(exact: Parser) -> None:
    """An article has the same parse alone and in a batch."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.rglob("*.txt"))[:4]]
    together = exact.parse_all(texts)
    alone = []
    for text in reversed(texts):
        exact._known.clear()  # the cache of paragraphs
        alone.append(exact.parse(text))
    for one, other in zip(alone, together[::-1], strict=True):
        assert (one.sentences, one.entities) == (other.sentences, other.entities)
        assert [(p.cue, p.source, p.content) for p in one.proposals] == [
            (p.cue, p.source, p.content) for p in other.proposals
        ]


def test_odd_marks_give_the_same_tree(parser: Parser) -> None:
    """A sentence has the same parse with curly, angular, low and mismatched marks."""
    plain = parser.parse('"We sail at dawn," said Ruth Vale, the minister, "and we will not come back."')
    for one, two in ("“”", "«»", "„“", "“»", "”“", "‟″"):
        other = parser.parse(
            f"{one}We sail at dawn,{two} said Ruth Vale, the minister, {one}and we will not come back.{two}"
        )
        assert [(w.head, w.deprel, w.upos) for s in other.sentences for w in s.words] == [
            (w.head, w.deprel, w.upos) for s in plain.sentences for w in s.words
        ]


def test_caches_are_bounded(parser: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    """The caches of paragraphs and words are bounded, and clearing them does not change a parse."""
    from quotetrack.parse import pipeline
    from quotetrack.parse.engine import heads

    text = "The minister spoke. The minister spoke again. Nobody else did."
    before = parser.parse(text)
    monkeypatch.setattr(pipeline, "PARAGRAPHS_KEPT", 2)
    monkeypatch.setattr(heads, "WORDS_KEPT", 3)
    parser.parse("Somebody sang in the harbour. Somebody slept. Somebody swam.")
    assert parser.parse(text) == before
    assert len(parser._known) <= 4


@given(st.integers(1, 9), st.integers(0, 10_000))
def test_a_greedy_tree_is_the_best_tree(words: int, seed: int) -> None:
    """If the best head of every word gives a tree with one root, Stanza's search returns it as well."""
    from stanza.models.common.chuliu_edmonds import chuliu_edmonds_one_root

    scores = np.random.default_rng(seed).normal(size=(words + 1, words + 1)).astype(np.float32)
    scores -= scores.max() + 1  # Stanza's search can fail over positive scores, which no parser gives
    np.fill_diagonal(scores, -np.inf)
    greedy = scores.argmax(1)
    best = chuliu_edmonds_one_root(scores)
    assert are_trees(best, [len(best)]).all()
    if are_trees(greedy, [len(greedy)]).all():
        assert best[1:].tolist() == greedy[1:].tolist()


@given(st.lists(st.integers(2, 9), min_size=1, max_size=5), st.integers(0, 10_000), st.booleans())
def test_trees_and_cycles_are_distinguished(lengths: list[int], seed: int, forwards: bool) -> None:
    """``are_trees`` is true for exactly the sentences with one word under the root from which all words are reached."""
    chance = np.random.default_rng(seed)
    rows = []
    for length in lengths:
        heads = chance.integers(0, length, length)
        if forwards:  # most random heads form cycles
            heads = np.minimum(heads, np.maximum(np.arange(length) - 1, 0))
        rows.append(heads)
    wanted = []
    for heads in rows:
        own = heads.tolist()
        arrived = []
        for word in range(1, len(own)):
            for _ in own:
                word = own[word] if word else 0
            arrived.append(word == 0)
        wanted.append(own[1:].count(0) == 1 and all(arrived))
    assert are_trees(np.concatenate(rows), lengths).tolist() == wanted


TAGS = ["O", *(f"{kind}-{type_}" for kind in "BIES" for type_ in ("PERSON", "ORG"))]


@given(st.lists(st.lists(st.sampled_from(range(len(TAGS))), min_size=1, max_size=9), min_size=1, max_size=6))
def test_entities_are_read_as_stanza_reads_them(sentences: list[list[int]]) -> None:
    """Valid and invalid tag sequences give the entities that Stanza decodes."""
    from stanza.models.ner.trainer import fix_singleton_tags
    from stanza.models.ner.utils import decode_from_bioes

    found = Tags(TAGS).entities(np.concatenate(sentences), [len(sentence) for sentence in sentences])
    wanted = [decode_from_bioes(fix_singleton_tags([TAGS[tag] for tag in sentence])) for sentence in sentences]
    assert found == [[(e["start"], e["end"], e["type"]) for e in own] for own in wanted]


@given(st.integers(1, 40), st.integers(0, 10_000), st.sampled_from([0.1, 1.0, 20.0]))
def test_the_best_tree_is_the_one_stanza_finds(words: int, seed: int, spread: float) -> None:
    """``best_tree`` returns the tree of Stanza's search, including for nested cycles."""
    from stanza.models.common.chuliu_edmonds import chuliu_edmonds_one_root

    scores = np.random.default_rng(seed).normal(size=(words + 1, words + 1)).astype(np.float32) * np.float32(spread)
    scores -= scores.max() + 1  # logarithms of shares, as a parser's are
    np.fill_diagonal(scores, -np.inf)
    assert best_tree(scores).tolist() == chuliu_edmonds_one_root(scores).tolist()


@settings(deadline=None)
@given(st.lists(st.integers(1, 7), min_size=1, max_size=5), st.integers(0, 10_000))
def test_paths_of_a_batch_are_those_of_each(lengths: list[int], seed: int) -> None:
    """The search over a batch returns for each sentence the path of Stanza's search."""
    from stanza.models.common.crf import viterbi_decode

    random = np.random.default_rng(seed)
    scores = random.normal(size=(len(lengths), max(lengths), 4)).astype(np.float32)
    transitions = random.normal(size=(4, 4)).astype(np.float32)
    found = best_paths(scores, lengths, transitions)
    for row, length in enumerate(lengths):
        assert found[row] == [int(tag) for tag in viterbi_decode(scores[row, :length], transitions)[0]]


@settings(deadline=None)
@given(st.lists(st.integers(1, 7), min_size=1, max_size=5), st.integers(0, 10_000), st.sampled_from([0.3, 1.0, 5.0]))
def test_a_settled_sentence_needs_no_search(lengths: list[int], seed: int, spread: float) -> None:
    """Sentences that ``greedy_is_best`` accepts have that best path, and it accepts all sentences with large margins."""
    random = np.random.default_rng(seed)
    row = (random.normal(size=(sum(lengths), 4)) * spread).astype(np.float32)
    transitions = random.normal(size=(4, 4)).astype(np.float32)
    ordered = np.sort(row, 1)
    best, margins = row.argmax(1), ordered[:, -1] - ordered[:, -2]
    found = greedy_is_best(best, margins, lengths, transitions)
    places = np.cumsum([0, *lengths])
    for sentence, length in enumerate(lengths):
        own = slice(places[sentence], places[sentence + 1])
        if found[sentence]:
            assert best_paths(row[None, own], [length], transitions)[0] == best[own].tolist()
    assert greedy_is_best(best, margins + 10 * np.ptp(transitions), lengths, transitions).all()
