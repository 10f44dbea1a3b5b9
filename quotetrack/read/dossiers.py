"""Read dossiers: speakers with their roles, aliases, corrections and quotations."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from quotetrack.link import timeline as over_time
from quotetrack.read.printing import Decision, Printing, newest_first
from quotetrack.read.printings import decisions, printings
from quotetrack.read.rows import Row, rows
from quotetrack.read.speakers import known_roles, timelines
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

    ``shown`` are all printings with context, if they have been read already. ``dossiers_of`` reads some speakers only.
    """
    found = _speakers(store, None)
    _add_printings(found, printings(store, surroundings=True) if shown is None else shown)
    return sorted((d for d in found.values() if d.printings), key=lambda d: (-len(d.printings), d.name, d.speaker_id))


def dossiers_of(store: Store, speakers: Collection[str]) -> dict[str, Dossier]:
    """Return the dossiers of these speakers by identifier, with context."""
    found = _speakers(store, speakers)
    quotations = store.connection.execute(
        "SELECT DISTINCT quotation_id FROM corrected_quotations JOIN source_speakers USING (source_id) "
        "WHERE speaker_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY ALL",
        [sorted(speakers)],
    ).fetchall()
    _add_printings(found, printings(store, [row[0] for row in quotations], surroundings=True))
    return found


def _speakers(store: Store, speakers: Collection[str] | None) -> dict[str, Dossier]:
    """Return dossiers without printings, of these speakers or all."""
    wanted = sorted(speakers) if speakers is not None else None

    def read(columns: str, table: str) -> list[Row]:
        return rows(store.connection, columns, table, "speaker_id", wanted)

    found = {row[0]: Dossier(*row) for row in sorted(read("speaker_id, name, type, wikidata", "speakers"), key=str)}
    for speaker_id, name, _ in sorted(read("speaker_id, name, mentions", "aliases"), key=lambda r: (-r[2], r[1], r[0])):
        if name != found[speaker_id].name:
            found[speaker_id].aliases.append(name)
    known = {key: roles for key, roles in known_roles(store, wanted).items() if key in found}
    for key, roles in known.items():
        found[key].known_roles = roles
    for key, held in timelines(store, wanted, known).items():
        found[key].roles = held
    for key, notes in store.once(_decisions).items():
        if key in found:
            found[key].decided = notes
    return found


def _decisions(store: Store) -> dict[str, list[Decision]]:
    return decisions(store, "speaker_id")


def _add_printings(found: dict[str, Dossier], shown: dict[str, Printing]) -> None:
    for printing in newest_first(shown.values()):
        for speaker_id in printing.speaker_ids:
            if speaker_id in found:  # not the others of a joint statement
                dossier = found[speaker_id]
                (dossier.printings if printing.shown else dossier.unsaid).append(printing)
