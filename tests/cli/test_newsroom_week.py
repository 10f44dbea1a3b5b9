"""A newsroom uses quotetrack for a week: one file of every format, a feed, edits, corrections, and every output read."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from quotetrack.store import Store
from tests.cli.test_commands import run
from tests.cli.test_json import check as documented
from tests.inputs.web.site import HTML, Site, served
from tests.newsroom import NOT_READ, STORIES, page, said, write_articles, write_others
from tests.serve.conftest import client_of

FAILED = ("damaged.docx", "damaged.pdf", "empty.txt", "french.txt", "gdelt.gqg.json.jsonl", "quotebank.jsonl")
LATER = said("txt").replace("the first of May", "the end of June")
NEVER = "The old bridge will never be open again, and nobody will say why"
BAKERY = "https://www.coastcourier.example/bakery"


@dataclass
class Week:
    """The folder of the desk, with the summaries of each day and what each command printed."""

    desk: Path
    site: Site
    days: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)
    done: list[tuple[str, subprocess.CompletedProcess[str]]] = field(default_factory=list)

    def run(self, *arguments: str) -> str:
        """Run a command on the desk's computer, and return what it printed; it must not fail by accident."""
        done = run(*arguments, folder=self.desk)
        assert done.returncode in (0, 1) and "Traceback" not in done.stderr, done.stderr
        self.done.append((" ".join(arguments), done))
        return done.stdout

    def json(self, *arguments: str) -> Any:
        """What a command prints with ``--json``."""
        return json.loads(self.run(*arguments, "--json"))

    def read(self, day: str) -> None:
        """Read the feed and then the folder, as a nightly job would."""
        watched = self.json("watch", "feeds.toml", "--allow-private", "--contact", "desk@courier.example")
        documented(watched, "quotetrack watch --json", "watch", set())
        self.days[day] = {"watch": watched["ingest"], "ingest": self.json("ingest", "Tidewater Echo")}

    def publish(self, kind: str, words: str = "") -> None:
        """Publish the article on the site of The Wire, or edit it there, and list it in the feed."""
        self.site.pages[f"/{kind}"] = (200, HTML, page(kind, "The Wire", words).encode())
        links = [f"<item><link>{self.site.address}{path}</link></item>" for path in self.site.pages if path != "/feed"]
        feed = f"<rss version='2.0'><channel>{''.join(links)}</channel></rss>".encode()
        self.site.pages["/feed"] = (200, {"Content-Type": "application/rss+xml"}, feed)

    def a_day_passes(self) -> None:
        """Make all pages a day older, so that they are due to be asked for again."""
        with Store.open(self.desk / "quotetrack.duckdb") as store:
            store.connection.execute("UPDATE pages SET fetched_at = fetched_at - INTERVAL 1 DAY")


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Week]:
    """Monday: the folder and a feed. Tuesday: edits. Wednesday: corrections, and files moved, deleted and mended."""
    desk = tmp_path_factory.mktemp("desk")
    folder = desk / "Tidewater Echo"
    folder.mkdir()
    write_articles(folder)
    write_others(folder, desk / "secret.txt")
    with served() as site:
        week = Week(desk, site)
        (desk / "feeds.toml").write_text(
            f'pause_seconds = 0\nrecheck_hours = 20\n[[feed]]\nurl = "{site.address}/feed"\noutlet = "The Wire"\n'
        )
        week.publish("txt")
        week.publish("md")
        week.read("Monday")
        week.a_day_passes()
        (folder / "ferry.txt").write_text((folder / "ferry.txt").read_text().replace(said("txt"), LATER))
        (folder / "bridge.html").write_text(page("html", words=NEVER))
        week.publish("txt", LATER)
        week.publish("csv")
        week.read("Tuesday")
        week.run("speakers", "rename", "Greta Holm", "Greta Holm-Voss", "--why", "full name", "--by", "ann")
        week.run("articles", "remove", BAKERY, "--reason", "satire", "--by", "ann")
        (folder / "library.md").rename(folder / "library-moved.md")
        (folder / "quarry.mbox").unlink()
        (folder / "empty.txt").write_text("“The café is open,” said Ida Munk, the cook, in Port Ansel on Wednesday.")
        week.read("Wednesday")
        week.read("Thursday")
        week.run("report")
        yield week


def articles(week: Week) -> list[dict[str, Any]]:
    found = week.json("articles", "list", "--limit", "100")["articles"]
    assert isinstance(found, list)
    return found


def test_every_file_is_read_or_listed_with_a_reason(week: Week) -> None:
    """Each file of the folder is where an article was read from, or a failed input, or listed as not read; nothing is passed over."""
    listed = week.json("failures")
    reasons = {Path(one["location"]).name: one["reason"] for one in (*listed["failures"], *listed["not_read"])}
    assert {name: reasons.get(name) for name in NOT_READ} == NOT_READ
    assert {name for name in reasons if name not in NOT_READ} == {*FAILED} - {"empty.txt"}
    assert all(reason.endswith(".") for name, reason in reasons.items() if name not in NOT_READ)
    with Store.open(week.desk / "quotetrack.duckdb", read_only=True) as store:
        query = "SELECT location FROM articles UNION SELECT location FROM article_versions UNION SELECT location FROM other_inputs"
        read = {Path(place.partition("#")[0]).name for (place,) in store.connection.execute(query).fetchall()}
    present = {one.name for one in (week.desk / "Tidewater Echo").iterdir()}
    assert present - read - reasons.keys() == set()


def test_days_are_counted_right(week: Week) -> None:
    """New, edited and unchanged articles of each day; a day on which nothing happened changes nothing."""
    counts = ("new", "updated", "edited", "changed", "removed")
    found = {
        day: [[one[step][name] for name in counts] for step in ("watch", "ingest")] for day, one in week.days.items()
    }
    assert found == {
        "Monday": [[2, 0, 0, 0, 0], [len(STORIES), 0, 0, 0, 0]],
        "Tuesday": [[1, 1, 1, 1, 0], [0, 2, 2, 2, 0]],
        "Wednesday": [[0, 0, 0, 0, 0], [1, 0, 0, 0, 1]],
        "Thursday": [[0, 0, 0, 0, 0], [0, 0, 0, 0, 1]],
    }


def test_the_edits_are_listed_once(week: Week) -> None:
    """The edited page of the feed and the two edited files are each listed with both wordings, also on the site and in the desk."""
    edits = week.json("articles", "edits")["edits"]
    wordings = {(one["outlet"], one["changes"][0]["after"]["text"]) for one in edits}
    ferry, bridge = f"“{LATER},”", f"“{NEVER},”"
    assert wordings == {("The Wire", ferry), ("Coast Courier", ferry), ("Coast Courier", bridge)} and len(edits) == 3
    for text in (
        (week.desk / "site" / "edits.html").read_text(encoding="utf-8"),
        client_of(week.desk / "quotetrack.duckdb").get("/edits").text,
    ):
        assert text.count('class="item edit"') == 3 and "nobody will say why" in text


def test_nothing_is_called_unknown_that_is_known(week: Week) -> None:
    """Every article has an outlet and a day, or what stands in for them, in the terminal, on every page about articles and in the desk."""
    for one in articles(week):
        assert one["outlet"] and one["dated"] != "undated", one
    site = week.desk / "site"
    pages = [
        site / "articles.html",
        site / "edits.html",
        site / "unnamed.html",
        site / "index.html",
        *site.glob("articles/*.html"),
    ]
    texts = {path.name: path.read_text(encoding="utf-8") for path in pages}
    desk = client_of(week.desk / "quotetrack.duckdb")
    texts |= {address: desk.get(address).text for address in ("/inbox", "/edits", "/speakers")}
    texts["articles list"] = week.run("articles", "list")
    wrong = [(name, word) for name, text in texts.items() for word in ("unknown", "undated", ">None<") if word in text]
    assert wrong == []
    assert "(file time)" in texts["articles.html"] and "Tidewater Echo (folder name)" in texts["articles.html"]


def test_every_statement_is_shown_with_its_speaker(week: Week) -> None:
    """The statement of each format is found with the name of its speaker, except in the article that was removed."""
    for kind, (_, speaker, _) in STORIES.items():
        words = {"txt": LATER, "html": NEVER}.get(kind, said(kind))
        if kind == "jsonl":
            assert run("show", speaker, folder=week.desk).returncode == 2
            continue
        name = "Greta Holm-Voss" if kind == "wacz" else speaker
        found = week.json("show", name)["quotations"]
        assert words in {one["text"].strip('“”",') for one in found}, kind


def test_corrections_hold(week: Week) -> None:
    """A removed article and a former name are on no page, though the inputs were read again; undoing brings the article back."""
    pages = [path.read_text(encoding="utf-8") for path in (week.desk / "site").rglob("*.html")]
    assert pages and not any("bakery" in text or "Edda Kerr" in text for text in pages)
    assert any("Greta Holm-Voss" in text for text in pages)
    assert not any("This must never be read" in text for text in pages)
    copy = str(week.desk / "undone.duckdb")
    week.run("backup", copy)
    week.run("corrections", "undo", "2", "--by", "ann", "--db", copy)
    assert "Edda Kerr" in week.run("speakers", "--db", copy)


def test_check_knows_the_earlier_version(week: Week) -> None:
    """Words that were edited out are found in the earlier version with the day; the new words are verbatim and said by the speaker."""
    earlier = week.run("check", f"“{said('html')},” said Mara Osei.")
    assert "Printed in an earlier version of this article" in earlier and "  2026-03-02 · Coast Courier" in earlier
    answer = week.json("check", f"“{LATER},” said Ruth Vale.")
    assert (answer["words"], answer["speaker"], answer["right"]) == ("verbatim", "same", True)


def test_database_and_backup_are_in_order(week: Week) -> None:
    """After the week ``verify`` finds nothing, in the database and in its backup, which has the same numbers."""
    week.run("backup", "friday.duckdb")
    for database in ("quotetrack.duckdb", "friday.duckdb"):
        done = run("verify", "--db", database, folder=week.desk)
        assert done.returncode == 0 and "everything is in order" in done.stdout, done.stdout
    assert week.json("stats") == week.json("stats", "--db", "friday.duckdb")


def test_no_command_failed_by_accident(week: Week) -> None:
    """Only reading a folder with damaged files ends with 1, and it says which; everything else succeeds."""
    for command, done in week.done:
        expected = 1 if command.startswith(("ingest", "check “The old bridge")) else 0
        assert done.returncode == expected, command
        if command.startswith("ingest"):
            assert all(f"{name}: " in done.stderr for name in FAILED if name != "empty.txt"), command
