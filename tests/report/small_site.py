"""A small database with everything a site shows, with hostile texts."""

from __future__ import annotations

from dataclasses import replace

from quotetrack.jobs.refresh import refresh
from quotetrack.model import Article, Quotation, Speaker
from quotetrack.store import Store
from tests.conftest import said

EVIL = "<script>alert(1)</script>"
NEWS = "The new crane will stand by the end of the summer"
VALE, LUND = Speaker("Ruth Vale", "person"), Speaker("Anton Lund", "person")


def fill(store: Store) -> None:
    """Store three articles of two outlets: all kinds of quotations and speakers, denied and believed words, and scare quotes."""
    bridge = "“We will rebuild the bridge within a single year from now,”"
    first = Article(
        f"{bridge} Ruth Vale, the minister, said. Ruth Vale said the port would stay shut.\n\n"
        "The “short” pier is old. “Not a single plank has been bought for it,” said Anton Lund.",
        outlet="The Post", url="https://post.example/1", title=EVIL, published="2031-03-02",
    )  # fmt: skip
    second = Article(
        f"“We will rebuild the bridge within a year…,” Ruth Vale told {EVIL}. “Never again,” said {EVIL}.",
        outlet=EVIL, url="javascript:alert(1)", title="B", published="2031-03-04",
    )  # fmt: skip
    third = Article(
        "Ruth Vale denied that the yard would close soon. Ruth Vale hopes the ferry will pay for itself. Residents said the pier "
        "is too short. “We strike on Monday,” a spokesman for the Union of Harbour Pilots said.",
        outlet="The Post", url="https://post.example/9", title="Yard, ferry & pier", published="2031-03-05",
    )  # fmt: skip
    store.put(
        [
            (first, [
                said(first, bridge, source="Ruth Vale, the minister", speaker=VALE, role="minister"),
                said(first, "the port would stay shut", source="Ruth Vale", speaker=VALE, kind="indirect"),
                said(first, "“Not a single plank has been bought for it,”", source="Anton Lund", speaker=LUND),
            ]),
            (second, [
                said(second, "“We will rebuild the bridge within a year…,”", source="Ruth Vale", speaker=VALE),
                said(second, "“Never again,”", source=EVIL, speaker=Speaker(EVIL, "person")),
            ]),
            (third, [
                said(third, "that the yard would close soon", source="Ruth Vale", speaker=VALE, kind="indirect", stance="denied"),
                said(third, "the ferry will pay for itself", source="Ruth Vale", speaker=VALE, kind="indirect", stance="believed"),
                said(third, "the pier is too short", source="Residents", speaker=Speaker("residents", "unnamed"), kind="indirect"),
                replace(
                    said(third, "“We strike on Monday,”", source="a spokesman", speaker=Speaker("a spokesman", "unnamed")),
                    on_behalf_of="Union of Harbour Pilots",
                ),
            ]),
        ],
        "m",
    )  # fmt: skip
    refresh(store)


def later() -> tuple[Article, list[Quotation]]:
    """An article that came after the others, with one statement."""
    one = Article(
        f"“{NEWS},” said Anton Lund.",
        outlet="The Wire",
        url="https://wire.example/1",
        title="Crane",
        published="2031-04-01",
    )
    return one, [said(one, f"“{NEWS},”", source="Anton Lund", speaker=LUND)]
