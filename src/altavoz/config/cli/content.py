"""The commands about content: add an address, poll sources, import a catalogue."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from altavoz.config.cli.setup import console, have_english

if TYPE_CHECKING:
    from altavoz.ingest.discovery import Found
    from altavoz.ingest.pyvideo import Report

_importing = typer.Typer(help="Import a catalogue.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(add)
    app.command()(poll)
    app.add_typer(_importing, name="import")


@_importing.callback()
def _group() -> None:
    """Hold the importers together."""


def add(
    url: Annotated[str, typer.Argument(help="A channel, playlist, feed, podcast, PeerTube or page address.")],
    *,
    name: Annotated[str, typer.Option(help="The creator's name; otherwise what the address tells.")] = "",
    language: Annotated[str, typer.Option(help="The language of the works, such as es or pt-BR.")] = "",
    fetch: Annotated[
        bool, typer.Option(help="Fetch the works now instead of leaving it to the worker.")
    ] = True,
) -> None:
    """Find out what is at an address and follow it from now on."""
    have_english()
    from altavoz.ingest.actions import KnownSourceError, set_language
    from altavoz.ingest.discovery import NotFound, discover
    from altavoz.ingest.visiting import poll_source
    from altavoz.showcase.actions import add_channel

    at = datetime.now(UTC)
    with console.status("Looking…"):
        found = discover(url)
    if isinstance(found, NotFound):
        _fail(str(found.reason))
    _show(found)
    try:
        creator, source = add_channel(found=found, name=name, by=None, at=at)
    except KnownSourceError as known:
        _fail(f"This is followed already, as {known.source.subject}.")
    if language:
        set_language(source=source, language=language, by=None, at=at)
    typer.echo(f"Added for {creator.name}: {source.subject}")
    if fetch:
        _tell(poll_source(source.pk, at=datetime.now(UTC)))


def _show(found: "Found") -> None:
    from altavoz.ingest.words import KINDS

    typer.echo(f"{KINDS[found.kind]}: {found.title} ({found.total} works, language: {found.language})")
    for item in found.items:
        typer.echo(f"  {item.title}")
    for other in found.alternatives:
        typer.echo(f"  Could also be meant: {KINDS[other.kind]} {other.title}: altavoz add {other.address}")


def poll(
    limit: Annotated[int, typer.Option(help="At most so many sources.")] = 2000,
) -> None:
    """Visit the sources that are due, here and now."""
    have_english()
    from altavoz.ingest.visiting import poll_due

    with console.status("Visiting…"):
        done = poll_due(at=datetime.now(UTC), limit=limit)
    _tell(done)


def _tell(done: Any) -> None:  # noqa: ANN401 - ingest.visiting.Polled, imported only once Django is set up
    typer.echo(
        f"{done.sources} visited, {done.unchanged} unchanged, {done.failed} failed; "
        f"works: {done.new} new, {done.changed} changed, {done.gone} gone"
    )
    if done.lost:
        _fail(f"{done.lost} were given to a process that died; they are visited again in five minutes.")


@_importing.command("pyvideo")
def import_pyvideo(
    path: Annotated[Path, typer.Argument(help="The catalogue: a folder, a tar or a zip.", exists=True)],
    *,
    dry_run: Annotated[bool, typer.Option(help="Tell what would happen; write nothing.")] = False,
    languages: Annotated[str, typer.Option(help="Only works spoken in these, such as es,pt.")] = "",
    every: Annotated[bool, typer.Option(help="Name every record that was refused or repaired.")] = False,
) -> None:
    """Bring the pyvideo.org catalogue here, or up to date."""
    have_english()
    from altavoz.ingest import pyvideo

    chosen = [tag.strip() for tag in languages.split(",") if tag.strip()]
    try:
        with _progress("Reading records") as advance:
            report = pyvideo.import_pyvideo(
                path,
                by=None,
                at=datetime.now(UTC),
                languages=chosen or None,
                dry_run=dry_run,
                progress=advance,
            )
    except pyvideo.BadArchiveError as error:
        _fail(str(error))
    _summarise(report, every=every)


def _summarise(report: "Report", *, every: bool) -> None:
    from altavoz.ingest.words import FINDINGS

    typer.echo("Nothing was written; this would happen:" if report.dry_run else "Done:")
    for what, count in report.counts.items():
        typer.echo(f"  {count:>7}  {what.replace('_', ' ')}")
    if report.findings:
        typer.echo("Refused or repaired:")
    for code, count in report.summary.items():
        typer.echo(f"  {count:>7}  {FINDINGS.get(code, code)}")
    for finding in report.findings if every else ():
        typer.echo(
            f"  {finding.record}: {FINDINGS.get(finding.code, finding.code)} {finding.detail}".rstrip()
        )


@contextmanager
def _progress(what: str) -> Iterator[Any]:
    """Show a bar while the block runs; yield what moves it."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _fail(message: str) -> NoReturn:
    console.print(f"[bold red]✗[/] {escape(message)}", soft_wrap=True)
    raise typer.Exit(1)
