"""Read dossiers: speakers with their roles, aliases, corrections and quotations."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from quotetrack.link import timeline as over_time
from quotetrack.read.printing import Decision, Printing, newest_first
from quotetrack.read.printings import decisions, printings
from quotetrack.store import Store


@dataclass(slots=True)
class Dossier:
    """One speaker with roles over time, aliases and printings, newest first.

    ``unsaid`` are the printings not shown by default (asked, declined, hypothetical, believed, bare or of low confidence);
    they are not counted. ``decided`` are corrections of the speaker.
    """

    speaker_id: str
    name: str
    type: str
    wikidata: str | None = None
    roles: list[over_time.HeldRole] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    known_roles: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    decided: list[Decision] = field(default_factory=list)
    printings: list[Printing] = field(default_factory=list)
    unsaid: list[Printing] = field(default_factory=list)

    @property
    def role(self) -> str | None:
        """The role to show next to the name: from a seed file for the day of the last quotation, else from articles."""
        known = over_time.role_then([], self.known_roles, max(self.dates, default=None))
        return known or over_time.role_now(self.roles)

    @property
    def outlets(self) -> list[str]:
        """Names of the outlets, sorted."""
        return sorted({p.outlet_name for p in self.printings})

    @property
    def dates(self) -> list[str]:
        """Publication dates of the printings (ISO 8601), sorted."""
        return sorted(p.published[:10] for p in self.printings if p.published)

    def role_then(self, printing: Printing) -> str | None:
        """The role at the time of a printing, from other articles or a seed file, if its own article gives none."""
        return None if printing.role else over_time.role_then(self.roles, self.known_roles, printing.published)

    def count(self, kind: str) -> int:
        """Number of printings of this kind."""
        return sum(p.kind == kind for p in self.printings)

    def count_stance(self, stance: str) -> int:
        """Number of printings with this stance."""
        return sum(p.stance == stance for p in self.printings)


def dossiers(store: Store, shown: dict[str, Printing] | None = None) -> list[Dossier]:
    """Return the dossiers of all speakers with quotations shown by default, most quoted first.

    ``shown`` are all printings with context, if they have been read already.
    """
    query = store.connection.execute
    found = {
        row[0]: Dossier(*row)
        for row in query("SELECT speaker_id, name, type, wikidata FROM speakers ORDER BY speaker_id").fetchall()
    }
    printed: dict[str, list[over_time.Printed]] = defaultdict(list)
    for speaker_id, *row in query(
        "SELECT speaker_id, role, first_seen, last_seen, mentions FROM roles ORDER BY ALL"
    ).fetchall():
        printed[speaker_id].append((row[0], row[1], row[2], row[3]))
    for speaker_id, name in query("SELECT speaker_id, name FROM aliases ORDER BY mentions DESC, name").fetchall():
        if name != found[speaker_id].name:
            found[speaker_id].aliases.append(name)
    for speaker_id, roles in query(
        "SELECT speaker_id, roles FROM linked_known JOIN known_speakers USING (known_id)"
    ).fetchall():
        if speaker_id in found:
            found[speaker_id].known_roles = [(r["role"], r["start"], r["end"]) for r in roles]
            printed[speaker_id] += [(*role, 0) for role in found[speaker_id].known_roles]
    for speaker_id, rows in printed.items():
        found[speaker_id].roles = over_time.timeline(rows)
    for key, notes in decisions(store, "speaker_id").items():
        if key in found:
            found[key].decided = notes
    for printing in newest_first((printings(store, surroundings=True) if shown is None else shown).values()):
        for speaker_id in printing.speaker_ids:
            (found[speaker_id].printings if printing.shown else found[speaker_id].unsaid).append(printing)
    return sorted((d for d in found.values() if d.printings), key=lambda d: (-len(d.printings), d.name, d.speaker_id))


def unattributed(shown: dict[str, Printing]) -> list[Printing]:
    """Return the printings shown by default that have no speaker, newest first."""
    return newest_first(p for p in shown.values() if p.shown and not p.speaker_ids)
