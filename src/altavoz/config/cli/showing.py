"""The demonstration: everything at once on this machine, with an invented community."""

import importlib
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from altavoz.config.cli.setup import console, have_django, migrate, var
from altavoz.config.processes import Asked, Program, ProgramError, Supervisor, is_free


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(demo)


def programs(port: int, folder: Path) -> dict[str, Program]:
    """Return everything the demonstration runs: the site, its worker, and stand-ins for the outside world."""
    ours = (sys.executable, "-P", "-m")
    return {
        "feeds": Program(
            name="feeds",
            command=(
                *ours,
                "altavoz.config.demo.feeds",
                "--port",
                str(port + 1),
                "--state",
                str(folder / "feeds.json"),
            ),
            port=port + 1,
        ),
        "mastodon": Program(
            name="mastodon",
            command=(
                *ours,
                "altavoz.promotion.channels.mastodon.fake",
                "--port",
                str(port + 2),
                "--state",
                str(folder / "mastodon.json"),
                "--account",
                "altavoz_es=demo-es",
                "--account",
                "altavoz_mundo=demo-world",
            ),
            port=port + 2,
        ),
        "web": Program(
            name="web",
            command=(*ours, "altavoz.config.cli", "serve", "--port", str(port), "--workers", "2"),
            port=port,
        ),
        "worker": Program(name="worker", command=(*ours, "altavoz.config.cli", "worker", "--patience", "5")),
    }


def demo(
    port: Annotated[int, typer.Option(help="The site's port; the two after it are used too.")] = 8000,
) -> None:
    """Show everything at once, with an invented community. Ctrl-C ends it; nothing stays running."""
    _require_ports(port)
    asked = Asked()
    with suppress(KeyboardInterrupt):
        _show(port, asked)
    console.print(f"Stopped. Everything is kept in {var()}", soft_wrap=True)


def _show(port: int, asked: Asked) -> None:
    _settings(port)
    with _progress("Starting the database"):
        have_django()
    migrate()
    everything = programs(port, var())
    with Supervisor(var() / "log") as supervisor:
        with _progress("Starting the site"):
            supervisor.start(*everything.values())
            supervisor.wait_ready(everything["feeds"], everything["mastodon"])
        with _progress("Loading the sample community"):
            links = _load()
        supervisor.wait_ready(everything["web"])
        _welcome(port, links)
        asked.patient = True
        supervisor.watch(lambda: not asked.ended)
        console.print("Stopping…")


def _require_ports(port: int) -> None:
    for number in (port, port + 1, port + 2):
        if not is_free(number):
            raise ProgramError(
                f"Port {number} is taken by another program. End that one, or show the demo elsewhere: "
                f"make demo PORT={port + 10}"
            )


def _settings(port: int) -> None:
    """Afterwards this process and all it starts have the demo's settings, and a folder apart from real data."""
    os.environ["ALTAVOZ_VAR"] = str(var() / "demo")
    var().mkdir(parents=True, exist_ok=True)
    chosen = {
        "ALTAVOZ_DEMO": "true",
        "ALTAVOZ_URL": f"http://localhost:{port}",
        "ALTAVOZ_FETCH_ALLOW": f"127.0.0.1/32:{port + 1},127.0.0.1/32:{port + 2}",
        "ALTAVOZ_DEMO_PORT": str(port),
    }
    os.environ.update(chosen)


def _load() -> Iterable[object]:
    loader = importlib.import_module("altavoz.config.demo")
    links = loader.load(datetime.now(UTC))
    from django.db import connections

    connections.close_all()
    return links or ()


@contextmanager
def _progress(what: str) -> Iterator[None]:
    if console.is_terminal:
        with console.status(f"{what}…"):
            yield
    else:
        console.print(f"{what}…")
        yield


def _welcome(port: int, links: Iterable[object]) -> None:
    typer.echo(f"\n  Altavoz            http://localhost:{port}/")
    typer.echo(f"  Sites of creators  http://127.0.0.1:{port + 1}/")
    typer.echo(f"  Social network     http://127.0.0.1:{port + 2}/\n")
    for link in links:
        typer.echo(f"  {link}")
    typer.echo("\n  Ctrl-C ends it.")
