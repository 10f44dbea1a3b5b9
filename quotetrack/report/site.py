"""Write the site: index, dossiers, shared claims and unattributed quotations. The output is deterministic."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from quotetrack.errors import UsageError
from quotetrack.read.claims import ClaimFacts, claim_facts
from quotetrack.read.dossiers import Dossier, dossiers, unattributed
from quotetrack.read.printings import printings
from quotetrack.report.claims import ShownClaim, shown_claims
from quotetrack.report.labels import KINDS, STANCES, VARIANTS, both_sure, decision, doubt, how_found, repair_note
from quotetrack.report.templates import environment, templates_directory
from quotetrack.store import Store

MANIFEST = "quotetrack-files.json"
MAX_SHARED = 300  # claims on the page of claims in several reports


@dataclass(frozen=True, slots=True)
class Site:
    """The written site: path of the index page, number of dossiers, and all files."""

    index: Path
    dossiers: int
    files: tuple[Path, ...]


def write_site(store: Store, out: Path) -> Site:
    """Write the site to ``out``, which is created if missing.

    Pages of an earlier run that are no longer needed are removed; other files are kept. Raises ``UsageError`` if the folder
    is not writable.
    """
    templates = environment()
    templates.globals.update(kinds=KINDS, variants=VARIANTS, stances=STANCES)
    templates.globals.update(
        how_found=how_found, both_sure=both_sure, doubt=doubt, decision=decision, repair_note=repair_note
    )
    everything = printings(store, surroundings=True)
    found = dossiers(store, everything)
    names = {d.speaker_id: page_name(d) for d in found}
    facts = claim_facts(store)
    pages = {f"speakers/{names[d.speaker_id]}": ("dossier.html", _dossier(d, facts)) for d in found}
    pages["index.html"] = ("index.html", {"dossiers": found, "pages": names, "counts": _counts(found)})
    pages["unattributed.html"] = ("unattributed.html", {"claims": shown_claims(unattributed(everything), facts)})
    shared = _shared(found, facts)
    pages["claims.html"] = ("claims.html", {"claims": shared, "speakers": _speakers(found, names)})
    try:
        (out / "speakers").mkdir(parents=True, exist_ok=True)
        for name, (template, values) in pages.items():
            (out / name).write_text(templates.get_template(template).render(**values), encoding="utf-8")
        for asset in ("style.css", "index.js"):
            (out / asset).write_bytes((templates_directory() / asset).read_bytes())
        written = sorted([*pages, "style.css", "index.js"])
        _remove_stale(out, written)
    except OSError as error:
        raise UsageError(f"Cannot write to {out}: {error.strerror or error}.") from error
    return Site(out / "index.html", len(found), tuple(out / name for name in written))


def page_name(dossier: Dossier) -> str:
    """Return a safe file name, made of ASCII letters of the name and the speaker's id."""
    plain = unicodedata.normalize("NFKD", dossier.name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")
    return f"{slug or 'speaker'}-{dossier.speaker_id[:8]}.html"


def _shared(found: list[Dossier], facts: dict[str, ClaimFacts]) -> list[ShownClaim]:
    """Return the claims in several independent reports: disputed ones first, then those in most reports."""
    shown = {p.quotation_id: p for d in found for p in d.printings}
    claims = [c for c in shown_claims(list(shown.values()), facts) if c.variants and c.facts.reports > 1]
    claims.sort(key=lambda c: (not (c.facts.speakers or c.turned), -c.facts.reports, -c.facts.outlets, c.claim_id))
    # One quotation may represent several claims; list it only once.
    return list({c.shown.quotation_id: c for c in reversed(claims)}.values())[::-1][:MAX_SHARED]


def _speakers(found: list[Dossier], names: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    """Map each quotation to the names and pages of its speakers."""
    speakers: dict[str, list[tuple[str, str]]] = {}
    for dossier in found:
        for printing in dossier.printings:
            speakers.setdefault(printing.quotation_id, []).append((dossier.name, names[dossier.speaker_id]))
    return speakers


def _dossier(dossier: Dossier, facts: dict[str, ClaimFacts]) -> dict[str, object]:
    months = Counter(date[:7] for date in dossier.dates)
    days = Counter(dossier.dates)
    bars = sorted((days if len(days) <= 31 else months).items())
    most = max((count for _, count in bars), default=1)
    return {
        "dossier": dossier,
        "claims": shown_claims(dossier.printings, facts),
        "unsaid": shown_claims(dossier.unsaid, facts),
        "bars": [(when, count, round(100 * count / most)) for when, count in bars],
    }


def _counts(found: list[Dossier]) -> dict[str, int]:
    named = [d for d in found if d.type not in ("unnamed", "document")]
    shown = {p.quotation_id: p for d in found for p in d.printings}
    return {
        "named": len(named),
        "quotations": len(shown),
        "outlets": len({p.outlet_name for p in shown.values()}),
        "articles": len({p.article_id for p in shown.values()}),
    }


def _remove_stale(out: Path, written: list[str]) -> None:
    """Remove pages that are in the manifest of the last run but were not written by this one."""
    manifest = out / MANIFEST
    try:
        before = json.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        before = []
    for name in set(before if isinstance(before, list) else []) - set(written):
        path = (out / str(name)).resolve()
        if path.is_relative_to(out.resolve()) and path.suffix == ".html":
            path.unlink(missing_ok=True)
    manifest.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
