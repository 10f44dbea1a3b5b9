"""The verdict on the words: nothing that differs in a word is called the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quotetrack.check import Answer, check
from quotetrack.errors import UsageError
from quotetrack.store import Store
from tests.check.printed import line, put, refresh


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A small record: what Ada Kvist, the mayor, and Olle Brandt said about a shipyard."""
    path: Path = tmp_path_factory.mktemp("words") / "t.duckdb"
    with Store.open(path) as store:
        put(
            store,
            "“We will close the yard in June,” said Ada Kvist, the mayor. “Six times the crew rang the bell, and nobody came "
            "down to the quay.” Kvist said the crane would be sold to a museum in Halden. She called the plan “a gift to nobody "
            "at all” and dead.",
            line("“We will close the yard in June,”", by="Ada Kvist", role="mayor"),
            line("“Six times the crew rang the bell, and nobody came down to the quay.”", by="Ada Kvist"),
            line("the crane would be sold to a museum in Halden", by="Ada Kvist", kind="indirect"),
            line("the plan “a gift to nobody at all” and dead", by="Ada Kvist", kind="mixed"),
        )
        put(
            store,
            "“We will close the yard in July,” said Olle Brandt. The gulls took over the slipway in a week. Nobody panicked.",
            line("“We will close the yard in July,”", by="Olle Brandt"),
            outlet="The Echo",
            day="2026-03-05",
        )
        put(
            store,
            "“The harbour council,” said Ada Kvist, “has never sold a single berth to a company from abroad.”",
            line("“The harbour council,”", "“has never sold a single berth to a company from abroad.”", by="Ada Kvist"),
            outlet="The Wire",
            day="2026-03-07",
        )
        put(
            store,
            "“Our welders, who earn 900 crowns a day, will build the long-term café on the quay, and most of the riggers will stay until Friday. "
            "The town pays for it.”",
            line(
                "“Our welders, who earn 900 crowns a day, will build the long-term café on the quay, and most of the riggers will stay until "
                "Friday. The town pays for it.”"
            ),
            outlet="The Wire",
            day="2026-03-08",
        )
        refresh(store)
        yield store


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("We will close the yard in June", "verbatim"),
        ("“we will close the yard in June.”", "verbatim"),
        ("Six times the crew rang the bell, and nobody came down", "verbatim"),
        ("Six times the crew rang the bell and nobody came down", "marks"),
        ("Six times the Crew rang the bell, and nobody came down", "marks"),
        ("build the long term cafe on the quay", "marks"),
        ("Our welders … will build the long-term café on the quay", "changed"),
        ("Our welders will build the long-term café … and most of the riggers will stay", "changed"),
        ("build the long-term café … and most of the riggers will stay", "shortened"),
        ("build the long-term café and most of the riggers will stay", "shortened"),
        ("Five times the crew rang the bell, and nobody came down to the quay", "changed"),
        ("a gift to nobody at all", "verbatim"),
        ("the plan a gift to nobody at all", "reported"),
        ("The crane would be sold to a museum in Halden", "reported"),
        ("Nobody panicked.", "printed"),
        ("The gulls took over the slipway in a week", "printed"),
        ("The harbour council has never sold a single berth to a company from abroad", "verbatim"),
        ("until Friday. The town pays for it.", "verbatim"),
        ("until Friday, the town pays for it", "marks"),
        ("Cats are the only honest politicians we have ever had", "missing"),
        ("is over before the winter", "missing"),
        ("quay", "verbatim"),
    ],
)
def test_verdict_on_words(record: Store, asked: str, words: str) -> None:
    """Each verdict has the meaning that docs/check.md gives it, for whole quotations and for excerpts."""
    assert check(record, asked).words == words


@pytest.mark.parametrize(
    ("asked", "kind", "ours", "theirs"),
    [
        ("The harbour council has sold a single berth to a company from abroad", "negation", None, "never"),
        ("Six times the crew rang the bell, and somebody came down to the quay", "negation", "somebody", "nobody"),
        ("Five times the crew rang the bell, and nobody came down to the quay", "number", "Five", "Six"),
        ("Our welders, who earn 800 crowns a day, will build the long-term café on the quay", "number", "800", "900"),
        ("most of the riggers will stay until Monday. The town pays for it.", "date", "Monday", "Friday"),
        ("We will close the yard in May", "date", "May", "June"),
        ("all of the riggers will stay until Friday. The town pays for it.", "quantity", "all", "most"),
        ("most of the riggers may stay until Friday. The town pays for it.", "modal", "may", "will"),
        ("most of the smiths will stay until Friday. The town pays for it.", "content", "smiths", "riggers"),
        ("most of these riggers will stay until Friday. The town pays for it.", "function", "these", "the"),
        ("most of the rigers will stay until Friday. The town pays for it.", "spelling", "rigers", "riggers"),
        ("The harbour council has never sold a single berth to a company from Norway", "name", "Norway", "abroad"),
    ],
)
def test_each_change_has_its_kind(record: Store, asked: str, kind: str, ours: str | None, theirs: str) -> None:
    """A changed word of any kind makes the verdict ``changed`` and is named, with both wordings."""
    answer = check(record, asked)
    assert answer.words == "changed" and not answer.as_asked
    first = answer.changes[0]
    assert (first.kind, first.asked and first.asked.text, first.printed and first.printed.text) == (kind, ours, theirs)


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("We'll close the yard in June", "function"),
        ("We wi1l clos the yard in June", "spelling"),
        ("6 times the crew rang the bell, and nobody came down", "spelling"),
    ],
)
def test_other_forms_of_the_same_words(record: Store, asked: str, kind: str) -> None:
    """A contraction, typing errors and a number in figures are changes, but the least serious ones."""
    answer = check(record, asked)
    assert (answer.words, answer.changes[0].kind) == ("changed", kind)


def test_the_most_serious_change_comes_first(record: Store) -> None:
    """Among several changes the negation is listed before a content word, wherever they stand."""
    answer = check(record, "The port council has sold a single berth to a company from abroad")
    assert [change.kind for change in answer.changes] == ["negation", "content"]


@pytest.mark.parametrize(
    ("printed", "asked"),
    [("We grew 5.2% last summer in the yard", "We grew 52% last summer in the yard"), ("We grew 5% last summer in the yard", "We grew 5 last summer in the yard")],
)  # fmt: skip
def test_figures_are_compared_with_their_signs(store: Store, printed: str, asked: str) -> None:
    """A decimal point or a percent sign that is missing is a changed number, not punctuation."""
    put(store, f"“{printed},” said Ada Kvist.", line(f"“{printed},”", by="Ada Kvist"))
    refresh(store)
    answer = check(store, asked)
    assert (answer.words, answer.changes[0].kind) == ("changed", "number")


def test_inserted_words_in_brackets_are_a_change(store: Store) -> None:
    """What an outlet puts in brackets was not said: asked for without brackets it is a change."""
    put(store, "“They [the owners] will not sell the yard to us,” said Ada Kvist.", line("“They [the owners] will not sell the yard to us,”", by="Ada Kvist"))  # fmt: skip
    refresh(store)
    assert check(store, "They the owners will not sell the yard to us").words == "changed"
    assert check(store, "They [the owners] will not sell the yard to us").words == "verbatim"


def test_both_candidates_one_word_off_are_shown(record: Store) -> None:
    """Asked for a mixture of two statements, both are shown, not only the first."""
    answer = check(record, "We will not close the yard in July")
    assert [m.place.text for m in answer.matches[:2]] == [
        "We will close the yard in July",
        "We will close the yard in June",
    ]
    assert all(m.words == "changed" and m.changes[0].kind == "negation" for m in answer.matches[:2])


def test_the_diff_keeps_every_word_of_both_sides(record: Store) -> None:
    """The pieces of the diff, joined, are the asked and the printed wording."""
    asked = "Five times the crew rang a bell and nobody came to the quay"
    match = check(record, asked).matches[0]
    assert "".join(piece.asked.text for piece in match.diff) == asked
    assert "".join(piece.printed.text for piece in match.diff).startswith("Six times the crew rang the bell, and")


def test_spans_lead_to_the_very_characters(record: Store) -> None:
    """Places, changes and printed pieces of the diff are offsets of the article's text; asked ones of the wording."""
    answer = check(record, "Five times the crew rang the bell, and nobody came down")
    match = answer.matches[0]
    [(text,)] = record.connection.execute(
        "SELECT text FROM articles WHERE article_id = ?", [match.place.article_id]
    ).fetchall()
    printed = [match.place, *(p.printed for p in match.diff), *(c.printed for c in match.changes if c.printed)]
    assert all(text[span.start : span.end] == span.text for span in printed)
    asked = [*(p.asked for p in match.diff), *(c.asked for c in match.changes if c.asked)]
    assert asked and all(answer.asked[span.start : span.end] == span.text for span in asked)


def test_an_excerpt_is_said_to_be_one(record: Store) -> None:
    """A part of a longer quotation is verbatim, with the printed words before and after it."""
    match = check(record, "the crew rang the bell").matches[0]
    assert (match.words, match.excerpt) == ("verbatim", True)
    assert match.before.endswith("“Six times ") and match.after.startswith(", and nobody came")
    assert not check(record, "We will close the yard in June").matches[0].excerpt


def test_a_marked_omission_differs_from_a_silent_one(record: Store) -> None:
    """Words left out are fine where an ellipsis says so, and not otherwise."""
    marked = check(record, "build the long-term café … and most of the riggers will stay")
    silent = check(record, "build the long-term café and most of the riggers will stay")
    assert marked.as_asked and marked.changes[0].elided and not marked.right
    assert not silent.as_asked and not silent.changes[0].elided


def test_an_ellipsis_that_hides_a_negation_is_flagged(store: Store) -> None:
    """An omitted negation makes the wording ``changed``, and is the first change shown."""
    put(store, "“I have, in all my years at the yard, never taken a crown from the owners,” said Ada Kvist.", line("“I have, in all my years at the yard, never taken a crown from the owners,”", by="Ada Kvist"))  # fmt: skip
    refresh(store)
    answer = check(store, "I have … taken a crown from the owners")
    assert answer.words == "changed" and not answer.as_asked
    assert (answer.changes[0].kind, answer.changes[0].elided) == ("negation", True)


@pytest.mark.parametrize("left_out", ["if they agree", "unless they pay", "only", "falsely", "perhaps"])
def test_left_out_words_that_turn_the_sense(store: Store, left_out: str) -> None:
    """Leaving out a condition, a restriction or a modal word is a change, not a shortening."""
    printed = f"We will sell the old yard {left_out} to the town of Halden"
    put(store, f"“{printed},” said Ada Kvist.", line(f"“{printed},”", by="Ada Kvist"))
    refresh(store)
    answer = check(store, "We will sell the old yard to the town of Halden")
    assert (answer.words == "changed") == (left_out != "falsely")


def test_an_omitted_sentence_that_begins_like_the_next(store: Store) -> None:
    """A complete sentence may be left out under an ellipsis even if it begins with the words of the next one."""
    said = "“We saw the ship. We watched the crew for a week. We will help them,”"
    put(store, f"{said} said Ada Kvist.", line(said, by="Ada Kvist"))
    refresh(store)
    answer = check(store, "We saw the ship. … We will help them")
    assert (answer.words, answer.warnings, answer.as_asked) == ("shortened", (), True)
    assert [c.printed.text for c in answer.changes if c.printed] == ["We watched the crew for a week"]


def test_an_omitted_sentence_with_a_choice_is_no_negation(store: Store) -> None:
    """`Whether` in a complete sentence that an ellipsis leaves out does not turn the sentences beside it."""
    said = "“The pumps are old. Seeing whether they hold is important. The town will buy new ones,”"
    put(store, f"{said} said Ada Kvist.", line(said, by="Ada Kvist"))
    refresh(store)
    assert check(store, "The pumps are old. … The town will buy new ones").as_asked


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A record with short sentences, some of common words."""
    with Store.open(tmp_path_factory.mktemp("brief") / "t.duckdb") as store:
        for words, who in (
            ("They have a global strategy", "Ada Kvist"),
            ("The campaign goes on", "Ada Kvist"),
            ("I do not know", "Ada Kvist"),
            ("It was late. He really does love us. We went home.", "Olle Brandt"),
            ("We have a thousand reasons to be proud of the port of Halden", "Olle Brandt"),
        ):
            put(store, f"“{words},” said {who}.", line(f"“{words},”", by=who))
        refresh(store)
        yield store


@pytest.mark.parametrize(
    ("asked", "by", "words"),
    [
        ("They have a local strategy", None, "changed"),
        ("He hardly does love us", None, "changed"),
        ("The harbour goes on", "Ada Kvist", "changed"),
        ("I do not mind", None, "missing"),
        ("I do not mind", "Ada Kvist", "missing"),
        ("They want a local strategy", None, "missing"),
        ("We have a thousand", None, "verbatim"),
        ("They have a thousand", None, "missing"),
    ],
)
def test_a_changed_word_in_a_short_sentence(brief: Store, asked: str, by: str | None, words: str) -> None:
    """A sentence of four to eight words with one of them changed is recognised by the others, unless these are common."""
    assert check(brief, asked, said_by=by).words == words


def test_missing_says_what_was_searched_and_what_is_near(record: Store) -> None:
    """``missing`` comes with the numbers of articles and outlets, the days, and similar statements that are no matches."""
    answer = check(record, "The crane was a gift to the museum in Halden")
    assert (answer.words, answer.matches) == ("missing", ())
    assert answer.searched.to_dict() == {
        "articles": 4, "outlets": 3, "first_day": "2026-03-02", "last_day": "2026-03-08", "incomplete": 0,
    }  # fmt: skip
    assert any("museum" in near.place.text for near in answer.nearest)


def test_common_words_are_nobodys(store: Store) -> None:
    """A few words that many claims have are ``common``, and the speaker is not compared, unless the named one said them."""
    things = ["ferries", "meadows", "lifeboats", "sluices", "inspectors", "railways", "orchards"]
    for number, thing in enumerate(things):
        words, who = f"“They told us about the {thing} of this county,”", f"Ada Nordby{number}"
        put(store, f"{words} said {who}.", line(words, by=who))
    refresh(store)
    answer = check(store, "told us about the", said_by="Somebody Else")
    assert (answer.words, answer.speaker, answer.claims, len(answer.matches)) == ("common", "not compared", 7, 5)
    named = check(store, "told us about the", said_by="Ada Nordby6")
    assert (named.words, named.speaker, named.matches[0].printing.speakers) == ("verbatim", "same", ("Ada Nordby6",))  # type: ignore[union-attr]
    assert check(store, "about the orchards of this county").words == "verbatim"


def test_a_longer_text_part_by_part(record: Store) -> None:
    """The quotations of a pasted text are checked one by one; the text is as good as the worst of them."""
    pasted = (
        "“We will close the yard in June,” Kvist said on Monday. The gulls took over the slipway in a week. She added: “We will not "
        "close the yard in June.” “Cats run this harbour, sir.”"
    )
    answer = check(record, pasted)
    assert [(p.asked.rstrip(",."), p.words) for p in answer.passages] == [
        ("We will close the yard in June", "verbatim"),
        ("The gulls took over the slipway in a week", "printed"),
        ("We will not close the yard in June", "changed"),
        ("Cats run this harbour, sir", "missing"),
    ]
    assert answer.words == "missing" and not answer.as_asked


def test_a_silent_omission_in_one_of_several_quotations(record: Store) -> None:
    """A text is not as asked if one of its quotations leaves words out without an ellipsis."""
    silent = "“build the long-term café and most of the riggers will stay,” she said. “We will close the yard in June,” Kvist said."
    answer = check(record, silent)
    assert answer.words == "shortened" and not answer.as_asked
    assert check(record, silent.replace("café and", "café … and")).as_asked


def test_a_quotation_that_quotes_is_checked_as_a_whole(store: Store) -> None:
    """Marks around a title inside the wording do not make the title the quotation: a change elsewhere is found."""
    said = "“The ‘Marisol’ was never fit to leave the harbour of Halden in March,”"
    put(store, f"{said} said Ada Kvist.", line(said, by="Ada Kvist"))
    refresh(store)
    assert check(store, "The ‘Marisol’ was never fit to leave the harbour of Halden in March").words == "verbatim"
    assert check(store, "The ‘Marisol’ was always fit to leave the harbour of Halden in March").words == "changed"
    told = "“The first report of the White Lodge on the ‘Marisol’ was never read by anybody in Halden,”"
    put(store, f"{told} said Ada Kvist.", line(told, by="Ada Kvist"))
    refresh(store)
    assert check(store, told.replace("anybody", "somebody")).words == "changed"


def test_two_statements_run_together_are_not_one(record: Store) -> None:
    """Two verbatim sentences of different statements, joined, are not found as a whole but each by itself."""
    answer = check(record, "We will close the yard in June. The town pays for it.")
    assert answer.words not in ("verbatim", "marks", "shortened") and not answer.as_asked
    assert [p.words for p in answer.passages] == ["verbatim", "verbatim"]


def test_mojibake_is_read_as_what_it_was(record: Store) -> None:
    """A wording copied with broken characters is compared after repair."""
    assert check(record, "build the long-term cafÃ© on the quay").words == "verbatim"


def test_nothing_to_check(record: Store) -> None:
    """A text without words is refused."""
    with pytest.raises(UsageError):
        check(record, " … ")


def test_what_is_stored_is_found_before_claims_are_made(store: Store) -> None:
    """Exact words are found as soon as an article is stored, even if the run did not finish."""
    put(
        store,
        "“We will close the yard in June,” said Ada Kvist.",
        line("“We will close the yard in June,”", by="Ada Kvist"),
    )
    answer: Answer = check(store, "close the yard in June")
    assert (answer.words, answer.searched.incomplete) == ("verbatim", 1)


def test_long_paragraphs_and_long_wordings(store: Store) -> None:
    """Words far inside a long paragraph are found, and so is a wording longer than the passages of the index."""
    words = " ".join(f"word{number} and" for number in range(300))
    put(store, f"“We {words} so on,” said Ada Kvist.", line(f"“We {words} so on,”", by="Ada Kvist"))
    refresh(store)
    assert check(store, words).words == "verbatim"
    assert check(store, " ".join(words.split()[211:234])).words == "verbatim"


def test_a_quotation_is_found_behind_many_passages_with_the_same_words(store: Store) -> None:
    """Words that hundreds of articles print as their own are found where somebody says them, with or without a name."""
    for number in range(305):
        put(store, f"The boats came home before noon on day {number} of the fair.")
    put(store, "“The boats came home before noon,” said Ada Kvist.", line("“The boats came home before noon,”", by="Ada Kvist"))  # fmt: skip
    refresh(store)
    assert check(store, "The boats came home before noon").words == "verbatim"
    assert check(store, "The boats came home before noon", said_by="Ada Kvist").right


def test_words_outside_the_marks_within_a_statement_count(store: Store) -> None:
    """If the statement goes on outside the marks, a change there is found although the words in the marks are printed."""
    put(store, "Kvist said that “harbour fees burden nobody in this town” and that new cranes are wasted money.",
        line("that “harbour fees burden nobody in this town” and that new cranes are wasted money", by="Kvist", kind="mixed"))  # fmt: skip
    refresh(store)
    answer = check(store, "that “harbour fees burden nobody in this town” and that new cranes are useful money")
    assert answer.words == "changed" and not answer.as_asked
