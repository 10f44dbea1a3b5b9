"""Find the name of the outlet of a web page.

Pages declare the name of their site in several places, and some write a section or a slogan there. The name that agrees
with the address is preferred: ``Latest headlines - Coast Courier`` on ``www.coastcourier.example`` is ``Coast Courier``.
If a page declares only its domain, the name is taken as it is written elsewhere on the page.

A list of names by domain can be given in the environment variable ``QUOTETRACK_OUTLETS``: the path of a CSV file with lines
such as ``coastcourier.example,The Coast Courier``. It takes precedence over what pages declare.
"""

from __future__ import annotations

import csv
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

from quotetrack.errors import UsageError
from quotetrack.text.urls import split_url

VARIABLE = "QUOTETRACK_OUTLETS"
_SEPARATOR = re.compile(r"\s+[-–—|·•»]\s+|\s*\|\s*|\s*:\s+")
_END = re.compile(r"\s+[-–—|]\s+|\s*\|\s*")
_DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
_LONGEST = 40  # characters; a longer name contains a slogan
_FEWEST = 6  # letters; a shorter label of a domain is too often an ordinary word
_SMALL_WORDS = frozenset({"a", "an", "and", "at", "for", "in", "of", "on", "the"})


def outlet_of(
    url: str | None, candidates: Iterable[str | None], title: str | None = None, shown: Callable[[], str] = str
) -> str | None:
    """Return the name of the outlet: as the user's list says, or the best of ``candidates``, which are in order of trust.

    Args:
        url: The address of the page.
        candidates: What the page declares as the name of its site.
        title: The ``<title>``, whose last parts are often the name.
        shown: Returns the text of the page; called only if the page declares no more than its domain.

    >>> outlet_of("https://www.coastcourier.example/a", ["Latest headlines - Coast Courier"])
    'Coast Courier'
    >>> outlet_of("https://coastcourier.example/a", ["Weather"], "Storm nears coast | The Coast Courier")
    'The Coast Courier'
    """
    host = host_of(url)
    if host and (listed := listed_name(host)):
        return listed
    names = [" ".join(name.split()).lstrip("@") for name in candidates if name]
    names = [name for name in names if _letters(name) and "://" not in name]
    parts = [part for name in names for part in (name, *_SEPARATOR.split(name)) if part]
    parts += _SEPARATOR.split(" ".join(title.split()))[1:] if title else []
    agreeing = [part for part in parts if host and _agrees(part, host) and not _DOMAIN.fullmatch(part)]
    if agreeing:
        # Capitals tell a name from an identifier such as ``coastcourier``.
        return max(agreeing, key=lambda part: (part != part.lower(), " " in part))
    named = [name for name in names if not _DOMAIN.fullmatch(name)]
    best = _without_slogan(named[0]) if named else None
    if host and (best is None or _letters(host) in _letters(best)):
        written = _as_written(host, " ".join([title or "", *names, shown()]))
        return written or best or next((name for name in names if _is_styled(name, host)), None)
    return best


def host_of(url: str | None) -> str | None:
    """Return the host of an address without ``www.``, or ``None``.

    >>> host_of("https://www.coastcourier.example/a")
    'coastcourier.example'
    """
    host = split_url(url).hostname or ""
    return host.removeprefix("www.") or None


def without_outlet(title: str, outlet: str | None, host: str | None) -> str:
    """Return ``title`` without the name of the outlet, and what follows it, at the end.

    >>> without_outlet("Storm nears coast - World | Coast Courier", "The Coast Courier", None)
    'Storm nears coast'
    >>> without_outlet("Storm - the third - nears coast", "Coast Courier", None)
    'Storm - the third - nears coast'
    """
    ends = list(_END.finditer(title))
    for number, match in enumerate(ends):
        end = ends[number + 1].start() if number + 1 < len(ends) else len(title)
        part = title[match.end() : end]
        if (outlet and _core(part) == _core(outlet)) or (host and _agrees(part, host)):
            before = title[: match.start()]
            # Between the headline and the outlet, some pages name the section in one or two words.
            previous = ends[number - 1] if number else None
            if previous and len(before[previous.end() :].split()) <= 2:
                before = before[: previous.start()]
            return before.strip() or title
    return title


def _agrees(name: str, host: str) -> bool:
    """Whether a name is the host or one of its labels, written as words."""
    return _letters(name) == _letters(host) or _core(name) in {_core(label) for label in host.split(".")[:-1]} - {""}


def _as_written(host: str, text: str) -> str | None:
    """Return the most frequent way in which ``text`` writes a label of ``host`` as a name.

    A name has several words or a capital within a word; one ordinary word in capitals could be anything.

    >>> _as_written("coastcourier.example", "Write to news@coastcourier.example or ask Coast Courier.")
    'Coast Courier'
    """
    found: Counter[str] = Counter()
    for label in host.split(".")[:-1]:
        letters = _letters(label)
        if len(letters) < _FEWEST:
            continue
        spelled = "[ '’&-]?".join(map(re.escape, letters))
        for match in re.finditer(rf"(?<![\w@./-]){spelled}(?![\w@]|[.-]\w)", text, re.IGNORECASE):
            words = match[0].split()
            if all(word[0].isupper() or word[0].isdigit() or word in _SMALL_WORDS for word in words):
                found[match[0]] += len(words) > 1 or bool(re.search("[a-z][A-Z]", match[0]))
    return max((name for name in found if found[name]), key=lambda name: found[name], default=None)


def _is_styled(name: str, host: str) -> bool:
    """Whether ``name`` is the host as the outlet itself writes it, in capitals: ``Courier.example``."""
    return _letters(name.removeprefix("www.")) == _letters(host) and name != name.lower()


def _core(name: str) -> str:
    """The letters of a name without ``The``, which outlets add and drop: ``The Courier`` and ``courier`` are the same."""
    letters = _letters(name)
    return letters.removeprefix("the") or letters


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalnum())


def _without_slogan(name: str) -> str:
    """Return the shortest part of a long name with parts, and otherwise the whole name."""
    parts = [part for part in _SEPARATOR.split(name) if part]
    return min(parts, key=len) if len(name) > _LONGEST and len(parts) > 1 else name


def listed_name(host: str) -> str | None:
    """Return the name that the user's list gives to a domain or to the domain it belongs to, or ``None``."""
    path = os.environ.get(VARIABLE)
    if not path:
        return None
    names = _read(Path(path))
    labels = host.lower().removeprefix("www.").split(".")
    return next((names[end] for start in range(len(labels)) if (end := ".".join(labels[start:])) in names), None)


@lru_cache(maxsize=4)
def _read(path: Path) -> dict[str, str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.reader(file) if row and not row[0].startswith("#")]
    except (OSError, ValueError) as error:
        raise UsageError(f"The list of outlets {path} named in {VARIABLE} cannot be read: {error}.") from error
    if wrong := next((row for row in rows if len(row) != 2 or not row[1].strip()), None):
        raise UsageError(f"The list of outlets {path} has the line '{','.join(wrong)}'; write 'domain,name'.")
    return {row[0].strip().lower().removeprefix("www."): row[1].strip() for row in rows}
