"""The responses of the JSON API, as its OpenAPI description shows them. docs/commands.md explains the fields."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel


class Problem(BaseModel):
    """An error (RFC 9457): ``detail`` says in one sentence what is wrong and what to do."""

    title: str
    status: int
    detail: str


class Range(BaseModel):
    """A range of an article's text, in Unicode characters."""

    start: int
    end: int
    text: str


class Named(BaseModel):
    """A speaker of a quotation."""

    speaker_id: str
    name: str


class Quotation(BaseModel):
    """One quotation in one article. A ``stance`` other than ``stated`` means that it was not said as it stands."""

    quotation_id: str
    article_id: str
    text: str
    stance: str
    kind: str
    speakers: list[Named]
    joint: bool
    role: str | None
    on_behalf_of: str | None
    source: str | None
    cue: str | None
    method: str
    content: list[Range]
    verbatim: list[Range]
    start: int
    end: int
    sha256: str
    confidence: float
    speaker_confidence: float
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None
    passage_link: str | None
    claims: list[dict[str, Any]]


class Value(BaseModel):
    """A value of a facet with the number of quotations that have it."""

    value: str
    label: str
    quotations: int


class SearchResult(BaseModel):
    """The matches of a search: their number, one page of them, and facets over all of them."""

    total: int
    words: str | None
    left_out: list[str]
    facets: dict[str, list[Value]]
    quotations: list[Quotation]


class Speaker(BaseModel):
    """A person or body with the numbers of quotations and outlets, and the dates of the first and last quotation."""

    speaker_id: str
    name: str
    type: str
    role: str | None
    quotations: int
    outlets: int
    first: str | None
    last: str | None
    wikidata: str | None


class Role(BaseModel):
    """A role with the time in which articles give it."""

    role: str
    when: str
    mentions: int


class SpeakerWithRoles(Speaker):
    """A speaker with all roles."""

    roles: list[Role]


class Dossier(SpeakerWithRoles):
    """What a speaker said, newest first; ``not_said`` was asked, declined, believed or imagined, or is too uncertain."""

    aliases: list[str]
    said: list[Quotation]
    not_said: list[Quotation]


class Claim(BaseModel):
    """One utterance, whoever printed it."""

    claim_id: str
    text: str
    kind: str
    stance: str
    first_printed: str | None
    last_printed: str | None
    outlets: int
    variants: int
    printings: int
    two_speakers: bool
    turned: bool


class ClaimWithPrintings(BaseModel):
    """A claim with its printings, earliest first; ``reports`` are independent of each other."""

    claim_id: str
    first: str | None
    last: str | None
    outlets: int
    articles: int
    reports: int
    quotations: list[Quotation]


class Article(BaseModel):
    """An article with the number of its quotations that match."""

    article_id: str
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None
    quotations: int


class ArticleWithText(BaseModel):
    """An article with its text, to which all ranges refer, and its quotations in order."""

    article_id: str
    outlet: str | None
    title: str | None
    url: str | None
    author: str | None
    published: str | None
    modified: str | None
    language: str
    sha256: str
    text: str
    quotations: list[Quotation]


class Place(BaseModel):
    """Where words are printed."""

    article_id: str
    start: int
    end: int
    text: str
    outlet: str | None
    title: str | None
    published: str | None
    link: str | None


class Match(BaseModel):
    """A printing of the words, or of similar ones."""

    words: str
    speaker: str
    warnings: list[str]
    excerpt: bool
    changes: list[dict[str, Any]]
    place: Place
    printing: dict[str, Any] | None
    reports: int


class Answer(BaseModel):
    """The verdicts on a quotation (docs/check.md). ``right`` is true only if words and speaker were compared and agree; ``earlier``
    are versions of articles that have the words although the current ones do not."""

    asked: str
    said_by: str | None
    words: str
    speaker: str
    right: bool
    warnings: list[str]
    matches: list[Match]
    nearest: list[Match]
    passages: list[Answer]
    earlier: list[dict[str, Any]]


class DraftText(BaseModel):
    """A draft to check."""

    text: str


class DraftResult(BaseModel):
    """The quotations of a draft with their outcomes; ``notes`` say what was not checked."""

    summary: str
    counts: dict[str, int]
    notes: list[str]
    quotations: list[dict[str, Any]]
