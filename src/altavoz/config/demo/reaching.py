"""Invented figures of reach, so that charts of the demonstration have a shape; its pages say that they are invented."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from altavoz.insights import actions
from altavoz.insights.actions import Counted, Followed
from altavoz.insights.models import Daily
from altavoz.insights.states import Source
from altavoz.showcase import queries as showcase
from altavoz.showcase.models import Creator, Publication

_DAYS = 150
_WEEKEND = (0.6, 0.7)  # Saturday and Sunday, beside the other days
_READS, _CLICKS = 0.45, 0.2
#: Where readers of the invented community come from: class, how many of a hundred.
_SOURCES = (
    (Source.SEARCH, 34),
    (Source.DIRECT, 24),
    (Source.MASTODON, 16),
    (Source.OWN, 11),
    (Source.FEED, 6),
    (Source.TELEGRAM, 4),
    (Source.YOUTUBE, 3),
    (Source.OTHER, 2),
)
#: The pages' language where it is not that of the work.
_ELSEWHERE = ("es", "pt-br", "fr", "en", "ar", "ja")


def invent(at: datetime) -> None:
    """Give every work, and every creator's feed, a past; once."""
    if Daily.objects.exists():
        return
    dice = Random(42)  # noqa: S311 - the same past each time
    works = showcase.visible().select_related("published_revision").order_by("pk")
    for work in works:
        actions.add_figures(counted=list(_past(work, at.date(), dice)))
    actions.add_figures(counted=(), followed=list(_followed(at.date(), dice)))
    for number in range(_DAYS):
        actions.close_day(day=at.date() - timedelta(days=number))


def _past(work: Publication, today: date, dice: Random) -> Iterator[Counted]:
    """Yield the days of a work: a start with a crowd, then a tail with its weeks."""
    loved = dice.uniform(2, 14)
    begins = dice.randrange(_DAYS // 6, _DAYS)
    for age in range(begins):
        day = today - timedelta(days=begins - age - 1)
        crowd = loved * (4 / (1 + age) + 1) * (_WEEKEND[day.weekday() - 5] if day.weekday() >= 5 else 1)  # noqa: PLR2004 - Saturday
        for _ in range(3):
            views = round(crowd * dice.random() / 1.5)
            if views:
                yield _counted(work, day, views, dice)


def _counted(work: Publication, day: date, views: int, dice: Random) -> Counted:
    (source,) = dice.choices([name for name, _ in _SOURCES], [share for _, share in _SOURCES])
    spoken = work.language.partition("-")[0]
    own = next((code for code in _ELSEWHERE if code.partition("-")[0] == spoken), "en")
    language = own if dice.random() < 0.8 else dice.choice(_ELSEWHERE)  # noqa: PLR2004 - four of five read their own
    reads, clicks = (round(views * share * dice.uniform(0.5, 1.4)) for share in (_READS, _CLICKS))
    return Counted(day, work.subject, language, source, views, min(reads, views), min(clicks, views))


def _followed(today: date, dice: Random) -> Iterator[Followed]:
    """Yield the readers of each creator's feed and of the languages' feeds, growing slowly."""
    feeds = [creator.subject for creator in Creator.objects.order_by("pk")]
    for feed in [*feeds, "all", *(f"language:{tag}" for tag in ("es", "pt", "fr", "ar", "ja", "sw"))]:
        most = dice.randrange(6, 90)
        for age in range(_DAYS):
            readers = round(most * (0.4 + 0.6 * (_DAYS - age) / _DAYS) * dice.uniform(0.9, 1))
            yield Followed(today - timedelta(days=age), feed, readers)
