"""Twelve drafts with planted faults against a small record: every fault is found, and nothing else is called one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quotetrack.check.draft_records import Checked, DraftReport
from quotetrack.check.drafts import check_quotations
from quotetrack.inputs.drafts import Draft, draft_of_text, read_draft
from quotetrack.model import Quotation
from quotetrack.store import Store
from tests.check.printed import line, put, refresh
from tests.check.word_files import deleted, footnote_mark, inserted, paragraph, run, table, write_docx

DRAFTS = Path(__file__).parent / "drafts"
Quotations = Callable[[str], list[Quotation]]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """What a mayor, a union leader, a doctor and a shipowner of an invented town said, by four outlets."""
    with Store.open(tmp_path_factory.mktemp("drafts") / "t.duckdb") as store:
        fill(store)
        yield store


def fill(store: Store) -> None:
    """Put the record into a database."""
    kvist, brandt, solheim, fjell = "Ada Kvist", "Olle Brandt", "Mira Solheim", "Jonas Fjell"
    put(
        store,
        "“We will close the yard in June,” said Ada Kvist, the mayor of Halden. “The town has never sold a single berth to a company "
        "from abroad.”\n\n“About 240 welders will lose their work on Friday,” Kvist said. Kvist said the crane would be sold to a "
        "museum in Tolvik.",
        line("“We will close the yard in June,”", by=kvist, role="mayor of Halden"),
        line("“The town has never sold a single berth to a company from abroad.”", by=kvist),
        line("“About 240 welders will lose their work on Friday,”", by=kvist),
        line("the crane would be sold to a museum in Tolvik", by=kvist, kind="indirect"),
        outlet="The Halden Post",
        day="2026-03-02",
    )
    put(
        store,
        "“The owners promised us a new dock, and they have not built it,” said Olle Brandt, the leader of the welders' union. “It is "
        "false that I sold the old mill to my brother.” Olle Brandt denied that the union would strike before Easter.",
        line("“The owners promised us a new dock, and they have not built it,”", by=brandt, role="leader of the welders' union"),
        line("“It is false that I sold the old mill to my brother.”", by=brandt),
        line("the union would strike before Easter", by=brandt, kind="indirect", stance="denied"),
        outlet="The Echo",
        day="2026-03-03",
    )  # fmt: skip
    put(
        store,
        "“Every patient in the ward was moved to Tolvik before the storm reached the coast,” said Mira Solheim, the head of the "
        "hospital. “I have, in all my years here, never turned away a child.” Mira Solheim said the hospital needed 14 nurses by Monday.",
        line("“Every patient in the ward was moved to Tolvik before the storm reached the coast,”", by=solheim, role="head of the hospital"),
        line("“I have, in all my years here, never turned away a child.”", by=solheim),
        line("the hospital needed 14 nurses by Monday", by=solheim, kind="indirect"),
        outlet="The Coast Wire",
        day="2026-03-05",
    )  # fmt: skip
    put(
        store,
        "“If the council agrees, we will pay for the bridge,” said Jonas Fjell, the chief executive of Marden Shipping. Jonas Fjell "
        "called the plan “a gift to nobody at all”. “Marden lost three ships in the winter and none in the spring,” Fjell said. The gulls "
        "took over the slipway in a week.",
        line("“If the council agrees, we will pay for the bridge,”", by=fjell, role="chief executive of Marden Shipping"),
        line("the plan “a gift to nobody at all”", by=fjell, kind="mixed"),
        line("“Marden lost three ships in the winter and none in the spring,”", by=fjell),
        outlet="The Northern Ledger",
        day="2026-03-06",
    )  # fmt: skip
    refresh(store)


def word_drafts(folder: Path) -> list[Path]:
    """Write the two drafts in Word format."""
    invented = write_docx(
        folder / "07-invented.docx",
        paragraph(run("“We will turn the yard into a school for young sailors,” said Ada Kvist, the mayor of Halden.")),
        paragraph(
            run("“We will close the yard in "), deleted("June"), inserted("July"),
            run(",” she said."), footnote_mark(),
        ),
        table(paragraph(run("“Marden lost three ships in the winter and none in the spring,” said Jonas Fjell.")), paragraph(run("Fleet"))),
        footnote="“The owners promised us a new dock, and they have not built it,” said Olle Brandt.",
        comment="“Is this right?” asked the editor.",
    )  # fmt: skip
    spliced = write_docx(
        folder / "11-spliced.docx",
        paragraph(run("Ada Kvist, the mayor of Halden, was blunt.")),
        paragraph(run("“We will close the yard on Friday,” she said.")),
        paragraph(
            run("“We will,” said Jonas Fjell, the chief executive of Marden Shipping, "), deleted("laughing, "),
            run("“pay for the bridge.”"),
        ),
        paragraph(run("“The town has never sold a single berth to a company from abroad,” said Mira Solheim, the head of the hospital.")),
        paragraph(run("“Every patient in the ward,” Solheim said, “was moved to Tolvik before the storm reached the coast.”")),
    )  # fmt: skip
    return [invented, spliced]


# For each draft its quotations in order: how it begins, the outcome, the number of its line or paragraph, and a part of
# the reason or note. A quotation that is missing from this table makes the test fail.
EXPECTED = {
    "01-word.txt": [
        ("“We will close the yard in June", "right", 3, ""),
        ("“The owners promised us a new ferry", "changed", 5, "“ferry” is printed as “dock”"),
        ("“Every patient in the ward", "right", 7, ""),
    ],
    "02-number.txt": [
        ("“About 420 welders", "changed", 1, "“420” is printed as “240”"),
        ("“Marden lost three ships", "right", 3, ""),
        ("the hospital needed 40 nurses", "changed", 5, "“40” is printed as “14”"),
    ],
    "03-negation.md": [
        ("“The town has sold a single berth", "changed", 8, "“never” is left out"),
        ("“I am tired of the owners", "missing", 11, "No similar statement in 4 articles of 4 outlets."),
        ("“We will close the yard in June", "right", 13, ""),
    ],
    "04-weekday.md": [
        ("“About 240 welders", "changed", 3, "“Monday” is printed as “Friday”"),
        ("“The owners promised us a new dock,” […] “and they", "right", 5, ""),
        ("the yard “the old lady”", "unchecked", 7, "Up to three words"),
    ],
    "05-name.html": [
        ("“Every patient in the ward", "changed", 6, "“Marvik” is printed as “Tolvik”"),
        ("the plan “a gift to nobody", "right", 8, ""),
        ("the crane would be sold", "right", 9, ""),
    ],
    "06-speaker.html": [
        ("“We will close the yard in June", "speaker", 3, "to Ada Kvist, not to Olle Brandt"),
        ("“Marden lost three ships", "right", 4, ""),
        ("“The town has never sold", "right", 5, ""),
    ],
    "07-invented.docx": [
        ("“We will turn the yard", "missing", 1, "No similar statement in 4 articles of 4 outlets."),
        ("“We will close the yard in July", "changed", 2, "“July” is printed as “June”"),
        ("“Marden lost three ships", "right", 3, ""),
        ("“The owners promised us a new dock", "right", 5, ""),
    ],
    "08-denial.txt": [
        ("“I sold the old mill", "changed", 1, "“It is false that …”"),
        ("that the union would strike", "changed", 3, "something the speaker denied"),
        ("“The owners promised us a new dock", "right", 5, ""),
    ],
    "09-ellipsis.txt": [
        ("“I have … turned away a child", "changed", 1, "An ellipsis hides a negation"),
        ("“Every patient in the ward was moved …", "right", 3, ""),
        ("“If the council agrees", "right", 5, ""),
    ],
    "10-reported.md": [
        ("“The crane would be sold", "changed", 3, "only as reported speech"),
        ("“We will close the yard in June", "right", 5, ""),
        ("“The gulls took over", "changed", 6, "as its own"),
        ("that the union would strike", "right", 7, ""),
    ],
    "11-spliced.docx": [
        ("“We will close the yard on Friday", "changed", 2, "“on Friday” is printed as “in June”"),
        ("“We will,” […] “pay for the bridge", "changed", 3, "“If the council agrees, …”"),
        ("“The town has never sold", "speaker", 4, "to Ada Kvist, not to Mira Solheim"),
        ("“Every patient in the ward,” […]", "right", 5, ""),
    ],
    "12-role.txt": [
        ("“We will close the yard in June", "right", 1, "“governor of Halden”; the record has “mayor of Halden”"),
        ("“We will pay for the bridge", "changed", 3, "“If the council agrees, …”"),
        ("“The Long Night of the Yard”", "unchecked", 5, "looks like a title"),
        ("“Nobody in this town has ever eaten", "missing", 5, "No similar statement in 4 articles of 4 outlets."),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def reports(record: Store, quotations: Quotations, tmp_path_factory: pytest.TempPathFactory) -> dict[str, DraftReport]:
    """The twelve drafts as checked."""
    paths = [*sorted(DRAFTS.iterdir()), *word_drafts(tmp_path_factory.mktemp("word"))]
    drafts = {path.name: read_draft(path) for path in paths}
    return {
        name: check_quotations(record, draft, quotations(draft.text))
        for name, draft in drafts.items()
        if isinstance(draft, Draft)
    }


@pytest.mark.parametrize("name", EXPECTED)
def test_planted_faults_are_found_and_nothing_else(reports: dict[str, DraftReport], name: str) -> None:
    """Every quotation of a draft has the outcome it should have, with its line or paragraph and the reason."""
    report, expected = reports[name], EXPECTED[name]
    found = [(one.outcome, one.number) for one in report.quotations]
    assert found == [(outcome, number) for _, outcome, number, _ in expected]
    for one, (begins, _, _, part) in zip(report.quotations, expected, strict=True):
        assert one.text.startswith(begins)
        assert part in " ".join((*one.reasons, *one.notes))
        assert all(report.draft.text[span.start : span.end] == span.text for span in one.spans)
        assert bool(one.reasons) == (one.outcome != "right")


def test_what_is_not_in_the_text_is_said(reports: dict[str, DraftReport]) -> None:
    """Comments, tracked deletions, code blocks and mere topics are left out, and the report says so."""
    assert reports["07-invented.docx"].notes == ("1 comment was not checked.", "1 tracked deletion is left out.")
    assert reports["04-weekday.md"].notes[0] == "1 code block is left out."
    assert "“a hard year”" in " ".join(reports["02-number.txt"].notes)


def test_summary_counts_every_quotation_once(reports: dict[str, DraftReport]) -> None:
    """The numbers of the summary add up to the number of quotations."""
    report = reports["12-role.txt"]
    assert report.summary == (
        "4 quotations: 1 right, 1 changed, 0 given to somebody else, 1 not in the record, 0 not confirmed, 1 not checked"
    )
    assert sum(report.counts.values()) == len(report.quotations)


def test_faults_decide_whether_a_draft_fails(reports: dict[str, DraftReport]) -> None:
    """By default changed words and a wrong speaker fail, and missing ones only if asked for."""
    missing = DraftReport(reports["12-role.txt"].draft, reports["12-role.txt"].quotations[3:], ())
    assert not missing.fails() and missing.fails(("missing",))
    assert reports["01-word.txt"].fails() and reports["06-speaker.html"].fails(("speaker",))
    assert not reports["06-speaker.html"].fails(())


@pytest.mark.parametrize(
    ("text", "outcome", "part"),
    [
        ("“We will close the yard in June,” she said.", "unconfirmed", "does not name the speaker"),
        ("Ada Kvist said the crane will be sold to a museum in Tolvik.", "unconfirmed", "“will” is printed as “would”"),
        ("Ada Kvist said the cranes would be given to some collector.", "unconfirmed", "may be a paraphrase"),
        ("Ada Kvist denied that the crane would be sold to a museum in Tolvik.", "changed", "printed as said"),
        ("It is not true that “I sold the old mill to my brother,” said Olle Brandt.", "right", ""),
        ("The motto of the yard is “we will close the yard in May” this year.", "changed", "“May” is printed as “June”"),
        ("BRANDT: Did you sell it?\n\nKVIST: We will fill the yard in June and then go home.\n\nBRANDT: And why?", "missing", "No similar statement"),
        ("“We will close the yard in June,” said Ada Kvist. “The town has never sold a single berth to a company from abroad.”", "right", ""),
        ("“The town has never sold a single berth to a company from abroad,” said Ada Kvist. “We will close the yard in May.”", "changed", "“May” is printed as “June”"),
    ],
)  # fmt: skip
def test_single_quotations(record: Store, quotations: Quotations, text: str, outcome: str, part: str) -> None:
    """Unnamed speakers, paraphrases, denials, frames of the draft itself and interrupted quotations have their outcomes."""
    report = check_quotations(record, draft_of_text(text), quotations(text))
    found: Checked = max(report.quotations, key=lambda one: len(one.faults))
    assert found.outcome == outcome, found
    assert part in " ".join(found.reasons)
