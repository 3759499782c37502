"""What a helper does: one piece of work after another, until whoever started it is gone."""

import os
import signal
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing import connection as pipes
from multiprocessing import parent_process
from typing import Any


@dataclass(frozen=True)
class Surroundings:
    """What a helper takes over from who started it, where that differs from what the environment says."""

    database: Mapping[str, Any]
    fetch_allow: tuple[str, ...]

    @classmethod
    def here(cls) -> "Surroundings":
        """Return those of this process."""
        from django.conf import settings
        from django.db import connection

        return cls(dict(connection.settings_dict), tuple(settings.ALTAVOZ_FETCH_ALLOW))

    def take_over(self) -> None:
        """Let them hold in this process."""
        from django.conf import settings
        from django.db import connection

        connection.settings_dict.update(self.database, CONN_MAX_AGE=None, CONN_HEALTH_CHECKS=True)
        settings.ALTAVOZ_FETCH_ALLOW = list(self.fetch_allow)


@dataclass(frozen=True, slots=True)
class Raised:
    """The work raised this; the helper has told the log all of it."""

    error: str


def serve(work: "pipes.Connection[Any, Any]", surroundings: Surroundings) -> None:
    """Answer each (function, arguments) that comes with what it returns, until the other end is closed."""
    import django

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    django.setup()
    surroundings.take_over()
    while True:
        try:
            func, arguments = work.recv()
        except EOFError:
            return
        work.send(_done(func, arguments))


def _done(func: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401 - the work's own
    import structlog
    from django.db import close_old_connections

    close_old_connections()
    try:
        return func(*arguments)
    except Exception as problem:  # noqa: BLE001 - whatever it is, the helper stays for the next piece
        structlog.get_logger(__name__).exception("core.helper_failed", work=func.__qualname__)
        return Raised(type(problem).__name__)


def _end_with_parent() -> None:
    """End at once when the process that started us is gone, also where it was killed in the middle of our work."""
    parent = parent_process()
    if parent is not None:  # pragma: no cover - in a helper, which ends here: a test counts who is left
        pipes.wait([parent.sentinel])
        os._exit(1)
