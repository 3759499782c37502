"""Old days become months: nothing is lost, nothing twice, whatever stops it."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.conf import LazySettings
from django.db import IntegrityError, transaction

from altavoz.insights import actions, tasks
from altavoz.insights.actions.rolling import oldest_day
from altavoz.insights.models import Carried, Daily, DayKey, FeedDaily, FeedMonthly, Monthly, Public, Seen
from altavoz.insights.queries import ever

AT = datetime(2027, 5, 20, 3, tzinfo=UTC)
WORK = "showcase.publication:1"


def a_day(day: date, views: int = 1, **more: object) -> Daily:
    given = {"subject": WORK, "language": "es", "source": "direct"} | more
    return Daily.objects.create(day=day, views=views, reads=1, clicks=2, **given)


@pytest.mark.parametrize(
    ("at", "months", "first"),
    [
        (datetime(2027, 5, 20, tzinfo=UTC), 13, date(2026, 4, 1)),
        (datetime(2027, 1, 1, tzinfo=UTC), 13, date(2025, 12, 1)),
        (datetime(2027, 2, 28, tzinfo=UTC), 13, date(2026, 1, 1)),
        (datetime(2027, 5, 20, tzinfo=UTC), 24, date(2025, 5, 1)),
        (datetime(2027, 5, 20, tzinfo=UTC), 1, date(2026, 4, 1)),  # a year must stay whole
    ],
)
def test_a_year_of_days_is_always_there(at: datetime, months: int, first: date) -> None:
    assert oldest_day(at, months) == first
    assert first <= at.date() - timedelta(days=365)


@pytest.mark.django_db
def test_old_days_are_added_to_their_month() -> None:
    for day, views in ((date(2026, 2, 3), 5), (date(2026, 2, 27), 7), (date(2026, 3, 31), 11)):
        a_day(day, views)
    a_day(date(2026, 2, 3), 100, source="search")
    a_day(date(2026, 4, 1), 13)
    before = ever([WORK])
    assert actions.roll_up(at=AT, months=13, limit=3) == 3
    assert ever([WORK]) == before
    assert actions.roll_up(at=AT, months=13, limit=3) == 1
    assert actions.roll_up(at=AT, months=13, limit=3) == 0
    rows = Monthly.objects.order_by("month", "source").values_list(
        "month", "source", "views", "reads", "clicks"
    )
    assert list(rows) == [
        (date(2026, 2, 1), "direct", 12, 2, 4),
        (date(2026, 2, 1), "search", 100, 1, 2),
        (date(2026, 3, 1), "direct", 11, 1, 2),
    ]
    assert [row.day for row in Daily.objects.all()] == [date(2026, 4, 1)]
    assert ever([WORK]) == before


@pytest.mark.django_db
def test_a_feed_keeps_the_best_day_of_its_month() -> None:
    for day, service, readers in (
        (date(2026, 2, 3), "", 4),
        (date(2026, 2, 3), "feedly/atom", 10),
        (date(2026, 2, 4), "", 9),
        (date(2026, 4, 1), "", 99),
    ):
        FeedDaily.objects.create(feed="all", day=day, service=service, readers=readers)
    assert [actions.roll_up_feeds(at=AT, months=13) for _ in range(3)] == [True, True, False]
    assert FeedMonthly.objects.values_list("feed", "month", "readers").get() == ("all", date(2026, 2, 1), 14)
    assert FeedDaily.objects.get().readers == 99


@pytest.mark.django_db
def test_public_months_know_the_readers_of_each_languages_feed() -> None:
    for day, readers in ((1, 20), (2, 30), (3, 10)):
        FeedDaily.objects.create(feed="language:es", day=date(2026, 2, day), service="", readers=readers)
        FeedDaily.objects.create(feed="all", day=date(2026, 2, day), service="", readers=500)
        actions.close_day(day=date(2026, 2, day))
        actions.close_day(day=date(2026, 2, day))
    rows = Public.objects.values_list("month", "language", "views", "feed_readers")
    assert list(rows) == [(date(2026, 2, 1), "es", 0, 30)]


@pytest.mark.django_db
def test_the_jobs_do_it_every_night(settings: LazySettings) -> None:
    settings.ALTAVOZ_REACH_MONTHS = 13
    a_day(date(2026, 2, 3))
    FeedDaily.objects.create(feed="language:es", day=date(2027, 5, 19), readers=7)
    FeedDaily.objects.create(feed="all", day=date(2026, 2, 3), readers=7)
    with time_machine.travel(AT, tick=False):
        tasks.rotate_key.func(0)
        tasks.close_day.func(0)
        tasks.roll_up.func(0)
    assert DayKey.objects.get().day == AT.date()
    assert Public.objects.get().feed_readers == 7
    assert (Daily.objects.count(), Monthly.objects.count()) == (0, 1)
    assert FeedMonthly.objects.get().feed == "all"


@pytest.mark.django_db
def test_months_begin_with_their_first_day() -> None:
    with pytest.raises(IntegrityError, match="monthly_first_day"), transaction.atomic():
        Monthly.objects.create(subject=WORK, month=date(2026, 2, 2), language="es", source="direct")
    with pytest.raises(IntegrityError, match="monthly_source_known"), transaction.atomic():
        Monthly.objects.create(subject=WORK, month=date(2026, 2, 1), language="es", source="x.com/me")
    with pytest.raises(IntegrityError, match="feed_monthly_first_day"), transaction.atomic():
        FeedMonthly.objects.create(feed="all", month=date(2026, 2, 2), readers=1)
    with pytest.raises(IntegrityError, match="public_first_day"), transaction.atomic():
        Public.objects.create(language="es", month=date(2026, 2, 2))


@pytest.mark.django_db
def test_each_sum_stands_once() -> None:
    rows = (
        (Monthly, {"subject": WORK, "month": date(2026, 2, 1), "language": "es", "source": "direct"}),
        (FeedDaily, {"feed": "all", "day": date(2026, 2, 1), "service": "", "readers": 1}),
        (FeedMonthly, {"feed": "all", "month": date(2026, 2, 1), "readers": 1}),
        (Public, {"language": "es", "month": date(2026, 2, 1)}),
    )
    for model, given in rows:
        model.objects.create(**given)
        with pytest.raises(IntegrityError, match="_once"), transaction.atomic():
            model.objects.create(**given)


def test_retention_grows_with_the_setting() -> None:
    assert all(
        older < newer for newer, older in pairwise(oldest_day(AT, months) for months in (13, 14, 26, 40))
    )


def test_rows_say_what_they_are() -> None:
    day, month = date(2026, 2, 3), date(2026, 2, 1)
    rows = (
        DayKey(day=day),
        Seen(digest=1),
        Daily(subject=WORK, day=day),
        Monthly(subject=WORK, month=month),
        FeedDaily(feed="all", day=day),
        FeedMonthly(feed="all", month=month),
        Public(language="es", month=month),
        Carried(subject=WORK, network="mastodon"),
    )
    assert [str(row) for row in rows] == [
        "2026-02-03",
        "seen",
        f"{WORK} 2026-02-03",
        f"{WORK} 2026-02-01",
        "all 2026-02-03",
        "all 2026-02-01",
        "es 2026-02-01",
        f"{WORK} → mastodon",
    ]
