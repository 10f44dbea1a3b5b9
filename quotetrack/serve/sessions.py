"""Browser sessions and the tokens that forms carry, so that no other site can send a form in the user's name.

A session is a random cookie. The token of its forms is an HMAC of it with a key that exists only in this process (the signed
double-submit pattern of the OWASP cheat sheet on cross-site request forgery).
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

COOKIE = "quotetrack_session"
_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")
_KEPT = 200  # sessions whose state is kept; the least recently used are forgotten


@dataclass(slots=True)
class Session:
    """What one browser has done: the cases it skipped in review and the corrections it recorded, in order."""

    key: str
    skipped: list[str] = field(default_factory=list)
    recorded: list[int] = field(default_factory=list)


class Sessions:
    """The sessions of this process."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)
        self._sessions: OrderedDict[str, Session] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, cookie: str | None) -> Session:
        """Return the session of a cookie; a new one if there is none or it is malformed."""
        key = cookie if cookie and _SHAPE.fullmatch(cookie) else secrets.token_urlsafe(32)
        with self._lock:
            found = self._sessions.setdefault(key, Session(key))
            self._sessions.move_to_end(key)
            while len(self._sessions) > _KEPT:
                self._sessions.popitem(last=False)
        return found

    def token(self, session: Session) -> str:
        """Return the token that the forms of a session carry."""
        return hmac.new(self._secret, session.key.encode("ascii"), hashlib.sha256).hexdigest()

    def valid(self, cookie: str | None, token: str | None) -> bool:
        """Whether ``token`` belongs to the session of ``cookie``."""
        if not cookie or not token or not _SHAPE.fullmatch(cookie):
            return False
        return hmac.compare_digest(self.token(Session(cookie)).encode(), token.encode("utf-8", "replace"))
