"""The secret of the day: made when a day is first counted, shared by all processes, destroyed at midnight."""

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock

from django.db import connection, transaction

from altavoz.insights.models import DayKey, Seen

_BYTES = 32


@dataclass(eq=False)
class KeyRing:
    """The key this process uses now; it holds one at most."""

    _day: date | None = None
    _secret: bytes = b""
    _lock: Lock = field(default_factory=Lock)

    def of(self, at: datetime) -> bytes:
        """Return the key of the day; the first call of a day asks the database."""
        today = at.date()
        with self._lock:
            if self._day is None or self._day < today:
                self._secret = rotate(at=at)
                self._day = today
            return self._secret

    def drop(self, *, before: date | None = None) -> None:
        """Forget the key, or only one of a day before that."""
        with self._lock:
            if self._day is not None and (before is None or self._day < before):
                self._day, self._secret = None, b""


ring = KeyRing()


def rotate(*, at: datetime) -> bytes:
    """Return the key of the day.

    Afterwards keys of days before it, and all that was sealed with them, exist no more: both tables are emptied, not
    marked. A clock that lags behind the others gets the newest key there is. Processes that ask at the same moment
    wait for each other and get the same key.
    """
    newest = _newest()
    if newest is None or newest.day < at.date():
        newest = _renew(at.date())
    return bytes(newest.secret)


@transaction.atomic
def _renew(day: date) -> DayKey:
    """Take the table for ourselves before looking: who has looked already could not let go of it."""
    _lock()
    newest = _newest()
    if newest is not None and newest.day >= day:
        return newest
    _destroy()
    return DayKey.objects.create(day=day, secret=secrets.token_bytes(_BYTES))


def _newest() -> DayKey | None:
    return DayKey.objects.order_by("-day").first()


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'LOCK TABLE "{DayKey._meta.db_table}" IN ACCESS EXCLUSIVE MODE')  # noqa: SLF001 - Django's way


def _destroy() -> None:
    tables = ", ".join(f'"{model._meta.db_table}"' for model in (DayKey, Seen))  # noqa: SLF001 - as above
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables}")
