"""The home page: what is new, who is quoted most, and what is disputed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import islice

from quotetrack.read.printing import Printing
from quotetrack.read.printings import printings
from quotetrack.read.site_lists import claims_of_several_reports, newest
from quotetrack.read.site_pages import ListedSpeaker
from quotetrack.report.pages import Page, SiteContext
from quotetrack.store import Store

MOST_NEW = 12
MOST_QUOTED = 25
MOST_DISPUTED = 8
_AT_MOST = 2  # statements of one speaker, or of one article, among the new ones
_FEWEST_WORDS = 6  # of a statement that can be understood without its context


def home_page(store: Store, speakers: Sequence[ListedSpeaker], new: Collection[str] | None, site: SiteContext) -> Page:
    """Return the home page.

    Args:
        store: The database.
        speakers: The speakers with a page, most quoted first.
        new: The statements that the last run that found any did not have; ``None`` on the first run, when the newest by
            date are shown.
        site: The pages of the site.
    """  # fmt: skip
    disputed = [
        one for one in islice(claims_of_several_reports(store), MOST_DISPUTED) if one.two_speakers or one.turned
    ]
    shown = _statements(store, new, site) if new is None or new else []
    values: dict[str, object] = {
        "new": shown,
        "is_first": new is None,
        "new_count": len(new or ()),
        "speakers": speakers[:MOST_QUOTED],
        "disputed": disputed,
    }
    return Page("index.html", "index.html", values)


def _statements(store: Store, new: Collection[str] | None, site: SiteContext) -> list[Printing]:
    """Return the newest statements of speakers with a page: few of one speaker or article, and one per claim."""
    wanted = newest(store, new, 10 * MOST_NEW)
    found = printings(store, wanted)
    shown: list[Printing] = []
    claims: set[str] = set()
    counted: Counter[str] = Counter()
    for one in (found[key] for key in wanted):
        speaker = next((key for key in one.speaker_ids if key in site.speakers), None)
        own = {member.claim_id for member in one.claims}
        short = one.uncertain or len(one.text.split()) < _FEWEST_WORDS
        if speaker is None or short or claims & own or max(counted[speaker], counted[one.article_id]) == _AT_MOST:
            continue
        counted.update((speaker, one.article_id))
        claims |= own
        shown.append(one)
        if len(shown) == MOST_NEW:
            break
    return shown
