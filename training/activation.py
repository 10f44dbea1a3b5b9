"""Give the attribution network a cheaper function between the products of a block: a hardswish for the GELU, the same answers.

    python -m training.activation --polnear DIR --models DIR --out DIR

A hardswish can take the place of a GELU if the weights before it are scaled: by how much is settled for each unit by what goes into it,
and the product after it is learnt anew by least squares, block by block, so that it makes up for what the blocks before lost as
well. The states are those of the models in ``--models`` on articles of PolNeAR's training part; its annotation says only which words are
looked at as anchors.
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
SLOTS = 3000  # words of a batch
SCALES = [1.0 + 0.125 * step for step in range(17)]  # tried for what goes into a unit
DAMPING = 1e-4  # of the mean of the diagonal, so that moments can be inverted


def main() -> None:
    """Read the options, change, write ``attribution/news.pt`` below ``--out``."""
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
    """A copy with a hardswish in each block, fitted block by block on ``examples`` with states."""
    student = Network({**teacher.config, "function": FUNCTION})
    student.load_state_dict(teacher.state_dict())
    student.eval()
    given = [as_batch(chosen) for chosen in batches(examples, len, SLOTS, "fit")]
    for number, (before, block) in enumerate(zip(_blocks(teacher), _blocks(student), strict=True)):
        second = number >= len(teacher.first)
        parts = [_beside(teacher, student, before, block, batch, second) for batch in given]
        inputs, goal = (torch.cat(part) for part in zip(*parts, strict=True))
        fit(block.wide, block.narrow, inputs, goal, before.function)
    return student


def _blocks(network: Network) -> list[Block]:
    return [*network.first, *network.second]


def _beside(
    teacher: Network, student: Network, before: Block, block: Block, batch: Batch, second: bool
) -> tuple[Tensor, Tensor]:
    """What goes into the first product of the student's ``block``, and what should come out of its second: (words, width) each."""
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
    """Change two products so that with a hardswish between them they say ``goal`` of ``inputs``, as they nearly did with ``function``.

    ``inputs`` and ``goal`` are (places, width). Least squares with a leaning towards the weights as they were.
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
    more = torch.linalg.solve(_firm((units.T @ units).double()), (units.T @ left).double()).float()
    second.weight += more[:-1].T
    second.bias += more[-1]


def _firm(moment: Tensor) -> Tensor:
    """Moments that can be inverted."""
    return moment + torch.eye(len(moment)) * moment.diagonal().mean() * DAMPING


if __name__ == "__main__":
    main()
