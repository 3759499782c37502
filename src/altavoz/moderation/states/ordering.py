"""In which order cases are due: each author has a virtual clock, so that one person's burst delays only themselves."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from altavoz.moderation.states.case import Lane

#: What one author's works keep between them in the queue.
PACE: Final = timedelta(hours=12)
#: By when a first decision is due, counted from the virtual date.
SLA: Final[Mapping[Lane, timedelta]] = MappingProxyType(
    {Lane.URGENT: timedelta(hours=24), Lane.NORMAL: timedelta(hours=72), Lane.LOW: timedelta(hours=168)}
)
#: Of five picks, how many go to the urgent lane first.
URGENT_PICKS: Final = 4
PICKS: Final = 5


def virtual_date(*, arrived_at: datetime, last: datetime | None) -> datetime:
    """Return when a case counts as arrived, after the author's previous one."""
    return arrived_at if last is None else max(arrived_at, last + PACE)


def due(*, virtual_at: datetime, lane: Lane) -> datetime:
    """Return by when a case of that lane should be decided: the key of the queue."""
    return virtual_at + SLA[lane]


def lanes_for(pick: int) -> tuple[frozenset[Lane], frozenset[Lane]]:
    """Return which lanes the pick of that number (from 0) looks into first, and which after."""
    urgent, rest = frozenset({Lane.URGENT}), frozenset({Lane.NORMAL, Lane.LOW})
    return (urgent, rest) if pick % PICKS < URGENT_PICKS else (rest, urgent)
