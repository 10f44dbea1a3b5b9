"""Train the attribution network on PolNeAR, with the encoder of the embedded models unchanged.

    python -m training.attribution --polnear DIR --models DIR --out DIR [--epochs 6] [--seed 1] [--start FILE --rate 3e-4] [--news TEXTS]

``--polnear`` holds ``train`` and ``dev``, each with ``text`` and ``attributions``. The parse of the corpus and the
encoder's states are computed once and kept in memory (about 5 GB). The state is saved after every epoch, and the same
command resumes from it. ``--start`` continues from a trained network; ``--news`` adds the training part of
``tests/gold/news``, each article ``NEWS_TIMES`` per epoch, with the texts that ``training.news`` wrote.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from quotetrack.parse.attribution import load, save
from quotetrack.parse.attribution.network import CONTENT, SOURCE, Network
from quotetrack.parse.attribution.search import best_labels, chain_loss
from quotetrack.parse.models import ModelChoice
from quotetrack.parse.pipeline import Parser
from training.attributed import Batch, Example, as_batch, batches, news_examples, read_examples

SLOTS = 3000  # words per step
RATE = 1e-3
NEWS_TIMES = 3
NEWS_PARTS = ("train", "more")
WARM = 0.06  # share of steps with a rising learning rate
# Weights of the two losses: of words being anchors (per word), and of label sequences (per anchor).
ANCHORS, LABELS = 20.0, 0.3
UPOS = [
    "ADJ",
    "ADP",
    "ADV",
    "AUX",
    "CCONJ",
    "DET",
    "INTJ",
    "NOUN",
    "NUM",
    "PART",
    "PRON",
    "PROPN",
    "PUNCT",
    "SCONJ",
    "SYM",
    "VERB",
    "X",
]
DEPREL = [
    "acl",
    "advcl",
    "advmod",
    "amod",
    "appos",
    "aux",
    "case",
    "cc",
    "ccomp",
    "clf",
    "compound",
    "conj",
    "cop",
    "csubj",
    "dep",
    "det",
    "discourse",
    "dislocated",
    "expl",
    "fixed",
    "flat",
    "goeswith",
    "iobj",
    "list",
    "mark",
    "nmod",
    "nsubj",
    "nummod",
    "obj",
    "obl",
    "orphan",
    "parataxis",
    "punct",
    "reparandum",
    "root",
    "vocative",
    "xcomp",
    "acl:relcl",
    "nsubj:pass",
    "nmod:poss",
    "aux:pass",
    "compound:prt",
    "obl:agent",
    "obl:unmarked",
    "advcl:relcl",
    "cc:preconj",
    "csubj:pass",
    "det:predet",
    "flat:foreign",
    "nmod:unmarked",
]
CONFIG = {
    "layers": 4, "features": 384, "width": 256, "heads": 4, "first": 2, "second": 2, "drop": 0.2,
    "upos": UPOS, "deprel": DEPREL,
}  # fmt: skip


def main() -> None:
    """Parse the options and train."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--polnear", type=Path, required=True)
    options.add_argument("--models", type=Path, required=True, help="folder that training.package wrote")
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--epochs", type=int, default=6)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--start", type=Path, help="a trained network to continue from")
    options.add_argument("--rate", type=float, default=RATE)
    options.add_argument("--news", type=Path, help="folder of the texts of tests/gold/news")
    given = options.parse_args()
    torch.manual_seed(given.seed)
    parser = Parser(ModelChoice(given.models, "default", embedded=False), attribution=False)
    dev = read_examples(given.polnear / "dev", parser, CONFIG, keep_states=True)
    examples = read_examples(given.polnear / "train", parser, CONFIG, keep_states=True)
    if given.news:
        examples += NEWS_TIMES * news_examples(given.news, NEWS_PARTS, parser, CONFIG)
    del parser
    network = load(given.start).train() if given.start else Network(CONFIG)
    passes = [batches(examples, len, SLOTS, f"{given.seed}.{epoch}") for epoch in range(given.epochs)]
    steps = sum(map(len, passes))
    optimizer = torch.optim.AdamW(network.parameters(), lr=given.rate, weight_decay=0.01, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate(step, steps))
    given.out.mkdir(parents=True, exist_ok=True)
    checkpoint, first = given.out / "checkpoint.pt", 0
    if checkpoint.exists():
        stored = torch.load(checkpoint, weights_only=False)
        network.load_state_dict(stored["network"])
        optimizer.load_state_dict(stored["optimizer"])
        schedule.load_state_dict(stored["schedule"])
        torch.set_rng_state(stored["random"])
        first = stored["epoch"]
    for epoch in range(first, given.epochs):
        began = time.monotonic()
        network.train()
        for chosen in passes[epoch]:
            batch = as_batch(chosen)
            optimizer.zero_grad(set_to_none=True)
            loss(network, batch, batch.states()).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimizer.step()
            schedule.step()
        print(f"epoch {epoch + 1} of {given.epochs} {time.monotonic() - began:.0f} s {score(network, dev)}", flush=True)
        state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch + 1}
        state |= {"schedule": schedule.state_dict(), "random": torch.get_rng_state()}
        torch.save(state, checkpoint.with_suffix(".new"))
        checkpoint.with_suffix(".new").replace(checkpoint)
    (given.out / "attribution").mkdir(exist_ok=True)
    save(network, given.out / "attribution" / "news.pt")


def rate(step: int, steps: int) -> float:
    """The learning rate at ``step`` as a share of its maximum: linear warm-up, then decay to zero."""
    warm = max(1, round(WARM * steps))
    return (step + 1) / warm if step < warm else max(0.0, (steps - step) / (steps - warm))


def loss(network: Network, batch: Batch, states: Tensor) -> Tensor:
    """The weighted sum of both losses of a batch."""
    with torch.autocast("cpu", torch.bfloat16):
        state, scores = network.read(network.mixed(states), batch.words)
        labels = network.label_words(state, batch.words, batch.rows, batch.places) if len(batch.rows) else None
    real = batch.words["real"]
    total = ANCHORS * functional.binary_cross_entropy_with_logits(scores[real], batch.is_anchor[real])
    if labels is not None:
        chain = (network.steps, network.begin, network.end)
        total = total + LABELS * chain_loss(labels, batch.labels, real[batch.rows].sum(1), *chain).mean()
    return total


@torch.no_grad()
def score(network: Network, examples: list[Example]) -> str:
    """F1 of the anchors, and the shares of true anchors with completely correct content and source."""
    network.eval()
    hits = found = true = contents = sources = 0
    for chosen in batches(examples, len, SLOTS, "score"):
        batch = as_batch(chosen)
        with torch.autocast("cpu", torch.bfloat16):
            state, scores = network.read(network.mixed(batch.states()), batch.words)
            labels = network.label_words(state, batch.words, batch.rows, batch.places) if len(batch.rows) else None
        likely = (scores > 0) & batch.words["real"]
        hits += int((likely & (batch.is_anchor > 0)).sum())
        found, true = found + int(likely.sum()), true + int(batch.is_anchor.sum())
        if labels is None:
            continue
        lengths = batch.words["real"][batch.rows].sum(1).tolist()
        rows = [row[:length] for row, length in zip(labels, lengths, strict=True)]
        paths, _ = best_labels(rows, network.steps, network.begin, network.end)
        for path, gold, length in zip(paths, batch.labels.tolist(), lengths, strict=True):
            pairs = list(zip(path, gold[:length], strict=True))
            contents += all((a == CONTENT) == (b == CONTENT) for a, b in pairs)
            sources += all((a == SOURCE) == (b == SOURCE) for a, b in pairs)
    return f"anchors F1 {200 * hits / max(1, found + true):.1f} contents {100 * contents / true:.1f} sources {100 * sources / true:.1f}"


if __name__ == "__main__":
    main()
