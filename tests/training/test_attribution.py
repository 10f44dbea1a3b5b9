"""The attribution network can be trained again from annotated articles, and what training saves is what is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from quotetrack.parse.attribution import load, save
from quotetrack.parse.attribution.network import CONTENT, SOURCE, Network
from quotetrack.parse.attribution.search import best_labels, chain_loss
from quotetrack.parse.models import choose
from quotetrack.parse.pipeline import Parser
from training.attributed import Example, as_batch, batches, read_examples
from training.attribution import CONFIG, loss, score

GOLD = Path(__file__).resolve().parents[1] / "gold"


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    parser = Parser(choose(), attribution=False)
    return read_examples(GOLD, parser, CONFIG, keep_states=True)


def test_annotation_becomes_labels(examples: list[Example]) -> None:
    """Nearly every annotated quotation has an anchor among its cue's words and labels for content and source."""
    anchors = [anchor for example in examples for anchor in example.anchors]
    assert len(anchors) > 200
    for example in examples:
        for place, labels, _ in example.anchors:
            assert 0 <= place < len(example) == len(labels) == len(example.states)
            assert CONTENT in labels
    assert sum(SOURCE in labels for _, labels, _ in anchors) > 0.7 * len(anchors)


def test_training_learns(examples: list[Example], tmp_path: Path) -> None:
    """A few steps bring the loss down, and the saved network proposes the same as the one in memory."""
    torch.manual_seed(1)
    some = examples[::8]
    network = Network(CONFIG)
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-3)
    first = last = 0.0
    for turn in range(3):
        for number, chosen in enumerate(batches(some, len, 500, str(turn))):
            batch = as_batch(chosen)
            value = loss(network, batch, batch.states())
            optimizer.zero_grad()
            value.backward()
            optimizer.step()
            first, last = (value.item(), last) if turn == number == 0 else (first, value.item())
    assert last < first
    assert score(network, some).startswith("anchors F1")
    save(network, tmp_path / "news.pt")
    loaded = load(tmp_path / "news.pt")
    assert all(
        torch.allclose(value, loaded.state_dict()[name], atol=1e-2) for name, value in network.state_dict().items()
    )


def test_the_best_path_is_the_likeliest() -> None:
    """The search's path loses less than any other, and its probability is what the loss says of it."""
    torch.manual_seed(3)
    scores, lengths = torch.randn(2, 4, 4), [4, 3]
    chain = torch.randn(4, 4), torch.randn(4), torch.randn(4)
    paths, likely = best_labels([row[:length] for row, length in zip(scores, lengths, strict=True)], *chain)
    for row, length in enumerate(lengths):
        every = torch.cartesian_prod(*[torch.arange(4)] * length)
        part = scores[row, :length].expand(len(every), length, 4)
        losses = chain_loss(part, every, torch.full((len(every),), length), *chain)
        assert every[losses.argmin()].tolist() == paths[row]
        assert likely[row] == pytest.approx(float(torch.exp(-losses.min())), rel=1e-4)
        assert float(torch.exp(-losses).sum()) == pytest.approx(1, rel=1e-4)
