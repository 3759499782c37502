"""Tells every web process, through PostgreSQL, that something changed, so that no stale page is kept."""

import json
import logging
import time
from collections.abc import Collection
from threading import Thread

import psycopg
from django.conf import settings
from django.db import connection, transaction

from altavoz.web.caching import parts, store

_CHANNEL = "altavoz_purge"
_BATCH = 100  # a notification carries less than 8,000 bytes
_PAUSE_S = 1.0
_log = logging.getLogger(__name__)


def announce(subjects: Collection[str]) -> None:
    """Forget, in every process and once this transaction is through, the pages that show the subjects."""
    ordered = sorted(set(subjects))
    with connection.cursor() as cursor:
        for start in range(0, len(ordered), _BATCH):
            payload = json.dumps(ordered[start : start + _BATCH])
            cursor.execute("SELECT pg_notify(%s, %s)", [_CHANNEL, payload])
    transaction.on_commit(lambda: store.purge(ordered))
    if settings.ALTAVOZ_PURGE_URL:
        from altavoz.web import tasks  # it imports us through the pages

        tasks.tell_edges(ordered)


def start_listening() -> Thread:  # pragma: no cover - it ends with the process
    """Start the thread of this process that listens for announcements; it ends with the process.

    From now on the process keeps parts of pages as well.
    """
    parts.start()
    thread = Thread(target=listen_for_ever, name="purging", daemon=True)
    thread.start()
    return thread


def listen_for_ever() -> None:  # pragma: no cover - it ends with the process
    """Listen, and listen again when the connection was lost."""
    while True:
        listen_until_lost()
        time.sleep(_PAUSE_S)


def listen_until_lost() -> None:
    """Listen; when the connection is lost, forget everything: an announcement may have been missed."""
    try:
        listen()
    except psycopg.Error as error:
        _log.warning("lost the purge channel: %s", error)
    store.clear()


def listen(*, stop_after: int | None = None, timeout: float | None = None) -> None:
    """Purge for each announcement, until so many were heard or nothing came for `timeout` seconds."""
    parameters = connection.get_connection_params()
    wanted = {
        name: parameters[name]
        for name in ("dbname", "user", "password", "host", "port")
        if name in parameters
    }
    with psycopg.connect(**wanted, autocommit=True) as heard:
        heard.execute(f"LISTEN {_CHANNEL}")
        store.clear()  # nothing kept from before we listened can be trusted
        for notice in heard.notifies(timeout=timeout, stop_after=stop_after):
            store.purge(json.loads(notice.payload))
