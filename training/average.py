"""Average the weights of several runs of ``training.together`` with a common start.

    python -m training.average --ud DIR --ner DIR --encoder DIR --out DIR RUN RUN [RUN …]

A ``RUN`` is an ``--out`` folder of ``training.together``, or the ``--network`` folder it started from if that also
holds the attribution network. The mean is better than each run and as fast as one (Wortsman et al. 2022, "Model
soups"). Writes the same parts as ``training.together``, and a checkpoint to continue from.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from quotetrack.parse import encoder as encoders
from quotetrack.parse.attribution import save
from quotetrack.parse.attribution.network import Network
from training.attribution import CONFIG
from training.conllu import find, read_entities, read_trees
from training.heads import Heads


def main() -> None:
    """Parse the options, average, save."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("ud", "ner", "encoder", "out"):
        options.add_argument(f"--{name}", type=Path, required=True)
    options.add_argument("runs", nargs="+", type=Path)
    average(options.parse_args())


def average(given: argparse.Namespace) -> None:
    """Write the mean of ``given.runs`` to ``given.out``."""
    logging.getLogger("stanza").setLevel(logging.ERROR)
    stored = [torch.load(run / "checkpoint.pt", weights_only=False) for run in given.runs]
    state = {part: mean([one[part] for one in stored]) for part in ("heads", "network")}
    vocabulary = (given.encoder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    encoder = encoders.Encoder(json.loads((given.encoder / "config.json").read_text(encoding="utf-8")))
    trees = read_trees(find(given.ud, "en-train.conllu"))
    tagged = read_entities(find(given.ner, "en-worldwide.train.json"))
    heads = Heads(encoder, encoders.Pieces(vocabulary), trees, tagged)
    network = Network(CONFIG)
    heads.load_state_dict(state["heads"])
    network.load_state_dict(state["network"])
    heads.save(given.out)
    for part in ("encoder", "attribution"):
        (given.out / part).mkdir(parents=True, exist_ok=True)
    encoders.save(encoder, vocabulary, given.out / "encoder" / "news.pt")
    save(network, given.out / "attribution" / "news.pt")
    torch.save(state, given.out / "checkpoint.pt")


def mean(states: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The mean of each weight over ``states``; values that are not floating-point numbers are taken from the first."""
    return {
        name: sum(state[name].float() for state in states) / len(states) if value.is_floating_point() else value
        for name, value in states[0].items()
    }


if __name__ == "__main__":
    main()
