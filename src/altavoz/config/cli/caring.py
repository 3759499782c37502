"""The commands of care: is everything well, is the record whole, keep a copy, bring it back."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from altavoz.config.cli.setup import console, have_database, have_django, var

_ledger = typer.Typer(help="The record of what was decided.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.add_typer(_ledger, name="ledger")
    app.command()(doctor)
    app.command()(backup)
    app.command()(restore)
    app.command()(dump)
    app.command()(reindex)
    app.command()(catalogues)


@_ledger.callback()
def _group() -> None:
    """Hold the commands of the ledger together."""


@_ledger.command("verify")
def verify_ledger() -> None:
    """Recompute the chain of the ledger and say whether anything in it was changed."""
    have_django()
    from altavoz.core.ledger import actions as ledger

    found = ledger.verify()
    if found.first_bad is not None:
        console.print(
            f"[bold red]✗[/] The ledger is broken at entry {found.first_bad}: {found.reason}", soft_wrap=True
        )
        raise typer.Exit(1)
    typer.echo(f"The ledger is whole: {found.count} entries, the last one with the hash {found.head or '-'}")


def doctor() -> None:
    """Look at what often goes wrong, and say for each point what to do."""
    have_django()
    from altavoz.config import diagnosis

    points = diagnosis.examine(datetime.now(UTC))
    for point in points:
        sign = "[green]OK[/]       " if point.good else "[yellow]attention[/]"
        console.print(f"{sign} {point.title}: ", end="")
        console.print(point.finding, markup=False, soft_wrap=True)
        if point.advice:
            console.print(f"          → {point.advice}", markup=False, soft_wrap=True)


def backup(
    target: Annotated[Path, typer.Argument(help="The tar file to write; it must not exist yet.")],
    *,
    with_keys: Annotated[
        bool, typer.Option(help="Add the secret keys. Whoever has the file can then act as us.")
    ] = False,
) -> None:
    """Write database and media into one file, while everything goes on running."""
    have_database()
    from altavoz.config import backups

    with console.status("Writing the backup…"):
        backups.write(target, var=var(), with_keys=with_keys, at=datetime.now(UTC))
    typer.echo(f"{target}: {target.stat().st_size / 1e6:.1f} MB")
    console.print(
        "The keys are in it: keep it as safe as a password."
        if with_keys
        else f"The keys are NOT in it. Keep a copy of {var() / 'keys'} and of the secrets in your environment "
        "elsewhere: without them, connected accounts and second factors must be set up again.",
        soft_wrap=True,
    )


def restore(source: Annotated[Path, typer.Argument(help="A file written by `altavoz backup`.")]) -> None:
    """Bring a backup back into an empty instance."""
    have_database()
    from altavoz.config import backups

    with console.status("Restoring…"):
        kept = backups.restore(source, var=var())
    typer.echo(f"Restored what was written at {kept.at} by version {kept.version}. Now run: altavoz migrate")
    if not kept.keys:
        console.print(f"The backup had no keys: put your copy into {var() / 'keys'}.", soft_wrap=True)


def dump() -> None:
    """Write the open data of today now; the worker does it every night."""
    have_django()
    from altavoz.api import opendata

    try:
        with console.status("Writing the open data…"):
            made = opendata.write(at=datetime.now(UTC))
    except opendata.BusyError:
        console.print("[bold red]✗[/] Another process is writing the open data.")
        raise typer.Exit(1) from None
    for file in made.files:
        typer.echo(f"{file.name}: {file.records} lines, {file.size / 1e6:.1f} MB, sha256 {file.sha256}")


def reindex() -> None:
    """Index every visible work again, as an upgrade may ask for, while everything goes on running."""
    have_django()
    from altavoz.showcase import actions, exporting

    with console.status("Indexing…"):
        changed = sum(actions.index_again(number=number) for number in exporting.work_spans(actions.SPAN))
    typer.echo(f"{changed} works were indexed again; the others were as they should be.")


def catalogues(
    *,
    check: Annotated[bool, typer.Option("--check", help="Fail where a text is not translated.")] = False,
    update: Annotated[bool, typer.Option("--update", help="Write new texts into the catalogues.")] = False,
) -> None:
    """Compile the catalogues of translated text; check or update them if asked to."""
    have_django(database=False)
    from altavoz.config import catalogues as work

    if update:
        work.update()
    work.compile_missing()
    faults = work.check() if check else []
    for fault in faults:
        typer.echo(fault)
    if faults:
        console.print(f"[bold red]✗[/] {len(faults)} texts are not as they should be.")
        raise typer.Exit(1)
