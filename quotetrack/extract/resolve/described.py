"""Sources that no name stands for: bodies, documents, seats of government, people kept as the text describes them."""

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
    "administration", "watchdog", "airline", "hospital", "prosecution", "chamber", "club", "church", "paper",
}  # fmt: skip


DOCUMENTS = {
    "analysis", "article", "bill", "blog", "book", "bulletin", "communique", "communiqué", "data", "document", "email",
    "e-mail", "figure", "filing", "finding", "letter", "lawsuit", "memo", "memorandum", "minutes", "notice", "paper",
    "poll", "post", "record", "release", "report", "result", "review", "statement", "statistic", "study", "summary", "survey",
    "text", "transcript", "tweet", "verdict", "website", "ad", "video", "dispatch", "account", "complaint", "ruling",
}  # fmt: skip


@lru_cache(maxsize=1)
def seats() -> frozenset[str]:
    """Places whose name stands for a government (``data/seats.txt``)."""
    source = files("quotetrack.extract").joinpath("data/seats.txt").read_text(encoding="utf-8")
    return frozenset(n.strip() for line in source.splitlines() if not line.startswith("#") for n in line.split(","))


def _kind_of_bare(text: str, name: str) -> SpeakerType:
    """A single untagged name: a place if the article goes into it or comes from it, else a person."""
    went = re.search(rf"\b(?:in|to|from|across|between|inside)\s+{re.escape(name)}\b", text)
    owns = re.search(
        rf"\b{re.escape(name)}['’]s\s+(?:\w+\s+)?(?:president|government|army|parliament|prime|foreign)\b",
        text,
        re.IGNORECASE,
    )
    if name.endswith("s") and not went:
        return "group"  # "Prosecutors argued": a plural at the head of a sentence, taken for a name
    return "place" if went or owns else "person"


def _says_whose(name: str) -> bool:
    """Whether a phrase for a body holds a name: ``Calder Police``, ``Merland's health ministry``."""
    words = name.split()
    return len(words) > 1 and (
        any(word[:1].isupper() for word in words[1:]) or bool(re.search(r"^[A-Z].*?['’]s?\s", name))
    )


def described(text: str, span: Span, noun: str, lemma: str, determiner: str, upos: str) -> Speaker | None:
    """A source the article does not name, kept as it describes it."""
    name = re.sub(r"(?<=\w)['’]s$", "", re.sub(r"\s+", " ", span.text))
    if len(name) > 120:
        name = name[:117].rsplit(" ", 1)[0] + " …"
    if lemma in DOCUMENTS:
        # A name behind the noun is of somebody the document is from or about.
        named_behind = re.search(rf"(?i:\b{re.escape(noun)}\b).*\s[A-Z]", name) is not None
        return Speaker(name, "unnamed" if named_behind else "document")
    if lemma in BODIES:
        plain = re.sub(r"^(?:the|a|an)\s+", "", name, flags=re.IGNORECASE)
        if determiner == "the" or (determiner not in ("a", "an") and _says_whose(name)):
            return Speaker(plain, "organisation")
        return Speaker(name, "unnamed")
    if name in seats():
        return Speaker(re.sub(r"^the\s+", "", name), "place")
    noun_is_name = any(word[:1].isupper() for word in name.split()[1:]) or determiner not in ("the", "this", "that")
    titled = (is_role_noun(noun) or lemma in ("republican", "democrat")) and determiner in (
        "the",
        "this",
        "that",
    )  # "the former House Speaker" is no body
    titled = titled or (
        is_role_noun(noun) and lemma == noun and len(name.split()) > 2
    )  # nor is "Deputy Mayor of Selby"
    if upos == "PROPN" and noun_is_name and not titled and determiner not in ("a", "an", "some", "many", "several"):
        return Speaker(
            re.sub(r"^the\s+", "", name, flags=re.IGNORECASE),
            "organisation" if len(fold(name)) > 1 else _kind_of_bare(text, name),
        )
    return Speaker(name, "unnamed")
