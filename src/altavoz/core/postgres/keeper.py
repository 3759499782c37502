"""The process that watches over a server: restarts it after a crash, stops it when its last user was killed."""

import os
import sys
import time
from pathlib import Path

from altavoz.core.postgres import cluster, postmaster
from altavoz.core.postgres.errors import PostgresError
from altavoz.core.postgres.layout import Layout, lay_out
from altavoz.core.postgres.locks import Lock

_TICK_S = 0.2


def main(var: str, durable: str) -> None:
    """Watch the server under `var` until it has no user; nothing happens where another keeper does."""
    layout = lay_out(Path(var), durable=durable == "durable")
    lock = Lock(layout.home / "keeper.lock")
    if not lock.try_take():
        return
    if os.fork():
        os._exit(0)  # the lock stays with the child, which belongs to nobody's terminal
    _close_output()
    users = Lock(layout.home / "users.lock")
    while not users.try_take():
        _revive(layout)
        time.sleep(_TICK_S)
    cluster.stop(layout)
    lock.close()  # before `users`: whoever joins next sees that a new keeper is wanted
    users.close()


def _close_output() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def _revive(layout: Layout) -> None:
    """Start the server again where it died; not while somebody starts or stops it."""
    if postmaster.alive(layout):
        return
    gate, users = Lock(layout.home / "gate.lock"), Lock(layout.home / "users.lock")
    try:
        if gate.try_take() and users.try_share():
            cluster.start(layout)
    except PostgresError:
        time.sleep(5)  # a full disk, say: the server's log tells; we try again
    finally:
        users.close()
        gate.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
