"""The nouns of who is named in an article: a mention of a name, and whom all its mentions stand for."""

from __future__ import annotations

from dataclasses import dataclass, field

from quotetrack.model import Entity, SpeakerType


@dataclass(slots=True)
class Mention:
    """One place where an entity is named; ``name`` is the text without title, honorific and possessive."""

    start: int
    end: int
    name: str
    entity: Entity


@dataclass(slots=True)
class Someone:
    """A person or body of one article. ``gender`` is ``m``, ``f`` or empty where nothing tells; ``guessed`` says that the first name alone tells.
    Two who are spoken of as one have ``members`` and no mentions.
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
        return self.mentions[0].start
