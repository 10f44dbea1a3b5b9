"""Load the Jinja templates from the installed package or from a checkout."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from quotetrack.errors import UsageError
from quotetrack.report.labels import KINDS, STANCES, VARIANTS, both_sure, decision, doubt, how_found, repair_note
from quotetrack.report.pages import Page, SiteContext
from quotetrack.report.paths import article_page
from quotetrack.version import __version__

# No inline scripts or styles, and nothing from other hosts.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
)
LABELS = {
    "kinds": KINDS, "variants": VARIANTS, "stances": STANCES, "how_found": how_found, "both_sure": both_sure, "doubt": doubt,
    "decision": decision, "repair_note": repair_note,
}  # fmt: skip


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
    created.globals.update(version=__version__, root="", article_page=article_page)
    return created


class Renderer:
    """Renders the pages of a site.

    Templates can use ``site``, ``root`` (the path from the page to the root), labels and ``values``: ``policy``, and for a
    self-contained file ``style`` and ``script``.
    """

    def __init__(self, site: SiteContext, **values: object) -> None:
        self._templates = environment()
        self._templates.globals.update({"site": site, "policy": POLICY, **LABELS, **values})

    def page(self, page: Page) -> bytes:
        """Return the bytes of a page."""
        template = self._templates.get_template(page.template)
        return template.render(root="../" * page.path.count("/"), **page.values).encode("utf-8", "surrogatepass")


def write_page(path: Path, template: str, **values: object) -> None:
    """Render a template to one self-contained page at ``path``, with the style sheet as ``style``.

    Raises ``UsageError`` if the file is not writable.
    """
    write_text(path, render(template, **values))


def render(template: str, **values: object) -> str:
    """Render a template to one self-contained page, with the style sheet as ``style``."""
    style = Markup((templates_directory() / "style.css").read_text(encoding="utf-8"))
    return environment().get_template(template).render(**values, style=style)


def write_text(path: Path, text: str) -> None:
    """Write a page, with its folder. Raises ``UsageError`` if the file is not writable."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"Cannot write {path}: {error.strerror or error}.") from error
