"""Which body ``the bank``, ``the appeals court`` or ``the small watchdog group`` repeats; or none.

Chosen as persons are (``antecedents.py``), by nearness and by what the body may be called (``kinds.py``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from quotetrack.extract.facts import plain
from quotetrack.extract.institutions import Body, Institutions
from quotetrack.extract.kinds import PLACES
from quotetrack.extract.pronouns import Discourse
from quotetrack.extract.salience import compared
from quotetrack.extract.someone import Someone
from quotetrack.model import Span

SURE = 0.45  # least probability of a name
# Bodies that are spoken of without a name: one named nearby is another.
_NO_NAME = {
    "government", "army", "police", "military", "cabinet", "parliament", "regime", "navy", "prosecution", "tribunal", "presidency",
    "coastguard", "legislature", "church", "force", "office", "board",
}  # fmt: skip


@dataclass(slots=True)
class Called:
    """The bodies of one article as what nouns call them."""

    discourse: Discourse
    bodies: Institutions

    def body(self, span: Span, lemma: str) -> Someone | None:
        """The body that the phrase repeats, if it is likely enough to be that one."""
        tail = re.sub(r"['’]s$", "", " ".join(span.text.split()[1:]))
        whole = re.split(r"\s(?:which|that|who|of|for|in|from|at|with|today)\b|,", tail)
        words = whole[0].split()
        if len(words) > 6 or "and" in words:
            return None
        candidates: list[tuple[Someone, dict[str, float]]] = []
        last = self.discourse.last[-1][1] if self.discourse.last else None
        for body in self.bodies.all:
            own = self.bodies.features(body, span.start, last)
            if own is not None:
                candidates.append((body.someone, {**own, **self._fits(body, lemma, words[:-1], span)}))
        if lemma in _NO_NAME:
            candidates = [(one, own) for one, own in candidates if own["called so"] or own["noun in name"]]
        fitting = [one for _, one in candidates if one["called so"] or one["noun in name"]]
        possible = [
            one for _, one in candidates if not one["called otherwise"] and not one["place"] and one["near"] > 0.7
        ]
        for _, one in candidates:
            fits = bool(one["called so"] or one["noun in name"])
            one["only one called so"] = float(fits and len(fitting) == 1)
            one["only one near that may be"] = float(len(possible) == 1 and possible[0] is one)
            one["nearest called so"] = float(fits and one["near"] == max(other["near"] for other in fitting))
        compared(candidates)
        found = self.discourse.choose(
            "body", span, candidates, self._nobody(span, lemma, words, len(whole) > 1, fitting)
        )
        return found.someone if found.probability >= SURE else None

    def _fits(self, body: Body, lemma: str, modifiers: list[str], span: Span) -> Mapping[str, float]:
        name = {plain(word) for one in body.names for word in one.name.split()}
        told = {plain(word) for word in modifiers}
        capitals = {plain(word) for word in modifiers if word[:1].isupper()}
        called = lemma in body.called
        return {
            "noun in name": float(lemma in name),
            "called so": float(called),
            "called so, near": float(called) * max(0.0, 1 - (span.start - body.before(span.start)[-1].end) / 500),
            "called otherwise": float(bool(body.called) and not called and lemma not in name),
            "called nothing": float(not body.called and lemma not in name),
            "modifiers in name": len(told & name) / max(1, len(told)),
            "capitals in name": float(bool(capitals & name)),
            "capitals of others": float(bool(capitals - name)),
            "place, and a place's noun": float(body.is_place and lemma in PLACES),
            "place, and no place's noun": float(body.is_place and lemma not in PLACES),
            "owner spoke last": float(bool(body.owner) and self._owner_spoke(body.owner)),
            "owned": float(bool(body.owner)),
        }

    def _owner_spoke(self, owner: str) -> bool:
        last = self.discourse.last[-1][1] if self.discourse.last else None
        return last is not None and last.name.split()[-1] == owner

    def _nobody(
        self, span: Span, lemma: str, words: list[str], tail: bool, fitting: list[dict[str, float]]
    ) -> Mapping[str, float]:
        text = self.discourse.reading.text
        new = re.compile(rf"\b(?:an?|another|one|some)\s(?:[\w'’.-]+\s){{0,4}}{re.escape(lemma)}\b", re.I)
        return {
            "nobody": 1.0,
            "nobody: came without a name": float(bool(new.search(text, max(0, span.start - 1500), span.start))),
            "nobody: spoken of without a name": float(lemma in _NO_NAME),
            "nobody: modifiers": float(len(words) > 1),
            "nobody: capital": float(any(word[:1].isupper() for word in words[:-1])),
            "nobody: tail": float(tail),
            "nobody: this": float(span.text[:5].lower() == "this "),
            "nobody: some are called so": float(bool(fitting)),
            "nobody: place": float(lemma in PLACES),
        }
