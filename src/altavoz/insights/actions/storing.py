"""Storing what was counted: each thing once, sums instead of rows, in one transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection, transaction

from altavoz.insights.buffer import Batch, Poll, Sight
from altavoz.insights.queries.known import CREATOR, Known, known
from altavoz.insights.states import Source, What

#: Places in a row of sums.
_COLUMNS = {What.VIEW: 0, What.READ: 1, What.CLICK: 2}
Sums = Mapping[tuple[object, ...], Sequence[int]]

_SEEN = (
    "INSERT INTO insights_seen (digest) SELECT unnest(%s::bigint[]) ON CONFLICT DO NOTHING RETURNING digest"
)
_DAILY = """
    INSERT INTO insights_daily AS kept (subject, day, language, source, views, reads, clicks)
    SELECT * FROM unnest(%s::text[], %s::date[], %s::text[], %s::text[], %s::int[], %s::int[], %s::int[])
    ON CONFLICT (subject, day, language, source) DO UPDATE SET views = kept.views + excluded.views,
        reads = kept.reads + excluded.reads, clicks = kept.clicks + excluded.clicks
"""
_PUBLIC = """
    INSERT INTO insights_public AS kept (month, language, views, reads, clicks, feed_readers)
    SELECT *, 0 FROM unnest(%s::date[], %s::text[], %s::bigint[], %s::bigint[], %s::bigint[])
    ON CONFLICT (month, language) DO UPDATE SET views = kept.views + excluded.views,
        reads = kept.reads + excluded.reads, clicks = kept.clicks + excluded.clicks
"""
_FEED = """
    INSERT INTO insights_feeddaily AS kept (feed, day, service, readers)
    SELECT * FROM unnest(%s::text[], %s::date[], %s::text[], %s::int[])
    ON CONFLICT (feed, day, service) DO UPDATE
    SET readers = CASE WHEN kept.service = '' THEN kept.readers + excluded.readers
                       ELSE greatest(kept.readers, excluded.readers) END
"""


@transaction.atomic
def store(batch: Batch) -> None:
    """Add to the sums what nobody counted before today; leave out what is not, or no longer, to be seen.

    In this order: what is known is looked up; digests are kept, and only new ones go on; sums of days, of the
    public months and of feeds grow. Rows are always taken in the same order, so that two processes wait for each
    other instead of stopping each other.
    """
    there = known({sight.subject for sight in batch.sights.values()} | _creators(batch))
    sights = {name: sight for name, sight in batch.sights.items() if sight.subject in there}
    polls = {name: poll for name, poll in batch.polls.items() if _is_there(poll, there)}
    fresh = _unseen([*sights, *polls])
    counted = [sight for name, sight in sights.items() if name in fresh]
    _add(_DAILY, _by_day(counted))
    _add(_PUBLIC, _by_month(counted, there.works))
    told = {poll: readers for poll, readers in batch.told.items() if _is_there(poll, there)}
    _add(_FEED, _by_feed((poll for name, poll in polls.items() if name in fresh), told))


class Counted(NamedTuple):
    """Figures of a day that were counted elsewhere."""

    day: date
    subject: str
    language: str
    source: Source
    views: int
    reads: int
    clicks: int


class Followed(NamedTuple):
    """How many read a feed on a day, as counted elsewhere."""

    day: date
    feed: str
    readers: int


@transaction.atomic
def add_figures(*, counted: Collection[Counted], followed: Collection[Followed] = ()) -> None:
    """Add figures that were counted elsewhere to the sums of days and of the public months.

    Nothing tells whether they were added before: whoever calls this sees to it that they are added once.
    """
    spoken = known({row.subject for row in counted}).works
    days: Any = defaultdict(lambda: [0, 0, 0])
    months: Any = defaultdict(lambda: [0, 0, 0])
    for row in counted:
        figures = (row.views, row.reads, row.clicks)
        _increase(days[row.subject, row.day, row.language, row.source.value], figures)
        if row.subject in spoken:
            _increase(months[first_of_month(row.day), spoken[row.subject]], figures)
    _add(_DAILY, days)
    _add(_PUBLIC, months)
    _add(_FEED, {(row.feed, row.day, ""): (row.readers,) for row in followed})


def _increase(sums: list[int], figures: Sequence[int]) -> None:
    sums[:] = [before + more for before, more in zip(sums, figures, strict=True)]


def _creators(batch: Batch) -> set[str]:
    polls = [*batch.polls.values(), *batch.told]
    return {poll.feed for poll in polls if poll.feed.startswith(CREATOR)}


def _is_there(poll: Poll, there: Known) -> bool:
    return not poll.feed.startswith(CREATOR) or poll.feed in there


def _unseen(digests: Collection[int]) -> set[int]:
    """Remember the digests; return those that nobody had seen today."""
    if not digests:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, [sorted(digests)])
        return {row[0] for row in cursor.fetchall()}


def _by_day(counted: Iterable[Sight]) -> Sums:
    sums: dict[tuple[object, ...], list[int]] = defaultdict(lambda: [0, 0, 0])
    for sight in counted:
        place = (sight.subject, sight.day, sight.language, sight.source.value)
        sums[place][_COLUMNS[sight.what]] += 1
    return sums


def _by_month(counted: Iterable[Sight], spoken: Mapping[str, str]) -> Sums:
    """Return sums by the first day of the month and the language that is spoken in the works."""
    sums: dict[tuple[object, ...], list[int]] = defaultdict(lambda: [0, 0, 0])
    for sight in counted:
        if sight.subject in spoken:
            sums[first_of_month(sight.day), spoken[sight.subject]][_COLUMNS[sight.what]] += 1
    return sums


def _by_feed(polls: Iterable[Poll], told: Mapping[Poll, int]) -> Sums:
    sums: dict[tuple[object, ...], list[int]] = defaultdict(lambda: [0])
    for poll in polls:
        sums[poll.feed, poll.day, poll.service][0] += 1
    for poll, readers in told.items():
        sums[poll.feed, poll.day, poll.service][0] = readers
    return sums


def _add(sql: str, sums: Sums) -> None:
    """Run the upsert with one array for each column."""
    if not sums:
        return
    rows = sorted((*place, *figures) for place, figures in sums.items())
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(column) for column in zip(*rows, strict=True)])


def first_of_month(day: date) -> date:
    """Return the first day of the month."""
    return day.replace(day=1)
