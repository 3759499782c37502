"""Counts the users of a server: the first starts it, the last stops it, a killed one counts as gone.

Three locks do it. `gate`: one process at a time decides to start. `users`: every user shares it; holding it
alone means there is none. `keeper`: held by the process that watches when no user may be left to do so.
"""

import atexit
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from altavoz.core.postgres import cluster
from altavoz.core.postgres.errors import PostgresError
from altavoz.core.postgres.layout import Layout, lay_out, url
from altavoz.core.postgres.locks import Lock, alone

_PACKAGE_ROOT = Path(__file__).parents[3]


@contextmanager
def running(var: Path, *, durable: bool = True) -> Iterator[str]:
    """Yield the DATABASE_URL of the server under `var`; it runs for the length of the block.

    Starts it where no other process has; stops it at the end where no other process uses it. With
    durable=False the server may lose everything in a power cut: for tests. Raises PostgresError.
    """
    layout = lay_out(var, durable=durable)
    users, address = _join(layout)
    try:
        yield address
    finally:
        _leave(layout, users)


def ensure(var: Path, *, durable: bool = True) -> str:
    """Return the DATABASE_URL of the server under `var`; it runs at least until this process ends."""
    layout = lay_out(var, durable=durable)
    users, address = _join(layout)
    pid = os.getpid()

    def leave() -> None:
        if os.getpid() == pid:  # a forked child that ends is not us
            _leave(layout, users)

    atexit.register(leave)
    return address


def _join(layout: Layout) -> tuple[Lock, str]:
    with alone(layout.home / "gate.lock"):
        users = Lock(layout.home / "users.lock")
        try:
            users.share()  # waits for a server that is stopping
            folder = cluster.start(layout)
            _have_keeper(layout)
        except BaseException:
            users.close()
            raise
    return users, url(folder)


def _leave(layout: Layout, users: Lock) -> None:
    with alone(layout.home / "gate.lock"):
        try:
            last = users.try_take()
            if last:
                cluster.stop(layout)
            elif not users.try_share():
                users.share()  # the keeper is stopping it: wait until that is done
        finally:
            users.close()
        if last:
            cluster.wait(lambda: not _kept(layout), 2)  # no process is left when we return


def _have_keeper(layout: Layout) -> None:
    """Afterwards a keeper watches the server; it is no child of ours and outlives us."""
    if _kept(layout):
        return
    var, durable = layout.home.parent, "durable" if layout.durable else "fleeting"
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-P", "-m", "altavoz.core.postgres.keeper", str(var), durable],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd="/",
        env=os.environ | {"PYTHONPATH": str(_PACKAGE_ROOT)},
        start_new_session=True,
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise PostgresError(f"The process that watches over PostgreSQL did not start. It said:\n{said}")


def _kept(layout: Layout) -> bool:
    keeper = Lock(layout.home / "keeper.lock")
    try:
        return not keeper.try_take()
    finally:
        keeper.close()
