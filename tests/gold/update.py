"""Write ``floors.json`` anew: ``python -m tests.gold.update [--allow-lower]``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.gold.gate import FLOORS, Floors, figures, gold_hash, measured, update


def main(arguments: list[str] | None = None, path: Path = FLOORS) -> int:
    """Measure, then raise the floors; 1 where one would have to be lowered and ``--allow-lower`` was not given."""
    parser = argparse.ArgumentParser(description="Set the floors of the gold set to what extraction reaches now.")
    parser.add_argument("--allow-lower", action="store_true", help="lower floors, too; say why in the commit")
    given = parser.parse_args(arguments)
    before = Floors.read(path) if path.exists() else None
    try:
        floors, said = update(figures(measured()), gold_hash(), before, given.allow_lower)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    floors.write(path)
    print("\n".join(said or ["Nothing has changed."]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
