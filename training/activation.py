"""Replace the GELU in the blocks of the attribution network by a cheaper hardswish, with nearly the same outputs.

    python -m training.activation --polnear DIR --models DIR --out DIR

A hardswish approximates a GELU if the weights before it are scaled. The scale of each unit is chosen from the
distribution of its inputs, and the product after it is refitted by least squares, block by block, so that it also
compensates for the errors of earlier blocks. The encoder states are those of the models in ``--models`` for articles
of PolNeAR's training part; its annotation only selects the words that are read as anchors.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from quotetrack.parse.attribution import load, save
from quotetrack.parse.attribution.network import Block, Network
from quotetrack.parse.models import ModelChoice
from quotetrack.parse.pipeline import Parser
from training.attributed import Batch, Example, as_batch, batches, read_examples

FUNCTION = "hardswish"
ARTICLES = 150
SLOTS = 3000  # words per batch
SCALES = [1.0 + 0.125 * step for step in range(17)]  # candidate scales for the inputs of a unit
DAMPING = 1e-4  # added to the diagonal of second moments, as a share of its mean


def main() -> None:
    """Parse the options, convert the network, and write ``attribution/news.pt`` below ``--out``."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("polnear", "models", "out"):
        options.add_argument(f"--{name}", type=Path, required=True)
    given = options.parse_args()
    teacher = load(given.models / "en" / "attribution" / "news.pt")
    parser = Parser(ModelChoice(given.models, "default", embedded=False), attribution=False)
    examples = read_examples(given.polnear / "train", parser, teacher.config, keep_states=True, most=ARTICLES)
    (given.out / "attribution").mkdir(parents=True, exist_ok=True)
    save(changed(teacher, examples), given.out / "attribution" / "news.pt")


@torch.no_grad()
def changed(teacher: Network, examples: Sequence[Example]) -> Network:
    """A copy of ``teacher`` with a hardswish in each block, fitted block by block on ``examples`` with encoder states."""
    student = Network({**teacher.config, "function": FUNCTION})
    student.load_state_dict(teacher.state_dict())
    student.eval()
    given = [as_batch(chosen) for chosen in batches(examples, len, SLOTS, "fit")]
    for number, (before, block) in enumerate(zip(_blocks(teacher), _blocks(student), strict=True)):
        second = number >= len(teacher.first)
        parts = [_inputs_and_goal(teacher, student, before, block, batch, second) for batch in given]
        inputs, goal = (torch.cat(part) for part in zip(*parts, strict=True))
        fit(block.wide, block.narrow, inputs, goal, before.function)
    return student


def _blocks(network: Network) -> list[Block]:
    return [*network.first, *network.second]


def _inputs_and_goal(
    teacher: Network, student: Network, before: Block, block: Block, batch: Batch, second: bool
) -> tuple[Tensor, Tensor]:
    """The inputs of the first product of the student's ``block``, and the target outputs of its second, each (words, width)."""
    seen: dict[str, Tensor] = {}

    def keep(_: nn.Module, given: tuple[Tensor, ...], answer: Tensor) -> None:
        seen["state"], seen["input"] = given[0], answer

    def keep_goal(_: nn.Module, __: tuple[Tensor, ...], answer: Tensor) -> None:
        seen["goal"] = answer

    hooks = [block.between.register_forward_hook(keep), before.register_forward_hook(keep_goal)]
    for network in (teacher, student):
        state, _ = network.read(network.mixed(batch.states().float()), batch.words)
        network.label_words(state, batch.words, batch.rows, batch.places)
    for hook in hooks:
        hook.remove()
    real = batch.words["real"][batch.rows] if second else batch.words["real"]
    return seen["input"][real], (seen["goal"] - seen["state"])[real]


def fit(
    first: nn.Linear, second: nn.Linear, inputs: Tensor, goal: Tensor, function: Callable[[Tensor], Tensor]
) -> None:
    """Change two linear layers so that, with a hardswish between them, they map ``inputs`` to ``goal``.

    ``inputs`` and ``goal`` are (words, width); ``function`` is the activation that the layers were trained with. Uses
    ridge regression towards the previous weights.
    """
    units = first(inputs)
    said = function(units)
    missed = torch.stack([(functional.hardswish(units * c) / c - said).square().sum(0) for c in SCALES])
    scale = torch.tensor(SCALES)[missed.argmin(0)]
    first.weight *= scale[:, None]
    first.bias *= scale
    second.weight /= scale
    units = functional.hardswish(first(inputs))
    left = goal - second(units)
    units = torch.cat([units, units.new_ones(len(units), 1)], 1)
    more = torch.linalg.solve(_regularised((units.T @ units).double()), (units.T @ left).double()).float()
    second.weight += more[:-1].T
    second.bias += more[-1]


def _regularised(moment: Tensor) -> Tensor:
    """A matrix of second moments with a larger diagonal, so that it can be inverted."""
    return moment + torch.eye(len(moment)) * moment.diagonal().mean() * DAMPING


if __name__ == "__main__":
    main()
