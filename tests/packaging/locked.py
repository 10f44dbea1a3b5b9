"""The packages in constraints.txt."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_PACKAGE = re.compile(r"^([A-Za-z0-9_.-]+)==([^ ]+)(?: ;[^\\\n]*)?((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", re.M)


def locked_packages() -> dict[str, tuple[str, int]]:
    """The version of each package and the number of its hashes; lines that are something else raise ``ValueError``."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    found = {
        match[1].lower().replace("_", "-"): (match[2], match[3].count("--hash")) for match in _PACKAGE.finditer(text)
    }
    if rest := _PACKAGE.sub("", text).strip():
        raise ValueError(f"constraints.txt has lines without hashes: {rest[:200]}")
    return found
