"""Check a draft: the form, the progress, the result beside the draft, and its export."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse

from quotetrack.check.draft_page import LABELS, page_of, page_values, rendered
from quotetrack.check.draft_records import OUTCOMES
from quotetrack.inputs.drafts import SUFFIXES, Draft, draft_of_bytes, draft_of_text
from quotetrack.model import Failure
from quotetrack.serve.checking import DraftCheck
from quotetrack.serve.desk import desk_of, session_of
from quotetrack.serve.rendering import page
from quotetrack.serve.security import MAX_BODY

router = APIRouter(include_in_schema=False)
_NAME = 60  # characters of a pasted text that serve as its name


@router.get("/check")
def form(request: Request) -> Response:
    """Show the form, and the drafts that this browser has sent since the desk was started."""
    return _form(request)


@router.post("/check")
def submit(request: Request) -> Response:
    """Put a draft in the queue and lead to its page."""
    found = _sent(request.state.form)
    if isinstance(found, str):
        return _form(request, found, 422)
    draft, name = found
    number = desk_of(request).checker.submit(session_of(request).key, draft, name)
    return RedirectResponse(f"/check/{number}", 303)


@router.get("/check/{number}")
def result(request: Request, number: int) -> Response:
    """Show how far a draft is, or the result."""
    one = _find(request, number)
    if one.report is None:
        return page(request, "serve/check_progress.html", check=one)
    shown = page_of(one.report, 1)
    return page(request, "serve/check_result.html", check=one, page=shown, **page_values())


@router.get("/check/{number}/marked.html")
def export(request: Request, number: int) -> Response:
    """Send the marked draft as one page to keep or to mail."""
    one = _find(request, number)
    if one.report is None:
        raise HTTPException(404, "The draft has not been checked yet.")
    headers = {"Content-Disposition": f'attachment; filename="checked-draft-{number}.html"'}
    return Response(rendered([one.report]), media_type="text/html", headers=headers)


def _form(request: Request, error: str = "", status: int = 200) -> Response:
    sent = request.state.form.get("text", "") if error else ""
    return page(
        request,
        "serve/check.html",
        status,
        error=error,
        text=sent if isinstance(sent, str) else "",
        suffixes=SUFFIXES,
        megabytes=MAX_BODY // 1_000_000,
        earlier=desk_of(request).checker.all_of(session_of(request).key),
        labels=LABELS,
        outcomes=OUTCOMES,
    )


def _sent(form: Any) -> tuple[Draft, str] | str:
    """Return the draft in a form with its name, or a sentence that says why there is none."""
    file, text = form.get("file"), form.get("text")
    if isinstance(file, UploadFile) and file.filename:
        name = PurePath(file.filename.replace("\\", "/")).name
        found = draft_of_bytes(file.file.read(), name)
        return f"{name}: {found.reason}" if isinstance(found, Failure) else (found, name)
    if isinstance(text, str) and text.strip():
        return draft_of_text(text.replace("\r\n", "\n")), _first_words(text)
    return "Paste a text or choose a file."


def _first_words(text: str) -> str:
    """Return the beginning of the first line of a pasted text, which has no other name."""
    words = " ".join(text.strip().splitlines()[0].lstrip("#> ")[: 10 * _NAME].split()) or "Draft"
    return words if len(words) <= _NAME else f"{words[:_NAME].rpartition(' ')[0] or words[:_NAME]} …"


def _find(request: Request, number: int) -> DraftCheck:
    one = desk_of(request).checker.find(session_of(request).key, number)
    if one is None:
        raise HTTPException(
            404, "There is no such draft. Drafts are kept until the desk is stopped, for the browser that sent them."
        )
    return replace(one)  # as it is now: the thread that checks it must not change it while the page is rendered
