"""The formats that a desk may set: of citations, and of the address for reports of mistakes."""

from __future__ import annotations

import re
from urllib.parse import quote

from quotetrack.errors import UsageError
from quotetrack.text.urls import split_url

CITATION_FIELDS = ("speaker", "role", "quotation", "kind", "stance", "outlet", "title", "date", "url")
MISTAKE_FIELDS = ("quotation_id", "article_id", "speaker", "url")
# What "Copy citation" copies. Parts without a value are left out with the punctuation in the same brackets.
DEFAULT_CITATION = "{speaker}[, {role}][ ({kind})][ ({stance})]: {quotation} ({outlet}[, “{title}”][, {date}][, {url}])"
_FIELD = re.compile(r"\{([^{}]*)\}")


def check_citation(template: str | None) -> str | None:
    """Return a format of citations. Raises ``UsageError`` if it names an unknown field.

    >>> check_citation("{speaker}, {outlet}, {date}")
    '{speaker}, {outlet}, {date}'
    """
    return _checked(template, CITATION_FIELDS, "the format of citations")


def check_mistakes(template: str | None) -> str | None:
    """Return the address for reports of mistakes.

    Raises ``UsageError`` if it names an unknown field or is no web or mail address.
    """
    if template is not None and split_url(template).scheme not in ("mailto", "http", "https"):
        raise UsageError(f"'{template}' is not an address for reports of mistakes; use mailto:… or https://….")
    return _checked(template, MISTAKE_FIELDS, "the address for reports of mistakes")


def mistake_address(template: str, **values: str) -> str:
    """Fill in the address for reports of mistakes; values are encoded.

    >>> mistake_address("mailto:desk@example.org?subject={speaker}", speaker="Ruth Vale")
    'mailto:desk@example.org?subject=Ruth%20Vale'
    """
    return _FIELD.sub(lambda field: quote(values[field[1]], safe=""), template)


def _checked(template: str | None, fields: tuple[str, ...], what: str) -> str | None:
    for name in _FIELD.findall(template or ""):
        if name not in fields:
            raise UsageError(f"Unknown field {{{name}}} in {what}; use {', '.join(f'{{{one}}}' for one in fields)}.")
    return template
