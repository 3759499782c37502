"""Finds the command that was asked for, and says in plain words what keeps it from running."""

import os
import sys
from importlib import metadata
from typing import Annotated

import typer
from rich.markup import escape
from typer.main import get_group

from altavoz.config.cli import caring, content, serving, showing
from altavoz.config.cli.setup import console, have_database
from altavoz.config.processes import ProgramError
from altavoz.core.postgres import PostgresError

app = typer.Typer(
    name="altavoz",
    help=(
        "Altavoz: the loudspeaker for Python people who do not publish in English. "
        "Every command of Django's manage works too; `altavoz help` lists them."
    ),
    no_args_is_help=True,
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for module in (serving, showing, content, caring):
    module.register(app)


@app.callback()
def _options(
    *, version: Annotated[bool, typer.Option("--version", help="Tell the version.", is_eager=True)] = False
) -> None:
    if version:
        typer.echo(f"altavoz {metadata.version('altavoz')}")
        raise typer.Exit


#: Django's commands that do not touch the database, so that none is started for them.
_WITHOUT_DATABASE = {
    "help",
    "version",
    "--version",
    "check",
    "collectstatic",
    "compilemessages",
    "makemessages",
}


def main() -> None:
    """Run the command line; exit with 1 and one clear message where something keeps us from it."""
    ours = get_group(app)
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        if name and not name.startswith("-") and name not in ours.commands:
            _django(sys.argv)
        else:
            ours(prog_name="altavoz")
    except (PostgresError, ProgramError) as error:
        console.print(f"[bold red]✗[/] {escape(str(error))}", soft_wrap=True)
        raise SystemExit(1) from None
    except OSError as error:
        raise SystemExit(_about_disk(error)) from error


def _django(arguments: list[str]) -> None:
    from django.core.management import execute_from_command_line

    os.environ["DJANGO_SETTINGS_MODULE"] = "altavoz.config.settings"
    if arguments[1] not in _WITHOUT_DATABASE:
        have_database()
    execute_from_command_line(arguments)


def _about_disk(error: OSError) -> str:
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"✗ The disk is full ({error.filename or 'while writing'}). Free some space and try again."
    raise error
