"""A made-up speaker with many statements, for the tests of dossiers."""

from __future__ import annotations

from datetime import date, timedelta

from quotetrack.jobs.refresh import refresh
from quotetrack.model import Article, Quotation, Speaker
from quotetrack.store import Store
from tests.conftest import said

VALE, LUND = Speaker("Ruth Vale", "person"), Speaker("Anton Lund", "person")
OUTLETS = ("The Post", "Coast & Country", "Harbour Wire")
_THINGS = [
    "ferry",
    "bridge",
    "pier",
    "lighthouse",
    "tunnel",
    "canal",
    "quay",
    "drydock",
    "breakwater",
    "causeway",
    "slipway",
]
_PLACES = ["Oster", "Velm", "Quill", "Marrow", "Tarn", "Holm", "Brack", "Sund", "Kell", "Dorn", "Pell", "Vance", "Wick"]
_NEEDS = [
    "lamps",
    "ropes",
    "planks",
    "engines",
    "painters",
    "buoys",
    "ladders",
    "surveyors",
    "anchors",
    "gates",
    "pumps",
    "rails",
    "sluices",
    "winches",
    "dredgers",
    "cranes",
    "tiles",
]
_WHO = [
    "farmers",
    "teachers",
    "brewers",
    "weavers",
    "nurses",
    "beekeepers",
    "anglers",
    "cyclists",
    "bakers",
    "potters",
    "gardeners",
    "drummers",
    "masons",
    "dentists",
    "plumbers",
    "judges",
    "cooks",
    "tailors",
    "barbers",
]
_BIRDS = ["gull", "heron", "curlew", "puffin", "gannet", "swan", "goose"]
_FOODS = ["herrings", "plums", "mussels", "pancakes", "walnuts", "dumplings", "cherries", "radishes", "turnips"]
_WHEN = [
    "harvest",
    "snowfall",
    "carnival",
    "Easter",
    "midsummer",
    "vintage",
    "thaw",
    "solstice",
    "drought",
    "floods",
    "holidays",
    "regatta",
    "auction",
]
_WHY = [
    "trusts forecasts",
    "reads ledgers",
    "remembers droughts",
    "fears storms",
    "dislikes queues",
    "collects stamps",
    "repairs clocks",
]


def statement(number: int) -> str:
    """A sentence that no other number gives, different enough not to be clustered with another."""
    thing, place, need, who, when, why = (
        words[number // step % len(words)]
        for words, step in ((_THINGS, 1), (_PLACES, 1), (_NEEDS, 1), (_WHO, 1), (_WHEN, 3), (_WHY, 5))
    )
    orders = (
        f"The {thing} at {place} gets {number + 20} {need} after the {when} since everybody among the {who} {why}",
        f"After every {when} our {who} buy {need}, and the {thing} of {place} {why} on page {number + 20}",
        f"Whoever {why} will love {place}, where {number + 20} {who} carry {need} to the {thing} at {when}",
    )
    return orders[number % len(orders)]


def article(number: int, per_article: int) -> tuple[Article, list[Quotation]]:
    """An article with some statements of Ruth Vale, in turn verbatim and reported, and one of Anton Lund."""
    numbers = range(number * per_article, (number + 1) * per_article)
    lines, quoted = [], []
    for one in numbers:
        words = statement(one)
        lines.append(
            f"“{words},” Ruth Vale, the harbour minister, said." if one % 3 else f"Ruth Vale said that {words}."
        )
        quoted.append((f"“{words},”", "direct") if one % 3 else (f"that {words}", "indirect"))
    bird, food, place = (words[number // step % len(words)] for words, step in ((_BIRDS, 1), (_FOODS, 2), (_PLACES, 3)))
    lines.append(f"“My {bird} ate {number + 3} {food} behind the market of {place},” Anton Lund said.")
    day = date(2024, 1, 3) + timedelta(days=number * 4)
    text = "\n\n".join(lines)
    made = Article(
        text,
        outlet=OUTLETS[number % len(OUTLETS)],
        url=f"https://{number}.example/news",
        title=f"Harbour report {number}",
        published=day.isoformat(),
    )
    found = [
        said(made, words, source="Ruth Vale", speaker=VALE, kind=kind, stance="denied" if place == 1 and number % 5 == 0 else "stated")
        for place, (words, kind) in enumerate(quoted)
    ]  # fmt: skip
    found.append(said(made, lines[-1].partition(" Anton")[0], source="Anton Lund", speaker=LUND))
    return made, found


def fill(store: Store, quotations: int, per_article: int = 6) -> None:
    """Store so many quotations of Ruth Vale, two of them not statements, and link them."""
    store.put([article(number, per_article) for number in range(quotations // per_article)], "m")
    extra = Article(
        "“The ferry at Oster does not get 20 lamps after the harvest since everybody among the farmers trusts forecasts,” Ruth Vale said.\n\n"
        "Would Ruth Vale sell the lighthouse? Ruth Vale believes that the moon pulls boats.",
        outlet="The Post", url="https://post.example/x", title="</script><b>Odd & ends</b>", published="2026-05-01",
    )  # fmt: skip
    store.put(
        [
            (
                extra,
                [
                    said(extra, "sell the lighthouse", source="Ruth Vale", speaker=VALE, kind="indirect", stance="asked"),
                    said(extra, "the moon pulls boats", source="Ruth Vale", speaker=VALE, kind="indirect", stance="believed"),
                    said(extra, "“The ferry at Oster does not get 20 lamps after the harvest since everybody among the farmers trusts forecasts,”", source="Ruth Vale", speaker=VALE),
                ],
            )
        ],
        "m",
    )  # fmt: skip
    refresh(store)
