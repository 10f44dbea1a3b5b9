"""Fine-tune the encoder together with all four models: tagger, parser, entity model and attribution network.

    python -m training.together --ud DIR --ner DIR --polnear DIR --encoder DIR --network DIR --attribution DIR \
        --models DIR --out DIR [--steps 420] [--seed 2]

``--network`` and ``--attribution`` are the ``--out`` folders of ``training.network`` and ``training.attribution``,
whose checkpoints are the start; ``--models`` are the packaged models of that network, which parse PolNeAR. Low
learning rates keep what was learned before. The complete state is saved every few minutes, and the same command
resumes from it.
"""

from __future__ import annotations

import argparse
import itertools
import json
import logging
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn.attention import SDPBackend, sdpa_kernel

from quotetrack.parse import encoder as encoders
from quotetrack.parse.attribution import save
from quotetrack.parse.attribution.network import Network
from quotetrack.parse.models import ModelChoice
from quotetrack.parse.pipeline import Parser
from training import network as before
from training.attributed import Batch, Example, as_batch, batches, read_examples
from training.attribution import CONFIG, loss
from training.conllu import find, read_entities, read_trees, with_other_marks
from training.heads import Heads

# WordPieces per step: of trees and of entity sentences each (including padding), and of attributions.
SLOTS, ATTRIBUTION_SLOTS = 1200, 2400
ENCODER_RATE, RATE = 6e-5, 3e-4
WARM = 25  # steps with a rising learning rate
LONGEST = 500  # WordPieces per sentence; the few longer ones are omitted


def main() -> None:
    """Parse the options and train."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("ud", "ner", "polnear", "encoder", "network", "attribution", "models", "out"):
        options.add_argument(f"--{name}", type=Path, required=True)
    options.add_argument("--steps", type=int, default=420, help="one epoch of PolNeAR is about 420")
    options.add_argument("--seed", type=int, default=2)
    train(options.parse_args())


def train(given: argparse.Namespace) -> None:
    """Run the training, or the rest of it if a checkpoint exists."""
    logging.getLogger("stanza").setLevel(logging.ERROR)
    torch.manual_seed(given.seed)
    trees = read_trees(find(given.ud, "en-train.conllu"))
    tagged = read_entities(find(given.ner, "en-worldwide.train.json"))
    vocabulary = (given.encoder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    encoder = encoders.Encoder(json.loads((given.encoder / "config.json").read_text()))
    heads = Heads(encoder, encoders.Pieces(vocabulary), trees, tagged)
    network = Network(CONFIG)
    heads.load_state_dict(torch.load(given.network / "checkpoint.pt", weights_only=False)["heads"])
    network.load_state_dict(torch.load(given.attribution / "checkpoint.pt", weights_only=False)["network"])
    encoder.drop.p = 0.0
    parser = Parser(ModelChoice(given.models, "default", embedded=False), attribution=False)
    examples = read_examples(given.polnear / "train", parser, CONFIG, keep_states=False)
    del parser
    examples = [e for e in examples if all(pieces_of(heads, words) < LONGEST for words in e.sentences)]

    groups = [
        {"params": [p for p in encoder.parameters() if p.requires_grad], "lr": ENCODER_RATE, "weight_decay": 0.01},
        {"params": heads.own_parameters(), "lr": RATE, "weight_decay": 0.0},
        {"params": list(network.parameters()), "lr": RATE, "weight_decay": 0.01},
    ]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / WARM, max(0.0, (given.steps - step) / (given.steps - WARM)))
    )
    given.out.mkdir(parents=True, exist_ok=True)
    checkpoint, first = given.out / "checkpoint.pt", 0
    if checkpoint.exists():
        stored = torch.load(checkpoint, weights_only=False)
        heads.load_state_dict(stored["heads"])
        network.load_state_dict(stored["network"])
        optimizer.load_state_dict(stored["optimizer"])
        schedule.load_state_dict(stored["schedule"])
        first = stored["step"]
    forest = before.batches(trees, [before.width(heads, t.words) for t in trees], given.seed, first, SLOTS)
    crowd = before.batches(tagged, [before.width(heads, [w for w, _ in s]) for s in tagged], given.seed, first, SLOTS)
    news = itertools.islice(endless(heads, examples, given.seed), first, None)
    heads.train()
    network.train()
    began = saved = time.monotonic()
    for step in range(first, given.steps):
        chance = random.Random(f"{given.seed}.{step}")
        optimizer.zero_grad(set_to_none=True)
        with sdpa_kernel(SDPBackend.MATH):
            tag_loss, parse_loss = heads.tree_loss([with_other_marks(tree, chance) for tree in next(forest)])
            (0.5 * tag_loss + parse_loss).backward()
            (3 * heads.entity_loss(next(crowd))).backward()
            batch = as_batch(next(news))
            attribution_loss = loss(network, batch, states(heads, encoder, batch))
            attribution_loss.backward()
        for group in groups:
            torch.nn.utils.clip_grad_norm_(group["params"], 2.0)
        optimizer.step()
        schedule.step()
        if (step + 1) % 20 == 0:
            each = (time.monotonic() - began) / (step + 1 - first)
            print(
                f"{step + 1}/{given.steps} parse {parse_loss:.3f} attribution {attribution_loss:.3f} {each:.2f} s a step",
                flush=True,
            )
        if time.monotonic() - saved > 300 or step + 1 == given.steps:
            state: dict[str, Any] = {"heads": heads.state_dict(), "network": network.state_dict(), "step": step + 1}
            state |= {"optimizer": optimizer.state_dict(), "schedule": schedule.state_dict()}
            torch.save(state, checkpoint.with_suffix(".new"))
            checkpoint.with_suffix(".new").replace(checkpoint)
            saved = time.monotonic()
    before.evaluate(heads, given)
    heads.save(given.out)
    for part in ("encoder", "attribution"):
        (given.out / part).mkdir(exist_ok=True)
    encoders.save(encoder, vocabulary, given.out / "encoder" / "news.pt")
    save(network, given.out / "attribution" / "news.pt")


def pieces_of(heads: Heads, words: tuple[str, ...]) -> int:
    """The number of WordPieces in a sentence, including start and end markers."""
    return sum(map(len, heads.pieces.of(words))) + 2


def endless(heads: Heads, examples: list[Example], seed: int) -> Iterator[list[Example]]:
    """Batches of examples, epoch after epoch."""
    sizes = {id(e): sum(pieces_of(heads, words) for words in e.sentences) for e in examples}
    for turn in itertools.count():
        yield from batches(examples, lambda e: sizes[id(e)], ATTRIBUTION_SLOTS, f"{seed}.{turn}")


def states(heads: Heads, encoder: encoders.Encoder, batch: Batch) -> Tensor:
    """The encoder's last layers of the words of a batch (examples, words, layers, features), with gradients."""
    pieces = heads.pieces
    place = torch.zeros(*batch.words["upos"].shape, 2, dtype=torch.int64)
    rows: list[list[int]] = []
    for number, example in enumerate(batch.examples):
        word = 0
        for sentence in example.sentences:
            row = [pieces.first]
            for cut in pieces.of(sentence):
                row += cut
                place[number, word] = torch.tensor([len(rows), len(row) - 1])
                word += 1
            rows.append([*row, pieces.last])
    width = max(map(len, rows))
    ids = torch.tensor([row + [pieces.padding] * (width - len(row)) for row in rows])
    with torch.autocast("cpu", torch.bfloat16):
        hidden = torch.stack(encoder(ids, ids != pieces.padding).hidden_states[-CONFIG["layers"] :], 2)
    return hidden[place[..., 0], place[..., 1]]


if __name__ == "__main__":
    main()
