"""File locks that the kernel drops when their holder dies, however it dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Lock:
    """One open lock file; locking it again changes between shared and exclusive."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        home = path.parent.stat()
        if os.geteuid() == 0 and home.st_uid != 0:
            os.fchown(self._file, home.st_uid, home.st_gid)  # so that the owner of var may come back

    def share(self) -> None:
        """Wait until no one holds it alone; afterwards we hold it together with others."""
        fcntl.flock(self._file, fcntl.LOCK_SH)

    def take(self) -> None:
        """Wait until no one else holds it; afterwards we hold it alone."""
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def try_share(self) -> bool:
        """Hold it together with others if that is possible at once."""
        return self._try(fcntl.LOCK_SH)

    def try_take(self) -> bool:
        """Hold it alone if that is possible at once; where it is not, a share we had is lost."""
        return self._try(fcntl.LOCK_EX)

    def close(self) -> None:
        """Afterwards we hold nothing."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _try(self, kind: int) -> bool:
        try:
            fcntl.flock(self._file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock in `path` alone for the length of the block."""
    lock = Lock(path)
    try:
        lock.take()
        yield
    finally:
        lock.close()
