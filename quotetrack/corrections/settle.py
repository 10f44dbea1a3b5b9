"""Compute the final speakers and attributions from the results of linking and the corrections.

The result depends only on these two inputs; what cannot have changed is not computed again. The extracted data is never changed:
corrections of quotations are stored in the tables ``rejections`` and ``decided_sources``, and the views
``corrected_quotations`` and ``corrected_sources`` apply them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from quotetrack.corrections import sql as tables
from quotetrack.corrections.references import Reference, find_quotation, find_speaker
from quotetrack.store import Store
from quotetrack.store.write import identifier

_VERSION = "3"  # increase it when the result for the same corrections changes, to force recomputation


@dataclass(slots=True)
class Plan:
    """Combined effect of the corrections in force. ``moved`` maps merged speakers to the speaker they were merged into."""

    moved: dict[str, str] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    aliases: list[tuple[str, str]] = field(default_factory=list)
    roles: list[tuple[str, str, str | None, str | None]] = field(default_factory=list)
    splits: list[tuple[str, str, str]] = field(default_factory=list)  # article, from, to
    decided: dict[str, str] = field(default_factory=dict)  # quotation to speaker
    rejected: dict[str, int] = field(default_factory=dict)
    effects: list[tuple[int, str | None, str | None]] = field(default_factory=list)

    def now(self, speaker: str) -> str:
        """Return the speaker that ``speaker`` has been merged into, or ``speaker`` itself."""
        while speaker in self.moved:
            speaker = self.moved[speaker]
        return speaker


def is_settled(store: Store) -> bool:
    """Whether ``settle`` has run since the last change of linking or corrections."""
    return tables.is_settled(store.connection, _VERSION)


def reflects_links(store: Store) -> bool:
    """Whether ``settle`` has run since the last change of linking, though perhaps not since the last correction."""
    return tables.reflects_links(store.connection, _VERSION)


def settle_corrections(store: Store) -> None:
    """``settle`` after a change of the corrections alone. Requires an open transaction."""
    settle(store, () if reflects_links(store) else None)


def settle(store: Store, relinked: Sequence[str] | None = None) -> None:
    """Write the final speakers, sources, aliases and roles: the linking results with all corrections applied.

    Only speakers that corrections concern, or concerned at the last call, and ``relinked`` speakers are computed again:
    all those whose linking has changed since the last call. Without ``relinked`` all speakers are. Requires an open
    transaction.
    """
    plan = _plan(store)
    tables.write_final(
        store.connection,
        moved=[(old, plan.now(old)) for old in sorted(plan.moved)],
        made=sorted(plan.made.items()),
        names=sorted((k, name) for k, name in plan.names.items() if k not in plan.moved),
        aliases=sorted((plan.now(k), alias) for k, alias in plan.aliases),
        splits=_chained(plan),
        decided=[
            (quotation, identifier("decided", quotation), plan.now(speaker))
            for quotation, speaker in sorted(plan.decided.items())
            if quotation not in plan.rejected
        ],
        rejected=sorted(plan.rejected),
        roles=[(plan.now(k), role, first, last) for k, role, first, last in plan.roles],
        effects=[(number, plan.now(s) if s else None, q) for number, s, q in plan.effects],
        relinked=relinked,
    )
    tables.remember_settled(store.connection, _VERSION)


def _plan(store: Store) -> Plan:
    plan = Plan()
    for number, kind, details in tables.in_force(store.connection):
        _apply(store, plan, number, kind, json.loads(details))
    return plan


def _apply(store: Store, plan: Plan, number: int, kind: str, details: Reference) -> None:
    """Add one correction to the plan, unless its speaker or quotation is not in the database."""
    if kind == "remove":  # applied when it is recorded and undone, before linking
        plan.effects.append((number, None, None))
        return
    quotation = speaker = None
    if "quotation" in details:
        quotation = find_quotation(store, details["quotation"])
        if quotation is None:
            return
    if "speaker" in details:
        speaker = _speaker(store, plan, details)
        if speaker is None:
            return
    if quotation is not None:
        _apply_to_quotation(plan, number, kind, quotation, speaker)
    elif speaker is not None and not _apply_to_speaker(store, plan, kind, speaker, details):
        return
    plan.effects.append((number, details["into"]["id"] if kind == "split" else speaker, quotation))


def _speaker(store: Store, plan: Plan, details: Reference) -> str | None:
    """Return the speaker of a correction after the corrections so far; ``None`` if there is none."""
    # A speaker assigned to a quotation is kept even if no other source refers to it any more.
    named = "quotation" in details
    speaker = find_speaker(store, details["speaker"], by_places=not named, now=plan.now)
    if speaker is None and not named:
        return None
    if speaker is None or details["speaker"].get("made"):
        speaker = str(details["speaker"]["id"])
        plan.made[speaker] = details["speaker"]["name"]
    return plan.now(speaker)


def _apply_to_quotation(plan: Plan, number: int, kind: str, quotation: str, speaker: str | None) -> None:
    if kind == "reject":
        plan.rejected[quotation] = number
    else:  # reassign, confirm: the last correction wins
        plan.rejected.pop(quotation, None)
        if speaker is not None:
            plan.decided[quotation] = speaker


def _apply_to_speaker(store: Store, plan: Plan, kind: str, speaker: str, details: Reference) -> bool:
    """Add a correction of a speaker; returns whether it applies, which for two speakers requires that both exist."""
    if kind in ("merge", "apart"):
        other = find_speaker(store, details["other"], now=plan.now)
        if other is None:
            return False
        if kind == "merge" and (other := plan.now(other)) != speaker:
            plan.moved[other] = speaker
    elif kind == "split":
        plan.made[details["into"]["id"]] = details["into"]["name"]
        plan.splits += [(article, speaker, details["into"]["id"]) for article in details["articles"]]
    elif kind == "rename":
        plan.names[speaker] = details["name"]
    elif kind == "alias":
        plan.aliases.append((speaker, details["name"]))
    elif kind == "role":
        plan.roles.append((speaker, details["role"], details.get("from"), details.get("to")))
    return True


def _chained(plan: Plan) -> list[tuple[str, str, str]]:
    """Combine all splits, in order, to rows of article, linked speaker after merges, and final speaker."""
    whose: dict[tuple[str, str], str] = {}
    for article, old, new in plan.splits:
        old, new = plan.now(old), plan.now(new)
        for key, now in whose.items():
            if key[0] == article and now == old:
                whose[key] = new
        whose[(article, old)] = new
    return sorted((article, old, new) for (article, old), new in whose.items() if old != new)
