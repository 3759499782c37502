"""Makes things ready for a command: the database server, Django, the compiled catalogues."""

import os
from pathlib import Path

from rich.console import Console

#: What people read while a command works; results go to standard output.
console = Console(stderr=True, highlight=False)


def var() -> Path:
    """Return the folder for all that the program writes; the same rule as in the settings."""
    return Path(os.environ.get("ALTAVOZ_VAR") or Path.cwd() / "var").absolute()


def have_database() -> None:
    """Afterwards DATABASE_URL names a running server: the given one, or the embedded one until we end."""
    if not os.environ.get("DATABASE_URL"):
        from altavoz.core import postgres

        os.environ["DATABASE_URL"] = postgres.ensure(var())


def have_django(*, database: bool = True) -> None:
    """Afterwards Django is set up, over a running database unless told otherwise, and speaks every language."""
    from altavoz.config import catalogues

    os.environ["DJANGO_SETTINGS_MODULE"] = "altavoz.config.settings"
    catalogues.compile_missing()
    if database:
        have_database()
    import django

    django.setup()


def have_english() -> None:
    """Afterwards Django is set up and words of the rooms come in English, as the command line's own do."""
    have_django()
    from django.utils import translation

    translation.activate("en")


def migrate() -> None:
    """Afterwards the tables are those of this version; costs next to nothing where they already are."""
    from django.core.management import call_command

    from altavoz.core import health

    if health.pending_migrations():
        with console.status("Preparing the tables…"):
            call_command("migrate", interactive=False, verbosity=0)
