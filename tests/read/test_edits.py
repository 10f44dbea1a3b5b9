"""What counts as a change of a statement between two versions of an article."""

from __future__ import annotations

import pytest

from quotetrack.read.edits import Statement, StatementChange, VersionText, compare
from tests.edited import JULY, JUNE, quoted


def version(text: str, *left_out: int) -> VersionText:
    """A version with its quotations, without some of them by number."""
    statements = [
        Statement(
            str(number), one.text, one.kind, one.stance, (one.speaker.name,) if one.speaker else (), True,
            tuple((span.start, span.end) for span in one.content),
        )
        for number, one in enumerate(quoted(text)) if number not in left_out
    ]  # fmt: skip
    return VersionText(text, statements)


def told(changes: list[StatementChange]) -> list[tuple[str, str | None, str | None]]:
    return [(one.kind, one.before and one.before.text, one.after and one.after.text) for one in changes]


def test_changed_vanished_added() -> None:
    """A new wording by the same speaker is a change, a statement without one vanished, and a new one was added."""
    assert told(compare(version(JUNE), version(JULY))) == [
        ("changed", "“We will close the yard in June,”", "“We will close the yard in July,”"),
        ("vanished", "“Nobody was told,”", None),
        ("added", None, "“We are sorry,”"),
    ]


def test_the_same_text_has_no_changes() -> None:
    """Between equal texts nothing changed, in either direction of time."""
    assert compare(version(JUNE), version(JUNE)) == []


@pytest.mark.parametrize("left_out", [0, 1])
def test_a_quotation_that_is_missed_in_one_version_is_no_edit(left_out: int) -> None:
    """Words that still stand in the text did not vanish, and words that stood there before were not added."""
    assert (
        compare(version(JUNE), version(JUNE, left_out)) == [] and compare(version(JUNE, left_out), version(JUNE)) == []
    )


def test_other_boundaries_are_no_edit() -> None:
    """A quotation of which one version gives only a part is the same statement, if both texts have the whole."""
    short = VersionText(JUNE, [Statement("x", JUNE[1:14], "direct", "stated", ("Ruth Vale",), True, ((1, 14),))])
    assert compare(version(JUNE, 1), short) == [] and compare(short, version(JUNE, 1)) == []


def test_a_shortened_statement_is_changed() -> None:
    """A statement of which words were taken out is changed, although what is left stood in the earlier text."""
    long = "“We will close the yard in June, and nobody will be paid for it,” said Ruth Vale."
    short = "“We will close the yard in June,” said Ruth Vale."
    assert [one.kind for one in compare(version(long), version(short))] == ["changed"]
    assert [one.kind for one in compare(version(short), version(long))] == ["changed"]


def test_the_same_words_of_somebody_else() -> None:
    """The same words given to another person, or denied instead of said, are a change, shown with both."""
    [change] = compare(version(JUNE), version(JUNE.replace("said Ruth Vale", "said Mara Osei")))
    assert change.before and change.after
    assert (change.before.speakers, change.after.speakers) == (("Ruth Vale",), ("Mara Osei",))
    [change] = compare(version(JUNE), version(JUNE.replace("said Ruth", "denied Ruth")))
    assert change.before and change.after and (change.before.stance, change.after.stance) == ("stated", "denied")


def test_another_reading_of_an_unchanged_paragraph_is_no_edit() -> None:
    """If the paragraph stayed, another speaker or stance comes from the program and not from the outlet."""
    one = version(JUNE)
    other = VersionText(
        f"{JUNE}\n\nThe yard opened long ago.",
        [Statement(s.quotation_id, s.text, s.kind, "denied", ("Anton Lund",), True, s.spans) for s in one.statements],
    )
    assert compare(one, other) == []


def test_a_wording_of_another_speaker_must_be_very_similar() -> None:
    """Half of the words in common pair two statements of one speaker, but not those of two."""
    old = "“We will open the harbour on Monday if the storm is over,” said Ruth Vale."
    new = old.replace("on Monday if the storm is over", "in spring, whatever the weather does")
    assert [one.kind for one in compare(version(old), version(new))] == ["changed"]
    by_another = version(new.replace("Ruth Vale", "Anton Lund"))
    assert [one.kind for one in compare(version(old), by_another)] == ["vanished", "added"]


def test_the_diff_has_every_word() -> None:
    """The pieces of the diff, joined, are the earlier and the later wording; JSON has both."""
    changes = compare(version(JUNE), version(JULY))
    for one in changes:
        assert "".join(piece.asked.text for piece in one.diff) == (one.before.text if one.before else "")
        assert "".join(piece.printed.text for piece in one.diff) == (one.after.text if one.after else "")
    assert changes[0].to_dict()["before"]["speakers"] == ["Ruth Vale"]
