"""Assemble trained parts into a folder of models in Stanza's layout.

    python -m training.package --to DIR PART_DIR [PART_DIR ...]

Each PART_DIR is the ``--out`` folder of a training script, from which the parts it holds are copied.
``resources.json`` records the MD5 of each file, by which Stanza and the database identify a set of models.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import torch

PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
SHARED = ("encoder", "attribution")
ON_ENCODER = ("pos", "depparse", "ner")


def main() -> None:
    """Parse the options, copy the parts, write ``resources.json``."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--to", type=Path, required=True)
    options.add_argument("parts", type=Path, nargs="+")
    given = options.parse_args()
    for part in (*PROCESSORS, *SHARED):
        for folder in given.parts:
            if (folder / part / "news.pt").exists():
                (given.to / "en" / part).mkdir(parents=True, exist_ok=True)
                shutil.copyfile(folder / part / "news.pt", given.to / "en" / part / "news.pt")
                without_places(given.to / "en" / part / "news.pt")
    write_resources(given.to)


def without_places(path: Path) -> None:
    """Reduce the paths in a model's settings to file names, so that no folders of the training machine are published."""
    stored = torch.load(path, map_location="cpu", weights_only=True)
    settings = stored.get("config", {})
    places = {name: value for name, value in settings.items() if isinstance(value, str) and value.startswith("/")}
    if places:
        settings.update({name: Path(value).name for name, value in places.items()})
        torch.save(stored, path, _use_new_zipfile_serialization=False)  # as Stanza's trainers write


def write_resources(folder: Path) -> None:
    """Write ``resources.json`` for the models in ``folder``. Raises ``FileNotFoundError`` if a part is missing."""
    entry: dict[str, object] = {}
    for part in (*PROCESSORS, *SHARED):
        model: dict[str, object] = {"md5": hashlib.md5((folder / "en" / part / "news.pt").read_bytes()).hexdigest()}
        if part in ON_ENCODER:
            # Stanza loads the dependencies of a model; the attribution model is not a Stanza processor, so it is listed
            # with the parser.
            needed = SHARED if part == "depparse" else ("encoder",)
            model["dependencies"] = [{"model": name, "package": "news"} for name in needed]
        entry[part] = {"news": model}
    entry["packages"] = {"default": dict.fromkeys(PROCESSORS, "news")}
    entry["lang_name"] = "English"
    (folder / "resources.json").write_text(json.dumps({"en": entry}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
