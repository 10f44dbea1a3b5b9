"""A hardswish in place of a GELU: what the networks say must stay."""

from __future__ import annotations

import torch
from training.activation import changed
from training.attributed import Example, as_batch

from quotetrack.parse.attribution.network import Network

NETWORK = {
    "layers": 2, "features": 16, "width": 32, "heads": 2, "first": 1, "second": 1, "drop": 0.1,
    "upos": ["NOUN", "VERB"], "deprel": ["root", "obj", "nsubj"],
}  # fmt: skip


def test_an_attribution_network_says_nearly_the_same() -> None:
    """Likelihoods of anchors and scores of labels, both parts."""
    torch.manual_seed(4)
    teacher = Network(NETWORK).eval()
    for block in (*teacher.first, *teacher.second):
        block.wide.weight.data *= 4
    examples = [_example(length) for length in range(5, 45)]
    student = changed(teacher, examples[::2] + examples[1::4])
    swapped = Network({**NETWORK, "function": "hardswish"}).eval()
    swapped.load_state_dict(teacher.state_dict())
    batch = as_batch(examples[3::4])
    answers = []
    with torch.no_grad():
        for network in (teacher, student, swapped):
            state, likely = network.read(network.mixed(batch.states().float()), batch.words)
            answers.append((likely, network.label_words(state, batch.words, batch.rows, batch.places)))
    (likely, labels), (own, own_labels), (other, other_labels) = answers
    real = batch.words["real"]
    assert (own - likely)[real].square().sum() < 0.2 * (other - likely)[real].square().sum()
    inside = real[batch.rows]
    assert (own_labels - labels)[inside].square().sum() < 0.2 * (other_labels - labels)[inside].square().sum()


def _example(length: int) -> Example:
    def some(most: int) -> list[int]:
        return torch.randint(0, most, (length,)).tolist()

    numbers = {"upos": some(3), "deprel": some(4), "mark": some(5), "shape": some(7), "sentence": [0] * length}
    anchors = [(place, [0] * length, (some(5), some(4), some(4))) for place in (0, length // 2)]
    return Example(numbers, [], torch.randn(length, 2, 16), anchors)
