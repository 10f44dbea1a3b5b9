"""Whom nominals and pronouns stand for in their article, each rule with sentences that motivate it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from quotetrack.model import Quotation
from quotetrack.text.role_nouns import holds

Extract = Callable[[str], list[Quotation]]

CASES = {
    "a campaign by its owner": (
        "Aides to the Halvane campaign met on Monday. They talked for hours.\n\n"
        "The campaign said that every harbour town would get a visit before the vote.",
        "harbour town", "Halvane campaign", "organisation",
    ),
    "his campaign": (
        "Senator Idris Halvane spoke for an hour in Port Selby on Monday.\n\n"
        "His campaign said that the speech had been planned for weeks.",
        "planned for weeks", "Halvane campaign", "organisation",
    ),
    "a poll by its makers": (
        "A Northgate University poll was published on Friday, four weeks before the vote.\n\n"
        "The poll found that half of the voters had not decided.",
        "half of the voters", "Northgate University", "organisation",
    ),
    "a group that is said to be one": (
        "Children came to the hall with Lantern Aid, a charity that repairs boats, on Monday.\n\n"
        "The charity said that forty boats were waiting for paint.",
        "forty boats", "Lantern Aid", "organisation",
    ),
    "an agency whose name says department": (
        "The letters were kept by the Selby Fisheries Department for a year.\n\n"
        "The agency said that the last of them would be printed in May.",
        "printed in May", "Selby Fisheries Department", "organisation",
    ),
    "it, after a body that spoke": (
        "Quillnet said on Monday that its servers had been slow. It added that no letter was lost.",
        "no letter was lost", "Quillnet", "organisation",
    ),
    "they, after a party": (
        "Republicans voted against the harbour bill on Monday. They said that the pier cost too much.",
        "cost too much", "Republicans", "group",
    ),
    "they, after a party of a chamber": (
        "Senate Republicans voted against the harbour bill on Monday. They said that the pier cost too much.",
        "cost too much", "Senate Republicans", "organisation",
    ),
    "who in brackets": (
        "A picture of Jon Lund (who said that the vote was stolen) hung above the door.",
        "vote was stolen", "Jon Lund", "person",
    ),
    "judge and justice": (
        "Supreme Court Justice Tobias Brandt heard the case on Monday. Lawyers had come from three cities.\n\n"
        "The judge said that the letters would stay sealed.",
        "sealed", "Tobias Brandt", "person",
    ),
    "a relation": (
        "Ruth Vale came with her husband Anton Quist and sat in the first row of the hall.\n\n"
        "Her husband said that the house had been sold in March.",
        "sold in March", "Anton Quist", "person",
    ),
    "named a little later": (
        "The state attorney general is confirming that the fund was never registered.\n\n"
        "But Attorney General Petra Sandoval would not say whether the law had been broken.",
        "never registered", "Petra Sandoval", "person",
    ),
    "the former mayor": (
        "Mabel Quist opened the new bridge on Monday and cut the ribbon with her own scissors.\n\n"
        "The former mayor said that nobody had believed in the bridge but her.",
        "believed in the bridge", "Mabel Quist", "person",
    ),
    "who beside a place": (
        "Support came from Senator Ruth Vale of Oregon, who said that the ferry must not close.",
        "ferry must not close", "Ruth Vale", "person",
    ),
    "who beside a role": (
        "The letter was read by Ruth Vale, now the director of the Harbour Trust, who said that it was a forgery.",
        "forgery", "Ruth Vale", "person",
    ),
    "a slip in a surname": (
        "Tyra McClenneth came late. McLenneth said that the road had been closed since noon.",
        "closed since noon", "Tyra McClenneth", "person",
    ),
    "the author of a letter": (
        "The harbour is dying. I say that the port must be rebuilt before the winter.\n\n"
        "Ruth Vale teaches history at the college of Port Selby.",
        "rebuilt", "Ruth Vale", "person",
    ),
    "a senator by the state": (
        "Sens. Anton Quist (Ky.) and Ruth Vale (Ore.) spoke about the ferry law on Monday.\n\n"
        "The Oregon senator said that the law had been written in a hurry.",
        "written in a hurry", "Ruth Vale", "person",
    ),
    "a paper in short": (
        "The minister spoke to the Calder Tribune for an hour on Monday.\n\n"
        "The Tribune reported that he would resign before the summer.",
        "before the summer", "Calder Tribune", "organisation",
    ),
    "a body with other words before the noun": (
        "Harbour Watch published its letter to the council on Monday.\n\n"
        "The small watchdog group said that the fund had never been audited.",
        "never been audited", "Harbour Watch", "organisation",
    ),
    "a body named to its end": (
        "The Trade Council of Port Selby said that the tariff would ruin the fishermen.",
        "ruin the fishermen", "Trade Council of Port Selby", "organisation",
    ),
    "whom a question is put to": (
        "Host Anton Quist asked Idris Halvane about the bridge on Monday, when he said it would never be built.",
        "never be built", "Idris Halvane", "person",
    ),
    "a leader by the country": (
        "President Idris Halvane opened the fair in Norway on Monday. “We are glad to be here,” Halvane said.\n\n"
        "The Norwegian leader said that the harbour would stay open to all.",
        "open to all", "Idris Halvane", "person",
    ),
    "her husband by the surname": (
        "Ruth Vale and Anton Vale opened the hall on Monday. Ruth Vale spoke first.\n\n"
        "Her husband said that the roof had been mended in March.",
        "mended in March", "Anton Vale", "person",
    ),
    "a pair": (
        "Ruth Vale and Anton Quist met on the pier on Monday evening.\n\nThe two said that the ferry would not close.",
        "ferry would not close", "Ruth Vale and Anton Quist", "joint",
    ),
    "both of a pair": (
        "Ruth Vale spoke first in the hall on Monday. Anton Quist answered her at length.\n\n"
        "Both candidates said that the sluice had to be mended.",
        "sluice", "Ruth Vale and Anton Quist", "joint",
    ),
    "an epithet": (
        "Mabel Quist told her story in the town hall of Selby on Monday.\n\n"
        "“Nobody asked us,” the retired surgeon said.",
        "Nobody asked us", "Mabel Quist", "person",
    ),
    "what a sentence makes of somebody": (
        "Ruth Vale is a surgeon at the hospital of Port Selby. Anton Quist listened to her on Monday.\n\n"
        "The surgeon said that the ward would close.",
        "ward would close", "Ruth Vale", "person",
    ),
    "a surname that comes first": (
        "Ban Tae-joon opened the fair on Monday.\n\nMr. Ban said that the harbour would be widened.",
        "harbour would be widened", "Ban Tae-joon", "person",
    ),
    "two surnames": (
        "Rosa Lanza Ortuño opened the fair on Monday.\n\nLanza Ortuño said that the harbour would be widened.",
        "harbour would be widened", "Rosa Lanza Ortuño", "person",
    ),
    "a slip in a first name": (
        "Katarina Vale came late to the hall on Monday. She had missed the ferry.\n\n"
        "“The road is closed,” Katerina Vale said.",
        "road is closed", "Katarina Vale", "person",
    ),
    "the campaign of a nominee": (
        "Idris Halvane, the Democratic nominee, spoke for an hour in Port Selby on Monday.\n\n"
        "The Democratic nominee's campaign said that the speech had been planned for weeks.",
        "planned for weeks", "Halvane campaign", "organisation",
    ),
    "not whom he tells": (
        "Idris Halvane came to the studio on Monday. Anton Quist greeted him at the door. "
        "“The bridge is built,” he told Quist.",
        "bridge is built", "Idris Halvane", "person",
    ),
    "by the age": (
        "Mabel Quist won the race in the harbour on Monday.\n\nThe 46-year-old said that the wind had helped.",
        "wind had helped", "Mabel Quist", "person",
    ),
    "she, after a noun that owns": (
        "Captain Ruth Vale took the ferry out on Monday.\n\n"
        "Minister Ines Calloway said an inquiry would open. “People have a right to know,” Calloway said.\n\n"
        "The captain's favourite book was on board. She laughed when asked about it. “I will buy it again,” she said.",
        "I will buy it again", "Ruth Vale", "person",
    ),
    "whom the lead describes": (
        "The captain of the ferry was greeted with applause on Tuesday as she returned to the harbour.\n\n"
        "“We had four minutes,” Ruth Vale said. “Nobody panicked.”\n\n"
        "Minister Ines Calloway spoke on the pier, too.\n\nThe captain said that the pumps had been old.",
        "pumps had been old", "Ruth Vale", "person",
    ),
    "she who repeats her own words": (
        "Ruth Vale, captain of the Marisol, was the first to give evidence. The judge Agnes Thorne listened. "
        "“Who knew?” Thorne asked.\n\nVale sat down again. She repeated that she had warned of a leak.",
        "warned of a leak", "Ruth Vale", "person",
    ),
    "he, after a passive": (
        "“I trust the river,” Idris Halvane said in front of the cameras.\n\n"
        "The accord was brokered by Joost Abrams in a tent. He described it as “ninety minutes of shouting”.",
        "ninety minutes", "Joost Abrams", "person",
    ),
    "the head of a committee, named later": (
        "A quarrel has broken out, as the head of the harbour's rules committee has said that the vote was rigged.\n\n"
        "Rules Committee Chairman Bruno Ashe wrote to Port Chairman Rolf Pribek on Monday.",
        "vote was rigged", "Bruno Ashe", "person",
    ),
    "the campaign that was hers": (
        "Mayor Ida Halvane stood in front of a crowd on Monday. Her campaign has been collecting names for weeks; "
        "last month, the campaign said that the list was long.",
        "list was long", "Halvane campaign", "organisation",
    ),
    "they, past a name that is no subject": (
        "Ruth Vale and Anton Quist, who had been rivals for months, turned against Idris Halvane. "
        "They said that the bridge would never be built.",
        "never be built", "Ruth Vale and Anton Quist", "joint",
    ),
    "a doctor by the title": (
        "Dr. Mabel Quist wrote a letter to the council on Monday.\n\nThe doctor said that the ward would close.",
        "ward would close", "Mabel Quist", "person",
    ),
    "a company that operates": (
        "The operator, Calder Line, denied the claim. In a statement, the company said it had “no record of any report”.",
        "no record", "Calder Line", "organisation",
    ),
}  # fmt: skip


# What the learnt choice gets wrong today, and why.
XFAIL = {
    "it, after a body that spoke": "no name: nobody is likelier than the only body, 0.57 to 0.43",
    "whom a question is put to": "the subject of the main clause is preferred to the one who is asked",
    "the campaign of a nominee": "a role in the possessive is not resolved to the candidate's name",
    "she, after a noun that owns": "the speaker of the paragraph before is preferred to a noun phrase in the possessive",
    "the campaign that was hers": "`her campaign` gives the campaign no name",
    "a stranger who goes on": "the only name is preferred to the stranger who is the subject",
    "a president of elsewhere": "nationality counts only where the article gives the holder another one",
    "they, after a party": "nothing in the article says that the group is a party, and there is no list of parties",
}


def known(cases: Iterable[str]) -> list[Any]:
    """The cases, those that fail today marked so."""
    return [
        pytest.param(case, marks=pytest.mark.xfail(strict=True, reason=XFAIL[case]) if case in XFAIL else ())
        for case in cases
    ]


@pytest.mark.parametrize("case", known(CASES))
def test_the_one_who_is_meant(quotations: Extract, case: str) -> None:
    """The name, the kind, and a way back to the words."""
    text, part, name, kind = CASES[case]
    found = [q for q in quotations(text) if part in q.text]
    assert [(q.speaker.name, q.speaker.type) for q in found if q.speaker] == [(name, kind)]
    assert all(q.source and text[q.source.start : q.source.end] == q.source.text for q in found)


def test_those_who_spoke_together(quotations: Extract) -> None:
    """``the senators`` and ``they`` are those who have just spoken together."""
    found = quotations(
        "Senators Ruth Vale and Anton Quist said that the wall would hold.\n\n"
        "The senators said that the sluice gates were older than the town."
    )
    assert [q.speaker.members[0].name for q in found if q.speaker and q.speaker.members] == ["Ruth Vale"] * 2


STRANGERS = {
    "a stranger who goes on": (
        "Anton Quist won the vote on Monday. One delegate from the coast said that he would stay at home. "
        "“Nobody asked us,” he said.",
        "Nobody asked us", "Anton Quist",
    ),
    "a stranger just come in": (
        "Ruth Vale spoke first. A young woman had waited outside since dawn. “Let us in!” she shouted.",
        "Let us in", "Ruth Vale",
    ),
    "another's husband": (
        "Michelle Vale came to the dinner on Friday. Mr. Vale said that the soup was cold.",
        "soup was cold", "Michelle Vale",
    ),
    "a president of elsewhere": (
        "President Ruth Vale met Henri Maurel on Monday.\n\nThe French president said that the treaty was dead.",
        "treaty was dead", "Ruth Vale",
    ),
    "a president's wife": (
        "Ines Halvane, the president's wife, opened the hall.\n\nThe president said that the treaty was dead.",
        "treaty was dead", "Ines Halvane",
    ),
    "a judge is no nominee": (
        "Judge Tobias Brandt read the ruling for an hour.\n\nThe Republican nominee said that the court was wrong.",
        "court was wrong", "Tobias Brandt",
    ),
    "a crowd is no university": (
        "The crowd met at Northgate University before the march.\n\nThe group said that the march would go on.",
        "march would go on", "Northgate University",
    ),
    "a judge without a name": (
        "A judge in Selby gave a ruling that will please Idris Halvane.\n\nThe judge said that the vote must be repeated.",
        "must be repeated", "Idris Halvane",
    ),
    "a governor of another state": (
        "Former Florida Gov. Anton Quist spoke in the school on Monday.\n\n"
        "The Oregon governor said that the mill would be sold.",
        "mill would be sold", "Anton Quist",
    ),
    "a president of a society": (
        "“They are worried,” said Anton Quist, president of Harbour Strategies.\n\n"
        "The Republican nominee said that the wall would be built.",
        "wall would be built", "Anton Quist",
    ),
    "a mayor nobody is said to be": (
        "Anton Quist, a ferryman, mended the bell on Monday. “It rings,” Quist said.\n\n"
        "The mayor thanked the town and said that the bridge would be painted.",
        "bridge would be painted", "Anton Quist",
    ),
    "a partisan of a state": (
        "Businessman Anton Quist bought the mill on Monday. “It will run,” Quist said.\n\n"
        "The Oregon Republican said that the mill had been sold too cheaply.",
        "sold too cheaply", "Anton Quist",
    ),
    "a director of a body": (
        "Idris Halvane spoke for an hour on Monday. “We are ready,” Halvane said.\n\n"
        "The Harbour Trust director said that the pier would close.",
        "pier would close", "Idris Halvane",
    ),
    "someone's spokesman": (
        "Prime Minister Ruth Vale came home on Monday. “We are ready,” Vale said.\n\n"
        "The prime minister's spokesman said that the treaty was dead.",
        "treaty was dead", "Ruth Vale",
    ),
    "a nominee and his aides": (
        "Idris Halvane, the Democratic nominee, spoke on Monday.\n\n"
        "The Democratic nominee and his aides said that the speech had been planned for weeks.",
        "planned for weeks", "Idris Halvane",
    ),
    "the president who told her": (
        "Ruth Vale came to the palace on Monday.\n\nThe ferry would stay, the president told her in the garden.",
        "ferry would stay", "Ruth Vale",
    ),
    "a president of another first name": (
        "Governor Ida Halvane of Oregon met her brother Anton Halvane on Monday. Mr. Halvane smiled.\n\n"
        "President Halvane said that the treaty was dead.",
        "treaty was dead", "Ida Halvane",
    ),
    "a photographer": (
        "Peter Saltfin posted the clip on Monday.\n\nNeil Barnock via Getty Images\n\n"
        "“What if he had lessons?” the 43-year-old asked.",
        "had lessons", "Neil Barnock",
    ),
    "one or the other": (
        "The matter gets little notice from either Idris Halvane or Ruth Vale. That vexes many because "
        "they believe that it will change next year.",
        "change next year", "Idris Halvane and Ruth Vale",
    ),
    "no nominee among presidents": (
        "President Idris Halvane spoke in the hall on Monday.\n\nThe GOP nominee said that the speech was too long.",
        "too long", "Idris Halvane",
    ),
    "a minister of another country": (
        "Ruth Vale, the French minister, opened the fair on Monday.\n\nThe German minister said that the treaty was dead.",
        "treaty was dead", "Ruth Vale",
    ),
    "a candidate of another party": (
        "Ruth Vale, the Democratic candidate, came to the fair.\n\nThe Republican candidate said that the mill was sold.",
        "mill was sold", "Ruth Vale",
    ),
    "a senator of two, by a state that nobody tells": (
        "Bertil Sandor and Marco Rudin spoke about the ferry law on Monday.\n\n"
        "The Vermont senator said that the law had been written in a hurry.",
        "written in a hurry", "Bertil Sandor",
    ),
    "they who came later": (
        "Harbour Watch said on Monday that the fund was empty. Campaign officials looked at the books for two days. "
        "They said that nothing was missing.",
        "nothing was missing", "Harbour Watch",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", known(STRANGERS))
def test_the_one_who_is_not_meant(quotations: Extract, case: str) -> None:
    """A wrong name is worse than none."""
    text, part, wrong = STRANGERS[case]
    found = [q for q in quotations(text) if part in q.text]
    assert found and all(q.speaker is None or q.speaker.name != wrong for q in found)


def test_a_headline_verb_is_no_first_name(quotations: Extract) -> None:
    """What a tagger takes for a name in a headline does not become a person beside the one it means."""
    found = quotations(
        "Corners Halvane On Bridge.\n\nIdris Halvane met a voter on Monday. Halvane said that the bridge would be built."
    )
    assert {q.speaker.name for q in found if q.speaker} == {"Idris Halvane"}


@pytest.mark.parametrize(
    "headline", ["Never Halvane Say Voters.", "Halvane Hammers Quist Over Bridge.", "Bridge For Halvane Idris Halvane."]
)
def test_words_of_a_headline_are_no_names(quotations: Extract, headline: str) -> None:
    """Words in capitals before or behind a surname that the article gives in full make nobody new."""
    found = quotations(
        f"{headline}\n\nIdris Halvane met Anton Quist on Monday. Halvane said that the bridge would be built."
    )
    assert {q.speaker.name for q in found if q.speaker and "bridge would" in q.text} == {"Idris Halvane"}


def test_two_surnames_in_one_are_nobody(quotations: Extract) -> None:
    """A contest named by those who fight it is no person, and hides neither."""
    found = quotations(
        "The Halvane-Quist debate ended at noon.\n\nIdris Halvane met Anton Quist on Monday. Quist said that the bridge would fall."
    )
    assert {q.speaker.name for q in found if q.speaker and "would fall" in q.text} == {"Anton Quist"}


def test_father_and_son(quotations: Extract) -> None:
    """Another middle initial is another person."""
    found = quotations(
        "George H. Halvane said that the bridge would be built. George W. Halvane said that the bridge would fall."
    )
    assert len({q.speaker.name for q in found if q.speaker}) == 2


def test_a_name_that_only_says_of(quotations: Extract) -> None:
    """A comma and a lone ``of`` after a name are no role, and break nothing."""
    assert [q.speaker.name for q in quotations("Ruth Vale, of, said that the port would close.") if q.speaker]


@pytest.mark.parametrize(
    ("noun", "role", "is_so"),
    [
        ("president", "President", True),
        ("president", "president-elect of the union", True),
        ("president", "the president's wife", False),
        ("governor", "former Gov.", True),
        ("lawyer", "Selby attorney", True),
        ("minister", "minister of trade, industry and ports", True),
        ("author", "historian and author of three books", True),
        ("secretary", "adviser to the secretary", False),
    ],
)
def test_what_a_role_makes_of_its_holder(noun: str, role: str, is_so: bool) -> None:
    """The head of the role counts, not any word in it."""
    assert holds(noun, role) is is_so


def test_whose_rival_a_headline_names(quotations: Extract) -> None:
    """The first name only says whose challenger speaks."""
    found = quotations(
        "Halvane Challenger Ruth Quist Says the Bridge Will Fall\n\n"
        "Idris Halvane met Ruth Quist on Monday in Port Selby. Nobody was hurt in the debate."
    )
    assert {q.speaker.name for q in found if q.speaker and "Bridge" in q.text} == {"Ruth Quist"}


def test_a_surname_in_capitals(quotations: Extract) -> None:
    """A transcript's speakers are those whom the article names in full."""
    found = quotations(
        "Host Mabel Quist met Governor Ruth Halvane on Sunday.\n\nQUIST: “Will the bridge be built?”\n\n"
        "HALVANE: “It will be built before the winter.”"
    )
    assert {q.speaker.name for q in found if q.speaker} == {"Mabel Quist", "Ruth Halvane"}


def test_what_pronouns_tell_of_a_name(quotations: Extract) -> None:
    """A first name that may be a man's or a woman's takes its gender from the article."""
    found = quotations(
        "Chris Halvane came late because he had missed the ferry.\n\n"
        "Halvane gave a woman in the first row his seat. “I will stand,” she said."
    )
    assert [q.speaker for q in found if "stand" in q.text and q.speaker and q.speaker.name == "Chris Halvane"] == []


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        (
            "Captain Ruth Vale said that she had reported a leak to the operator twice. "
            "The operator, Calder Line, denied the claim.",
            "The operator, Calder Line",
            "Calder Line",
        ),
        (
            "The ferry Marisol took on water off Port Calder. Eleven people were saved, the coastguard said.",
            "the coastguard",
            "coastguard",
        ),
    ],
)
def test_bodies_are_not_taken_for_others_nearby(quotations: Extract, text: str, source: str, name: str) -> None:
    """A body that is named beside its noun is that one; one that is spoken of without a name is no body named nearby."""
    found = {q.source.text: q.speaker for q in quotations(text) if q.source}
    assert found[source] is not None and found[source].name == name
