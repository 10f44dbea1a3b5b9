"""The data that the search of the home page loads: names of speakers, texts of claims, and an index of their words.

Pages opened from a file cannot read other files, but they can load scripts, so each file calls ``quotetrackData``. The
index is split by the first two letters of a word: a search loads only the files of its own words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from quotetrack.read.site_lists import ListedClaim, all_claims, claim_words
from quotetrack.read.site_pages import ListedSpeaker
from quotetrack.read.speakers import names_of
from quotetrack.report.labels import KINDS, STANCES
from quotetrack.report.pages import SiteContext
from quotetrack.report.paths import article_page
from quotetrack.store import Store

_SPEAKERS_PER_FILE = 2000
_CLAIMS_PER_FILE = 250
_LONGEST = 240  # characters of a claim in a result
_MOST_ALIASES = 6
_LEAST_COMMON = 400  # claims; words in more than this many, and in more than one in twenty, are not searched for


def search_files(store: Store, speakers: Sequence[ListedSpeaker], site: SiteContext) -> Iterator[tuple[str, str]]:
    """Yield the path and text of each file of search data; the first lists how many there are of each kind."""
    files = 0
    for start in range(0, len(speakers), _SPEAKERS_PER_FILE):
        rows = _speaker_rows(store, speakers[start : start + _SPEAKERS_PER_FILE], site)
        yield f"data/speakers-{files}.js", _script("speakers", str(files), rows)
        files += 1
    claims = 0
    for claims, part in enumerate(_parts(all_claims(store)), 1):
        yield (
            f"data/claims-{claims - 1}.js",
            _script("claims", str(claims - 1), [_claim_row(one, site) for one in part]),
        )
    most = max(_LEAST_COMMON, site.counts.claims // 20)
    shards = []
    for shard, words in groupby(claim_words(store, most), key=lambda row: row[0]):
        shards.append(shard)
        yield f"data/words-{shard}.js", _script("words", shard, {word: _gaps(numbers) for _, word, numbers in words})
    about = {"speakers": files, "claims": claims, "perFile": _CLAIMS_PER_FILE, "shards": shards}
    yield "data/about.js", _script("about", "", about)


def _speaker_rows(store: Store, speakers: Sequence[ListedSpeaker], site: SiteContext) -> list[list[object]]:
    """Return name, role, other names, path and number of quotations of each speaker."""
    names = names_of(store, [one.speaker_id for one in speakers])
    rows: list[list[object]] = []
    for one in speakers:
        others = [name for name in names[one.speaker_id].names if name != one.name][:_MOST_ALIASES]
        rows.append([one.name, one.role or "", "; ".join(others), site.speakers[one.speaker_id], one.quotations])
    return rows


def _claim_row(claim: ListedClaim, site: SiteContext) -> list[object]:
    """Return text, label, speakers, date, outlet and path of a claim; the path of its place if it has no page."""
    text = claim.text if len(claim.text) <= _LONGEST else claim.text[: _LONGEST - 1].rstrip() + "…"
    path = site.claim(claim.claim_id)
    path = path or f"{article_page(claim.article_id, claim.title)}#q-{claim.quotation_id}"
    label = "; ".join(
        one for one in (STANCES[claim.stance], KINDS[claim.kind] if claim.kind != "direct" else "") if one
    )
    speakers = ", ".join(name for _, name in claim.speakers)
    return [text, label, speakers, claim.first or "", claim.outlet or "", path]


def _parts(claims: Iterator[ListedClaim]) -> Iterator[list[ListedClaim]]:
    part: list[ListedClaim] = []
    for claim in claims:
        part.append(claim)
        if len(part) == _CLAIMS_PER_FILE:
            yield part
            part = []
    if part:
        yield part


def _gaps(numbers: Sequence[int]) -> list[int]:
    """Return the first number and the differences between the following ones, which are shorter to write."""
    return [number - before for before, number in zip((0, *numbers), numbers, strict=False)]


def _script(kind: str, name: str, data: object) -> str:
    """Return a script that hands over ``data``; characters that could end a script element are escaped."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f"quotetrackData({json.dumps(kind)},{json.dumps(name)},{text});\n"
