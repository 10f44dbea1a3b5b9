"""Train the rankers of antecedents of pronouns and noun phrases.

    python -m training.resolver --corpora DIR --texts DIR --out quotetrack/extract/data/resolver.json [--cache FILE] [--report]

``--corpora`` holds ``gum-coref``, ``litbank``, ``gap`` and ``polnear`` (with PolNeAR's ``data``) as published;
``--texts`` is what ``training.news`` wrote. The training data are the coreference annotations of GUM, LitBank and
GAP, and the annotated sources in ``tests/gold/speakers`` (without ``fresh.jsonl`` and halves B). Each query of the
extractor on its way through an article becomes an example with its candidates; queries without annotation are
answered by the weights of the previous round. ``--report`` prints five-fold cross-validation on the news sources.
"""

from __future__ import annotations

import argparse
import json
import pickle
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from benchmarks.speaker_measures import judged, same_name
from benchmarks.speakers import GOLD, records, text_of
from quotetrack.extract.find.combine import attributions
from quotetrack.extract.find.layout import layout_drafts
from quotetrack.extract.people.entities import corrected_entities
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.features import CANDIDATE, QUERY, Candidates
from quotetrack.extract.resolve.ranker import Choice, Ranker
from quotetrack.extract.resolve.resolver import Resolver
from quotetrack.extract.resolve.tracks import Track
from quotetrack.model import Parsed
from quotetrack.parse.pipeline import Parser
from training.coreference import Document, gap, gum, litbank

KINDS = ("pronoun", "nominal", "thing", "body")
# The weight of an example by corpus; annotated news is the text that the ranker is for.
WEIGHTS = {"news": 4.0, "polnear": 2.0, "gum": 1.0, "gap": 0.7, "litbank": 0.3}
POLNEAR = ("sources", "learning", "random", "drawn")
MOST = 12  # candidates per query
WIDTH, NONE_WIDTH, DROP = 40, 16, 0.15
STEPS, BATCH, RATE, DECAY = 1200, 128, 3e-3, 2e-2
HIDDEN, CHANGED = 0.3, 0.03  # shares of candidates whose gender is hidden or changed in training
SEEDS = 3
FOLDS = 5
ROUNDS = 2
Record = dict[str, Any]
Floats = NDArray[np.float32]


@dataclass(slots=True)
class Article:
    """A document with its parse, and the records of its annotated sources by offset."""

    document: Document
    parsed: Parsed
    gold: dict[int, Record] = field(default_factory=dict)


@dataclass(slots=True)
class Examples:
    """Queries of one kind, with the features of their candidates and the indexes of the correct ones (the last: none)."""

    query: list[Sequence[float]] = field(default_factory=list)
    rows: list[Sequence[Sequence[float]]] = field(default_factory=list)
    right: list[list[int]] = field(default_factory=list)
    corpus: list[str] = field(default_factory=list)
    document: list[str] = field(default_factory=list)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The examples as arrays of a common shape."""
        count, width = len(self.query), len(self.rows[0][0])
        rows = np.zeros((count, MOST, width), np.float32)
        mask, right = np.zeros((count, MOST), bool), np.zeros((count, MOST + 1), bool)
        for at, (own, answers) in enumerate(zip(self.rows, self.right, strict=True)):
            rows[at, : len(own)], mask[at, : len(own)] = own, True
            right[at, [MOST if answer == len(own) else answer for answer in answers]] = True
        return {
            "query": np.array(self.query, np.float32),
            "rows": rows,
            "mask": mask,
            "right": right,
            "weight": np.array([WEIGHTS[name] for name in self.corpus], np.float32),
            "fold": np.array([zlib.crc32(name.encode()) % FOLDS for name in self.document]),
            "news": np.array([name == "news" for name in self.corpus]),
        }


class Teacher:
    """Answers the queries of one article by its annotation, and records them as examples."""

    def __init__(
        self, article: Article, reading: Reading, examples: Mapping[str, Examples], rankers: Mapping[str, Ranker]
    ):
        self.article, self.reading, self.examples, self.rankers = article, reading, examples, rankers
        self._chains: dict[int, str] = {}
        for start, end, chain in sorted(article.document.mentions, key=lambda mention: mention[1] - mention[0]):
            for word in reading.words_between(start, end):
                self._chains.setdefault(word, chain)
        self._exact = {(start, end): chain for start, end, chain in article.document.mentions}
        self._of_track: dict[int, tuple[str | None, Track]] = {}

    def __call__(self, kind: str, query: Sequence[float], rows: Sequence[Sequence[float]], about: Candidates) -> Choice:
        right = self._answers(kind, about)
        if right is None:
            return self.rankers[kind].choose(query, rows) if kind in self.rankers else _guess(kind, rows)
        own = self.examples[kind]
        own.query.append(query)
        own.rows.append(rows)
        own.right.append(right)
        own.corpus.append(self.article.document.corpus)
        own.document.append(self.article.document.name)
        return Choice(right[0] if right[0] < len(rows) else None, 1.0)

    def _answers(self, kind: str, about: Candidates) -> list[int] | None:
        """The indexes of the correct candidates, or the index after the last for none; empty without annotation."""
        corpus = self.article.document.corpus
        if corpus in ("gum", "litbank"):
            return self._by_chain(kind, about) if corpus == "gum" or kind in ("pronoun", "nominal") else None
        return self._of_two(kind, about) if corpus == "gap" else self._by_hand(kind, about)

    def _by_chain(self, kind: str, about: Candidates) -> list[int] | None:
        word = self.reading.words[about.query.word]
        exact = kind in ("pronoun", "thing")
        chain = self._exact.get((word.start, word.end)) if exact else self._chains.get(about.query.word)
        if chain is None:
            return None
        return [i for i, t in enumerate(about.tracks) if self._chain(t) == chain] or [len(about.tracks)]

    def _chain(self, track: Track) -> str | None:
        """The chain that covers most words of the track's names."""
        if id(track) not in self._of_track:
            counts: Counter[str | None] = Counter()
            ones = track.body.names if track.body is not None else [track.someone] if track.someone is not None else []
            for mention in (mention for one in ones for mention in one.mentions):
                counts.update(self._chains.get(word) for word in self.reading.words_between(mention.start, mention.end))
            if not ones:
                counts[self._chains.get(track.noun)] += 1
            self._of_track[id(track)] = (counts.most_common(1)[0][0] if counts else None), track
        return self._of_track[id(track)][0]

    def _of_two(self, kind: str, about: Candidates) -> list[int] | None:
        document = self.article.document
        if kind != "pronoun" or self.reading.words[about.query.word].start != document.pronoun:
            return None
        places = [
            (next((i for i, t in enumerate(about.tracks) if _named_at(t, at, at + len(name))), None), meant)
            for at, name, meant in document.candidates
        ]
        meant = [number for number, is_meant in places if is_meant]
        if meant:
            return None if meant[0] is None else [meant[0]]
        others = {number for number, _ in places}
        return [number for number in range(len(about.tracks) + 1) if number not in others]

    def _by_hand(self, kind: str, about: Candidates) -> list[int] | None:
        word = self.reading.words[about.query.word]
        one = next((g for at, g in self.article.gold.items() if at <= word.start < g["end"]), None)
        wanted = "pronoun" if kind in ("pronoun", "thing") else "nominal"
        if one is None or one["type"] != wanted or one.get("members"):
            return None
        unnamed = [i for i, track in enumerate(about.tracks) if track.someone is None] + [len(about.tracks)]
        if not one["answers"]:
            return unnamed
        return [i for i, track in enumerate(about.tracks) if _is(track, one["answers"])] or unnamed


def _is(track: Track, answers: Sequence[str]) -> bool:
    ones = track.body.names if track.body is not None else [track.someone] if track.someone is not None else []
    names = [name for one in ones for name in (one.name, one.abbreviation) if name]
    return any(judged([name], answers) == "right" or same_name(answers[0], name) for name in names)


def _named_at(track: Track, start: int, end: int) -> bool:
    return track.someone is not None and any(m.start < end and start < m.end for m in track.someone.mentions)


def _guess(kind: str, rows: Sequence[Sequence[float]]) -> Choice:
    """The answer before training: for a pronoun the most recent subject of a main clause, for a noun phrase none."""
    if kind in ("nominal", "body"):
        return Choice(None, 1.0)
    column = CANDIDATE.index("newest leading")
    return Choice(next((number for number, row in enumerate(rows) if row[column]), None), 0.6)


def collect(articles: Sequence[Article], rankers: Mapping[str, Ranker]) -> dict[str, Examples]:
    """The examples of all articles, by kind."""
    examples = {kind: Examples() for kind in KINDS}
    for article in articles:
        reading = Reading.of(article.parsed)
        if reading.words:
            reading.parsed = replace(article.parsed, entities=corrected_entities(reading))
            Resolver(
                reading, attributions(reading, layout_drafts(reading)), Teacher(article, reading, examples, rankers)
            )
    return examples


class Network(nn.Module):  # type: ignore[misc]  # torch is untyped here
    """A trainable version of ``resolve.ranker.Ranker``."""

    def __init__(self, query: int, candidate: int) -> None:
        super().__init__()
        self.candidate, self.query = nn.Linear(candidate, WIDTH), nn.Linear(query, WIDTH, bias=False)
        self.out = nn.Linear(WIDTH, 1, bias=False)
        self.none_query, self.none_candidate = (
            nn.Linear(query, NONE_WIDTH),
            nn.Linear(candidate, NONE_WIDTH, bias=False),
        )
        self.none_out, self.drop = nn.Linear(NONE_WIDTH, 1), nn.Dropout(DROP)

    def forward(self, query: Tensor, rows: Tensor, mask: Tensor) -> Tensor:
        """Scores (queries, candidates + 1), whose last column is for none of the candidates.

        ``query`` is (queries, features), ``rows`` (queries, candidates, features), ``mask`` (queries, candidates):
        true for a candidate, false for padding.
        """
        hidden = self.drop(torch.relu(self.candidate(rows) + self.query(query)[:, None]))
        scores = self.out(hidden).squeeze(-1).masked_fill(~mask, -1e4)
        top = rows.masked_fill(~mask[..., None], -1e4).amax(1)
        none = self.none_out(self.drop(torch.relu(self.none_query(query) + self.none_candidate(top))))
        return torch.cat([scores, none], 1)

    def weights(self) -> dict[str, Any]:
        """The weights in the format of ``Ranker``."""
        parts = {
            "candidate": self.candidate.weight.T, "query": self.query.weight.T, "bias": self.candidate.bias, "out": self.out.weight[0],
            "none query": self.none_query.weight.T, "none candidate": self.none_candidate.weight.T, "none bias": self.none_query.bias,
            "none out": self.none_out.weight[0], "none out bias": self.none_out.bias[0],
        }  # fmt: skip
        return {name: np.round(part.detach().double().numpy(), 4).tolist() for name, part in parts.items()}


def fit(data: Mapping[str, NDArray[Any]], seed: int = 0) -> Network:
    """The network with the maximum likelihood of the correct answers."""
    torch.manual_seed(seed)
    given = {name: torch.from_numpy(data[name]) for name in ("query", "rows", "mask", "right", "weight")}
    network = Network(given["query"].shape[1], given["rows"].shape[2])
    optimiser = torch.optim.AdamW(network.parameters(), RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, STEPS)
    network.train()
    for _ in range(STEPS):
        some = torch.multinomial(given["weight"], BATCH, replacement=True)
        rows = _with_unknown_gender(given["rows"][some])
        scores = network(given["query"][some], rows, given["mask"][some])
        shares = torch.log_softmax(scores, 1).masked_fill(~given["right"][some], -1e4)
        loss = -torch.logsumexp(shares, 1).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    network.eval()
    return network


def _with_unknown_gender(rows: Tensor) -> Tensor:
    """Hide the gender of some candidates and change that of a few.

    News contains names from all countries, and lists of first names cover only some of them.
    """
    known, unknown, guessed, differs = (
        CANDIDATE.index(f"gender {what}") for what in ("known", "unknown", "guessed", "differs")
    )
    rows, chance = rows.clone(), torch.rand(rows.shape[:2])
    has_gender = rows[:, :, known] > 0
    hidden, changed = (chance < HIDDEN) & has_gender, (chance > 1 - CHANGED) & has_gender
    rows[:, :, known] = torch.where(hidden | changed, 0.0, rows[:, :, known])
    rows[:, :, guessed] = torch.where(hidden, 0.0, torch.where(changed, 1.0, rows[:, :, guessed]))
    rows[:, :, unknown] = torch.where(hidden, 1.0, rows[:, :, unknown])
    rows[:, :, differs] = torch.where(changed, 1.0, rows[:, :, differs])
    return rows


def likelihoods(networks: Sequence[Network], data: Mapping[str, NDArray[Any]]) -> Floats:
    """The mean probabilities of several networks, (queries, candidates + 1)."""
    given = [torch.from_numpy(data[name]) for name in ("query", "rows", "mask")]
    with torch.inference_mode():
        shares: Floats = torch.stack([torch.softmax(network(*given), 1) for network in networks]).mean(0).numpy()
    return shares


def report(kind: str, data: Mapping[str, NDArray[Any]]) -> None:
    """Print five-fold cross-validation on the news sources: correct and wrong names at several thresholds."""
    found = np.zeros((len(data["query"]), MOST + 1), np.float32)
    for fold in range(FOLDS):
        held = data["news"] & (data["fold"] == fold)
        if held.any():
            network = fit({name: part[~held] for name, part in data.items()})
            found[held] = likelihoods([network], {name: part[held] for name, part in data.items()})
    is_source = data["query"][:, QUERY.index("source")] > 0
    own = data["news"] & is_source
    shares, right = found[own], data["right"][own]
    stranger = data["rows"][own][:, :, CANDIDATE.index("stranger")] > 0
    best = shares[:, :MOST].argmax(1)
    each = np.arange(len(best))
    top, chosen_right = shares[each, best], right[each, best]
    names = (top > shares[:, MOST]) & ~stranger[each, best]
    named = ~right[:, MOST] & (right[:, :MOST] & ~stranger).any(1)
    print(f"{kind}: {len(best)} sources, {named.sum()} with a named antecedent among the candidates")
    for least in (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        given = names & (top >= least)
        print(
            f"  at {least}: right {100 * (given & chosen_right & named).sum() / max(1, named.sum()):.1f} %, "
            f"wrong {100 * (given & ~chosen_right & named).sum() / max(1, named.sum()):.1f} % of these, "
            f"wrong names {100 * (given & ~chosen_right).sum() / max(1, len(best)):.1f} % of all"
        )


def load(corpora: Path, texts: Path, parts: Sequence[str]) -> Iterator[Article]:
    """All articles of ``parts``, parsed."""
    documents: list[tuple[Document, dict[int, Record]]] = []
    if "gum" in parts:
        documents += [(one, {}) for one in gum(corpora / "gum-coref")]
    if "litbank" in parts:
        documents += [(one, {}) for one in litbank(corpora / "litbank")]
    if "gap" in parts:
        documents += [(one, {}) for one in gap(corpora / "gap")]
    gold: dict[tuple[str, str], dict[int, Record]] = defaultdict(dict)
    for name in POLNEAR if "polnear" in parts else ():
        for one in records(GOLD / f"{name}.jsonl"):
            if one.get("half") != "B":
                gold[one["part"], one["document"]][one["start"]] = one
    documents += [(Document("/".join(k), "polnear", text_of(corpora / "polnear", *k)), own) for k, own in gold.items()]
    read: dict[str, dict[int, Record]] = defaultdict(dict)
    for one in records(GOLD / "news.jsonl") if "news" in parts else ():
        read[one["document"]][one["start"]] = one
    documents += [
        (Document(name, "news", (texts / f"{name}.txt").read_bytes().decode("utf-8")), own)
        for name, own in read.items()
    ]
    parser = Parser(threads=1)
    for start in range(0, len(documents), 64):
        some = documents[start : start + 64]
        for (document, own), parsed in zip(some, parser.parse_all([d.text for d, _ in some]), strict=True):
            yield Article(document, parsed, own)


def main() -> None:
    """Parse the options, collect examples, train, write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--corpora", type=Path, required=True)
    options.add_argument("--texts", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--parts", default="news,polnear,gum,litbank,gap")
    options.add_argument("--cache", type=Path, help="file in which to cache the parses")
    options.add_argument("--report", action="store_true")
    given = options.parse_args()
    torch.set_num_threads(1)
    if given.cache and given.cache.is_file():
        articles = pickle.loads(given.cache.read_bytes())
    else:
        articles = list(load(given.corpora, given.texts, given.parts.split(",")))
        if given.cache:
            given.cache.write_bytes(pickle.dumps(articles, protocol=5))
    rankers: dict[str, Ranker] = {}
    for turn in range(ROUNDS):
        examples = collect(articles, rankers)
        data = {kind: own.arrays() for kind, own in examples.items()}
        last = turn == ROUNDS - 1
        networks = {kind: [fit(data[kind], seed) for seed in range(SEEDS if last else 1)] for kind in KINDS}
        rankers = {kind: Ranker([network.weights() for network in own]) for kind, own in networks.items()}
        print(f"round {turn + 1}: " + ", ".join(f"{len(data[kind]['query'])} of {kind}" for kind in KINDS), flush=True)
    if given.report:
        for kind in KINDS:
            report(kind, data[kind])
    weights = {kind: [network.weights() for network in own] for kind, own in networks.items()}
    given.out.write_text(
        json.dumps({"query": QUERY, "candidate": CANDIDATE, "weights": weights}) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
