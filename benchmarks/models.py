"""Accuracy of a set of models on held-out text, from raw characters.

    python -m benchmarks.models --ud DIR --ner DIR --articles DIR [--model-dir DIR] [--stanza] [--float32] [--json FILE]

Tokens to lemmas: F1 on the treebank's test part by the scorer of udtools, with the treebank's own paragraphs.
Entities: exact span and class, both on the test articles as printed (``--articles``, plain text files), in which the
annotated sentences are located, and on gold tokens, as entity models are usually evaluated.
"""

from __future__ import annotations

import argparse
import io
import re
from pathlib import Path
from typing import Any

import torch
from stanza.models.common.doc import Document
from stanza.models.ner.scorer import score_by_entity
from stanza.models.ner.utils import process_tags
from udtools.udeval import evaluate, load_conllu

from benchmarks import record
from quotetrack.parse.models import choose
from quotetrack.parse.pipeline import Parser
from quotetrack.text.marks import normalise
from training.conllu import find, read_entities, read_text

MEASURES = ("Tokens", "Sentences", "Words", "UPOS", "UFeats", "Lemmas", "UAS", "LAS")


def main() -> None:
    """Print the scores as Markdown rows."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--ud", type=Path, required=True)
    options.add_argument("--ner", type=Path)
    options.add_argument("--articles", type=Path)
    options.add_argument("--part", default="test", choices=["dev", "test"])
    options.add_argument("--model-dir", type=Path)
    options.add_argument("--stanza", action="store_true", help="run the models in stanza.Pipeline")
    options.add_argument("--float32", action="store_true", help="use 32-bit floats on every processor")
    record.add_option(options)
    given = options.parse_args()
    import torch

    precision = torch.float32 if given.float32 else None
    parser = Parser(choose(given.model_dir), engine=not given.stanza, precision=precision)
    gold = read_text(find(given.ud, f"en-{given.part}.conllu"))
    figures: dict[str, float] = {}
    for name, value in tree_scores(parser, gold).items():
        print(f"| {name} | {100 * value:.2f} |", flush=True)
        figures[name] = round(100 * value, 2)
    if given.ner:
        sentences = read_entities(find(given.ner, f"en-worldwide.{given.part}.json"))
        value = entities_of_tokens(parser, sentences)
        print(f"| entities, annotated tokens given | {100 * value:.2f} |", flush=True)
        figures["entities, annotated tokens given"] = round(100 * value, 2)
    if given.ner and given.articles:
        right, guessed, wanted, found = entity_scores(parser, sentences, given.articles)
        f1 = 200 * right / (guessed + wanted)
        print(f"| entities, as printed ({found} of {len(sentences)} sentences) | {f1:.2f} |")
        figures["entities, as printed"] = round(f1, 2)
    record.write(given.json, figures)


def tree_scores(parser: Parser, gold: str) -> dict[str, float]:
    """F1 of each of ``MEASURES`` between a treebank and the parser's analysis of its raw text."""
    paragraphs = raw_paragraphs(gold)
    rows: list[str] = []
    for start in range(0, len(paragraphs), 400):
        part = [normalise(paragraph) for paragraph in paragraphs[start : start + 400]]
        for plain, text, sentences in zip(part, paragraphs[start : start + 400], analyse(parser, part), strict=True):
            assert len(plain) == len(text)
            for tokens in sentences:
                number = 0
                for begin, end, words in tokens:
                    if len(words) > 1:
                        rows.append(f"{number + 1}-{number + len(words)}\t{squeezed(text[begin:end])}" + "\t_" * 8)
                    for form, lemma, upos, feats, head, relation in words:
                        number += 1
                        shown = form if len(words) > 1 else squeezed(text[begin:end])
                        rows.append(f"{number}\t{shown}\t{lemma}\t{upos}\t_\t{feats}\t{head}\t{relation}\t_\t_")
                rows.append("")
    system = "\n".join(rows) + "\n"
    scores = evaluate(load_conllu(io.StringIO(gold), "gold", {}), load_conllu(io.StringIO(system), "system", {}))
    return {name: scores[name].f1 for name in MEASURES}


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text) or "_"


def raw_paragraphs(gold: str) -> list[str]:
    """The treebank's raw text, one string per paragraph or document."""
    paragraphs: list[str] = []
    glued = False
    for block in gold.split("\n\n"):
        text = re.search(r"^# text = (.*)$", block, re.M)
        if not text:
            continue
        fresh = not paragraphs or "# newpar" in block or "# newdoc" in block
        if fresh:
            paragraphs.append(text[1])
        else:
            paragraphs[-1] += ("" if glued else " ") + text[1]
        rows = [line for line in block.splitlines() if line[:1].isdigit()]
        last = rows[-1].split("\t")
        spanning = [row.split("\t") for row in rows if re.match(r"\d+-\d+\t", row)]
        if spanning and spanning[-1][0].split("-")[1] == last[0]:
            last = spanning[-1]
        glued = "SpaceAfter=No" in last[9]
    return paragraphs


def analyse(parser: Parser, paragraphs: list[str]) -> list[list[list[tuple[int, int, list[Any]]]]]:
    """The sentences of each paragraph; a token is (start, end, its words as CoNLL-U columns)."""
    if parser._engine is None:
        return [
            [
                [
                    (
                        t.start_char,
                        t.end_char,
                        [(w.text, w.lemma, w.upos, w.feats or "_", w.head, w.deprel) for w in t.words],
                    )
                    for t in s.tokens
                ]
                for s in document.sentences
            ]
            for document in parser._pipeline.bulk_process(paragraphs)
        ]
    found = []
    for read in parser._engine.read(paragraphs):
        sentences = []
        for tokens, _, analysis, _ in read:
            words = iter(analysis.words)
            rows = []
            for token in tokens:
                own = [(form, *next(words)) for form, _, _ in token.words]
                rows.append(
                    (
                        token.start,
                        token.end,
                        [(form, lemma, u, x or "_", head + 1, r) for form, lemma, u, x, head, r in own],
                    )
                )
            sentences.append(rows)
        found.append(sentences)
    return found


def entities_of_tokens(parser: Parser, sentences: list[list[tuple[str, str]]]) -> float:
    """F1 of entities on gold tokens, by Stanza's scorer."""
    document = Document([[{"id": (i + 1,), "text": word} for i, (word, _) in enumerate(s)] for s in sentences])
    with torch.no_grad():
        answers = parser._pipeline.processors["ner"].process(document)
    found = [[token.ner for token in sentence.tokens] for sentence in answers.sentences]
    gold = [
        [tag[0] for _, tag in sentence]
        for sentence in process_tags([[[w, (t,)] for w, t in s] for s in sentences], "bioes")
    ]
    return float(score_by_entity(found, gold, verbose=False)[2])


def entity_scores(parser: Parser, sentences: list[list[tuple[str, str]]], folder: Path) -> tuple[int, int, int, int]:
    """The numbers of correct, predicted and annotated entities, and of annotated sentences found in the articles."""
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.glob("*.txt"))]
    right = guessed = wanted = located = 0
    left = [(squeezed(normalise("".join(word for word, _ in sentence))), sentence) for sentence in sentences]
    for text in texts:
        stream, places = "", []
        for place, character in enumerate(normalise(text)):
            if not character.isspace():
                stream += character
                places.append(place)
        here = [(stream.find(flat), flat, sentence) for flat, sentence in left]
        here = [item for item in here if item[0] >= 0]
        if not here:
            continue
        taken = {id(sentence) for _, _, sentence in here}
        left = [item for item in left if id(item[1]) not in taken]
        back = {place: i for i, place in enumerate(places)}
        answer = {(back[e.start], back[e.end - 1] + 1, e.type) for e in parser.parse(text).entities}
        for start, flat, sentence in here:
            located += 1
            gold = annotated(sentence, start)
            own = {e for e in answer if start <= e[0] < start + len(flat)}
            right, guessed, wanted = right + len(own & gold), guessed + len(own), wanted + len(gold)
    return right, guessed, wanted, located


def annotated(sentence: list[tuple[str, str]], begin: int) -> set[tuple[int, int, str]]:
    """The (start, end, class) of a sentence's entities, in characters without white space, counted from ``begin``.

    As in the scorers of Stanza and CoNLL, ``I-`` with a different class than before starts an entity, because the
    annotation has ``Tasmanian`` ``B-NORP``, ``Government`` ``I-Organization``.
    """
    found: list[tuple[int, int, str]] = []
    before = "O"
    for word, tag in sentence:
        end = begin + len(squeezed(normalise(word)))
        if tag[0] == "I" and tag[2:] == before[2:]:
            found[-1] = (found[-1][0], end, tag[2:])
        elif tag != "O":
            found.append((begin, end, tag[2:]))
        begin, before = end, tag
    return set(found)


if __name__ == "__main__":
    main()
