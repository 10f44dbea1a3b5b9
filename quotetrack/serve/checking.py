"""Check drafts one after the other in a thread of their own, so that pages are served meanwhile.

The models are loaded with the first draft and stay loaded. Drafts and their results are kept in memory only.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Literal

from quotetrack.check.draft_records import DraftReport
from quotetrack.check.drafts import check_quotations
from quotetrack.errors import DatabaseInUse, QuotetrackError
from quotetrack.inputs.drafts import Draft
from quotetrack.jobs import analysis
from quotetrack.jobs.drafts import read_quotations
from quotetrack.model import Failure, Quotation
from quotetrack.parse.models import ModelChoice
from quotetrack.serve.database import Databases

State = Literal["waiting", "loading", "reading", "checking", "locked", "done", "failed"]
_KEPT = 50  # drafts; the oldest are forgotten
_PAUSE = 2.0  # seconds between attempts to read a database that an ingest writes to


@dataclass(slots=True)
class DraftCheck:
    """A submitted draft and the state of its check; ``report`` is set if it is ``done``, ``error`` if it ``failed``."""

    owner: str
    number: int
    draft: Draft
    name: str
    state: State = "waiting"
    report: DraftReport | None = None
    error: str = ""

    @property
    def finished(self) -> bool:
        """Whether there is a result or an error."""
        return self.state in ("done", "failed")


class Checker:
    """Checks drafts against the database, in the order in which they were submitted."""

    def __init__(self, databases: Databases, models: ModelChoice) -> None:
        self._databases = databases
        self._models = models
        self._drafts: OrderedDict[int, DraftCheck] = OrderedDict()
        self._waiting: queue.Queue[DraftCheck] = queue.Queue()
        self._lock = threading.Lock()
        self._last = 0
        self._started = False

    def submit(self, owner: str, draft: Draft, name: str) -> int:
        """Put a draft of a session in the queue; returns its number."""
        with self._lock:
            self._last += 1
            one = self._drafts[self._last] = DraftCheck(owner, self._last, draft, name)
            while len(self._drafts) > _KEPT:
                self._drafts.popitem(last=False)
            if not self._started:
                self._started = True
                threading.Thread(target=self._run, name="drafts", daemon=True).start()
        self._waiting.put(one)
        return one.number

    def find(self, owner: str, number: int) -> DraftCheck | None:
        """Return a draft that this session submitted; ``None`` if there is none with this number."""
        with self._lock:
            one = self._drafts.get(number)
        return one if one and one.owner == owner else None

    def all_of(self, owner: str) -> list[DraftCheck]:
        """Return the drafts of a session, newest first."""
        with self._lock:
            return [one for one in reversed(self._drafts.values()) if one.owner == owner]

    def _run(self) -> None:
        while True:
            one = self._waiting.get()
            try:
                self._check(one)
            except QuotetrackError as error:
                one.error, one.state = str(error), "failed"
            except Exception as error:  # one draft must not end the thread
                logging.getLogger(__name__).exception("A draft could not be checked.")
                one.error, one.state = f"The draft could not be checked ({type(error).__name__}).", "failed"

    def _check(self, one: DraftCheck) -> None:
        one.state = "loading"
        analysis.load(self._models, analysis.LANGUAGE)
        one.state = "reading"
        [found] = read_quotations([one.draft], self._models)
        if isinstance(found, Failure):
            one.error, one.state = found.reason, "failed"
            return
        one.report = self._compared(one, found[1])
        one.state = "done"

    def _compared(self, one: DraftCheck, quotations: list[Quotation]) -> DraftReport:
        while True:
            one.state = "checking"
            try:
                with self._databases.reading() as store:
                    return check_quotations(store, one.draft, quotations)
            except DatabaseInUse:
                one.state = "locked"
                time.sleep(_PAUSE)
