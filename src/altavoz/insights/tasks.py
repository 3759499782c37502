"""Jobs of insights: the end of a day, and old days becoming months."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from altavoz.core import jobs
from altavoz.insights import actions


@jobs.periodic(cron="0 0 * * *", name="insights.rotate_key")
def rotate_key(timestamp: int) -> None:  # noqa: ARG001  every periodic task is told when it was due
    """Destroy yesterday's key even if nobody visits today."""
    actions.rotate(at=timezone.now())


@jobs.periodic(cron="17 0 * * *", name="insights.close_day")
def close_day(timestamp: int) -> None:  # noqa: ARG001  as above
    """Take the readers of yesterday's feeds into the public figures."""
    actions.close_day(day=timezone.now().date() - timedelta(days=1))


@jobs.periodic(cron="41 2 * * *", name="insights.roll_up")
def roll_up(timestamp: int) -> None:  # noqa: ARG001  as above
    """Make months of the days that are old enough."""
    at, months = timezone.now(), settings.ALTAVOZ_REACH_MONTHS
    while actions.roll_up(at=at, months=months):
        pass
    while actions.roll_up_feeds(at=at, months=months):
        pass
