"""Serve the style sheets and scripts."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Response

from quotetrack.report.templates import templates_directory

router = APIRouter(include_in_schema=False)
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@router.get("/{name}.{suffix}")
def asset(name: str, suffix: str) -> Response:
    """Send a style sheet, script or image that stands beside the templates."""
    folder = templates_directory()
    path = next((one for one in folder.iterdir() if one.name == f"{name}.{suffix}" and one.suffix in _TYPES), None)
    if path is None:
        raise HTTPException(404, "There is no such page.")
    return Response(path.read_bytes(), media_type=_TYPES[path.suffix], headers={"Cache-Control": "no-cache"})
