"""The commands about content: add an address, poll sources, import a catalogue."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from altavoz.config.cli.setup import console, have_django

_importing = typer.Typer(help="Import a catalogue.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(poll)
    app.add_typer(_importing, name="import")


@_importing.callback()
def _group() -> None:
    """Hold the importers together."""


def poll() -> None:
    """Fetch every source that is due, now and in this process."""
    have_django()
