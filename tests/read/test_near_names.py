"""Names suggested for a name that is mistyped or being typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from quotetrack.read.near_names import completions, near_names
from quotetrack.store import Store
from tests.check.printed import line, put, refresh


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory, new_databases: None) -> Iterator[Store]:
    """Four speakers, one of them quoted twice, and one without a name; no test changes them."""
    with Store.open(tmp_path_factory.mktemp("named") / "t.duckdb") as store:
        text = "“We sail at dawn,” said Ruth Vale. “We sail at noon,” said Ruth Vale. “No,” said Ruth Valen. “Not me,” said José Àlvarez. “Nor me,” said Port of Halden. “Nor us,” said a sailor."
        put(
            store,
            text,
            line("“We sail at dawn,”", by="Ruth Vale", role=None),
            line("“We sail at noon,”", by="Ruth Vale"),
            line("“No,”", by="Ruth Valen"),
            line("“Not me,”", by="José Àlvarez"),
            line("“Nor me,”", by="Port of Halden", type="organisation"),
            line("“Nor us,”", by="a sailor", type="unnamed"),
        )
        refresh(store)
        yield store


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Rut Vale", ["Ruth Vale", "Ruth Valen"]),
        ("Vale, Ruth", ["Ruth Vale", "Ruth Valen"]),
        ("jose alvarez", ["José Àlvarez"]),
        ("Halden", ["Port of Halden"]),
        ("Mara Osei", []),
        ("a sailer", []),
    ],
)
def test_near_names(named: Store, wanted: str, found: list[str]) -> None:
    """Wrong letters, another order, missing accents and parts of names are found; other names and unnamed speakers are not."""
    assert [one.name for one in near_names(named, wanted)] == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [("ru", ["Ruth Vale", "Ruth Valen"]), ("va r", ["Ruth Vale", "Ruth Valen"]), ("rutj vale", ["Ruth Vale", "Ruth Valen"]), ("  ", [])],
)  # fmt: skip
def test_completions(named: Store, typed: str, found: list[str]) -> None:
    """The beginnings of words complete to names, the most quoted first; a misspelling to near names; nothing to nothing."""
    assert [one.name for one in completions(named, typed)] == found
    assert [one.quotations for one in completions(named, "ru")] == [2, 1]
