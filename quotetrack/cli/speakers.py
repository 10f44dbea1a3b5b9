"""``quotetrack speakers`` and what people decide about speakers."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from quotetrack.cli.common import DEFAULT_DATABASE, AsJson, Database, console, print_json

if TYPE_CHECKING:
    from quotetrack.store import Store

group = typer.Typer(help="List the speakers, the most quoted first; and say who is who.")
Why = Annotated[str, typer.Option("--why", help="The reason, for those who come after you.")]
By = Annotated[
    str | None,
    typer.Option("--by", envvar="QUOTETRACK_USER", help="Who decides; your name on this machine if left out."),
]
Who = Annotated[str, typer.Argument(metavar="SPEAKER", help="A name, an alias or an id.")]


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="speakers", epilog="Example: quotetrack speakers --search vale --type person")


def user(by: str | None) -> str:
    """Whose decision it is."""
    return by or getpass.getuser()


@group.callback(invoke_without_command=True)
def speakers(
    context: typer.Context,
    db: Database = DEFAULT_DATABASE,
    search: Annotated[str | None, typer.Option(help="Only names that hold this.")] = None,
    type_: Annotated[
        str | None, typer.Option("--type", help="person, organisation, place, group, document or unnamed.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many to list.")] = 50,
    json: AsJson = False,
) -> None:
    """List the speakers, the most quoted first; and say who is who."""
    if context.invoked_subcommand:
        return
    from rich.table import Table

    from quotetrack.api import open_database

    with open_database(db, read_only=True) as database:
        found = database.speakers(search, type_, limit)
    if json:
        print_json({"speakers": found})
        return
    table = Table("Speaker", "Type", "Role", "Quotations", "Outlets", "Last", box=None)
    table.add_column("Id", no_wrap=True, min_width=16)
    for one in found:
        table.add_row(
            one.name, one.type, one.role or "", str(one.quotations), str(one.outlets), one.last or "", one.speaker_id
        )
    console.print(table)


@group.command("import", epilog="Example: quotetrack speakers import people.csv")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV or JSON: name, aliases, wikidata, type, roles.")],
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Tell of speakers beforehand: names, aliases, Wikidata ids, roles with dates. All sources are linked anew."""
    from quotetrack.jobs.known import import_speakers
    from quotetrack.link.known import read_known
    from quotetrack.store import Store

    known = read_known(file)
    with Store.open(db) as store:
        done = import_speakers(store, known)
    console.print(
        f"{done.added} speakers added, {done.replaced} replaced; {done.identified} speakers here have a Wikidata id."
    )


@group.command(epilog="Example: quotetrack speakers merge 'Ruth Vale' 'R. Vale' --why 'same byline photo'")
def merge(
    speaker: Who,
    other: Annotated[str, typer.Argument(help="Who turns out to be the same.")],
    why: Why,
    by: By = None,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Two speakers are one: SPEAKER stays, all of OTHER's quotations go there, later ones too."""
    from quotetrack.corrections import decisions
    from quotetrack.store import Store

    with Store.open(db) as store:
        said(store, decisions.merge(store, speaker, other, why, user(by)))


@group.command(
    epilog="Example: quotetrack speakers split 'Ann Vale' --into 'Ann Vale (swimmer)' --article 3f2a… --why 'another woman'"
)
def split(
    speaker: Who,
    into: Annotated[str, typer.Option("--into", help="The name of who leaves the dossier.")],
    why: Why,
    article: Annotated[list[str] | None, typer.Option("--article", help="All SPEAKER says in this article.")] = None,
    quotation: Annotated[list[str] | None, typer.Option("--quotation", help="This quotation.")] = None,
    by: By = None,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """One speaker is two: these articles or quotations are by somebody else."""
    from quotetrack.corrections import decisions
    from quotetrack.store import Store

    with Store.open(db) as store:
        said(store, *decisions.split(store, speaker, into, article or [], quotation or [], why, user(by)))


@group.command(epilog="Example: quotetrack speakers rename 'Vale' 'Ruth Vale' --why 'full name in the first report'")
def rename(
    speaker: Who,
    name: Annotated[str, typer.Argument(help="The name to show.")],
    why: Why,
    by: By = None,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Show a speaker under another name."""
    from quotetrack.corrections import decisions
    from quotetrack.store import Store

    with Store.open(db) as store:
        said(store, decisions.rename(store, speaker, name, why, user(by)))


@group.command(epilog="Example: quotetrack speakers alias 'Ruth Vale' 'La Vale' --why 'as the foreign press calls her'")
def alias(
    speaker: Who,
    name: Annotated[str, typer.Argument(help="Another name.")],
    why: Why,
    by: By = None,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Give a speaker another name to be found by."""
    from quotetrack.corrections import decisions
    from quotetrack.store import Store

    with Store.open(db) as store:
        said(store, decisions.add_alias(store, speaker, name, why, user(by)))


@group.command(
    epilog="Example: quotetrack speakers role 'Ruth Vale' 'harbour master' --from 2019 --to 2024-05 --why 'port archive'"
)
def role(
    speaker: Who,
    role: Annotated[str, typer.Argument(help="What the speaker was.")],
    why: Why,
    start: Annotated[str | None, typer.Option("--from", help="Since when: 2019, 2019-03 or 2019-03-01.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Until when.")] = None,
    by: By = None,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Say which role a speaker held, and when."""
    from quotetrack.corrections import decisions
    from quotetrack.store import Store

    with Store.open(db) as store:
        said(store, decisions.add_role(store, speaker, role, start, end, why, user(by)))


def said(store: Store, *numbers: int) -> None:
    """Tell what was decided and under which number it stands."""
    from quotetrack.read.corrections import corrections

    for one in corrections(store):
        if one.number in numbers:
            console.print(Text(f"{one.summary}. To take it back: quotetrack corrections undo {one.number}"))
