"""Where the templates stand: inside the installed package, or at the top of a checkout."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def templates_directory() -> Path:
    """The folder of the Jinja templates."""
    packaged = Path(str(files("quotetrack").joinpath("templates")))
    return packaged if packaged.is_dir() else Path(__file__).resolve().parent.parent / "templates"
