"""Words cut from a frame that changes their meaning are never a plain all-clear."""

from __future__ import annotations

import pytest

from quotetrack.check import check
from quotetrack.check.frames import frame_of
from quotetrack.check.wordings import Wording
from quotetrack.store import Store
from tests.check.printed import line, put, refresh

CUT = "I sold the mill to my brother"
TURNED = [
    "It is false that {}.",
    "It is simply not true that {}, and you know it.",
    "It is a lie, whatever they print, that {}.",
    "I never said {}.",
    "I don't think that {}.",
    "Nobody in this town believes {}.",
    "No one who knows me would say that {}.",
    "They claim that {}.",
    "My opponents say {} for a song.",
    "There is a rumour that {}.",
    "If {}, I would be rich today.",
    "If you ask the owners, {}.",
    "Unless the court stops me, {}.",
    "They asked me whether {}.",
    "I deny that {}.",
    "I doubt {}.",
    "The story that {} is a lie.",
    "That {} is false.",
    "That {} is simply not true.",
    "People keep asking why {}.",
    "You want to know if {}?",
    "Do you really think {}?",
    "I wish {}.",
    "{} if the council agrees.",
    "{}, unless I am mistaken.",
    "As long as {}, nobody will trust us.",
    "I have been accused of many things, and they now say that {}.",
    "The workers deny {}.",
    "Many of us doubt {}.",
    "The rumour is a lie they made up when {}.",
    "It is the lie of the year that {}.",
    "They want us to say that {}.",
    "I cannot believe that {}.",
]
PLAIN = [
    "{} in the spring.",
    "I was tired, and {}.",
    "I was not well in those days, but {}.",
    "There is no doubt that {}.",
    "I cannot deny that {}.",
    "It is no secret that {}.",
    "I said that {}.",
    "I told the court that {}, and I stand by it.",
    "Even if they sue me, {}.",
    "We did not build the dam; {}.",
    "Nobody helped me, so {}.",
    "{} to see if he would do better.",
    "Not only was I poor, {}.",
    "{} because nobody else wanted it.",
    "They were not there. {}.",
    "I did not ask for it and {}.",
    "I am not dead, {}.",
    "In the dispute with the council {}.",
    "After the failed sale {}.",
    "I cannot believe how quickly {}.",
    "I will never forget that {}.",
    "It is fair to say that {}.",
    "It's not wrong to say that {}.",
    "We moved to avoid a storm, as {}.",
    "{} and will do so again if need be.",
    "{} if you ask me.",
]  # fmt: skip


def cut(frame: str) -> str | None:
    """The frame of CUT in a sentence."""
    printed = Wording(frame.format(CUT))
    [(first, end)] = printed.occurrences(Wording(CUT).keys)
    return frame_of(printed, first, end, asks=False)


@pytest.mark.parametrize("frame", TURNED)
def test_frames_that_turn(frame: str) -> None:
    """A negation, denial, condition, question, wish or the claim of others around the excerpt is found."""
    assert cut(frame)


@pytest.mark.parametrize("frame", PLAIN)
def test_frames_that_do_not_turn(frame: str) -> None:
    """A negation of another clause, a cancelled one, a concession and the speaker's own assertion do not turn it."""
    assert cut(frame) is None


def test_a_negation_reaches_over_a_conjunction_without_a_subject() -> None:
    """`not close the yard and sell the crane`: the second verb is negated as well."""
    printed = Wording("We will not close the yard and sell the crane.")
    [(first, end)] = printed.occurrences(["sell", "the", "crane"])
    assert frame_of(printed, first, end, asks=False)


def test_words_cut_from_a_denial_are_verbatim_with_a_warning(store: Store) -> None:
    """The words are verbatim and an excerpt, but the warning names the frame and nothing is called right."""
    put(store, f"“It is false that {CUT},” said Ada Kvist.", line(f"“It is false that {CUT},”", by="Ada Kvist"))
    refresh(store)
    answer = check(store, CUT, said_by="Ada Kvist")
    assert (answer.words, answer.speaker, answer.matches[0].excerpt) == ("verbatim", "same", True)
    assert answer.warnings == ("cut from a sentence that changes its meaning: “It is false that …”",)
    assert not answer.right and not answer.as_asked


def test_words_inside_a_negated_clause(store: Store) -> None:
    """An excerpt that begins behind the negation of its own clause carries the warning."""
    put(
        store,
        "“We will not close the yard before June,” said Ada Kvist.",
        line("“We will not close the yard before June,”", by="Ada Kvist"),
    )
    refresh(store)
    assert check(store, "close the yard before June").warnings
    assert not check(store, "We will not close the yard before June").warnings


def test_a_sentence_may_end_outside_the_marks(store: Store) -> None:
    """Where the attribution ends the sentence, what follows is a new one, and the denial before it does not reach it."""
    put(
        store,
        f"“It is false that {CUT},” said Ada Kvist. “We will close the yard in June.”",
        line(f"“It is false that {CUT},”", "“We will close the yard in June.”", by="Ada Kvist"),
    )
    put(
        store,
        "“It is false,” said Olle Brandt, “that the cranes were sold abroad.”",
        line("“It is false,”", "“that the cranes were sold abroad.”", by="Olle Brandt"),
    )
    refresh(store)
    assert check(store, "We will close the yard in June").warnings == ()
    assert check(store, "the cranes were sold abroad").warnings


def test_a_denial_in_the_articles_words(store: Store) -> None:
    """`It is not true that “…”`: the denial directly before the marks counts although it is no part of the quotation."""
    put(store, f"It is not true that “{CUT}”, Ada Kvist said.", line(f"“{CUT}”", by="Ada Kvist"))
    refresh(store)
    assert check(store, CUT).warnings


@pytest.mark.parametrize("stance", ["denied", "asked", "declined", "hypothetical", "believed"])
def test_what_was_not_said_carries_its_stance(store: Store, stance: str) -> None:
    """Words printed only as denied, asked, declined, hypothetical or believed are never an all-clear."""
    put(store, f"Ada Kvist denied that {CUT.replace('I', 'she')} there.", line(f"that {CUT.replace('I', 'she')} there", by="Ada Kvist", kind="indirect", stance=stance))  # fmt: skip
    refresh(store)
    answer = check(store, f"{CUT.replace('I', 'she')} there", said_by="Ada Kvist")
    assert answer.words == "reported" and answer.warnings and not answer.as_asked
    assert answer.matches[0].printing is not None and answer.matches[0].printing.stance == stance


def test_who_said_it_comes_before_who_denied_it(store: Store) -> None:
    """One states the words and another denies them: the statement comes first, without a warning."""
    words = "the yard would close before the winter of 2027"
    put(
        store,
        f"Ada Kvist denied that {words}.",
        line(f"that {words}", by="Ada Kvist", kind="indirect", stance="denied"),
    )
    put(
        store,
        f"Olle Brandt said that {words}.",
        line(f"that {words}", by="Olle Brandt", kind="indirect"),
        outlet="The Echo",
    )
    refresh(store)
    answer = check(store, words)
    assert (answer.words, answer.warnings) == ("reported", ())
    assert [(m.printing.speakers, bool(m.warnings)) for m in answer.matches if m.printing] == [
        (("Olle Brandt",), False),
        (("Ada Kvist",), True),
    ]


def test_an_ellipsis_that_leaves_out_a_sentence_with_a_negation(store: Store) -> None:
    """Whole sentences may be left out where an ellipsis says so; one with a negation is named in a warning."""
    said = "“We will close the yard in June. That is not my wish. The welders will go to Halden,”"
    put(store, f"{said} said Ada Kvist.", line(said, by="Ada Kvist"))
    refresh(store)
    answer = check(store, "We will close the yard in June. … The welders will go to Halden")
    assert answer.words == "shortened" and "That is not my wish" in answer.warnings[0] and not answer.as_asked


@pytest.mark.parametrize(
    ("sentence", "excerpt", "turned"),
    [
        ("I'm not stupid, okay. I sold the mill.", "okay. I sold the mill", False),
        ("It is not true. I sold the mill.", "true. I sold the mill", True),
        ("You sold the mill?I bailed you out twice;maybe a third time?", "sold the mill?I bailed you out", False),
        ("You sold the mill and bailed them out?", "sold the mill", True),
    ],
)
def test_the_frame_of_one_sentence_does_not_reach_the_next(sentence: str, excerpt: str, turned: bool) -> None:
    """A last word behind a comma, and a question in another part of the sentence, turn nothing in the excerpt."""
    printed = Wording(sentence)
    [(first, end)] = printed.occurrences(Wording(excerpt).keys)
    assert bool(frame_of(printed, first, end, asks=False)) is turned


@pytest.mark.parametrize(
    ("sentence", "excerpt", "turned"),
    [
        ("We declined to sell the mill to the town.", "sell the mill", True),
        ("We will mend the dam rather than sell the mill to the town.", "sell the mill", True),
        ("We resist the urge to sell the mill.", "sell the mill", True),
        ("It is not surprising that we sell the mill.", "we sell the mill", False),
        ("It looks like we’re not going to sail.", "It looks like we’re", True),
        ("It makes our harbour less safe for the crews.", "safe for the crews", True),
        ("We must not fail the children of the valley.", "the children of the valley", True),
        ("We will not stop the men at the gate.", "the men at the gate", True),
        ("We must not fail to mend the dam.", "mend the dam", False),
        ("We will not stop building the dam.", "building the dam", False),
        ("I never refused to pay the crew.", "to pay the crew", False),
    ],
)
def test_verbs_that_prevent_cancel_a_negation_only_before_a_verb(sentence: str, excerpt: str, turned: bool) -> None:
    """`not fail to mend` says that it will be mended; nouns behind `not fail` are still part of a negated sentence."""
    printed = Wording(sentence)
    [(first, end)] = printed.occurrences(Wording(excerpt).keys)
    assert bool(frame_of(printed, first, end, asks=False)) is turned
