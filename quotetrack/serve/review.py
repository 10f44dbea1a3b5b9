"""Review doubtful attributions one by one, and record each answer as a correction."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.responses import JSONResponse, RedirectResponse

from quotetrack.corrections import decisions
from quotetrack.errors import UnknownSpeaker, UsageError
from quotetrack.jobs.correct import correct
from quotetrack.read.corrections import Correction, corrections
from quotetrack.read.doubts import Doubt, doubts
from quotetrack.read.filters import Filters
from quotetrack.read.near_names import completions, near_names
from quotetrack.read.printings import printings
from quotetrack.read.quotations import find_quotations
from quotetrack.report.paths import article_page, claim_page, speaker_page
from quotetrack.serve.desk import desk_of, session_of
from quotetrack.serve.rendering import page
from quotetrack.serve.sessions import Session
from quotetrack.store import Store

router = APIRouter(include_in_schema=False)
ACTIONS = ("confirm", "reject", "reassign", "merge", "apart")
_READ_ONLY = "The desk only reads. To record corrections, stop it and start it again with 'quotetrack serve --write'."
_EXAMPLES = 3  # quotations of each of two speakers with similar names


@router.get("/review")
def review(request: Request) -> Response:
    """Show the most uncertain case that has not been skipped."""
    desk, session = desk_of(request), session_of(request)
    if not desk.settings.write:
        return page(request, "serve/review_off.html", message=_READ_ONLY)
    with desk.databases.reading() as store:
        case = next((one for one in doubts(store) if one.key not in session.skipped), None)
        values = _values(store, case)
        last = _last(store, session)
    return page(
        request,
        "serve/review.html",
        case=case,
        last=last,
        skipped=len(session.skipped),
        author=desk.settings.author,
        speaker_page=speaker_page,
        article_page=article_page,
        claim_page=claim_page,
        **values,
    )


@router.get("/review/names")
def names(request: Request, q: str = "") -> Response:
    """Return the speakers that a typed name may mean, as JSON."""
    _require_write(request)
    with desk_of(request).databases.reading() as store:
        found = completions(store, q[:200])
    return JSONResponse([one._asdict() for one in found])


@router.post("/review/skip")
def skip(request: Request) -> Response:
    """Leave a case for later."""
    _require_write(request)
    key = _text(request.state.form, "case")
    skipped = session_of(request).skipped
    if key and key not in skipped:
        skipped.append(key)
    return RedirectResponse("/review", 303)


@router.post("/review/again")
def again(request: Request) -> Response:
    """Show the skipped cases again."""
    _require_write(request)
    session_of(request).skipped.clear()
    return RedirectResponse("/review", 303)


@router.post("/review/undo")
def undo(request: Request) -> Response:
    """Undo a correction that this browser recorded."""
    _require_write(request)
    desk, session = desk_of(request), session_of(request)
    number = _text(request.state.form, "number")
    if not number.isdecimal() or int(number) not in session.recorded:
        raise HTTPException(404, "This browser recorded no such correction; 'quotetrack corrections undo' undoes any.")
    with desk.databases.writing() as store:
        correct(store, decisions.undo, int(number), desk.settings.author)
    session.recorded.remove(int(number))
    return RedirectResponse("/review", 303)


@router.post("/review/{action}")
def decide(request: Request, action: str) -> Response:
    """Record an answer, and go on to the next case. For a name that nobody has, ask whom it means."""
    _require_write(request)
    if action not in ACTIONS:
        raise HTTPException(404, "There is no such page.")
    desk, form = desk_of(request), request.state.form
    if not _text(form, "why"):
        raise HTTPException(422, "A correction needs a reason. Go back and give one.")
    with desk.databases.writing() as store:
        try:
            number = _record(store, action, form, desk.settings.author)
        except UsageError as error:
            if action != "reassign":
                raise
            near = near_names(store, _text(form, "speaker"))
            return page(
                request,
                "serve/review_name.html",
                409,
                wanted=_text(form, "speaker"),
                unknown=isinstance(error, UnknownSpeaker),
                message="" if isinstance(error, UnknownSpeaker) else str(error),
                near=near,
                fields={name: _text(form, name) for name in ("quotation", "why")},
                speaker_page=speaker_page,
            )
    session_of(request).recorded.append(number)
    return RedirectResponse("/review", 303)


def _record(store: Store, action: str, form: Any, author: str) -> int:
    """Record one answer; returns the number of the correction. Raises ``UsageError``."""
    why, quotation, speaker = (_text(form, name) for name in ("why", "quotation", "speaker"))
    match action:
        case "confirm":
            return correct(store, decisions.confirm, quotation, why, author)
        case "reject":
            return correct(store, decisions.reject, quotation, why, author)
        case "reassign":
            new = _text(form, "new") == "yes"
            return correct(store, decisions.reassign, quotation, speaker, why, author, new)
        case "merge":
            return correct(store, decisions.merge, speaker, _text(form, "other"), why, author)
        case _:
            return correct(store, decisions.apart, speaker, _text(form, "other"), why, author)


def _values(store: Store, case: Doubt | None) -> dict[str, Any]:
    """Return the quotation of a case, or examples of what each of two speakers said."""
    printing, people = None, []
    if case and case.quotation_id:
        printing = printings(store, [case.quotation_id]).get(case.quotation_id)
    elif case:
        people = [
            (key, name, find_quotations(store, Filters(speaker=key, limit=_EXAMPLES))) for key, name in case.speakers
        ]
    return {"printing": printing, "people": people}


def _last(store: Store, session: Session) -> Correction | None:
    """Return the last correction that this browser recorded and that is in force."""
    mine = [one for one in corrections(store) if one.number in session.recorded and not one.undone_at]
    return max(mine, key=lambda one: one.number, default=None)


def _require_write(request: Request) -> None:
    if not desk_of(request).settings.write:
        raise HTTPException(403, _READ_ONLY)


def _text(form: Any, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""
