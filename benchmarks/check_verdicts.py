"""Whether `quotetrack check` gives the right verdicts on queries made from a database by rule.

    python -m benchmarks.check_verdicts --db FILE [--quotations 150] [--seed 5] [--json FILE] [--failures]

Direct quotations are drawn and changed in ways whose verdict follows from the change: as printed, other case and marks, cut,
one content word or number exchanged, a negation dropped or added, words left out with and without an ellipsis, two spliced, inside
a sentence that attributes them, given to another speaker, cut from a denial. Sentences outside quotations must be `printed`, shuffled
words `missing`. A false all-clear is an answer that is right, or as asked, although the query was made wrong.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import record
from quotetrack.check import Answer, check
from quotetrack.store import Store

_NEGATION = re.compile(r"\b(?:not|never|no|nobody|nothing)\b|n['’]t\b", re.IGNORECASE)
_NUMBER = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")
_VERB = re.compile(r"\b(is|are|was|were|will|would|can|could|have|has|had)\b(?! not|n['’]t)")
_EDGES = "“”\"'‘’ .,;:!?"


@dataclass(frozen=True, slots=True)
class Query:
    """A query with the verdicts that are right; ``clear`` is whether an all-clear would be right."""

    kind: str
    text: str
    said_by: str | None
    words: tuple[str, ...]
    clear: bool
    quotation_id: str | None


def main() -> None:
    """Ask everything and print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--db", type=Path, required=True)
    options.add_argument("--quotations", type=int, default=150)
    options.add_argument("--seed", type=int, default=5)
    options.add_argument("--failures", action="store_true", help="print each query that is answered wrongly")
    record.add_option(options)
    given = options.parse_args()
    rows = []
    with Store.open(given.db, read_only=True) as store:
        results = [
            (query, check(store, query.text, query.said_by)) for query in queries(store, given.quotations, given.seed)
        ]
    print("| queries | | words right | claim first | false all-clear |\n|---|---|---|---|---|")
    for kind in [*dict.fromkeys(query.kind for query, _ in results), "all"]:
        some = [(query, answer) for query, answer in results if kind in (query.kind, "all")]
        right = sum(answer.words in query.words for query, answer in some)
        sought = [(query, answer) for query, answer in some if query.quotation_id]
        first = sum(_first(query, answer) for query, answer in sought)
        clear = sum(_false(query, answer) for query, answer in some)
        print(
            f"| {kind} | {len(some)} | {right / len(some):.3f} | {first / len(sought) if sought else 1:.3f} | {clear} |"
        )
        rows.append({"queries": kind, "number": len(some), "words_right": right, "sought": len(sought), "first": first, "false_all_clear": clear})  # fmt: skip
    if given.failures:
        for query, answer in results:
            if (
                answer.words not in query.words
                or _false(query, answer)
                or (query.quotation_id and not _first(query, answer))
            ):
                print(
                    f"\n{query.kind}: {query.text!r} said by {query.said_by}: {answer.words}, {answer.speaker}, {answer.warnings}"
                )
                for match in answer.matches[:1]:
                    print(f"    {match.before[-60:]!r} {match.place.text!r} {match.after[:40]!r}")
    record.write(given.json, {"quotations": given.quotations, "queries": rows})


def queries(store: Store, count: int, seed: int) -> Iterator[Query]:
    """Make the queries."""
    chance = random.Random(seed)
    rows = store.connection.execute(
        "SELECT q.quotation_id, q.text, any_value(p.name), any_value(a.text) FROM shown_quotations q JOIN articles a USING (article_id) "
        "LEFT JOIN source_speakers USING (source_id) LEFT JOIN speakers p USING (speaker_id) WHERE kind = 'direct' AND stance = 'stated' "
        "AND len(string_split(q.text, ' ')) >= 9 AND NOT contains(q.text, '[') GROUP BY q.quotation_id, q.text ORDER BY hash(q.quotation_id, ?) LIMIT ?",
        [seed, count],
    ).fetchall()
    names = sorted({row[2] for row in rows if row[2]})
    vocabulary = sorted({word for row in rows for word in re.findall(r"\b[a-z]{6,}\b", row[1])})
    for place, (key, text, name, article) in enumerate(rows):
        whole = text.strip(_EDGES)
        words = whole.split()
        yield Query("as printed", text, name, ("verbatim",), True, key)
        yield Query("case and marks", whole.upper().replace(",", ""), None, ("marks", "verbatim"), True, key)
        size = max(4, len(words) * chance.choice((4, 6, 8)) // 10)
        start = chance.randrange(len(words) - size + 1)
        cut = " ".join(words[start : start + size])
        # Whether a cut turns the sense is not decided by this rule.
        yield Query("cut", cut, name, ("verbatim", "common"), True, key)
        yield from _changed(whole, words, key, chance, vocabulary)
        other = chance.choice([n for n in names if n != name])
        if name and not set(other.split()) & set(name.split()):
            yield Query("given to another", f"“{whole},” said {other}.", None, ("verbatim",), False, key)
            yield Query("given to another, by option", whole, other, ("verbatim",), False, key)
            yield Query("attributed", f"“{whole},” {name} said.", None, ("verbatim",), True, key)
        following = rows[(place + 1) % len(rows)][1].strip(_EDGES)
        yield Query("spliced", f"{' '.join(words[: len(words) // 2])} {' '.join(following.split()[len(following.split()) // 2 :])}", None, ("changed", "missing"), False, None)  # fmt: skip
        shuffled = chance.sample(words, len(words))
        yield Query("shuffled", " ".join(shuffled), name, ("missing",), False, None)
        quoted = " ".join(row[0] for row in store.connection.execute(
            "SELECT text FROM corrected_quotations WHERE article_id = (SELECT article_id FROM corrected_quotations WHERE quotation_id = ?)", [key]
        ).fetchall())  # fmt: skip
        outside = [
            s
            for s in re.split(r"(?<=[.!?])\s+", article)
            if 40 < len(s) < 200 and s not in quoted and not re.search(r"[“”\"‘’']", s)
        ]
        if outside:
            yield Query("in the article's words", chance.choice(outside), name, ("printed", "reported"), False, None)


def _changed(whole: str, words: list[str], key: str, chance: random.Random, vocabulary: list[str]) -> Iterator[Query]:
    telling = [i for i, word in enumerate(words) if re.fullmatch(r"[a-z]{6,}", word)]
    if telling:
        at = chance.choice(telling)
        new = chance.choice([word for word in vocabulary if word != words[at]])
        yield Query(
            "one word exchanged", " ".join([*words[:at], new, *words[at + 1 :]]), None, ("changed",), False, key
        )
        if 0 < at < len(words) - 1:
            yield Query(
                "word left out, marked",
                " ".join([*words[:at], "…", *words[at + 1 :]]),
                None,
                ("shortened", "changed"),
                True,
                key,
            )
            yield Query(
                "word left out", " ".join([*words[:at], *words[at + 1 :]]), None, ("shortened", "changed"), False, key
            )
    if negation := _NEGATION.search(whole):
        dropped = " ".join((whole[: negation.start()] + whole[negation.end() :]).split())
        yield Query("negation dropped", dropped, None, ("changed",), False, key)
        yield Query(
            "negation under an ellipsis",
            whole[: negation.start()] + " … " + whole[negation.end() :],
            None,
            ("changed",),
            False,
            key,
        )
        rest = whole[negation.end() :].split()[1:]
        before = whole[: negation.start()]
        if len(rest) > 3 and not re.search(r"[.!?,;:—–]", " ".join(rest[:4])) and before:
            yield Query("cut behind a negation", " ".join(rest[:4]), None, ("verbatim", "common"), False, key)
    elif verb := _VERB.search(whole):
        yield Query("negation added", f"{whole[: verb.end()]} not{whole[verb.end() :]}", None, ("changed",), False, key)
    if number := _NUMBER.search(whole):
        new = str(int(re.sub(r"\D", "", number[0])) + 1)
        yield Query(
            "number changed", whole[: number.start()] + new + whole[number.end() :], None, ("changed",), False, key
        )


def _first(query: Query, answer: Answer) -> bool:
    """Whether the first match is the quotation, its claim, or another printing of the same words."""
    if not answer.matches or answer.matches[0].printing is None:
        return False
    return query.quotation_id in {p.quotation_id for p in answer.matches[0].printings} or answer.words == "verbatim"


def _false(query: Query, answer: Answer) -> bool:
    return not query.clear and (answer.right or answer.as_asked)


if __name__ == "__main__":
    main()
