"""Records for persons and bodies of one article and for their mentions."""

from __future__ import annotations

from dataclasses import dataclass, field

from quotetrack.model import Entity, SpeakerType


@dataclass(slots=True)
class Mention:
    """One occurrence of a name; ``name`` is the text without title, honorific and possessive."""

    start: int
    end: int
    name: str
    entity: Entity


@dataclass(slots=True)
class Someone:
    """A person or body in one article.

    ``gender`` is ``m``, ``f`` or empty if unknown; ``guessed`` means that it rests on the first name alone. A joint
    speaker has ``members`` and no mentions.
    """

    name: str
    type: SpeakerType
    gender: str = ""
    mentions: list[Mention] = field(default_factory=list)
    abbreviation: str = ""
    members: tuple[Someone, ...] = ()
    guessed: bool = False

    @property
    def first(self) -> int:
        """The offset of the first mention."""
        return self.mentions[0].start
