"""Where the templates stand (inside the installed package, or at the top of a checkout), and how they are read."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from quotetrack.version import __version__


def templates_directory() -> Path:
    """The folder of the Jinja templates."""
    packaged = Path(str(files("quotetrack").joinpath("templates")))
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / "templates"


def environment() -> Environment:
    """How every page is made: whatever a text says is escaped, and a name the page does not know is an error."""
    made = Environment(
        loader=FileSystemLoader(templates_directory()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(version=__version__)
    return made
