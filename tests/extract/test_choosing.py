"""The choice among candidates: what weighs, and when nobody is chosen."""

from __future__ import annotations

from quotetrack.extract.antecedents import Question, answer, weights
from quotetrack.extract.someone import Someone
from quotetrack.model import Span

SPAN = Span(40, 42, "he")
VALE, LUND = Someone("Anton Vale", "person"), Someone("Jon Lund", "person")


def question(vale: float, lund: float) -> Question:
    """Two candidates, each with one thing that speaks for him."""
    return Question("pronoun", SPAN, ((VALE, {"near": vale}), (LUND, {"near": lund})), {"nobody": 1.0})


def test_the_likeliest_is_chosen() -> None:
    """With the share that is his, and that of the next."""
    found = answer(question(1.0, 0.0), {"near": 4.0, "nobody": 1.0})
    assert found.someone is VALE
    assert found.probability > 0.9 > 0.1 > found.rival > 0


def test_nobody_is_a_rival_too() -> None:
    """Where nothing speaks for anybody, nobody is the answer."""
    assert answer(question(0.1, 0.0), {"near": 4.0, "nobody": 1.0}).someone is None
    assert answer(Question("nominal", SPAN, (), {"nobody": 1.0}), {}).someone is None


def test_what_was_never_seen_weighs_nothing() -> None:
    """A feature without a weight changes no answer."""
    told = {"near": 4.0, "nobody": 1.0}
    with_more = Question("pronoun", SPAN, ((VALE, {"near": 1.0, "new": 9.0}), (LUND, {"near": 0.0})), {"nobody": 1.0})
    assert answer(with_more, told) == answer(question(1.0, 0.0), told)


def test_weights_are_shipped_for_both_kinds() -> None:
    """Nearness speaks for a pronoun's antecedent, a role for a noun's."""
    assert weights()["pronoun"]["name near"] > 0 < weights()["nominal"]["role"]
