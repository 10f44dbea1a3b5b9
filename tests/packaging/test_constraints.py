"""What make installs is fixed by version and hash."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, requires

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.packaging.locked import ROOT, locked_packages


def test_each_package_has_hashes() -> None:
    """Every line of constraints.txt names one version and at least one hash, and there is no address of an index."""
    assert min(count for _, count in locked_packages().values()) >= 1
    assert "://" not in (ROOT / "constraints.txt").read_text(encoding="utf-8")


def test_everything_needed_is_in_the_constraints() -> None:
    """The package, its tests and all that they require are in constraints.txt, in versions that they allow."""
    locked = {canonicalize_name(name): version for name, (version, _) in locked_packages().items()}
    seen: set[tuple[str, str]] = set()
    waiting = [("quotetrack", ""), ("quotetrack", "dev")]
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        for needed in required(name, extra):
            version = locked.get(canonicalize_name(needed.name))
            assert version and needed.specifier.contains(version, prereleases=True), f"{name} requires {needed}"
            waiting += [(needed.name, one) for one in ("", *needed.extras)]
    assert len({name for name, _ in seen}) > 100  # the walk went through them all


def required(name: str, extra: str) -> list[Requirement]:
    """What an installed package requires on this machine, with an extra or without; nothing if it is not installed."""
    try:
        found = [Requirement(one) for one in requires(name) or []]
    except PackageNotFoundError:
        return []
    return [one for one in found if one.marker is None or one.marker.evaluate({"extra": extra})]


def test_make_installs_nothing_without_the_constraints() -> None:
    """pip is called with the constraints, for itself with its hashes, and for this project without dependencies."""
    calls = re.findall(r"-m pip .*", (ROOT / "Makefile").read_text(encoding="utf-8"))
    kinds = ("--constraint constraints.txt", "--requirement $(VENV)/pip.txt", "--no-deps --no-build-isolation")
    assert sorted(kinds) == sorted(kind for call in calls for kind in kinds if kind in call)
