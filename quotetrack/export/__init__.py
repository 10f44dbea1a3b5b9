"""Export quotations to files in the formats of ``FORMATS``; one file per format in this folder."""

from __future__ import annotations

from quotetrack.export.formats import FORMATS, Exported, Format, Output, export_quotations

__all__ = ["FORMATS", "Exported", "Format", "Output", "export_quotations"]
