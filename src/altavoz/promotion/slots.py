"""When a channel may speak: slots spread over the waking hours of its audience (pure)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import count
from typing import NamedTuple


class Hours(NamedTuple):
    """How often a channel speaks, and when it is quiet (local times; the end may be on the next day)."""

    per_day: int
    zone: tzinfo
    quiet_from: time | None = None
    quiet_until: time | None = None


def slots(hours: Hours, *, after: datetime) -> Iterator[datetime]:
    """Return every slot after a moment, in order, without end.

    A day has the same number of slots whatever the clock does to it: on a day of 23 hours they are closer.
    """
    first = after.astimezone(hours.zone).date()
    for days in count():  # pragma: no branch  without end
        for slot in _day(hours, first + timedelta(days=days)):
            if slot > after:
                yield slot


def _day(hours: Hours, day: date) -> Iterator[datetime]:
    awake = _awake(hours, day)
    step = sum((end - start for start, end in awake), timedelta()) / hours.per_day
    for number in range(hours.per_day if awake else 0):
        yield _within(awake, step * number + step / 2).replace(microsecond=0)


def _within(awake: list[tuple[datetime, datetime]], offset: timedelta) -> datetime:
    """Return the moment that lies that far into the waking time."""
    for start, end in awake[:-1]:
        if offset < end - start:
            return start + offset
        offset -= end - start
    return awake[-1][0] + offset


def _awake(hours: Hours, day: date) -> list[tuple[datetime, datetime]]:
    """Return the waking time of a local day as stretches of real time."""
    dawn, night = _at(day, time(), hours.zone), _at(day + timedelta(days=1), time(), hours.zone)
    if hours.quiet_from is None or hours.quiet_until is None or hours.quiet_from == hours.quiet_until:
        return [(dawn, night)]
    start, end = _at(day, hours.quiet_from, hours.zone), _at(day, hours.quiet_until, hours.zone)
    parts = [(dawn, start), (end, night)] if hours.quiet_from < hours.quiet_until else [(end, start)]
    return [(begin, finish) for begin, finish in parts if begin < finish]


def _at(day: date, clock: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)
