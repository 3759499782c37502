"""The commands that keep running: the web server, the worker, the embedded database on its own."""

import asyncio
import os
import signal
from typing import Annotated, Any

import typer

from altavoz.config.cli.setup import console, have_database, have_django


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(serve)
    app.command()(worker)
    app.command()(database)


def serve(
    host: Annotated[
        str, typer.Option(help="The address to listen on; 0.0.0.0 for every network.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(help="Processes; 0 means one per core.")] = 0,
    threads: Annotated[int, typer.Option(help="Threads per process.")] = 4,
) -> None:
    """Serve the site."""
    from altavoz.config.processes import ProgramError, is_free
    from altavoz.core import health

    if not is_free(port, host):
        raise ProgramError(
            f"Port {port} is taken. End the program that uses it, or choose another: --port {port + 1}"
        )
    have_django()
    if waiting := health.pending_migrations():
        raise ProgramError(f"{waiting} migrations are to be applied first: altavoz migrate")
    _collect_static()
    _serve(host, port, workers or os.cpu_count() or 1, threads)


def _collect_static() -> None:
    from django.conf import settings
    from django.core.management import call_command

    if not settings.DEBUG:
        call_command("collectstatic", interactive=False, verbosity=0)


def _serve(host: str, port: int, workers: int, threads: int) -> None:
    from django.db import connections
    from granian.constants import Interfaces
    from granian.server import Server

    connections.close_all()
    console.print(f"Serving on http://{host}:{port} with {workers} processes")
    Server(
        "altavoz.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_enabled=False,
    ).serve()


def worker(
    concurrency: Annotated[int, typer.Option(help="Jobs at a time.")] = 8,
    queue: Annotated[list[str] | None, typer.Option(help="Only these queues; repeat for several.")] = None,
    patience: Annotated[float, typer.Option(help="Seconds that running jobs get to end when we stop.")] = 20,
) -> None:
    """Run jobs: polling sources, reacting to facts, posting, mailing."""
    have_django()
    from altavoz.core import jobs

    chosen: dict[str, Any] = {"queues": queue} if queue else {}

    ours = jobs.worker_app()

    async def run() -> None:
        async with ours.open_async():
            await ours.run_worker_async(
                name=f"worker-{os.getpid()}",
                **chosen,
                concurrency=concurrency,
                fetch_job_polling_interval=0.5,  # retries and jobs behind a lock wait for the next look
                shutdown_graceful_timeout=patience,
            )

    asyncio.run(run())


def database() -> None:
    """Run the embedded database until stopped, for other commands to use; prints its DATABASE_URL."""
    have_database()
    typer.echo(os.environ["DATABASE_URL"])
    for number in (signal.SIGINT, signal.SIGTERM):  # also where a shell started us deaf to Ctrl-C
        signal.signal(number, signal.default_int_handler)
    try:
        signal.pause()
    except KeyboardInterrupt:
        console.print("Stopping")
