"""``quotetrack speakers``: list, import and correct speakers."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.text import Text

from quotetrack.cli.common import (
    DEFAULT_DATABASE,
    AsJson,
    Database,
    SafeConsole,
    completing,
    console,
    counted,
    one_line,
    print_json,
)

if TYPE_CHECKING:
    from quotetrack.read.speakers import SpeakerLine
    from quotetrack.store import Store

group = typer.Typer(help="List the speakers, most quoted first, or correct them.")
Why = Annotated[str, typer.Option("--why", help="Reason for the correction.")]
By = Annotated[
    str | None,
    typer.Option("--by", envvar="QUOTETRACK_USER", help="Author of the correction. Default: your user name."),
]
Who = Annotated[str, typer.Argument(metavar="SPEAKER", help="Name, alias or id of the speaker.")]


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="speakers", epilog="Example: quotetrack speakers --search vale --type person")


def user(by: str | None) -> str:
    """Return the author of a correction: ``by``, or the name of the logged-in user."""
    return by or getpass.getuser()


_PIPE_WIDTH = 200
_TABLE_WIDTH = 90  # columns of a terminal in which names and roles remain readable beside the other columns
_FIXED_COLUMNS: list[tuple[str, int, Literal["left", "right"]]] = [
    ("Quotations", 10, "right"), ("Outlets", 7, "right"), ("Last", 10, "left"), ("Id", 16, "left"),
]  # fmt: skip


@group.callback(invoke_without_command=True)
def speakers(
    context: typer.Context,
    db: Database = DEFAULT_DATABASE,
    search: Annotated[str | None, typer.Option(help="Only speakers whose name contains this text.")] = None,
    type_: Annotated[
        str | None,
        typer.Option(
            "--type",
            help="Only this type: person, organisation, place, group, document or unnamed.",
            autocompletion=completing("person", "organisation", "place", "group", "document", "unnamed"),
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Maximum number of speakers.")] = 50,
    json: AsJson = False,
) -> None:
    """List the speakers, most quoted first, or correct them."""
    if context.invoked_subcommand:
        return
    from quotetrack.api import open_database

    with open_database(db, read_only=True) as database:
        found = database.speakers(search, type_, limit)
    if json:
        print_json({"speakers": found})
    elif console.is_terminal and console.width < _TABLE_WIDTH:
        for one in found:
            _print_narrow(one)
    else:
        _print_table(found)


def _print_table(found: list[SpeakerLine]) -> None:
    from rich.table import Table

    table = Table("Speaker", "Role, or type", box=None, pad_edge=False)
    for heading, width, justify in _FIXED_COLUMNS:
        table.add_column(heading, no_wrap=True, min_width=width, justify=justify)
    for one in found:
        name, role = (
            Text(part, no_wrap=True, overflow="ellipsis") for part in (one_line(one.name), _role_or_type(one))
        )
        table.add_row(name, role, str(one.quotations), str(one.outlets), (one.last or "")[:10], one.speaker_id)
    # Nothing is cut off in a file or pipe.
    (console if console.is_terminal else SafeConsole(width=_PIPE_WIDTH)).print(table)


def _print_narrow(one: SpeakerLine) -> None:
    """Print two lines of at most 60 columns, apart from long names and roles, which are wrapped."""
    role = _role_or_type(one)
    console.print(Text(one_line(one.name), style="bold").append(f", {role}" if role else "", style="not bold"))
    facts = (
        counted(one.quotations, "quotation"),
        counted(one.outlets, "outlet"),
        (one.last or "")[:10],
        one.speaker_id,
    )
    console.print(f"  {' · '.join(fact for fact in facts if fact)}", style="dim")


def _role_or_type(one: SpeakerLine) -> str:
    return one_line(one.role or "") or ("" if one.type == "person" else one.type)


@group.command("import", epilog="Example: quotetrack speakers import people.csv")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV or JSON file with name, aliases, wikidata, type and roles.")],
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Import known speakers (names, aliases, Wikidata ids, roles with dates) and re-link all sources."""
    from quotetrack.jobs.known import import_speakers
    from quotetrack.link.known import read_known
    from quotetrack.store import Store

    known = read_known(file)
    with Store.open(db, create=False) as store:
        done = import_speakers(store, known)
    console.print(
        f"{done.added} speakers added, {done.replaced} replaced; {done.identified} speakers in the database have a Wikidata id."
    )


@group.command(epilog="Example: quotetrack speakers merge 'Ruth Vale' 'R. Vale' --why 'same byline photo'")
def merge(
    speaker: Who,
    other: Annotated[str, typer.Argument(help="The speaker to merge into SPEAKER.")],
    why: Why,
    by: By = None,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Merge OTHER into SPEAKER, including quotations ingested later."""
    from quotetrack.corrections import decisions
    from quotetrack.jobs.correct import correct
    from quotetrack.store import Store

    with Store.open(db, create=False) as store:
        print_recorded(store, correct(store, decisions.merge, speaker, other, why, user(by)))


@group.command(
    epilog="Example: quotetrack speakers split 'Ann Vale' --into 'Ann Vale (swimmer)' --article 3f2a… --why 'another woman'"
)
def split(
    speaker: Who,
    into: Annotated[str, typer.Option("--into", help="Name of the new speaker.")],
    why: Why,
    article: Annotated[
        list[str] | None,
        typer.Option("--article", help="Id of an article; moves all of SPEAKER's quotations in it. Can be repeated."),
    ] = None,
    quotation: Annotated[
        list[str] | None, typer.Option("--quotation", help="Id of a quotation to move. Can be repeated.")
    ] = None,
    new: Annotated[
        bool, typer.Option("--new", help="Create the speaker even if another has the same or a similar name.")
    ] = False,
    by: By = None,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Split a speaker in two: move articles or quotations to a new speaker."""
    from quotetrack.corrections import decisions
    from quotetrack.jobs.correct import correct
    from quotetrack.store import Store

    with Store.open(db, create=False) as store:
        numbers = correct(store, decisions.split, speaker, into, article or [], quotation or [], why, user(by), new)
        print_recorded(store, *numbers)


@group.command(epilog="Example: quotetrack speakers rename 'Vale' 'Ruth Vale' --why 'full name in the first report'")
def rename(
    speaker: Who,
    name: Annotated[str, typer.Argument(help="New display name.")],
    why: Why,
    by: By = None,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Change the display name of a speaker."""
    from quotetrack.corrections import decisions
    from quotetrack.jobs.correct import correct
    from quotetrack.store import Store

    with Store.open(db, create=False) as store:
        print_recorded(store, correct(store, decisions.rename, speaker, name, why, user(by)))


@group.command(epilog="Example: quotetrack speakers alias 'Ruth Vale' 'La Vale' --why 'as the foreign press calls her'")
def alias(
    speaker: Who,
    name: Annotated[str, typer.Argument(help="Additional name.")],
    why: Why,
    by: By = None,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Add an alias to a speaker."""
    from quotetrack.corrections import decisions
    from quotetrack.jobs.correct import correct
    from quotetrack.store import Store

    with Store.open(db, create=False) as store:
        print_recorded(store, correct(store, decisions.add_alias, speaker, name, why, user(by)))


@group.command(
    epilog="Example: quotetrack speakers role 'Ruth Vale' 'harbour master' --from 2019 --to 2024-05 --why 'port archive'"
)
def role(
    speaker: Who,
    role: Annotated[str, typer.Argument(help="The role, such as 'harbour master'.")],
    why: Why,
    start: Annotated[str | None, typer.Option("--from", help="Start date: 2019, 2019-03 or 2019-03-01.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="End date, in the same format.")] = None,
    by: By = None,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Add a role that a speaker held, with optional dates."""
    from quotetrack.corrections import decisions
    from quotetrack.jobs.correct import correct
    from quotetrack.store import Store

    with Store.open(db, create=False) as store:
        print_recorded(store, correct(store, decisions.add_role, speaker, role, start, end, why, user(by)))


def print_recorded(store: Store, *numbers: int) -> None:
    """Print the corrections with these numbers and how to undo them."""
    from quotetrack.read.corrections import corrections

    for one in corrections(store):
        if one.number in numbers:
            console.print(f"{one_line(one.summary)}. To undo: quotetrack corrections undo {one.number}")
