"""The thread of each web process that stores every few seconds what was counted, and once more at the end.

A process that is killed outright loses the counts of those seconds, and nothing else.
"""

import atexit
import logging
from threading import Event, Thread

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from altavoz.insights import actions

_PAUSE_S = 5.0
_log = logging.getLogger(__name__)


class Recorder:
    """Flushes until stopped."""

    def __init__(self, pause_s: float = _PAUSE_S) -> None:
        self._pause_s = pause_s
        self._ended = Event()
        self._thread = Thread(target=self._run, name="counting", daemon=True)

    def start(self) -> None:
        """Begin, and see to it that the end of the process is the end of this."""
        atexit.register(self.stop)
        self._thread.start()

    def stop(self) -> None:
        """Store what waits, and end; may be called again."""
        self._ended.set()
        self._thread.join(timeout=self._pause_s)
        atexit.unregister(self.stop)

    def _run(self) -> None:
        while not self._ended.wait(self._pause_s):
            flush()
        flush()
        connection.close()


def flush() -> None:
    """Store what waits; where that fails say so, and let the next time try."""
    close_old_connections()
    try:
        actions.flush(at=timezone.now())
    except DatabaseError as error:
        _log.warning("counts were not stored: %s", error)
