"""Makes, starts and stops the server of one data folder; whoever calls holds the gate lock."""

import os
import shlex
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

from altavoz.core.postgres import binaries, memory, postmaster
from altavoz.core.postgres.errors import PostgresError, explained
from altavoz.core.postgres.layout import NAME, PORT, Layout, socket_folder, socket_in
from altavoz.core.postgres.owners import run

_ENOUGH_BYTES = 200 * 1024 * 1024
_LOG_BYTES = 10 * 1024 * 1024
_PATIENCE_S = 120.0
_BUILTIN = 17
_UNICODE_FAST = 18
_FLEETING = "-c fsync=off -c full_page_writes=off -c max_wal_size=4GB"


def start(layout: Layout) -> Path:
    """Afterwards the server of `layout` accepts connections; return the folder of its socket.

    Order: a living server is kept; data are made where there are none; what a crash left behind is waited for;
    then the server starts and recovers. Raises PostgresError saying what to do.
    """
    if folder := _living(layout):
        return folder
    programs = binaries.find(layout.owner, major=layout.version())
    if layout.version() is None:
        _make(layout, programs)
    _clear_after_crash(layout)
    folder = socket_folder(layout)
    _launch(layout, programs, folder)
    return folder


def stop(layout: Layout) -> None:
    """Afterwards no server of `layout` runs; one that does not end within a minute is told to end at once."""
    living = postmaster.recorded(layout)
    if living is None or not postmaster.is_ours(living.pid, layout.data):
        return
    for number, patience_s in ((signal.SIGINT, 60), (signal.SIGQUIT, 20), (signal.SIGKILL, 10)):
        try:
            os.kill(living.pid, number)
        except ProcessLookupError:
            return
        if wait(lambda: not postmaster.is_ours(living.pid, layout.data), patience_s):
            return


def _living(layout: Layout) -> Path | None:
    """Return the socket's folder once a living server accepts connections; None where there is no server."""

    def settled() -> bool:
        found = postmaster.alive(layout)
        return found is None or (found.ready and postmaster.answering(found))

    patient = wait(settled, _PATIENCE_S)
    found = postmaster.alive(layout)
    if not patient and found:
        raise PostgresError(
            f"PostgreSQL (process {found.pid}) runs on {layout.data} but does not answer. "
            f"End it with `kill -INT {found.pid}` and try again."
        )
    return found.socket_folder if found else None


def _make(layout: Layout, programs: binaries.Binaries) -> None:
    """Make the data in a folder beside and rename it at the end: there is never half a cluster."""
    if shutil.disk_usage(layout.server).free < _ENOUGH_BYTES:
        raise explained("", "No space left on device", layout.server)
    fresh = layout.server / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    words = f"-U {NAME} -E UTF8 --auth=trust --locale=C {'' if layout.durable else '--no-sync'}".split()
    command: list[str | Path] = [programs.program("initdb"), "-D", fresh, *words, *_locale(programs.major)]
    code, said = run(command, layout.owner)
    if code:
        shutil.rmtree(fresh, ignore_errors=True)
        raise explained("Making the database (initdb)", said, layout.server)
    (fresh / "pg_hba.conf").write_text("local all all trust\n", encoding="ascii")
    single: list[str | Path] = [programs.program("postgres"), "--single", "-D", fresh, "postgres"]
    code, said = run(single, layout.owner, text=f"CREATE DATABASE {NAME}\n")
    if code:
        raise explained("Making the database", said, layout.server)
    fresh.rename(layout.data)


def _locale(major: int) -> list[str]:
    if major >= _UNICODE_FAST:
        return ["--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST"]
    if major >= _BUILTIN:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--lc-ctype=C.UTF-8"]


def _clear_after_crash(layout: Layout) -> None:
    """Wait for the backends of a killed server, then remove a postmaster.pid that names a stranger.

    The file stays where its process is gone: PostgreSQL then checks the shared memory it names.
    """
    if not wait(lambda: not postmaster.left_behind(layout.data), _PATIENCE_S):
        raise PostgresError(
            f"Processes of a killed server still use {layout.data}: {postmaster.left_behind(layout.data)}. "
            "They usually end by themselves; end them if they do not, and try again."
        )
    found = postmaster.recorded(layout)
    if found is None:
        return
    wait(lambda: not postmaster.is_dying(found.pid), 3)
    if postmaster.exists(found.pid):
        (layout.data / "postmaster.pid").unlink(missing_ok=True)
        if found.socket_folder:
            lock = socket_in(found.socket_folder)
            lock.with_name(f"{lock.name}.lock").unlink(missing_ok=True)


def _launch(layout: Layout, programs: binaries.Binaries, folder: Path) -> None:
    if layout.log.exists() and layout.log.stat().st_size > _LOG_BYTES:
        layout.log.replace(layout.log.with_suffix(".log.1"))
    before = layout.log.stat().st_size if layout.log.exists() else 0
    quoted = shlex.quote(f'"{folder}"')  # once for PostgreSQL's list of folders, once for pg_ctl's shell
    options = f"-c listen_addresses= -c port={PORT} -c unix_socket_directories={quoted}"
    options += " -c unix_socket_permissions=0700 -c timezone=UTC -c log_timezone=UTC"
    options += f" {memory.options(memory.of_machine())}" if layout.durable else f" {_FLEETING}"
    command: list[str | Path] = [
        programs.program("pg_ctl"),
        "start",
        "-w",
        "-t",
        "150",
        "-D",
        layout.data,
        "-l",
        layout.log,
    ]
    code, said = run([*command, "-o", options], layout.owner)
    if code:
        raise explained("Starting PostgreSQL", said + _log_since(layout, before), layout.server)


def _log_since(layout: Layout, position: int) -> str:
    try:
        return layout.log.read_bytes()[position:].decode("utf-8", "replace")
    except FileNotFoundError:
        return ""


def wait(condition: Callable[[], bool], patience_s: float) -> bool:
    """Wait until `condition` holds; tell whether it did in time."""
    deadline = time.monotonic() + patience_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
