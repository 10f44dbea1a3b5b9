"""The relation of each word to its head, by Stanza's biaffine scorer (Dozat and Manning 2017)."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from quotetrack.parse.engine.layers import Dense

# Words scored in full at a time. Each takes 7,000 intermediate values, and these should fit in the cache.
FULL_ROWS = 128
# The approximate scores use this many of the 128 singular vectors on either side; the others hardly ever matter.
RANK = 32
APPROXIMATE_ROWS = 512  # words scored approximately at a time
# Words whose two best approximate scores differ by less than this are scored in full, about one in ten. For 16,700 words of
# news, no full score changed a relation that led by more than 1.8.
MARGIN = 2.0


class Relations:
    """Scores all relations between words and their heads, approximately first, and in full where the best two are close."""

    def __init__(self, scorer: Any, precision: torch.dtype) -> None:
        """Take over Stanza's ``PairwiseBiaffineScorer``, which appends a 1 to both of its inputs."""
        weight = scorer.W_bilin.weight.detach()
        self._bias = scorer.W_bilin.bias.detach()
        self._precision = precision
        self._full = Dense(weight.flatten(1).T, None, precision, rows=FULL_ROWS)
        # The higher-order singular value decomposition of the three-way weights (De Lathauwer, De Moor and Vandewalle 2000).
        own = torch.linalg.svd(weight.flatten(1), full_matrices=False)[0][:, :RANK]
        head = torch.linalg.svd(weight.transpose(0, 1).flatten(1), full_matrices=False)[0][:, :RANK]
        core = torch.einsum("ijr,ia,jb->abr", weight, own, head)
        self._own, self._head = own.contiguous(), head.contiguous()
        self._core = Dense(core.flatten(1).T, None, precision, rows=APPROXIMATE_ROWS)

    def __call__(self, words: Tensor, heads: Tensor) -> list[int]:
        """The best relation of each word; ``words`` and ``heads`` are (words, features) in 32 bits."""
        own, above = (torch.addmm(way[-1:], part, way[:-1]) for part, way in ((words, self._own), (heads, self._head)))
        scores = self._scores(self._core, APPROXIMATE_ROWS, own, above)
        two, relations = scores.topk(2, 1)
        best = relations[:, 0].contiguous()
        close = torch.nonzero(two[:, 0] - two[:, 1] < MARGIN).squeeze(1)
        if len(close):
            own, above = (functional.pad(part.index_select(0, close), (0, 1), value=1.0) for part in (words, heads))
            best[close] = self._scores(self._full, FULL_ROWS, own, above).argmax(1)
        return best.tolist()  # type: ignore[no-any-return]  # torch is untyped here

    def _scores(self, weights: Dense, rows: int, words: Tensor, heads: Tensor) -> Tensor:
        """The scores (words, relations), computed for ``rows`` words at a time."""
        padding = (0, 0, 0, -len(words) % rows)
        own, above = (functional.pad(part, padding).to(self._precision).split(rows) for part in (words, heads))
        found = [
            torch.bmm(head[:, None], weights(word).unflatten(1, (head.shape[1], -1))).squeeze(1)
            for word, head in zip(own, above, strict=True)
        ]
        return torch.cat(found)[: len(words)] + self._bias
