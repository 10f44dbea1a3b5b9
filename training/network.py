"""Train the encoder together with the tagger, the parser and the entity model.

    python -m training.network --ud DIR --ner DIR --encoder DIR --out DIR [--steps 1000] [--seed 1]

Each step uses a batch of trees (tags and heads) and a batch of sentences with entities. The complete state is saved
every few minutes, and the same command resumes from it.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from stanza.models.ner.scorer import score_by_entity
from stanza.models.ner.trainer import Trainer
from torch.nn.attention import SDPBackend, sdpa_kernel

from quotetrack.parse import encoder as encoders
from training.conllu import Tree, find, read_entities, read_trees, with_other_marks
from training.heads import Heads, bioes

SLOTS = 2400  # WordPieces per step for each of the two batches, including padding
ENCODER_RATE, RATE = 2e-4, 2e-3
WARM = 0.06  # share of steps with a rising learning rate


def main() -> None:
    """Parse the options and train."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument(
        "--ud", type=Path, required=True, help="folder with en-train.conllu and en-dev.conllu (or .xz)"
    )
    options.add_argument(
        "--ner", type=Path, required=True, help="folder with en-worldwide.train.json and .dev.json (or .xz)"
    )
    options.add_argument(
        "--encoder", type=Path, required=True, help="folder with MiniLM's config.json, vocab.txt, model.safetensors"
    )
    options.add_argument("--out", type=Path, required=True, help="folder for the models and the checkpoint")
    options.add_argument("--steps", type=int, default=1000, help="one epoch of the treebank is about 200")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument(
        "--minutes", type=float, default=math.inf, help="stop after this time; the same command resumes"
    )
    given = options.parse_args()
    train(given)


def train(given: argparse.Namespace) -> None:
    """Run the training, or the rest of it if a checkpoint exists."""
    logging.getLogger("stanza").setLevel(logging.ERROR)
    torch.manual_seed(given.seed)
    trees = read_trees(find(given.ud, "en-train.conllu"))
    tagged = read_entities(find(given.ner, "en-worldwide.train.json"))
    config = json.loads((given.encoder / "config.json").read_text())
    vocabulary = (given.encoder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    encoder = encoders.Encoder(config)
    published = load_file(given.encoder / "model.safetensors")
    encoder.load_state_dict({name: value for name, value in published.items() if name in encoder.state_dict()})
    heads = Heads(encoder, encoders.Pieces(vocabulary), trees, tagged)

    steps, first = given.steps, 0
    encoder.drop.p = 0.0  # the models on the encoder use dropout already
    groups = [
        {"params": [p for p in encoder.parameters() if p.requires_grad], "lr": ENCODER_RATE, "weight_decay": 0.01},
        {"params": heads.own_parameters(), "lr": RATE, "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    given.out.mkdir(parents=True, exist_ok=True)
    checkpoint = given.out / "checkpoint.pt"
    if checkpoint.exists():
        stored = torch.load(checkpoint, weights_only=False)
        heads.load_state_dict(stored["heads"])
        optimizer.load_state_dict(stored["optimizer"])
        schedule.load_state_dict(stored["schedule"])
        torch.set_rng_state(stored["random"])
        first = stored["step"]
    forest = batches(trees, [width(heads, tree.words) for tree in trees], given.seed, first)
    crowd = batches(tagged, [width(heads, [word for word, _ in s]) for s in tagged], given.seed, first)
    began = saved = time.monotonic()
    heads.train()
    sums = [0.0, 0.0, 0.0]
    for step in range(first, steps):
        chance = random.Random(f"{given.seed}.{step}")
        optimizer.zero_grad(set_to_none=True)
        with sdpa_kernel(SDPBackend.MATH):  # on a CPU its backward pass is faster than that of fused attention
            tag_loss, parse_loss = heads.tree_loss([with_other_marks(tree, chance) for tree in next(forest)])
            (0.5 * tag_loss + parse_loss).backward()
            entity_loss = heads.entity_loss(next(crowd))
            (3 * entity_loss).backward()
        torch.nn.utils.clip_grad_norm_(groups[0]["params"], 1.0)
        torch.nn.utils.clip_grad_norm_(groups[1]["params"], 5.0)
        optimizer.step()
        schedule.step()
        sums = [a + b.item() for a, b in zip(sums, (tag_loss, parse_loss, entity_loss), strict=True)]
        if (step + 1) % 20 == 0:
            shown = " ".join(
                f"{name} {value / 20:.4f}" for name, value in zip(("tags", "parse", "entities"), sums, strict=True)
            )
            print(
                f"{step + 1}/{steps} {shown} {(time.monotonic() - began) / (step + 1 - first):.2f} s a step", flush=True
            )
            sums = [0.0, 0.0, 0.0]
        late = time.monotonic() - began > given.minutes * 60
        if late or time.monotonic() - saved > 300 or step + 1 == steps:
            state = {
                "heads": heads.state_dict(),
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
            }
            torch.save({**state, "random": torch.get_rng_state(), "step": step + 1}, checkpoint.with_suffix(".new"))
            checkpoint.with_suffix(".new").replace(checkpoint)
            saved = time.monotonic()
        if (step + 1) % 300 == 0 or step + 1 == steps:
            evaluate(heads, given)
        if late:
            return
    heads.save(given.out)
    (given.out / "encoder").mkdir(exist_ok=True)
    encoders.save(encoder, vocabulary, given.out / "encoder" / "news.pt")


def _rate(step: int, steps: int) -> float:
    warm = max(1, round(WARM * steps))
    return (step + 1) / warm if step < warm else max(0.0, (steps - step) / (steps - warm))


def width(heads: Heads, words: list[str]) -> int:
    """The number of WordPieces in a sentence, including start and end markers."""
    return sum(map(len, heads.pieces.of(words))) + 2


def batches(
    data: Sequence[Any], widths: Sequence[int], seed: int, skip: int, slots: int = SLOTS
) -> Iterator[list[Any]]:
    """Endless batches of sentences of similar width that fill ``slots`` WordPieces; ``skip`` omits the first ones."""
    number = 0
    for turn in range(10_000):
        chance = random.Random(f"{seed}.{turn}")
        # A few lists and tables are so long that each would fill a batch.
        order = [i for i in range(len(data)) if widths[i] <= 200]
        chance.shuffle(order)
        batches: list[list[Any]] = []
        for start in range(0, len(order), 3000):
            batch: list[Any] = []
            for i in sorted(order[start : start + 3000], key=lambda i: widths[i]):
                if (len(batch) + 1) * widths[i] > slots:
                    batches.append(batch)
                    batch = []
                batch.append(data[i])
            batches.append(batch)
        chance.shuffle(batches)
        for batch in batches:
            number += 1
            if number > skip:
                yield batch


@torch.no_grad()
def evaluate(heads: Heads, given: argparse.Namespace) -> None:
    """Print the accuracy of tags and heads on the treebank's development part (with gold tokens), and the F1 of entities."""
    heads.eval()
    trees = read_trees(find(given.ud, "en-dev.conllu"))
    right = {"upos": 0, "head": 0, "label": 0}
    total = 0
    for start in range(0, len(trees), 64):
        part: list[Tree] = trees[start : start + 64]
        heads._states = None
        batch = heads.tree_batch(part)
        _, tags = heads.tagger(*batch.tagger)
        parsed = heads.parser.predict(*batch.parser)
        for row, i in enumerate(batch.order):
            tree = part[i]
            upos = heads.tagger.vocab["upos"].unmap(tags[0][row][: len(tree.words)].tolist())
            total += len(tree.words)
            right["upos"] += sum(a == b for a, b in zip(upos, tree.upos, strict=True))
            for (head, label), gold, name in zip(parsed[row], tree.heads, tree.deprels, strict=True):
                right["head"] += int(head) == gold
                right["label"] += int(head) == gold and label == name
    f1 = entity_score(heads, given.ner)
    print(
        "dev " + " ".join(f"{k} {100 * v / total:.2f}" for k, v in right.items()) + f" entities {100 * f1:.2f}",
        flush=True,
    )
    heads.train()


@torch.no_grad()
def entity_score(heads: Heads, ner: Path) -> float:
    """F1 of the entities of the development part, with gold tokens."""
    shell: Any = Trainer.__new__(Trainer)
    shell.model, shell.args, shell.vocab = heads.entities, heads.entities.args, heads.entities.vocab
    sentences = read_entities(find(ner, "en-worldwide.dev.json"))
    gold = bioes(sentences)
    found: list[list[str]] = []
    for start in range(0, len(sentences), 64):
        heads._states = None
        batch = heads.entity_batch(sentences[start : start + 64])
        text, chars, mask, labels, char_order, lengths, char_lengths, *_ = batch.inputs
        answer = shell.predict(
            (text, chars, mask, None, labels, batch.order, char_order, None, lengths, char_lengths, None, None)
        )
        found += answer
    gold_tags = [[tag[0] for _, tag in sentence] for sentence in gold]
    return float(score_by_entity(found, gold_tags, verbose=False)[2])


if __name__ == "__main__":
    main()
