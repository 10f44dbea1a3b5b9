"""Write one dossier as a self-contained file, which can be mailed."""

from __future__ import annotations

import base64
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup

from quotetrack.errors import UsageError
from quotetrack.read.claims import claim_facts
from quotetrack.read.dossiers import dossiers_of
from quotetrack.read.speakers import find_speaker
from quotetrack.read.topics import typical_terms
from quotetrack.report.citations import check_citation, check_mistakes
from quotetrack.report.dossier_page import dossier_pages
from quotetrack.report.pages import Batch, SiteContext, SiteCounts
from quotetrack.report.paths import speaker_page
from quotetrack.report.templates import Renderer, templates_directory
from quotetrack.store import Store

_STYLES = ("style.css", "dossier.css")
_SCRIPT = "dossier.js"


def write_dossier(
    store: Store, speaker: str, path: Path | None = None, citation: str | None = None, mistakes: str | None = None
) -> Path:
    """Write the dossier of a speaker, given by id, name, alias or part of the name, to one file with style and script.

    ``path`` is by default the speaker's name with the suffix ``.html`` in the current folder; ``citation`` and ``mistakes``
    are as in ``write_site``. Returns the path. Raises ``UsageError`` if no speaker or several match, if the speaker has no
    quotations that are shown by default, or if the file is not writable.

        write_dossier(store, "Ruth Vale")  # ruth-vale.html
    """
    line = find_speaker(store, speaker)
    dossiers = dossiers_of(store, [line.speaker_id])
    dossier = dossiers[line.speaker_id]
    if not dossier.printings:
        raise UsageError(f"{dossier.name} has no quotations that are shown by default.")
    name = speaker_page(line.speaker_id, dossier.name)
    claims = {one.claim_id for p in (*dossier.printings, *dossier.unsaid) for one in p.claims}
    articles = {p.article_id for p in dossier.printings}
    site = SiteContext(
        speakers={line.speaker_id: name},
        claims=frozenset(),
        counts=SiteCounts(1, len(dossier.printings), len(articles), len(dossier.outlets), len(claims)),
        batch=Batch(dossiers, claim_facts(store, claims)),
        single_file=True,
        topics=typical_terms(store, line.speaker_id),
        citation=check_citation(citation),
        mistakes=check_mistakes(mistakes),
    )
    style = "\n".join((templates_directory() / one).read_text(encoding="utf-8") for one in _STYLES)
    script = (templates_directory() / _SCRIPT).read_text(encoding="utf-8")
    policy = (
        f"default-src 'none'; script-src {_source(script)}; style-src {_source(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    [page] = dossier_pages(store, line.speaker_id, site)
    data = Renderer(site, policy=policy, style=Markup(style), script=Markup(script)).page(page)
    target = path or Path(name.removeprefix("speakers/").removesuffix(f"-{line.speaker_id}.html") + ".html")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    except OSError as error:
        raise UsageError(f"Cannot write {target}: {error.strerror or error}.") from error
    return target


def _source(text: str) -> str:
    """Return the source expression that allows this inline script or style."""
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"
