"""The choice among candidates: what weighs, and when nobody is chosen."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from quotetrack.extract.resolve import features, fits, fits_bodies
from quotetrack.extract.resolve.ranker import Choice, Ranker, choose, rankers

# Each candidate has one feature and scores four times it; "none of these" scores 1.
NEAR = {
    "candidate": [[4.0]], "query": [[0.0]], "bias": [0.0], "out": [1.0],
    "none query": [[0.0]], "none candidate": [[0.0]], "none bias": [1.0], "none out": [1.0], "none out bias": 0.0,
}  # fmt: skip


def test_the_likeliest_is_chosen() -> None:
    """With its probability, and that of the next best."""
    found = Ranker([NEAR]).choose([0.0], [[0.0], [1.0]])
    assert found.number == 1
    assert found.probability > 0.9 > 0.1 > found.rival > 0


def test_none_is_a_rival_too() -> None:
    """Where nothing speaks for anybody, nobody is the answer, and the rival is the best of them."""
    found = Ranker([NEAR]).choose([0.0], [[0.1], [0.0]])
    assert found.number is None
    assert 0.5 < found.probability < 0.7 and found.rival < found.probability
    assert Ranker([NEAR]).choose([0.0], []) == Choice(None, 1.0)


def test_probabilities_are_shares() -> None:
    """They sum to 1, alike candidates have alike shares, and networks are averaged."""
    other = {**NEAR, "candidate": [[0.0]]}
    one, two, both = (Ranker(n).probabilities([0.0], [[1.0], [1.0]]) for n in ([NEAR], [other], [NEAR, other]))
    assert sum(one) == pytest.approx(1) and one[0] == pytest.approx(one[1])
    assert both == pytest.approx([(a + b) / 2 for a, b in zip(one, two, strict=True)])


def test_the_shipped_weights_have_the_shape_of_the_features() -> None:
    """A feature that is added or taken out without training again is noticed here, not as wrong names."""
    stored = json.loads(files("quotetrack.extract").joinpath("data", "resolver.json").read_text(encoding="utf-8"))
    assert (tuple(stored["query"]), tuple(stored["candidate"])) == (features.QUERY, features.CANDIDATE)
    query, candidate = len(features.QUERY), len(features.CANDIDATE)
    shapes = {
        "pronoun": (query, candidate),
        "thing": (query, candidate),
        "nominal": (query + len(fits.PHRASE), candidate + len(fits.FIT)),
        "body": (query + len(fits_bodies.PHRASE), candidate + len(fits_bodies.FIT)),
    }
    assert set(rankers()) == set(shapes)
    for kind, (asked, told) in shapes.items():
        assert 0 <= choose(kind, [0.0] * asked, [[0.0] * told]).probability <= 1
