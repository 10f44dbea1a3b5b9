"""Finds installed Stanza models and downloads others.

Models are found in three places: inside this package (the compact English ``embedded`` models), in Stanza's download folder,
and in a folder given with ``--model-dir`` or ``QUOTETRACK_MODEL_DIR``. All three have Stanza's layout with a
``resources.json`` at the top, and are loaded in the same way.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from quotetrack.errors import ModelsMissing

PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
DIRECTORY_VARIABLE = "QUOTETRACK_MODEL_DIR"
PACKAGE_VARIABLE = "QUOTETRACK_PACKAGE"


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A folder of models in Stanza's layout, and the package to load from it."""

    directory: Path
    package: str
    embedded: bool

    @property
    def name(self) -> str:
        """The name that the database records with each quotation: kind of folder, package and a short hash.

        If the package has no attribution model, the hash of the embedded one is appended.
        """
        kind = "embedded" if self.embedded else "stanza"
        name = f"{kind}:{self.package}:{fingerprint(self.directory)}"
        home = embedded_directory()
        own = self.embedded or not attribution_files(self)[0].is_relative_to(home)
        return name if own else f"{name}+attribution:{fingerprint(home)}"


@dataclass(frozen=True, slots=True)
class Installed:
    """An installed package of models. ``size`` is in bytes."""

    directory: Path
    language: str
    package: str
    processors: tuple[str, ...]
    size: int
    embedded: bool


def embedded_directory() -> Path:
    """The folder of the embedded models."""
    return Path(str(files("quotetrack").joinpath("models")))


def stanza_directory() -> Path:
    """The folder to which ``stanza.download`` writes by default."""
    from stanza.resources.common import DEFAULT_MODEL_DIR

    return Path(DEFAULT_MODEL_DIR)


def choose(directory: Path | None = None, package: str | None = None, language: str = "en") -> ModelChoice:
    """The models to load: those given, else those named by environment variables, else the embedded ones.

    A package without a folder is looked up in Stanza's download folder. Raises ``ModelsMissing`` if the folder, the language or
    the package does not exist.
    """
    if directory is None and (value := os.environ.get(DIRECTORY_VARIABLE)):
        directory = Path(value)
    package = package or os.environ.get(PACKAGE_VARIABLE) or None
    if directory is None and package in (None, "embedded"):
        return ModelChoice(embedded_directory(), "default", embedded=True)
    directory = (directory or stanza_directory()).expanduser()
    package = package or "default"
    resources = read_resources(directory)
    if language not in resources:
        raise ModelsMissing(
            f"There are no Stanza models for '{language}' in {directory}. "
            f"Run 'quotetrack models download', or omit --model-dir and --package to use the embedded models."
        )
    known = resources[language].get("packages", {})
    if package not in known:
        raise ModelsMissing(
            f"{directory} has no package '{package}' for '{language}'; it has: {', '.join(sorted(known))}."
        )
    return ModelChoice(directory, package, embedded=directory == embedded_directory())


def read_resources(directory: Path) -> dict[str, Any]:
    """The contents of a model folder's ``resources.json``. Raises ``ModelsMissing`` if it is missing or invalid."""
    path = directory / "resources.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelsMissing(
            f"{directory} holds no Stanza models (no resources.json). Give a folder that 'stanza.download' wrote, "
            f"or omit --model-dir and --package to use the embedded models."
        ) from None
    except (OSError, ValueError) as error:
        raise ModelsMissing(f"{path} cannot be read: {error}.") from error
    if not isinstance(data, dict):
        raise ModelsMissing(f"{path} is not a list of Stanza models.")
    return data


def encoder_file(choice: ModelChoice, language: str = "en") -> Path | None:
    """The encoder that a package's models share, or ``None`` if its ``resources.json`` names none."""
    return _needed_by_parser(choice, "encoder", language)


def attribution_files(choice: ModelChoice, language: str = "en") -> tuple[Path, Path]:
    """The attribution model to use with a package's models, and the encoder whose states it reads.

    Packages without them, such as Stanza's official ones, use the embedded attribution model and encoder.
    """
    encoder, attribution = encoder_file(choice, language), _needed_by_parser(choice, "attribution", language)
    if encoder is not None and attribution is not None:
        return attribution, encoder
    folder = embedded_directory() / "en"
    return folder / "attribution" / "news.pt", folder / "encoder" / "news.pt"


def _needed_by_parser(choice: ModelChoice, part: str, language: str) -> Path | None:
    entry = read_resources(choice.directory).get(language, {})
    package = entry.get("packages", {}).get(choice.package, {}).get("depparse")
    model = entry.get("depparse", {}).get(package, {}) if isinstance(package, str) else {}
    for needed in model.get("dependencies", []):
        if needed.get("model") == part:
            return choice.directory / language / part / f"{needed['package']}.pt"
    return None


def fingerprint(directory: Path) -> str:
    """Eight hexadecimal digits of the hash of ``resources.json``, which holds the MD5 of each model."""
    path = directory / "resources.json"
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8] if path.exists() else "unknown"


def installed(extra: Path | None = None) -> list[Installed]:
    """Every installed package of models: embedded, in Stanza's folder, in the configured folder, then in ``extra``."""
    places = [embedded_directory(), stanza_directory()]
    if value := os.environ.get(DIRECTORY_VARIABLE):
        places.append(Path(value))
    if extra is not None:
        places.append(extra)
    found: list[Installed] = []
    for directory in dict.fromkeys(place.expanduser() for place in places):
        if (directory / "resources.json").exists():
            found += _packages(directory)
    return found


def _packages(directory: Path) -> list[Installed]:
    found: list[Installed] = []
    for language, entry in sorted(read_resources(directory).items()):
        packages = entry.get("packages") if isinstance(entry, dict) else None
        if not isinstance(packages, dict):
            continue
        folder = directory / language
        for name, parts in sorted(packages.items()):
            here = {p: folder / p / f"{m}.pt" for p, m in parts.items() if p in PROCESSORS and isinstance(m, str)}
            present = {p: path for p, path in here.items() if path.exists()}
            if "depparse" not in present:
                continue  # Stanza's list also names packages that were not downloaded.
            vectors = sum(path.stat().st_size for path in (folder / "pretrain").glob("*.pt"))
            size = sum(path.stat().st_size for path in present.values()) + vectors
            found.append(Installed(directory, language, name, tuple(present), size, directory == embedded_directory()))
    return found


def download(language: str, package: str, directory: Path | None = None, mirror: str | None = None) -> Path:
    """Download Stanza's official models with ``stanza.download`` and return their folder.

    ``mirror`` is the URL of a folder with Stanza's ``resources_<version>.json``, by default Stanza's own. Raises
    ``ModelsMissing`` with the reason if the download fails.
    """
    import stanza

    target = (directory or stanza_directory()).expanduser()
    given = {"resources_url": mirror.rstrip("/")} if mirror else {}
    try:
        stanza.download(
            language, model_dir=str(target), package=package, processors=",".join(PROCESSORS), verbose=False, **given
        )
    except Exception as error:  # stanza does not wrap the errors of requests, the hub client or zipfile
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ModelsMissing(
            f"Stanza's models for '{language}' (package '{package}') could not be downloaded to {target}: {reason[:200]} "
            f"The embedded models still work without a network."
        ) from error
    return target
