"""Load the Jinja templates from the installed package or from a checkout."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from quotetrack.version import __version__


def templates_directory() -> Path:
    """Return the folder of the Jinja templates."""
    packaged = Path(str(files("quotetrack").joinpath("templates")))
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / "templates"


def environment() -> Environment:
    """Create the Jinja environment, with autoescaping and errors for undefined names."""
    created = Environment(
        loader=FileSystemLoader(templates_directory()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    created.globals.update(version=__version__)
    return created
