"""Read what is to be checked: quotations, the names they are given to, and plain sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from quotetrack.check.classes import word_class
from quotetrack.check.wordings import ELLIPSIS
from quotetrack.text.inflection import IRREGULAR_VERBS, finite_forms
from quotetrack.text.paragraphs import paragraphs
from quotetrack.text.passages import keys_of
from quotetrack.text.quoted import BLANK, Quoted, blanked, quoted_stretches
from quotetrack.text.sentences import sentences
from quotetrack.text.words import plain

_MIN_WORDS_OUTSIDE = 5  # for a sentence without quotation marks; shorter ones are headings or fragments
_LABEL_WORDS = 6
_NAME_PART = r"(?:[A-ZÀ-Þ][\w’'.-]*|[A-Z]\.)"
_NAME = re.compile(
    rf"{_NAME_PART}(?:\s+(?:(?:of|for|the|de|van|von|der|al|bin|ibn|el|du|la|da)\s+){{0,2}}{_NAME_PART})*"
)
_LABEL = re.compile(rf"^\s*((?:the\s+)?{_NAME.pattern}(?:,\s[\w\s]+)?)\s*:\s+(?=\S)")
_ARTICLE = r"(?:[Tt]he|[Aa]n?|(?:[A-ZÀ-Þ][\w.-]*\s){0,3}[A-ZÀ-Þ][\w.-]*[’'](?:s\b)?)"  # or a possessive: `Kvist’s`
_DESCRIBED = re.compile(rf"({_ARTICLE}(?:\s[\w’'-]+){{1,8}}?)\s(\w+)\s+that\s+(?=\S)")
# A description directly before the verb: `the harbour master`, `the mayor of Halden`, `Kvist’s lawyer`.
_SUBJECT = re.compile(
    rf"(?<!\w)({_ARTICLE}(?:\s[a-z][\w’'-]*){{1,6}}(?:\s(?:of|for|in)(?:\sthe)?(?:\s[A-Z][\w’'-]*){{1,5}})?)$"
)
_LOWER = r"(?:(?!(?:on|at|in|after|before|during|when|while|as|who|to|for|from|by|with|and|that|of)\b)[a-z][\w’'-]*)"
# Behind the verb: `said the mayor of Halden`, and with a name behind the description: `said Halden mayor Ada Kvist`.
_SUBJECT_BEHIND = re.compile(
    rf"\s({_ARTICLE}(?:\s{_LOWER}){{1,5}}(?:\s(?:of|for|in)(?:\sthe)?(?:\s[A-Z][\w’'-]*){{1,5}})?)"
)
_NAME_BEHIND = re.compile(rf"\s(?:{_NAME.pattern}\s)?(?:{_LOWER}\s){{1,4}}({_NAME.pattern})")
_RELATIVE = re.compile(r",?\s\b(?:who|which|that)\b")
_ADVERB = re.compile(r"\s(?:\w+ly|also|then|now|still|just|later|earlier|again|once|twice|too)$")
_NICKNAME_WORDS = 3
_DASHED = re.compile(r"^[\s\W]*[—–-]{1,2}\s*(?=[A-Z])")
_ACCORDING = re.compile(r"\baccording to\b", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text to check.

    ``said_by`` is the name that the words around it give it to; ``quoted`` is whether it stands in quotation marks.
    """

    text: str
    said_by: str | None
    quoted: bool


def read(text: str) -> list[Part]:
    """Return the quotations of ``text`` with the names they are given to, and the sentences without quotations.

    A text in quotation marks or without any, of one sentence, is one part.

    >>> read("“We will rebuild,” said Mayor Kvist.")
    [Part(text='We will rebuild,', said_by='Mayor Kvist', quoted=True)]
    """
    where = paragraphs(text)
    quoted = quoted_stretches(text, where)
    nicknames = [stretch for stretch in quoted if _is_nickname(text, stretch)]
    quoted = [stretch for stretch in quoted if stretch not in nicknames]
    plain = blanked(text, quoted)
    for stretch in nicknames:
        plain = f"{plain[: stretch.start]} {text[stretch.inner_start : stretch.inner_end]} {plain[stretch.end :]}"
    found: list[tuple[int, Part]] = []
    for stretch in quoted:
        inner = text[stretch.inner_start : stretch.inner_end].strip()
        name = _given_to(plain, stretch)
        found.append((stretch.start, Part(inner, name.rstrip(".") if name else None, True)))
    for first, last in where:
        for start, end in sentences(plain[first:last]):
            sentence = plain[first + start : first + end]
            if BLANK not in sentence and (not quoted or len(keys_of(sentence)) >= _MIN_WORDS_OUTSIDE):
                found.append((first + start, Part(sentence.strip(), None, False)))
    return [part for _, part in sorted(found, key=lambda one: one[0])]


def _is_nickname(text: str, stretch: Quoted) -> bool:
    """Whether the marks enclose a nickname within a name: ``Olaf “Shorty” Brandvold``."""
    inner = text[stretch.inner_start : stretch.inner_end]
    named = re.search(rf"(?:^|\s){_NAME_PART}\s$", text[: stretch.start]) and re.match(
        r"\s[A-ZÀ-Þ]", text[stretch.end :]
    )
    words = inner.split()
    capitals = all(word[:1].isupper() for word in words)
    return bool(named) and 0 < len(words) <= _NICKNAME_WORDS and capitals and inner[-1] not in ".,!?"


def mostly_unmarked(text: str, parts: list[Part]) -> bool:
    """Whether the quotation marks in ``text`` enclose less than half of its words.

    >>> text = "The ‘Marisol’ was never fit to leave the harbour"
    >>> mostly_unmarked(text, read(text))
    True
    """
    return 2 * sum(len(keys_of(part.text)) for part in parts if part.quoted) < len(keys_of(text))


def without_quotations(text: str) -> str:
    """Return ``text`` with everything in quotation marks blanked; offsets stay."""
    return blanked(text, quoted_stretches(text, paragraphs(text)))


def unmarked(text: str) -> Part | None:
    """Take the attribution off a text without quotation marks: ``Kvist: We will rebuild``, ``Kvist said we will rebuild``.

    Returns ``None`` if there is none.
    """
    if label := _LABEL.match(text):
        if len(label[1].split()) <= _LABEL_WORDS:
            return Part(text[label.end() :].strip(), label[1], True)
    if described := _DESCRIBED.match(text):
        if described[2].lower() in _cues():
            return Part(text[described.end() :], described[1], False)
    name = _NAME.match(text)
    if name is None:
        return None
    rest = text[name.end() :].lstrip()
    cue = _TOKEN.match(rest)
    if cue is None or cue[0].lower() not in _cues():
        return None
    function = word_class("function", "condition")
    if plain(name[0]) in function or plain(name[0].split()[0]) in function - {"the"}:
        return None  # `I told you`, `If Kvist says` are part of what is said
    content = re.sub(r"^(?:\w+\s+)?that\s+|^[,:]\s*", "", rest[cue.end() :].lstrip())
    return Part(content, name[0], False) if keys_of(content) else None


def pieces(text: str) -> list[str]:
    """Return the parts of a wording between ellipses and line ends that have words."""
    return [part for line in text.splitlines() for part in ELLIPSIS.split(line) if keys_of(part)]


def _given_to(plain: str, stretch: Quoted) -> str | None:
    """The name that the words around a quotation give it to."""
    after = re.sub(" {2,}", " ", plain[stretch.end :].split(BLANK)[0].split("\n")[0])
    before = re.sub(" {2,}", " ", plain[: stretch.start].split(BLANK)[-1].split("\n")[-1])
    if _DASHED.match(after) and (name := _NAME.match(_DASHED.sub("", after))):
        return name[0]
    lead = re.split(r"(?<!\b[A-Z])[.!?]\s+(?=[A-Z])", before)[-1].rstrip()
    # A colon, or a comma behind a reporting verb, announces the quotation; what follows it is another sentence.
    announced = lead.endswith(":") or (lead.endswith(",") and _has_verb(lead[:-1].rpartition(" ")[2]))
    if announced and (found := _announced(lead)):
        return found
    sentence = re.split(r"(?<!\b[A-Z])[.!?]\s", after, maxsplit=1)[0]
    if not re.match(r"^\W*$", sentence) and (found := _by_cue(sentence, inverted=True)):
        return found
    return _announced(lead)


def _announced(lead: str) -> str | None:
    """The name in the words before a quotation: ``The mayor of Halden:``, ``Ada Kvist (51):``, ``Ada Kvist said``."""
    label = lead.removesuffix(":").rstrip()
    if lead.endswith(":") and not _has_verb(label) and (described := _described(label)):
        return described
    if labelled := re.search(rf"({_NAME.pattern})(?:,[^,:]*)?\s*(?:\([^)]*\))?\s*:$", lead):
        return labelled[1]
    return _by_cue(lead, inverted=False)


def _by_cue(text: str, inverted: bool) -> str | None:
    """The name beside the reporting verb: behind it after a quotation (``said Kvist``), else before it (``Kvist said``)."""
    if (according := _ACCORDING.search(text)) and (names := _names(text, according.end())):
        return names[0]
    cues = [word for word in _TOKEN.finditer(text) if word[0].lower() in _cues() and word[0][0].islower()]
    # `The man who claimed to be a welder said`: the verb of the relative clause is not the one that reports.
    cue = next((word for word in cues if not _RELATIVE.search(text[: word.start()].rstrip()[-6:])), None)
    if cue is None:
        return None
    subject = _RELATIVE.split(text[: cue.start()].rstrip())[0]
    if described := _described(subject):
        return described
    if names := _names(subject):
        return _with_office(text, names)
    if inverted and not re.search(r"\w", text[: cue.start()]):
        described_behind = _SUBJECT_BEHIND.match(text, cue.end())
        if described_behind and not re.match(rf",?\s(?:{_LOWER}\s)*{_NAME.pattern}", text[described_behind.end() :]):
            return described_behind[1]
        if named := _NAME_BEHIND.match(text, cue.end()):
            return named[1]
        if names := _names(text, cue.end()):
            return names[0]
    return None


def _described(text: str) -> str | None:
    """The description at the end of ``text``, without an adverb before the verb: `the mayor later`."""
    found = _SUBJECT.search(_ADVERB.sub("", text))
    return found[1] if found else None


def _has_verb(text: str) -> bool:
    """Whether a finite verb that reports speech is among the words; `report` may be a noun."""
    return any(word in _cues() and (word.endswith(("ed", "s")) or word in IRREGULAR_VERBS) for word in text.split())


def _names(text: str, start: int = 0) -> list[str]:
    """Capitalised names from ``start`` on, without the words that begin a sentence: ``Yesterday``, ``The``, ``He``."""
    found = []
    for match in _NAME.finditer(text, start):
        words = match[0].split()
        while words and plain(words[0]) in word_class("function", "date"):
            words = words[1:]
        if words:
            found.append(" ".join(words).rstrip(","))
    return found


def _with_office(text: str, names: list[str]) -> str | None:
    """Of ``Brennholm mayor Ada Kvist`` the last name; of ``Ada Kvist, mayor of Brennholm,`` the first."""
    first = text.index(names[0]) + len(names[0])
    return names[0] if text[first:].lstrip().startswith(",") else names[-1]


@cache
def _cues() -> frozenset[str]:
    """Forms of the verbs that report speech."""
    found: set[str] = set()
    for line in files("quotetrack").joinpath("extract", "data", "cues.tsv").read_text("utf-8").splitlines():
        classes, _, lemmas = line.partition("\t")
        if not line.startswith("#") and {"s", "q"} & set(classes):
            found.update(*map(finite_forms, lemmas.split()))
    return frozenset(found) - finite_forms("go")  # only `go on`
