"""The thread of each web process that stores every few seconds what was counted, and once more at the end.

A process that is killed outright loses the counts of those seconds, and nothing else.
"""

import logging
import time
from threading import Event, Thread, main_thread

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from altavoz.insights import actions

_PAUSE_S = 5.0
_LOOK_S = 0.25  # how soon the end of the process is noticed
_log = logging.getLogger(__name__)


class Recorder:
    """Flushes until it is stopped, or until the main thread has ended.

    The process waits for it: `atexit` is not asked in the processes of a web server that ends them by itself.
    """

    def __init__(self, pause_s: float = _PAUSE_S) -> None:
        self._pause_s = pause_s
        self._ended = Event()
        self._thread = Thread(target=self._run, name="counting", daemon=False)

    def start(self) -> None:
        """Begin; the end of the main thread is the end of this."""
        self._thread.start()

    def stop(self) -> None:
        """Store what waits, and end; may be called again."""
        self._ended.set()
        self._thread.join(timeout=10)

    def _run(self) -> None:
        due = time.monotonic() + self._pause_s
        while not self._ended.wait(min(_LOOK_S, self._pause_s)) and main_thread().is_alive():
            if time.monotonic() >= due:
                flush()
                due = time.monotonic() + self._pause_s
        flush()
        connection.close()


def flush() -> None:
    """Store what waits; where that fails say so, and let the next time try."""
    close_old_connections()
    try:
        actions.flush(at=timezone.now())
    except DatabaseError as error:
        _log.warning("counts were not stored: %s", error)
