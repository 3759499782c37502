"""Making months of old days: the database keeps what is asked for, at a size that does not grow with the years."""

from datetime import date, datetime

from django.db import connection, transaction

from altavoz.insights.actions.storing import first_of_month
from altavoz.insights.models import FeedDaily

#: The desk shows a year day by day, so no day goes before it is thirteen months old.
FEWEST_MONTHS = 13

_DAYS = """
    WITH gone AS (
        DELETE FROM insights_daily WHERE id IN (
            SELECT id FROM insights_daily WHERE day < %s ORDER BY day LIMIT %s FOR UPDATE SKIP LOCKED
        ) RETURNING subject, date_trunc('month', day)::date AS month, language, source, views, reads, clicks
    ), kept AS (
        INSERT INTO insights_monthly AS old (subject, month, language, source, views, reads, clicks)
        SELECT subject, month, language, source, sum(views), sum(reads), sum(clicks) FROM gone
        GROUP BY subject, month, language, source ORDER BY subject, month, language, source
        ON CONFLICT (subject, month, language, source) DO UPDATE SET views = old.views + excluded.views,
            reads = old.reads + excluded.reads, clicks = old.clicks + excluded.clicks
    )
    SELECT count(*) FROM gone
"""
_FEEDS = """
    WITH gone AS (DELETE FROM insights_feeddaily WHERE day = %s RETURNING feed, day, readers)
    INSERT INTO insights_feedmonthly AS old (feed, month, readers)
    SELECT feed, date_trunc('month', day)::date, sum(readers) FROM gone GROUP BY 1, 2 ORDER BY 1
    ON CONFLICT (feed, month) DO UPDATE SET readers = greatest(old.readers, excluded.readers)
"""
_PUBLIC = """
    INSERT INTO insights_public AS old (month, language, views, reads, clicks, feed_readers)
    SELECT date_trunc('month', day)::date, substr(feed, 10), 0, 0, 0, sum(readers) FROM insights_feeddaily
    WHERE day = %s AND feed LIKE 'language:%%' GROUP BY 1, 2 ORDER BY 2
    ON CONFLICT (month, language) DO UPDATE SET feed_readers = greatest(old.feed_readers, excluded.feed_readers)
"""


def oldest_day(at: datetime, months: int) -> date:
    """Return the first day that is kept as a day: the first of the month so many months ago."""
    back = max(months, FEWEST_MONTHS)
    month = at.year * 12 + at.month - 1 - back
    return date(month // 12, month % 12 + 1, 1)


@transaction.atomic
def roll_up(*, at: datetime, months: int, limit: int = 5_000) -> int:
    """Add up to `limit` old figures of days to those of their months; return how many days' rows are gone.

    Nothing is lost or counted twice if it is stopped half-way: call it until it returns 0.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, [oldest_day(at, months), limit])
        (moved,) = cursor.fetchone()
    return int(moved)


@transaction.atomic
def roll_up_feeds(*, at: datetime, months: int) -> bool:
    """Turn the oldest day of feeds into part of its month; return False where no day is old enough."""
    old = FeedDaily.objects.filter(day__lt=oldest_day(at, months)).order_by("day").first()
    if old is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute(_FEEDS, [old.day])
    return True


@transaction.atomic
def close_day(*, day: date) -> None:
    """Let the public figures of the month know how many read each language's feed on that day; twice is no harm."""
    with connection.cursor() as cursor:
        cursor.execute(_PUBLIC, [day])


__all__ = ["FEWEST_MONTHS", "close_day", "first_of_month", "oldest_day", "roll_up", "roll_up_feeds"]
