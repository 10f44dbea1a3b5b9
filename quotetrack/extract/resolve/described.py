"""Turn sources without a name in the article into speakers: bodies, documents, seats of government, unnamed people."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from quotetrack.model import Span, Speaker, SpeakerType
from quotetrack.text.names import fold
from quotetrack.text.role_nouns import is_role_noun

BODIES = {
    "agency", "army", "association", "authority", "bank", "board", "body", "bureau", "cabinet", "campaign", "charity",
    "commission", "committee", "company", "corporation", "council", "court", "department", "embassy", "federation", "firm",
    "force", "foundation", "fund", "government", "group", "institute", "institution", "manufacturer", "military", "ministry",
    "navy", "network", "newspaper", "ngo", "office", "operator", "organisation", "organization", "outlet", "parliament",
    "party", "police", "coastguard", "presidency", "regime", "regulator", "retailer", "service", "tribunal", "union", "university",
    "administration", "junta", "watchdog", "airline", "hospital", "prosecution", "chamber", "club", "church", "paper",
}  # fmt: skip

INDEFINITE = {
    "a", "an", "another", "one", "two", "three", "some", "several", "many", "any", "each", "every", "no", "other", "both", "most", "few", "more", "such", "all",
}  # fmt: skip
DOCUMENTS = {
    "analysis", "article", "bill", "blog", "book", "bulletin", "communique", "communiqué", "data", "document", "email",
    "e-mail", "figure", "filing", "finding", "letter", "lawsuit", "memo", "memorandum", "minutes", "notice", "paper",
    "poll", "post", "record", "release", "report", "result", "review", "statement", "statistic", "study", "summary", "survey",
    "text", "transcript", "tweet", "verdict", "website", "ad", "video", "dispatch", "account", "complaint", "ruling",
}  # fmt: skip
_APPOSITION = re.compile(r",\s(?:the|an?|who|which|where|whose)\s")
_RELATIVE_CLAUSE = re.compile(r",\s(?:who|which|where|whose)\s")


@lru_cache(maxsize=1)
def seats() -> frozenset[str]:
    """Return the places whose names stand for a government (``data/seats.txt``), such as a capital."""
    source = files("quotetrack.extract").joinpath("data/seats.txt").read_text(encoding="utf-8")
    return frozenset(n.strip() for line in source.splitlines() if not line.startswith("#") for n in line.split(","))


def _type_of_single_name(text: str, name: str) -> SpeakerType:
    """The type of a single name without an entity: a place if the text uses it like one, otherwise a person."""
    used_as_place = re.search(rf"\b(?:in|to|from|across|between|inside)\s+{re.escape(name)}\b", text)
    has_government = re.search(
        rf"\b{re.escape(name)}['’]s\s+(?:\w+\s+)?(?:president|government|army|parliament|prime|foreign)\b",
        text,
        re.IGNORECASE,
    )
    if name.endswith("s") and not used_as_place:
        return "group"  # "Prosecutors argued": a plural at the start of a sentence, tagged as a name
    return "place" if used_as_place or has_government else "person"


def _contains_name(name: str) -> bool:
    """Whether a phrase for a body contains a name: ``Calder Police``, ``Merland's health ministry``."""
    words = name.split()
    return len(words) > 1 and (
        any(word[:1].isupper() for word in words[1:]) or bool(re.search(r"^[A-Z].*?['’]s?\s", name))
    )


def described(text: str, span: Span, noun: str, lemma: str, determiner: str, upos: str) -> Speaker | None:
    """Return the speaker for a source phrase that resolves to nobody in the article.

    ``noun`` is the head of the phrase in lower case, ``lemma`` its singular, ``determiner`` its first word and ``upos``
    the head's part of speech. ``the ministry`` gives an organisation, ``a report`` a document, ``a resident`` an
    unnamed speaker.
    """
    name = re.sub(r"(?<=\w)['’]s$", "", re.sub(r"\s+", " ", span.text))
    if len(name) > 120:
        name = name[:117].rsplit(" ", 1)[0] + " …"
    if lemma in DOCUMENTS:
        # A name after the noun is its author or its subject.
        name_follows = re.search(rf"(?i:\b{re.escape(noun)}\b).*\s[A-Z]", name) is not None
        return Speaker(name, "unnamed" if name_follows else "document")
    if lemma in BODIES:
        plain = re.sub(r"^(?:the|a|an)\s+", "", _RELATIVE_CLAUSE.split(name)[0], flags=re.IGNORECASE)
        if determiner == "the" or (determiner not in INDEFINITE and _contains_name(name)):
            return Speaker(plain, "organisation")
        return Speaker(name, "unnamed")
    if name in seats():
        return Speaker(re.sub(r"^the\s+", "", name), "place")
    noun_is_name = any(word[:1].isupper() for word in name.split()[1:]) or determiner not in ("the", "this", "that")
    is_person = (is_role_noun(noun) or lemma in ("republican", "democrat")) and determiner in (
        "the",
        "this",
        "that",
    )  # "the former House Speaker" is a person
    is_person = is_person or (
        is_role_noun(noun) and lemma == noun and len(name.split()) > 2
    )  # and so is "Deputy Mayor of Selby"
    if upos == "PROPN" and noun_is_name and not is_person and determiner not in ("a", "an", "some", "many", "several"):
        name = _APPOSITION.split(name)[0]
        return Speaker(
            re.sub(r"^the\s+", "", name, flags=re.IGNORECASE),
            "organisation" if len(fold(name)) > 1 else _type_of_single_name(text, name),
        )
    return Speaker(name, "unnamed")
