"""``python -m quotetrack``."""

from quotetrack.cli.main import run

if __name__ == "__main__":
    run()
