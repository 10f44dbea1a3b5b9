"""Article metadata and its normalisation."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace

from quotetrack.errors import InputError
from quotetrack.inputs.dates import iso_date
from quotetrack.inputs.languages import language_of
from quotetrack.inputs.limits import LARGEST_TEXT
from quotetrack.inputs.outlets import host_of, listed_name
from quotetrack.model import Article, Provenance
from quotetrack.text.repair import repaired

__all__ = ["Metadata", "article", "iso_date"]

# Lone surrogates come from broken JSON escapes and cannot be encoded as UTF-8.
_SURROGATE = re.compile("[\ud800-\udfff]")
_LANGUAGE_NAMES = {"english": "en", "eng": "en"}


@dataclass(frozen=True, slots=True)
class Metadata:
    """Metadata of an article; unknown fields are ``None``."""

    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    modified: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """Return a copy with missing fields filled from ``other``."""
        missing = {f.name: getattr(other, f.name) for f in fields(self) if getattr(self, f.name) is None}
        return replace(self, **missing)


def article(text: str, found: Metadata, given: Metadata, location: str) -> Article:
    """Create an article from ``text`` and normalised metadata; ``given`` takes precedence over ``found``.

    The language is detected if none is declared, and corrected if the one in ``found`` is plainly wrong; one in ``given``
    is final. Raises ``InputError`` if the text is longer than ``LARGEST_TEXT`` characters.
    """
    if len(text) > LARGEST_TEXT:
        raise InputError(f"The text has more than {LARGEST_TEXT:,} characters, the limit for one article.")
    given, found = _clean(given), _clean(found)
    known = given.over(found)
    text = repaired(_SURROGATE.sub("\ufffd", text))
    language, origin = _language(text, given.language, found.language)
    return Article(
        text=text,
        outlet=given.outlet or _outlet(found.outlet or host_of(known.url)),
        url=known.url,
        title=known.title,
        author=known.author,
        published=known.published,
        language=language,
        location=location,
        provenance=Provenance(language=origin),
        modified=known.modified,
    )


def _outlet(name: str | None) -> str | None:
    """The name of an outlet, or the name that the user's list has for it if it is only known by its domain."""
    return (listed_name(name) or name) if name else None


def _language(text: str, given: str | None, found: str | None) -> tuple[str, str | None]:
    """The language of a text, and where that is from if it is not declared."""
    if given:
        return given, None
    detected = language_of(text, found)
    if found:
        return detected, f"corrected from '{found}'" if detected != found else None
    return detected, "detected"


def _clean(metadata: Metadata) -> Metadata:
    values = {f.name: _folded(getattr(metadata, f.name)) for f in fields(metadata)}
    dates = {name: iso_date(values[name]) for name in ("published", "modified")}
    return Metadata(**values | dates | {"language": _code(values["language"])})


def _folded(value: str | None) -> str | None:
    return " ".join(repaired(_SURROGATE.sub("\ufffd", value)).split()) or None if value else None


def _code(language: str | None) -> str | None:
    if language is None:
        return None
    code = language.lower().split("-")[0].split("_")[0]
    return _LANGUAGE_NAMES.get(code, code if re.fullmatch(r"[a-z]{2,3}", code) else None)
